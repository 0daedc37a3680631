#pragma once
// Meetings and other busy time, provider-free. A series is expanded before anything here is made;
// an Occurrence is one instance at one time.

#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/finding.hpp"

namespace ioud::domain {

struct Guest {
  std::string address;  ///< lower case, without mailto:
  std::string name;
  std::string partstat = "NEEDS-ACTION";
  bool rsvp = false;
  std::string schedule_agent;  ///< "", CLIENT, SERVER or NONE (RFC 6638 7.1)
  friend bool operator==(const Guest&, const Guest&) = default;
};

/// One instance of an event in a calendar that is read, or that says when the rep is busy.
struct Occurrence {
  std::string uid;
  std::string recurrence;  ///< original start of the instance (RFC 3339, UTC) or date; "" if single
  std::string calendar;    ///< name in the config
  core::Instant start;
  core::Instant end;     ///< exclusive
  bool all_day = false;  ///< then first_day and last_day hold, in no zone
  core::Date first_day{};
  core::Date last_day{};       ///< inclusive
  bool busy = true;            ///< opaque, not cancelled, not declined by the rep
  bool out_of_office = false;  ///< marked so by its program; takes every day it touches
  bool cancelled = false;
  bool readable = false;  ///< its calendar may be read for text, and it is not private
  std::string summary;    ///< empty unless readable
  std::string location;
  std::optional<int> travel_minutes;  ///< Apple's travel time, where set
  std::vector<Guest> guests;          ///< attendees and organiser; empty unless readable
  std::string organizer;
};

/// The words found in the notes of an event: once for a series, and for each instance with its own.
struct MeetingNotes {
  std::string uid;
  std::string recurrence;
  core::Instant start;  ///< of the instance; dates in the notes are read from it
  bool cancelled = false;
  std::vector<Guest> guests;
  std::string organizer;
  Reading reading;
};

/// A calendar entry whose title may be a capture (specification 2.7).
struct CaptureEntry {
  std::string uid;
  std::string line;
  bool all_day = false;
  core::Instant start;
  core::Instant end;
  core::Date first_day{};
  std::optional<core::Instant> made;  ///< CREATED, else DTSTAMP
};

}  // namespace ioud::domain
