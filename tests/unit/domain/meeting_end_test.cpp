// How a meeting with a client ends other than by a word of the rep: the client cancels it, what it
// was for falls through, the rep deletes it or puts it back. Nobody is left waiting for it, and
// nobody hears what he said himself.

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/approval.hpp"
#include "domain/review_book.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

/// Meg was invited on Thursday 5 March to the talk of Monday 9 March, 10:00.
class MeetingEnd : public testing::Test, protected Desk {
 protected:
  MeetingEnd() { invite(); }
  void agree(const char* time) {
    client_answers("yes" + std::to_string(++mails_), "ACCEPTED", iou().invitation->sequence);
    settle(time);
  }
  void cancel_by_client(const char* time) {
    client_answers("no" + std::to_string(++mails_), "DECLINED", iou().invitation->sequence);
    settle(time);
  }
  void fall_through(const char* time, SignalKind kind = SignalKind::no_longer_needed) {
    at(time);
    Mail& mail = kind == SignalKind::cancel ? sent("off", "meg@acme.test", {}, "promise")
                                            : received("off", "meg@acme.test", {}, "promise");
    mail.reading.signals = {signal(kind, "belt")};
    settle();
  }
  void say(const std::string& word) { item("mtg-").summary = word + " " + item("mtg-").summary; }
  const ReviewLine* line() const {
    for (const auto& [id, one] : ledger.review)
      if (one.kind == "fallen") return &one;
    return nullptr;
  }
  int mails_ = 0;
};

TEST_F(MeetingEnd, WhatTheClientCancelsIsProposedOnceMoreAndThenKept) {
  setting.policy.limits.client_message_days = 0;
  agree("2026-03-05 12:00");
  const std::string first = iou().invitation->uid;
  cancel_by_client("2026-03-05 14:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(count("mtg-"), 0U);
  EXPECT_EQ(count("iou-"), 1U);
  EXPECT_GE(iou().sitdown->start, when("2026-03-09 10:20")) << "not the time that he gave up";
  settle("2026-03-05 16:00");
  EXPECT_THAT(left, SizeIs(1)) << "he knows";
  answer_sitdown("ACCEPTED");
  settle("2026-03-06 09:00");
  settle("2026-03-06 09:10");
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left.back().kind, "invitation");
  EXPECT_NE(iou().invitation->uid, first);
  agree("2026-03-06 10:00");
  cancel_by_client("2026-03-06 11:00");
  EXPECT_EQ(state(), IouState::kept);
  settle("2026-03-06 12:00");
  EXPECT_THAT(left, SizeIs(2));
  int declined = 0;
  for (const auto& [id, row] : ledger.trust) declined += row.cause == "declined" ? 1 : 0;
  EXPECT_EQ(declined, 0) << "what he agreed to he did not refuse";
}

TEST_F(MeetingEnd, AfterTwoMeetingsAnAcceptedTalkIsKept) {
  iou().invitation->uid = meeting_uid(iou().id, true);
  iou().invitation->cancelled = iou().proposed_again = true;
  iou().state = IouState::proposed;
  settle("2026-03-05 12:00");
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 13:00");
  settle("2026-03-05 14:00");
  EXPECT_EQ(state(), IouState::kept);
  EXPECT_THAT(left, SizeIs(1)) << "no second life of a meeting that was cancelled";
}

TEST_F(MeetingEnd, AnUpdateInItsHoldIsCalledOffByTheClientsNo) {
  agree("2026-03-05 12:00");
  item("mtg-").location = "Corner Coffee";
  settle("2026-03-05 13:00");
  client_answers("no", "DECLINED", 1);
  settle("2026-03-05 13:05");
  settle("2026-03-05 14:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_THAT(left, SizeIs(1));
}

TEST_F(MeetingEnd, WhoSaidNoHimselfHearsOfNoEnd) {
  for (const char* word : {"no", "banked", "forgive", "done"}) {
    SCOPED_TRACE(word);
    Desk desk;
    desk.invite();
    desk.item("mtg-").summary = std::string(word) + " " + desk.item("mtg-").summary;
    desk.settle("2026-03-05 11:00");
    const IouState ended = desk.state();
    desk.client_answers("no", "DECLINED");
    desk.settle("2026-03-05 11:05");
    desk.settle("2026-03-05 12:00");
    EXPECT_THAT(desk.left, SizeIs(1));
    EXPECT_EQ(desk.state(), ended);
    EXPECT_EQ(waiting_approvals(desk.ledger), 0);
  }
}

TEST_F(MeetingEnd, ALateYesBringsNothingBackThatTheRepPutBy) {
  say("banked");
  settle("2026-03-05 11:00");
  client_answers("yes", "ACCEPTED");
  client_answers("other", "", 0, "COUNTER");
  settle("2026-03-05 11:05");
  EXPECT_EQ(state(), IouState::banked);
  settle("2026-03-05 11:10");
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left.back().mail.method, "CANCEL");
  EXPECT_EQ(state(), IouState::banked);
}

TEST_F(MeetingEnd, ByADeletionItIsGoneAtOnceAndWhatIsPutBackStays) {
  const Standing before = *standing("mtg-");
  remove("mtg-");
  settle("2026-03-05 11:00");
  EXPECT_EQ(count("mtg-"), 0U) << "the hold puts nothing back";
  EXPECT_EQ(waiting_approvals(ledger), 1);
  facts.standing.push_back(before);
  settle("2026-03-05 11:05");
  EXPECT_EQ(waiting_approvals(ledger), 0);
  settle("2026-03-05 11:30");
  EXPECT_THAT(left, SizeIs(1));
  EXPECT_EQ(count("mtg-"), 1U);
}

TEST_F(MeetingEnd, AFavourThatFallsThroughLeavesTheMeetingAndALine) {
  for (const SignalKind kind : {SignalKind::no_longer_needed, SignalKind::cancel}) {
    if (kind == SignalKind::cancel) {
      static_cast<Desk&>(*this) = Desk();
      invite();
    }
    const CalendarItem before = item("mtg-");
    fall_through("2026-03-05 12:00", kind);
    EXPECT_EQ(favour().state, FavourState::cancelled);
    EXPECT_EQ(state(), IouState::offered);
    EXPECT_TRUE(says_the_same(item("mtg-"), before)) << "the client's copy says so too";
    ASSERT_NE(line(), nullptr);
    EXPECT_THAT(line()->text, HasSubstr("Meg Alvarez"));
    EXPECT_THAT(line()->text, HasSubstr("\"drop belt\" fell through"));
    EXPECT_THAT(line()->text, HasSubstr("9 Mar"));
    EXPECT_FALSE(line()->done);
    settle("2026-03-05 13:00");
    EXPECT_THAT(left, SizeIs(1));
    EXPECT_EQ(ledger.review.size(), 1U);
  }
}

TEST_F(MeetingEnd, OfAFavourThatFellThroughTheWordNoTellsTheClient) {
  fall_through("2026-03-05 12:00");
  say("no");
  settle("2026-03-05 13:00");
  EXPECT_EQ(state(), IouState::void_) << "a proposal that he turned down it is not";
  EXPECT_THAT(left, SizeIs(1));
  settle("2026-03-05 13:10");
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left.back().mail.method, "CANCEL");
  EXPECT_EQ(left.back().mail.event->summary, left.front().mail.event->summary);
  EXPECT_TRUE(line()->done);
  EXPECT_EQ(count("mtg-") + count("iou-") + count("prep-"), 0U);
}

TEST_F(MeetingEnd, NoInTheReviewOrADeletionDoesSoToo) {
  fall_through("2026-03-05 12:00");
  for (auto& [id, one] : ledger.review)
    if (one.kind == "fallen") {
      one.mailed_at = now;
      one.number = 1;
      one.mail = "review";
    }
  Pass p = pass();
  EXPECT_TRUE(answer_review(p, "review", "1 no"));
  settle("2026-03-05 13:00");
  settle("2026-03-05 13:10");
  EXPECT_THAT(left, SizeIs(2));
  EXPECT_EQ(state(), IouState::void_);

  Desk other;
  other.invite();
  Mail& mail = other.received("off", "meg@acme.test", {}, "promise");
  mail.reading.signals = {signal(SignalKind::no_longer_needed, "belt")};
  other.settle("2026-03-05 12:00");
  other.remove("mtg-");
  other.settle("2026-03-05 13:00");
  other.settle("2026-03-05 13:10");
  EXPECT_THAT(other.left, SizeIs(2));
  EXPECT_EQ(other.state(), IouState::void_) << "nothing is left to propose once more";
}

TEST_F(MeetingEnd, AMeetingWithoutAFavourIsNotAskedForASecondTime) {
  fall_through("2026-03-05 12:00");
  settle("2026-03-09 06:00");
  EXPECT_EQ(count("care-"), 0U);
  say("ok");
  settle("2026-03-09 07:00");
  EXPECT_EQ(waiting_approvals(ledger), 0);
}

TEST_F(MeetingEnd, WhatTheRepInvitedToHimselfStandsAndTheLineSaysWhoseItIs) {
  Desk desk;
  desk.propose_errand();
  desk.item("iou-").guests.push_back({"meg@acme.test", "Meg", "NEEDS-ACTION", true, ""});
  desk.settle("2026-03-05 10:00");
  Mail& mail = desk.received("off", "meg@acme.test", {}, "promise");
  mail.reading.signals = {signal(SignalKind::no_longer_needed, "belt")};
  desk.settle("2026-03-05 12:00");
  EXPECT_EQ(desk.count("iou-"), 1U) << "its removal would have his server tell her";
  ASSERT_THAT(desk.ledger.review, SizeIs(1));
  EXPECT_THAT(desk.ledger.review.begin()->second.text, HasSubstr("you invited them yourself"));
}

TEST_F(MeetingEnd, BeforeTheInvitationLeftAFavourThatFallsThroughIsVoid) {
  Desk desk;
  desk.propose_errand();
  desk.answer_sitdown("ACCEPTED");
  desk.settle("2026-03-05 10:00");
  Mail& mail = desk.received("off", "meg@acme.test", {}, "promise");
  mail.reading.signals = {signal(SignalKind::no_longer_needed, "belt")};
  desk.settle("2026-03-05 10:05");
  desk.settle("2026-03-05 10:30");
  EXPECT_THAT(desk.left, IsEmpty());
  EXPECT_EQ(desk.state(), IouState::void_);
  EXPECT_EQ(desk.count("iou-"), 0U);
}

TEST_F(MeetingEnd, NoneExpiresWhileAClientCountsOnIt) {
  item("mtg-").start = when("2026-05-04 10:00");
  item("mtg-").end = when("2026-05-04 10:20");
  settle("2026-03-05 11:00");
  settle("2026-03-05 11:10");
  settle("2026-03-20 12:00");
  ASSERT_EQ(state(), IouState::kept);
  settle("2026-04-20 12:00");
  EXPECT_EQ(state(), IouState::kept);
  EXPECT_EQ(count("mtg-"), 1U);
  settle("2026-05-04 12:00");
  EXPECT_EQ(state(), IouState::expired);
}

TEST_F(MeetingEnd, WhatTheRepInvitedToHimselfIsNeverSentAlsoAfterItExpired) {
  Desk desk;
  desk.propose_errand();
  desk.item("iou-").guests.push_back({"meg@acme.test", "Meg", "NEEDS-ACTION", true, ""});
  desk.settle("2026-03-05 10:00");
  desk.settle("2026-03-20 10:00");
  desk.settle("2026-04-20 10:00");
  ASSERT_EQ(desk.state(), IouState::expired);
  desk.item("iou-").start = when("2026-04-29 10:00");
  desk.item("iou-").end = when("2026-04-29 10:20");
  desk.settle("2026-04-20 11:00");
  desk.answer_sitdown("ACCEPTED");
  desk.settle("2026-04-21 10:00");
  desk.settle("2026-04-21 11:00");
  EXPECT_THAT(desk.left, IsEmpty());
  EXPECT_EQ(desk.state(), IouState::kept);
}

TEST_F(MeetingEnd, AnotherLengthIsToldAsALength) {
  item("mtg-").end += core::Minutes{25};
  settle("2026-03-05 11:00");
  settle("2026-03-05 11:10");
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_THAT(left.back().mail.body, HasSubstr("45 minutes"));
  EXPECT_THAT(left.back().mail.body, Not(HasSubstr("place")));
}

TEST(Limits, CountWhatLeavesInTheSamePass) {
  Desk desk;
  for (Client& one : desk.clients) one.opening_trust = 30;
  desk.meet_people();
  desk.setting.policy.limits.messages_per_day = 1;
  desk.at("2026-03-04 14:25");
  desk.sent("m1", "meg@acme.test", {Desk::promise("errand", "drop belt", Desk::due("2026-03-05"))});
  desk.sent("m2", "omar@initech.test",
            {Desk::promise("errand", "drop toner", Desk::due("2026-03-05"))});
  desk.settle("2026-03-04 14:30");
  for (Standing& one : desk.facts.standing)
    if (one.item.uid.starts_with("iou-")) one.item.guests.front().partstat = "ACCEPTED";
  ASSERT_EQ(desk.count("iou-"), 2U);
  desk.settle("2026-03-05 10:00");
  ASSERT_EQ(waiting_approvals(desk.ledger), 2);
  desk.settle("2026-03-05 10:30");
  EXPECT_THAT(desk.left, SizeIs(1));
}

}  // namespace
}  // namespace ioud::domain
