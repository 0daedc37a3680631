#include "connectors/caldav/object.hpp"

#include <gtest/gtest.h>

namespace ioud::connectors::caldav {
namespace {

const std::string sent =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ioud//EN\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\n"
    "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260301T120000Z\r\n"
    "DTSTART;TZID=X:20260309T100000\r\nSUMMARY:Coffee with a client whose name is so long that the "
    "line "
    "folds\r\nATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION;SCHEDULE-AGENT=CLIENT:mailto:a@b.test\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n";

TEST(SaysTheSame, WhateverServersDoToTheForm) {
  const std::string stored =
      "BEGIN:VCALENDAR\nPRODID:-//Server//EN\nVERSION:2.0\nX-WR-CALNAME:x\nBEGIN:VEVENT\n"
      "ATTENDEE;PARTSTAT=NEEDS-ACTION;SCHEDULE-AGENT=CLIENT;SCHEDULE-STATUS=1.1;RSVP=TRUE:mailto:"
      "a@b.test\nCREATED:20260301T120001Z\nDTSTAMP:20260301T120001Z\n"
      "DTSTART;TZID=X:20260309T100000\nSUMMARY:Coffee with a client whose\n  name is so long that "
      "the line folds\nUID:a\nX-SERVER:1\nEND:VEVENT\nEND:VCALENDAR\n";
  EXPECT_TRUE(says_the_same(sent, stored));
  EXPECT_TRUE(says_the_same(sent, sent));
}

TEST(SaysTheSame, NotWhereALineIsAnother) {
  std::string other = sent;
  other.replace(other.find("100000"), 6, "110000");
  EXPECT_FALSE(says_the_same(sent, other));
  std::string shorter = sent;
  shorter.erase(shorter.find("SUMMARY"), shorter.find("ATTENDEE") - shorter.find("SUMMARY"));
  EXPECT_FALSE(says_the_same(sent, shorter));
  EXPECT_FALSE(says_the_same(sent, ""));
}

std::string attendee(const std::string& parameters) {
  return "BEGIN:VEVENT\r\nATTENDEE" + parameters + ":mailto:meg@acme.test\r\nEND:VEVENT\r\n";
}

TEST(ServerWouldInvite, OnlyWhereAnAttendeeIsItsOwn) {
  EXPECT_FALSE(server_would_invite("BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n"));
  EXPECT_FALSE(server_would_invite(attendee(";SCHEDULE-AGENT=CLIENT")));
  EXPECT_FALSE(server_would_invite(attendee(";CN=Meg;SCHEDULE-AGENT=none")));
  EXPECT_TRUE(server_would_invite(attendee("")));
  EXPECT_TRUE(server_would_invite(attendee(";SCHEDULE-AGENT=SERVER")));
  EXPECT_TRUE(server_would_invite(attendee(";SCHEDULE-AGENT=CLIENT") + attendee("")));
}

}  // namespace
}  // namespace ioud::connectors::caldav
