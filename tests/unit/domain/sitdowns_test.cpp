#include "domain/sitdowns.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/agenda.hpp"
#include "domain/favours.hpp"
#include "domain/items.hpp"
#include "domain/talk.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class Sitdowns : public testing::Test, protected Desk {
 protected:
  void promise_to(const std::string& id, const std::string& to, const std::string& kind,
                  const char* date, std::optional<core::TimeOfDay> time = std::nullopt,
                  bool is_visit = false) {
    Finding found = promise(kind, "bring " + id, Due{day(date), time});
    found.slots.is_visit = is_visit;
    sent(id, to, {found});
  }
  std::string start() { return agenda_samples::shown(iou().sitdown->start); }
};

TEST_F(Sitdowns, StandOnTheNextMorning) {
  propose_errand();
  EXPECT_EQ(start(), "2026-03-09 10:00");
  EXPECT_EQ(iou().sitdown->minutes, 20);
  EXPECT_EQ(item("iou-").status, EventStatus::tentative);
  EXPECT_FALSE(item("iou-").opaque);
  EXPECT_EQ(item("iou-").organizer, "tom+ioud@rep.test");
  EXPECT_EQ(item("iou-").related_to, item("prep-").uid);
  EXPECT_EQ(item("prep-").end, item("iou-").start);
  EXPECT_THAT(item("prep-").guests, IsEmpty());
  EXPECT_EQ(item("prep-").description.back(), '?');
}

TEST_F(Sitdowns, ANewClashMovesThem) {
  propose_errand();
  facts.occurrences.push_back(agenda_samples::event("2026-03-09 09:30", 120));
  settle("2026-03-04 15:00");
  EXPECT_EQ(start(), "2026-03-09 13:00");
  EXPECT_EQ(item("iou-").start, iou().sitdown->start);
  EXPECT_EQ(item("iou-").sequence, 1);
}

TEST_F(Sitdowns, StandWhileChangesAreNotAtRest) {
  propose_errand();
  Facts restless = facts;
  restless.occurrences.push_back(agenda_samples::event("2026-03-09 09:30", 120));
  std::erase_if(restless.standing,
                [](const Standing& one) { return one.item.uid.starts_with("iou-"); });
  restless.is_settled = false;
  at("2026-03-04 15:00");
  const Plan quick = plan(ledger, restless, setting, now);
  EXPECT_EQ(quick.ledger.ious.begin()->second.sitdown->start, iou().sitdown->start);
  EXPECT_EQ(quick.ledger.ious.begin()->second.state, IouState::proposed)
      << "what is missing is not yet deleted";
  EXPECT_THAT(quick.calendar, testing::IsEmpty()) << "and not written a second time";
}

TEST_F(Sitdowns, ArePlacedBeforeChangesAreAtRest) {
  facts.is_settled = false;
  propose_errand();
  EXPECT_EQ(start(), "2026-03-09 10:00");
  EXPECT_EQ(count("iou-"), 1U);
}

TEST_F(Sitdowns, ADayThatIsFreedIsTakenAtMostTwice) {
  facts.occurrences.push_back(agenda_samples::all_day("2026-03-09", "2026-03-11"));
  propose_errand();
  EXPECT_EQ(start(), "2026-03-12 10:00");
  facts.occurrences.front() = agenda_samples::all_day("2026-03-09", "2026-03-10");
  settle("2026-03-05 09:00");
  EXPECT_EQ(start(), "2026-03-11 10:00");
  facts.occurrences.front() = agenda_samples::all_day("2026-03-09", "2026-03-09");
  settle("2026-03-05 10:00");
  EXPECT_EQ(start(), "2026-03-10 10:00");
  facts.occurrences.clear();
  settle("2026-03-05 11:00");
  EXPECT_EQ(start(), "2026-03-10 10:00");
}

TEST_F(Sitdowns, WithoutAnyFreeTimeTheReviewSaysSo) {
  facts.occurrences.push_back(agenda_samples::all_day("2026-03-01", "2026-04-20"));
  propose_errand();
  EXPECT_EQ(state(), IouState::banked);
  ASSERT_FALSE(ledger.review.empty());
  EXPECT_EQ(ledger.review.begin()->second.kind, "no_slot");
}

TEST_F(Sitdowns, AnImpossibleOneWithoutAnotherTimeIsBanked) {
  propose_errand();
  facts.occurrences.push_back(agenda_samples::all_day("2026-03-01", "2026-04-20"));
  settle("2026-03-04 15:00");
  EXPECT_EQ(state(), IouState::banked);
  EXPECT_EQ(count("iou-"), 0U);
}

TEST_F(Sitdowns, RollTwiceAndBecomeAReviewLine) {
  propose_errand();
  settle("2026-03-09 11:00");
  EXPECT_EQ(iou().sitdown->rolls, 1);
  for (int i = 0; i < 3 && state() == IouState::proposed; ++i) {
    now = iou().sitdown->start + core::Minutes{30};
    settle();
  }
  EXPECT_EQ(state(), IouState::banked);
  EXPECT_EQ(iou().sitdown->rolls, 2);
  bool is_told = false;
  for (const auto& [id, line] : ledger.review) is_told = is_told || line.kind == "rolled";
  EXPECT_TRUE(is_told);
}

TEST_F(Sitdowns, APinnedOneDoesNotRoll) {
  propose_errand();
  item("iou-").start += core::Minutes{60};
  item("iou-").end += core::Minutes{60};
  settle("2026-03-05 09:00");
  settle("2026-03-09 15:00");
  EXPECT_EQ(start(), "2026-03-09 11:00");
  EXPECT_EQ(state(), IouState::proposed);
}

TEST_F(Sitdowns, ExpireThirtyDaysAfterDelivery) {
  propose_errand();
  item("iou-").summary = "keep " + item("iou-").summary;
  settle("2026-03-05 09:00");
  ASSERT_EQ(state(), IouState::kept);
  settle("2026-04-07 00:59");
  EXPECT_EQ(state(), IouState::kept);
  settle("2026-04-07 01:00");
  EXPECT_EQ(state(), IouState::expired);
  int points = 0;
  for (const auto& [id, row] : ledger.trust)
    if (row.cause == "expired") points += row.points;
  EXPECT_EQ(points, 1);
}

TEST_F(Sitdowns, AnInvitationWithoutAnswerBecomesKept) {
  invite();
  settle("2026-03-12 11:11");
  EXPECT_EQ(state(), IouState::offered);
  settle("2026-03-12 11:12");
  EXPECT_EQ(state(), IouState::kept);
}

TEST_F(Sitdowns, SilenceRemindsTheRep) {
  invite();
  settle("2026-03-09 08:00");
  EXPECT_EQ(count("care-"), 1U);
}

TEST_F(Sitdowns, SmallHelpIsBankedUntilTheBusinessDayAfter) {
  promise_to("walk", "karen@acme.test", "help_colleague", "2026-03-06");
  settle();
  EXPECT_EQ(state(), IouState::banked);
  settle("2026-03-07 10:00");
  EXPECT_EQ(state(), IouState::banked);
  settle("2026-03-09 06:00");
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_EQ(iou().ask, "feedback");
}

TEST_F(Sitdowns, WhatIsNeverFreeIsNeverAskedFor) {
  setting.policy.catalogue.favours["errand"].free = false;
  propose_errand();
  EXPECT_EQ(state(), IouState::banked);
}

TEST_F(Sitdowns, AVisitFarAwayIsAskedForAtDelivery) {
  clients[0].travel_minutes = 45;
  meet_people();
  promise_to("belt", "meg@acme.test", "errand", "2026-03-07", core::TimeOfDay(18, 0), true);
  settle();
  EXPECT_EQ(start(), "2026-03-07 18:10");
  EXPECT_EQ(iou().sitdown->where, Where::at_delivery);
  EXPECT_EQ(iou().sitdown->minutes, 15);
  settle("2026-03-04 15:00");
  EXPECT_EQ(start(), "2026-03-07 18:10");
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 11:00");
  EXPECT_EQ(state(), IouState::kept) << "they meet anyway";
  EXPECT_THAT(left, IsEmpty());
}

TEST_F(Sitdowns, ANearVisitIsNot) {
  promise_to("belt", "meg@acme.test", "errand", "2026-03-07", core::TimeOfDay(18, 0), true);
  settle();
  EXPECT_EQ(iou().sitdown->where, Where::search);
}

TEST_F(Sitdowns, AnAskSpokenForTheVisitTakesItsTimeThere) {
  Finding found = promise("errand", "bring belt", Due{day("2026-03-07"), core::TimeOfDay(18, 0)});
  found.spoken = SpokenAsk{"ordering_schedule", true, std::nullopt};
  sent("m", "meg@acme.test", {found});
  settle();
  EXPECT_EQ(start(), "2026-03-07 18:10");
  EXPECT_EQ(iou().sitdown->minutes, 30);
}

TEST_F(Sitdowns, RideAlongWithAMeetingThatTakesPlaceAnyway) {
  facts.occurrences.push_back(
      agenda_samples::meeting_with("2026-03-10 14:00", 60, "karen@acme.test", "host"));
  propose_errand();
  EXPECT_EQ(start(), "2026-03-10 14:50");
  EXPECT_EQ(iou().sitdown->where, Where::piggyback);
  EXPECT_EQ(item("prep-").end, when("2026-03-10 14:00"));
  settle("2026-03-05 09:00");
  EXPECT_EQ(start(), "2026-03-10 14:50");
  facts.occurrences.clear();
  settle("2026-03-05 10:00");
  EXPECT_EQ(start(), "2026-03-09 10:00");
}

TEST_F(Sitdowns, AFurtherFavourJoinsTheUnapprovedOne) {
  propose_errand();
  promise_to("sample", "meg@acme.test", "loan", "2026-03-10");
  settle("2026-03-04 15:00");
  ASSERT_THAT(ledger.ious, SizeIs(1));
  EXPECT_THAT(iou().favours, SizeIs(2));
  EXPECT_EQ(iou().sitdown->minutes, 25);
  EXPECT_GE(iou().sitdown->start, when("2026-03-11 09:30"));
  EXPECT_EQ(item("iou-").end - item("iou-").start, core::Minutes{25});
}

TEST_F(Sitdowns, AnApprovedOneIsNotJoined) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-04 15:00");
  promise_to("sample", "meg@acme.test", "loan", "2026-03-10");
  settle("2026-03-04 15:02");
  EXPECT_THAT(ledger.ious, SizeIs(2));
}

TEST_F(Sitdowns, BundlesGrowByFiveMinutesUpToThirty) {
  EXPECT_EQ(talk_minutes(setting.policy, "introductions", 1), 20);
  EXPECT_EQ(talk_minutes(setting.policy, "introductions", 2), 25);
  EXPECT_EQ(talk_minutes(setting.policy, "introductions", 9), 30);
  EXPECT_EQ(talk_minutes(setting.policy, "unknown", 1), 0);
}

TEST_F(Sitdowns, FiveProposalsADayAndTheRestInTheReview) {
  setting.policy.limits.proposals_per_day = 2;
  promise_to("a", "meg@acme.test", "errand", "2026-03-06");
  promise_to("b", "omar@initech.test", "errand", "2026-03-06");
  promise_to("c", "lena@newco.test", "errand", "2026-03-06");
  settle();
  int proposed = 0;
  for (const auto& [id, one] : ledger.ious)
    if (one.state == IouState::proposed) ++proposed;
  EXPECT_EQ(proposed, 2);
  ASSERT_THAT(ledger.review, SizeIs(1));
  EXPECT_EQ(ledger.review.begin()->second.kind, "later");
}

TEST_F(Sitdowns, ATypedAskIsTakenWhereTheGateIsOpen) {
  Finding found = promise("errand", "bring belt", due("2026-03-07"));
  CaptureNote note;
  note.source = "mail";
  note.id = "c";
  note.is_sure = true;
  note.client = "Acme Press";
  note.made = now;
  note.slots = found.slots;
  note.ask = "feedback";
  facts.captures = {note};
  settle();
  EXPECT_EQ(iou().ask, "feedback");
}

TEST_F(Sitdowns, WideHoursAreMarked) {
  clients[0].zone = "Asia/Tokyo";
  meet_people();
  propose_errand();
  EXPECT_EQ(state(), IouState::proposed);
  if (iou().sitdown->is_wide) {
    Pass p = pass();
    EXPECT_FALSE(talk_of(p, iou()).hours.empty());
  }
}

TEST_F(Sitdowns, AnAskWithoutFavourOpensOnceWhereTheGateIsOpen) {
  Pass p = pass();
  Agenda agenda = agenda_of(p);
  const Client& acme = known("Acme Press");
  open_favourless(p, agenda, acme, "introductions", "referral", "k", {});
  open_favourless(p, agenda, acme, "introductions", "referral", "k", {});
  ASSERT_THAT(ledger.ious, SizeIs(1));
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_THAT(iou().favours, IsEmpty());
  open_favourless(p, agenda, acme, "network", "referral", "k2", {});
  EXPECT_THAT(ledger.ious, SizeIs(1)) << "its need is not there";
  Client nobody = acme;
  nobody.name = "Nobody";
  open_favourless(p, agenda, nobody, "feedback", "referral", "k", {});
  EXPECT_THAT(ledger.ious, SizeIs(1));
}

TEST_F(Sitdowns, BusyOnlyTitlesAreNeutral) {
  setting.policy.privacy.busy_only = true;
  propose_errand();
  EXPECT_EQ(item("iou-").summary, "Sit-down");
  EXPECT_EQ(item("iou-").description, "");
}

TEST_F(Sitdowns, AReminderIsTwoHoursBeforeTheHour) {
  promise_to("belt", "meg@acme.test", "errand", "2026-03-07", core::TimeOfDay(18, 0));
  settle();
  EXPECT_EQ(item("fav-").start, when("2026-03-07 16:00"));
  settle("2026-03-07 17:00");
  EXPECT_EQ(count("fav-"), 1U);
  settle("2026-03-07 18:30");
  EXPECT_EQ(count("fav-"), 1U) << "what has passed stays as history";
}

TEST_F(Sitdowns, AReminderWhoseMomentHasPassedIsNotMade) {
  at("2026-03-07 10:00");
  sent("m", "meg@acme.test", {promise("errand", "bring belt", due("2026-03-07"))});
  settle();
  EXPECT_EQ(count("fav-"), 0U);
}

TEST_F(Sitdowns, AMeetingWithoutACalendarForItIsNotWritten) {
  setting.meetings.clear();
  invite();
  EXPECT_EQ(count("mtg-"), 0U);
  EXPECT_EQ(count("iou-"), 0U);
  EXPECT_THAT(left, SizeIs(1));
}

TEST_F(Sitdowns, WhatIsPastGoesOnlyWhereItWasEnded) {
  Pass p = pass();
  const auto goes = [&](Role role, const std::string& owner) {
    ItemRecord record;
    record.owner = owner;
    record.written.role = role;
    record.seen.start = when("2026-03-01 10:00");
    record.seen.end = when("2026-03-01 10:20");
    return is_to_go(p, record);
  };
  ledger.ious["live"].state = IouState::dismissed;
  ledger.ious["old"].state = IouState::expired;
  ledger.favours["off"].state = FavourState::cancelled;
  ledger.favours["on"].state = FavourState::delivered;
  EXPECT_TRUE(goes(Role::sitdown, "live"));
  EXPECT_FALSE(goes(Role::prep, "old"));
  EXPECT_FALSE(goes(Role::meeting, "unknown"));
  EXPECT_TRUE(goes(Role::reminder, "off"));
  EXPECT_FALSE(goes(Role::reminder, "on"));
  for (const Role role : {Role::nudge, Role::planning, Role::occasion})
    EXPECT_FALSE(goes(role, "x"));
}

TEST_F(Sitdowns, TheAgendaHoldsWhatIsOurs) {
  invite();
  ItemRecord planning;
  planning.written.role = planning.seen.role = Role::planning;
  planning.seen.start = when("2026-03-06 13:30");
  planning.seen.end = when("2026-03-06 14:00");
  ledger.items["plan-1@ioud"] = planning;
  Pass p = pass();
  const Agenda agenda = agenda_of(p);
  ASSERT_THAT(agenda.booked, SizeIs(1));
  EXPECT_EQ(agenda.booked.front().id, iou().invitation->uid);
  EXPECT_FALSE(agenda.busy.bare().is_free(when("2026-03-06 13:30"), when("2026-03-06 13:45")));
}

TEST(NextLook, IsTheNextMomentThatMatters) {
  Desk desk;
  desk.at("2026-03-04 14:30");
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-05 06:00"));
  desk.at("2026-03-04 05:30");
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 06:00"));
  desk.at("2026-03-04 14:30");
  ItemRecord planning;
  planning.seen.role = Role::planning;
  planning.seen.start = when("2026-03-04 20:00");
  desk.ledger.items["p"] = planning;
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 20:00"));
  desk.ledger.ious["i"].state = IouState::proposed;
  desk.ledger.ious["i"].sitdown = Sitdown{};
  desk.ledger.ious["i"].sitdown->start = when("2026-03-04 18:30");
  desk.ledger.ious["i"].sitdown->minutes = 30;
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 19:00"));
  desk.ledger.favours["f"].due = {day("2026-03-04"), core::TimeOfDay(18, 0)};
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 18:00"));
  desk.ledger.approvals["a"].hold_until = when("2026-03-04 14:40");
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 14:40"));
  desk.ledger.approvals["a"].hold_until = when("2026-03-04 14:20");
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 14:45"));
  desk.ledger.approvals["a"].cancelled = true;
  EXPECT_EQ(next_look(desk.ledger, desk.setting, desk.now), when("2026-03-04 18:00"));
}

}  // namespace
}  // namespace ioud::domain
