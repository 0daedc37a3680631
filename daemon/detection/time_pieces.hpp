#pragma once
// The smallest expressions of time: one day, one part of a day, one reading of a clock, one week or
// month. `when` puts neighbours together ("Friday" "at" "six") and decides what they mean in the
// end.

#include <optional>
#include <string>
#include <vector>

#include "detection/when.hpp"
#include "detection/words.hpp"

namespace ioud::detection {

struct TimePiece {
  enum class Kind {
    day,    ///< one day: from
    span,   ///< several: from and until, a week, a weekend, a month
    part,   ///< of a day, with no day: "in the evening"
    clock,  ///< hour, with no day
    event,  ///< tied to something without a date
  };
  Kind kind = Kind::day;
  std::size_t first = 0;  ///< indexes of words, `last` exclusive
  std::size_t last = 0;
  std::optional<core::Date> from;
  std::optional<core::Date> until;
  std::optional<std::chrono::weekday>
      weekday;  ///< a bare weekday, which a date beside it overrules
  std::string part;
  int hour = 0;  ///< of a clock, as said: 6 may yet be 18
  int minute = 0;
  std::optional<int> hour_until;
  int minute_until = 0;
  std::string meridiem;                 ///< am, pm, "exact" where the hour is certain, or ""
  std::optional<core::TimeOfDay> time;  ///< exact hour of a day, "in 10 minutes"
  bool is_month = false;
  bool is_week = false;
  bool is_weekend = false;
  bool is_past = false;
  bool is_recurring = false;
  bool is_deadline = false;
  bool is_weak = false;  ///< only a time beside another one, or after a word such as "at"
};

/// The piece that begins at words[at], or nothing. Looks at most eight words ahead.
std::optional<TimePiece> day_piece(const std::vector<Word>& words, std::size_t at,
                                   const Reckoning& base);
std::optional<TimePiece> span_piece(const std::vector<Word>& words, std::size_t at,
                                    const Reckoning& base);
std::optional<TimePiece> part_piece(const std::vector<Word>& words, std::size_t at,
                                    const Reckoning& base);
std::optional<TimePiece> clock_piece(const std::vector<Word>& words, std::size_t at);

}  // namespace ioud::detection
