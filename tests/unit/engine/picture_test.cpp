#include "engine/picture.hpp"

#include <gmock/gmock.h>

#include "engine_desk.hpp"

namespace ioud::engine {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class PictureTest : public testing::Test, protected EngineDesk {
 protected:
  domain::Facts picture() {
    domain::Ledger now = ledger();
    auto intake = fakes::run(take_in(setup, parts(), now));
    auto facts = picture_of(setup, parts(), std::move(*intake), now, clock.now());
    EXPECT_TRUE(facts.has_value());
    return facts ? std::move(*facts) : domain::Facts();
  }
  void put(const std::string& calendar, const std::string& uid, const std::string& lines) {
    server->plant(server->calendars[calendar], uid + ".ics",
                  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" + uid +
                      "\r\nDTSTAMP:20260301T000000Z\r\n" + lines +
                      "END:VEVENT\r\nEND:VCALENDAR\r\n");
  }
};

constexpr const char* at_ten = "DTSTART:20260309T150000Z\r\nDTEND:20260309T160000Z\r\n";

TEST_F(PictureTest, SeriesAreExpandedOnlyAsFarAsTheyMatter) {
  put("work", "weekly@work.test",
      "DTSTART:20250106T150000Z\r\nDTEND:20250106T160000Z\r\nRRULE:FREQ=WEEKLY\r\n");
  const domain::Facts facts = picture();
  ASSERT_THAT(facts.occurrences, testing::Not(IsEmpty()));
  EXPECT_GE(facts.occurrences.front().start, clock.now() - std::chrono::days(3));
  EXPECT_LE(facts.occurrences.back().start, clock.now() + std::chrono::days(121));
  EXPECT_THAT(facts.occurrences, SizeIs(testing::AllOf(testing::Ge(16U), testing::Le(19U))));
}

TEST_F(PictureTest, MeetingsWithAContactCountBackToTheLookBack) {
  put("work", "acme@work.test",
      "DTSTART:20250601T150000Z\r\nDTEND:20250601T160000Z\r\nATTENDEE:mailto:meg@acme.test\r\n");
  EXPECT_THAT(picture().occurrences, SizeIs(1));
}

TEST_F(PictureTest, BusyIsWhatTakesTheRepsTime) {
  put("work", "a@work.test", at_ten);
  put("work", "b@work.test", std::string(at_ten) + "TRANSP:TRANSPARENT\r\n");
  put("work", "c@work.test", std::string(at_ten) + "STATUS:CANCELLED\r\n");
  put("work", "d@work.test",
      std::string(at_ten) + "ATTENDEE;PARTSTAT=DECLINED:mailto:tom@rep.test\r\n");
  put("private", "e@work.test", at_ten);
  const domain::Facts facts = picture();
  ASSERT_THAT(facts.occurrences, SizeIs(5));
  for (const domain::Occurrence& one : facts.occurrences) {
    EXPECT_EQ(one.busy, one.uid == "a@work.test" || one.uid == "e@work.test") << one.uid;
    EXPECT_EQ(one.readable, one.uid != "e@work.test") << one.uid;
    EXPECT_EQ(one.cancelled, one.uid == "c@work.test") << one.uid;
  }
}

TEST_F(PictureTest, ARuleThatCannotBeExpandedStopsNothing) {
  put("work", "a@work.test", std::string(at_ten) + "RRULE:FREQ=SECONDLY\r\n");
  put("work", "b@work.test", at_ten);
  EXPECT_THAT(picture().occurrences,
              testing::Contains(testing::Field(&domain::Occurrence::uid, "b@work.test")));
}

TEST_F(PictureTest, AMailInTwoFoldersIsOne) {
  promise();
  server->plant(server->mail, "copy", server->mail.objects["promise"].bytes, Box::other,
                clock.now());
  const domain::Facts facts = picture();
  ASSERT_THAT(facts.mails, SizeIs(1));
  EXPECT_EQ(facts.mails.front().box, Box::sent);
}

TEST_F(PictureTest, AYesToARequestIsJoinedAcrossTheThread) {
  mail("ask", "meg@acme.test", "tom@rep.test", "Wed, 04 Mar 2026 14:10:00 -0600",
       "Could you get us the drive belt from the warehouse by Friday?", Box::inbox);
  mail("yes", "tom@rep.test", "meg@acme.test", "Wed, 04 Mar 2026 14:25:00 -0600", "Sure, will do.",
       Box::sent,
       "Subject: Re: Press\r\nIn-Reply-To: <ask@post.test>\r\nReferences: <ask@post.test>\r\n");
  pass();
  EXPECT_EQ(ledger().favours.size(), 1U);
}

TEST_F(PictureTest, CapturesAreReadAgainstThePeopleKnown) {
  put("work", "cap@work.test", std::string(at_ten) + "SUMMARY:favour Meg: belt\r\n");
  put("work", "who@work.test", std::string(at_ten) + "SUMMARY:favour Zoltan: belt\r\n");
  put("work", "day@work.test",
      "DTSTART;VALUE=DATE:20260309\r\nDTEND;VALUE=DATE:20260310\r\nSUMMARY:favour Acme Press: a "
      "catalogue\r\n");
  mail("note", "tom@rep.test", "tom@rep.test", "Wed, 04 Mar 2026 14:25:00 -0600",
       "favour Meg: a sample, 2h", Box::inbox);
  server->plant(server->mail, "note2", server->mail.objects["note"].bytes, Box::sent, clock.now());
  const domain::Facts facts = picture();
  ASSERT_THAT(facts.captures, SizeIs(4));
  std::size_t sure = 0;
  for (const domain::CaptureNote& note : facts.captures) {
    if (note.is_sure) ++sure;
    EXPECT_EQ(note.is_sure, note.id != "who@work.test") << note.id;
    EXPECT_EQ(note.day.has_value(), note.id == "day@work.test");
    EXPECT_EQ(note.start.has_value(), note.id == "cap@work.test" || note.id == "who@work.test");
  }
  EXPECT_EQ(sure, 3U);
}

TEST_F(PictureTest, NotesBecomeAFavourOfTheMeetingsDay) {
  put("work", "visit@work.test",
      "DTSTART:20260304T150000Z\r\nDTEND:20260304T160000Z\r\nSUMMARY:Acme\r\n"
      "DESCRIPTION:Tom: I'll bring the belt on Friday.\r\nATTENDEE:mailto:meg@acme.test\r\n");
  pass();
  const domain::Ledger now = ledger();
  ASSERT_EQ(now.favours.size(), 1U);
  EXPECT_EQ(now.favours.begin()->second.evidence.front().source, "event");
}

TEST_F(PictureTest, OursStandsAndIsNotBusy) {
  promise();
  pass();
  const domain::Facts facts = picture();
  EXPECT_THAT(facts.standing, SizeIs(3));
  EXPECT_THAT(facts.occurrences, IsEmpty());
  EXPECT_THAT(facts.drafts, SizeIs(1));
}

}  // namespace
}  // namespace ioud::engine
