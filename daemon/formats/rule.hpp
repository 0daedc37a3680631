#pragma once
// One RRULE value (RFC 5545 3.3.10): checked, and run in wall clock time. Days and weeks are
// counted here, because libical's iterator loses their phase; months and years are libical's, and
// this is the only room that knows it. Work is bounded whatever the rule says: finer than daily is
// refused, rules that no day can satisfy are noticed, and far past starts are skipped in whole
// periods.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "formats/ical_time.hpp"

namespace ioud::formats {

class Rule {
 public:
  /// Fails with Fault::protocol, naming the part that is wrong.
  static core::Result<Rule> read(std::string_view text);

  /// The caller compares with it, since it may be UTC where the rule runs in wall time.
  const std::optional<WrittenTime>& until() const { return until_; }

  /// Whether it goes on for ever: neither UNTIL nor COUNT.
  bool is_endless() const { return !until_ && !count_; }

  /// Calls `take` with the times of the rule in order: all in [from, to], perhaps some before,
  /// until it returns false. `start` is DTSTART; all_day: only dates count. A start that does not
  /// match the rule is not a time of it. False where the rule took more steps than any honest one
  /// does.
  bool run(core::LocalTime start, bool all_day, core::LocalTime from, core::LocalTime to,
           const std::function<bool(core::LocalTime)>& take) const;

 private:
  enum class Frequency { daily, weekly, monthly, yearly };

  core::Result<bool> read_part(std::string_view name, std::string_view value);
  bool can_match() const;
  bool has(std::string_view part) const;
  core::LocalTime forwarded(core::LocalTime start, core::LocalTime from) const;
  void run_days(core::LocalTime start, bool all_day, core::LocalTime from, core::LocalTime to,
                const std::function<bool(core::LocalTime)>& give) const;
  void run_months(core::LocalTime start, bool all_day, core::LocalTime to,
                  const std::function<bool(core::LocalTime)>& give) const;

  Frequency frequency_ = Frequency::daily;
  int interval_ = 1;
  std::optional<int> count_;
  bool has_frequency_ = false;
  std::optional<WrittenTime> until_;
  std::string text_;  ///< without UNTIL and COUNT, which are counted here
};

}  // namespace ioud::formats
