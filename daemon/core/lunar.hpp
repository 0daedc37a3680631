#pragma once
// Days of the Chinese and the Hebrew calendar as Gregorian dates: birthdays are kept by them. Only
// this room asks ICU for a calendar; the result depends on neither clock nor zone of the machine.

#include <optional>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::core {

enum class LunarCalendar { chinese, hebrew };

/// "chinese" or "hebrew", any case.
std::optional<LunarCalendar> lunar_calendar(std::string_view name);

/// A month and day of a lunar calendar, numbered as RFC 7529 does. Chinese: 1 to 12. Hebrew, from
/// the new year: 1 Tishri, 2 Heshvan, 3 Kislev, 4 Tevet, 5 Shevat, 6 Adar (Adar II in leap years),
/// 7 Nisan, 8 Iyar, 9 Sivan, 10 Tammuz, 11 Av, 12 Elul. `leap_month` means the leap month that
/// follows this number: "5L" is the Hebrew Adar I.
struct LunarDay {
  int month = 1;
  int day = 1;  ///< 1 to 30
  bool leap_month = false;
};

/// One keeping of a lunar day: the date, and the lunar year it falls in (Chinese: the Gregorian
/// year in which that lunar year begins; Hebrew: the year of the era, 5786).
struct LunarDate {
  Date date;
  int year = 0;
  friend bool operator==(const LunarDate&, const LunarDate&) = default;
};

/// The date on which the day is kept in that lunar year. Day 30 of a short month falls back to its
/// 29th. A Chinese leap month that the year lacks falls back to the month it would follow; Adar I
/// of a common year is its only Adar. Empty for a month or day outside the ranges above.
std::optional<Date> kept_in_lunar_year(LunarCalendar calendar, LunarDay day, int lunar_year);

/// Every keeping in [from, to], in order. A Gregorian year holds none, one or two.
std::vector<LunarDate> kept_between(LunarCalendar calendar, LunarDay day, Date from, Date to);

}  // namespace ioud::core
