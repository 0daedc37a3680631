#include "formats/ical_time.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "core/text.hpp"

namespace ioud::formats {
namespace {

constexpr std::int64_t day_limit = 1'000'000;
constexpr std::int64_t seconds_a_day = 86'400;

std::string padded(const char* format, int a, int b, int c) {
  std::array<char, 40> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), format, a, b, c);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// Seconds of one step of a duration ("W", "D", "H", …), 0 for an unknown letter.
std::int64_t unit_seconds(char unit, bool after_t) {
  if (!after_t) return unit == 'W' ? 7 * seconds_a_day : unit == 'D' ? seconds_a_day : 0;
  return unit == 'H' ? 3600 : unit == 'M' ? 60 : unit == 'S' ? 1 : 0;
}

}  // namespace

std::optional<int> read_digits(std::string_view text, std::size_t from, std::size_t count) {
  if (from + count > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<WrittenTime> parse_written_time(std::string_view text) {
  text = core::trimmed(text);
  const auto year = read_digits(text, 0, 4);
  const auto month = read_digits(text, 4, 2);
  const auto day = read_digits(text, 6, 2);
  if (!year || *year == 0 || !month || !day) return std::nullopt;
  const core::Date date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                        std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  WrittenTime written;
  written.local = std::chrono::local_days{date};
  written.is_date = text.size() == 8;
  if (written.is_date) return written;
  const auto hour = read_digits(text, 9, 2);
  const auto minute = read_digits(text, 11, 2);
  const auto second = read_digits(text, 13, 2);
  written.is_utc = text.size() == 16 && text[15] == 'Z';
  if (text[8] != 'T' || (text.size() != 15 && !written.is_utc) || !hour || !minute || !second) {
    return std::nullopt;
  }
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  // A leap second is read as the second before it, as RFC 5545 3.3.12 allows.
  written.local += std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                   std::chrono::seconds{std::min(*second, 59)};
  return written;
}

std::optional<Duration> parse_duration(std::string_view text) {
  text = core::trimmed(text);
  const bool is_negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.size() < 2 || text.front() != 'P') return std::nullopt;
  std::int64_t days = 0;
  std::int64_t exact = 0;
  std::int64_t number = -1;  // -1: no digit of the next step seen yet
  bool after_t = false;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      number = std::max<std::int64_t>(number, 0) * 10 + (c - '0');
      if (number > day_limit * seconds_a_day) return std::nullopt;
      continue;
    }
    if (c == 'T' && !after_t && number < 0) {
      after_t = true;
      continue;
    }
    const std::int64_t unit = unit_seconds(c, after_t);
    if (unit == 0 || number < 0) return std::nullopt;
    if (after_t) {
      exact += number * unit;
    } else {
      days += number * (unit / seconds_a_day);
    }
    if (days + exact / seconds_a_day > day_limit) return std::nullopt;
    number = -1;
  }
  if (number >= 0 || text.back() == 'T' || text.back() == 'P') return std::nullopt;
  const int sign = is_negative ? -1 : 1;
  return Duration{std::chrono::days{sign * days}, std::chrono::seconds{sign * exact}};
}

std::string format_duration(Duration duration) {
  const std::int64_t days = duration.days.count();
  std::int64_t rest = duration.exact.count();
  std::string out = days < 0 || rest < 0 ? "-P" : "P";
  rest = rest < 0 ? -rest : rest;
  if (days != 0) out += std::to_string(days < 0 ? -days : days) + "D";
  if (days != 0 && rest == 0) return out;
  out += "T";
  if (rest >= 3600) out += std::to_string(rest / 3600) + "H";
  if (rest / 60 % 60 != 0) out += std::to_string(rest / 60 % 60) + "M";
  if (rest % 60 != 0 || rest == 0) out += std::to_string(rest % 60) + "S";
  return out;
}

std::string write_date(core::Date date) {
  return padded("%04d%02d%02d", static_cast<int>(date.year()),
                static_cast<int>(static_cast<unsigned>(date.month())),
                static_cast<int>(static_cast<unsigned>(date.day())));
}

std::string write_local(core::LocalTime local) {
  const std::chrono::hh_mm_ss clock{local - std::chrono::floor<std::chrono::days>(local)};
  return write_date(core::date_of(local)) + padded("T%02d%02d%02d",
                                                   static_cast<int>(clock.hours().count()),
                                                   static_cast<int>(clock.minutes().count()),
                                                   static_cast<int>(clock.seconds().count()));
}

std::string write_utc(core::Instant at) {
  return write_local(core::LocalTime{at.time_since_epoch()}) + "Z";
}

}  // namespace ioud::formats
