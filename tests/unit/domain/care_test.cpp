#include "domain/care.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/agenda.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Care : public testing::Test, protected Desk {
 protected:
  core::Date day_of(const std::string& prefix) {
    return core::date_in(setting.rep.zone, item(prefix).start);
  }
  /// Nobody is known but Acme, and it was last spoken to then.
  void only_acme(const char* last) {
    clients.resize(1);
    cards.resize(2);
    meet_people();
    ledger.touches["t"] = {"t", "meg@acme.test", when(last), "mail", true};
  }
};

TEST_F(Care, AGoldCustomerIsNudgedAfterThirtyDays) {
  setting.policy.features.cadence = true;
  only_acme("2026-02-05 10:00");
  settle("2026-03-04 08:00");
  EXPECT_EQ(day_of("care-"), day("2026-03-09"));
  EXPECT_THAT(item("care-").summary, HasSubstr("Meg Alvarez"));
  EXPECT_THAT(item("care-").guests, IsEmpty());
  const std::string uid = item("care-").uid;
  settle("2026-03-05 08:00");
  EXPECT_EQ(item("care-").uid, uid);
}

TEST_F(Care, ANudgeThatWasMovedIsSnoozedAndOneDeletedStaysAway) {
  setting.policy.features.cadence = true;
  only_acme("2026-02-05 10:00");
  settle("2026-03-04 08:00");
  item("care-").start = when("2026-03-12 09:00");
  item("care-").end = when("2026-03-12 09:15");
  settle("2026-03-04 09:00");
  EXPECT_EQ(item("care-").start, when("2026-03-12 09:00"));
  remove("care-");
  settle("2026-03-04 10:00");
  settle("2026-03-05 10:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Care, AMeetingSoonMakesANudgeNeedless) {
  setting.policy.features.cadence = true;
  only_acme("2026-02-05 10:00");
  facts.occurrences = {agenda_samples::meeting_with("2026-03-10 10:00", 60, "meg@acme.test")};
  settle("2026-03-04 08:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Care, ANudgeFollowedByATouchIsADeposit) {
  setting.policy.features.cadence = true;
  only_acme("2026-02-05 10:00");
  settle("2026-03-04 08:00");
  ledger.touches["u"] = {"u", "meg@acme.test", when("2026-03-10 10:00"), "mail", true};
  settle("2026-03-10 11:00");
  settle("2026-03-10 12:00");
  int care = 0;
  for (const auto& [id, row] : ledger.trust)
    if (row.cause == "care") care += row.points;
  EXPECT_EQ(care, 1);
}

TEST_F(Care, ATouchTooLateOrBeforeIsNone) {
  for (const char* touch : {"2026-03-09 09:00", "2026-03-17 10:00"}) {
    Desk desk;
    desk.setting.policy.features.cadence = true;
    desk.clients.resize(1);
    desk.meet_people();
    desk.ledger.touches["t"] = {"t", "meg@acme.test", when("2026-02-05 10:00"), "mail", true};
    desk.settle("2026-03-04 08:00");
    ASSERT_EQ(desk.count("care-"), 1U);
    desk.ledger.touches["u"] = {"u", "meg@acme.test", when(touch), "mail", true};
    desk.settle("2026-03-17 11:00");
    for (const auto& [id, row] : desk.ledger.trust) EXPECT_NE(row.cause, "care") << touch;
  }
}

TEST_F(Care, AMistakeRepairedInTimeIsADeposit) {
  only_acme("2026-02-05 10:00");
  post_trust(ledger, "Acme Press", -3, "complaint", "m", when("2026-03-04 10:00"));
  settle("2026-03-04 11:00");
  ASSERT_EQ(day_of("care-"), day("2026-03-05"));
  ledger.touches["u"] = {"u", "meg@acme.test", item("care-").start + core::Minutes{20}, "mail",
                         true};
  settle("2026-03-05 17:00");
  int repaired = 0;
  for (const auto& [id, row] : ledger.trust)
    if (row.cause == "repaired") repaired += row.points;
  EXPECT_EQ(repaired, 2);
  settle("2026-03-09 08:00");
  EXPECT_EQ(count("care-"), 1U) << "what has passed stays as history";
}

TEST_F(Care, PlanningStandsFourWeeksAheadAndMovesWhenOverbooked) {
  setting.policy.features.planning = true;
  settle("2026-03-04 08:00");
  EXPECT_EQ(count("plan-"), 4U);
  EXPECT_TRUE(item("plan-").opaque);
  facts.occurrences = {agenda_samples::event("2026-03-06 13:00", 120)};
  settle("2026-03-04 09:00");
  std::vector<std::string> starts;
  for (const Standing& one : facts.standing)
    starts.push_back(agenda_samples::shown(one.item.start));
  EXPECT_THAT(starts, testing::Not(testing::Contains("2026-03-06 13:30")));
  EXPECT_THAT(starts, SizeIs(4));
}

TEST_F(Care, PlanningThatWasDeletedStaysAwayForThatWeekAlone) {
  setting.policy.features.planning = true;
  settle("2026-03-04 08:00");
  remove(facts.standing.front().item.uid);
  settle("2026-03-04 09:00");
  EXPECT_EQ(count("plan-"), 3U);
  settle("2026-03-11 09:00");
  EXPECT_EQ(count("plan-"), 4U);
}

TEST_F(Care, PrepsStandBeforeMeetingsWithAContact) {
  setting.policy.features.prep = true;
  propose_errand();
  facts.occurrences = {
      agenda_samples::meeting_with("2026-03-06 10:00", 60, "omar@initech.test", "a"),
      agenda_samples::meeting_with("2026-03-06 14:00", 60, "x@stranger.test", "b")};
  facts.occurrences[0].summary = "Quarterly";
  settle("2026-03-04 15:00");
  std::size_t preps = 0;
  for (const Standing& one : facts.standing)
    if (one.item.role == Role::prep && one.item.start == when("2026-03-06 09:30")) {
      ++preps;
      EXPECT_THAT(one.item.summary + one.item.description, HasSubstr("Omar Haddad"));
      EXPECT_EQ(one.item.end - one.item.start, core::Minutes{10});
    }
  EXPECT_EQ(preps, 1U);
}

TEST_F(Care, APrepListsWhatIsOpenAndTheStage) {
  setting.policy.features.prep = true;
  at("2026-03-04 14:25");
  sent("m", "lena@newco.test", {promise("loan", "lend scanner", due("2026-03-12"))});
  facts.occurrences = {
      agenda_samples::meeting_with("2026-03-06 10:00", 60, "lena@newco.test", "a")};
  ledger.touches["t"] = {"t", "lena@newco.test", when("2026-02-05 10:00"), "mail", true};
  settle("2026-03-04 14:30");
  std::string text;
  for (const Standing& one : facts.standing)
    if (one.item.start == when("2026-03-06 09:30")) text = one.item.description;
  EXPECT_THAT(text, HasSubstr("prospect"));
  EXPECT_THAT(text, HasSubstr("scanner"));
  clients[2].stage = Stage::former;
  meet_people();
  settle("2026-03-04 14:40");
  for (const Standing& one : facts.standing)
    if (one.item.start == when("2026-03-06 09:30")) text = one.item.description;
  EXPECT_THAT(text, HasSubstr("former"));
}

TEST_F(Care, APrepWhoseTimeHasPassedIsNotMade) {
  setting.policy.features.prep = true;
  facts.occurrences = {agenda_samples::meeting_with("2026-03-04 14:45", 60, "omar@initech.test")};
  settle("2026-03-04 14:30");
  EXPECT_THAT(facts.standing, IsEmpty());
}

TEST_F(Care, OccasionsStandForAYearAndADeletedOneStaysAway) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {1985, 4, 12, "gregorian"}}};
  clients.resize(1);
  for (Client& one : clients) one.purchases.clear();
  meet_people();
  settle();
  ASSERT_EQ(count("date-"), 1U);
  EXPECT_EQ(item("date-").day, day("2026-04-12"));
  EXPECT_THAT(item("date-").summary, HasSubstr("(41)"));
  EXPECT_EQ(standing("date-")->calendar, "Client dates");
  remove("date-");
  settle("2026-03-04 15:00");
  EXPECT_EQ(count("date-"), 0U);
  settle("2026-04-13 08:00");
  EXPECT_EQ(count("date-"), 1U);
  remove("date-");
  settle("2026-04-13 09:00");
  settle("2027-06-13 09:00");
  EXPECT_EQ(count("date-"), 0U) << "after two deletions the series ends";
}

TEST_F(Care, AMonthWithoutADayIsAReviewLine) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {std::nullopt, 3, std::nullopt, "gregorian"}}};
  meet_people();
  settle("2026-03-02 08:00");
  bool is_told = false;
  for (const auto& [id, line] : ledger.review) is_told = is_told || line.kind == "month";
  EXPECT_TRUE(is_told);
}

TEST_F(Care, AGoldClientsBirthdayWantsACardAWeekBefore) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {1985, 3, 16, "gregorian"}}};
  cards[2].dates = {{"birthday", "", {1990, 3, 16, "gregorian"}}};  // bronze
  for (Client& one : clients) one.purchases.clear();
  meet_people();
  settle("2026-03-04 08:00");
  ASSERT_EQ(count("care-"), 1U);
  EXPECT_EQ(item("care-").start, when("2026-03-09 15:30"));
  EXPECT_EQ(item("care-").summary, "Call Meg Alvarez: card for the birthday on 16 Mar");
  EXPECT_EQ(settle("2026-03-10 08:00"), 0);
  EXPECT_EQ(settle("2026-03-17 08:00"), 0);
  EXPECT_EQ(count("care-"), 1U);
}

TEST_F(Care, ACardThatWouldComeTooLateOrIsUnwelcomeIsNone) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {1985, 3, 9, "gregorian"}}};
  cards[1].dates = {{"birthday", "", {1985, 3, 16, "gregorian"}}};
  cards[1].notes = {{"no-greetings", ""}};
  meet_people();
  settle("2026-03-04 08:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Care, OneReferralAskAWeekTheMostTrustedFirst) {
  setting.policy.features.referrals = true;
  clients[1].opening_trust = 9;
  meet_people();
  settle();
  ASSERT_THAT(ledger.ious, SizeIs(1));
  EXPECT_EQ(iou().client, "Initech");
  EXPECT_EQ(iou().ask, "introductions");
  EXPECT_EQ(iou().cause, "referral");
  settle("2026-03-05 10:00");
  EXPECT_THAT(ledger.ious, SizeIs(1));
  settle("2026-03-09 06:00");
  EXPECT_THAT(ledger.ious, SizeIs(2));
  for (const auto& [id, one] : ledger.ious) EXPECT_NE(one.client, "Newco");
}

TEST_F(Care, ADismissedReferralAskRestsNinetyDays) {
  setting.policy.features.referrals = true;
  only_acme("2026-03-01 10:00");
  settle();
  answer_sitdown("DECLINED");
  settle("2026-03-05 10:00");
  settle("2026-05-31 10:00");
  EXPECT_THAT(ledger.ious, SizeIs(1));
  settle("2026-06-02 10:00");
  EXPECT_THAT(ledger.ious, SizeIs(2));
}

TEST_F(Care, PurchasesBringCheckInsAndAsks) {
  setting.policy.features.after_sale = true;
  clients.resize(2);
  clients[0].purchases = {{day("2026-03-03"), "press"}};
  clients[1].purchases = {{day("2025-06-01"), "a"}, {day("2026-03-02"), "b"}};
  meet_people();
  settle();
  EXPECT_EQ(count("care-"), 4U);
  std::size_t asks = 0;
  for (const auto& [id, one] : ledger.ious)
    if (one.cause == "after_sale") {
      ++asks;
      EXPECT_EQ(one.client, "Initech");
      EXPECT_EQ(one.sitdown->start, when("2026-03-16 10:00"));
    }
  EXPECT_EQ(asks, 1U);
}

TEST_F(Care, ANudgeNamesTheLastThingDelivered) {
  setting.policy.features.cadence = true;
  only_acme("2026-02-05 10:00");
  Favour done;
  done.id = "f";
  done.client = "Acme Press";
  done.thing = "the drive belt";
  done.state = FavourState::delivered;
  done.delivered_at = when("2026-02-04 10:00");
  ledger.favours["f"] = done;
  Iou collected;
  collected.id = "i";
  collected.favours = {"f"};
  collected.opened = when("2026-02-01 10:00");
  collected.state = IouState::collected;
  ledger.ious["i"] = collected;
  settle("2026-03-04 08:00");
  EXPECT_THAT(item("care-").description, HasSubstr("drive belt"));
}

}  // namespace
}  // namespace ioud::domain
