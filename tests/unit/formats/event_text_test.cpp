#include "formats/event_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/text.hpp"
#include "formats/content_line.hpp"
#include "formats/ical.hpp"

namespace ioud::formats {
namespace {

using domain::CalendarItem;
using domain::EventStatus;
using domain::Role;
using ::testing::HasSubstr;
using ::testing::Not;

core::Instant at(std::string_view rfc3339) { return *core::parse_rfc3339(rfc3339); }
core::Zone chicago() { return *core::Zone::find("America/Chicago"); }
core::Instant stamp() { return at("2026-03-04T20:30:00Z"); }

CalendarItem sitdown() {
  CalendarItem item;
  item.uid = "iou-2f7qk@ioud";
  item.role = Role::sitdown;
  item.start = at("2026-03-09T11:15:00-05:00");
  item.end = at("2026-03-09T11:35:00-05:00");
  item.summary = "Sit-down: Meg Alvarez – introductions";
  item.description = "About the belt, because you asked on 4 Mar;\nanother day is fine\\too.";
  item.location = "Acme Press, Dock 2";
  item.status = EventStatus::tentative;
  item.categories = {"IOU", "IOU-PROPOSED"};
  item.organizer = "tom+ioud@rep.test";
  item.organizer_name = "ioud for Tom \"T\" Reyes";
  item.organizer_agent = "CLIENT";
  item.guests = {{"tom@rep.test", "Reyes, Tom", "NEEDS-ACTION", true, "CLIENT"}};
  item.alarms = {"-PT15M"};
  item.related_to = "prep-2f7qk@ioud";
  item.sequence = 2;
  return item;
}

CalendarItem birthday() {
  CalendarItem item;
  item.uid = "date-abc@ioud";
  item.role = Role::occasion;
  item.day = core::parse_date("2026-08-30");
  item.summary = "Birthday: Ana Ruiz (38)";
  item.categories = {"IOU-DATE"};
  item.alarms = {"-P6DT15H", "PT9H"};
  return item;
}

CalendarItem read_back(std::string_view bytes, const core::Zone& zone = chicago()) {
  const auto read = read_items(bytes, zone);
  if (!read) {
    ADD_FAILURE() << read.error().text;
    return {};
  }
  EXPECT_EQ(read->items.size(), 1U);
  EXPECT_EQ(read->faults.size(), 0U);
  return read->items.empty() ? CalendarItem{} : read->items.front();
}

void expect_same(const CalendarItem& a, const CalendarItem& b) {
  EXPECT_EQ(a.uid, b.uid);
  EXPECT_EQ(a.role, b.role);
  EXPECT_EQ(a.day, b.day);
  EXPECT_EQ(a.start, b.start);
  EXPECT_EQ(a.end, b.end);
  EXPECT_EQ(a.summary, b.summary);
  EXPECT_EQ(a.description, b.description);
  EXPECT_EQ(a.categories, b.categories);
  EXPECT_EQ(a.guests, b.guests);
  EXPECT_EQ(a.alarms, b.alarms);
  EXPECT_EQ(a.related_to, b.related_to);
  EXPECT_TRUE(a == b);
}

std::string patched(std::string_view stored, const CalendarItem& before, const CalendarItem& after,
                    const core::Zone& zone = chicago()) {
  const auto bytes = patch_event(stored, before, after, zone, stamp());
  if (!bytes) {
    ADD_FAILURE() << bytes.error().text;
    return {};
  }
  return *bytes;
}

TEST(EventText, WritesTheShapeOfASitDown) {
  const std::string bytes = write_event(sitdown(), chicago(), stamp());
  for (const char* line :
       {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", "BEGIN:VTIMEZONE\r\nTZID:America/Chicago\r\n",
        "UID:iou-2f7qk@ioud\r\n", "DTSTAMP:20260304T203000Z\r\n", "CREATED:20260304T203000Z\r\n",
        "LAST-MODIFIED:20260304T203000Z\r\n", "DTSTART;TZID=America/Chicago:20260309T111500\r\n",
        "DTEND;TZID=America/Chicago:20260309T113500\r\n", "STATUS:TENTATIVE\r\n",
        "TRANSP:TRANSPARENT\r\n", "CLASS:PRIVATE\r\n", "CATEGORIES:IOU,IOU-PROPOSED\r\n",
        "RELATED-TO;RELTYPE=SIBLING:prep-2f7qk@ioud\r\n", "X-IOUD-ID:iou-2f7qk\r\n",
        "X-IOUD-V:1\r\n", "BEGIN:VALARM\r\nACTION:DISPLAY\r\n", "TRIGGER:-PT15M\r\n",
        "SEQUENCE:2\r\n"}) {
    EXPECT_THAT(bytes, HasSubstr(line));
  }
  EXPECT_EQ(bytes, write_event(sitdown(), chicago(), stamp()));
  expect_same(read_back(bytes), sitdown());
}

TEST(EventText, AllDayItemsAreDatesInNoZone) {
  const std::string bytes = write_event(birthday(), chicago(), stamp());
  EXPECT_THAT(bytes, HasSubstr("DTSTART;VALUE=DATE:20260830\r\nDTEND;VALUE=DATE:20260831\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("VTIMEZONE")));
  for (const char* zone : {"Pacific/Pago_Pago", "Pacific/Kiritimati"}) {
    expect_same(read_back(bytes, *core::Zone::find(zone)), birthday());
  }
}

TEST(EventText, AUtcRepNeedsNoTimeZone) {
  const std::string bytes = write_event(sitdown(), core::Zone(), stamp());
  EXPECT_THAT(bytes, HasSubstr("DTSTART:20260309T161500Z\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("TZID")));
  expect_same(read_back(bytes), sitdown());
}

TEST(EventText, TheRolesCategoryIsAdded) {
  CalendarItem item = birthday();
  item.categories.clear();
  EXPECT_THAT(write_event(item, chicago(), stamp()), HasSubstr("CATEGORIES:IOU-DATE\r\n"));
  item.role = Role::meeting;
  item.uid = "mtg-1@ioud";
  EXPECT_THAT(write_event(item, chicago(), stamp()), Not(HasSubstr("CATEGORIES")));
}

TEST(EventText, RolesFromUidThenCategories) {
  const auto role = [](std::string_view uid, std::string_view category) {
    return read_back("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:" + std::string(uid) +
                     "\nDTSTART:20260304T100000Z\nCATEGORIES:" + std::string(category) +
                     "\nEND:VEVENT\nEND:VCALENDAR\n")
        .role;
  };
  EXPECT_EQ(role("fav-1@ioud", "Red"), Role::reminder);
  EXPECT_EQ(role("care-1@ioud", ""), Role::nudge);
  EXPECT_EQ(role("x", "Blue,iou-planning"), Role::planning);
  EXPECT_EQ(role("x", "IOU-PREP"), Role::prep);
  EXPECT_EQ(role("x", "IOU"), Role::sitdown);
  EXPECT_EQ(role("mtg-7@ioud", "IOU"), Role::meeting);
  EXPECT_EQ(role("x", "Blue"), Role::meeting);
}

/// Random items, also with awkward words, come back as they went.
TEST(EventText, ReadingUndoesWriting) {
  std::mt19937 random(11);
  const auto pick = [&](std::initializer_list<const char*> words) {
    return std::string(*(words.begin() + random() % words.size()));
  };
  const auto words = [&] {
    std::string text;
    for (auto i = random() % 30; i > 0; --i) {
      text += pick({"belt", "; ", ", ", "\\", "\n", " – ", "é", "日本", "\"", ":", "\t",
                    "END:VEVENT", "\\n", "^n", "x", " ", "🙂"});
    }
    return text;
  };
  const std::vector<std::string> zones = {"America/Chicago",     "Europe/London",
                                          "Asia/Kolkata",        "UTC",
                                          "Australia/Lord_Howe", "Pacific/Apia"};
  for (int round = 0; round < 400; ++round) {
    CalendarItem item;
    const std::vector<std::pair<Role, std::string>> roles = {
        {Role::sitdown, "iou-"}, {Role::prep, "prep-"},     {Role::reminder, "fav-"},
        {Role::nudge, "care-"},  {Role::planning, "plan-"}, {Role::occasion, "date-"},
        {Role::meeting, "mtg-"}};
    const auto& [role, prefix] = roles[random() % roles.size()];
    item.role = role;
    item.uid = prefix + std::to_string(random()) + "@ioud";
    if (random() % 4 == 0) {
      item.day = core::add_days(*core::parse_date("2024-02-20"), static_cast<int>(random() % 3000));
    } else {
      item.start = at("2024-01-01T00:00:00Z") + std::chrono::minutes{random() % 2'628'000U};
      item.end = item.start + std::chrono::minutes{random() % 600};
    }
    item.summary = words();
    item.description = words();
    item.location = words();
    item.status = static_cast<EventStatus>(random() % 4);
    item.opaque = random() % 2 == 0;
    item.is_private = random() % 2 == 0;
    if (role != Role::meeting) item.categories = {domain::category(role)};
    if (random() % 2 == 0) item.categories.emplace_back("Comma, semicolon; here");
    if (random() % 2 == 0) {
      item.organizer = "tom@rep.test";
      item.organizer_name = core::squeezed(words());
      item.organizer_agent = pick({"", "CLIENT"});
    }
    for (auto i = random() % 4; i > 0; --i) {
      item.guests.push_back({"g" + std::to_string(i) + "@x.test", core::squeezed(words()),
                             pick({"ACCEPTED", "NEEDS-ACTION", "X-ODD"}), random() % 2 == 0,
                             pick({"", "CLIENT", "NONE"})});
    }
    for (auto i = random() % 3; i > 0; --i) item.alarms.push_back(pick({"-PT15M", "PT9H", "-P1D"}));
    item.related_to = pick({"", "prep-1@ioud"});
    item.sequence = static_cast<int>(random() % 9);
    const core::Zone zone = *core::Zone::find(zones[random() % zones.size()]);
    const std::string bytes = write_event(item, zone, stamp());
    expect_same(read_back(bytes, zone), item);
    for (const std::string& line : core::split(bytes, '\n')) {
      EXPECT_LE(line.size(), 76U);
      EXPECT_TRUE(core::is_utf8(line));
    }
    if (::testing::Test::HasFailure()) {
      std::cerr << bytes;
      return;
    }
  }
}

/// What other programs make of our bytes.
std::string rewritten(std::string bytes) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"\r\n ", ""},
           {"X-IOUD-ID:iou-2f7qk\r\n", ""},
           {"X-IOUD-V:1\r\n", ""},
           {"DTSTART;TZID=America/Chicago:20260309T111500", "DTSTART:20260309T161500Z"},
           {"DTEND;TZID=America/Chicago:20260309T113500", "DURATION:PT20M"},
           {"TRIGGER:-PT15M", "TRIGGER;RELATED=START:-P0DT0H15M0S"},
           {"CATEGORIES:IOU,IOU-PROPOSED", "CATEGORIES:IOU\r\nCATEGORIES:IOU-PROPOSED"},
           {"mailto:tom@rep.test", "MAILTO:Tom@Rep.test"},
           {";RELTYPE=SIBLING", ""}}) {
    bytes = core::replaced(bytes, from, to);
  }
  const std::size_t zone = bytes.find("BEGIN:VTIMEZONE");
  const std::size_t event = bytes.find("BEGIN:VEVENT");
  bytes.erase(zone, event - zone);
  const std::size_t summary = bytes.find("SUMMARY");
  const std::size_t uid = bytes.find("UID:");
  const std::string moved = bytes.substr(uid, summary - uid);
  bytes.erase(uid, summary - uid);
  bytes.insert(bytes.find("BEGIN:VALARM"), moved);
  return core::replaced(bytes, "\r\n", "\n");
}

TEST(EventText, ReadsWhatOtherProgramsMadeOfIt) {
  const std::string bytes = rewritten(write_event(sitdown(), chicago(), stamp()));
  EXPECT_THAT(bytes, Not(HasSubstr("TZID")));
  EXPECT_THAT(bytes, HasSubstr("DURATION:PT20M"));
  expect_same(read_back(bytes), sitdown());
}

TEST(EventText, FloatingTimesAreTheReps) {
  const auto item = read_back(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:iou-1\nDTSTART:20260309T111500\nDURATION:PT20M\n"
      "END:VEVENT\nEND:VCALENDAR\n");
  EXPECT_EQ(item.start, sitdown().start);
  EXPECT_EQ(item.end, sitdown().end);
  EXPECT_FALSE(item.is_private);
  EXPECT_TRUE(item.opaque);
}

TEST(EventText, ACustomZoneIsUnderstood) {
  std::string bytes = write_event(sitdown(), chicago(), stamp());
  bytes = core::replaced(bytes, "America/Chicago", "Customized Time Zone");
  expect_same(read_back(bytes), sitdown());
}

TEST(EventText, ReadsTheNewestCopyAndReportsBadOnes) {
  const std::string one =
      "BEGIN:VEVENT\nUID:iou-1\nSEQUENCE:1\nSUMMARY:old\nDTSTART:20260309T111500Z\nEND:VEVENT\n";
  const std::string two =
      core::replaced(core::replaced(one, "old", "new"), "SEQUENCE:1", "SEQUENCE:2");
  const std::string bad = "BEGIN:VEVENT\nUID:iou-2\nDTSTART:never\nEND:VEVENT\n";
  const auto read =
      read_items("BEGIN:VCALENDAR\n" + two + one + bad + "END:VCALENDAR\n", chicago(), "a.ics");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->items.size(), 1U);
  EXPECT_EQ(read->items[0].summary, "new");
  ASSERT_EQ(read->faults.size(), 1U);
  EXPECT_EQ(read->faults[0].place, "a.ics");
  EXPECT_FALSE(read_items("nothing", chicago()));
  EXPECT_FALSE(read_items("BEGIN:VCALENDAR\n" + bad + "END:VCALENDAR\n", chicago()));
}

/// An event of ours after the rep's program has lived with it.
std::string lived_in() {
  return "BEGIN:VCALENDAR\nPRODID:-//Another Program//EN\nX-WR-CALNAME:IOUs\nBEGIN:VEVENT\n"
         "X-FIRST;X-P=\"a,b\":kept\\, as it is\nUID:iou-2f7qk@ioud\nDTSTAMP:20260301T000000Z\n"
         "DTSTART:20260309T161500Z\nDURATION:PT20M\nSUMMARY;LANGUAGE=en:Sit-down: Meg Alvarez – \n"
         " introductions\nCATEGORIES:Blue,IOU,IOU-PROPOSED\nSTATUS:TENTATIVE\nTRANSP:TRANSPARENT\n"
         "CLASS:PRIVATE\nATTENDEE;CN=\"Reyes, "
         "Tom\";X-NUM-GUESTS=0;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;\n"
         "\tSCHEDULE-AGENT=CLIENT:mailto:tom@rep.test\nATTENDEE:mailto:stranger@x.test\n"
         "RELATED-TO:prep-2f7qk@ioud\nRELATED-TO;RELTYPE=PARENT:project@x\nSEQUENCE:2\n"
         "BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT5M\nX-APPLE-DEFAULT-ALARM:TRUE\nEND:VALARM\n"
         "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\n"
         "BEGIN:X-VENDOR\nX-A:1\nEND:X-VENDOR\nEND:VCALENDAR\n";
}

TEST(EventText, APatchWithoutAChangeIsNoPatch) {
  EXPECT_EQ(patched(lived_in(), sitdown(), sitdown()), lived_in());
  CalendarItem reordered = sitdown();
  std::swap(reordered.categories[0], reordered.categories[1]);
  EXPECT_EQ(patched(lived_in(), sitdown(), reordered), lived_in());
}

TEST(EventText, APatchChangesOnlyWhatDiffers) {
  CalendarItem after = sitdown();
  after.status = EventStatus::confirmed;
  after.opaque = true;
  after.categories = {"IOU"};
  after.sequence = 3;
  const std::string bytes = patched(lived_in(), sitdown(), after);
  std::string expected = lived_in();
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"STATUS:TENTATIVE", "STATUS:CONFIRMED"},
           {"TRANSP:TRANSPARENT", "TRANSP:OPAQUE"},
           {"CATEGORIES:Blue,IOU,IOU-PROPOSED", "CATEGORIES:Blue,IOU"},
           {"SEQUENCE:2", "SEQUENCE:3"},
           {"DTSTAMP:20260301T000000Z", "DTSTAMP:20260304T203000Z"}}) {
    expected = core::replaced(expected, from, to);
  }
  EXPECT_EQ(bytes, expected);
}

TEST(EventText, AMoveBringsItsZone) {
  CalendarItem after = sitdown();
  after.start += std::chrono::hours{24};
  after.end += std::chrono::hours{24};
  const std::string bytes = patched(lived_in(), sitdown(), after);
  EXPECT_THAT(bytes, HasSubstr("DTSTART;TZID=America/Chicago:20260310T111500\n"));
  EXPECT_THAT(bytes, HasSubstr("DTEND;TZID=America/Chicago:20260310T113500\n"));
  EXPECT_THAT(bytes, HasSubstr("X-WR-CALNAME:IOUs\nBEGIN:VTIMEZONE\nTZID:America/Chicago\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("DURATION")));
  EXPECT_THAT(bytes, Not(HasSubstr("\r")));
  EXPECT_EQ(read_back(bytes).start, after.start);
  EXPECT_EQ(read_back(bytes).end, after.end);
  // Once more: the zone is there already.
  CalendarItem again = after;
  again.end += std::chrono::minutes{10};
  const std::string longer = patched(bytes, after, again);
  EXPECT_EQ(core::replaced(longer, "T114500", "T113500"), bytes);
  EXPECT_THAT(patched(lived_in(), sitdown(), after, core::Zone()), Not(HasSubstr("VTIMEZONE")));
}

TEST(EventText, FromTimedToAllDayAndBack) {
  CalendarItem day = sitdown();
  day.day = core::parse_date("2026-03-11");
  const std::string bytes = patched(lived_in(), sitdown(), day);
  EXPECT_THAT(bytes, HasSubstr("DTSTART;VALUE=DATE:20260311\n"));
  EXPECT_THAT(bytes, HasSubstr("DTEND;VALUE=DATE:20260312\n"));
  EXPECT_EQ(read_back(bytes).day, day.day);
  EXPECT_EQ(read_back(patched(bytes, day, sitdown())).start, sitdown().start);
}

TEST(EventText, GuestsArePatchedOneByOne) {
  CalendarItem after = sitdown();
  after.guests[0].partstat = "ACCEPTED";
  after.guests.push_back({"meg@acme.test", "Meg", "NEEDS-ACTION", true, "CLIENT"});
  const std::string bytes = patched(lived_in(), sitdown(), after);
  EXPECT_THAT(core::replaced(bytes, "\n ", ""),
              HasSubstr("ATTENDEE;CN=\"Reyes, Tom\";PARTSTAT=ACCEPTED;RSVP=TRUE;"
                        "SCHEDULE-AGENT=CLIENT;X-NUM-GUESTS=0:mailto:tom@rep.test\n"));
  EXPECT_THAT(bytes, HasSubstr("ATTENDEE:mailto:stranger@x.test\n"));
  EXPECT_EQ(read_back(bytes).guests.size(), 3U);
  EXPECT_EQ(read_back(patched(bytes, after, sitdown())).guests.size(), 2U);
  CalendarItem alone = sitdown();
  alone.guests.clear();
  EXPECT_EQ(read_back(patched(lived_in(), sitdown(), alone)).guests.size(), 1U);
}

TEST(EventText, TextsOrganiserAndRelations) {
  CalendarItem after = sitdown();
  after.summary = "Sit-down: Meg Alvarez – network";
  after.description.clear();
  after.location = "Dock 3";
  after.is_private = false;
  after.related_to = "prep-other@ioud";
  const std::string bytes = patched(lived_in(), sitdown(), after);
  EXPECT_THAT(bytes, HasSubstr("SUMMARY;LANGUAGE=en:Sit-down: Meg Alvarez – network\n"));
  EXPECT_THAT(bytes, HasSubstr("RELATED-TO;RELTYPE=SIBLING:prep-other@ioud\n"));
  EXPECT_THAT(bytes, HasSubstr("RELATED-TO;RELTYPE=PARENT:project@x\n"));
  EXPECT_THAT(bytes, HasSubstr("LOCATION:Dock 3\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("CLASS")));
  CalendarItem bare = after;
  bare.related_to.clear();
  bare.organizer.clear();
  bare.summary.clear();
  const std::string less = patched(bytes, after, bare);
  EXPECT_THAT(less, Not(HasSubstr("prep-other")));
  EXPECT_THAT(less, Not(HasSubstr("SUMMARY")));
  CalendarItem named = bare;
  named.organizer = "tom@rep.test";
  named.related_to = "prep-3@ioud";
  EXPECT_EQ(read_back(patched(less, bare, named)).organizer, "tom@rep.test");
  EXPECT_EQ(read_back(patched(less, bare, named)).related_to, "prep-3@ioud");
}

TEST(EventText, AlarmsOfOthersStay) {
  CalendarItem after = sitdown();
  after.alarms = {"-PT30M"};
  const std::string bytes = patched(lived_in(), sitdown(), after);
  EXPECT_THAT(bytes, HasSubstr("X-APPLE-DEFAULT-ALARM:TRUE\nEND:VALARM\nBEGIN:VALARM\n"));
  EXPECT_EQ(read_back(bytes).alarms, (std::vector<std::string>{"-PT5M", "-PT30M"}));
  EXPECT_EQ(read_back(patched(bytes, after, sitdown())).alarms,
            (std::vector<std::string>{"-PT5M", "-PT15M"}));
  CalendarItem known = sitdown();
  known.alarms = {"-PT15M", "-PT5M"};
  EXPECT_EQ(patched(lived_in(), sitdown(), known), lived_in());
}

TEST(EventText, WhatCannotBePatched) {
  CalendarItem other = sitdown();
  other.uid = "iou-other@ioud";
  EXPECT_EQ(patch_event(lived_in(), other, other, chicago(), stamp()).error().fault,
            core::Fault::not_found);
  const std::string cut = lived_in().substr(0, lived_in().find("STATUS"));
  EXPECT_EQ(patch_event(cut, sitdown(), sitdown(), chicago(), stamp()).error().fault,
            core::Fault::protocol);
}

TEST(EventText, PatchesReachWhatWritingWouldHaveGiven) {
  const CalendarItem from = sitdown();
  CalendarItem to = birthday();
  to.uid = from.uid;
  to.role = from.role;
  expect_same(ordered(read_back(patched(write_event(from, chicago(), stamp()), from, to))),
              ordered(to));
}

TEST(EventText, InvitationsCarryNothingPrivate) {
  CalendarItem item = sitdown();
  item.uid = "mtg-1@ioud";
  item.role = Role::meeting;
  item.guests = {{"meg@acme.test", "Meg Alvarez", "NEEDS-ACTION", true, "CLIENT"}};
  const std::string request = write_imip(item, "REQUEST", chicago(), stamp());
  EXPECT_THAT(request, HasSubstr("METHOD:REQUEST\r\n"));
  EXPECT_THAT(request, HasSubstr("UID:mtg-1@ioud\r\n"));
  for (const char* hidden :
       {"VALARM", "CATEGORIES", "CLASS", "RELATED-TO", "X-IOUD", "SCHEDULE-AGENT"}) {
    EXPECT_THAT(request, Not(HasSubstr(hidden)));
  }
  const std::string cancel = write_imip(item, "CANCEL", chicago(), stamp());
  EXPECT_THAT(cancel, HasSubstr("STATUS:CANCELLED\r\n"));
  EXPECT_EQ(read_calendar(cancel)->method, "CANCEL");
}

TEST(EventText, DurationsHaveOneSpelling) {
  for (const auto& [text, canonical] :
       std::vector<std::pair<std::string, std::string>>{{"-PT15M", "-PT15M"},
                                                        {"-P0DT0H15M0S", "-PT15M"},
                                                        {"PT90M", "PT1H30M"},
                                                        {"P1W", "P7D"},
                                                        {"-P6DT15H", "-P6DT15H"},
                                                        {"PT0S", "PT0S"},
                                                        {"-PT0M", "PT0S"},
                                                        {"+PT9H", "PT9H"},
                                                        {"PT24H", "PT24H"},
                                                        {"PT61S", "PT1M1S"},
                                                        {"P", ""},
                                                        {"PT", ""},
                                                        {"15M", ""},
                                                        {"P1H", ""},
                                                        {"PT1D", ""},
                                                        {"PT5", ""},
                                                        {"P99999999999D", ""},
                                                        {"", ""}}) {
    EXPECT_EQ(canonical_duration(text), canonical) << text;
  }
}

}  // namespace
}  // namespace ioud::formats
