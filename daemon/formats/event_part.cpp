#include "formats/event_part.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "formats/encoding.hpp"
#include "formats/ical_time.hpp"

namespace ioud::formats {
namespace {

using domain::SeriesTime;
using std::chrono::days;

constexpr std::size_t date_limit = 100'000;
constexpr std::string_view expected_time =
    ", expected a date such as 20260304 or a time such as 20260304T142500Z";

tl::unexpected<core::Error> wrong(const ContentLine& line, std::string_view text) {
  return core::fail(core::Fault::protocol, {}, at_line(line.number, text));
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int value = 0;
    const char* digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2 && value > 0x20 &&
        value < 0x7F) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string address_of(const ContentLine& line) {
  std::string_view value = core::trimmed(line.value);
  constexpr std::string_view scheme = "mailto:";
  if (core::iequals(value.substr(0, scheme.size()), scheme)) {
    return core::ascii_lower(core::trimmed(percent_decoded(value.substr(scheme.size()))));
  }
  // Some servers put a principal's URL here and the address beside it (RFC 7986 6.2).
  return core::ascii_lower(core::trimmed(line.parameter("EMAIL").value_or(value)));
}

/// Reads the times of one event; remembers which custom zone its start has.
class TimeReader {
 public:
  explicit TimeReader(ZoneNames& zones) : zones_(zones) {}

  core::Result<SeriesTime> read(const ContentLine& line, std::string_view value) {
    const auto written = parse_written_time(value);
    if (!written)
      return wrong(line, line.name + " is " + quoted(value) + std::string(expected_time));
    SeriesTime time;
    if (written->is_date || line.has("VALUE", "DATE")) {
      time.all_day = true;
      time.day = core::date_of(written->local);
      return time;
    }
    time.local = written->local;
    const auto tzid = line.parameter("TZID");
    if (written->is_utc || !tzid) {
      time.zone = written->is_utc ? "UTC" : "";
      return time;
    }
    const ZoneNames::Found* zone = zones_.find(*tzid);
    if (zone == nullptr) {
      return wrong(line, line.name + " has the time zone " + quoted(*tzid) +
                             ", which is no IANA or Windows name and has no VTIMEZONE in the file");
    }
    time.zone = zone->iana;
    if (zone->custom != nullptr) {
      time.zone = "UTC";
      time.local = core::LocalTime{zone->custom->to_instant(written->local).time_since_epoch()};
    }
    return time;
  }

  /// DTSTART keeps its wall clock in a custom zone, because rules run on it.
  core::Result<SeriesTime> read_start(const ContentLine& line, std::string& vtimezone) {
    auto time = read(line, line.value);
    const auto tzid = line.parameter("TZID");
    if (!time || time->all_day || !tzid) return time;
    const auto written = parse_written_time(line.value);
    const ZoneNames::Found* zone = written->is_utc ? nullptr : zones_.find(*tzid);
    if (zone == nullptr || zone->custom == nullptr) return time;
    time->zone = "custom";
    time->local = written->local;
    vtimezone = zone->vtimezone;
    return time;
  }

  /// The exact duration after a start, as a time of its own.
  SeriesTime later(const ContentLine& line, const SeriesTime& start, Duration duration) {
    SeriesTime end = start;
    if (start.all_day) {
      end.day = core::add_days(start.day, static_cast<int>(duration.days.count()) +
                                              static_cast<int>(duration.exact / days{1}));
      return end;
    }
    end.local += duration.days;
    if (duration.exact.count() == 0 && start.zone != "custom") return end;
    if (start.zone.empty()) {
      end.local += duration.exact;
      return end;
    }
    const core::Instant at = instant(line, end) + duration.exact;
    end.zone = "UTC";
    end.local = core::LocalTime{at.time_since_epoch()};
    return end;
  }

 private:
  core::Instant instant(const ContentLine& line, const SeriesTime& time) {
    if (time.zone == "custom") {
      const auto tzid = line.parameter("TZID");
      const ZoneNames::Found* zone = tzid ? zones_.find(*tzid) : nullptr;
      if (zone != nullptr && zone->custom != nullptr) return zone->custom->to_instant(time.local);
    }
    const auto zone = core::Zone::find(time.zone);
    return zone.value_or(core::Zone()).to_instant(time.local);
  }

  ZoneNames& zones_;
};

/// RDATE, EXDATE: a list, whose PERIODs have an end or a duration.
core::Result<bool> read_dates(const ContentLine& line, TimeReader& times,
                              std::vector<SeriesTime>& dates) {
  for (const std::string& value : core::split(line.value, ',')) {
    if (core::trimmed(value).empty()) continue;
    if (dates.size() == date_limit) return wrong(line, "more than 100000 dates in " + line.name);
    const std::size_t slash = value.find('/');
    auto time = times.read(line, std::string_view(value).substr(0, slash));
    if (!time) return tl::unexpected(time.error());
    if (slash != std::string::npos) {
      const std::string_view rest = std::string_view(value).substr(slash + 1);
      const auto start = parse_written_time(std::string_view(value).substr(0, slash));
      const auto stop = parse_written_time(rest);
      const auto length = parse_duration(rest);
      if (!stop && !length) return wrong(line, "a period ends in " + quoted(rest));
      time->length = length ? length->days + length->exact : stop->local - start->local;
    }
    dates.push_back(*time);
  }
  return true;
}

core::Result<SeriesTime> read_end(const Component& event, const ContentLine& start_line,
                                  const SeriesTime& start, TimeReader& times) {
  if (const ContentLine* line = event.find("DTEND")) {
    auto end = times.read(*line, line->value);
    if (!end) return end;
    if (start.all_day && !end->all_day) {
      *end = SeriesTime{true, core::date_of(end->local), {}, {}, {}};
    } else if (!start.all_day && end->all_day) {
      SeriesTime midnight = start;
      midnight.local = std::chrono::local_days{end->day};
      end = midnight;
    }
    const bool is_before =
        end->all_day ? end->day < start.day : end->zone == start.zone && end->local < start.local;
    if (is_before) {
      return wrong(*line, "DTEND " + quoted(line->value) + " lies before DTSTART");
    }
    // A common slip in all-day events: the last day instead of the one after it.
    if (end->all_day && end->day == start.day) end->day = core::add_days(start.day, 1);
    return end;
  }
  if (const ContentLine* line = event.find("DURATION")) {
    const auto duration = parse_duration(line->value);
    if (!duration || (duration->days + duration->exact).count() < 0) {
      return wrong(*line, "DURATION is " + quoted(line->value) + ", expected one such as PT30M");
    }
    return times.later(start_line, start, *duration);
  }
  return times.later(start_line, start, Duration{days{start.all_day ? 1 : 0}, {}});
}

std::optional<core::Instant> made_at(const Component& event) {
  for (const char* property : {"CREATED", "DTSTAMP"}) {
    const ContentLine* line = event.find(property);
    const auto written = line == nullptr ? std::nullopt : parse_written_time(line->value);
    // Some programs write the beginning of their epoch for "unknown".
    if (written && core::date_of(written->local).year() > std::chrono::year{1970}) {
      return core::Instant{written->local.time_since_epoch()};
    }
  }
  return std::nullopt;
}

void read_words(const Component& event, domain::SeriesPart& part) {
  part.status = word_of(event, "STATUS");
  part.transparent = word_of(event, "TRANSP") == "TRANSPARENT";
  part.access = word_of(event, "CLASS");
  part.summary = text_of(event, "SUMMARY");
  part.location = text_of(event, "LOCATION");
  part.description = text_of(event, "DESCRIPTION");
  part.categories = read_categories(event);
  part.made = made_at(event);
  part.sequence = read_sequence(event);
  for (const ContentLine& line : event.lines) {
    if (line.name == "ATTENDEE") part.guests.push_back(read_guest(line));
    if (line.name == "ORGANIZER") part.organizer = read_guest(line).address;
    if (line.name != "X-APPLE-TRAVEL-DURATION") continue;
    if (const auto travel = parse_duration(line.value)) {
      part.travel_minutes = static_cast<int>(
          std::chrono::duration_cast<std::chrono::minutes>(travel->days + travel->exact).count());
    }
  }
}

}  // namespace

std::string text_of(const ContentLine& line) {
  std::string value = line.value;
  if (line.has("ENCODING", "QUOTED-PRINTABLE")) value = decode_quoted_printable(value);
  return to_utf8(unescape_text(value), line.parameter("CHARSET").value_or(""));
}

std::string text_of(const Component& component, std::string_view property) {
  const ContentLine* line = component.find(property);
  return line == nullptr ? std::string() : text_of(*line);
}

std::string word_of(const Component& component, std::string_view property) {
  const ContentLine* line = component.find(property);
  return line == nullptr ? std::string() : core::ascii_upper(core::trimmed(line->value));
}

domain::Guest read_guest(const ContentLine& line) {
  domain::Guest guest;
  guest.address = address_of(line);
  for (const Parameter& parameter : line.parameters) {
    if (parameter.name == "CN") guest.name = to_utf8(core::joined(parameter.values, ","), "");
    if (parameter.name == "PARTSTAT")
      guest.partstat = core::ascii_upper(core::trimmed(parameter.values.front()));
    if (parameter.name == "SCHEDULE-AGENT")
      guest.schedule_agent = core::ascii_upper(core::trimmed(parameter.values.front()));
  }
  guest.rsvp = line.has("RSVP", "TRUE");
  return guest;
}

std::vector<std::string> read_categories(const Component& event) {
  std::vector<std::string> categories;
  for (const ContentLine& line : event.lines) {
    if (line.name != "CATEGORIES") continue;
    for (const std::string& part : split_list(line.value, ',')) {
      const std::string word = to_utf8(unescape_text(part), "");
      if (!core::trimmed(word).empty()) categories.emplace_back(core::trimmed(word));
    }
  }
  return categories;
}

int read_sequence(const Component& event) {
  const ContentLine* line = event.find("SEQUENCE");
  const std::string_view text = line == nullptr ? "" : core::trimmed(line->value);
  int sequence = 0;
  std::from_chars(text.data(), text.data() + text.size(), sequence);
  return std::max(sequence, 0);
}

std::string uid_of(const Component& event, std::string_view file) {
  const std::string uid(core::trimmed(text_of(event, "UID")));
  if (!uid.empty()) return uid;
  return "unnamed-" + core::ident({file.substr(event.begin, event.end - event.begin)});
}

core::Result<core::Instant> instant_of(const SeriesTime& time, std::string_view vtimezone,
                                       const core::Zone& floating) {
  if (time.all_day) return floating.to_instant(std::chrono::local_days{time.day});
  if (time.zone.empty()) return floating.to_instant(time.local);
  if (time.zone == "custom") {
    const auto custom = CustomZone::read(vtimezone);
    if (!custom) return tl::unexpected(custom.error());
    return custom->to_instant(time.local);
  }
  const auto zone = core::Zone::find(time.zone);
  if (!zone) return tl::unexpected(zone.error());
  return zone->to_instant(time.local);
}

core::Result<EventPart> read_event(const Component& event, ZoneNames& zones) {
  if (!event.damage.empty()) return core::fail(core::Fault::protocol, {}, event.damage);
  const ContentLine* start = event.find("DTSTART");
  if (start == nullptr) {
    return core::fail(
        core::Fault::protocol, {},
        at_line(event.number, "a VEVENT without DTSTART" + std::string(expected_time)));
  }
  EventPart read;
  TimeReader times(zones);
  const auto begin = times.read_start(*start, read.vtimezone);
  if (!begin) return tl::unexpected(begin.error());
  const auto end = read_end(event, *start, *begin, times);
  if (!end) return tl::unexpected(end.error());
  read.part.start = *begin;
  read.part.end = *end;
  for (const ContentLine& line : event.lines) {
    core::Result<bool> fine = true;
    if (line.name == "RRULE") read.rules.push_back(line.value);
    if (line.name == "RDATE") fine = read_dates(line, times, read.added);
    if (line.name == "EXDATE") fine = read_dates(line, times, read.removed);
    if (!fine) return tl::unexpected(fine.error());
    if (line.name != "RECURRENCE-ID") continue;
    const auto recurrence = times.read(line, line.value);
    if (!recurrence) return tl::unexpected(recurrence.error());
    read.part.recurrence = *recurrence;
    read.part.this_and_future = line.has("RANGE", "THISANDFUTURE");
  }
  read_words(event, read.part);
  return read;
}

}  // namespace ioud::formats
