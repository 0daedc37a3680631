#include <array>
#include <map>
#include <utility>

#include "core/text.hpp"
#include "formats/component.hpp"
#include "formats/event_part.hpp"
#include "formats/event_text.hpp"
#include "formats/zone_names.hpp"

namespace ioud::formats {
namespace {

using domain::CalendarItem;
using domain::EventStatus;
using domain::Role;

constexpr std::array<std::pair<std::string_view, Role>, 7> prefixes = {{{"iou-", Role::sitdown},
                                                                        {"prep-", Role::prep},
                                                                        {"fav-", Role::reminder},
                                                                        {"care-", Role::nudge},
                                                                        {"plan-", Role::planning},
                                                                        {"date-", Role::occasion},
                                                                        {"mtg-", Role::meeting}}};

Role role_of(std::string_view uid, const std::vector<std::string>& categories) {
  for (const auto& [prefix, role] : prefixes) {
    if (uid.substr(0, prefix.size()) == prefix) return role;
  }
  for (const auto& [prefix, role] : prefixes) {
    for (const std::string& each : categories) {
      if (role != Role::meeting && core::iequals(each, domain::category(role))) return role;
    }
  }
  return Role::meeting;
}

EventStatus status_of(std::string_view word) {
  if (word == "TENTATIVE") return EventStatus::tentative;
  if (word == "CONFIRMED") return EventStatus::confirmed;
  if (word == "CANCELLED") return EventStatus::cancelled;
  return EventStatus::none;
}

std::vector<std::string> alarms_of(const Component& event) {
  std::vector<std::string> alarms;
  for (const Component& child : event.children) {
    const ContentLine* trigger = child.name == "VALARM" ? child.find("TRIGGER") : nullptr;
    if (trigger == nullptr || trigger->has("RELATED", "END")) continue;
    const std::string canonical = canonical_duration(trigger->value);
    if (!canonical.empty()) alarms.push_back(canonical);
  }
  return alarms;
}

std::string related_of(const Component& event) {
  const ContentLine* untyped = nullptr;  // some programs drop the parameter
  for (const ContentLine& line : event.lines) {
    if (line.name != "RELATED-TO") continue;
    if (line.has("RELTYPE", "SIBLING")) return text_of(line);
    if (untyped == nullptr && !line.parameter("RELTYPE")) untyped = &line;
  }
  return untyped == nullptr ? std::string() : text_of(*untyped);
}

core::Result<CalendarItem> item_of(const Component& event, std::string_view file, ZoneNames& zones,
                                   const core::Zone& zone) {
  auto read = read_event(event, zones);
  if (!read) return tl::unexpected(read.error());
  domain::SeriesPart& part = read->part;
  CalendarItem item;
  item.uid = uid_of(event, file);
  item.role = role_of(item.uid, part.categories);
  if (part.start.all_day) {
    item.day = part.start.day;
  } else {
    const auto start = instant_of(part.start, read->vtimezone, zone);
    if (!start) return tl::unexpected(start.error());
    const auto end = instant_of(part.end, read->vtimezone, zone);
    if (!end) return tl::unexpected(end.error());
    item.start = *start;
    item.end = *end;
  }
  item.summary = std::move(part.summary);
  item.description = std::move(part.description);
  item.location = std::move(part.location);
  item.status = status_of(part.status);
  item.opaque = !part.transparent;
  item.is_private = part.access == "PRIVATE" || part.access == "CONFIDENTIAL";
  item.categories = std::move(part.categories);
  if (const ContentLine* line = event.find("ORGANIZER")) {
    const domain::Guest organizer = read_guest(*line);
    item.organizer = organizer.address;
    item.organizer_name = organizer.name;
    item.organizer_agent = organizer.schedule_agent;
  }
  item.guests = std::move(part.guests);
  item.alarms = alarms_of(event);
  item.related_to = related_of(event);
  item.sequence = part.sequence;
  return item;
}

}  // namespace

core::Result<StoredItems> read_items(std::string_view stored, const core::Zone& zone,
                                     std::string_view place) {
  StoredItems read;
  std::map<std::string, std::size_t> by_uid;
  ZoneNames zones(stored);
  ComponentReader reader(stored);
  while (const auto component = reader.next()) {
    if (component->name != "VEVENT" || component->find("RECURRENCE-ID") != nullptr) continue;
    auto item = item_of(*component, stored, zones, zone);
    if (!item) {
      item.error().place = place;
      read.faults.push_back(std::move(item.error()));
      continue;
    }
    const auto [known, is_new] = by_uid.emplace(item->uid, read.items.size());
    if (is_new) {
      read.items.push_back(*std::move(item));
    } else if (item->sequence >= read.items[known->second].sequence) {
      read.items[known->second] = *std::move(item);
    }
  }
  if (!reader.saw_calendar()) {
    return core::fail(core::Fault::protocol, std::string(place),
                      "found no BEGIN:VCALENDAR, expected an iCalendar object (RFC 5545)");
  }
  if (read.items.empty() && !read.faults.empty()) return tl::unexpected(read.faults.front());
  return read;
}

}  // namespace ioud::formats
