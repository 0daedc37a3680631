#include "core/civil_time.hpp"

#include <gtest/gtest.h>

namespace ioud::core {
namespace {

using namespace std::chrono_literals;

Date day(std::string_view text) { return parse_date(text).value(); }
Instant instant(std::string_view text) { return parse_rfc3339(text).value(); }
Zone zone(std::string_view name) { return Zone::find(name).value(); }

TEST(Zone, IsUtcByDefault) {
  EXPECT_EQ(Zone(), zone("UTC"));
  EXPECT_EQ(Zone().offset(instant("2026-07-01T00:00:00Z")), 0s);
}

TEST(Zone, IsFoundByItsExactName) {
  EXPECT_EQ(zone("America/Chicago").name(), "America/Chicago");
  for (const char* name : {"America/Nowhere", "", "Central Standard Time"}) {
    const auto missing = Zone::find(name);
    ASSERT_FALSE(missing) << name;
    EXPECT_EQ(missing.error().fault, Fault::config);
    EXPECT_EQ(missing.error().place, name);
    EXPECT_NE(missing.error().text.find("IANA"), std::string::npos);
  }
}

TEST(Zone, TurnsWallClocksIntoInstantsAndBack) {
  const Zone chicago = zone("America/Chicago");
  const LocalTime local = at(day("2026-03-09"), TimeOfDay(11, 15));
  EXPECT_EQ(chicago.to_instant(local), instant("2026-03-09T16:15:00Z"));
  EXPECT_EQ(chicago.to_local(instant("2026-03-09T16:15:00Z")), local);
  EXPECT_EQ(chicago.offset(instant("2026-03-01T00:00:00Z")), -6h);
  EXPECT_EQ(chicago.offset(instant("2026-03-09T00:00:00Z")), -5h);
}

TEST(Zone, ReadsASkippedTimeWithTheOffsetBeforeTheGap) {
  // RFC 5545 3.3.5: 02:30 on 8 March 2026 does not exist in Chicago.
  EXPECT_EQ(instant_in(zone("America/Chicago"), day("2026-03-08"), TimeOfDay(2, 30)),
            instant("2026-03-08T08:30:00Z"));
}

TEST(Zone, ReadsATwiceHappeningTimeAsTheFirst) {
  EXPECT_EQ(instant_in(zone("America/Chicago"), day("2026-11-01"), TimeOfDay(1, 30)),
            instant("2026-11-01T06:30:00Z"));
}

TEST(Zone, GivesTheDateThere) {
  const Instant noon = instant("2026-03-09T12:00:00Z");
  EXPECT_EQ(date_in(zone("Pacific/Kiritimati"), noon), day("2026-03-10"));
  EXPECT_EQ(date_in(zone("Pacific/Pago_Pago"), noon), day("2026-03-09"));
}

TEST(TimeOfDay, IsReadAndWritten) {
  EXPECT_EQ(parse_time_of_day("00:00"), TimeOfDay(0));
  EXPECT_EQ(parse_time_of_day("09:30"), TimeOfDay(9, 30));
  EXPECT_EQ(parse_time_of_day("24:00"), TimeOfDay(1440));
  EXPECT_EQ(format(TimeOfDay(9, 5)), "09:05");
  for (const char* bad : {"", "9:30", "09.30", "09:60", "24:01", "-1:00", "09:-1", "ab:cd",
                          "09:300", "+9:00", "25:00"})
    EXPECT_FALSE(parse_time_of_day(bad)) << bad;
}

TEST(LocalTime, HasADateAndATime) {
  const LocalTime local = at(day("2026-03-09"), TimeOfDay(11, 15)) + 59s;
  EXPECT_EQ(date_of(local), day("2026-03-09"));
  EXPECT_EQ(time_of(local), TimeOfDay(11, 15));
  EXPECT_EQ(date_of(at(day("2026-03-09"), TimeOfDay(24, 0))), day("2026-03-10"));
  const LocalTime ancient = at(day("1960-02-29"), TimeOfDay(23, 59));
  EXPECT_EQ(date_of(ancient), day("1960-02-29"));
  EXPECT_EQ(time_of(ancient), TimeOfDay(23, 59));
}

TEST(Dates, AreAddedAndSubtracted) {
  EXPECT_EQ(add_days(day("2028-02-28"), 1), day("2028-02-29"));
  EXPECT_EQ(add_days(day("2026-01-01"), -1), day("2025-12-31"));
  EXPECT_EQ(days_between(day("2026-03-01"), day("2026-04-01")), 31);
  EXPECT_EQ(days_between(day("2026-04-01"), day("2026-03-01")), -31);
}

TEST(Dates, HaveWeekdays) {
  EXPECT_EQ(weekday_of(day("2026-03-09")), std::chrono::Monday);
  EXPECT_TRUE(is_weekend(day("2026-03-07")));
  EXPECT_TRUE(is_weekend(day("2026-03-08")));
  EXPECT_FALSE(is_weekend(day("2026-03-06")));
  for (const char* one : {"2026-03-09", "2026-03-11", "2026-03-15"})
    EXPECT_EQ(monday_of(day(one)), day("2026-03-09")) << one;
  EXPECT_EQ(short_weekday(day("2026-03-15")), "Sun");
  EXPECT_EQ(long_weekday(day("2026-03-11")), "Wednesday");
}

TEST(Dates, AreReadAndWritten) {
  EXPECT_EQ(format(day("2026-03-09")), "2026-03-09");
  EXPECT_EQ(short_day(day("2026-03-09")), "9 Mar");
  EXPECT_EQ(long_day(day("2026-12-31")), "31 Dec 2026");
  EXPECT_TRUE(parse_date("2028-02-29"));
  for (const char* bad : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20260309",
                          "2026/03/09", "2026-03-09 ", "-026-03-09", "2026-03-3x"})
    EXPECT_FALSE(parse_date(bad)) << bad;
}

TEST(Rfc3339, IsRead) {
  EXPECT_EQ(instant("2026-03-09T11:15:00-05:00"), instant("2026-03-09T16:15:00Z"));
  EXPECT_EQ(instant("2026-03-09t16:15:00z"), instant("2026-03-09T16:15:00Z"));
  EXPECT_EQ(instant("2026-03-09 16:15:00Z"), instant("2026-03-09T16:15:00Z"));
  EXPECT_EQ(instant("2026-03-09T16:15:00.999Z"), instant("2026-03-09T16:15:00Z"));
  EXPECT_EQ(instant("2026-03-09T21:45:00+05:30"), instant("2026-03-09T16:15:00Z"));
  EXPECT_EQ(instant("2016-12-31T23:59:60Z"), instant("2017-01-01T00:00:00Z"));
}

TEST(Rfc3339, RefusesWhatIsNone) {
  for (const char* bad :
       {"", "2026-03-09", "2026-03-09T16:15:00", "2026-03-09T16:15Z", "2026-02-30T16:15:00Z",
        "2026-03-09T24:00:00Z", "2026-03-09T16:60:00Z", "2026-03-09T16:15:61Z",
        "2026-03-09T16:15:00.Z", "2026-03-09T16:15:00+5:00", "2026-03-09T16:15:00+24:00",
        "2026-03-09T16:15:00+05:60", "2026-03-09T16:15:00+0530", "2026-03-09X16:15:00Z",
        "2026-03-09T16.15.00Z", "2026-03-09T16:15:00Z ", "2026-03-09T1a:15:00Z",
        "2026-03-09T16:15:00.123"})
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

TEST(Rfc3339, IsWrittenInUtcForStoring) {
  EXPECT_EQ(format_utc(instant("2026-03-04T14:25:07-06:00")), "2026-03-04T20:25:07Z");
  EXPECT_EQ(format_utc(instant("1960-02-29T23:59:59Z")), "1960-02-29T23:59:59Z");
  EXPECT_EQ(parse_rfc3339(format_utc(instant("2026-03-04T20:25:07Z"))),
            instant("2026-03-04T20:25:07Z"));
}

TEST(Rfc3339, IsWrittenInItsZone) {
  EXPECT_EQ(format_rfc3339(instant("2026-03-04T20:25:07Z"), zone("America/Chicago")),
            "2026-03-04T14:25:07-06:00");
  EXPECT_EQ(format_rfc3339(instant("2026-03-04T20:25:00Z"), zone("Asia/Kolkata")),
            "2026-03-05T01:55:00+05:30");
  EXPECT_EQ(format_rfc3339(instant("2026-03-04T20:25:00Z"), zone("America/St_Johns")),
            "2026-03-04T16:55:00-03:30");
  EXPECT_EQ(format_rfc3339(instant("2026-03-04T20:25:00Z"), Zone()), "2026-03-04T20:25:00+00:00");
}

}  // namespace
}  // namespace ioud::core
