#include "formats/recurrence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "formats/ical.hpp"
#include "formats/vtimezone.hpp"

namespace ioud::formats {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

core::Instant at(std::string_view rfc3339) { return *core::parse_rfc3339(rfc3339); }

domain::Series series(std::string_view events) {
  const auto object = read_calendar("BEGIN:VCALENDAR\n" + std::string(events) + "END:VCALENDAR\n");
  if (!object || object->series.size() != 1 || !object->faults.empty()) {
    ADD_FAILURE() << (object ? "not one series" : object.error().text);
    return {};
  }
  return object->series.front();
}

std::string event(std::string_view properties) {
  return "BEGIN:VEVENT\nUID:1\n" + std::string(properties) + "END:VEVENT\n";
}

core::Result<std::vector<Instance>> expanded(const domain::Series& of, std::string_view from,
                                             std::string_view to, std::string_view zone = "UTC") {
  return expand(of, at(std::string(from) + "T00:00:00Z"), at(std::string(to) + "T00:00:00Z"),
                *core::Zone::find(zone));
}

/// Starts in UTC ("03-04 15:00"), or first days for all-day instances.
std::vector<std::string> starts(std::string_view events, std::string_view from = "2026-01-01",
                                std::string_view to = "2027-01-01", std::string_view zone = "UTC") {
  const auto of = series(events);
  const auto instances = expanded(of, from, to, zone);
  if (!instances) return {instances.error().text};
  std::vector<std::string> out;
  for (const Instance& each : *instances) {
    const std::string text = core::format_rfc3339(each.start, core::Zone());
    out.push_back(each.all_day ? core::format(each.first_day)
                               : text.substr(5, 5) + " " + text.substr(11, 5));
  }
  return out;
}

TEST(Recurrence, RunsOnTheWallClock) {
  EXPECT_THAT(starts(event("DTSTART;TZID=America/Chicago:20260306T090000\n"
                           "RRULE:FREQ=DAILY;COUNT=4\n")),
              ElementsAre("03-06 15:00", "03-07 15:00", "03-08 14:00", "03-09 14:00"));
  EXPECT_THAT(starts(event("DTSTART:20260306T090000Z\nRRULE:FREQ=DAILY;COUNT=2\n")),
              ElementsAre("03-06 09:00", "03-07 09:00"));
  EXPECT_THAT(starts(event("DTSTART:20260306T090000\nRRULE:FREQ=DAILY;COUNT=1\n"), "2026-01-01",
                     "2027-01-01", "Asia/Kolkata"),
              ElementsAre("03-06 03:30"));
}

TEST(Recurrence, SkippedAndDoubledTimes) {
  // 01:30 does not exist in London on 29 March and stands at 01:00Z; the next day is itself again.
  EXPECT_THAT(starts(event("DTSTART;TZID=Europe/London:20260328T013000\n"
                           "RRULE:FREQ=DAILY;COUNT=3\n")),
              ElementsAre("03-28 01:30", "03-29 01:30", "03-30 00:30"));
  EXPECT_THAT(
      starts(event("DTSTART;TZID=Europe/London:20261025T013000\nRRULE:FREQ=DAILY;COUNT=1\n")),
      ElementsAre("10-25 00:30"));
}

TEST(Recurrence, ExceptionsInEveryFormRemoveTheInstance) {
  const std::string base =
      "DTSTART;TZID=America/Chicago:20260302T090000\nRRULE:FREQ=DAILY;COUNT=8\n";
  EXPECT_THAT(starts(event(base + "EXDATE:20260303T150000Z,20260304T150000Z\n"
                                  "EXDATE;TZID=America/Chicago:20260305T090000\n"
                                  "EXDATE;TZID=Europe/Berlin:20260306T160000\n"
                                  "EXDATE;VALUE=DATE:20260307\n"
                                  "EXDATE;TZID=Central Standard Time:20260308T090000\n")),
              ElementsAre("03-02 15:00", "03-09 14:00"));
  EXPECT_THAT(starts(event(base + "EXDATE:20260303T090000Z\n")).size(), 8U);
}

TEST(Recurrence, ExceptionsOfAllDaySeries) {
  const std::string base = "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=4\n";
  for (const char* exception :
       {"EXDATE;VALUE=DATE:20260303", "EXDATE:20260303T000000Z", "EXDATE:20260303",
        "EXDATE:20260303T060000Z", "EXDATE;TZID=America/Chicago:20260303T000000"}) {
    EXPECT_THAT(
        starts(event(base + exception + "\n"), "2026-01-01", "2027-01-01", "America/Chicago"),
        ElementsAre("2026-03-02", "2026-03-04", "2026-03-05"))
        << exception;
  }
}

TEST(Recurrence, AddedDates) {
  EXPECT_THAT(starts(event("DTSTART;TZID=America/New_York:20260302T090000\n"
                           "RRULE:FREQ=DAILY;COUNT=2\n"
                           "RDATE;TZID=America/New_York:20260305T110000,20260303T090000\n"
                           "RDATE;VALUE=PERIOD:20260306T120000Z/PT3H\n")),
              ElementsAre("03-02 14:00", "03-03 14:00", "03-05 16:00", "03-06 12:00"));
  EXPECT_THAT(starts(event("DTSTART;VALUE=DATE:20260302\nRDATE;VALUE=DATE:20260309,20260304\n")),
              ElementsAre("2026-03-02", "2026-03-04", "2026-03-09"));
  const auto of =
      series(event("DTSTART:20260302T090000Z\nDTEND:20260302T091000Z\n"
                   "RDATE;VALUE=PERIOD:20260306T120000Z/PT3H\n"));
  const auto instances = *expanded(of, "2026-01-01", "2027-01-01");
  EXPECT_EQ(instances[0].end - instances[0].start, std::chrono::minutes{10});
  EXPECT_EQ(instances[1].end - instances[1].start, std::chrono::hours{3});
}

TEST(Recurrence, OverridesAreMatchedByInstant) {
  for (const char* id : {"RECURRENCE-ID:20260303T150000Z", "RECURRENCE-ID;VALUE=DATE:20260303",
                         "RECURRENCE-ID;TZID=Europe/Berlin:20260303T160000",
                         "RECURRENCE-ID;TZID=Central Standard Time:20260303T090000"}) {
    EXPECT_THAT(starts(event("DTSTART;TZID=America/Chicago:20260302T090000\n"
                             "RRULE:FREQ=DAILY;COUNT=3\n") +
                       event(std::string(id) + "\nDTSTART:20260310T200000Z\n")),
                ElementsAre("03-02 15:00", "03-04 15:00", "03-10 20:00"))
        << id;
  }
}

TEST(Recurrence, InstancesCarryTheirOriginalStartAndPart) {
  const auto of = series(event("DTSTART;TZID=America/Chicago:20260302T090000\nSUMMARY:all\n"
                               "RRULE:FREQ=DAILY;COUNT=2\n") +
                         event("RECURRENCE-ID:20260303T150000Z\nDTSTART:20260310T200000Z\n"
                               "SUMMARY:one\nSTATUS:CANCELLED\n"));
  const auto instances = *expanded(of, "2026-01-01", "2027-01-01");
  ASSERT_EQ(instances.size(), 2U);
  EXPECT_EQ(instances[0].recurrence, "2026-03-02T15:00:00+00:00");
  EXPECT_EQ(instances[0].part->summary, "all");
  EXPECT_EQ(instances[1].recurrence, "2026-03-03T15:00:00+00:00");
  EXPECT_EQ(instances[1].part->summary, "one");
  EXPECT_EQ(instances[1].part->status, "CANCELLED");
  const auto single = series(event("DTSTART:20260302T090000Z\n"));
  EXPECT_EQ(expanded(single, "2026-01-01", "2027-01-01")->front().recurrence, "");
}

TEST(Recurrence, OverridesOfAllDaySeries) {
  const auto of = series(event("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260304\n"
                               "RRULE:FREQ=WEEKLY;COUNT=2\n") +
                         event("RECURRENCE-ID;VALUE=DATE:20260309\nDTSTART;VALUE=DATE:20260310\n"));
  const auto instances = *expanded(of, "2026-01-01", "2027-01-01");
  ASSERT_EQ(instances.size(), 2U);
  EXPECT_EQ(core::format(instances[0].last_day), "2026-03-03");
  EXPECT_EQ(instances[1].recurrence, "2026-03-09");
  EXPECT_EQ(core::format(instances[1].first_day), "2026-03-10");
}

TEST(Recurrence, OnlySingleInstancesWereShared) {
  EXPECT_THAT(starts(event("RECURRENCE-ID:20260303T150000Z\nDTSTART:20260310T200000Z\n") +
                     event("RECURRENCE-ID:20260304T150000Z\nDTSTART:20260304T150000Z\n")),
              ElementsAre("03-04 15:00", "03-10 20:00"));
}

TEST(Recurrence, ThisAndFutureMovesWhatFollows) {
  const auto of =
      series(event("DTSTART;TZID=America/Chicago:20260305T090000\n"
                   "DTEND;TZID=America/Chicago:20260305T093000\nRRULE:FREQ=DAILY;COUNT=5\n") +
             event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Chicago:20260307T090000\n"
                   "DTSTART;TZID=America/Chicago:20260307T100000\n"
                   "DTEND;TZID=America/Chicago:20260307T110000\nSUMMARY:later\n") +
             event("RECURRENCE-ID:20260308T140000Z\nDTSTART:20260308T200000Z\n"));
  const auto instances = *expanded(of, "2026-01-01", "2027-01-01");
  std::vector<std::string> texts;
  for (const Instance& each : instances) {
    texts.push_back(core::format_rfc3339(each.start, core::Zone()).substr(5, 11) +
                    each.part->summary);
  }
  EXPECT_THAT(texts, ElementsAre("03-05T15:00", "03-06T15:00", "03-07T16:00later", "03-08T20:00",
                                 "03-09T15:00later"));
  EXPECT_EQ(instances.back().end - instances.back().start, std::chrono::hours{1});
}

TEST(Recurrence, UntilInEveryForm) {
  const std::string base = "DTSTART;TZID=America/Chicago:20260302T200000\nRRULE:FREQ=DAILY;UNTIL=";
  for (const char* until : {"20260305T020000Z", "20260304T200000", "20260304"}) {
    EXPECT_EQ(starts(event(base + until + "\n")).size(), 3U) << until;
  }
  EXPECT_EQ(starts(event(base + "20260305T015959Z\n")).size(), 2U);
  EXPECT_EQ(starts(event("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260304\n")).size(),
            3U);
  EXPECT_EQ(starts(event("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260304T000000Z\n"))
                .size(),
            3U);
}

TEST(Recurrence, EndsWithItsLastInstance) {
  const auto end = [](const std::string& lines) {
    const auto over = end_of(series(event(lines)), *core::Zone::find("America/Chicago"));
    return over ? core::format_rfc3339(*over, core::Zone()) : "never";
  };
  const std::string hour = "DTSTART:20260304T150000Z\nDTEND:20260304T160000Z\n";
  EXPECT_EQ(end(hour), "2026-03-04T16:00:00+00:00");
  EXPECT_EQ(end("DTSTART;VALUE=DATE:20260304\n"), "2026-03-05T06:00:00+00:00");
  EXPECT_EQ(end(hour + "RDATE:20250304T150000Z\n"), "2026-03-04T16:00:00+00:00");
  EXPECT_EQ(end(hour + "RRULE:FREQ=WEEKLY;COUNT=2\n"), "2026-03-11T16:00:00+00:00");
  EXPECT_EQ(end(hour + "RRULE:FREQ=WEEKLY;UNTIL=20260325T150000Z\n"), "2026-03-25T16:00:00+00:00");
  EXPECT_EQ(end(hour + "RRULE:FREQ=YEARLY\n"), "never");
  EXPECT_EQ(end(hour + "RRULE:FREQ=DAILY;COUNT=100000\n"), "never") << "not counted so far";
  EXPECT_EQ(end(hour + "RRULE:FREQ=SECONDLY;COUNT=2\n"), "never") << "cannot be read";
}

TEST(Recurrence, TheWindowIsHalfOpenAndCountsOverlaps) {
  const std::string daily =
      "DTSTART:20260301T230000Z\nDTEND:20260302T010000Z\nRRULE:FREQ=DAILY;COUNT=9\n";
  EXPECT_THAT(starts(event(daily), "2026-03-04", "2026-03-05"),
              ElementsAre("03-03 23:00", "03-04 23:00"));
  EXPECT_THAT(starts(event("DTSTART:20260304T000000Z\n"), "2026-03-04", "2026-03-05"),
              ElementsAre("03-04 00:00"));
  EXPECT_THAT(starts(event("DTSTART:20260305T000000Z\n"), "2026-03-04", "2026-03-05"), IsEmpty());
}

TEST(Recurrence, AStartOutsideItsRuleKeepsTheWeeks) {
  // The second Sunday after Wednesday 4 March, counted in weeks that begin on Monday.
  EXPECT_THAT(
      starts(event("DTSTART:20260304T090000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=3\n")),
      ElementsAre("03-08 09:00", "03-22 09:00", "04-05 09:00"));
  EXPECT_THAT(starts(event("DTSTART:20260304T090000Z\n"
                           "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU;COUNT=2\n")),
              ElementsAre("03-15 09:00", "03-29 09:00"));
  EXPECT_THAT(
      starts(event("DTSTART:20260304T090000Z\nRRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=MO;COUNT=2\n")),
      ElementsAre("03-23 09:00", "04-13 09:00"));
}

TEST(Recurrence, RulesOfEveryFrequency) {
  EXPECT_THAT(starts(event("DTSTART:20260130T090000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3\n")),
              ElementsAre("01-31 09:00", "02-28 09:00", "03-31 09:00"));
  EXPECT_THAT(starts(event("DTSTART:20260131T090000Z\nRRULE:FREQ=MONTHLY;COUNT=3\n")),
              ElementsAre("01-31 09:00", "03-31 09:00", "05-31 09:00"));
  EXPECT_THAT(starts(event("DTSTART:20200101T090000Z\nRRULE:FREQ=MONTHLY;BYDAY=2TU\n"),
                     "2026-03-01", "2026-05-01"),
              ElementsAre("03-10 09:00", "04-14 09:00"));
  EXPECT_THAT(
      starts(event("DTSTART;VALUE=DATE:19480229\nRRULE:FREQ=YEARLY\n"), "2020-01-01", "2030-01-01"),
      ElementsAre("2020-02-29", "2024-02-29", "2028-02-29"));
  EXPECT_THAT(starts(event("DTSTART:20000113T090000Z\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO,TU;BYSETPOS=1,-1\n")),
              ElementsAre("01-05 09:00", "07-28 09:00"));
}

TEST(Recurrence, LimitsThatTheIteratorGetsWrong) {
  EXPECT_THAT(starts(event("DTSTART:20260201T090000Z\nRRULE:FREQ=DAILY;BYMONTHDAY=-1;COUNT=3\n")),
              ElementsAre("02-28 09:00", "03-31 09:00", "04-30 09:00"));
  EXPECT_THAT(starts(event("DTSTART:20260201T090000Z\n"
                           "RRULE:FREQ=DAILY;BYMONTH=3;BYDAY=MO;BYHOUR=9,17;COUNT=3\n")),
              ElementsAre("03-02 09:00", "03-02 17:00", "03-09 09:00"));
  // Seven weeks, begun on Wednesdays, from Monday 5 February 1990.
  EXPECT_THAT(starts(event("DTSTART:19900205T090000Z\n"
                           "RRULE:FREQ=WEEKLY;INTERVAL=7;BYDAY=MO,SU;WKST=WE;BYMONTH=1,8\n"),
                     "2010-01-01", "2010-12-31"),
              ElementsAre("01-31 09:00", "08-15 09:00", "08-16 09:00"));
  // Monday 29 December 2031 lies in the first week of 2032, and 2031 has no week 53.
  EXPECT_THAT(starts(event("DTSTART:20260131T090000Z\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO\n"),
                     "2026-01-01", "2033-01-01"),
              ElementsAre("12-28 09:00", "12-27 09:00"));
  EXPECT_THAT(starts(event("DTSTART:20260906T090000Z\nRRULE:FREQ=YEARLY;BYWEEKNO=-53;BYDAY=TH\n"),
                     "2026-01-01", "2033-01-01"),
              ElementsAre("01-01 09:00"));
}

TEST(Recurrence, FarPastStartsGiveTheSameInstances) {
  for (const char* rule :
       {"FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=5;BYDAY=MO,SU",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SA,SU", "FREQ=MONTHLY;INTERVAL=7",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=5;BYDAY=-1FR", "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=9,10"}) {
    const std::string text = std::string("DTSTART:19010104T090000Z\nRRULE:") + rule;
    // A count makes the whole past be walked through.
    EXPECT_EQ(starts(event(text + "\n"), "2025-01-01", "2030-01-01"),
              starts(event(text + ";COUNT=400000\n"), "2025-01-01", "2030-01-01"))
        << rule;
  }
}

TEST(Recurrence, RefusesWhatIsNoCalendarsRule) {
  for (const char* rule :
       {"FREQ=HOURLY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=FORTNIGHTLY", "INTERVAL=2",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999",
        "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;UNTIL=later", "FREQ=DAILY;BYHOUR=25",
        "FREQ=DAILY;BOGUS=1", "DAILY", "FREQ=YEARLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;WKST=2MO", "FREQ=YEARLY;RSCALE=CHINESE", "FREQ=YEARLY;BYDAY=99MO", "W1 MO"}) {
    const auto of = series(event(std::string("DTSTART:20260304T090000Z\nRRULE:") + rule + "\n"));
    const auto instances = expanded(of, "2026-01-01", "2027-01-01");
    ASSERT_FALSE(instances) << rule;
    EXPECT_EQ(instances.error().fault, core::Fault::protocol);
    EXPECT_THAT(instances.error().text, HasSubstr("RRULE: ")) << rule;
  }
}

TEST(Recurrence, ImpossibleAndHugeRulesEndFast) {
  for (const char* rule :
       {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=12"}) {
    EXPECT_THAT(starts(event(std::string("DTSTART:20260304T090000Z\nRRULE:") + rule + "\n")),
                IsEmpty())
        << rule;
  }
  std::string minutes = "0";
  for (int i = 1; i < 60; ++i) minutes += "," + std::to_string(i);
  for (const char* start : {"20260301", "16010101"}) {
    std::string text = "DTSTART:" + std::string(start) + "T090000Z\n";
    text += "RRULE:FREQ=DAILY;COUNT=999999999;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=";
    text.append(minutes).append(";BYSECOND=").append(minutes).append("\n");
    EXPECT_THAT(starts(event(text)), ElementsAre(HasSubstr("more than 10000 instances")));
  }
}

TEST(Recurrence, AZoneThatIsGoneIsAnErrorNotUtc) {
  auto of = series(event("DTSTART;TZID=Europe/London:20260304T090000\nRRULE:FREQ=DAILY;COUNT=2\n"));
  of.master->start.zone = "Mars/Olympus";
  EXPECT_FALSE(expanded(of, "2026-01-01", "2027-01-01"));
  of.master->start.zone = "custom";
  EXPECT_FALSE(expanded(of, "2026-01-01", "2027-01-01"));
  of.vtimezone = "BEGIN:VTIMEZONE\nEND:VTIMEZONE\n";
  EXPECT_FALSE(expanded(of, "2026-01-01", "2027-01-01"));
}

TEST(Recurrence, SeriesInTheFilesOwnZone) {
  const std::string zone =
      "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T020000\n"
      "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0600\nEND:STANDARD\n"
      "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n"
      "TZOFFSETFROM:-0600\nTZOFFSETTO:-0500\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
  EXPECT_THAT(
      starts(zone +
             event("DTSTART;TZID=Ours:20260307T090000\nRRULE:FREQ=DAILY;COUNT=4\n"
                   "EXDATE;TZID=Ours:20260309T090000\n") +
             event("RECURRENCE-ID;TZID=Ours:20260310T090000\nDTSTART;TZID=Ours:20260310T100000\n")),
      ElementsAre("03-07 15:00", "03-08 14:00", "03-10 15:00"));
}

/// What we write beside a TZID agrees with the zone it names, at every edge and between.
TEST(Vtimezone, WrittenZonesAgreeWithTheirNames) {
  for (const char* name :
       {"America/Chicago", "Europe/Berlin", "Europe/Dublin", "Asia/Kolkata", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca",
        "Asia/Tehran", "Pacific/Chatham", "America/St_Johns", "Pacific/Kiritimati", "UTC",
        "Asia/Gaza", "Antarctica/Troll"}) {
    const core::Zone zone = *core::Zone::find(name);
    const core::Instant from = at("2026-01-10T00:00:00Z");
    const core::Instant to = at("2027-01-10T00:00:00Z");
    const auto custom = CustomZone::read(write_vtimezone(zone, from, to));
    ASSERT_TRUE(custom) << custom.error().text;
    core::LocalTime local = zone.to_local(from);
    for (; local < zone.to_local(to); local += std::chrono::minutes{30}) {
      ASSERT_EQ(custom->to_instant(local), zone.to_instant(local))
          << name << " " << local.time_since_epoch().count();
    }
  }
}

TEST(Vtimezone, YearlyChangesBecomeRules) {
  const core::Zone zone = *core::Zone::find("America/Chicago");
  const std::string text =
      write_vtimezone(zone, at("2026-03-04T00:00:00Z"), at("2026-03-04T01:00:00Z"));
  EXPECT_THAT(text, HasSubstr("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0600\r\n"));
  EXPECT_THAT(text, HasSubstr("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"));
  const std::string berlin = write_vtimezone(
      *core::Zone::find("Europe/Berlin"), at("2026-03-04T00:00:00Z"), at("2026-03-04T01:00:00Z"));
  EXPECT_THAT(berlin, HasSubstr("BYMONTH=3;BYDAY=-1SU"));
  EXPECT_THAT(berlin, HasSubstr("BYMONTH=10;BYDAY=-1SU"));
}

TEST(Vtimezone, ListedAndEndedOnsets) {
  const auto zone = CustomZone::read(
      "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETFROM:+0100\n"
      "TZOFFSETTO:+0100\nRDATE:20201025T030000,20211031T030000\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
      "DTSTART:20000326T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20210328T010000Z\n"
      "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n");
  ASSERT_TRUE(zone);
  const auto local = [](const char* text) {
    return core::LocalTime{at(std::string(text) + ":00Z").time_since_epoch()};
  };
  EXPECT_EQ(zone->to_instant(local("2021-07-01T12:00")), at("2021-07-01T10:00:00Z"));
  EXPECT_EQ(zone->to_instant(local("2022-07-01T12:00")), at("2022-07-01T11:00:00Z"));
  EXPECT_EQ(zone->to_instant(local("2030-07-01T12:00")), at("2030-07-01T11:00:00Z"));
  EXPECT_EQ(zone->to_instant(local("1990-07-01T12:00")), at("1990-07-01T11:00:00Z"));
}

}  // namespace
}  // namespace ioud::formats
