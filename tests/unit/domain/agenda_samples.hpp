#pragma once
// Dates, instants and agendas of the common fixture, short enough to read in a test.

#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/placement.hpp"

namespace ioud::domain::agenda_samples {

inline core::Date day(std::string_view text) { return core::parse_date(text).value(); }
inline core::Zone zone(std::string_view name) { return core::Zone::find(name).value(); }
inline core::Zone chicago() { return zone("America/Chicago"); }

/// "2026-03-09 11:15" in that zone.
inline core::Instant when(std::string_view text, const core::Zone& in = chicago()) {
  return core::instant_in(in, day(text.substr(0, 10)),
                          core::parse_time_of_day(text.substr(11)).value());
}

/// The other way round, for readable failures.
inline std::string shown(core::Instant at, const core::Zone& in = chicago()) {
  const core::LocalTime local = in.to_local(at);
  return core::format(core::date_of(local)) + " " + core::format(core::time_of(local));
}

inline std::string shown(const std::optional<Slot>& slot) {
  return slot ? shown(slot->start) + (slot->is_wide ? " wide" : "") : "none";
}

inline Occurrence event(std::string_view start, int minutes, std::string uid = "e") {
  Occurrence one;
  one.uid = std::move(uid);
  one.calendar = "work";
  one.start = when(start);
  one.end = one.start + core::Minutes{minutes};
  one.readable = true;
  return one;
}

inline Occurrence all_day(std::string_view first, std::string_view last) {
  Occurrence one;
  one.uid = "day";
  one.all_day = true;
  one.first_day = day(first);
  one.last_day = day(last);
  return one;
}

inline Occurrence meeting_with(std::string_view start, int minutes, std::string guest,
                               std::string uid = "m") {
  Occurrence one = event(start, minutes, std::move(uid));
  one.guests.resize(2);
  one.guests[0].address = "tom@rep.test";
  one.guests[1].address = std::move(guest);
  return one;
}

/// Tom's agenda at that time, with these things in his calendars.
inline Agenda agenda(std::string_view now, const std::vector<Occurrence>& occurrences = {},
                     std::vector<core::Date> holidays = {}) {
  Agenda made;
  made.now = when(now);
  made.zone = chicago();
  made.holidays = core::Holidays(std::move(holidays));
  made.busy = Busy(occurrences, made.zone, made.placement);
  return made;
}

}  // namespace ioud::domain::agenda_samples
