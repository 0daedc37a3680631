#include "core/lunar.hpp"

#include <unicode/calendar.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "core/new_moon.hpp"
#include "core/text.hpp"

namespace ioud::core {
namespace {

/// ICU counts Chinese years from the epoch of 2637 BC.
constexpr int chinese_epoch = 2637;
constexpr int hebrew_epoch = 3760;  ///< Gregorian year + 3760 is the year that ends in its autumn

std::unique_ptr<icu::Calendar> made(LunarCalendar calendar) {
  const icu::Locale locale(calendar == LunarCalendar::chinese ? "en@calendar=chinese"
                                                              : "en@calendar=hebrew");
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Calendar> icu_calendar(
      icu::Calendar::createInstance(*icu::TimeZone::getGMT(), locale, status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no lunar calendars");
  return icu_calendar;
}

/// ICU numbers Hebrew months from 0 with Adar I always counted.
int icu_month(LunarCalendar calendar, LunarDay day) {
  if (calendar == LunarCalendar::chinese) return day.month - 1;
  return day.month >= 6 || day.leap_month ? day.month : day.month - 1;
}

bool is_possible(LunarCalendar calendar, LunarDay day) {
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 30) return false;
  return !day.leap_month || calendar == LunarCalendar::chinese || day.month == 5;
}

/// Puts the calendar on the first of the month and says whether the year has that month.
bool set_month(icu::Calendar& icu_calendar, LunarCalendar calendar, int lunar_year, LunarDay day,
               UErrorCode& status) {
  const bool is_chinese = calendar == LunarCalendar::chinese;
  const int month = icu_month(calendar, day);
  icu_calendar.clear();
  icu_calendar.set(UCAL_EXTENDED_YEAR, is_chinese ? lunar_year + chinese_epoch : lunar_year);
  icu_calendar.set(UCAL_MONTH, month);
  if (is_chinese) icu_calendar.set(UCAL_IS_LEAP_MONTH, day.leap_month ? 1 : 0);
  icu_calendar.set(UCAL_DATE, 1);
  const bool found = icu_calendar.get(UCAL_MONTH, status) == month;
  if (!is_chinese || !found) return found;
  return (icu_calendar.get(UCAL_IS_LEAP_MONTH, status) != 0) == day.leap_month;
}

Date date_of(const icu::Calendar& icu_calendar, UErrorCode& status) {
  const std::chrono::sys_time<std::chrono::milliseconds> at{
      std::chrono::milliseconds{static_cast<long long>(icu_calendar.getTime(status))}};
  return Date{std::chrono::floor<std::chrono::days>(at)};
}

/// Chinese months begin on the day of the new moon in Beijing. ICU knows which month it is; its
/// moon is minutes off, which now and then is a day.
Date day_of_new_moon(Date icu_first) {
  constexpr std::chrono::hours beijing{8};
  const Instant noon = std::chrono::sys_days{icu_first} + std::chrono::hours{12} - beijing;
  return Date{std::chrono::floor<std::chrono::days>(nearest_new_moon(noon) + beijing)};
}

}  // namespace

std::optional<LunarCalendar> lunar_calendar(std::string_view name) {
  if (iequals(name, "chinese")) return LunarCalendar::chinese;
  if (iequals(name, "hebrew")) return LunarCalendar::hebrew;
  return std::nullopt;
}

std::optional<Date> kept_in_lunar_year(LunarCalendar calendar, LunarDay day, int lunar_year) {
  if (!is_possible(calendar, day)) return std::nullopt;
  const auto icu_calendar = made(calendar);
  UErrorCode status = U_ZERO_ERROR;
  if (!set_month(*icu_calendar, calendar, lunar_year, day, status) && day.leap_month) {
    const LunarDay plain{calendar == LunarCalendar::hebrew ? 6 : day.month, day.day, false};
    set_month(*icu_calendar, calendar, lunar_year, plain, status);
  }
  const int icu_length = icu_calendar->getActualMaximum(UCAL_DATE, status);
  const Date icu_first = date_of(*icu_calendar, status);
  if (U_FAILURE(status)) return std::nullopt;
  if (calendar == LunarCalendar::hebrew)
    return add_days(icu_first, std::min(day.day, icu_length) - 1);
  const Date first = day_of_new_moon(icu_first);
  const int length = days_between(first, day_of_new_moon(add_days(icu_first, icu_length)));
  return add_days(first, std::min(day.day, length) - 1);
}

std::vector<LunarDate> kept_between(LunarCalendar calendar, LunarDay day, Date from, Date to) {
  std::vector<LunarDate> kept;
  const int shift = calendar == LunarCalendar::hebrew ? hebrew_epoch : 0;
  const int first = static_cast<int>(from.year()) + shift - 1;
  const int last = static_cast<int>(to.year()) + shift + 1;
  for (int year = first; year <= last; ++year) {
    const auto date = kept_in_lunar_year(calendar, day, year);
    if (date && *date >= from && *date <= to) kept.push_back({*date, year});
  }
  return kept;
}

}  // namespace ioud::core
