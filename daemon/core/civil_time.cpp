#include "core/civil_time.hpp"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <cstdio>

namespace ioud::core {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;

const date::time_zone* zone_of(const void* zone) {
  return static_cast<const date::time_zone*>(zone);
}

constexpr std::array<const char*, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> weekday_names = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};

/// The fixed-width number at [from, from + width), or nothing if it is not all digits.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t width) {
  if (from + width > text.size()) return std::nullopt;
  int value = 0;
  const char* end = text.data() + from + width;
  const auto [stop, error] = std::from_chars(text.data() + from, end, value);
  if (error != std::errc{} || stop != end || value < 0 || text[from] == '-') return std::nullopt;
  return value;
}

std::string printed(const char* format, auto... values) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), format, values...);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// "Z", "+hh:mm" or "-hh:mm" in seconds east.
std::optional<seconds> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return seconds{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits(text, 1, 2);
  const auto mins = digits(text, 4, 2);
  if (!hours || !mins || *hours > 23 || *mins > 59) return std::nullopt;
  const int total = (*hours * 60 + *mins) * 60;
  return seconds{text[0] == '-' ? -total : total};
}

}  // namespace

Zone::Zone() : zone_(date::locate_zone("UTC")) {}

Result<Zone> Zone::find(std::string_view iana_name) {
  try {
    return Zone(date::locate_zone(iana_name));
  } catch (const std::exception&) {
    return fail(Fault::config, std::string(iana_name),
                "no such time zone; write an IANA name such as \"America/Chicago\"");
  }
}

const std::string& Zone::name() const { return zone_of(zone_)->name(); }

Instant Zone::to_instant(LocalTime local) const {
  const date::local_seconds wall{local.time_since_epoch()};
  const date::local_info info = zone_of(zone_)->get_info(wall);
  // Both for a unique and an ambiguous time `first` is right; in a gap it is the offset before it.
  return Instant{local.time_since_epoch() - info.first.offset};
}

LocalTime Zone::to_local(Instant at) const { return LocalTime{at.time_since_epoch() + offset(at)}; }

seconds Zone::offset(Instant at) const {
  return zone_of(zone_)->get_info(date::sys_seconds{at.time_since_epoch()}).offset;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text, 0, 2);
  const auto minute = digits(text, 3, 2);
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60) return std::nullopt;
  return TimeOfDay(*hour, *minute);
}

std::string format(TimeOfDay time) {
  return printed("%02d:%02d", time.minutes / 60, time.minutes % 60);
}

Date date_of(LocalTime local) { return Date{std::chrono::floor<days>(local)}; }

TimeOfDay time_of(LocalTime local) {
  const auto since_midnight = local - std::chrono::floor<days>(local);
  return TimeOfDay(static_cast<int>(std::chrono::floor<minutes>(since_midnight).count()));
}

LocalTime at(Date date, TimeOfDay time) { return local_days{date} + minutes{time.minutes}; }

Date date_in(const Zone& zone, Instant at) { return date_of(zone.to_local(at)); }

Instant instant_in(const Zone& zone, Date date, TimeOfDay time) {
  return zone.to_instant(at(date, time));
}

Date add_days(Date date, int count) { return Date{local_days{date} + days{count}}; }

int days_between(Date from, Date to) {
  return static_cast<int>((local_days{to} - local_days{from}).count());
}

std::chrono::weekday weekday_of(Date date) { return std::chrono::weekday{local_days{date}}; }

bool is_weekend(Date date) {
  return weekday_of(date) == std::chrono::Saturday || weekday_of(date) == std::chrono::Sunday;
}

Date monday_of(Date date) {
  return add_days(date, 1 - static_cast<int>(weekday_of(date).iso_encoding()));
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  if (!date || text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
    return std::nullopt;
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  std::size_t next = 19;
  if (text[next] == '.') {
    const std::size_t fraction = ++next;
    while (next < text.size() && text[next] >= '0' && text[next] <= '9') ++next;
    if (next == fraction) return std::nullopt;
  }
  const auto east = parse_offset(text.substr(next));
  if (!east) return std::nullopt;
  const LocalTime local = at(*date, TimeOfDay(*hour, *minute)) + seconds{*second};
  return Instant{local.time_since_epoch() - *east};
}

std::string format_rfc3339(Instant instant, const Zone& zone) {
  const LocalTime local = zone.to_local(instant);
  const auto since_midnight = local - std::chrono::floor<days>(local);
  const std::chrono::hh_mm_ss clock{since_midnight};
  const auto east = std::chrono::duration_cast<minutes>(zone.offset(instant)).count();
  const auto size = east < 0 ? -east : east;
  return format(date_of(local)) +
         printed("T%02d:%02d:%02d%c%02d:%02d", static_cast<int>(clock.hours().count()),
                 static_cast<int>(clock.minutes().count()),
                 static_cast<int>(clock.seconds().count()), east < 0 ? '-' : '+',
                 static_cast<int>(size / 60), static_cast<int>(size % 60));
}

std::string format_utc(Instant instant) {
  const auto midnight = std::chrono::floor<days>(instant);
  const std::chrono::hh_mm_ss clock{instant - midnight};
  return format(Date{midnight}) + printed("T%02d:%02d:%02dZ",
                                          static_cast<int>(clock.hours().count()),
                                          static_cast<int>(clock.minutes().count()),
                                          static_cast<int>(clock.seconds().count()));
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

std::string format(Date date) {
  return printed("%04d-%02u-%02u", static_cast<int>(date.year()),
                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string short_day(Date date) {
  return printed("%u %s", static_cast<unsigned>(date.day()),
                 month_names[static_cast<unsigned>(date.month()) - 1]);
}

std::string long_day(Date date) {
  return short_day(date) + printed(" %d", static_cast<int>(date.year()));
}

std::string short_weekday(Date date) { return long_weekday(date).substr(0, 3); }

std::string long_weekday(Date date) { return weekday_names[weekday_of(date).c_encoding()]; }

}  // namespace ioud::core
