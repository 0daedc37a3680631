#include <algorithm>

#include "core/text.hpp"
#include "detection/time_names.hpp"
#include "detection/time_pieces.hpp"

namespace ioud::detection {
namespace {

using core::add_days;
using core::Date;
using Kind = TimePiece::Kind;

TimePiece week_piece(const Ahead& w, std::size_t count, Date today, int weeks_ahead) {
  const Date monday = add_days(core::monday_of(today), 7 * weeks_ahead);
  TimePiece piece = w.span(count, monday, add_days(monday, 4));
  piece.is_week = true;
  return piece;
}

TimePiece weekend_piece(const Ahead& w, std::size_t count, Date today, int weeks_ahead) {
  const Date saturday = add_days(core::monday_of(today), 5 + 7 * weeks_ahead);
  const bool sunday_already = core::weekday_of(today) == std::chrono::Sunday && weeks_ahead == 0;
  TimePiece piece = w.span(count, sunday_already ? today : saturday, add_days(saturday, 1));
  piece.is_weekend = true;
  return piece;
}

std::optional<TimePiece> week_or_weekend(const Ahead& w, Date today) {
  if (one_of(w[0], {"this", "next", "last", "coming"}) || (w[0] == "the" && w[1] == "coming")) {
    const std::size_t named = w[0] == "the" || (w[0] == "this" && w[1] == "coming") ? 2 : 1;
    const int ahead = w[0] == "next" ? 1 : w[0] == "last" ? -1 : 0;
    if (is_week_word(w[named])) {
      TimePiece piece = week_piece(w, named + 1, today, w[named - 1] == "coming" ? 1 : ahead);
      piece.is_past = ahead < 0;
      return piece;
    }
    if (is_weekend_word(w[named])) {
      TimePiece piece = weekend_piece(w, named + 1, today, ahead);
      piece.is_past = ahead < 0;
      return piece;
    }
    if (w[named] == "month" && named == 1) {
      const Date month = ahead > 0   ? next_month(today)
                         : ahead < 0 ? add_days(first_of_month(today), -1)
                                     : today;
      TimePiece piece = w.span(2, ahead == 0 ? today : first_of_month(month), last_of_month(month));
      piece.is_month = true;
      piece.is_past = ahead < 0;
      return piece;
    }
  }
  if (one_of(w[0],
             {"over", "at", "on", "for", "during", "by", "before", "through", "thru", "in"})) {
    std::size_t named = w[1] == "the" ? 2 : 1;
    if (named == 2 && is_weekend_word(w[3]) && !w.word(2).is_mark) named = 3;
    if (!is_weekend_word(w[named])) return std::nullopt;
    TimePiece piece = weekend_piece(w, named + 1, today, 0);
    const bool over = one_of(w[named + 1], {"is", "'s"}) && one_of(w[named + 2], {"over", "out"});
    piece.is_deadline = one_of(w[0], {"by", "before"});
    if (over) {
      piece.last += 2;
      piece.from = piece.until;
    } else if (w[0] == "before") {
      piece = w.day(named + 1, add_days(*piece.until, -2));
      piece.is_deadline = true;
    }
    return piece;
  }
  return std::nullopt;
}

std::optional<TimePiece> edge_of_span(const Ahead& w, Date today) {
  std::size_t i = one_of(w[0], {"the", "by", "before"}) && w[1] == "the" ? 2
                  : w[0] == "the"                                        ? 1
                                                                         : 0;
  const std::string_view edge = w[i];
  if (edge == "midweek") return w.day(i + 1, add_days(core::monday_of(today), 2));
  if (one_of(edge, {"eod", "cob", "eob", "cop"})) {
    TimePiece piece = w.piece(i + 1, Kind::part);
    piece.is_deadline = true;
    piece.part = "afternoon";
    return piece;
  }
  if (edge == "eow") return w.day(i + 1, add_days(core::monday_of(today), 4));
  const bool is_early = one_of(edge, {"early", "start", "beginning"});
  const bool is_middle = one_of(edge, {"mid", "middle"});
  const bool is_end = one_of(edge, {"end", "late", "later", "back"});
  if (edge == "month" && one_of(w[i + 1], {"end"})) {
    TimePiece piece = w.day(i + 2, last_of_month(today));
    piece.is_deadline = true;
    return piece;
  }
  if (edge == "close" && w[i + 1] == "of" && one_of(w[i + 2], {"business", "play", "day"})) {
    TimePiece piece = w.piece(i + 3, Kind::part);
    piece.is_deadline = true;
    return piece;
  }
  if (!is_early && !is_middle && !is_end) return std::nullopt;
  ++i;
  if (w[i] == "end" && edge == "back") ++i;
  if (w[i] == "of") ++i;
  int ahead = 0;
  if (one_of(w[i], {"the", "this"})) {
    ++i;
  } else if (w[i] == "next") {
    ahead = 1;
    ++i;
  }
  if (w[i] == "day" || w[i] == "play" || w[i] == "business") {
    if (!is_end || ahead > 0) return std::nullopt;
    TimePiece piece = w.piece(i + 1, Kind::part);
    piece.is_deadline = true;
    piece.part = "afternoon";
    return piece;
  }
  if (is_week_word(w[i])) {
    const Date monday = add_days(core::monday_of(today), 7 * ahead);
    TimePiece piece = w.day(i + 1, add_days(monday, is_early ? 0 : is_middle ? 2 : 4));
    piece.is_deadline = is_end;
    return piece;
  }
  const Date month = ahead > 0 ? next_month(today) : first_of_month(today);
  if (w[i] == "month" || w[i] == "mth") {
    if (is_end) return w.day(i + 1, last_of_month(month));
    return is_middle ? w.day(i + 1, add_days(month, 14)) : w.day(i + 1, month);
  }
  const auto named = month_named(w[i]);
  if (!named || !w.word(i).is_capital) return std::nullopt;
  const auto first = dated(first_of_month(today), *named, 1, std::nullopt);
  if (!first) return std::nullopt;
  TimePiece piece =
      is_end ? w.day(i + 1, last_of_month(*first)) : w.span(i + 1, *first, last_of_month(*first));
  piece.is_month = !is_end;
  return piece;
}

/// "in the new year": January of the next.
std::optional<TimePiece> new_year(const Ahead& w, Date today) {
  if (w[0] != "in" || w[1] != "the" || w[2] != "new" || w[3] != "year") return std::nullopt;
  const Date first =
      (today.year() + std::chrono::years{1}) / std::chrono::January / std::chrono::day{1};
  TimePiece piece = w.span(4, first, last_of_month(first));
  piece.is_month = true;
  return piece;
}

/// A month's name that is also a word counts only with its capital.
bool is_month_word(const Word& word) {
  return month_named(word.text) &&
         (word.is_capital || !one_of(word.text, {"may", "mar", "dec", "sep", "jun"}));
}

/// "in October", "the January agenda". A month that is just over is the past one.
std::optional<TimePiece> month_alone(const Ahead& w, Date today) {
  const bool is_label = w[0] == "the" && !w.is_last(2) && !w.word(2).is_mark;
  if (!is_label && !one_of(w[0], {"in", "by", "for", "from", "during", "until", "till", "come"}))
    return std::nullopt;
  const std::size_t i = one_of(w[1], {"early", "late", "mid", "the"}) ? 2 : 1;
  if (!is_month_word(w.word(i)) || number_of(w[i + 1]) || ordinal_of(w[i + 1])) return std::nullopt;
  const auto year = year_of(w.word(i + 1));
  const auto first = dated(first_of_month(today), *month_named(w[i]), 1, year);
  if (!first) return std::nullopt;
  TimePiece piece = w.span(i + 1 + (year ? 1 : 0), year ? *first : std::max(*first, today),
                           last_of_month(*first));
  piece.is_month = true;
  piece.is_past = !year && core::days_between(today, *first) > 240 && w[0] != "by";
  return piece;
}

/// "the first week of September": its Monday to Friday.
std::optional<TimePiece> week_of_month(const Ahead& w, Date today) {
  const std::size_t the = w[0] == "the" ? 1 : 0;
  const auto number = ordinal_of(w[the]);
  if (!number || *number > 4 || !is_week_word(w[the + 1])) return std::nullopt;
  const std::size_t of = one_of(w[the + 2], {"of", "in"}) ? 1 : 0;
  const auto month = month_named(w[the + 2 + of]);
  if (!month) return std::nullopt;
  const auto first = dated(first_of_month(today), *month, 1, std::nullopt);
  if (!first) return std::nullopt;
  const Date monday =
      add_days(next_weekday(add_days(*first, -1), std::chrono::Monday), 7 * (*number - 1));
  TimePiece piece = w.span(the + 3 + of, monday, add_days(monday, 4));
  piece.is_week = true;
  return piece;
}

}  // namespace

std::optional<TimePiece> span_piece(const std::vector<Word>& words, std::size_t at,
                                    const Reckoning& base) {
  const Ahead w(words, at);
  const Date today = core::date_of(base.said);
  if (words[at].is_mark) return std::nullopt;
  auto piece = week_or_weekend(w, today);
  if (!piece) piece = edge_of_span(w, today);
  if (!piece) piece = week_of_month(w, today);
  if (!piece) piece = new_year(w, today);
  if (!piece) piece = month_alone(w, today);
  return piece;
}

}  // namespace ioud::detection
