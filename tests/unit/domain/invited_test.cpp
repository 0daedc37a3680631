// What the rep does to a meeting that a client was invited to: a word before its title, another
// place. Whoever heard of it hears of its end, and nobody of what is over.

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/approval.hpp"
#include "domain/gesture.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Meg was invited on 5 March to the talk of Monday 9 March, 10:00.
class InvitedDesk : public Desk {
 public:
  InvitedDesk() { invite(); }
  void say(const std::string& word) { item("mtg-").summary = word + " " + item("mtg-").summary; }
};

struct Ending {
  const char* word;
  IouState state;
};
constexpr std::array endings = {
    Ending{"no", IouState::dismissed}, Ending{"forgive", IouState::forgiven},
    Ending{"banked", IouState::banked}, Ending{"done", IouState::collected}};

TEST(Invited, AWordThatEndsItIsToldToTheClientOnceAfterTheHold) {
  for (const Ending& ending : endings) {
    SCOPED_TRACE(ending.word);
    InvitedDesk desk;
    desk.say(ending.word);
    desk.settle("2026-03-05 11:00");
    EXPECT_EQ(desk.state(), ending.state);
    EXPECT_EQ(desk.count("mtg-") + desk.count("iou-") + desk.count("prep-"), 0U);
    EXPECT_THAT(desk.left, SizeIs(1));
    desk.settle("2026-03-05 11:09");
    EXPECT_THAT(desk.left, SizeIs(1));
    desk.settle("2026-03-05 11:10");
    ASSERT_THAT(desk.left, SizeIs(2));
    const OutgoingMail& mail = desk.left.back().mail;
    EXPECT_EQ(mail.method, "CANCEL");
    EXPECT_EQ(mail.event->uid, desk.left.front().mail.event->uid);
    EXPECT_EQ(mail.event->sequence, 1);
    EXPECT_EQ(mail.event->start, desk.left.front().mail.event->start);
    desk.settle("2026-03-05 12:00");
    desk.settle("2026-03-06 12:00");
    desk.settle("2026-03-10 12:00");
    EXPECT_EQ(desk.state(), ending.state) << "nothing is proposed once more";
    EXPECT_THAT(desk.left, SizeIs(2));
    EXPECT_EQ(desk.count("mtg-") + desk.count("iou-"), 0U);
  }
}

TEST(Invited, OfATalkThatHasBegunTheClientHearsNothing) {
  for (const Ending& ending : endings)
    for (const char* time : {"2026-03-09 10:05", "2026-03-09 15:00"}) {
      SCOPED_TRACE(std::string(ending.word) + " at " + time);
      InvitedDesk desk;
      desk.client_answers("yes", "ACCEPTED");
      desk.settle("2026-03-06 09:00");
      desk.say(ending.word);
      desk.settle(time);
      EXPECT_EQ(desk.state(), ending.state);
      desk.settle("2026-03-10 12:00");
      EXPECT_THAT(desk.left, SizeIs(1));
      EXPECT_EQ(waiting_approvals(desk.ledger), 0);
    }
}

TEST(Invited, AHoldThatWouldEndAfterTheBeginningSendsNothing) {
  InvitedDesk desk;
  desk.say("no");
  desk.settle("2026-03-09 09:55");
  desk.settle("2026-03-09 10:05");
  EXPECT_THAT(desk.left, SizeIs(1));
  EXPECT_EQ(waiting_approvals(desk.ledger), 0);
}

TEST(Invited, AWordThatStillStandsAfterAStopTakesNothingBack) {
  for (const Ending& ending : endings) {
    SCOPED_TRACE(ending.word);
    InvitedDesk desk;
    desk.say(ending.word);
    desk.at("2026-03-05 11:00");
    desk.ledger = plan(desk.ledger, desk.facts, desk.setting, desk.now).ledger;
    desk.settle("2026-03-05 11:01");
    desk.settle("2026-03-05 11:12");
    EXPECT_THAT(desk.left, SizeIs(2));
    EXPECT_EQ(desk.state(), ending.state);
  }
}

TEST(Invited, OnTheSitdownNobodyWasInvitedToAWordTellsNobody) {
  for (const Ending& ending : endings) {
    Desk desk;
    desk.propose_errand();
    desk.item("iou-").summary = std::string(ending.word) + " " + desk.item("iou-").summary;
    desk.settle("2026-03-05 10:00");
    desk.settle("2026-03-05 10:30");
    EXPECT_THAT(desk.left, IsEmpty());
    EXPECT_TRUE(desk.ledger.approvals.empty());
  }
}

TEST(Invited, WhatTheRepInvitedToHimselfHeTakesBackHimself) {
  Desk desk;
  desk.propose_errand();
  desk.item("iou-").guests.push_back({"meg@acme.test", "Meg", "NEEDS-ACTION", true, ""});
  desk.settle("2026-03-05 10:00");
  desk.item("iou-").summary = "no " + desk.item("iou-").summary;
  desk.settle("2026-03-05 11:00");
  desk.settle("2026-03-05 11:30");
  EXPECT_THAT(desk.left, IsEmpty());
  EXPECT_EQ(desk.state(), IouState::dismissed);
}

TEST(Invited, LaterTakesTheMeetingBackAndProposesALaterOne) {
  InvitedDesk desk;
  desk.say("later 2w");
  desk.settle("2026-03-05 11:00");
  desk.settle("2026-03-05 11:10");
  ASSERT_THAT(desk.left, SizeIs(2));
  EXPECT_EQ(desk.left.back().mail.method, "CANCEL");
  EXPECT_EQ(desk.state(), IouState::proposed);
  EXPECT_GE(desk.iou().sitdown->start, when("2026-03-19 11:00"));
  EXPECT_EQ(desk.count("mtg-"), 0U);
  EXPECT_EQ(desk.count("iou-"), 1U);
}

TEST(Invited, TheCategoryNoIsAsTheWord) {
  InvitedDesk desk;
  desk.item("mtg-").categories.emplace_back("IOU-NO");
  desk.settle("2026-03-05 11:00");
  desk.settle("2026-03-05 11:10");
  EXPECT_EQ(desk.state(), IouState::dismissed);
  EXPECT_THAT(desk.left, SizeIs(2));
}

TEST(Invited, AMeetingThatIsOverIsDeletedForTheRepAlone) {
  InvitedDesk desk;
  desk.client_answers("yes", "ACCEPTED");
  desk.settle("2026-03-06 09:00");
  desk.settle("2026-03-09 12:00");
  desk.remove("mtg-");
  desk.settle("2026-03-09 13:00");
  desk.settle("2026-03-09 14:00");
  EXPECT_THAT(desk.left, SizeIs(1));
  EXPECT_EQ(desk.state(), IouState::scheduled);
  EXPECT_EQ(desk.count("mtg-"), 0U) << "and it does not come back";
}

TEST(Invited, AnotherPlaceReachesTheClientOnceAndHisYesStands) {
  InvitedDesk desk;
  desk.client_answers("yes", "ACCEPTED");
  desk.settle("2026-03-06 09:00");
  desk.item("mtg-").location = "Corner Coffee, 5 Main Street";
  desk.settle("2026-03-06 10:00");
  EXPECT_THAT(desk.left, SizeIs(1));
  desk.settle("2026-03-06 10:10");
  desk.settle("2026-03-06 10:40");
  ASSERT_THAT(desk.left, SizeIs(2));
  const OutgoingMail& mail = desk.left.back().mail;
  EXPECT_EQ(mail.method, "REQUEST");
  EXPECT_EQ(mail.event->location, "Corner Coffee, 5 Main Street");
  EXPECT_EQ(mail.event->sequence, 1);
  EXPECT_EQ(mail.event->guests.front().partstat, "ACCEPTED");
  EXPECT_THAT(mail.subject, HasSubstr("Place: "));
  EXPECT_THAT(mail.body, HasSubstr("The place is now Corner Coffee"));
  EXPECT_EQ(desk.state(), IouState::scheduled);
  EXPECT_EQ(desk.item("mtg-").location, "Corner Coffee, 5 Main Street");
  EXPECT_EQ(desk.count("mtg-"), 1U);
}

TEST(Invited, TimeAndPlaceTogetherAreOneUpdate) {
  InvitedDesk desk;
  CalendarItem& meeting = desk.item("mtg-");
  meeting.location = "Corner Coffee";
  meeting.start = when("2026-03-11 14:00");
  meeting.end = when("2026-03-11 14:20");
  desk.settle("2026-03-06 10:00");
  desk.settle("2026-03-06 10:10");
  ASSERT_THAT(desk.left, SizeIs(2));
  EXPECT_THAT(desk.left.back().mail.subject, HasSubstr("Moved: "));
  EXPECT_EQ(desk.left.back().mail.event->location, "Corner Coffee");
  EXPECT_EQ(desk.left.back().mail.event->sequence, 1);
}

TEST(Invited, APlaceSetInOtherBlanksIsTheSame) {
  InvitedDesk desk;
  desk.item("mtg-").location = "Corner Coffee";
  desk.settle("2026-03-05 11:00");
  desk.settle("2026-03-05 11:10");
  ASSERT_THAT(desk.left, SizeIs(2));
  desk.item("mtg-").location = " Corner  Coffee ";
  desk.settle("2026-03-05 12:00");
  desk.settle("2026-03-05 12:30");
  EXPECT_THAT(desk.left, SizeIs(2));
}

TEST(Invited, APlaceThatIsNoClientsToReadIsNotSent) {
  InvitedDesk desk;
  desk.item("mtg-").location = "with the people of Initech";
  desk.settle("2026-03-05 11:00");
  desk.settle("2026-03-05 11:10");
  EXPECT_THAT(desk.left, SizeIs(1));
  EXPECT_EQ(desk.item("mtg-").location, "with the people of Initech");
}

TEST(Invited, APlaceWrittenOnTheProposalIsInTheInvitation) {
  Desk desk;
  desk.propose_errand();
  desk.item("iou-").location = "Corner Coffee";
  desk.settle("2026-03-05 09:00");
  desk.answer_sitdown("ACCEPTED");
  desk.settle("2026-03-05 10:00");
  desk.settle("2026-03-05 10:10");
  ASSERT_THAT(desk.left, SizeIs(1));
  EXPECT_EQ(desk.left.front().mail.event->location, "Corner Coffee");
}

}  // namespace
}  // namespace ioud::domain
