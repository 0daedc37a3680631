#include "formats/imip.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ioud::formats {
namespace {

using ::testing::HasSubstr;

std::string answer(std::string_view method, std::string_view lines) {
  std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  if (!method.empty()) out += "METHOD:" + std::string(method) + "\r\n";
  return out + "BEGIN:VEVENT\r\n" + std::string(lines) + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

core::Zone utc() { return {}; }

TEST(Imip, ReadsAnOutlookReply) {
  const auto read = read_answer(
      answer("reply",
             "UID:mtg-1@ioud\r\nSEQUENCE:1\r\nDTSTART;TZID=Central Standard "
             "Time:20260309T111500\r\nDTEND;TZID=Central Standard Time:20260309T113500\r\n"
             "ATTENDEE;PARTSTAT=ACCEPTED;CN=\"Meg\":MAILTO:MEG@ACME.TEST\r\n"),
      "", "meg@acme.test", utc());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->method, "REPLY");
  EXPECT_EQ(read->uid, "mtg-1@ioud");
  EXPECT_EQ(read->sequence, 1);
  EXPECT_EQ(read->attendee, "meg@acme.test");
  EXPECT_EQ(read->partstat, "ACCEPTED");
  EXPECT_EQ(read->start, core::parse_rfc3339("2026-03-09T16:15:00Z"));
  EXPECT_EQ(read->end, core::parse_rfc3339("2026-03-09T16:35:00Z"));
}

TEST(Imip, TheSenderIsWhoAnswers) {
  const std::string counter =
      answer("COUNTER",
             "UID:1\r\nDTSTART:20260310T160000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x\r\n"
             "ATTENDEE;PARTSTAT=TENTATIVE:mailto:b@x\r\nATTENDEE:mailto:c@x\r\n");
  EXPECT_EQ(read_answer(counter, "", "b@x", utc())->partstat, "TENTATIVE");
  EXPECT_EQ(read_answer(counter, "", "unknown@x", utc())->attendee, "a@x");
  EXPECT_EQ(
      read_answer(answer("REPLY", "UID:1\r\nATTENDEE:mailto:c@x\r\n"), "", "", utc())->attendee,
      "c@x");
  EXPECT_EQ(read_answer(answer("REPLY", "UID:1\r\n"), "", "", utc())->attendee, "");
}

TEST(Imip, TheMailsMethodStandsIn) {
  const auto read = read_answer(answer("", "UID:1\r\n"), "REPLY", "", utc());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->method, "REPLY");
  EXPECT_FALSE(read->start);
}

TEST(Imip, BadAnswersSayWhatTheyLack) {
  EXPECT_THAT(read_answer("junk", "REPLY", "", utc()).error().text, HasSubstr("no VEVENT"));
  EXPECT_THAT(read_answer(answer("", "UID:1\r\n"), "", "", utc()).error().text,
              HasSubstr("no METHOD"));
  EXPECT_THAT(read_answer(answer("REPLY", ""), "", "", utc()).error().text, HasSubstr("no UID"));
  EXPECT_THAT(
      read_answer(answer("COUNTER", "UID:1\r\nDTSTART:soon\r\n"), "", "", utc()).error().text,
      HasSubstr("DTSTART is \"soon\""));
  EXPECT_THAT(read_answer(answer("REPLY", "UID:1\r\nJUNK\r\n"), "", "", utc()).error().text,
              HasSubstr("found \"JUNK\""));
}

}  // namespace
}  // namespace ioud::formats
