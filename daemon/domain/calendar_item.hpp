#pragma once
// An event of ours, as far as we own it: what we want to stand in a calendar, what we last wrote,
// and what stands there. Everything else in the stored object belongs to the rep's programs and is
// kept byte for byte (RFC 5545 objects are patched, never rewritten).

#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/meeting.hpp"

namespace ioud::domain {

enum class Role { sitdown, prep, reminder, nudge, planning, occasion, meeting };
enum class EventStatus { none, tentative, confirmed, cancelled };

struct CalendarItem {
  std::string uid;
  Role role = Role::sitdown;
  std::optional<core::Date> day;  ///< set for all-day items; then start and end are unused
  core::Instant start;
  core::Instant end;
  std::string summary;
  std::string description;
  std::string location;
  EventStatus status = EventStatus::none;
  bool opaque = false;
  bool is_private = true;
  std::vector<std::string> categories;
  std::string organizer;  ///< address, or "" for none
  std::string organizer_name;
  std::string organizer_agent;  ///< SCHEDULE-AGENT of the organiser line, as in Guest
  std::vector<Guest> guests;
  std::vector<std::string> alarms;  ///< triggers relative to the start: "-PT15M"
  std::string related_to;           ///< UID; written as RELATED-TO;RELTYPE=SIBLING
  int sequence = 0;
  friend bool operator==(const CalendarItem&, const CalendarItem&) = default;
};

/// The category that marks a role, "" for client meetings.
const char* category(Role role);

}  // namespace ioud::domain
