#include <algorithm>

#include "core/text.hpp"
#include "formats/event_lines.hpp"
#include "formats/event_text.hpp"
#include "formats/ical_time.hpp"
#include "formats/vtimezone.hpp"

namespace ioud::formats {
namespace {

using domain::CalendarItem;
using domain::EventStatus;

constexpr std::string_view crlf = "\r\n";
constexpr std::string_view product = "PRODID:-//ioud//ioud//EN";

std::string time_line(std::string_view name, core::Instant at, const core::Zone& zone) {
  if (zone == core::Zone()) return std::string(name) + ":" + write_utc(at);
  return std::string(name) + parameter_text("TZID", zone.name()) + ":" +
         write_local(zone.to_local(at));
}

std::string date_line(std::string_view name, core::Date day) {
  return std::string(name) + ";VALUE=DATE:" + write_date(day);
}

/// The hint that we made the event: the part of the UID before the "@", if it is a plain token.
std::string hint_of(const CalendarItem& item) {
  const std::string token = item.uid.substr(0, item.uid.find('@'));
  const bool is_plain = !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  return is_plain ? token : std::string();
}

/// Appends folded lines; a line without text is left out.
class Writer {
 public:
  void line(std::string_view text) {
    if (!text.empty()) out_ += fold_line(text, crlf);
  }
  void property(std::string_view name, std::string_view value) {
    if (!value.empty()) line(std::string(name) + ":" + std::string(value));
  }
  void raw(std::string_view text) { out_ += text; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void begin_calendar(Writer& out, std::string_view method) {
  out.line("BEGIN:VCALENDAR");
  out.line("VERSION:2.0");
  out.line(product);
  out.property("METHOD", method);
}

void write_zone(Writer& out, const CalendarItem& item, const core::Zone& zone) {
  if (!item.day && zone != core::Zone()) out.raw(write_vtimezone(zone, item.start, item.end));
}

void write_times(Writer& out, const CalendarItem& item, const core::Zone& zone,
                 core::Instant stamp) {
  out.property("UID", escape_text(item.uid));
  for (const char* property : {"DTSTAMP", "CREATED", "LAST-MODIFIED"}) {
    out.property(property, write_utc(stamp));
  }
  out.line(start_line(item, zone));
  out.line(end_line(item, zone));
}

}  // namespace

std::string start_line(const CalendarItem& item, const core::Zone& zone) {
  return item.day ? date_line("DTSTART", *item.day) : time_line("DTSTART", item.start, zone);
}

std::string end_line(const CalendarItem& item, const core::Zone& zone) {
  return item.day ? date_line("DTEND", core::add_days(*item.day, 1))
                  : time_line("DTEND", item.end, zone);
}

std::string value_of(const CalendarItem& item, std::string_view property) {
  if (property == "SUMMARY") return escape_text(item.summary);
  if (property == "DESCRIPTION") return escape_text(item.description);
  if (property == "LOCATION") return escape_text(item.location);
  if (property == "TRANSP") return item.opaque ? "OPAQUE" : "TRANSPARENT";
  if (property == "CLASS") return item.is_private ? "PRIVATE" : "";
  if (property == "SEQUENCE") return std::to_string(item.sequence);
  switch (item.status) {
    case EventStatus::none:
      return "";
    case EventStatus::tentative:
      return "TENTATIVE";
    case EventStatus::confirmed:
      return "CONFIRMED";
    case EventStatus::cancelled:
      return "CANCELLED";
  }
  return "";
}

std::string categories_line(const std::vector<std::string>& categories) {
  std::vector<std::string> escaped;
  for (const std::string& each : categories) escaped.push_back(escape_text(each));
  return escaped.empty() ? std::string() : "CATEGORIES:" + core::joined(escaped, ",");
}

std::string guest_line(std::string_view property, const domain::Guest& guest,
                       const ContentLine* stored) {
  std::string line(property);
  if (!guest.name.empty()) line += parameter_text("CN", guest.name);
  if (property == "ATTENDEE") {
    line += parameter_text("PARTSTAT", guest.partstat);
    if (guest.rsvp) line += ";RSVP=TRUE";
  }
  if (!guest.schedule_agent.empty()) {
    line += parameter_text("SCHEDULE-AGENT", guest.schedule_agent);
  }
  for (const Parameter& each : stored == nullptr ? std::vector<Parameter>() : stored->parameters) {
    const bool is_ours = each.name == "CN" || each.name == "PARTSTAT" || each.name == "RSVP" ||
                         each.name == "SCHEDULE-AGENT";
    if (!is_ours) line += parameter_text(each.name, core::joined(each.values, ","));
  }
  return line + ":mailto:" + guest.address;
}

domain::Guest organizer_of(const CalendarItem& item) {
  domain::Guest organizer;
  organizer.address = item.organizer;
  organizer.name = item.organizer_name;
  organizer.schedule_agent = item.organizer_agent;
  return organizer;
}

std::string related_line(const CalendarItem& item) {
  if (item.related_to.empty()) return {};
  return "RELATED-TO;RELTYPE=SIBLING:" + escape_text(item.related_to);
}

std::string alarm_text(std::string_view trigger, std::string_view line_end) {
  std::string out;
  for (const std::string& line :
       {std::string("BEGIN:VALARM"), std::string("ACTION:DISPLAY"),
        std::string("DESCRIPTION:Reminder"), "TRIGGER:" + canonical_duration(trigger),
        std::string("END:VALARM")}) {
    out += fold_line(line, line_end);
  }
  return out;
}

std::string write_event(const CalendarItem& item, const core::Zone& zone, core::Instant stamp) {
  Writer out;
  begin_calendar(out, {});
  write_zone(out, item, zone);
  out.line("BEGIN:VEVENT");
  write_times(out, item, zone, stamp);
  for (const char* property :
       {"SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "CLASS", "SEQUENCE"}) {
    out.property(property, value_of(item, property));
  }
  std::vector<std::string> categories = item.categories;
  const std::string role = domain::category(item.role);
  if (!role.empty() && std::find(categories.begin(), categories.end(), role) == categories.end()) {
    categories.insert(categories.begin(), role);
  }
  out.line(categories_line(categories));
  if (!item.organizer.empty()) out.line(guest_line("ORGANIZER", organizer_of(item)));
  for (const domain::Guest& guest : item.guests) out.line(guest_line("ATTENDEE", guest));
  out.line(related_line(item));
  out.property("X-IOUD-ID", hint_of(item));
  out.line("X-IOUD-V:1");
  for (const std::string& alarm : item.alarms) out.raw(alarm_text(alarm, crlf));
  out.line("END:VEVENT");
  out.line("END:VCALENDAR");
  return out.take();
}

std::string write_imip(const CalendarItem& item, std::string_view method, const core::Zone& zone,
                       core::Instant stamp) {
  CalendarItem shown = item;
  shown.is_private = false;
  if (method == "CANCEL") shown.status = EventStatus::cancelled;
  Writer out;
  begin_calendar(out, method);
  write_zone(out, shown, zone);
  out.line("BEGIN:VEVENT");
  write_times(out, shown, zone, stamp);
  for (const char* property :
       {"SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "SEQUENCE"}) {
    out.property(property, value_of(shown, property));
  }
  // RFC 6638 7.1: SCHEDULE-AGENT must not travel.
  domain::Guest organizer = organizer_of(shown);
  organizer.schedule_agent.clear();
  if (!organizer.address.empty()) out.line(guest_line("ORGANIZER", organizer));
  for (domain::Guest guest : shown.guests) {
    guest.schedule_agent.clear();
    out.line(guest_line("ATTENDEE", guest));
  }
  out.line("END:VEVENT");
  out.line("END:VCALENDAR");
  return out.take();
}

std::string canonical_duration(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? format_duration(*duration) : std::string();
}

CalendarItem ordered(CalendarItem item) {
  const auto seconds_of = [](const std::string& alarm) {
    const auto duration = parse_duration(alarm);
    return duration ? duration->days + duration->exact : std::chrono::seconds{0};
  };
  for (std::string& alarm : item.alarms) {
    const std::string canonical = canonical_duration(alarm);
    if (!canonical.empty()) alarm = canonical;
  }
  std::sort(item.alarms.begin(), item.alarms.end(),
            [&](const std::string& a, const std::string& b) {
              return std::pair(seconds_of(a), a) < std::pair(seconds_of(b), b);
            });
  std::sort(item.categories.begin(), item.categories.end());
  std::sort(item.guests.begin(), item.guests.end(),
            [](const domain::Guest& a, const domain::Guest& b) { return a.address < b.address; });
  return item;
}

}  // namespace ioud::formats
