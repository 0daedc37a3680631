#include "formats/ical.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "formats/recurrence.hpp"
#include "formats/zone_names.hpp"

namespace ioud::formats {
namespace {

using ::testing::HasSubstr;

std::string calendar(std::string_view inside) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n" +
         core::replaced(inside, "\n", "\r\n") + "END:VCALENDAR\r\n";
}

std::string event(std::string_view properties) {
  return "BEGIN:VEVENT\n" + std::string(properties) + "END:VEVENT\n";
}

domain::Series only(std::string_view inside) {
  const auto object = read_calendar(calendar(inside));
  if (!object) {
    ADD_FAILURE() << object.error().text;
    return {};
  }
  EXPECT_EQ(object->faults.size(), 0U);
  EXPECT_EQ(object->series.size(), 1U);
  return object->series.empty() ? domain::Series{} : object->series.front();
}

std::string error_of(std::string_view bytes) {
  const auto object = read_calendar(bytes, "work/a.ics");
  if (object) return "read without an error";
  EXPECT_EQ(object.error().fault, core::Fault::protocol);
  EXPECT_EQ(object.error().place, "work/a.ics");
  return object.error().text;
}

core::Instant at(std::string_view rfc3339) { return *core::parse_rfc3339(rfc3339); }

/// Start and end of the only instance, in UTC.
std::string span_of(const domain::Series& series) {
  const auto instances =
      expand(series, at("1990-01-01T00:00:00Z"), at("2100-01-01T00:00:00Z"), core::Zone());
  if (!instances) return instances.error().text;
  if (instances->size() != 1) return std::to_string(instances->size()) + " instances";
  const core::Zone utc;
  return core::format_rfc3339(instances->front().start, utc).substr(0, 16) + " to " +
         core::format_rfc3339(instances->front().end, utc).substr(0, 16);
}

constexpr std::string_view chicago_vtimezone =
    "BEGIN:VTIMEZONE\nTZID:Our Office\nBEGIN:STANDARD\nDTSTART:20071104T020000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0600\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n"
    "TZOFFSETFROM:-0600\nTZOFFSETTO:-0500\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

TEST(Ical, ReadsTheProperties) {
  const auto series = only(event(
      "UID:a@x\nDTSTAMP:20260301T090000Z\nCREATED:20260228T090000Z\n"
      "DTSTART;TZID=America/Chicago:20260304T090000\nDTEND;TZID=America/Chicago:20260304T093000\n"
      "SUMMARY:Press\\, quarterly\nDESCRIPTION:one\\ntwo\nLOCATION:Room\\; 2\nSTATUS:tentative\n"
      "TRANSP:TRANSPARENT\nCLASS:Private\nCATEGORIES:A,B\\, b\nCATEGORIES:C\nSEQUENCE:3\n"
      "ORGANIZER;CN=Tom:MAILTO:Tom@Rep.test\n"
      "ATTENDEE;CN=Alvarez, "
      "Meg;PARTSTAT=accepted;RSVP=true;SCHEDULE-AGENT=client:mailto:Meg@ac%2Bme.test\n"
      "ATTENDEE;EMAIL=k@x:https://server/principals/k\n"
      "X-APPLE-TRAVEL-DURATION;VALUE=DURATION:PT1H30M\n"));
  ASSERT_TRUE(series.master);
  const auto& part = *series.master;
  EXPECT_EQ(part.summary, "Press, quarterly");
  EXPECT_EQ(part.description, "one\ntwo");
  EXPECT_EQ(part.location, "Room; 2");
  EXPECT_EQ(part.status, "TENTATIVE");
  EXPECT_TRUE(part.transparent);
  EXPECT_EQ(part.access, "PRIVATE");
  EXPECT_EQ(part.categories, (std::vector<std::string>{"A", "B, b", "C"}));
  EXPECT_EQ(part.sequence, 3);
  EXPECT_EQ(part.organizer, "tom@rep.test");
  ASSERT_EQ(part.guests.size(), 2U);
  EXPECT_EQ(part.guests[0],
            (domain::Guest{"meg@ac+me.test", "Alvarez, Meg", "ACCEPTED", true, "CLIENT"}));
  EXPECT_EQ(part.guests[1].address, "k@x");
  EXPECT_EQ(part.guests[1].partstat, "NEEDS-ACTION");
  EXPECT_EQ(part.travel_minutes, 90);
  EXPECT_EQ(part.made, at("2026-02-28T09:00:00Z"));
  EXPECT_EQ(part.start.zone, "America/Chicago");
  EXPECT_EQ(span_of(series), "2026-03-04T15:00 to 2026-03-04T15:30");
}

TEST(Ical, ZonesByEveryName) {
  for (const char* tzid : {"America/Chicago", "/mozilla.org/20050126_1/America/Chicago",
                           "/freeassociation.sourceforge.net/America/Chicago",
                           "/softwarestudio.org/Olson_20011030_5/America/Chicago",
                           "Central Standard Time", "US/Central", "/America/Chicago"}) {
    const auto series = only(
        event("UID:z\nDTSTART;TZID=" + std::string(tzid) + ":20260704T090000\nDURATION:PT45M\n"));
    EXPECT_EQ(span_of(series), "2026-07-04T14:00 to 2026-07-04T14:45") << tzid;
  }
  EXPECT_EQ(known_zone("W. Europe Standard Time"), "Europe/Berlin");
  EXPECT_EQ(known_zone("tzone://Microsoft/Utc"), "UTC");
  EXPECT_EQ(known_zone("Customized Time Zone"), std::nullopt);
  EXPECT_EQ(known_zone(""), std::nullopt);
}

TEST(Ical, AKnownNameBeatsALyingVtimezone) {
  const std::string lie =
      "BEGIN:VTIMEZONE\nTZID:Europe/London\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
      "TZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n";
  const auto series =
      only(lie + event("UID:z\nDTSTART;TZID=Europe/London:20260704T090000\nDURATION:PT1H\n"));
  EXPECT_EQ(span_of(series), "2026-07-04T08:00 to 2026-07-04T09:00");
}

TEST(Ical, AnUnknownNameIsTheFilesOwnZone) {
  for (const bool after : {false, true}) {
    const std::string summer = event(
        "UID:z\nDTSTART;TZID=Our Office:20260704T090000\n"
        "DTEND;TZID=Our Office:20260704T100000\n");
    const std::string zone(chicago_vtimezone);
    const auto series = only(after ? summer + zone : zone + summer);
    EXPECT_EQ(series.master->start.zone, "custom");
    EXPECT_EQ(span_of(series), "2026-07-04T14:00 to 2026-07-04T15:00");
  }
  const auto winter = only(std::string(chicago_vtimezone) +
                           event("UID:z\nDTSTART;TZID=\"Our Office\":20260104T090000\n"));
  EXPECT_EQ(span_of(winter), "2026-01-04T15:00 to 2026-01-04T15:00");
}

TEST(Ical, TheLocationOfAVtimezoneNamesIt) {
  const std::string zone = core::replaced(chicago_vtimezone, "BEGIN:STANDARD",
                                          "X-LIC-LOCATION:America/Denver\nBEGIN:STANDARD");
  const auto series = only(zone + event("UID:z\nDTSTART;TZID=Our Office:20260704T090000\n"));
  EXPECT_EQ(series.master->start.zone, "America/Denver");
}

TEST(Ical, AnUnknownZoneIsAFaultAndTheOthersStay) {
  const auto object =
      read_calendar(calendar(event("UID:bad\nDTSTART;TZID=local:20260704T090000\n") +
                             event("UID:good\nDTSTART:20260704T090000Z\n")),
                    "work/a.ics");
  ASSERT_TRUE(object);
  ASSERT_EQ(object->faults.size(), 1U);
  EXPECT_EQ(object->faults[0].fault, core::Fault::protocol);
  EXPECT_THAT(object->faults[0].text, HasSubstr("line 6: DTSTART has the time zone \"local\""));
  ASSERT_EQ(object->series.size(), 1U);
  EXPECT_EQ(object->series[0].uid, "good");
}

TEST(Ical, ABrokenVtimezoneIsNoZone) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"TZOFFSETTO:-0600", "TZOFFSETTO:west"},
           {"TZOFFSETFROM:-0500\n", ""},
           {"DTSTART:20071104T020000", "DTSTART:then"},
           {"RRULE:FREQ=YEARLY;BYMONTH=3", "RRULE:FREQ=HOURLY;BYMONTH=3"}}) {
    const std::string zone = core::replaced(chicago_vtimezone, from, to);
    EXPECT_THAT(error_of(calendar(zone + event("DTSTART;TZID=Our Office:20260704T090000\n"))),
                HasSubstr("no IANA or Windows name"));
  }
}

TEST(Ical, EndsInEveryForm) {
  const std::string start = "UID:e\nDTSTART;TZID=Europe/Berlin:20260328T120000\n";
  EXPECT_EQ(span_of(only(event(start))), "2026-03-28T11:00 to 2026-03-28T11:00");
  EXPECT_EQ(span_of(only(event(start + "DTEND:20260328T113000Z\n"))),
            "2026-03-28T11:00 to 2026-03-28T11:30");
  // A day follows the wall clock over the change of 29 March, 24 hours do not.
  EXPECT_EQ(span_of(only(event(start + "DURATION:P1D\n"))), "2026-03-28T11:00 to 2026-03-29T10:00");
  EXPECT_EQ(span_of(only(event(start + "DURATION:PT24H\n"))),
            "2026-03-28T11:00 to 2026-03-29T11:00");
  EXPECT_EQ(span_of(only(event(start + "DTEND;VALUE=DATE:20260329\n"))),
            "2026-03-28T11:00 to 2026-03-28T23:00");
  EXPECT_EQ(span_of(only(event("DTSTART:20260328T120000\nDURATION:PT5M\n"))),
            "2026-03-28T12:00 to 2026-03-28T12:05");
}

TEST(Ical, AllDayEventsStayDates) {
  for (const char* end : {"", "DTEND;VALUE=DATE:20260305\n", "DURATION:P1D\n",
                          "DTEND;VALUE=DATE:20260304\n", "DTEND:20260305T000000Z\n"}) {
    const auto series = only(event("UID:d\nDTSTART;VALUE=DATE:20260304\n" + std::string(end)));
    EXPECT_TRUE(series.master->start.all_day);
    const auto zone = *core::Zone::find("Pacific/Kiritimati");
    const auto instances =
        expand(series, at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), zone);
    ASSERT_EQ(instances->size(), 1U);
    EXPECT_EQ(core::format(instances->front().first_day), "2026-03-04");
    EXPECT_EQ(core::format(instances->front().last_day), "2026-03-04");
    EXPECT_EQ(instances->front().start, at("2026-03-04T00:00:00+14:00"));
  }
}

TEST(Ical, GroupsOverridesAndKeepsTheNewestOfCopies) {
  const std::string start = "UID:s\nDTSTART;TZID=Europe/London:20260302T090000\n";
  const auto series =
      only(event(start + "RRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:1\nSUMMARY:new\n") +
           event(start + "SUMMARY:old\n") +
           event("UID:s\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T100000Z\nSUMMARY:a\n") +
           event("UID:s\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T110000Z\nSUMMARY:b\n") +
           event("UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260304T090000Z\n"
                 "DTSTART:20260304T100000Z\n"));
  EXPECT_EQ(series.master->summary, "new");
  EXPECT_EQ(series.rules, std::vector<std::string>{"FREQ=DAILY;COUNT=3"});
  ASSERT_EQ(series.overrides.size(), 2U);
  EXPECT_EQ(series.overrides[0].summary, "b");
  EXPECT_TRUE(series.overrides[1].this_and_future);
}

TEST(Ical, ExceptionDatesInEveryForm) {
  const auto series = only(
      std::string(chicago_vtimezone) +
      event(
          "UID:x\nDTSTART;TZID=America/Chicago:20260302T090000\nRRULE:FREQ=DAILY\n"
          "EXDATE:20260303T150000Z,20260304T150000Z\nEXDATE;TZID=America/Chicago:20260305T090000\n"
          "EXDATE;VALUE=DATE:20260306\nEXDATE;TZID=Our Office:20260307T090000\n"
          "RDATE;VALUE=PERIOD:20260308T200000Z/PT2H,20260309T200000Z/20260309T203000Z\n"));
  ASSERT_EQ(series.removed.size(), 5U);
  EXPECT_TRUE(series.removed[3].all_day);
  EXPECT_EQ(series.removed[4].zone, "UTC");
  ASSERT_EQ(series.added.size(), 2U);
  EXPECT_EQ(series.added[0].length, std::chrono::hours{2});
  EXPECT_EQ(series.added[1].length, std::chrono::minutes{30});
}

TEST(Ical, AnEventWithoutUidGetsOneOfItsBytes) {
  const std::string bytes = calendar(event("DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas\n"));
  const auto first = read_calendar(bytes);
  const auto second = read_calendar(bytes);
  EXPECT_EQ(first->series[0].uid, second->series[0].uid);
  EXPECT_EQ(first->series[0].uid.substr(0, 8), "unnamed-");
}

TEST(Ical, OtherCharsetsAndTheByteOrderMark) {
  const auto object = read_calendar(
      "\xEF\xBB\xBF"
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n"
      "DTSTART:20260304T100000Z\nSUMMARY:Caf\xE9 \x96 it\x92s\n"
      "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:caf=C3=A9\n"
      "END:VEVENT\nEND:VCALENDAR\n");
  EXPECT_EQ(object->series[0].master->summary, "Café – it’s");
  EXPECT_EQ(object->series[0].master->description, "café");
}

TEST(Ical, MethodIsKept) {
  EXPECT_EQ(
      read_calendar(calendar("METHOD:publish\n" + event("DTSTART:20260304T100000Z\n")))->method,
      "PUBLISH");
}

TEST(Ical, BrokenFilesSayWhereAndHow) {
  EXPECT_THAT(error_of("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:yesterday\r\nSUMMARY\r\n"),
              HasSubstr("line 4: found \"SUMMARY\", expected a property"));
  EXPECT_THAT(error_of(std::string("\x00\x01\x02\x03\xFF\xFE\x80\x80\x80"
                                   "BEGIN:VCA",
                                   18)),
              HasSubstr("found no BEGIN:VCALENDAR"));
  EXPECT_THAT(error_of(""), HasSubstr("found no BEGIN:VCALENDAR"));
  EXPECT_THAT(error_of(calendar(event("DTSTART:yesterday\n"))),
              HasSubstr("line 5: DTSTART is \"yesterday\", expected a date"));
  EXPECT_THAT(error_of(calendar(event("SUMMARY:x\n"))),
              HasSubstr("line 4: a VEVENT without DTSTART"));
  for (const char* time : {"20260230T100000", "20261301", "20260304T240000", "20260304T10000",
                           "20260304 100000", "2026-03-04", "00000101", "20260304T100000+0200"}) {
    EXPECT_THAT(error_of(calendar(event("DTSTART:" + std::string(time) + "\n"))),
                HasSubstr("DTSTART is"))
        << time;
  }
  EXPECT_THAT(error_of(calendar(event("DTSTART:20260304T100000Z\nDTEND:20260304T090000Z\n"))),
              HasSubstr("lies before DTSTART"));
  EXPECT_THAT(error_of(calendar(event("DTSTART:20260304T100000Z\nDURATION:-PT5M\n"))),
              HasSubstr("DURATION is"));
  EXPECT_THAT(error_of(calendar(event("DTSTART:20260304T100000Z\nEXDATE:20260304T100000Z,soon\n"))),
              HasSubstr("line 6: EXDATE is \"soon\""));
  EXPECT_THAT(error_of(calendar(event("DTSTART:20260304T100000Z\nRDATE:20260304T100000Z/soon\n"))),
              HasSubstr("a period ends in \"soon\""));
}

TEST(Ical, ACutFileKeepsItsWholeEvents) {
  const std::string whole = event("UID:1\nDTSTART:20260304T100000Z\n");
  const auto cut = read_calendar("BEGIN:VCALENDAR\n" + whole + "BEGIN:VEVENT\nUID:2\nDTSTA");
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->series.size(), 1U);
  ASSERT_EQ(cut->faults.size(), 1U);
  EXPECT_THAT(cut->faults[0].text, HasSubstr("line 8: found \"DTSTA\""));
  const auto open = read_calendar("BEGIN:VCALENDAR\n" + whole);
  ASSERT_EQ(open->faults.size(), 1U);
  EXPECT_THAT(open->faults[0].text, HasSubstr("without END:VCALENDAR"));
}

TEST(Ical, TodosAndEmptyCalendarsAreNoFault) {
  const auto object = read_calendar(calendar("BEGIN:VTODO\nUID:1\nEND:VTODO\n"));
  ASSERT_TRUE(object);
  EXPECT_TRUE(object->series.empty());
}

TEST(Ical, ManyBadEventsDoNotFloodTheReport) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += event("DTSTART:x\n");
  const auto object = read_calendar(calendar(many + event("DTSTART:20260304T100000Z\n")));
  EXPECT_EQ(object->faults.size(), 100U);
}

}  // namespace
}  // namespace ioud::formats
