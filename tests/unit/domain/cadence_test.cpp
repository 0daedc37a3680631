#include "domain/cadence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/domain/agenda_samples.hpp"
#include "unit/domain/people_samples.hpp"

namespace ioud::domain {
namespace {

using namespace agenda_samples;
using people_samples::card;
using people_samples::client;
using people_samples::fixture;
using testing::ElementsAre;
using testing::IsEmpty;

using Held = std::map<std::string, HeldTime>;
using Met = std::map<std::string, std::set<core::Date>>;

const Policy policy;

std::vector<std::string> lines(const std::vector<CareTime>& times) {
  std::vector<std::string> found;
  for (const CareTime& one : times) found.push_back(shown(one.start) + " " + one.wish.contact);
  return found;
}

std::vector<std::string> dues(const std::vector<CareWish>& wishes) {
  std::vector<std::string> found;
  for (const CareWish& one : wishes) found.push_back(core::format(one.due) + " " + one.client);
  return found;
}

CareWish wish(std::string key, std::string_view due) {
  return {key, key, key + "@x.test", NudgeCause::cadence, day(due), false, ""};
}

std::vector<CareTime> placed(const Agenda& in, std::vector<CareWish> wishes, const Met& met = {},
                             const Held& held = {}, const std::set<std::string>& refused = {}) {
  return care_times(in, policy.cadence, std::move(wishes), met, held, refused);
}

LastContact all_seen(std::string_view at) {
  return {{"Acme Press", when(at)}, {"Initech", when(at)}, {"Newco", when(at)}};
}

TEST(Cadence, CountsFromTheLastContactByTierAndStage) {
  const auto wishes = cadence_wishes(fixture(), policy.cadence, agenda("2026-02-25 08:00"),
                                     all_seen("2026-01-29 10:40"), {});
  EXPECT_THAT(dues(wishes),
              ElementsAre("2026-02-28 Acme Press", "2026-05-29 Initech", "2026-02-08 Newco"));
  EXPECT_EQ(wishes[0].contact, "meg@acme.test");
}

TEST(Cadence, HasItsOwnDaysForSilverAndFormer) {
  const Directory directory =
      make_directory({client("A", {"a@a.test"}, Stage::customer, Tier::silver),
                      client("B", {"b@b.test"}, Stage::former, Tier::gold)},
                     {});
  EXPECT_THAT(
      dues(cadence_wishes(directory, policy.cadence, agenda("2026-02-25 08:00"),
                          {{"A", when("2026-01-01 08:00")}, {"B", when("2026-01-01 08:00")}}, {})),
      ElementsAre("2026-03-02 A", "2026-06-30 B"));
}

TEST(Cadence, NeedsAContactAndAStart) {
  const Directory directory = make_directory({client("A", {}), client("B", {"b@b.test"})},
                                             {card("Dee", "b@b.test", {{"deceased", ""}})});
  EXPECT_THAT(
      cadence_wishes(directory, policy.cadence, agenda("2026-02-25 08:00"),
                     {{"A", when("2026-01-01 08:00")}, {"B", when("2026-01-01 08:00")}}, {}),
      IsEmpty());
  EXPECT_THAT(cadence_wishes(fixture(), policy.cadence, agenda("2026-02-25 08:00"), {}, {}),
              IsEmpty());
}

TEST(Cadence, GoesOnAfterANudgeThatPassed) {
  const Agenda in = agenda("2026-03-03 08:00");
  const LastContact last = {{"Acme Press", when("2026-01-29 10:40")}};
  const auto first = cadence_wishes(fixture(), policy.cadence, in, last, {});
  ASSERT_EQ(first.size(), 1U);
  const Held held = {{first[0].key, {when("2026-03-02 15:30"), false, "care-1"}}};
  const auto second = cadence_wishes(fixture(), policy.cadence, in, last, held);
  EXPECT_THAT(dues(second), ElementsAre("2026-04-01 Acme Press"));
  EXPECT_NE(first[0].key, second[0].key);
  // A contact resets the clock: another key, so the old nudge goes.
  const auto reset = cadence_wishes(fixture(), policy.cadence, in,
                                    {{"Acme Press", when("2026-02-26 09:30")}}, held);
  EXPECT_THAT(dues(reset), ElementsAre("2026-03-28 Acme Press"));
}

TEST(CareTimes, ShowKeepInTouchOnTheNextBusinessDay) {
  const Agenda in = agenda("2026-02-25 08:00");
  const auto wishes = cadence_wishes(
      fixture(), policy.cadence, in,
      {{"Acme Press", when("2026-01-29 10:40")}, {"Initech", in.now}, {"Newco", in.now}}, {});
  EXPECT_THAT(lines(placed(in, wishes)), ElementsAre("2026-03-02 15:30 meg@acme.test"));
}

TEST(CareTimes, TakeTheFirstFreeQuarterHourOfTheFirstFreeDay) {
  const auto at = [](const std::vector<Occurrence>& busy) {
    return lines(placed(agenda("2026-03-02 08:00", busy), {wish("a", "2026-03-03")}));
  };
  EXPECT_THAT(at({}), ElementsAre("2026-03-03 15:30 a@x.test"));
  EXPECT_THAT(at({event("2026-03-03 15:00", 45)}), ElementsAre("2026-03-03 15:45 a@x.test"));
  EXPECT_THAT(at({event("2026-03-03 15:35", 45)}), ElementsAre("2026-03-04 15:30 a@x.test"))
      << "16:20 leaves no quarter hour";
  EXPECT_THAT(at({event("2026-03-03 15:35", 40)}), ElementsAre("2026-03-03 16:15 a@x.test"));
  EXPECT_THAT(at({all_day("2026-03-03", "2026-03-06")}), ElementsAre("2026-03-09 15:30 a@x.test"));
}

TEST(CareTimes, PutWhatIsOverdueOnTheNextFreeDay) {
  EXPECT_THAT(lines(placed(agenda("2026-03-05 08:00"), {wish("a", "2026-01-03")})),
              ElementsAre("2026-03-05 15:30 a@x.test"));
  EXPECT_THAT(lines(placed(agenda("2026-03-05 15:50"), {wish("a", "2026-01-03")})),
              ElementsAre("2026-03-05 16:00 a@x.test"));
  EXPECT_THAT(lines(placed(agenda("2026-03-05 16:20"), {wish("a", "2026-01-03")})),
              ElementsAre("2026-03-06 15:30 a@x.test"));
  EXPECT_THAT(
      lines(placed(agenda("2026-03-07 08:00", {}, {day("2026-03-09")}), {wish("a", "2026-01-03")})),
      ElementsAre("2026-03-10 15:30 a@x.test"));
}

TEST(CareTimes, ShowOnlyWhatIsDueWithinAWeek) {
  EXPECT_THAT(lines(placed(agenda("2026-03-02 08:00"), {wish("a", "2026-03-09")})),
              ElementsAre("2026-03-09 15:30 a@x.test"));
  EXPECT_THAT(placed(agenda("2026-03-02 08:00"), {wish("a", "2026-03-10")}), IsEmpty());
  EXPECT_THAT(lines(placed(agenda("2026-02-28 08:00"), {wish("a", "2026-03-07")})),
              ElementsAre("2026-03-09 15:30 a@x.test"));
  CareWish sale = wish("a", "2026-05-31");
  sale.entered_at_once = true;
  EXPECT_THAT(lines(placed(agenda("2026-03-02 08:00"), {sale})),
              ElementsAre("2026-06-01 15:30 a@x.test"));
}

TEST(CareTimes, LeaveOutWhomOneMeetsAnyway) {
  const auto at = [](std::string_view met) {
    return placed(agenda("2026-03-02 08:00"), {wish("a", "2026-03-04")}, {{"a", {day(met)}}});
  };
  EXPECT_THAT(at("2026-03-11"), IsEmpty());
  EXPECT_EQ(at("2026-03-12").size(), 1U);
  EXPECT_THAT(at("2026-02-25"), IsEmpty());
  EXPECT_EQ(at("2026-02-24").size(), 1U);
}

TEST(CareTimes, AreThreeAWeekTheMostOverdueFirst) {
  const std::vector<CareWish> wishes = {wish("d", "2026-02-04"), wish("b", "2026-02-02"),
                                        wish("a", "2026-02-01"), wish("c", "2026-02-03"),
                                        wish("e", "2026-02-05")};
  EXPECT_THAT(lines(placed(agenda("2026-03-05 08:00"), wishes)),
              ElementsAre("2026-03-05 15:30 a@x.test", "2026-03-05 15:45 b@x.test",
                          "2026-03-05 16:00 c@x.test", "2026-03-09 15:30 d@x.test",
                          "2026-03-09 15:45 e@x.test"));
  // Those that passed this week count, what is entered at once is beyond the limit.
  std::vector<CareWish> with_sale = wishes;
  with_sale.push_back(wish("sale", "2026-03-06"));
  with_sale.back().entered_at_once = true;
  const Held held = {{"old", {when("2026-03-02 15:30"), false, ""}},
                     {"older", {when("2026-03-03 15:30"), false, ""}}};
  EXPECT_THAT(lines(placed(agenda("2026-03-05 08:00"), with_sale, {}, held)),
              ElementsAre("2026-03-06 15:30 sale@x.test", "2026-03-09 15:30 a@x.test",
                          "2026-03-09 15:45 b@x.test", "2026-03-09 16:00 c@x.test"));
}

TEST(CareTimes, StayWhereTheyAreHeld) {
  const Held held = {{"a", {when("2026-03-04 15:45"), false, "care-a"}}};
  const auto at = [&held](const std::vector<Occurrence>& busy, const Met& met = {}) {
    return lines(placed(agenda("2026-03-02 08:00", busy),
                        {wish("a", "2026-03-03"), wish("b", "2026-03-04")}, met, held));
  };
  EXPECT_THAT(at({}), ElementsAre("2026-03-04 15:30 b@x.test", "2026-03-04 15:45 a@x.test"));
  EXPECT_THAT(at({event("2026-03-04 15:30", 30)}),
              ElementsAre("2026-03-03 15:30 a@x.test", "2026-03-04 16:00 b@x.test"));
  EXPECT_THAT(at({}, {{"a", {day("2026-03-06")}}}), ElementsAre("2026-03-04 15:30 b@x.test"));
}

TEST(CareTimes, StayWhereTheRepPutThemAndWhereTheyPassed) {
  const Held held = {{"a", {when("2026-03-07 11:00"), true, ""}},
                     {"b", {when("2026-03-02 07:00"), false, ""}}};
  EXPECT_THAT(lines(placed(agenda("2026-03-02 08:00", {all_day("2026-03-02", "2026-03-09")}),
                           {wish("a", "2026-03-03"), wish("b", "2026-03-02")},
                           {{"a", {day("2026-03-06")}}}, held)),
              ElementsAre("2026-03-02 07:00 b@x.test", "2026-03-07 11:00 a@x.test"));
}

TEST(CareTimes, LeaveOutWhatTheRepRefused) {
  EXPECT_THAT(placed(agenda("2026-03-02 08:00"), {wish("a", "2026-03-03")}, {}, {}, {"a"}),
              IsEmpty());
}

TEST(AfterSale, ChecksInOnFourDays) {
  Client initech = client("Initech", {"omar@initech.test"});
  initech.purchases = {{day("2026-03-02"), "label printer"}};
  const Directory directory = make_directory({initech}, {});
  const auto nudges = [&directory](std::string_view now, const Held& held = {}) {
    const Agenda in = agenda(now);
    return lines(
        placed(in, first_purchase_wishes(directory, policy.after_sale, in, held), {}, held));
  };
  EXPECT_THAT(
      nudges("2026-03-02 17:30"),
      ElementsAre("2026-03-03 15:30 omar@initech.test", "2026-03-09 15:30 omar@initech.test",
                  "2026-04-01 15:30 omar@initech.test", "2026-06-01 15:30 omar@initech.test"));
  EXPECT_THAT(nudges("2026-03-03 09:00").front(), "2026-03-03 15:30 omar@initech.test");
  EXPECT_THAT(nudges("2026-03-04 09:00").front(), "2026-03-09 15:30 omar@initech.test");
  EXPECT_THAT(nudges("2026-06-01 09:00"), ElementsAre("2026-06-01 15:30 omar@initech.test"));
  EXPECT_THAT(nudges("2026-06-02 09:00"), IsEmpty());
  // Moved to the 5th by the rep: it does not vanish on the 4th.
  const Held held = {{"sale|Initech|2026-03-02|1", {when("2026-03-05 09:00"), true, ""}}};
  EXPECT_THAT(nudges("2026-03-04 09:00", held).front(), "2026-03-05 09:00 omar@initech.test");
}

TEST(AfterSale, KnowsTheFirstPurchaseOfCustomersOnly) {
  Client gone = client("Initech", {"omar@initech.test"}, Stage::former);
  gone.purchases = {{day("2026-03-02"), "label printer"}};
  const auto wishes = [](const Client& of) {
    return first_purchase_wishes(make_directory({of}, {}), policy.after_sale,
                                 agenda("2026-03-02 17:30"), {});
  };
  EXPECT_THAT(wishes(gone), IsEmpty());
  gone.stage = Stage::customer;
  EXPECT_EQ(wishes(gone).size(), 4U);
  EXPECT_EQ(wishes(gone)[0].about, "label printer");
  EXPECT_TRUE(wishes(gone)[0].entered_at_once);
  gone.contacts.clear();
  EXPECT_THAT(wishes(gone), IsEmpty());
}

TEST(AfterSale, AsksAfterTheSecondAndTheThird) {
  Client initech = client("Initech", {"omar@initech.test"});
  initech.purchases = {{day("2025-09-01"), "printer"}, {day("2026-03-02"), "ribbons"}};
  const auto asks = [](const Client& of, std::string_view now) {
    std::vector<std::string> found;
    for (const AfterSaleAsk& one :
         after_sale_asks(make_directory({of}, {}), policy.after_sale, agenda(now)))
      found.push_back(core::format(one.from) + " " + one.ask + " " + one.contact);
    return found;
  };
  EXPECT_THAT(asks(initech, "2026-03-03 08:00"),
              ElementsAre("2026-03-16 introductions omar@initech.test"));
  EXPECT_EQ(asks(initech, "2026-03-16 18:00").size(), 1U);
  EXPECT_THAT(asks(initech, "2026-03-17 08:00"), IsEmpty());
  initech.purchases.push_back({day("2026-04-04"), "second printer"});
  EXPECT_THAT(asks(initech, "2026-04-05 08:00"),
              ElementsAre("2026-04-20 testimonial omar@initech.test"));
  initech.stage = Stage::former;
  EXPECT_THAT(asks(initech, "2026-04-05 08:00"), IsEmpty());
}

TEST(PurchaseRhythm, RemindsBeforeTheGapAndAfterOneAndAHalf) {
  Client initech = client("Initech", {"omar@initech.test"});
  initech.purchases = {
      {day("2026-01-01"), "a"}, {day("2026-01-31"), "b"}, {day("2026-03-02"), "c"}};
  const auto wishes = [](const Client& of, std::string_view today) {
    std::vector<std::string> found;
    for (const CareWish& one :
         purchase_rhythm_wishes(make_directory({of}, {}), policy.after_sale, day(today)))
      found.push_back(core::format(one.due) +
                      (one.cause == NudgeCause::lapse ? " lapse " : " reorder ") + one.about);
    return found;
  };
  EXPECT_THAT(wishes(initech, "2026-03-03"),
              ElementsAre("2026-03-25 reorder c", "2026-04-16 lapse c"));
  EXPECT_THAT(wishes(initech, "2026-04-01"), ElementsAre("2026-04-16 lapse c"));
  initech.purchases.pop_back();
  EXPECT_THAT(wishes(initech, "2026-03-03"), IsEmpty());
  initech.purchases = {
      {day("2026-01-01"), "a"}, {day("2026-01-01"), "b"}, {day("2026-01-01"), "c"}};
  EXPECT_THAT(wishes(initech, "2026-03-03"), IsEmpty()) << "no gap, no rhythm";
}

TEST(ReviewTalk, ComesByTier) {
  Client acme = client("Acme", {"meg@acme.test"}, Stage::customer, Tier::gold);
  acme.purchases = {{day("2026-01-01"), "press"}};
  const auto due = [](const Client& of, std::string_view today) {
    return dues(review_talk_wishes(make_directory({of}, {}), policy.cadence, day(today)));
  };
  EXPECT_THAT(due(acme, "2025-12-01"), ElementsAre("2026-04-02 Acme"));
  EXPECT_THAT(due(acme, "2026-04-02"), ElementsAre("2026-04-02 Acme"));
  EXPECT_THAT(due(acme, "2026-04-03"), ElementsAre("2026-07-02 Acme"));
  acme.tier = Tier::silver;
  EXPECT_THAT(due(acme, "2026-04-03"), ElementsAre("2026-07-02 Acme"));
  acme.tier = Tier::bronze;
  EXPECT_THAT(due(acme, "2026-04-03"), ElementsAre("2027-01-01 Acme"));
  acme.stage = Stage::former;
  EXPECT_THAT(due(acme, "2026-04-03"), IsEmpty());
}

TEST(Referral, IsThankedFollowedAndReported) {
  EXPECT_THAT(dues(referral_wishes("Acme", "meg@acme.test", "Lou", day("2026-03-06"),
                                   policy.referrals, core::Holidays({day("2026-03-09")}))),
              ElementsAre("2026-03-10 Acme", "2026-03-11 Acme", "2026-04-05 Acme"));
}

TEST(MeetingDays, AreThoseWithContacts) {
  Occurrence party = all_day("2026-03-12", "2026-03-13");
  party.readable = true;
  party.organizer = "omar@initech.test";
  Occurrence hidden = meeting_with("2026-03-16 10:00", 60, "meg@acme.test");
  hidden.readable = false;
  const Met met = meeting_days(fixture(),
                               {meeting_with("2026-03-10 23:00", 60, "meg@acme.test"), party,
                                hidden, meeting_with("2026-03-11 10:00", 60, "sal@unknown.test")},
                               chicago());
  EXPECT_EQ(met, (Met{{"Acme Press", {day("2026-03-10")}}, {"Initech", {day("2026-03-12")}}}));
}

class Planning : public testing::Test {
 protected:
  std::vector<std::string> weeks(std::string_view now, const std::vector<Occurrence>& busy = {},
                                 const std::map<core::Date, HeldTime>& held = {},
                                 const std::set<core::Date>& skipped = {},
                                 std::vector<core::Date> holidays = {}) {
    std::vector<std::string> found;
    for (const PlanningTime& one :
         planning_times(agenda(now, busy, std::move(holidays)), planning, held, skipped))
      found.push_back(shown(one.start));
    return found;
  }
  Policy::Planning planning;
};

TEST_F(Planning, StandsOnFourFridays) {
  EXPECT_THAT(weeks("2026-03-02 08:00"), ElementsAre("2026-03-06 13:30", "2026-03-13 13:30",
                                                     "2026-03-20 13:30", "2026-03-27 13:30"));
}

TEST_F(Planning, GoesToTheNearestFreeTimeOfTheWeek) {
  planning.weeks = 1;
  EXPECT_THAT(weeks("2026-03-09 08:00", {event("2026-03-13 13:00", 60)}),
              ElementsAre("2026-03-13 14:15"));
  EXPECT_THAT(weeks("2026-03-09 08:00", {event("2026-03-13 13:00", 240)}),
              ElementsAre("2026-03-13 11:30"));
  EXPECT_THAT(weeks("2026-03-09 08:00", {all_day("2026-03-13", "2026-03-13")}),
              ElementsAre("2026-03-12 16:30"));
  EXPECT_THAT(weeks("2026-03-09 08:00", {}, {}, {}, {day("2026-03-13")}),
              ElementsAre("2026-03-12 16:30"));
  EXPECT_THAT(weeks("2026-03-13 08:00", {all_day("2026-03-13", "2026-03-13")}),
              ElementsAre("2026-03-16 09:30"))
      << "a week that is over but for Friday";
}

TEST_F(Planning, NeverVanishesFromAFullWeek) {
  planning.weeks = 2;
  EXPECT_THAT(weeks("2026-03-09 08:00", {all_day("2026-03-09", "2026-03-13")}),
              ElementsAre("2026-03-16 09:30", "2026-03-20 13:30"));
}

TEST_F(Planning, LeavesDeletedWeeksOut) {
  EXPECT_THAT(weeks("2026-03-02 10:00", {}, {}, {day("2026-03-16")}),
              ElementsAre("2026-03-06 13:30", "2026-03-13 13:30", "2026-03-27 13:30"));
}

TEST_F(Planning, StaysWhereItIsHeldWhileThatIsFree) {
  planning.weeks = 1;
  const auto held = [](std::string_view at, bool pinned = false) {
    return std::map<core::Date, HeldTime>{{day("2026-03-09"), {when(at), pinned, "plan-1"}}};
  };
  Occurrence own = event("2026-03-13 14:15", 30, "plan-1");
  EXPECT_THAT(weeks("2026-03-09 08:00", {own}, held("2026-03-13 14:15")),
              ElementsAre("2026-03-13 14:15"));
  EXPECT_THAT(
      weeks("2026-03-09 08:00", {own, event("2026-03-13 14:20", 60)}, held("2026-03-13 14:15")),
      ElementsAre("2026-03-13 13:30"));
  EXPECT_THAT(weeks("2026-03-09 08:00", {all_day("2026-03-11", "2026-03-11")},
                    held("2026-03-11 07:00", true)),
              ElementsAre("2026-03-11 07:00"));
  EXPECT_THAT(weeks("2026-03-13 18:00", {event("2026-03-13 13:30", 30)}, held("2026-03-13 13:30")),
              ElementsAre("2026-03-13 13:30"));
  // The usual hour is over and the place it was moved to is taken: the rest of the day, or Monday.
  EXPECT_THAT(weeks("2026-03-13 14:00", {event("2026-03-13 14:15", 30)}, held("2026-03-13 14:15")),
              ElementsAre("2026-03-13 15:00"));
}

TEST_F(Planning, IsOverOnceItsTimeHasPassed) {
  planning.weeks = 2;
  EXPECT_THAT(weeks("2026-03-06 13:31"), ElementsAre("2026-03-13 13:30"));
  EXPECT_THAT(weeks("2026-03-08 10:00"), ElementsAre("2026-03-13 13:30"));
}

TEST_F(Planning, FollowsTheConfiguredDay) {
  planning.weeks = 1;
  planning.day = "tuesday";
  EXPECT_THAT(weeks("2026-03-09 08:00"), ElementsAre("2026-03-10 13:30"));
  planning.day = "someday";
  EXPECT_THAT(weeks("2026-03-09 08:00"), ElementsAre("2026-03-13 13:30"));
}

TEST(Preps, ComeBeforeMeetingsWithKnownContacts) {
  Occurrence both = meeting_with("2026-03-10 10:00", 60, "karen@acme.test", "both");
  both.guests.push_back(both.guests[1]);
  both.organizer = "omar@initech.test";
  both.recurrence = "2026-03-10T15:00:00Z";
  const auto preps =
      prep_times(agenda("2026-03-09 08:00"), policy.prep, fixture(),
                 {meeting_with("2026-03-10 09:00", 60, "meg@acme.test", "review"), both,
                  meeting_with("2026-03-10 14:00", 60, "sal@unknown.test", "pitch"),
                  meeting_with("2026-04-14 10:00", 60, "meg@acme.test", "next-month"),
                  meeting_with("2026-03-16 20:00", 60, "meg@acme.test", "seven-days"),
                  meeting_with("2026-03-08 10:00", 60, "meg@acme.test", "over")});
  ASSERT_EQ(preps.size(), 3U);
  EXPECT_EQ(preps[0].key, "prep|review|");
  EXPECT_EQ(shown(preps[0].start), "2026-03-10 08:30");
  EXPECT_EQ(shown(preps[0].meeting_start), "2026-03-10 09:00");
  EXPECT_EQ(preps[0].client, "Acme Press");
  EXPECT_TRUE(preps[0].is_in_time);
  EXPECT_EQ(preps[1].key, "prep|both|2026-03-10T15:00:00Z");
  EXPECT_THAT(preps[1].contacts, ElementsAre("karen@acme.test", "omar@initech.test"));
  EXPECT_EQ(preps[2].meeting, "seven-days");
}

TEST(Preps, AreMadeInTimeOnly) {
  const auto preps = [](std::string_view now) {
    return prep_times(agenda(now), policy.prep, fixture(),
                      {meeting_with("2026-03-10 10:00", 60, "meg@acme.test")});
  };
  EXPECT_TRUE(preps("2026-03-10 09:30").at(0).is_in_time);
  EXPECT_FALSE(preps("2026-03-10 09:31").at(0).is_in_time);
  EXPECT_FALSE(preps("2026-03-10 10:59").at(0).is_in_time);
  EXPECT_THAT(preps("2026-03-10 11:00"), IsEmpty());
}

TEST(Preps, LeaveOutWhatIsNoMeeting) {
  const auto preps = [](const Occurrence& one) {
    return prep_times(agenda("2026-03-09 08:00"), policy.prep, fixture(), {one});
  };
  const Occurrence good = meeting_with("2026-03-10 10:00", 60, "meg@acme.test");
  EXPECT_EQ(preps(good).size(), 1U);
  Occurrence bad = good;
  bad.readable = false;
  EXPECT_THAT(preps(bad), IsEmpty());
  bad = good;
  bad.busy = false;
  EXPECT_THAT(preps(bad), IsEmpty());
  bad = good;
  bad.cancelled = true;
  EXPECT_THAT(preps(bad), IsEmpty());
  bad = good;
  bad.all_day = true;
  EXPECT_THAT(preps(bad), IsEmpty());
}

}  // namespace
}  // namespace ioud::domain
