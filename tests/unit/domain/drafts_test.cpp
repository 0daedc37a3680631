#include "domain/drafts.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Drafts : public testing::Test, protected Desk {
 protected:
  /// Karen asks for help at `now`.
  Mail& request(const std::string& id, const std::string& part = "", std::optional<Due> to = {}) {
    Finding found;
    found.label = Label::favour_request;
    found.score = 0.95;
    found.quote = "Could you walk me through it?";
    found.slots.kind = "help_colleague";
    found.slots.day_part = part;
    found.slots.due = to;
    return received(id, "karen@acme.test", {found});
  }
  const DraftRecord& record() { return ledger.drafts.begin()->second; }
  std::string body() { return written_drafts.empty() ? "" : written_drafts.front().mail.body; }
};

TEST_F(Drafts, AnswerARequestInItsThread) {
  at("2026-03-04 10:00");
  request("ask").references = {"older"};
  facts.mails.back().in_reply_to = "newer";
  settle();
  ASSERT_THAT(written_drafts, SizeIs(1));
  const OutgoingMail& mail = written_drafts.front().mail;
  EXPECT_EQ(mail.in_reply_to, "ask");
  EXPECT_THAT(mail.references, testing::ElementsAre("older", "newer", "ask"));
  EXPECT_EQ(mail.to.front().address, "karen@acme.test");
  EXPECT_EQ(mail.from.address, "tom@rep.test");
  EXPECT_EQ(mail.body.find("things on then"), std::string::npos);
  EXPECT_EQ(record().kind, "request");
  EXPECT_THAT(left, IsEmpty());
  settle("2026-03-04 10:30");
  EXPECT_THAT(written_drafts, SizeIs(1));
}

TEST_F(Drafts, CountOnlyWhatReallyIsInTheWay) {
  at("2026-03-04 09:00");
  facts.occurrences = {agenda_samples::event("2026-03-04 10:00", 30, "a"),
                       agenda_samples::meeting_with("2026-03-04 10:45", 30, "x@stranger.test", "b"),
                       agenda_samples::event("2026-03-04 15:00", 30, "c"),
                       agenda_samples::event("2026-03-03 10:00", 30, "d"),
                       agenda_samples::all_day("2026-03-05", "2026-03-05")};
  request("ask", "morning", due("2026-03-04"));
  settle();
  EXPECT_THAT(body(), HasSubstr("two things"));
  EXPECT_THAT(body(), HasSubstr("can move one"));
}

TEST_F(Drafts, AnAfternoonIsOfferedInTheAfternoon) {
  at("2026-03-04 09:00");
  request("ask", "afternoon", due("2026-03-05"));
  settle();
  EXPECT_THAT(body(), HasSubstr("12:00"));
}

TEST_F(Drafts, AnUnnamedTimeAfterHoursIsTheNextBusinessDay) {
  at("2026-03-06 18:00");
  request("ask");
  settle();
  EXPECT_THAT(body(), HasSubstr("9 Mar"));
}

TEST_F(Drafts, WithoutAFreeTimeNoneIsOffered) {
  at("2026-03-04 09:00");
  facts.occurrences = {agenda_samples::event("2026-03-04 08:00", 240, "a")};
  request("ask", "morning", due("2026-03-04"));
  settle();
  ASSERT_THAT(written_drafts, SizeIs(1));
  EXPECT_EQ(body().find(":00"), std::string::npos) << body();
}

TEST_F(Drafts, AreNotWrittenWhereNobodyWaits) {
  at("2026-03-04 09:00");
  request("answered");
  sent("answer", "karen@acme.test", {}, "answered");
  request("done").reading.findings.front().answered = true;
  request("unsure").reading.findings.front().score = 0.6;
  request("bulk").is_bulk = true;
  request("robot").is_automatic = true;
  request("stranger").from = "x@stranger.test";
  request("mine").from = "tom@rep.test";
  request("draft").box = Box::drafts;
  request("invitation").answer = CalendarAnswer{};
  request("old").date = when("2026-02-28 09:00");
  settle();
  EXPECT_THAT(written_drafts, IsEmpty());
}

TEST_F(Drafts, ThreeADay) {
  at("2026-03-04 09:00");
  for (const char* id : {"a", "b", "c", "d"}) request(id);
  settle();
  EXPECT_THAT(written_drafts, SizeIs(3));
  settle("2026-03-05 09:00");
  EXPECT_THAT(written_drafts, SizeIs(4));
}

TEST_F(Drafts, AreOffWithTheFeature) {
  setting.policy.features.reply_drafts = false;
  request("ask");
  propose_errand();
  EXPECT_THAT(written_drafts, IsEmpty());
}

TEST_F(Drafts, GoUntouchedAfterThreeDays) {
  at("2026-03-04 09:00");
  request("ask");
  settle();
  settle("2026-03-07 08:59");
  EXPECT_THAT(facts.drafts, SizeIs(1));
  settle("2026-03-07 09:00");
  EXPECT_THAT(facts.drafts, IsEmpty());
  EXPECT_EQ(record().state, "removed");
}

TEST_F(Drafts, GoOnceTheRepAnsweredHimself) {
  at("2026-03-04 09:00");
  request("ask");
  settle();
  at("2026-03-04 10:00");
  sent("answer", "karen@acme.test", {}, "ask");
  settle();
  EXPECT_THAT(facts.drafts, IsEmpty());
}

TEST_F(Drafts, GoWithTheirMailOrFeature) {
  at("2026-03-04 09:00");
  request("ask");
  settle();
  setting.policy.features.reply_drafts = false;
  settle();
  EXPECT_THAT(facts.drafts, IsEmpty());
  setting.policy.features.reply_drafts = true;
  request("other");
  settle();
  ASSERT_THAT(facts.drafts, SizeIs(1));
  facts.mails.clear();
  settle();
  EXPECT_THAT(facts.drafts, IsEmpty());
}

TEST_F(Drafts, OnceEditedAreTheRepsOwn) {
  at("2026-03-04 09:00");
  request("ask");
  settle();
  facts.drafts.front().hash = "edited";
  settle("2026-03-20 09:00");
  EXPECT_THAT(facts.drafts, SizeIs(1));
  EXPECT_EQ(record().state, "edited");
}

TEST_F(Drafts, DeletedByTheRepAreNotWrittenAgain) {
  at("2026-03-04 09:00");
  request("ask");
  settle();
  facts.drafts.clear();
  facts.drafts_complete = false;
  settle();
  EXPECT_EQ(record().state, "standing");
  facts.drafts_complete = true;
  settle();
  EXPECT_EQ(record().state, "removed");
  EXPECT_THAT(written_drafts, SizeIs(1));
}

TEST_F(Drafts, AnAskBelongsToAPromiseThatIsStillAhead) {
  propose_errand();
  ASSERT_THAT(written_drafts, SizeIs(1));
  EXPECT_EQ(record().kind, "ask");
  EXPECT_THAT(body(), HasSubstr("20 min"));
  EXPECT_EQ(body()[body().find_last_not_of("\n ")] == '?' || body().find('?') != std::string::npos,
            true);
  answer_sitdown("DECLINED");
  settle("2026-03-05 09:00");
  EXPECT_THAT(facts.drafts, IsEmpty());
}

TEST_F(Drafts, AWrittenRequestGivesTheTalkItsReason) {
  at("2026-03-03 10:00");
  request("ask").from = "meg@acme.test";
  at("2026-03-04 14:25");
  sent("promise", "meg@acme.test", {promise("errand", "drop belt", due("2026-03-07"))}, "ask");
  settle("2026-03-04 14:30");
  EXPECT_THAT(item("iou-").description, HasSubstr("you asked about belt on 3 Mar"));
}

TEST_F(Drafts, ACaptureHasNoThreadToAskIn) {
  propose_capture();
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_THAT(written_drafts, IsEmpty());
}

TEST_F(Drafts, NeverNameAnotherClient) {
  at("2026-03-04 14:25");
  Mail& mail = sent("promise", "meg@acme.test",
                    {promise("errand", "bring the Initech belt", due("2026-03-07"))});
  mail.subject = "Press";
  settle("2026-03-04 14:30");
  for (const WantedDraft& draft : written_drafts)
    EXPECT_THAT(draft.mail.body, Not(HasSubstr("Initech")));
}

TEST_F(Drafts, GreetGoldAndSilverOnTheDay) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {1985, 3, 5, "gregorian"}}};
  cards[2].dates = {{"birthday", "", {1985, 3, 5, "gregorian"}}};
  meet_people();
  settle("2026-03-04 08:00");
  EXPECT_THAT(written_drafts, IsEmpty());
  settle("2026-03-05 08:00");
  ASSERT_THAT(written_drafts, SizeIs(1));
  EXPECT_EQ(written_drafts.front().record.kind, "greeting");
  EXPECT_EQ(written_drafts.front().mail.to.front().address, "meg@acme.test");
  EXPECT_THAT(body(), Not(HasSubstr("41")));
}

TEST_F(Drafts, GreetNobodyWhoWantsNone) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {1985, 3, 5, "gregorian"}}};
  cards[0].notes = {{"no-greetings", ""}};
  meet_people();
  settle("2026-03-05 08:00");
  EXPECT_THAT(written_drafts, IsEmpty());
}

}  // namespace
}  // namespace ioud::domain
