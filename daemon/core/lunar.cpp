#include "core/lunar.hpp"

#include <unicode/calendar.h>

#include <memory>
#include <stdexcept>

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
  const int length = icu_calendar->getActualMaximum(UCAL_DATE, status);
  icu_calendar->set(UCAL_DATE, std::min(day.day, length));
  const UDate milliseconds = icu_calendar->getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  const std::chrono::sys_time<std::chrono::milliseconds> at{
      std::chrono::milliseconds{static_cast<long long>(milliseconds)}};
  return Date{std::chrono::floor<std::chrono::days>(at)};
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
