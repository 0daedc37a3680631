#include "core/lunar.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <map>

namespace ioud::core {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

std::vector<Date> dates(LunarCalendar calendar, LunarDay kept, std::string_view from,
                        std::string_view to) {
  std::vector<Date> found;
  for (const LunarDate& one : kept_between(calendar, kept, day(from), day(to)))
    found.push_back(one.date);
  return found;
}

TEST(Lunar, KnowsTheTwoCalendarsByName) {
  EXPECT_EQ(lunar_calendar("Chinese"), LunarCalendar::chinese);
  EXPECT_EQ(lunar_calendar("HEBREW"), LunarCalendar::hebrew);
  EXPECT_FALSE(lunar_calendar("gregorian"));
  EXPECT_FALSE(lunar_calendar(""));
}

TEST(Lunar, FindsTheMidAutumnDay) {
  EXPECT_EQ(dates(LunarCalendar::chinese, {8, 15}, "2025-01-01", "2027-12-31"),
            (std::vector{day("2025-10-06"), day("2026-09-25"), day("2027-09-15")}));
}

TEST(Lunar, FindsTheChineseNewYear) {
  // That of 2027 begins four minutes before midnight in Beijing.
  EXPECT_EQ(dates(LunarCalendar::chinese, {1, 1}, "2020-01-01", "2040-12-31"),
            (std::vector{day("2020-01-25"), day("2021-02-12"), day("2022-02-01"), day("2023-01-22"),
                         day("2024-02-10"), day("2025-01-29"), day("2026-02-17"), day("2027-02-06"),
                         day("2028-01-26"), day("2029-02-13"), day("2030-02-03"), day("2031-01-23"),
                         day("2032-02-11"), day("2033-01-31"), day("2034-02-19"), day("2035-02-08"),
                         day("2036-01-28"), day("2037-02-15"), day("2038-02-04"), day("2039-01-24"),
                         day("2040-02-12")}));
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {1, 30}, 2027), day("2027-03-07"));
}

TEST(Lunar, KnowsTheChineseLeapMonths) {
  const std::vector<std::pair<int, int>> known = {{2020, 4}, {2023, 2},  {2025, 6}, {2028, 5},
                                                  {2031, 3}, {2033, 11}, {2036, 6}, {2039, 5},
                                                  {2042, 2}, {2044, 7},  {2047, 5}, {2050, 3}};
  std::vector<std::pair<int, int>> found;
  for (int year = 2020; year <= 2050; ++year)
    for (int month = 1; month <= 12; ++month)
      if (kept_in_lunar_year(LunarCalendar::chinese, {month, 1, true}, year) !=
          kept_in_lunar_year(LunarCalendar::chinese, {month, 1}, year))
        found.emplace_back(year, month);
  EXPECT_EQ(found, known);
}

TEST(Lunar, FindsTheHebrewFeasts) {
  EXPECT_EQ(dates(LunarCalendar::hebrew, {1, 1}, "2025-01-01", "2027-12-31"),
            (std::vector{day("2025-09-23"), day("2026-09-12"), day("2027-10-02")}));
  // Passover, 15 Nisan; Purim, 14 Adar, which is Adar II in the leap years 5784 and 5787; Hanukkah.
  EXPECT_EQ(
      dates(LunarCalendar::hebrew, {7, 15}, "2024-01-01", "2027-12-31"),
      (std::vector{day("2024-04-23"), day("2025-04-13"), day("2026-04-02"), day("2027-04-22")}));
  EXPECT_EQ(
      dates(LunarCalendar::hebrew, {6, 14}, "2024-01-01", "2027-12-31"),
      (std::vector{day("2024-03-24"), day("2025-03-14"), day("2026-03-03"), day("2027-03-23")}));
  EXPECT_EQ(dates(LunarCalendar::hebrew, {3, 25}, "2025-01-01", "2026-12-31"),
            (std::vector{day("2025-12-15"), day("2026-12-05")}));
}

TEST(Lunar, GivesTheLunarYearOfEachKeeping) {
  const auto hebrew =
      kept_between(LunarCalendar::hebrew, {1, 1}, day("2026-01-01"), day("2026-12-31"));
  ASSERT_EQ(hebrew.size(), 1U);
  EXPECT_EQ(hebrew[0].year, 5787);
  // The twelfth month of a Chinese year lies in the next Gregorian one.
  const auto chinese =
      kept_between(LunarCalendar::chinese, {12, 8}, day("2026-01-01"), day("2026-12-31"));
  ASSERT_EQ(chinese.size(), 1U);
  EXPECT_EQ(chinese[0], (LunarDate{day("2026-01-26"), 2025}));
}

TEST(Lunar, MayFallTwiceOrNeverInAGregorianYear) {
  EXPECT_EQ(dates(LunarCalendar::hebrew, {4, 10}, "2020-01-01", "2020-12-31"),
            (std::vector{day("2020-01-07"), day("2020-12-25")}));
  EXPECT_TRUE(dates(LunarCalendar::hebrew, {4, 10}, "2021-01-01", "2021-12-12").empty());
}

TEST(Lunar, DayThirtyFallsBackToTheTwentyNinth) {
  // The twelfth month of 2024 (Year of the Dragon) has 29 days, so its last is 28 January 2025.
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {12, 30}, 2024), day("2025-01-28"));
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {12, 29}, 2024), day("2025-01-28"));
  // Heshvan has 30 days only in long years: 5784 has 29.
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::hebrew, {2, 30}, 5784), day("2023-11-13"));
}

TEST(Lunar, LeapMonthFallsBackWhereTheYearLacksIt) {
  // 2025 has a second sixth month, 2026 has none.
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {6, 1}, 2025), day("2025-06-25"));
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {6, 1, true}, 2025), day("2025-07-25"));
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {6, 1, true}, 2026),
            kept_in_lunar_year(LunarCalendar::chinese, {6, 1}, 2026));
  // Adar I of the leap year 5784, and in the common year 5785.
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::hebrew, {5, 14, true}, 5784), day("2024-02-23"));
  EXPECT_EQ(kept_in_lunar_year(LunarCalendar::hebrew, {5, 14, true}, 5785), day("2025-03-14"));
}

TEST(Lunar, RefusesWhatNoCalendarHas) {
  EXPECT_FALSE(kept_in_lunar_year(LunarCalendar::chinese, {13, 1}, 2026));
  EXPECT_FALSE(kept_in_lunar_year(LunarCalendar::chinese, {0, 1}, 2026));
  EXPECT_FALSE(kept_in_lunar_year(LunarCalendar::hebrew, {1, 0}, 5786));
  EXPECT_FALSE(kept_in_lunar_year(LunarCalendar::hebrew, {1, 31}, 5786));
  EXPECT_FALSE(kept_in_lunar_year(LunarCalendar::hebrew, {6, 1, true}, 5786));
  EXPECT_TRUE(
      kept_between(LunarCalendar::chinese, {13, 1}, day("2026-01-01"), day("2026-12-31")).empty());
}

TEST(Lunar, EveryMonthOfACenturyIsInOrder) {
  const std::map<LunarCalendar, int> eras = {{LunarCalendar::chinese, 0},
                                             {LunarCalendar::hebrew, 3760}};
  for (const auto& [calendar, shift] : eras) {
    std::optional<Date> before;
    for (int year = 1990 + shift; year < 2050 + shift; ++year) {
      for (int month = 1; month <= 12; ++month) {
        const auto first = kept_in_lunar_year(calendar, {month, 1}, year);
        ASSERT_TRUE(first);
        if (before) {
          const int length = days_between(*before, *first);
          EXPECT_TRUE(length == 29 || length == 30 || length == 59 || length == 58 || length == 60)
              << year << "-" << month << ": " << length;
        }
        before = first;
      }
    }
  }
}

TEST(Lunar, DoesNotAskForTheMachinesZone) {
  const char* old = std::getenv("TZ");
  const std::string kept = old != nullptr ? old : "";
  for (const char* name : {"Pacific/Pago_Pago", "Pacific/Kiritimati", "Asia/Tokyo"}) {
    setenv("TZ", name, 1);
    tzset();
    EXPECT_EQ(kept_in_lunar_year(LunarCalendar::chinese, {8, 15}, 2026), day("2026-09-25"));
    EXPECT_EQ(kept_in_lunar_year(LunarCalendar::hebrew, {1, 1}, 5787), day("2026-09-12"));
  }
  if (old != nullptr)
    setenv("TZ", kept.c_str(), 1);
  else
    unsetenv("TZ");
  tzset();
}

}  // namespace
}  // namespace ioud::core
