#include "formats/vtimezone.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/text.hpp"
#include "formats/ical_time.hpp"

namespace ioud::formats {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::size_t observance_limit = 500;
constexpr std::string_view crlf = "\r\n";

core::LocalTime year_begin(int year) {
  return std::chrono::local_days{std::chrono::year{std::clamp(year, 1, 9999)} / 1 / 1};
}

/// "+0530", "-0500", "+013045".
std::optional<seconds> parse_offset(std::string_view text) {
  text = core::trimmed(text);
  if ((text.size() != 5 && text.size() != 7) || (text[0] != '+' && text[0] != '-')) {
    return std::nullopt;
  }
  const auto hours = read_digits(text, 1, 2);
  const auto minutes = read_digits(text, 3, 2);
  const auto rest = text.size() == 7 ? read_digits(text, 5, 2) : std::optional<int>(0);
  if (!hours || !minutes || !rest || *hours > 23 || *minutes > 59 || *rest > 59) {
    return std::nullopt;
  }
  const seconds east{(*hours * 60 + *minutes) * 60 + *rest};
  return text[0] == '-' ? -east : east;
}

core::Result<seconds> offset_of(const Component& part, std::string_view name) {
  const ContentLine* line = part.find(name);
  const auto offset = line == nullptr ? std::nullopt : parse_offset(line->value);
  if (offset) return *offset;
  return core::fail(core::Fault::protocol, {},
                    at_line(line == nullptr ? part.number : line->number,
                            std::string(name) + " of a VTIMEZONE is " +
                                (line == nullptr ? "missing" : quoted(line->value)) +
                                ", expected an offset such as -0500"));
}

}  // namespace

core::Result<CustomZone::Observance> CustomZone::read_observance(const Component& part) {
  Observance observance;
  const auto from = offset_of(part, "TZOFFSETFROM");
  if (!from) return tl::unexpected(from.error());
  const auto to = offset_of(part, "TZOFFSETTO");
  if (!to) return tl::unexpected(to.error());
  observance.from = *from;
  observance.to = *to;
  const ContentLine* start = part.find("DTSTART");
  const auto written = start == nullptr ? std::nullopt : parse_written_time(start->value);
  if (!written) {
    return core::fail(core::Fault::protocol, {},
                      at_line(part.number,
                              "a VTIMEZONE part without a readable DTSTART, expected "
                              "one such as 20070311T020000"));
  }
  observance.start = written->local;
  for (const ContentLine& line : part.lines) {
    if (line.name == "RDATE") {
      for (const std::string& value : core::split(line.value, ',')) {
        if (const auto date = parse_written_time(value)) observance.dates.push_back(date->local);
      }
    }
    if (line.name != "RRULE") continue;
    auto rule = Rule::read(line.value);
    if (!rule) {
      return core::fail(core::Fault::protocol, {}, at_line(line.number, rule.error().text));
    }
    observance.rule = *std::move(rule);
  }
  return observance;
}

core::Result<CustomZone> CustomZone::read(const Component& vtimezone) {
  CustomZone zone;
  if (!vtimezone.damage.empty()) {
    return core::fail(core::Fault::protocol, {}, vtimezone.damage);
  }
  for (const Component& part : vtimezone.children) {
    if (part.name != "STANDARD" && part.name != "DAYLIGHT") continue;
    if (zone.observances_.size() == observance_limit) break;
    auto observance = read_observance(part);
    if (!observance) return tl::unexpected(observance.error());
    zone.observances_.push_back(*std::move(observance));
  }
  if (zone.observances_.empty()) {
    return core::fail(core::Fault::protocol, {},
                      at_line(vtimezone.number,
                              "a VTIMEZONE without STANDARD or DAYLIGHT, expected one of them"));
  }
  return zone;
}

core::Result<CustomZone> CustomZone::read(std::string_view vtimezone) {
  const std::string whole = "BEGIN:VCALENDAR\r\n" + std::string(vtimezone);
  ComponentReader reader(whole);
  const auto component = reader.next();
  if (!component) {
    return core::fail(core::Fault::protocol, {}, "no VTIMEZONE in the text of the zone");
  }
  return read(*component);
}

void CustomZone::add_onsets(const Observance& observance, core::LocalTime from, core::LocalTime to,
                            std::vector<Onset>& onsets) {
  // Whatever lies before the window matters only by the last onset there.
  std::optional<core::LocalTime> last_before;
  const auto add = [&](core::LocalTime onset) {
    if (onset < from) {
      last_before = std::max(last_before.value_or(onset), onset);
    } else if (onset <= to) {
      onsets.push_back({core::Instant{onset.time_since_epoch() - observance.from}, observance.to});
    }
  };
  add(observance.start);
  for (const core::LocalTime date : observance.dates) add(date);
  if (observance.rule) {
    const auto& until = observance.rule->until();
    const core::LocalTime rule_end = until ? std::min(to, until->local + days{1}) : to;
    const core::LocalTime wanted = std::min(from, rule_end) - days{800};
    observance.rule->run(observance.start, false, wanted, rule_end, [&](core::LocalTime onset) {
      const seconds shift = until && until->is_utc ? observance.from : seconds{0};
      if (until && onset - shift > until->local) return false;
      add(onset);
      return true;
    });
  }
  if (last_before) {
    onsets.push_back(
        {core::Instant{last_before->time_since_epoch() - observance.from}, observance.to});
  }
}

const std::vector<CustomZone::Onset>& CustomZone::onsets_around(core::LocalTime local) const {
  const int year = static_cast<int>(core::date_of(local).year());
  const auto known = by_year_.find(year);
  if (known != by_year_.end()) return known->second;
  std::vector<Onset> onsets;
  for (const Observance& observance : observances_) {
    add_onsets(observance, year_begin(year - 1), year_begin(year + 2), onsets);
  }
  std::sort(onsets.begin(), onsets.end(),
            [](const Onset& a, const Onset& b) { return a.at < b.at; });
  return by_year_.emplace(year, std::move(onsets)).first->second;
}

core::Instant CustomZone::to_instant(core::LocalTime local) const {
  const std::vector<Onset>& onsets = onsets_around(local);
  const auto earliest =
      std::min_element(observances_.begin(), observances_.end(),
                       [](const Observance& a, const Observance& b) { return a.start < b.start; });
  seconds offset = earliest->from;
  for (const Onset& onset : onsets) {
    const core::Instant before{local.time_since_epoch() - offset};
    const core::Instant after{local.time_since_epoch() - onset.offset};
    if (before < onset.at || after < onset.at) return before;
    offset = onset.offset;
  }
  return core::Instant{local.time_since_epoch() - offset};
}

namespace {

/// A change of a zone's offset.
struct Change {
  core::Instant at;
  seconds from{0};
  seconds to{0};
  core::LocalTime onset() const { return core::LocalTime{at.time_since_epoch() + from}; }
};

std::vector<Change> changes(const core::Zone& zone, core::Instant from, core::Instant to) {
  std::vector<Change> found;
  seconds before = zone.offset(from);
  for (core::Instant day = from; day < to; day += days{1}) {
    const seconds after = zone.offset(day + days{1});
    if (after == before) continue;
    core::Instant low = day;  // still the old offset here, the new one at `high`
    core::Instant high = day + days{1};
    while (high - low > seconds{1}) {
      const core::Instant middle = low + (high - low) / 2;
      (zone.offset(middle) == before ? low : high) = middle;
    }
    found.push_back({high, before, after});
    before = after;
  }
  return found;
}

std::string format_offset(seconds offset) {
  const auto total = offset.count();
  const auto size = static_cast<int>(total < 0 ? -total : total);
  std::array<char, 16> buffer{};
  const int length =
      size % 60 == 0 ? std::snprintf(buffer.data(), buffer.size(), "%c%02d%02d",
                                     total < 0 ? '-' : '+', size / 3600, size / 60 % 60)
                     : std::snprintf(buffer.data(), buffer.size(), "%c%02d%02d%02d",
                                     total < 0 ? '-' : '+', size / 3600, size / 60 % 60, size % 60);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" of the day, counted from the end where `from_end`.
std::string yearly_rule(core::Date day, bool from_end) {
  constexpr std::array<const char*, 7> words = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  const unsigned number = static_cast<unsigned>(day.day());
  const auto last = std::chrono::year_month_day_last{day.year(), day.month() / std::chrono::last};
  const int ordinal = from_end
                          ? -static_cast<int>((static_cast<unsigned>(last.day()) - number) / 7) - 1
                          : static_cast<int>((number - 1) / 7) + 1;
  return "FREQ=YEARLY;BYMONTH=" + std::to_string(static_cast<unsigned>(day.month())) +
         ";BYDAY=" + std::to_string(ordinal) + words[core::weekday_of(day).c_encoding()];
}

/// The rule that all these changes of different years follow, or "".
std::string shared_rule(const std::vector<Change>& yearly) {
  for (const bool from_end : {false, true}) {
    const std::string rule = yearly_rule(core::date_of(yearly.front().onset()), from_end);
    const auto clock = core::time_of(yearly.front().onset());
    const bool fits = std::all_of(yearly.begin(), yearly.end(), [&](const Change& change) {
      return yearly_rule(core::date_of(change.onset()), from_end) == rule &&
             core::time_of(change.onset()) == clock && change.from == yearly.front().from &&
             change.to == yearly.front().to;
    });
    if (fits) return rule;
  }
  return {};
}

void append_observance(std::string& out, const Change& change, core::LocalTime onset,
                       std::string_view rule) {
  const std::string name = change.to > change.from ? "DAYLIGHT" : "STANDARD";
  for (const std::string& line : {"BEGIN:" + name, "DTSTART:" + write_local(onset),
                                  rule.empty() ? std::string() : "RRULE:" + std::string(rule),
                                  "TZOFFSETFROM:" + format_offset(change.from),
                                  "TZOFFSETTO:" + format_offset(change.to), "END:" + name}) {
    if (!line.empty()) out.append(line).append(crlf);
  }
}

}  // namespace

std::string write_vtimezone(const core::Zone& zone, core::Instant from, core::Instant to) {
  constexpr days before{400};
  constexpr days after{3 * 366};
  const core::Instant begin = from - before;
  const std::vector<Change> found = changes(zone, begin, to + after);
  std::string out = "BEGIN:VTIMEZONE\r\nTZID:" + zone.name() + "\r\n";
  const seconds first = zone.offset(begin);
  append_observance(out, Change{begin, first, first},
                    std::chrono::local_days{core::date_of(zone.to_local(begin))}, {});
  std::array<std::vector<Change>, 2> by_direction;  // clocks back, clocks forward
  for (const Change& change : found)
    by_direction[change.to > change.from ? 1 : 0].push_back(change);
  for (const std::vector<Change>& yearly : by_direction) {
    if (yearly.empty()) continue;
    const std::string rule = shared_rule(yearly);
    const int years = static_cast<int>(core::date_of(yearly.back().onset()).year()) -
                      static_cast<int>(core::date_of(yearly.front().onset()).year());
    const bool is_yearly =
        !rule.empty() && yearly.size() >= 3 && static_cast<int>(yearly.size()) == years + 1;
    if (is_yearly) {
      append_observance(out, yearly.front(), yearly.front().onset(), rule);
      continue;
    }
    for (const Change& change : yearly) append_observance(out, change, change.onset(), {});
  }
  return out + "END:VTIMEZONE\r\n";
}

}  // namespace ioud::formats
