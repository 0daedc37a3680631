// The way of an invitation: approval, hold, still approved, gate, hours, lint, one message.

#include "domain/approval.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/ask.hpp"
#include "domain/rsvp.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ApprovalTest : public testing::Test, protected Desk {
 protected:
  void accept(const char* time = "2026-03-05 10:00") {
    propose_errand();
    answer_sitdown("ACCEPTED");
    settle(time);
  }
  Approval& approval() { return ledger.approvals.begin()->second; }
};

TEST_F(ApprovalTest, OneInvitationLeavesAfterTheHoldAndNoSecond) {
  accept();
  settle("2026-03-05 10:09");
  EXPECT_THAT(left, IsEmpty());
  EXPECT_EQ(waiting_approvals(ledger), 1);
  settle("2026-03-05 10:10");
  settle("2026-03-05 10:11");
  settle("2026-03-06 10:11");
  ASSERT_THAT(left, SizeIs(1));
  const OutgoingMail& mail = left.front().mail;
  EXPECT_EQ(mail.from.address, "tom@rep.test");
  ASSERT_THAT(mail.to, SizeIs(1));
  EXPECT_EQ(mail.to.front().address, "meg@acme.test");
  EXPECT_EQ(mail.method, "REQUEST");
  EXPECT_EQ(mail.event->sequence, 0);
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_EQ(waiting_approvals(ledger), 0);
  EXPECT_EQ(count("mtg-"), 1U);
  EXPECT_EQ(count("iou-"), 0U);
  EXPECT_EQ(standing("mtg-")->calendar, "work");
  EXPECT_TRUE(iou().asked_at.has_value());
}

TEST_F(ApprovalTest, NothingLeavesBeforeTheRepsCalendarWasSeenAndIsAtRest) {
  accept();
  at("2026-03-05 10:20");
  facts.complete = {"work"};
  EXPECT_THAT(plan(ledger, facts, setting, now).messages, IsEmpty()) << "IOUs cannot be read";
  facts.complete = {"IOUs", "work"};
  Facts restless = facts;
  restless.is_settled = false;
  EXPECT_THAT(plan(ledger, restless, setting, now).messages, IsEmpty());
  EXPECT_THAT(plan(ledger, facts, setting, now).messages, SizeIs(1));
}

TEST_F(ApprovalTest, TheMessageIdIsTheSameWheneverItIsSent) {
  accept();
  at("2026-03-05 10:10");
  const auto first = plan(ledger, facts, setting, now).messages;
  at("2026-03-05 10:40");
  const auto second = plan(ledger, facts, setting, now).messages;
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first.front().mail.message_id, second.front().mail.message_id);
}

TEST_F(ApprovalTest, AfterHoursItWaitsForTheNextBusinessMorning) {
  accept("2026-03-05 19:00");
  settle("2026-03-05 19:30");
  settle("2026-03-06 08:29");
  EXPECT_THAT(left, IsEmpty());
  settle("2026-03-06 08:30");
  EXPECT_THAT(left, SizeIs(1));
}

TEST_F(ApprovalTest, ReleaseKeepsTheClientsHoursAndHolidays) {
  clients[0].zone = "Europe/Berlin";
  clients[0].holidays = {day("2026-03-06")};
  meet_people();
  propose_errand();
  Pass p = pass();
  Approval one;
  one.iou = iou().id;
  const auto release = [&](const char* hold) {
    one.hold_until = when(hold, agenda_samples::zone("Europe/Berlin"));
    return agenda_samples::shown(release_time(p, known("Acme Press"), one),
                                 agenda_samples::zone("Europe/Berlin"));
  };
  EXPECT_EQ(release("2026-03-05 08:00"), "2026-03-05 08:00");
  EXPECT_EQ(release("2026-03-05 17:59"), "2026-03-05 17:59");
  EXPECT_EQ(release("2026-03-05 07:59"), "2026-03-05 08:30");
  EXPECT_EQ(release("2026-03-05 18:00"), "2026-03-09 08:30");
  EXPECT_EQ(release("2026-03-07 12:00"), "2026-03-09 08:30");
  one.iou = "unknown";
  EXPECT_EQ(release("2026-03-05 12:00"), "2026-03-05 12:00");
}

TEST_F(ApprovalTest, TheGateIsAskedAgainBeforeAnythingLeaves) {
  accept();
  ledger.marks["no_asks:Acme Press"] = "1";
  settle("2026-03-05 10:12");
  EXPECT_THAT(left, IsEmpty());
  EXPECT_EQ(state(), IouState::banked);
  EXPECT_TRUE(approval().cancelled);
  EXPECT_EQ(count("iou-"), 0U);
}

TEST_F(ApprovalTest, ATalkWhoseTimeHasComeIsNotInvitedTo) {
  accept();
  approval().hold_until = when("2026-03-20 10:00");
  settle("2026-03-20 10:00");
  EXPECT_THAT(left, IsEmpty());
  EXPECT_TRUE(approval().cancelled);
}

TEST_F(ApprovalTest, LimitsHoldAMessageBack) {
  accept();
  ledger.sent["other"] = {"other", "invitation", "x", "y", when("2026-03-05 09:00")};
  setting.policy.limits.messages_per_day = 1;
  settle("2026-03-05 10:12");
  EXPECT_THAT(left, IsEmpty());
  setting.policy.limits.messages_per_day = 5;
  ledger.sent["other"].about = iou().id;
  settle("2026-03-05 10:13");
  EXPECT_THAT(left, IsEmpty()) << "one a week to each client";
  ledger.sent["other"].at = when("2026-02-20 09:00");
  settle("2026-03-05 10:14");
  EXPECT_THAT(left, SizeIs(1));
}

TEST_F(ApprovalTest, AFreshComplaintHoldsAMessageBack) {
  accept();
  setting.policy.limits.complaint_pause_days = 0;
  setting.policy.trust.complaint = -1;
  post_trust(ledger, "Acme Press", -1, "complaint", "m", when("2026-03-05 10:05"));
  settle("2026-03-05 10:12");
  EXPECT_THAT(left, IsEmpty());
  EXPECT_EQ(waiting_approvals(ledger), 1);
}

TEST_F(ApprovalTest, WordsThatAreNoClientsToReadAreNotSent) {
  at("2026-03-04 14:25");
  sent("promise", "meg@acme.test", {promise("errand", "drop the Initech belt", due("2026-03-07"))});
  settle("2026-03-04 14:30");
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 10:12");
  for (const DueMessage& one : left)
    EXPECT_EQ(one.mail.body.find("Initech"), std::string::npos) << one.mail.body;
}

TEST_F(ApprovalTest, OfAClientThatIsGoneNothingLeaves) {
  accept();
  facts.directory = Directory();
  settle("2026-03-05 10:12");
  EXPECT_THAT(left, IsEmpty());
}

TEST_F(ApprovalTest, TheClientsYesSchedulesIt) {
  invite();
  client_answers("yes", "ACCEPTED");
  settle("2026-03-05 12:00");
  EXPECT_EQ(state(), IouState::scheduled);
  EXPECT_EQ(item("mtg-").guests.front().partstat, "ACCEPTED");
}

TEST_F(ApprovalTest, TheClientsNoDeclinesItAndCostsAPoint) {
  invite();
  client_answers("no", "DECLINED");
  settle("2026-03-05 12:00");
  EXPECT_EQ(state(), IouState::declined);
  EXPECT_EQ(count("mtg-") + count("prep-"), 0U);
  int declined = 0;
  for (const auto& [id, row] : ledger.trust)
    if (row.cause == "declined") declined += row.points;
  EXPECT_EQ(declined, -1);
}

TEST_F(ApprovalTest, AnotherTimeIsAYesWithoutATime) {
  invite();
  client_answers("counter", "", 0, "COUNTER");
  settle("2026-03-05 12:00");
  EXPECT_EQ(state(), IouState::agreed);
  EXPECT_EQ(iou().invitation->partstat, "TENTATIVE");
}

TEST_F(ApprovalTest, AnswersToAnOlderMeetingOfOthersOrToNothingDoNothing) {
  invite();
  iou().invitation->sequence = 2;
  client_answers("old", "DECLINED", 1);
  client_answers("old counter", "", 1, "COUNTER");
  Mail& stranger = received("forged", "karen@acme.test");
  stranger.answer = CalendarAnswer{"REPLY",    iou().invitation->uid, 2,           "meg@acme.test",
                                   "DECLINED", std::nullopt,          std::nullopt};
  Mail& nothing = received("nothing", "meg@acme.test");
  nothing.answer = CalendarAnswer{"REPLY",    "mtg-other@ioud", 2,           "meg@acme.test",
                                  "DECLINED", std::nullopt,     std::nullopt};
  Mail& tentative = received("maybe", "meg@acme.test");
  tentative.answer = CalendarAnswer{
      "REPLY", iou().invitation->uid, 2, "meg@acme.test", "TENTATIVE", std::nullopt, std::nullopt};
  settle("2026-03-05 12:00");
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_EQ(iou().invitation->partstat, "TENTATIVE");
}

TEST_F(ApprovalTest, AnAnswerAfterTheCancellationDoesNothing) {
  invite();
  iou().invitation->cancelled = true;
  Pass p = pass();
  Mail mail;
  mail.from = "meg@acme.test";
  for (const char* method : {"REPLY", "COUNTER"}) {
    mail.answer = CalendarAnswer{method,     iou().invitation->uid, 9,           "meg@acme.test",
                                 "ACCEPTED", std::nullopt,          std::nullopt};
    take_calendar_answer(p, mail);
  }
  EXPECT_EQ(state(), IouState::offered);
}

TEST_F(ApprovalTest, TheRepMayAnswerTheSitdownByMail) {
  const std::vector<std::pair<std::string, IouState>> answers = {{"ACCEPTED", IouState::proposed},
                                                                 {"TENTATIVE", IouState::kept},
                                                                 {"DECLINED", IouState::dismissed},
                                                                 {"DELEGATED", IouState::proposed}};
  for (const auto& [partstat, expected] : answers) {
    Desk desk;
    desk.propose_errand();
    Mail& mail = desk.sent("answer", "tom+ioud@rep.test");
    mail.answer = CalendarAnswer{
        "REPLY", desk.iou().sitdown->uid, 0, "tom@rep.test", partstat, std::nullopt, std::nullopt};
    desk.settle("2026-03-05 10:00");
    EXPECT_EQ(desk.state(), expected) << partstat;
    EXPECT_EQ(desk.ledger.approvals.size(), partstat == "ACCEPTED" ? 1U : 0U);
  }
}

TEST_F(ApprovalTest, ACancellationLeavesOnceAndTheSecondTimeItIsKept) {
  invite();
  remove("mtg-");
  settle("2026-03-05 11:00");
  settle("2026-03-05 11:12");
  ASSERT_THAT(left, SizeIs(2));
  EXPECT_EQ(left.back().kind, "cancellation");
  EXPECT_EQ(left.back().mail.event->sequence, 1);
  settle("2026-03-05 12:12");
  EXPECT_THAT(left, SizeIs(2));
  EXPECT_TRUE(iou().invitation->cancelled);
  EXPECT_TRUE(iou().proposed_again);
}

TEST_F(ApprovalTest, WhatIsCancelledIsTheTimeThatTheClientKnows) {
  accept();
  settle("2026-03-05 10:12");
  ASSERT_THAT(left, SizeIs(1));
  const core::Instant told = left.front().mail.event->start;
  item("mtg-").start = when("2026-03-11 14:00");
  item("mtg-").end = when("2026-03-11 14:20");
  settle("2026-03-05 11:00");
  remove("mtg-");
  settle("2026-03-05 11:05");
  settle("2026-03-05 11:20");
  ASSERT_THAT(left, SizeIs(2));
  const OutgoingMail& end = left.back().mail;
  EXPECT_EQ(end.method, "CANCEL");
  EXPECT_EQ(end.event->start, told);
  EXPECT_EQ(end.event->end, told + core::Minutes{20});
  EXPECT_EQ(end.event->sequence, 2);
  EXPECT_THAT(end.body, HasSubstr("9 Mar"));
  EXPECT_THAT(end.body, testing::Not(HasSubstr("11 Mar")));
}

TEST_F(ApprovalTest, ASecondInvitationIsAnotherMeeting) {
  invite();
  const std::string first = iou().invitation->uid;
  remove("mtg-");
  settle("2026-03-05 11:00");
  settle("2026-03-05 11:12");
  answer_sitdown("ACCEPTED");
  setting.policy.limits.client_message_days = 0;
  settle("2026-03-05 13:00");
  settle("2026-03-05 13:12");
  ASSERT_THAT(left, SizeIs(3));
  EXPECT_NE(iou().invitation->uid, first);
  EXPECT_EQ(left.back().kind, "invitation");
}

TEST_F(ApprovalTest, NothingLeavesTwiceHoweverThePassesFall) {
  for (int seed = 0; seed < 200; ++seed) {
    Desk desk;
    desk.propose_errand();
    desk.answer_sitdown("ACCEPTED");
    unsigned state = static_cast<unsigned>(seed) * 2654435761U + 1;
    const auto next = [&state](unsigned range) {
      state = state * 1664525U + 1013904223U;
      return (state >> 16) % range;
    };
    desk.at("2026-03-05 09:00");
    for (int step = 0; step < 12; ++step) {
      desk.now += core::Minutes{next(90)};
      const unsigned what = next(6);
      if (what == 0 && desk.standing("iou-") != nullptr)
        desk.answer_sitdown(next(2) == 0 ? "NEEDS-ACTION" : "ACCEPTED");
      if (what == 1 && desk.standing("mtg-") != nullptr) {
        desk.item("mtg-").start += core::Minutes{15};
        desk.item("mtg-").end += core::Minutes{15};
      }
      desk.settle();
    }
    std::set<std::pair<std::string, int>> seen;
    std::set<std::string> ids;
    for (const DueMessage& one : desk.left) {
      EXPECT_TRUE(
          seen.insert({one.mail.method + one.mail.event->uid, one.mail.event->sequence}).second);
      EXPECT_TRUE(ids.insert(one.mail.message_id).second);
      EXPECT_TRUE(desk.ledger.approvals.at(one.approval).used_at.has_value());
      EXPECT_EQ(one.mail.to.size(), 1U);
    }
  }
}

}  // namespace
}  // namespace ioud::domain
