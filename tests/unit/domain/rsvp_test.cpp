#include "domain/rsvp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/approval.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

core::Instant at(const char* text) { return *core::parse_rfc3339(text); }

/// A sit-down with Meg, to which she was invited; the invitation was changed twice.
class Rsvp : public testing::Test {
 protected:
  Rsvp() {
    setting_.rep.addresses = {"tom@rep.test"};
    Iou iou;
    iou.id = "i1";
    iou.client = "Acme Press";
    iou.contact = "meg@acme.test";
    iou.state = IouState::offered;
    iou.opened = at("2026-03-04T12:00:00Z");
    iou.invitation = Invitation{};
    iou.invitation->uid = "mtg-1@ioud";
    iou.invitation->sequence = 2;
    ledger_.ious["i1"] = iou;
  }

  void answer(const std::string& method, const std::string& uid, const std::string& from,
              const std::string& partstat, int sequence = 2, const std::string& attendee = "") {
    Mail mail;
    mail.message_id = "a" + std::to_string(++mails_) + "@acme.test";
    mail.from = from;
    mail.date = at("2026-03-06T12:00:00Z");
    mail.answer = CalendarAnswer{};
    mail.answer->method = method;
    mail.answer->uid = uid;
    mail.answer->sequence = sequence;
    mail.answer->attendee = attendee.empty() ? from : attendee;
    mail.answer->partstat = partstat;
    Pass pass{ledger_, facts_, setting_, at("2026-03-06T12:05:00Z")};
    take_calendar_answer(pass, mail);
  }
  const Iou& iou() const { return ledger_.ious.at("i1"); }

  Ledger ledger_;
  Facts facts_;
  Setting setting_;
  int mails_ = 0;
};

TEST_F(Rsvp, TheContactsYesAndNoCount) {
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "TENTATIVE");
  EXPECT_EQ(iou().state, IouState::offered);
  EXPECT_EQ(iou().invitation->partstat, "TENTATIVE");
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "ACCEPTED");
  EXPECT_EQ(iou().state, IouState::scheduled);
  EXPECT_THAT(ledger_.review, IsEmpty());
}

TEST_F(Rsvp, ANoDeclinesItAndANoAfterAYesCancelsIt) {
  const Ledger before = ledger_;
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "DECLINED");
  EXPECT_EQ(iou().state, IouState::declined);
  ledger_ = before;
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "ACCEPTED");
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "DECLINED");
  EXPECT_EQ(iou().state, IouState::proposed);
  EXPECT_TRUE(iou().invitation->cancelled);
  ledger_ = before;
  ledger_.ious.at("i1").proposed_again = true;
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "ACCEPTED");
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "DECLINED");
  EXPECT_EQ(iou().state, IouState::kept);
}

TEST_F(Rsvp, AnotherTimeIsAYesWithoutATime) {
  answer("COUNTER", "mtg-1@ioud", "meg@acme.test", "");
  EXPECT_EQ(iou().state, IouState::agreed);
  EXPECT_EQ(iou().invitation->partstat, "TENTATIVE");
}

TEST_F(Rsvp, AnotherUidOrAnOlderSequenceChangesNothing) {
  const Ledger before = ledger_;
  answer("REPLY", "mtg-2@ioud", "meg@acme.test", "DECLINED");
  answer("REPLY", "mtg-1", "meg@acme.test", "DECLINED");
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "DECLINED", 1);
  answer("COUNTER", "mtg-1@ioud", "meg@acme.test", "", 0);
  answer("REPLY", "lunch@acme.test", "meg@acme.test", "DECLINED");
  EXPECT_EQ(ledger_.ious, before.ious);
  ASSERT_THAT(ledger_.review, SizeIs(1)) << "mtg-2 looks like ours and is not on record";
  EXPECT_EQ(ledger_.review.begin()->second.kind, "stray");
}

TEST_F(Rsvp, AnAnswerToTheInvitationBeforeIsNoStray) {
  answer("REPLY", meeting_uid("i1", false), "meg@acme.test", "DECLINED");
  EXPECT_EQ(iou().state, IouState::offered);
  EXPECT_THAT(ledger_.review, IsEmpty());
}

TEST_F(Rsvp, WhoWasNotInvitedChangesNothingAndIsReportedOnce) {
  const Ledger before = ledger_;
  answer("REPLY", "mtg-1@ioud", "karen@acme.test", "DECLINED");
  answer("REPLY", "mtg-1@ioud", "karen@acme.test", "ACCEPTED");
  answer("COUNTER", "mtg-1@ioud", "karen@acme.test", "");
  EXPECT_EQ(ledger_.ious, before.ious);
  ASSERT_THAT(ledger_.review, SizeIs(1));
  EXPECT_THAT(ledger_.review.begin()->second.text, HasSubstr("karen@acme.test"));
}

TEST_F(Rsvp, NobodyAnswersInTheContactsName) {
  const Ledger before = ledger_;
  answer("REPLY", "mtg-1@ioud", "mallory@elsewhere.test", "DECLINED", 2, "meg@acme.test");
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "DECLINED", 2, "karen@acme.test");
  EXPECT_EQ(ledger_.ious, before.ious);
  EXPECT_THAT(ledger_.review, SizeIs(2));
}

TEST_F(Rsvp, ARefreshOrAClientsCancelChangesNothingAndARefreshIsReported) {
  const Ledger before = ledger_;
  for (const char* method : {"REFRESH", "CANCEL", "REQUEST", "PUBLISH", "ADD"})
    answer(method, "mtg-1@ioud", "meg@acme.test", "DECLINED");
  EXPECT_EQ(ledger_.ious, before.ious);
  ASSERT_THAT(ledger_.review, SizeIs(1));
  EXPECT_EQ(ledger_.review.begin()->second.kind, "refresh");
  EXPECT_THAT(ledger_.review.begin()->second.text, HasSubstr("nothing was sent"));
}

TEST_F(Rsvp, NothingCountsAfterTheInvitationWasCalledOff) {
  ledger_.ious.at("i1").invitation->cancelled = true;
  const Ledger before = ledger_;
  answer("REPLY", "mtg-1@ioud", "meg@acme.test", "ACCEPTED");
  answer("COUNTER", "mtg-1@ioud", "meg@acme.test", "");
  EXPECT_EQ(ledger_.ious, before.ious);
}

}  // namespace
}  // namespace ioud::domain
