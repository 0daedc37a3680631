#include "core/business_days.hpp"

#include <gtest/gtest.h>

namespace ioud::core {
namespace {

using namespace std::chrono_literals;

Date day(std::string_view text) { return parse_date(text).value(); }
Instant instant(std::string_view text) { return parse_rfc3339(text).value(); }
Zone zone(std::string_view name) { return Zone::find(name).value(); }

const Holidays none;
const Holidays memorial_day({parse_date("2026-05-26").value(), parse_date("2026-05-25").value()});

TEST(BusinessDays, AreMondayToFridayWithoutHolidays) {
  EXPECT_TRUE(is_business_day(day("2026-05-22"), memorial_day));
  EXPECT_FALSE(is_business_day(day("2026-05-23"), memorial_day));
  EXPECT_FALSE(is_business_day(day("2026-05-24"), memorial_day));
  EXPECT_FALSE(is_business_day(day("2026-05-25"), memorial_day));
  EXPECT_FALSE(is_business_day(day("2026-05-26"), memorial_day));
  EXPECT_TRUE(is_business_day(day("2026-05-27"), memorial_day));
}

TEST(BusinessDays, NextLiesAfterTheDateAndFromMayBeIt) {
  EXPECT_EQ(business_day_from(day("2026-05-22"), memorial_day), day("2026-05-22"));
  EXPECT_EQ(business_day_from(day("2026-05-23"), memorial_day), day("2026-05-27"));
  EXPECT_EQ(next_business_day(day("2026-05-22"), memorial_day), day("2026-05-27"));
  EXPECT_EQ(next_business_day(day("2026-05-22"), none), day("2026-05-25"));
}

TEST(BusinessDays, AddingCountsOnlyThem) {
  EXPECT_EQ(add_business_days(day("2026-05-21"), 2, memorial_day), day("2026-05-27"));
  EXPECT_EQ(add_business_days(day("2026-05-23"), 0, none), day("2026-05-23"));
  EXPECT_EQ(add_business_days(day("2026-05-23"), 1, none), day("2026-05-25"));
  EXPECT_EQ(add_business_days(day("2026-05-27"), -1, memorial_day), day("2026-05-22"));
  EXPECT_EQ(add_business_days(day("2026-12-31"), 1, none), day("2027-01-01"));
}

TEST(BusinessDays, BetweenIsTheInverseOfAdding) {
  EXPECT_EQ(business_days_between(day("2026-05-18"), day("2026-05-19"), none), 1);
  EXPECT_EQ(business_days_between(day("2026-05-22"), day("2026-05-25"), none), 1);
  EXPECT_EQ(business_days_between(day("2026-05-22"), day("2026-05-24"), none), 0);
  EXPECT_EQ(business_days_between(day("2026-05-22"), day("2026-05-22"), none), 0);
  EXPECT_EQ(business_days_between(day("2026-05-27"), day("2026-05-22"), memorial_day), -1);
  for (int count = 0; count < 40; ++count) {
    const Date end = add_business_days(day("2026-05-20"), count, memorial_day);
    EXPECT_EQ(business_days_between(day("2026-05-20"), end, memorial_day), count);
  }
}

TEST(BusinessTime, RunsInWorkingHoursOnly) {
  const Zone chicago = zone("America/Chicago");
  const auto worked = [&](std::string_view from, std::string_view to) {
    return business_time_between(instant(from), instant(to), chicago, {}, memorial_day);
  };
  EXPECT_EQ(worked("2026-05-17T12:00:00-05:00", "2026-05-18T10:00:00-05:00"), 1h);
  EXPECT_EQ(worked("2026-05-18T16:00:00-05:00", "2026-05-19T09:30:00-05:00"), 90min);
  EXPECT_EQ(worked("2026-05-18T10:00:00-05:00", "2026-05-18T10:20:30-05:00"), 20min + 30s);
  EXPECT_EQ(worked("2026-05-18T18:00:00-05:00", "2026-05-18T23:00:00-05:00"), 0s);
  EXPECT_EQ(worked("2026-05-18T10:00:00-05:00", "2026-05-18T09:00:00-05:00"), 0s);
  EXPECT_EQ(worked("2026-05-22T16:00:00-05:00", "2026-05-27T10:00:00-05:00"), 2h);
}

TEST(BusinessTime, FollowsTheZonesWallClock) {
  // The clocks of Chicago go forward on 8 March 2026; the working day is eight hours all the same.
  EXPECT_EQ(business_time_between(instant("2026-03-06T00:00:00Z"), instant("2026-03-10T12:00:00Z"),
                                  zone("America/Chicago"), {}, none),
            16h);
  // 09:00 to 17:00 on Monday in Auckland is still Sunday in Chicago.
  EXPECT_EQ(business_time_between(instant("2026-03-01T20:00:00Z"), instant("2026-03-01T22:00:00Z"),
                                  zone("Pacific/Auckland"), {}, none),
            2h);
}

}  // namespace
}  // namespace ioud::core
