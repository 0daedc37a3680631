#include "domain/gesture.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/favours.hpp"
#include "domain/learning.hpp"

namespace ioud::domain {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

struct Word {
  const char* text;
  Answer answer;
  int days;
  std::size_t size;
};

TEST(LeadingAnswer, IsAWholeWordBeforeTheTitle) {
  const std::vector<Word> words = {{"ok Sit-down", Answer::approve, 0, 3},
                                   {"OK: Sit", Answer::approve, 0, 4},
                                   {"  keep - x", Answer::keep, 0, 9},
                                   {"No", Answer::dismiss, 0, 2},
                                   {"done. x", Answer::done, 0, 6},
                                   {"forgive x", Answer::forgive, 0, 8},
                                   {"banked x", Answer::banked, 0, 7},
                                   {"later", Answer::later, 7, 5},
                                   {"later x", Answer::later, 7, 6},
                                   {"later 2w x", Answer::later, 14, 9},
                                   {"later 10 days x", Answer::later, 10, 14},
                                   {"later 3 x", Answer::later, 3, 8},
                                   {"later 2 months: x", Answer::later, 60, 16},
                                   {"later 1m", Answer::later, 30, 8},
                                   {"later 0 x", Answer::later, 7, 6}};
  for (const Word& word : words) {
    SCOPED_TRACE(word.text);
    const auto found = leading_answer(word.text);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->answer, word.answer);
    EXPECT_EQ(found->days, word.days);
    EXPECT_EQ(found->size, word.size);
  }
}

TEST(LeadingAnswer, WordsThatOnlyBeginSoAreNone) {
  for (const char* text :
       {"", "okay Sit-down", "Norman", "Sit-down: ok", "no-show", "done's", "keeper", "n", "nö"})
    EXPECT_FALSE(leading_answer(text).has_value()) << text;
}

class Gesture : public testing::Test, protected Desk {
 protected:
  /// The only approval, or a failure.
  const Approval& approval() {
    EXPECT_EQ(ledger.approvals.size(), 1U);
    return ledger.approvals.begin()->second;
  }
};

TEST_F(Gesture, AcceptingOpensAnApprovalAndNothingElse) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(approval().message, "REQUEST");
  EXPECT_EQ(approval().hold_until, when("2026-03-05 10:10"));
  EXPECT_EQ(approval().start, iou().sitdown->start);
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_EQ(item("iou-").guests.front().partstat, "ACCEPTED");
}

TEST_F(Gesture, AcceptingTwiceIsOneApproval) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 10:03");
  EXPECT_EQ(ledger.approvals.size(), 1U);
}

TEST_F(Gesture, AnyChangeDuringTheHoldCallsItOff) {
  const std::vector<std::function<void(CalendarItem&)>> changes = {
      [](CalendarItem& one) { one.guests.front().partstat = "NEEDS-ACTION"; },
      [](CalendarItem& one) { one.guests.front().partstat = "TENTATIVE"; },
      [](CalendarItem& one) { one.guests.front().partstat = "DECLINED"; },
      [](CalendarItem& one) { one.start += core::Minutes{60}, one.end += core::Minutes{60}; },
      [](CalendarItem& one) { one.summary = "Sit-down with Meg at the fair"; },
      [](CalendarItem& one) { one.description = "bring the catalogue"; },
      [](CalendarItem& one) { one.location = "her office"; },
      [](CalendarItem& one) { one.status = EventStatus::cancelled; },
      [](CalendarItem& one) { one.guests.clear(); }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SCOPED_TRACE("change " + std::to_string(i));
    Desk desk;
    desk.propose_errand();
    desk.answer_sitdown("ACCEPTED");
    desk.settle("2026-03-05 10:00");
    changes[i](desk.item("iou-"));
    desk.settle("2026-03-05 10:05");
    desk.settle("2026-03-05 10:30");
    EXPECT_THAT(desk.left, testing::IsEmpty());
    EXPECT_TRUE(desk.ledger.approvals.begin()->second.cancelled);
  }
}

TEST_F(Gesture, DeletingDuringTheHoldCallsItOff) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  remove("iou-");
  settle("2026-03-05 10:30");
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_TRUE(approval().cancelled);
  EXPECT_EQ(state(), IouState::dismissed);
}

TEST_F(Gesture, TentativeKeepsItPrivate) {
  propose_errand();
  answer_sitdown("TENTATIVE");
  settle("2026-03-05 10:00");
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::kept);
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_EQ(item("iou-").status, EventStatus::confirmed);
  EXPECT_TRUE(item("iou-").opaque);
  EXPECT_THAT(item("iou-").categories, ElementsAre("IOU"));
}

TEST_F(Gesture, DecliningDismissesAndCountsAgainstThePhrase) {
  propose_errand();
  answer_sitdown("DECLINED");
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::dismissed);
  EXPECT_EQ(count("iou-") + count("prep-"), 0U);
  EXPECT_EQ(count("fav-"), 1U);
  Pass now_ = pass();
  EXPECT_DOUBLE_EQ(negatives(now_, favour()), 1.0);
}

TEST_F(Gesture, DeletingDismissesCountsHalfAndIsRemembered) {
  propose_errand();
  const std::string uid = iou().sitdown->uid;
  remove("iou-");
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::dismissed);
  EXPECT_TRUE(is_tombstoned(ledger, uid));
  Pass now_ = pass();
  EXPECT_DOUBLE_EQ(negatives(now_, favour()), 0.5);
  EXPECT_EQ(count("iou-") + count("prep-"), 0U);
}

TEST_F(Gesture, WhatIsMissingFromAnIncompleteListingIsNotDeleted) {
  propose_errand();
  const std::vector<Standing> before = facts.standing;
  remove("");
  facts.complete.clear();
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_THAT(obeyed, testing::SizeIs(3));
  EXPECT_TRUE(ledger.tombstones.empty());
}

TEST_F(Gesture, ASwappedStoreIsNoGesture) {
  propose_errand();
  remove("iou-");
  item("prep-").summary = "an older title";
  ledger.marks["other_store:IOUs"] = "1";
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_TRUE(ledger.tombstones.empty());
  EXPECT_EQ(count("iou-"), 1U);
  EXPECT_FALSE(ledger.marks.contains("other_store:IOUs"));
  remove("iou-");
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::dismissed);
}

TEST_F(Gesture, ADeletedPrepOrReminderStaysAwayAndDismissesNothing) {
  propose_errand();
  remove("prep-");
  remove("fav-");
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(facts.standing.size(), 1U);
  EXPECT_EQ(ledger.tombstones.size(), 2U);
}

TEST_F(Gesture, MovingPinsItAndIsNoApproval) {
  propose_errand();
  CalendarItem& moved = item("iou-");
  moved.start = when("2026-03-10 14:00");
  moved.end = when("2026-03-10 14:40");
  settle("2026-03-05 10:00");
  EXPECT_EQ(iou().sitdown->where, Where::pinned);
  EXPECT_EQ(iou().sitdown->start, when("2026-03-10 14:00"));
  EXPECT_EQ(iou().sitdown->minutes, 40);
  EXPECT_TRUE(ledger.approvals.empty());
  EXPECT_EQ(item("prep-").start, when("2026-03-10 13:50"));
  EXPECT_EQ(state(), IouState::proposed);
}

TEST_F(Gesture, MovingAnExpiredOneBringsItBack) {
  propose_errand();
  iou().state = IouState::expired;
  CalendarItem& moved = item("iou-");
  moved.start = when("2026-03-12 14:00");
  moved.end = when("2026-03-12 14:20");
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(iou().sitdown->start, when("2026-03-12 14:00"));
}

TEST_F(Gesture, AClientAddedByHandIsAdoptedAndNeverMailed) {
  propose_errand();
  item("iou-").guests.push_back({"meg@acme.test", "Meg", "NEEDS-ACTION", true, ""});
  settle("2026-03-05 10:00");
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_TRUE(iou().invitation->by_rep);
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_TRUE(iou().asked_at.has_value());
  EXPECT_EQ(count("iou-"), 1U);
}

TEST_F(Gesture, AStrangerAddedByHandMeansNothing) {
  propose_errand();
  item("iou-").guests.push_back({"boss@rep.test", "Boss", "NEEDS-ACTION", true, ""});
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(item("iou-").guests.size(), 2U);
}

struct Prefix {
  const char* word;
  IouState state;
  std::size_t sitdowns;
};

TEST(TitlePrefix, DoesWhatItSaysAndIsTakenAway) {
  const std::vector<Prefix> prefixes = {
      {"ok", IouState::proposed, 1},      {"keep", IouState::kept, 1},
      {"no", IouState::dismissed, 0},     {"done", IouState::collected, 0},
      {"forgive", IouState::forgiven, 0}, {"later 2w", IouState::proposed, 1},
      {"banked", IouState::banked, 0}};
  for (const Prefix& prefix : prefixes) {
    SCOPED_TRACE(prefix.word);
    Desk desk;
    desk.propose_errand();
    const std::string title = desk.item("iou-").summary;
    desk.item("iou-").summary = std::string(prefix.word) + " " + title;
    desk.settle("2026-03-05 10:00");
    EXPECT_EQ(desk.state(), prefix.state);
    EXPECT_EQ(desk.count("iou-"), prefix.sitdowns);
    if (prefix.sitdowns > 0) {
      EXPECT_EQ(desk.item("iou-").summary, title);
    }
  }
}

TEST_F(Gesture, LaterStartsNoSoonerThanSaid) {
  propose_errand();
  item("iou-").summary = "later 2w " + item("iou-").summary;
  settle("2026-03-05 10:00");
  EXPECT_GE(iou().sitdown->start, when("2026-03-19 10:00"));
  EXPECT_EQ(item("iou-").start, iou().sitdown->start);
}

TEST_F(Gesture, ForgivingIsADeposit) {
  propose_errand();
  item("iou-").summary = "forgive " + item("iou-").summary;
  settle("2026-03-05 10:00");
  ASSERT_EQ(ledger.trust.size(), 1U);
  EXPECT_EQ(ledger.trust.begin()->second.points, 2);
  EXPECT_EQ(ledger.trust.begin()->second.cause, "forgiven");
}

TEST_F(Gesture, ATitleOfHisOwnIsKept) {
  propose_errand();
  item("iou-").summary = "Coffee with Meg";
  settle("2026-03-05 10:00");
  settle("2026-03-05 11:00");
  EXPECT_EQ(item("iou-").summary, "Coffee with Meg");
  EXPECT_EQ(state(), IouState::proposed);
}

TEST_F(Gesture, AWordBeforeATitleOfHisOwnIsNoAnswer) {
  propose_errand();
  item("iou-").summary = "No parking at Meg's";
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(item("iou-").summary, "No parking at Meg's");
}

TEST_F(Gesture, CategoriesAnswerAndAreTakenAway) {
  propose_errand();
  item("iou-").categories.emplace_back("IOU-OK");
  settle("2026-03-05 10:00");
  EXPECT_EQ(approval().gesture, "category IOU-OK");
  EXPECT_THAT(item("iou-").categories, Not(Contains("IOU-OK")));
  settle("2026-03-05 10:12");
  EXPECT_THAT(left, testing::SizeIs(1));
}

TEST_F(Gesture, TheCategoryNoDismisses) {
  propose_errand();
  item("iou-").categories.emplace_back("iou-no");
  settle("2026-03-05 10:00");
  EXPECT_EQ(state(), IouState::dismissed);
}

TEST_F(Gesture, OnAcceptKeepSendsNothing) {
  setting.policy.approval.on_accept = "keep";
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::kept);
  EXPECT_THAT(left, testing::IsEmpty());
}

TEST_F(Gesture, OnAcceptDraftSendsNothing) {
  setting.policy.approval.on_accept = "draft";
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 11:00");
  EXPECT_THAT(left, testing::IsEmpty());
  EXPECT_EQ(state(), IouState::proposed) << "offered once he has sent the draft";
}

TEST_F(Gesture, TheSameYesByTwoSignsIsOneApproval) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  item("iou-").categories.emplace_back("IOU-OK");
  settle("2026-03-05 10:03");
  EXPECT_EQ(ledger.approvals.size(), 1U);
}

TEST_F(Gesture, MovingTheMeetingUpdatesTheClientOnceAfterTheHold) {
  invite();
  ASSERT_THAT(left, testing::SizeIs(1));
  client_answers("yes", "ACCEPTED");
  settle("2026-03-06 09:00");
  ASSERT_EQ(state(), IouState::scheduled);
  CalendarItem& moved = item("mtg-");
  moved.start = when("2026-03-11 14:00");
  moved.end = when("2026-03-11 14:20");
  settle("2026-03-06 10:00");
  EXPECT_THAT(left, testing::SizeIs(1));
  EXPECT_EQ(iou().invitation->sequence, 1);
  EXPECT_EQ(iou().invitation->partstat, "NEEDS-ACTION");
  EXPECT_EQ(item("mtg-").guests.front().partstat, "NEEDS-ACTION");
  EXPECT_EQ(item("mtg-").sequence, 1);
  EXPECT_EQ(item("prep-").start, when("2026-03-11 13:50"));
  settle("2026-03-06 10:12");
  settle("2026-03-06 10:20");
  ASSERT_THAT(left, testing::SizeIs(2));
  EXPECT_EQ(left.back().kind, "update");
  EXPECT_EQ(left.back().mail.event->sequence, 1);
  EXPECT_EQ(state(), IouState::offered);
}

TEST_F(Gesture, DeletingTheMeetingCancelsItAfterTheHoldAndProposesOnceMore) {
  invite();
  remove("mtg-");
  settle("2026-03-05 11:00");
  EXPECT_THAT(left, testing::SizeIs(1));
  settle("2026-03-05 11:12");
  ASSERT_THAT(left, testing::SizeIs(2));
  EXPECT_EQ(left.back().mail.method, "CANCEL");
  EXPECT_EQ(left.back().mail.event->status, EventStatus::cancelled);
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(count("mtg-"), 0U);
  EXPECT_EQ(count("iou-"), 1U);
}

TEST_F(Gesture, CancellingTheMeetingAndThinkingBetterOfIt) {
  invite();
  item("mtg-").status = EventStatus::cancelled;
  settle("2026-03-05 11:00");
  EXPECT_EQ(ledger.approvals.size(), 2U);
  item("mtg-").status = EventStatus::confirmed;
  settle("2026-03-05 11:05");
  settle("2026-03-05 12:00");
  EXPECT_THAT(left, testing::SizeIs(1));
  EXPECT_EQ(state(), IouState::offered);
}

TEST_F(Gesture, CancellingTheSitdownDismisses) {
  propose_errand();
  item("iou-").status = EventStatus::cancelled;
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::dismissed);
}

TEST_F(Gesture, ACopyOfOurEventIsNotAskedTwice) {
  propose_errand();
  Standing copy = *standing("iou-");
  copy.calendar = "work";
  copy.item.guests.front().partstat = "DECLINED";
  facts.standing.push_back(copy);
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::proposed);
}

TEST_F(Gesture, FinalStatesAbsorb) {
  for (const IouState end : {IouState::collected, IouState::declined, IouState::dismissed,
                             IouState::forgiven, IouState::expired, IouState::void_}) {
    Iou one;
    one.state = end;
    for (const Answer answer : {Answer::approve, Answer::keep, Answer::dismiss, Answer::done,
                                Answer::forgive, Answer::later, Answer::banked}) {
      Pass now_ = pass();
      EXPECT_FALSE(apply_answer(now_, one, {answer, 7, 0}, "test"));
      EXPECT_EQ(one.state, end);
    }
  }
  EXPECT_TRUE(ledger.trust.empty());
}

}  // namespace
}  // namespace ioud::domain
