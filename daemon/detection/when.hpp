#pragma once
// Times in words: finds "first thing tomorrow", "by the end of next week", "3/12" or "Fri 9 May" in
// a sentence and reads them against the day the words were written. Never guesses: words that name
// no day ("before your audit", "soon") give none. Pure and linear in the text.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// How "3/12" is read: 12 March or 3 December.
enum class DateOrder { month_first, day_first };

/// en-US (and en_US.UTF-8, en-PH, …) puts the month first, everybody else the day.
DateOrder date_order(std::string_view locale);

/// What words of time are read against.
struct Reckoning {
  core::LocalTime said;  ///< when the words were written, in the rep's zone
  DateOrder order = DateOrder::day_first;
  std::optional<core::Date> mentioned;  ///< the day spoken of before: what "that evening" means
};

/// One expression of time. `due` and `until` are empty where no day was named.
struct When {
  std::size_t begin = 0;  ///< byte range in the text
  std::size_t end = 0;
  std::string text;  ///< the words as written
  std::optional<domain::Due> due;
  std::optional<domain::Due> until;  ///< last day of a range, or the end of a range of hours
  std::string day_part;              ///< morning, afternoon, evening, or ""
  bool is_deadline = false;          ///< by, before, until, due
  bool is_event = false;             ///< tied to something without a date: "before your audit"
  bool is_past = false;              ///< yesterday, last week, two days ago
  bool is_recurring = false;         ///< every morning, weekly, Mondays
  bool names_day = false;            ///< a day was said, not only an hour or "in the evening"
  bool is_month = false;             ///< no closer than a month
  /// ISO 8601 as exact as the words: "2025-03-15", "2025-03-15T18:00", "2025-09-01/2025-09-05",
  /// "2025-10"; empty where no day was named.
  std::string value;
};

/// Every expression of time, in order, none overlapping.
std::vector<When> find_times(std::string_view text, const Reckoning& base);

/// The one that says when the act in the sentence is to happen: not the past, one after the act
/// before one ahead of it, a day before a month; an hour and a day said apart are put together.
/// `act` is where the helping verb stands. Nothing where no day is said.
std::optional<When> main_time(const std::vector<When>& times, std::size_t act = 0);

/// How long something takes, and where it is said: "2h", "90min", "1h30", "an hour and a half".
struct Effort {
  int minutes = 0;
  std::size_t begin = 0;  ///< byte range in the text
  std::size_t end = 0;
};

/// The first effort in the text. "in ten minutes" is when and "at 18h" an hour: neither is one.
std::optional<Effort> find_effort(std::string_view text);

}  // namespace ioud::detection
