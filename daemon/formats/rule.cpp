#include "formats/rule.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "formats/component.hpp"

namespace ioud::formats {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr int number_limit = 32'767;  // libical keeps INTERVAL in a short
constexpr int step_limit = 500'000;
constexpr std::size_t list_limit = 400;

enum class Outcome { going_on, done, too_long };

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

/// The times of day of BYHOUR, BYMINUTE and BYSECOND in order; what they leave open is the start's.
std::vector<seconds> times_of_day(const icalrecurrencetype& rule, seconds start) {
  const auto given = [](const auto& numbers, auto own) {
    std::set<int> sorted;
    for (const short number : numbers) {
      if (number == ICAL_RECURRENCE_ARRAY_MAX) break;
      sorted.insert(number);
    }
    if (sorted.empty()) sorted.insert(static_cast<int>(own));
    return sorted;
  };
  std::vector<seconds> times;
  for (const int hour : given(rule.by_hour, start.count() / 3600)) {
    for (const int minute : given(rule.by_minute, start.count() / 60 % 60)) {
      for (const int second : given(rule.by_second, start.count() % 60)) {
        times.emplace_back((hour * 60 + minute) * 60 + std::min(second, 59));
      }
    }
  }
  return times;
}

/// BYSETPOS: of the times of one day or week only those at these places, counted from 1 or -1.
void keep_positions(const icalrecurrencetype& rule, std::vector<core::LocalTime>& times) {
  std::vector<core::LocalTime> kept;
  const int size = static_cast<int>(times.size());
  for (int place = 0; place < size; ++place) {
    if (holds(rule.by_set_pos, place + 1) || holds(rule.by_set_pos, place - size)) {
      kept.push_back(times[static_cast<std::size_t>(place)]);
    }
  }
  times = std::move(kept);
}

icalrecurrencetype parsed(const std::string& text) {
  icalerror_set_errors_are_fatal(0);
  return icalrecurrencetype_from_string(text.c_str());
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
    const std::string name =
        core::ascii_upper(core::trimmed(std::string_view(part).substr(0, equals)));
    const std::string value =
        core::ascii_upper(core::trimmed(std::string_view(part).substr(equals + 1)));
    const auto fine = rule.read_part(name, value);
    if (!fine) return tl::unexpected(fine.error());
    if (name == "UNTIL" || name == "COUNT") continue;
    rule.text_.append(rule.text_.empty() ? "" : ";").append(name).append("=").append(value);
  }
  if (!rule.has_frequency_) {
    return tl::unexpected(wrong("the value", text, "a part FREQ, such as FREQ=WEEKLY").error());
  }
  if (parsed(rule.text_).freq == ICAL_NO_RECURRENCE) {
    return tl::unexpected(wrong("the value", text, "a rule of RFC 5545 section 3.3.10").error());
  }
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
    if (name == "COUNT") count_ = number;
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
  return text_.rfind(wanted, 0) == 0 || text_.find(";" + wanted) != std::string::npos;
}

bool Rule::can_match() const {
  const icalrecurrencetype rule = parsed(text_);
  if (!is_given(rule.by_month_day) && !is_given(rule.by_year_day)) return true;
  // Twenty-eight years hold every weekday on every day of the year, leap years too.
  icaltimetype day = to_ical(std::chrono::local_days{std::chrono::year{2000} / 1 / 1}, true);
  for (; day.year < 2028; icaltime_adjust(&day, 1, 0, 0, 0)) {
    if (passes(rule, day)) return true;
  }
  return false;
}

core::LocalTime Rule::forwarded(core::LocalTime start, core::LocalTime from) const {
  // BYWEEKNO alone takes its weekday from the start, and that changes with the year.
  if (count_ || from <= start || (has("BYWEEKNO") && !has("BYDAY"))) return start;
  const core::Date first = core::date_of(start);
  const core::Date wanted = core::date_of(from);
  const bool is_monthly = frequency_ == Frequency::monthly;
  const std::chrono::months period{is_monthly ? interval_ : 12 * interval_};
  const auto passed = (wanted.year() / wanted.month() - first.year() / first.month()) / period;
  // One whole period early, so that nothing of the window is lost; on the same day of the month.
  for (auto periods = passed - 1; periods > 0 && periods > passed - 10; --periods) {
    const core::Date later = first + period * periods;
    if (later.ok())
      return std::chrono::local_days{later} + (start - std::chrono::floor<days>(start));
  }
  return start;
}

bool Rule::run(core::LocalTime start, bool all_day, core::LocalTime from, core::LocalTime to,
               const std::function<bool(core::LocalTime)>& take) const {
  if (!can_match()) return true;
  int left = count_.value_or(-1);
  int steps = 0;
  Outcome outcome = Outcome::going_on;
  const auto give = [&](core::LocalTime local) {
    if (++steps > step_limit) {
      outcome = Outcome::too_long;
    } else if (left == 0 || local > to || !take(local)) {
      outcome = Outcome::done;
    }
    if (left > 0) --left;
    return outcome == Outcome::going_on;
  };
  if (frequency_ == Frequency::daily || frequency_ == Frequency::weekly) {
    run_days(start, all_day, from, to, give);
  } else {
    run_months(forwarded(start, from), all_day, to, give);
  }
  return outcome != Outcome::too_long;
}

void Rule::run_days(core::LocalTime start, bool all_day, core::LocalTime from, core::LocalTime to,
                    const std::function<bool(core::LocalTime)>& give) const {
  const icalrecurrencetype rule = parsed(text_);
  const bool is_weekly = frequency_ == Frequency::weekly;
  const days period{is_weekly ? 7 * interval_ : interval_};
  const auto first_day = std::chrono::floor<days>(start);
  const int weekday = icaltime_day_of_week(to_ical(first_day, true));
  auto day = first_day;
  if (is_weekly) day -= days{(weekday - rule.week_start + 7) % 7};
  if (!count_ && from > day) day += period * ((from - day) / period);
  const std::vector<seconds> clock =
      all_day ? std::vector<seconds>{seconds{0}} : times_of_day(rule, start - first_day);
  for (; day <= to; day += period) {
    std::vector<core::LocalTime> times;
    for (int offset = 0; offset < (is_weekly ? 7 : 1); ++offset) {
      const icaltimetype each = to_ical(day + days{offset}, true);
      const bool is_its_day =
          !is_weekly || is_given(rule.by_day) || icaltime_day_of_week(each) == weekday;
      if (!is_its_day || !passes(rule, each)) continue;
      for (const seconds time : clock) times.push_back(day + days{offset} + time);
    }
    if (is_given(rule.by_set_pos)) keep_positions(rule, times);
    for (const core::LocalTime time : times) {
      if (time >= start && !give(time)) return;
    }
  }
}

void Rule::run_months(core::LocalTime start, bool all_day, core::LocalTime to,
                      const std::function<bool(core::LocalTime)>& give) const {
  const icalrecurrencetype rule = parsed(text_);
  const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator(
      start > to ? nullptr : icalrecur_iterator_new(rule, to_ical(start, all_day)));
  if (!iterator) return;
  while (true) {
    const icaltimetype time = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(time)) return;
    // Around New Year libical gives days of other weeks than BYWEEKNO asks for.
    const bool is_wrong = is_given(rule.by_week_no) && !passes(rule, time);
    if (is_wrong ? from_ical(time) > to : !give(from_ical(time))) return;
  }
}

}  // namespace ioud::formats
