#include "formats/ical.hpp"

#include <map>

#include "formats/component.hpp"
#include "formats/event_part.hpp"
#include "formats/zone_names.hpp"

namespace ioud::formats {
namespace {

constexpr std::size_t fault_limit = 100;

core::Error placed(core::Error error, std::string_view place) {
  error.place = place;
  return error;
}

bool is_newer(const domain::SeriesPart& part, const domain::SeriesPart& known) {
  return part.sequence >= known.sequence;
}

void add_master(domain::Series& series, EventPart read) {
  if (series.master && !is_newer(read.part, *series.master)) return;
  series.master = std::move(read.part);
  series.rules = std::move(read.rules);
  series.added = std::move(read.added);
  series.removed = std::move(read.removed);
  series.vtimezone = std::move(read.vtimezone);
}

/// Overrides are told apart by their instant when the series is expanded; here only exact copies
/// are dropped. A start in a custom zone is kept as its end is, in UTC.
void add_override(domain::Series& series, EventPart read) {
  if (read.part.start.zone == "custom") {
    if (const auto zone = CustomZone::read(read.vtimezone)) {
      const auto at = zone->to_instant(read.part.start.local);
      read.part.start.local = core::LocalTime{at.time_since_epoch()};
      read.part.start.zone = "UTC";
    }
  }
  for (domain::SeriesPart& known : series.overrides) {
    if (*known.recurrence != *read.part.recurrence) continue;
    if (is_newer(read.part, known)) known = std::move(read.part);
    return;
  }
  series.overrides.push_back(std::move(read.part));
}

}  // namespace

core::Result<CalendarObject> read_calendar(std::string_view bytes, std::string_view place) {
  CalendarObject object;
  std::map<std::string, std::size_t> by_uid;
  ZoneNames zones(bytes);
  ComponentReader reader(bytes);
  const auto report = [&](core::Error error) {
    if (object.faults.size() < fault_limit) {
      object.faults.push_back(placed(std::move(error), place));
    }
  };
  while (const auto component = reader.next()) {
    if (object.method.empty()) object.method = reader.method();
    if (component->name != "VEVENT") continue;
    auto read = read_event(*component, zones);
    if (!read) {
      report(std::move(read.error()));
      continue;
    }
    const std::string uid = uid_of(*component, bytes);
    const auto [known, is_new] = by_uid.emplace(uid, object.series.size());
    if (is_new) object.series.emplace_back().uid = uid;
    domain::Series& series = object.series[known->second];
    if (read->part.recurrence) {
      add_override(series, *std::move(read));
    } else {
      add_master(series, *std::move(read));
    }
  }
  if (!reader.saw_calendar()) {
    return core::fail(core::Fault::protocol, std::string(place),
                      "found no BEGIN:VCALENDAR, expected an iCalendar object (RFC 5545)");
  }
  if (!reader.is_closed() && object.faults.empty()) {
    report({core::Fault::protocol, {}, "the file ends without END:VCALENDAR; it is cut", {}});
  }
  if (object.series.empty() && !object.faults.empty()) {
    return tl::unexpected(object.faults.front());
  }
  return object;
}

}  // namespace ioud::formats
