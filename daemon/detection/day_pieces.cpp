#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "detection/time_names.hpp"
#include "detection/time_pieces.hpp"

namespace ioud::detection {
namespace {

using core::add_days;
using core::Date;
using Kind = TimePiece::Kind;

/// A word after which "the 3rd" is a day and not the third of some things.
bool ends_a_date(const Ahead& w, std::size_t offset) {
  if (w.is_last(offset) || w.word(offset).is_mark) return true;
  static const WordSet after(
      "to at for and so but or if in with when as after before from then is please because on by "
      "morning afternoon evening night too i we he she they you it that which though would could "
      "will works work would sat sun mon tue wed thu fri once till until around about ok instead "
      "are was who where let my your");
  return after.has(w[offset]) || weekday_named(w[offset]).has_value();
}

std::optional<TimePiece> named_day(const Ahead& w, const Reckoning& base) {
  const Date today = core::date_of(base.said);
  if (is_today(w[0])) return w.day(w[1] == "itself" ? 2 : 1, today);
  if (w[0] == "later" && is_today(w[1])) return w.day(2, today);
  if (is_tonight(w[0]) || (w[0] == "this" && one_of(w[1], {"night", "nite"}))) {
    TimePiece piece = w.day(w[0] == "this" ? 2 : 1, today);
    piece.part = "evening";
    return piece;
  }
  if (w[0] == "the" && w[1] == "day" && w[2] == "after" && is_tomorrow(w[3]))
    return w.day(4, add_days(today, 2));
  if (w[0] == "day" && w[1] == "after" && is_tomorrow(w[2])) return w.day(3, add_days(today, 2));
  if (is_tomorrow(w[0])) return w.day(1, add_days(today, 1));
  if (w[0] == "the" && w[1] == "morn") return w.day(2, add_days(today, 1));
  if (w[0] == "yesterday" || (w[0] == "last" && one_of(w[1], {"night", "nite", "evening"}))) {
    TimePiece piece = w.day(w[0] == "last" ? 2 : 1, add_days(today, -1));
    piece.is_past = true;
    return piece;
  }
  if (one_of(w[0], {"this", "all"}) && !part_named(w[1]).empty() && w[1] != "am" && w[1] != "pm") {
    TimePiece piece = w.day(2, today);
    piece.part = part_named(w[1]);
    const int hour = core::time_of(base.said).minutes / 60;
    piece.is_past = w[0] == "this" && piece.part == "morning" && hour >= 12;
    return piece;
  }
  if (w[0] == "in" && w[1] == "the" && one_of(w[2], {"morning", "mornin", "morn"})) {
    TimePiece piece = w.day(3, add_days(today, 1));
    piece.part = "morning";
    piece.is_weak = true;  // "Friday in the morning", "at four in the morning"
    return piece;
  }
  return std::nullopt;
}

/// "that evening", "the same day", "the day before": the day spoken of before.
std::optional<TimePiece> mentioned_day(const Ahead& w, const Reckoning& base) {
  int shift = 0;
  std::size_t count = 0;
  std::size_t named = 0;
  if (w[0] == "that" || (w[0] == "same")) {
    count = 2;
    named = 1;
  } else if (w[0] == "the" && w[1] == "same") {
    count = 3;
    named = 2;
  } else if (w[0] == "the" && one_of(w[1], {"day", "night", "evening", "morning"}) &&
             one_of(w[2], {"before", "after"})) {
    const bool ends =
        w.is_last(3) || w.word(3).is_mark || one_of(w[3], {"and", "so", "to", "with"});
    if (!ends) return std::nullopt;
    count = 3;
    named = 1;
    shift = w[2] == "before" ? -1 : 1;
  }
  if (count == 0) return std::nullopt;
  if (w[named] != "day" && part_named(w[named]).empty()) return std::nullopt;
  TimePiece piece = w.piece(count, base.mentioned ? Kind::day : Kind::event);
  if (base.mentioned) piece.from = add_days(*base.mentioned, shift);
  piece.part = part_named(w[named]);
  return piece;
}

std::optional<TimePiece> weekday_piece(const Ahead& w, const Reckoning& base) {
  std::size_t i = 0;
  const Date today = core::date_of(base.said);
  const bool is_last = w[0] == "last";
  const bool has_the = w[0] == "the";
  while (one_of(w[i], {"this", "next", "last", "coming", "following", "the", "every", "each"}) &&
         i < 2)
    ++i;
  const auto day = weekday_named(w[i]);
  if (!day) return std::nullopt;
  const Word& word = w.word(i);
  const bool is_short = one_of(word.text, {"sat", "sun", "mon", "wed", "thu", "fri", "tue"});
  if (is_short && has_the && !word.is_capital) return std::nullopt;
  if (is_short && !word.is_capital && i == 0 &&
      !one_of(w.before(),
              {"on", "by", "til", "till", "until", "for", "come", "due", "from", ","}) &&
      !one_of(w[1], {"am", "pm", "morning", "night", "afternoon", "eve"}) &&
      w.word(i).text != "fri")
    return std::nullopt;
  TimePiece piece = w.day(i + 1, next_weekday(today, *day));
  piece.weekday = day;
  piece.is_past = is_last;
  if (is_last) piece.from = add_days(*piece.from, -7);
  piece.is_recurring = one_of(w[0], {"every", "each"}) || w.before() == "any" ||
                       (word.text.ends_with("days") && weekday_named(word.text).has_value());
  if (has_the && i == 1 && base.mentioned) {  // "on the Friday": the one next to the day spoken of
    const Date near = next_weekday(add_days(*base.mentioned, -4), *day);
    if (near > today) piece.from = near;
  }
  if (is_week_word(w[i + 1]) && !w.is_last(i + 1) && i == 0) {
    piece.from = add_days(*piece.from, 7);
    piece.last += 1;
  } else if (w[i + 1] == "fortnight") {
    piece.from = add_days(*piece.from, 14);
    piece.last += 1;
  }
  return piece;
}

std::optional<TimePiece> month_day(const Ahead& w, Date today) {
  const std::size_t the = w[0] == "the" ? 1 : 0;
  // 12 March, 12th of March, 12-14 March
  auto day = w.word(the).is_number ? number_of(w[the]) : std::nullopt;
  if (!day) day = ordinal_of(w[the]);
  if (day && *day >= 1 && *day <= 31) {
    std::size_t i = the + 1;
    std::optional<int> last;
    if (one_of(w[i], {"-", "to", "till", "until", "and"})) {
      auto second = number_of(w[i + 1]);
      if (!second) second = ordinal_of(w[i + 1]);
      if (second && month_named(w[i + 2])) {
        last = second;
        i += 2;
      }
    }
    if (w[i] == "of") ++i;
    if (const auto month = month_named(w[i]); month) {
      const bool is_verb = one_of(w[i], {"may", "march", "mar", "sep", "dec"}) &&
                           !w.word(i).is_capital && !ordinal_of(w[the]) && w[i] != "march";
      std::optional<int> year = year_of(w.word(i + 1));
      const std::size_t comma = !year && w[i + 1] == "," && year_of(w.word(i + 2)) ? 1 : 0;
      if (comma > 0) year = year_of(w.word(i + 2));
      const auto date = dated(today, *month, *day, year);
      if (date && !is_verb) {
        const std::size_t count = i + 1 + (year ? 1 + comma : 0);
        TimePiece piece = w.day(count, *date);
        if (last) piece.until = dated(*date, *month, *last, std::nullopt);
        if (piece.until) piece.kind = Kind::span;
        return piece;
      }
    }
  }
  // March 12(th), March 12, 2026
  const auto month = month_named(w[0]);
  if (!month) return std::nullopt;
  auto number = w.word(1).is_number ? number_of(w[1]) : std::nullopt;
  if (!number) number = ordinal_of(w[1]);
  if (w[0] == "may" && !w.word(0).is_capital) return std::nullopt;
  if (number && *number >= 1 && *number <= 31) {
    const bool comma = w[2] == "," && year_of(w.word(3)).has_value();
    const auto year = comma ? year_of(w.word(3)) : year_of(w.word(2));
    const auto date = dated(today, *month, *number, year);
    if (date) return w.day(2 + (year ? (comma ? 2 : 1) : 0), *date);
  }
  return std::nullopt;
}

std::optional<TimePiece> ordinal_day(const Ahead& w, Date today) {
  const std::size_t the = w[0] == "the" ? 1 : 0;
  const auto day = ordinal_of(w[the]);
  if (!day) return std::nullopt;
  const bool led = one_of(w.before(), {"on", "by", "till", "til", "until", "before", "for", "from",
                                       "due", "w/c", "c", "around", "of", "say", "to"}) ||
                   weekday_named(w.before()).has_value() || !part_named(w.before()).empty();
  const bool is_digits = w.word(the).is_number;
  if (!is_digits && !(the == 1 && led)) return std::nullopt;
  if (!led && the == 0 && !weekday_named(w[1])) return std::nullopt;
  if (!ends_a_date(w, the + 1)) return std::nullopt;
  const auto date = numbered(today, *day);
  return date ? std::optional<TimePiece>(w.day(the + 1, *date)) : std::nullopt;
}

/// The numbers of "3/12/2025", "12.3.", in their order.
std::vector<int> numbers_in(std::string_view text, std::string_view marks) {
  std::vector<int> numbers;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(marks, at), text.size());
    const auto number = number_of(text.substr(at, end - at));
    int year = 0;
    if (number) {
      numbers.push_back(*number);
    } else if (end - at == 4) {
      std::from_chars(text.data() + at, text.data() + end, year);
      numbers.push_back(year);
    } else if (end > at) {
      return {};
    }
    at = end + 1;
  }
  return numbers;
}

std::optional<TimePiece> numeric_date(const Ahead& w, const Reckoning& base) {
  const Word& word = w.word(0);
  if (!word.is_number) return std::nullopt;
  if (const auto iso = core::parse_date(word.text); iso) return w.day(1, *iso);
  const bool slashed = word.text.find('/') != std::string::npos;
  if (!slashed && word.text.find('.') == std::string::npos) return std::nullopt;
  const std::vector<int> numbers = numbers_in(word.text, slashed ? "/" : ".");
  if (numbers.size() != 2 && numbers.size() != 3) return std::nullopt;
  const bool led = one_of(w.before(), {"on", "by", "due", "before", "until", "till", "til", "from",
                                       "c", "for", "of", "the"}) ||
                   weekday_named(w.before()).has_value();
  if (numbers.size() == 2 && !led) return std::nullopt;
  if (!slashed && numbers.size() == 2 &&
      !(w[1] == "." && one_of(w.before(), {"on", "by", "until"})))
    return std::nullopt;
  const bool month_first = slashed && base.order == DateOrder::month_first;
  int day = numbers[month_first ? 1 : 0];
  int month = numbers[month_first ? 0 : 1];
  if (month > 12 && day <= 12) std::swap(day, month);
  std::optional<int> year;
  if (numbers.size() == 3) year = numbers[2] < 100 ? 2000 + numbers[2] : numbers[2];
  const auto date = dated(core::date_of(base.said), month, day, year);
  return date ? std::optional<TimePiece>(w.day(1, *date)) : std::nullopt;
}

/// How many days a unit of time is; 0 for hours and minutes, -1 for anything else.
int days_of(std::string_view unit) {
  if (one_of(unit, {"day", "days"})) return 1;
  if (one_of(unit, {"week", "weeks", "wk", "wks", "week's", "weeks'"})) return 7;
  if (one_of(unit, {"fortnight"})) return 14;
  if (one_of(unit, {"month", "months"})) return 30;
  if (one_of(unit, {"hour", "hours", "hr", "hrs", "h", "minute", "minutes", "min", "mins"}))
    return 0;
  return -1;
}

core::Date add_business_days(Date date, int count) {
  while (count > 0) {
    date = add_days(date, 1);
    if (!core::is_weekend(date)) --count;
  }
  return date;
}

std::optional<TimePiece> relative(const Ahead& w, const Reckoning& base) {
  const bool in = one_of(w[0], {"in", "within"});
  std::size_t i = in ? 1 : 0;
  if (one_of(w[i], {"about", "around", "like", "the", "next"})) ++i;
  bool half = w[i] == "half";
  if (half) ++i;
  std::optional<int> count = number_of(w[i]);
  if (one_of(w[i], {"a", "an", "one"})) {
    count = 1;
    if (w[i + 1] == "couple") count = 2, ++i;
    if (one_of(w[i + 1], {"few", "bit", "while"})) return std::nullopt;
  }
  if (!count) return std::nullopt;
  ++i;
  if (w[i] == "of") ++i;
  const bool business = one_of(w[i], {"business", "working", "work"});
  if (business) ++i;
  const int unit = days_of(w[i]);
  if (unit < 0) return std::nullopt;
  const Date today = core::date_of(base.said);
  const bool ago = w[i + 1] == "ago";
  const bool from_now = (w[i + 1] == "from" || w[i + 1] == "of") && w[i + 2] == "now";
  const auto weekday =
      w[i + 1] == "from" || w[i + 1] == "on" ? weekday_named(w[i + 2]) : std::nullopt;
  if (!in && !ago && !from_now && !(weekday && unit == 7)) return std::nullopt;
  if (unit == 0 && !ago) {
    const bool hours = w[i].starts_with("h");
    const int minutes = hours ? (half ? 30 : 60 * *count) : *count;
    const core::LocalTime then = base.said + std::chrono::minutes{minutes};
    TimePiece piece = w.day(i + 1 + (from_now ? 2 : 0), core::date_of(then));
    piece.time = core::time_of(then);
    piece.is_deadline = w[0] == "within";
    return piece;
  }
  const int days = unit * *count;
  if (ago) {
    TimePiece piece = w.day(i + 2, add_days(today, -days));
    piece.is_past = true;
    return piece;
  }
  if (weekday && unit == 7) return w.day(i + 3, add_days(next_weekday(today, *weekday), days));
  Date date = business ? add_business_days(today, days) : add_days(today, days);
  if (unit == 30) {
    Date month = today;
    for (int n = 0; n < *count; ++n) month = next_month(month);
    date = std::min(month.year() / month.month() / today.day(), last_of_month(month));
  }
  TimePiece piece = w.day(i + 1 + (from_now ? 2 : w[i + 1] == "time" ? 1 : 0), date);
  piece.is_deadline = w[0] == "within";
  return piece;
}

}  // namespace

std::optional<TimePiece> day_piece(const std::vector<Word>& words, std::size_t at,
                                   const Reckoning& base) {
  const Ahead w(words, at);
  const Date today = core::date_of(base.said);
  if (words[at].is_mark) return std::nullopt;
  auto piece = named_day(w, base);
  if (!piece) piece = mentioned_day(w, base);
  if (!piece) piece = month_day(w, today);
  if (!piece) piece = weekday_piece(w, base);
  if (!piece) piece = ordinal_day(w, today);
  if (!piece) piece = numeric_date(w, base);
  if (!piece) piece = relative(w, base);
  return piece;
}

}  // namespace ioud::detection
