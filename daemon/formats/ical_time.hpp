#pragma once
// Dates, times and durations as iCalendar and vCard 3 spell them (RFC 5545 3.3.4 to 3.3.6), checked
// to be real ones. Knows no zones: a local time stays a wall clock reading.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/civil_time.hpp"

namespace ioud::formats {

struct WrittenTime {
  bool is_date = false;
  bool is_utc = false;
  core::LocalTime local;  ///< midnight for a date
};

/// "20260304", "20260304T142500", "20260304T142500Z"; nothing for days that do not exist.
std::optional<WrittenTime> parse_written_time(std::string_view text);

/// A duration: `days` follow the wall clock, `exact` does not (RFC 5545 3.3.6).
struct Duration {
  std::chrono::days days{0};
  std::chrono::seconds exact{0};
};
/// Nothing where it is no duration or longer than a million days.
std::optional<Duration> parse_duration(std::string_view text);
std::string format_duration(Duration duration);

std::string write_date(core::Date date);         ///< "20260304"
std::string write_local(core::LocalTime local);  ///< "20260304T142500"
std::string write_utc(core::Instant at);         ///< "20260304T202500Z"

/// The digits [from, from + count) as a number, or nothing.
std::optional<int> read_digits(std::string_view text, std::size_t from, std::size_t count);

}  // namespace ioud::formats
