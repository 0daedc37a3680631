// Silence after an invitation: the reminder, the line in the review, and never more than one second
// message.

#include "domain/silence.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/approval.hpp"
#include "domain/gesture.hpp"
#include "domain/review_book.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

/// Invited on Thursday 5 March to a talk on 19 March, which the client leaves unanswered.
class InvitedDesk : public Desk {
 public:
  void invite_for_later() {
    propose_errand();
    item("iou-").start = when("2026-03-19 14:00");
    item("iou-").end = when("2026-03-19 14:20");
    settle("2026-03-05 09:00");
    answer_sitdown("ACCEPTED");
    settle("2026-03-05 10:00");
    settle("2026-03-05 10:12");
    ASSERT_THAT(left, SizeIs(1));
  }
  void say(const std::string& word) { item("mtg-").summary = word + " " + item("mtg-").summary; }
  const ReviewLine* line() const {
    for (const auto& [id, one] : ledger.review)
      if (one.kind == "silence") return &one;
    return nullptr;
  }
};

class Silence : public testing::Test, protected InvitedDesk {};

TEST_F(Silence, RemindsTheRepAfterTwoBusinessDays) {
  invite_for_later();
  settle("2026-03-06 18:00");
  EXPECT_EQ(count("care-"), 0U);
  EXPECT_EQ(line(), nullptr);
  settle("2026-03-09 06:00");
  EXPECT_EQ(count("care-"), 1U);
  ASSERT_NE(line(), nullptr);
  EXPECT_THAT(line()->text, HasSubstr("5 Mar"));
  EXPECT_THAT(line()->text, HasSubstr("ok asks once more"));
  settle("2026-03-10 06:00");
  EXPECT_EQ(count("care-"), 1U);
  EXPECT_THAT(left, SizeIs(1));
}

TEST_F(Silence, NoneWhereTheClientSaidMaybe) {
  invite_for_later();
  client_answers("maybe", "TENTATIVE");
  settle("2026-03-09 06:00");
  EXPECT_EQ(count("care-"), 0U);
  EXPECT_EQ(line(), nullptr);
}

TEST_F(Silence, AnAnswerSettlesTheLine) {
  invite_for_later();
  settle("2026-03-09 06:00");
  client_answers("yes", "ACCEPTED");
  settle("2026-03-09 12:00");
  ASSERT_NE(line(), nullptr);
  EXPECT_TRUE(line()->done);
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Silence, AWordBeforeTheTitleHasTheClientAskedOnceMoreAndNeverAgain) {
  invite_for_later();
  settle("2026-03-09 06:00");
  const std::string title = item("mtg-").summary;
  say("ok");
  settle("2026-03-09 10:00");
  EXPECT_EQ(item("mtg-").summary, title);
  settle("2026-03-12 18:00");
  EXPECT_THAT(left, SizeIs(1)) << "four business days after the reminder";
  EXPECT_EQ(state(), IouState::offered);
  settle("2026-03-13 06:00");
  EXPECT_THAT(left, SizeIs(1)) << "the client's morning";
  settle("2026-03-13 08:30");
  ASSERT_THAT(left, SizeIs(2));
  const OutgoingMail& first = left.front().mail;
  const OutgoingMail& again = left.back().mail;
  EXPECT_EQ(left.back().kind, "second");
  EXPECT_EQ(again.method, "REQUEST");
  EXPECT_EQ(again.event->uid, first.event->uid);
  EXPECT_EQ(again.event->sequence, first.event->sequence);
  EXPECT_EQ(again.event->start, first.event->start);
  EXPECT_NE(again.message_id, first.message_id);
  EXPECT_THAT(again.body, HasSubstr("19 Mar"));
  say("ok");
  settle("2026-03-16 10:00");
  settle("2026-03-16 12:00");
  say("ok");
  settle("2026-03-18 10:00");
  settle("2026-03-18 12:00");
  EXPECT_THAT(left, SizeIs(2));
  EXPECT_EQ(item("mtg-").summary, title);
}

TEST_F(Silence, TheSevenDaysCountFromTheSecondMessage) {
  invite_for_later();
  say("ok");
  settle("2026-03-09 10:00");
  settle("2026-03-13 08:30");
  settle("2026-03-19 08:00");
  EXPECT_EQ(state(), IouState::offered);
  settle("2026-03-20 08:30");
  EXPECT_EQ(state(), IouState::kept);
}

TEST_F(Silence, AnAnswerToEitherCopyCounts) {
  invite_for_later();
  say("ok");
  settle("2026-03-09 10:00");
  settle("2026-03-13 08:30");
  ASSERT_THAT(left, SizeIs(2));
  client_answers("yes", "ACCEPTED", 0);
  settle("2026-03-13 12:00");
  EXPECT_EQ(state(), IouState::scheduled);
}

TEST_F(Silence, WhatIsApprovedIsCalledOffByAnyAnswerAndAStop) {
  const std::vector<std::function<void(Desk&)>> changes = {
      [](Desk& desk) { desk.client_answers("yes", "ACCEPTED"); },
      [](Desk& desk) { desk.client_answers("no", "DECLINED"); },
      [](Desk& desk) { desk.client_answers("maybe", "TENTATIVE"); },
      [](Desk& desk) { desk.ledger.marks["no_asks:Acme Press"] = "1"; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SCOPED_TRACE("change " + std::to_string(i));
    InvitedDesk desk;
    desk.invite_for_later();
    desk.say("ok");
    desk.settle("2026-03-09 10:00");
    changes[i](desk);
    desk.settle("2026-03-13 12:00");
    EXPECT_THAT(desk.left, SizeIs(1));
  }
}

TEST_F(Silence, NothingLeavesWhileTheMeetingsCalendarCannotBeRead) {
  invite_for_later();
  say("ok");
  settle("2026-03-09 10:00");
  facts.complete = {"IOUs", "Client dates"};
  settle("2026-03-13 09:00");
  EXPECT_THAT(left, SizeIs(1)) << "he may have deleted it there";
  facts.complete.insert("work");
  settle("2026-03-13 09:15");
  EXPECT_THAT(left, SizeIs(2));
}

TEST_F(Silence, NoSecondOneForATalkThatBeginsBefore) {
  invite();
  settle("2026-03-06 18:00");
  say("ok");
  settle("2026-03-08 10:00");
  settle("2026-03-09 09:00");
  EXPECT_THAT(left, SizeIs(1));
  EXPECT_EQ(waiting_approvals(ledger), 0);
  ASSERT_NE(line(), nullptr);
  EXPECT_EQ(line()->text.find("ok"), std::string::npos);
}

TEST_F(Silence, TheReviewsLineIsAnsweredByNumber) {
  for (const char* word : {"ok", "no"}) {
    SCOPED_TRACE(word);
    InvitedDesk desk;
    desk.invite_for_later();
    desk.settle("2026-03-09 06:00");
    Pass p = desk.pass();
    for (auto& [id, one] : desk.ledger.review)
      if (one.kind == "silence") {
        one.mailed_at = desk.now;
        one.number = 1;
        one.mail = "review";
      }
    EXPECT_TRUE(answer_review(p, "review", std::string("1 ") + word));
    desk.settle("2026-03-09 10:00");
    desk.settle("2026-03-13 08:30");
    EXPECT_THAT(desk.left, SizeIs(word == std::string("ok") ? 2 : 1));
    EXPECT_TRUE(is_live(desk.state())) << "no leaves it; it takes nothing back";
    EXPECT_EQ(desk.count("mtg-"), 1U);
  }
}

TEST_F(Silence, AKeptOneMayStillBeAskedOnceMore) {
  invite_for_later();
  settle("2026-03-12 12:00");
  ASSERT_EQ(state(), IouState::kept);
  say("ok");
  settle("2026-03-13 10:00");
  settle("2026-03-13 10:10");
  EXPECT_THAT(left, SizeIs(2));
  EXPECT_EQ(state(), IouState::offered);
}

TEST_F(Silence, OtherInvitationsOfTheWeekHoldItBack) {
  invite_for_later();
  say("ok");
  settle("2026-03-09 10:00");
  setting.policy.limits.messages_per_day = 1;
  ledger.sent["other"] = {"other", "invitation", "x", "y", when("2026-03-13 08:00")};
  settle("2026-03-13 09:00");
  EXPECT_THAT(left, SizeIs(1));
  settle("2026-03-16 09:00");
  EXPECT_THAT(left, SizeIs(2));
}

}  // namespace
}  // namespace ioud::domain
