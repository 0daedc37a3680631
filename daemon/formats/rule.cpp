#include "formats/rule.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>

#include "core/text.hpp"
#include "formats/component.hpp"

namespace ioud::formats {
namespace {

using std::chrono::days;

constexpr int number_limit = 32'767;  // libical keeps INTERVAL in a short
constexpr int step_limit = 500'000;
constexpr std::size_t list_limit = 400;

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

core::Result<bool> wrong(std::string_view part, std::string_view found, std::string_view expected) {
  return core::fail(core::Fault::protocol, {},
                    "RRULE: " + std::string(part) + " is " + quoted(found) + ", expected " +
                        std::string(expected));
}

std::optional<int> positive(std::string_view text) {
  int value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

bool is_number_list(std::string_view value, int lowest, int highest) {
  const auto parts = core::split(value, ',');
  return parts.size() <= list_limit && std::all_of(parts.begin(), parts.end(), [&](auto& part) {
           std::string_view digits = part;
           if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
           int number = 0;
           const auto [stop, error] =
               std::from_chars(digits.data(), digits.data() + digits.size(), number);
           return error == std::errc{} && stop == digits.data() + digits.size() &&
                  number >= lowest && number <= highest && (lowest >= 0 || number != 0);
         });
}

constexpr std::array<std::string_view, 7> weekday_words = {"SU", "MO", "TU", "WE",
                                                           "TH", "FR", "SA"};

bool is_weekday_list(std::string_view value) {
  const auto parts = core::split(value, ',');
  return parts.size() <= list_limit && std::all_of(parts.begin(), parts.end(), [](auto& part) {
           if (part.size() < 2) return false;
           const std::string_view word = std::string_view(part).substr(part.size() - 2);
           if (std::find(weekday_words.begin(), weekday_words.end(), word) == weekday_words.end()) {
             return false;
           }
           const std::string_view ordinal = std::string_view(part).substr(0, part.size() - 2);
           return ordinal.empty() || is_number_list(ordinal, -53, 53);
         });
}

/// The part's name, what it must hold, and in which range its numbers lie.
struct ListPart {
  std::string_view name;
  int lowest;
  int highest;
};
constexpr std::array<ListPart, 8> list_parts = {{{"BYSECOND", 0, 60},
                                                 {"BYMINUTE", 0, 59},
                                                 {"BYHOUR", 0, 23},
                                                 {"BYMONTHDAY", -31, 31},
                                                 {"BYYEARDAY", -366, 366},
                                                 {"BYWEEKNO", -53, 53},
                                                 {"BYMONTH", 1, 12},
                                                 {"BYSETPOS", -366, 366}}};

template <class Numbers>
bool holds(const Numbers& numbers, int wanted) {
  for (const short number : numbers) {
    if (number == ICAL_RECURRENCE_ARRAY_MAX) break;
    if (number == wanted) return true;
  }
  return false;
}

template <class Numbers>
bool is_given(const Numbers& numbers) {
  return numbers[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

bool holds_weekday(const icalrecurrencetype& rule, icaltimetype day) {
  for (const short coded : rule.by_day) {
    if (coded == ICAL_RECURRENCE_ARRAY_MAX) break;
    if (icalrecurrencetype_day_day_of_week(coded) == icaltime_day_of_week(day)) return true;
  }
  return false;
}

/// The ISO week (RFC 5545 counts the same where weeks begin on Monday) and its number from the end.
std::pair<int, int> week_numbers(icaltimetype day) {
  const int weekday = (icaltime_day_of_week(day) + 5) % 7;  // Monday is 0
  icaltime_adjust(&day, 3 - weekday, 0, 0, 0);              // its Thursday names the year
  const int week = (icaltime_day_of_year(day) - 1) / 7 + 1;
  const int last = week + (icaltime_days_in_year(day.year) - icaltime_day_of_year(day)) / 7;
  return {week, week - last - 1};
}

/// Whether the day passes every day-wise part, ordinals and positions left aside.
bool passes(const icalrecurrencetype& rule, icaltimetype day) {
  const int length = icaltime_days_in_month(day.month, day.year);
  const int year_length = icaltime_days_in_year(day.year);
  const int day_of_year = icaltime_day_of_year(day);
  if (is_given(rule.by_month) && !holds(rule.by_month, day.month)) return false;
  if (is_given(rule.by_month_day) && !holds(rule.by_month_day, day.day) &&
      !holds(rule.by_month_day, day.day - length - 1)) {
    return false;
  }
  if (is_given(rule.by_year_day) && !holds(rule.by_year_day, day_of_year) &&
      !holds(rule.by_year_day, day_of_year - year_length - 1)) {
    return false;
  }
  const bool by_iso_week = is_given(rule.by_week_no) && rule.week_start == ICAL_MONDAY_WEEKDAY;
  if (by_iso_week) {
    const auto [week, from_end] = week_numbers(day);
    if (!holds(rule.by_week_no, week) && !holds(rule.by_week_no, from_end)) return false;
  }
  return !is_given(rule.by_day) || holds_weekday(rule, day);
}

icaltimetype to_ical(core::LocalTime local, bool all_day) {
  const core::Date date = core::date_of(local);
  const std::chrono::hh_mm_ss clock{local - std::chrono::floor<days>(local)};
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.is_date = all_day ? 1 : 0;
  if (all_day) return time;
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  return time;
}

core::LocalTime from_ical(icaltimetype time) {
  const core::Date date{std::chrono::year{time.year},
                        std::chrono::month(static_cast<unsigned>(time.month)),
                        std::chrono::day(static_cast<unsigned>(time.day))};
  return std::chrono::local_days{date} + std::chrono::hours{time.hour} +
         std::chrono::minutes{time.minute} + std::chrono::seconds{time.second};
}

icalrecurrencetype parsed(const std::string& text) {
  icalerror_set_errors_are_fatal(0);
  return icalrecurrencetype_from_string(text.c_str());
}

std::string upper(std::string_view text) {
  std::string out(core::trimmed(text));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

}  // namespace

core::Result<Rule> Rule::read(std::string_view text) {
  Rule rule;
  for (const std::string& part : core::split(text, ';')) {
    if (core::trimmed(part).empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) {
      return tl::unexpected(wrong("a part", part, "NAME=value").error());
    }
    const std::string name = upper(std::string_view(part).substr(0, equals));
    const std::string value = upper(std::string_view(part).substr(equals + 1));
    const auto fine = rule.read_part(name, value);
    if (!fine) return tl::unexpected(fine.error());
    if (name == "UNTIL" || name == "COUNT") continue;
    rule.whole_ += (rule.whole_.empty() ? "" : ";") + name + "=" + value;
  }
  if (!rule.has_frequency_) {
    return tl::unexpected(wrong("the value", text, "a part FREQ, such as FREQ=WEEKLY").error());
  }
  if (parsed(rule.whole_).freq == ICAL_NO_RECURRENCE) {
    return tl::unexpected(wrong("the value", text, "a rule of RFC 5545 section 3.3.10").error());
  }
  rule.divide();
  return rule;
}

core::Result<bool> Rule::read_part(std::string_view name, std::string_view value) {
  if (name == "FREQ") {
    constexpr std::array<std::string_view, 4> words = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    const auto* const word = std::find(words.begin(), words.end(), value);
    if (word == words.end()) return wrong(name, value, "DAILY, WEEKLY, MONTHLY or YEARLY");
    frequency_ = static_cast<Frequency>(word - words.begin());
    has_frequency_ = true;
    return true;
  }
  if (name == "UNTIL") {
    until_ = parse_written_time(value);
    if (!until_) return wrong(name, value, "a date such as 20261231 or a time");
    return true;
  }
  if (name == "COUNT" || name == "INTERVAL") {
    const auto number = positive(value);
    if (!number || (name == "INTERVAL" && *number > number_limit)) {
      return wrong(name, value, "a number from 1 to 32767");
    }
    if (name == "INTERVAL") interval_ = *number;
    if (name == "COUNT") count_ = *number;
    return true;
  }
  if (name == "BYDAY") {
    return is_weekday_list(value) ? core::Result<bool>(true)
                                  : wrong(name, value, "weekdays such as MO,-1FR");
  }
  if (name == "WKST") {
    return value.size() == 2 && is_weekday_list(value) ? core::Result<bool>(true)
                                                       : wrong(name, value, "a weekday");
  }
  if (name == "RSCALE") {
    return value == "GREGORIAN" ? core::Result<bool>(true) : wrong(name, value, "GREGORIAN");
  }
  if (name == "SKIP" || name.substr(0, 2) == "X-") return true;
  const auto* const known = std::find_if(list_parts.begin(), list_parts.end(),
                                         [&](const ListPart& part) { return part.name == name; });
  if (known == list_parts.end()) return wrong("a part", name, "a part of RFC 5545 section 3.3.10");
  return is_number_list(value, known->lowest, known->highest)
             ? core::Result<bool>(true)
             : wrong(name, value,
                     "numbers from " + std::to_string(known->lowest) + " to " +
                         std::to_string(known->highest));
}

bool Rule::has(std::string_view part) const {
  const std::string wanted = std::string(part) + "=";
  return whole_.rfind(wanted, 0) == 0 || whole_.find(";" + wanted) != std::string::npos;
}

/// libical ignores negative BYMONTHDAY in daily rules and loses the phase of weekly ones with
/// BYMONTH. Those parts only take days away, so they are left to us.
void Rule::divide() {
  const bool is_ours =
      (frequency_ == Frequency::daily || frequency_ == Frequency::weekly) && !has("BYSETPOS");
  for (const std::string& part : core::split(whole_, ';')) {
    const std::string name = part.substr(0, part.find('='));
    const bool only_limits = name == "BYMONTH" || name == "BYMONTHDAY" || name == "BYYEARDAY" ||
                             (name == "BYDAY" && frequency_ == Frequency::daily);
    if (!is_ours || !only_limits) stepped_ += (stepped_.empty() ? "" : ";") + part;
  }
}

bool Rule::can_match() const {
  const icalrecurrencetype rule = parsed(whole_);
  if (!is_given(rule.by_month_day) && !is_given(rule.by_year_day)) return true;
  // Twenty-eight years hold every weekday on every day of the year, leap years too.
  icaltimetype day = to_ical(std::chrono::local_days{std::chrono::year{2000} / 1 / 1}, true);
  for (; day.year < 2028; icaltime_adjust(&day, 1, 0, 0, 0)) {
    if (passes(rule, day)) return true;
  }
  return false;
}

core::LocalTime Rule::aligned(core::LocalTime start) const {
  // libical puts INTERVAL>1;BYDAY into the wrong week where the start is none of those days.
  if (frequency_ != Frequency::weekly || interval_ == 1 || !has("BYDAY")) return start;
  const icalrecurrencetype rule = parsed(whole_);
  const int week_start = rule.week_start == ICAL_NO_WEEKDAY ? ICAL_MONDAY_WEEKDAY : rule.week_start;
  core::LocalTime day = start;
  for (int step = 0; step < 14; ++step, day += days{1}) {
    const icaltimetype time = to_ical(day, true);
    if (step > 0 && icaltime_day_of_week(time) == week_start) day += days{7 * (interval_ - 1)};
    if (holds_weekday(rule, to_ical(day, true))) return day;
  }
  return start;
}

core::LocalTime Rule::forwarded(core::LocalTime start, core::LocalTime from) const {
  if (count_ || start >= from) return start;
  if (frequency_ == Frequency::daily || frequency_ == Frequency::weekly) {
    const days period{frequency_ == Frequency::daily ? interval_ : 7 * interval_};
    const auto periods = (from - start) / period;
    return periods < 2 ? start : start + period * (periods - 1);
  }
  // Later starts of other rules would take their day of the month or week from another day.
  const bool is_fixed = has("BYMONTH") && (has("BYDAY") || has("BYMONTHDAY")) && !has("BYWEEKNO") &&
                        !has("BYYEARDAY");
  if (frequency_ != Frequency::yearly || !is_fixed) return start;
  const core::Date first = core::date_of(start);
  const int years = static_cast<int>(core::date_of(from).year()) - static_cast<int>(first.year());
  const core::Date later{first.year() + std::chrono::years{(years / interval_ - 1) * interval_},
                         first.month(), first.day()};
  if (years < 2 * interval_ || !later.ok()) return start;
  return std::chrono::local_days{later} + (start - std::chrono::floor<days>(start));
}

bool Rule::run(core::LocalTime start, bool all_day, core::LocalTime from, core::LocalTime to,
               const std::function<bool(core::LocalTime)>& take) const {
  if (!can_match()) return true;
  const core::LocalTime first = forwarded(aligned(start), from);
  if (first > to) return true;
  const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(
      icalrecur_iterator_new(parsed(stepped_), to_ical(first, all_day)));
  if (!iterator) return true;
  // Around New Year libical gives days of other weeks than BYWEEKNO asks for.
  const bool has_limits = stepped_ != whole_ || has("BYWEEKNO");
  const icalrecurrencetype limits = parsed(whole_);
  int left = count_.value_or(-1);
  for (int step = 0; step < step_limit; ++step) {
    const icaltimetype time = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(time) || left == 0) return true;
    if (has_limits && !passes(limits, time)) {
      if (from_ical(time) > to) return true;
      continue;
    }
    if (left > 0) --left;
    const core::LocalTime local = from_ical(time);
    if (local > to || !take(local)) return true;
  }
  return false;
}

}  // namespace ioud::formats
