#pragma once
// Instants, dates and zoned times, kept apart by type. An instant is a point on the world's clock;
// a date is a square on the wall calendar and never passes through UTC; a local time is a reading
// of one zone's wall clock. Only this room knows the time zone database (date-tz, system tzdata),
// and nothing here asks the machine for its clock or its zone.

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace ioud::core {

using Instant = std::chrono::sys_seconds;      ///< UTC, whole seconds
using LocalTime = std::chrono::local_seconds;  ///< a wall clock reading, zone known from context
using Date = std::chrono::year_month_day;      ///< a civil date, proleptic Gregorian
using Minutes = std::chrono::minutes;

/// An IANA time zone. Cheap to copy; points into the process-wide, immutable zone database.
class Zone {
 public:
  /// UTC.
  Zone();
  /// Finds an IANA zone by exact name; fails with Fault::config and the name.
  static Result<Zone> find(std::string_view iana_name);

  const std::string& name() const;

  /// RFC 5545 3.3.5: a time that the clock skips is read with the offset before the gap, a time
  /// that happens twice is the first one.
  Instant to_instant(LocalTime local) const;
  LocalTime to_local(Instant at) const;
  /// Seconds east of UTC at that instant.
  std::chrono::seconds offset(Instant at) const;

  friend bool operator==(const Zone& a, const Zone& b) { return a.zone_ == b.zone_; }

 private:
  explicit Zone(const void* zone) : zone_(zone) {}
  const void* zone_;
};

/// A time on a date: minutes after midnight, 0 to 1440.
struct TimeOfDay {
  int minutes = 0;
  constexpr TimeOfDay() = default;
  constexpr explicit TimeOfDay(int minutes_after_midnight) : minutes(minutes_after_midnight) {}
  constexpr TimeOfDay(int hour, int minute) : minutes(hour * 60 + minute) {}
  friend constexpr auto operator<=>(TimeOfDay, TimeOfDay) = default;
};

/// "HH:MM", 00:00 to 24:00.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
std::string format(TimeOfDay time);

Date date_of(LocalTime local);
TimeOfDay time_of(LocalTime local);  ///< seconds are dropped
LocalTime at(Date date, TimeOfDay time);
Date date_in(const Zone& zone, Instant at);
Instant instant_in(const Zone& zone, Date date, TimeOfDay time);

Date add_days(Date date, int days);
int days_between(Date from, Date to);  ///< to - from
std::chrono::weekday weekday_of(Date date);
bool is_weekend(Date date);  ///< Saturday or Sunday
/// The Monday of the ISO week that holds the date.
Date monday_of(Date date);

/// RFC 3339 with a numeric offset or Z; fractions of a second are dropped.
std::optional<Instant> parse_rfc3339(std::string_view text);
/// "2026-03-04T14:25:00-06:00" in that zone.
std::string format_rfc3339(Instant at, const Zone& zone);
/// "2026-03-04T20:25:00Z".
std::string format_utc(Instant at);
std::optional<Date> parse_date(std::string_view text);  ///< "yyyy-mm-dd", validated
std::string format(Date date);                          ///< "yyyy-mm-dd"
/// "4 Mar" and "4 Mar 2026": how dates read in texts for people.
std::string short_day(Date date);
std::string long_day(Date date);
/// "Mon", "Monday".
std::string short_weekday(Date date);
std::string long_weekday(Date date);

}  // namespace ioud::core
