#include "domain/favours.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/iou.hpp"
#include "domain/learning.hpp"

namespace ioud::domain {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class Favours : public testing::Test, protected Desk {
 protected:
  Promise belt() {
    Promise one;
    one.client = &known("Acme Press");
    one.debtor = "meg@acme.test";
    const Finding found = promise("errand", "drop belt", due("2026-03-07"));
    one.slots = found.slots;
    one.confidence = 0.95;
    one.evidence = {"mail", "m1", found.quote, "Press down", now};
    one.offered_at = now;
    one.thread = "m1";
    return one;
  }
  std::string enter_one(const Promise& one) {
    Pass p = pass();
    return enter(p, one);
  }
  int metered() { return metered_minutes(ledger, "Acme Press"); }
};

TEST_F(Favours, AreEnteredOnceHoweverOftenTheyAreSeen) {
  const std::string id = enter_one(belt());
  EXPECT_EQ(enter_one(belt()), id);
  Promise copy = belt();
  copy.evidence = {"event", "u1", "Tom: drop belt", "", now};
  EXPECT_EQ(enter_one(copy), id);
  EXPECT_EQ(enter_one(copy), id);
  EXPECT_THAT(favour().evidence, SizeIs(2));
  EXPECT_EQ(favour().size, Size::L);
  EXPECT_EQ(favour().effort_minutes, 120);
  EXPECT_EQ(favour().effort_source, "estimate");
  EXPECT_EQ(metered(), 120);
}

TEST_F(Favours, OfAnotherDayOrClientAreOthers) {
  enter_one(belt());
  Promise later = belt();
  later.offered_at = when("2026-03-12 09:00");
  later.slots.due = due("2026-03-14");
  later.thread = later.evidence.id = "m2";
  enter_one(later);
  Promise other = belt();
  other.client = &known("Initech");
  other.thread = other.evidence.id = "m3";
  enter_one(other);
  EXPECT_THAT(ledger.favours, SizeIs(3));
}

TEST_F(Favours, SaidAgainInItsThreadAreTheSame) {
  const std::string id = enter_one(belt());
  Promise again = belt();
  again.offered_at = when("2026-03-05 09:00");
  again.evidence.id = "m9";
  again.slots.due.reset();
  EXPECT_EQ(enter_one(again), id);
  Promise reworded = again;
  reworded.slots.lemma = "bring part";
  reworded.slots.due = due("2026-03-07");
  EXPECT_EQ(enter_one(reworded), id);
}

TEST_F(Favours, FurtherTellingsAddWhatWasLeftOpen) {
  Promise bare = belt();
  bare.slots.due.reset();
  enter_one(bare);
  EXPECT_EQ(favour().due, due("2026-03-06"));
  EXPECT_FALSE(favour().due_stated);
  EXPECT_THAT(ledger.review, SizeIs(1));
  Promise note = belt();
  note.evidence = {"capture", "c1", "favour Meg: drop belt, Sat 6pm, 2h @there #ask feedback", "",
                   now};
  note.slots.due = due("2026-03-07");
  note.slots.effort_minutes = 90;
  note.slots.at_delivery = true;
  note.asked_for = "feedback";
  note.own_event = "c1";
  enter_one(note);
  EXPECT_EQ(favour().due, due("2026-03-07"));
  EXPECT_TRUE(favour().at_delivery);
  EXPECT_EQ(favour().asked_for, "feedback");
  EXPECT_EQ(favour().own_event, "c1");
  EXPECT_EQ(favour().effort_source, "typed");
  EXPECT_EQ(metered(), 90);
  Promise hour = belt();
  hour.evidence.id = "m4";
  hour.slots.due = Due{day("2026-03-07"), core::TimeOfDay(18, 0)};
  enter_one(hour);
  EXPECT_EQ(favour().due.time, core::TimeOfDay(18, 0));
  Promise entry = belt();
  entry.evidence.id = "m5";
  entry.calendar_minutes = 45;
  enter_one(entry);
  EXPECT_EQ(metered(), 90) << "what was typed is better than the calendar";
}

TEST_F(Favours, TheCalendarIsBetterThanAnEstimate) {
  enter_one(belt());
  Promise entry = belt();
  entry.evidence.id = "c2";
  entry.calendar_minutes = 45;
  enter_one(entry);
  EXPECT_EQ(favour().effort_source, "calendar");
  EXPECT_EQ(metered(), 45);
}

TEST_F(Favours, AreNotEnteredWhenTheirIouWouldHaveExpired) {
  at("2026-06-01 10:00");
  Promise old = belt();
  old.offered_at = when("2026-03-04 14:30");
  EXPECT_EQ(enter_one(old), "");
  EXPECT_THAT(ledger.favours, IsEmpty());
}

TEST_F(Favours, TooUnsureOnesAreAskedAboutOrDropped) {
  Promise unsure = belt();
  unsure.confidence = 0.79;
  EXPECT_EQ(enter_one(unsure), "");
  EXPECT_EQ(enter_one(unsure), "");
  EXPECT_THAT(ledger.candidates, SizeIs(1));
  EXPECT_THAT(ledger.review, SizeIs(1));
  Promise noise = belt();
  noise.slots.lemma = "call me";
  noise.thread = noise.evidence.id = "m7";
  noise.confidence = 0.49;
  EXPECT_EQ(enter_one(noise), "");
  EXPECT_THAT(ledger.candidates, SizeIs(1));
}

TEST_F(Favours, AnOkMakesAFavourOfACandidateAndTrustsThePhrase) {
  Promise unsure = belt();
  unsure.confidence = 0.6;
  enter_one(unsure);
  Pass p = pass();
  const std::string id = ledger.candidates.begin()->first;
  EXPECT_EQ(promote(p, id), id);
  EXPECT_EQ(promote(p, id), "");
  EXPECT_EQ(promote(p, "unknown"), "");
  EXPECT_EQ(metered(), 120);
  EXPECT_LT(ledger.verdicts.begin()->second.weight, 0);
}

TEST_F(Favours, OfAClientThatIsGoneAreNotPromoted) {
  Promise unsure = belt();
  unsure.confidence = 0.6;
  enter_one(unsure);
  facts.directory = Directory();
  Pass p = pass();
  EXPECT_EQ(promote(p, ledger.candidates.begin()->first), "");
}

TEST_F(Favours, ThreeNegativesInSixtyDaysSendAPhraseToTheReview) {
  enter_one(belt());
  Iou iou;
  iou.favours = {favour().id, "no such favour"};
  for (const char* gesture : {"a", "b"}) {
    Pass p = pass();
    note_verdict(p, iou, 1, gesture);
    note_verdict(p, iou, 1, gesture);
  }
  Promise next = belt();
  next.offered_at = when("2026-03-12 09:00");
  next.slots.due = due("2026-03-14");
  next.thread = next.evidence.id = "m2";
  at("2026-03-12 10:00");
  Pass p = pass();
  EXPECT_DOUBLE_EQ(negatives(p, favour()), 2);
  note_verdict(p, iou, 1, "c");
  EXPECT_EQ(enter_one(next), "");
  EXPECT_THAT(ledger.candidates, SizeIs(1));
  at("2026-05-20 10:00");
  Pass much_later = pass();
  EXPECT_DOUBLE_EQ(negatives(much_later, ledger.favours.begin()->second), 0);
}

TEST_F(Favours, ALongOrRepeatedServiceIsFlagged) {
  const auto service = [&](const char* lemma, const char* id, int minutes) {
    Promise one = belt();
    one.slots.kind = "advice";
    one.slots.lemma = lemma;
    one.slots.effort_minutes = minutes;
    one.slots.due = due("2026-03-09");
    one.thread = one.evidence.id = id;
    enter_one(one);
  };
  service("run numbers", "a1", 60);
  service("check file", "a2", 60);
  EXPECT_THAT(ledger.review, IsEmpty());
  service("read plan", "a3", 60);
  EXPECT_THAT(ledger.review, SizeIs(1));
  service("write book", "a4", 61);
  EXPECT_THAT(ledger.review, SizeIs(2));
}

TEST_F(Favours, TheOpeningBalanceCountsForTheScope) {
  clients[0].opening_favours = {{"advice", "x", day("2026-02-01")},
                                {"advice", "y", day("2026-02-02")}};
  meet_people();
  Promise one = belt();
  one.slots.kind = "advice";
  enter_one(one);
  EXPECT_THAT(ledger.review, SizeIs(1));
}

TEST_F(Favours, KindsThatAreNeverFreeAreFlagged) {
  setting.policy.catalogue.favours["errand"].free = false;
  enter_one(belt());
  EXPECT_THAT(ledger.review, SizeIs(1));
}

TEST_F(Favours, AnUnknownKindHasSomeEffort) {
  Promise odd = belt();
  odd.slots.kind = "juggling";
  enter_one(odd);
  EXPECT_EQ(favour().effort_minutes, 30);
}

TEST_F(Favours, WhoIsHelpedIsAContactOrAName) {
  Promise one = belt();
  one.slots.beneficiary = "karen";
  enter_one(one);
  EXPECT_EQ(favour().beneficiary, "karen@acme.test");
  EXPECT_EQ(favour().debtor, "meg@acme.test");
  ledger = {};
  ledger.salt = "sixteen bytes of salt";
  one.slots.beneficiary = "Bob";
  enter_one(one);
  EXPECT_EQ(favour().beneficiary, "Bob");
}

TEST_F(Favours, ASlipKeepsTheFavourAndCostsTrustOnce) {
  enter_one(belt());
  Pass p = pass();
  slip(p, favour(), due("2026-03-12"), now, "mail:x");
  slip(p, favour(), due("2026-03-12"), now, "mail:y");
  EXPECT_EQ(favour().state, FavourState::slipped);
  EXPECT_EQ(favour().due, due("2026-03-12"));
  ASSERT_THAT(ledger.trust, SizeIs(1));
  EXPECT_EQ(ledger.trust.begin()->second.points, -2);
  EXPECT_TRUE(is_open(favour()));
}

TEST_F(Favours, ACancelBringsTheEstimateToNothingAndKeepsTheRow) {
  enter_one(belt());
  Pass p = pass();
  open_ious(p);
  cancel(p, favour(), -3, now, "mail:x");
  cancel(p, favour(), -3, now, "mail:x");
  EXPECT_EQ(favour().state, FavourState::cancelled);
  EXPECT_EQ(metered(), 0);
  EXPECT_THAT(ledger.meter, SizeIs(2));
  EXPECT_EQ(state(), IouState::void_);
  EXPECT_EQ(ledger.trust.begin()->second.points, -3);
  deliver(p, favour(), now, "late");
  slip(p, favour(), due("2026-04-01"), now, "x");
  EXPECT_EQ(favour().state, FavourState::cancelled);
}

TEST_F(Favours, DeliveryOnTimeIsTwoDeposits) {
  enter_one(belt());
  Pass p = pass();
  deliver(p, favour(), when("2026-03-07 12:00"), "done");
  deliver(p, favour(), when("2026-03-08 12:00"), "again");
  EXPECT_EQ(favour().delivered_at, when("2026-03-07 12:00"));
  int points = 0;
  for (const auto& [id, row] : ledger.trust) points += row.points;
  EXPECT_EQ(points, 4);
}

TEST_F(Favours, ASlippedOneIsNotOnTime) {
  enter_one(belt());
  Pass p = pass();
  slip(p, favour(), due("2026-03-12"), now, "x");
  at("2026-03-13 10:00");
  Pass after = pass();
  deliver_what_is_due(after);
  EXPECT_EQ(favour().state, FavourState::delivered);
  EXPECT_EQ(favour().delivered_at, when("2026-03-13 00:00"));
  EXPECT_THAT(ledger.trust, SizeIs(2));
}

TEST_F(Favours, AreFoundByThreadThingOrBecauseThereIsOne) {
  enter_one(belt());
  Promise file = belt();
  file.slots.lemma = "check file";
  file.slots.thing = "the tax files";
  file.slots.what = "check the tax files";
  file.slots.kind = "advice";
  file.thread = file.evidence.id = "m2";
  enter_one(file);
  Pass p = pass();
  ASSERT_NE(find_favour(p, {"Acme Press", {"m2"}, "", ""}), nullptr);
  EXPECT_EQ(find_favour(p, {"Acme Press", {"m2"}, "", ""})->thing, "the tax files");
  EXPECT_EQ(find_favour(p, {"Acme Press", {}, "your tax file", ""})->thing, "the tax files");
  EXPECT_EQ(find_favour(p, {"Acme Press", {}, "", "thanks for that belt"})->thing, "belt");
  EXPECT_EQ(find_favour(p, {"Acme Press", {}, "", "thanks"}), nullptr);
  EXPECT_EQ(find_favour(p, {"Acme Press", {}, "the moon", ""}), nullptr);
  EXPECT_EQ(find_favour(p, {"Initech", {"m2"}, "", ""}), nullptr);
  Favour* done = find_favour(p, {"Acme Press", {"m2"}, "", ""});
  deliver(p, *done, now, "done");
  EXPECT_EQ(find_favour(p, {"Acme Press", {"m2"}, "", "ok"})->thing, "belt");
  EXPECT_EQ(find_favour(p, {"Acme Press", {"m2"}, "files", ""}, true), done);
}

TEST_F(Favours, NamesComeFromTheCardElseTheHeadersElseTheAddress) {
  facts.names["meg@acme.test"] = "Margaret";
  facts.names["new@acme.test"] = "New One";
  Pass p = pass();
  EXPECT_EQ(contact_name(p, "meg@acme.test"), "Meg Alvarez");
  EXPECT_EQ(contact_name(p, "new@acme.test"), "New One");
  EXPECT_EQ(contact_name(p, "x@y.test"), "x@y.test");
}

}  // namespace
}  // namespace ioud::domain
