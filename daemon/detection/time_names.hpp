#pragma once
// Names of days, months and parts of days in their many spellings, and the calendar arithmetic that
// words of time need. The grammar itself is in the pieces; nothing here reads a sentence.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "detection/time_pieces.hpp"
#include "detection/words.hpp"

namespace ioud::detection {

std::optional<std::chrono::weekday> weekday_named(std::string_view word);
/// 1 to 12 for "march", "mar", "sept".
std::optional<int> month_named(std::string_view word);
/// morning, afternoon, evening, or "".
std::string part_named(std::string_view word);
bool is_today(std::string_view word);
bool is_tonight(std::string_view word);
bool is_tomorrow(std::string_view word);
bool is_week_word(std::string_view word);
bool is_weekend_word(std::string_view word);
/// Four digits that are a year.
std::optional<int> year_of(const Word& word);

/// The first such day after the date.
core::Date next_weekday(core::Date after, std::chrono::weekday day);
core::Date first_of_month(core::Date date);
core::Date last_of_month(core::Date date);
core::Date next_month(core::Date date);  ///< its first day
/// The next date with this month and day, today included; the one of the year where given.
std::optional<core::Date> dated(core::Date today, int month, int day, std::optional<int> year);
/// The next day with this number after today.
std::optional<core::Date> numbered(core::Date today, int day);

/// The words from one place on; reading past the end gives an empty word.
class Ahead {
 public:
  Ahead(const std::vector<Word>& words, std::size_t at) : words_(words), at_(at) {}
  const Word& word(std::size_t offset) const {
    static const Word nothing;
    return at_ + offset < words_.size() ? words_[at_ + offset] : nothing;
  }
  /// The word at an offset without a possessive's 's.
  std::string_view operator[](std::size_t offset) const {
    std::string_view text = word(offset).text;
    if (text.ends_with("'s") && text.size() > 4) text.remove_suffix(2);
    return text;
  }
  std::string_view before(std::size_t back = 1) const {
    return back <= at_ ? std::string_view(words_[at_ - back].text) : std::string_view();
  }
  bool is_last(std::size_t offset) const { return at_ + offset >= words_.size(); }
  TimePiece piece(std::size_t count, TimePiece::Kind kind) const {
    TimePiece made;
    made.kind = kind;
    made.first = at_;
    made.last = at_ + count;
    return made;
  }
  TimePiece day(std::size_t count, core::Date date) const {
    TimePiece made = piece(count, TimePiece::Kind::day);
    made.from = date;
    return made;
  }
  TimePiece span(std::size_t count, core::Date from, core::Date until) const {
    TimePiece made = piece(count, TimePiece::Kind::span);
    made.from = from;
    made.until = until;
    return made;
  }

 private:
  const std::vector<Word>& words_;
  std::size_t at_;
};

}  // namespace ioud::detection
