#pragma once
// Reads iCalendar objects (RFC 5545) of any program into series: the VEVENTs of one UID with rule,
// exceptions and overrides. Never writes, never expands (formats/recurrence does) and never guesses
// a time zone: a TZID nobody knows is a fault, not UTC.

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "domain/series.hpp"

namespace ioud::formats {

struct CalendarObject {
  std::string method;                  ///< upper case, "" when unsaid
  std::vector<domain::Series> series;  ///< by first appearance of their UID
  std::vector<core::Error> faults;     ///< events that were left out, each with line and cure
};

/// Fails with Fault::protocol where the bytes are no iCalendar object, or where every event in them
/// is bad; otherwise gives what is good and lists what is not. `place` goes into the errors.
///
/// A TZID is taken as an IANA name (also behind a "/mozilla.org/…/" or other prefix), else as a
/// Windows name, else from the file's own VTIMEZONE, which never overrules a known name. A VEVENT
/// without UID gets one made of its bytes.
core::Result<CalendarObject> read_calendar(std::string_view bytes, std::string_view place = {});

}  // namespace ioud::formats
