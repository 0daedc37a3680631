#include "core/text.hpp"
#include "detection/time_names.hpp"
#include "detection/time_pieces.hpp"

namespace ioud::detection {
namespace {

struct Reading {
  int hour = 0;
  int minute = 0;
  std::string meridiem;
  std::size_t count = 0;  ///< words used
};

std::string_view text_at(const std::vector<Word>& words, std::size_t at) {
  return at < words.size() ? std::string_view(words[at].text) : std::string_view();
}

/// "18:30", "9.30" as hour and minute.
std::optional<std::pair<int, int>> split_hour(std::string_view text) {
  const std::size_t mark = text.find_first_of(":.");
  if (mark == std::string_view::npos || text.size() - mark != 3) return std::nullopt;
  const auto hour = number_of(text.substr(0, mark));
  const auto minute = number_of(text.substr(mark + 1));
  if (!hour || !minute || *hour > 24 || *minute > 59) return std::nullopt;
  return std::pair{*hour, *minute};
}

/// One reading of a clock at words[at], "half past" and "quarter to" excluded.
std::optional<Reading> plain_hour(const std::vector<Word>& words, std::size_t at) {
  Reading reading;
  const std::string_view word = text_at(words, at);
  std::size_t next = at + 1;
  if (const auto split = split_hour(word); split) {
    reading.hour = split->first;
    reading.minute = split->second;
    const bool certain =
        word.find(':') != std::string_view::npos && (word.starts_with('0') || reading.hour > 12);
    if (certain) reading.meridiem = "exact";
  } else if (const auto hour = number_of(word); hour && *hour <= 24 && word != "couple") {
    reading.hour = *hour;
    if (*hour > 12 || word == "0" || word.starts_with("0")) reading.meridiem = "maybe";
  } else {
    return std::nullopt;
  }
  const std::string_view after = text_at(words, next);
  if (one_of(after, {"am", "pm"})) {
    reading.meridiem = after;
    ++next;
  } else if (one_of(after, {"o'clock", "oclock", "sharp"})) {
    if (reading.meridiem.empty()) reading.meridiem = "sure";
    ++next;
  } else if (one_of(after, {"h", "hrs", "uhr"}) && reading.hour >= 6) {
    reading.meridiem = "exact";
    ++next;
    if (next < words.size() && words[next].is_number && words[next].text.size() == 2 &&
        words[next].begin == words[next - 1].end) {
      reading.minute = number_of(words[next].text).value_or(0);
      ++next;
    }
  }
  reading.count = next - at;
  return reading;
}

std::optional<Reading> spoken_hour(const std::vector<Word>& words, std::size_t at) {
  const std::string_view word = text_at(words, at);
  if (one_of(word, {"noon", "midday", "noontime"})) return Reading{12, 0, "exact", 1};
  if (word == "midnight") return Reading{24, 0, "exact", 1};
  if (word == "half" || word == "quarter") {
    std::size_t i = at + 1;
    const bool to = text_at(words, i) == "to";
    const bool past = text_at(words, i) == "past";
    if (to || past) ++i;
    if (!to && !past && word == "quarter") return std::nullopt;
    auto reading = plain_hour(words, i);
    if (!reading || reading->minute != 0 || reading->hour > 12 || reading->hour == 0)
      return std::nullopt;
    const int minutes = word == "half" ? 30 : 15;
    reading->minute = to ? 60 - minutes : minutes;
    if (to) reading->hour = reading->hour == 1 ? 12 : reading->hour - 1;
    reading->count += i - at;
    return reading;
  }
  return plain_hour(words, at);
}

/// A word that makes a bare number after it an hour.
bool leads_hour(std::string_view word) {
  return one_of(word, {"at", "@", "by", "around", "about", "from", "before", "after", "until",
                       "till", "til", "between", "circa", "abt"});
}

/// True where a number stands alone, not counting something ("at 9 boxes").
bool stands_alone(const std::vector<Word>& words, std::size_t next) {
  if (next >= words.size()) return true;
  static const WordSet after(
      "on in to and so then with for at from if or but the this that tonight tomorrow today tmrw "
      "is works work please when as till until before after i we you it because local ish latest");
  const Word& word = words[next];
  if (word.is_mark) return !one_of(word.text, {"%", "$", "/", "*", "+"});
  return after.has(word.text) || weekday_named(word.text).has_value();
}

}  // namespace

std::optional<TimePiece> clock_piece(const std::vector<Word>& words, std::size_t at) {
  if (words[at].is_mark) return std::nullopt;
  const auto first = spoken_hour(words, at);
  if (!first) return std::nullopt;
  TimePiece piece;
  piece.kind = TimePiece::Kind::clock;
  piece.first = at;
  piece.last = at + first->count;
  piece.hour = first->hour;
  piece.minute = first->minute;
  piece.meridiem = first->meridiem;
  const std::string_view join = text_at(words, piece.last);
  const std::string_view before = at > 0 ? text_at(words, at - 1) : std::string_view();
  if (one_of(join, {"-", "to", "till", "til", "until"}) || (join == "and" && before == "between")) {
    const auto second = spoken_hour(words, piece.last + 1);
    if (second && stands_alone(words, piece.last + 1 + second->count)) {
      piece.last += 1 + second->count;
      piece.hour_until = second->hour;
      piece.minute_until = second->minute;
      if (piece.meridiem.empty()) piece.meridiem = second->meridiem;
    }
  }
  const bool led = leads_hour(before);
  const bool certain = one_of(piece.meridiem, {"am", "pm", "exact", "sure"});
  if (words[at].text == "one" && !certain && !led) return std::nullopt;
  if (!certain) {
    if (!stands_alone(words, piece.last)) return std::nullopt;
    const bool money = before == "$" || before == "\xC2\xA3" || before == "\xE2\x82\xAC";
    if (money) return std::nullopt;
    piece.is_weak = !led;
    // "about five", "from 6" alone count things as often as hours.
    if (led && one_of(before, {"about", "after", "from", "around"}) && !piece.hour_until)
      piece.is_weak = true;
    if (piece.meridiem == "maybe") piece.meridiem = "exact";
  } else if (piece.meridiem == "sure") {
    piece.meridiem.clear();
  }
  return piece;
}

}  // namespace ioud::detection
