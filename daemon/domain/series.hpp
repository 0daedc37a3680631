#pragma once
// A calendar object reduced to what we use: one UID with its rule, exceptions and overrides, times
// still as they were written. formats/ical reads and expands it; the store can keep it.

#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/meeting.hpp"

namespace ioud::domain {

/// A time as iCalendar writes it: a date, a local time in a zone, or a floating local time.
struct SeriesTime {
  bool all_day = false;
  core::Date day{};       ///< when all_day
  core::LocalTime local;  ///< otherwise
  std::string zone;       ///< IANA name, "UTC", "" when floating, or "custom" (Series::vtimezone)
  std::optional<std::chrono::seconds> length;  ///< of an RDATE given as a PERIOD
  friend bool operator==(const SeriesTime&, const SeriesTime&) = default;
};

/// The properties of the master or of one override.
struct SeriesPart {
  SeriesTime start;
  SeriesTime end;                        ///< exclusive; DURATION already added
  std::optional<SeriesTime> recurrence;  ///< RECURRENCE-ID of an override
  bool this_and_future = false;          ///< RANGE=THISANDFUTURE: later instances follow it too
  std::string status;                    ///< upper case, "" when unsaid
  bool transparent = false;
  std::string access;  ///< CLASS, upper case, "" when unsaid
  std::string summary;
  std::string location;
  std::string description;
  std::vector<std::string> categories;
  std::vector<Guest> guests;  ///< attendees, without the organiser unless listed
  std::string organizer;      ///< address, lower case
  std::optional<int> travel_minutes;
  std::optional<core::Instant> made;  ///< CREATED, else DTSTAMP
  int sequence = 0;
};

struct Series {
  std::string uid;
  std::optional<SeriesPart> master;  ///< absent where only single instances were shared with us
  std::vector<std::string> rules;    ///< RRULE values as written
  std::vector<SeriesTime> added;     ///< RDATE
  std::vector<SeriesTime> removed;   ///< EXDATE
  std::vector<SeriesPart> overrides;
  std::string vtimezone;  ///< the VTIMEZONE of times whose zone is "custom"
};

}  // namespace ioud::domain
