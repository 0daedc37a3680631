#include "domain/standard_of_care.hpp"

#include <gmock/gmock.h>

#include <random>

#include "desk.hpp"

namespace ioud::domain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class StandardOfCare : public testing::Test, protected Desk {
 protected:
  StandardOfCare() {
    setting.policy.features.parity = true;
    clients.resize(1);
    clients[0].purchases = {{day("2026-01-05"), "press"}};
    meet_people();
  }

  /// A mail of that morning, answered so many hours later.
  void exchange(const std::string& date, int minutes, const std::string& who = "meg@acme.test") {
    const std::string id = date + who;
    at((date + " 09:00").c_str());
    received(id, who);
    now += core::Minutes{minutes};
    sent("re-" + id, who, {}, id);
  }
  void exchanges_on(const std::vector<std::string>& dates, int minutes,
                    const std::string& who = "meg@acme.test") {
    for (const std::string& date : dates) exchange(date, minutes, who);
  }
  /// A courtship of quick answers and a February of slow ones.
  void slow_down(const std::string& who = "meg@acme.test") {
    exchanges_on(courtship_days, 90, who);
    exchanges_on(slow_days, 360, who);
  }
  std::vector<std::string> lines(const std::string& kind) const {
    std::vector<std::string> texts;
    for (const auto& [id, line] : ledger.review)
      if (line.kind == kind) texts.push_back(line.text);
    return texts;
  }

  const std::vector<std::string> courtship_days = {"2025-11-17", "2025-11-24", "2025-12-01",
                                                   "2025-12-08", "2025-12-15"};
  const std::vector<std::string> slow_days = {"2026-02-16", "2026-02-17", "2026-02-18",
                                              "2026-02-19"};
};

TEST_F(StandardOfCare, SlowAnswersAreOneLineAndOneNudgeHoweverOftenOneLooks) {
  slow_down();
  settle("2026-03-04 08:00");
  EXPECT_THAT(lines("reply_flag"), ElementsAre("Acme Press: 6 h against 1.5 h as a prospect"));
  ASSERT_EQ(count("care-"), 1U);
  EXPECT_EQ(item("care-").start, when("2026-03-05 15:30"));
  EXPECT_THAT(item("care-").summary, HasSubstr("Meg Alvarez"));
  EXPECT_THAT(item("care-").guests, IsEmpty());
  for (const char* later : {"2026-03-04 08:01", "2026-03-05 06:00", "2026-03-06 06:00",
                            "2026-03-12 06:00", "2026-03-18 06:00"}) {
    EXPECT_EQ(settle(later), 0) << later;
    EXPECT_THAT(lines("reply_flag"), SizeIs(1));
    EXPECT_EQ(count("care-"), 1U);
  }
}

TEST_F(StandardOfCare, ANudgeThatWasDeletedDoesNotComeBack) {
  slow_down();
  settle("2026-03-04 08:00");
  remove("care-");
  settle("2026-03-04 09:00");
  settle("2026-03-05 09:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(StandardOfCare, AFullAfternoonOrTwoDoNotCarryTheNudgePastTheThirdDay) {
  slow_down();
  setting.policy.limits.nudges_per_week = 1;
  ledger.items["care-x@ioud"].written.role = Role::nudge;
  ledger.items["care-x@ioud"].owner = "cadence|another";
  ledger.items["care-x@ioud"].seen.start = when("2026-03-03 15:30");
  facts.occurrences = {agenda_samples::event("2026-03-05 15:00", 120, "a"),
                       agenda_samples::event("2026-03-06 15:00", 120, "b")};
  settle("2026-03-04 08:00");
  ASSERT_EQ(count("care-"), 1U);
  EXPECT_EQ(item("care-").start, when("2026-03-09 15:30"));
}

TEST_F(StandardOfCare, TheStandardIsFrozenForGood) {
  slow_down();
  settle("2026-03-04 08:00");
  const Baseline frozen = ledger.baselines.at("Acme Press");
  EXPECT_DOUBLE_EQ(frozen.reply_hours, 1.5);
  EXPECT_NEAR(frozen.touches_a_month, 5.0 / 3, 0.02);
  exchanges_on({"2025-12-02", "2025-12-03", "2025-12-04", "2025-12-05", "2025-12-09", "2025-12-10"},
               400);
  settle("2026-03-05 08:00");
  EXPECT_EQ(ledger.baselines.at("Acme Press"), frozen);
  facts.mails.clear();
  settle("2026-03-06 08:00");
  EXPECT_EQ(ledger.baselines.at("Acme Press"), frozen);
}

TEST_F(StandardOfCare, AFlagIsRaisedAnewOnlyAfterItWasClearAndRestedAMonth) {
  slow_down();
  settle("2026-03-04 08:00");
  settle("2026-03-23 08:00");
  EXPECT_THAT(lines("reply_flag"), SizeIs(1));
  exchanges_on({"2026-03-24", "2026-03-25", "2026-03-26", "2026-03-27"}, 420);
  settle("2026-04-01 08:00");
  EXPECT_THAT(lines("reply_flag"), SizeIs(1)) << "28 days after the last one";
  settle("2026-04-03 08:00");
  EXPECT_THAT(lines("reply_flag"), SizeIs(2));
  const auto of_replies = [](const Standing& one) {
    return one.item.summary.find("quick answer") != std::string::npos;
  };
  EXPECT_EQ(std::count_if(facts.standing.begin(), facts.standing.end(), of_replies), 2);
}

TEST_F(StandardOfCare, WhatIsClearAgainIsNotMailedAndNotNudged) {
  slow_down();
  settle("2026-03-04 08:00");
  ASSERT_EQ(count("care-"), 1U);
  exchanges_on({"2026-03-02", "2026-03-03", "2026-02-26", "2026-02-27", "2026-02-25"}, 30);
  settle("2026-03-04 12:00");
  EXPECT_EQ(count("care-"), 0U);
  ASSERT_THAT(ledger.review, SizeIs(1));
  EXPECT_TRUE(ledger.review.begin()->second.done);
}

TEST_F(StandardOfCare, FewerContactsAreALineWithBothFigures) {
  exchanges_on({"2025-10-13", "2025-10-20", "2025-10-27", "2025-11-03", "2025-11-10", "2025-11-17",
                "2025-11-24", "2025-12-01", "2025-12-08"},
               60);
  exchange("2026-02-16", 60);
  settle("2026-02-03 08:00");
  EXPECT_THAT(lines("contact_flag"), IsEmpty()) << "a customer for less than a month";
  settle("2026-03-04 08:00");
  EXPECT_THAT(lines("contact_flag"),
              ElementsAre("Acme Press: 1 touch a month against 3 as a prospect"));
  EXPECT_EQ(count("care-"), 1U);
  EXPECT_THAT(item("care-").description, HasSubstr("less contact"));
}

TEST_F(StandardOfCare, ARepWhoNoLongerStartsIsTold) {
  for (const std::string& date : courtship_days) {
    at((date + " 09:00").c_str());
    sent("i-" + date, "meg@acme.test");
    at((date + " 10:00").c_str());
    received("re-" + date, "meg@acme.test", {}, "i-" + date);
  }
  exchanges_on(slow_days, 60);
  settle("2026-03-04 08:00");
  EXPECT_THAT(lines("contact_flag"),
              ElementsAre("Acme Press: you start 0 % of the contacts against 100 % as a prospect"));
}

TEST_F(StandardOfCare, AReplyIsTheFirstAnswerInWorkingHours) {
  at("2026-02-15 20:00");  // a Sunday
  received("q", "meg@acme.test");
  at("2026-02-16 10:00");
  sent("a", "meg@acme.test", {}, "q");
  at("2026-02-20 10:00");
  sent("b", "meg@acme.test", {}, "q");
  received("bulk", "meg@acme.test").is_bulk = true;
  sent("c", "meg@acme.test", {}, "bulk");
  const Pass p = pass();
  const auto all = correspondence_by_client(p);
  ASSERT_THAT(all.at("Acme Press").replies, SizeIs(1));
  const Office office{setting.rep.zone, {}, {}};
  EXPECT_DOUBLE_EQ(hours_taken(all.at("Acme Press").replies.front(), office), 1);
  ASSERT_THAT(all.at("Acme Press").started, SizeIs(1));
  EXPECT_FALSE(all.at("Acme Press").started.front().by_rep);
}

TEST_F(StandardOfCare, ProspectsAndFormerClientsAreNotCompared) {
  slow_down();
  clients[0].stage = Stage::former;
  meet_people();
  settle("2026-03-04 08:00");
  clients[0].stage = Stage::prospect;
  clients[0].purchases.clear();
  meet_people();
  settle("2026-03-04 09:00");
  EXPECT_THAT(ledger.baselines, IsEmpty());
  EXPECT_THAT(ledger.review, IsEmpty());
}

TEST_F(StandardOfCare, NothingIsFrozenWhileChangesStillComeIn) {
  slow_down();
  facts.is_settled = false;
  settle("2026-03-04 08:00");
  EXPECT_THAT(ledger.baselines, IsEmpty());
  facts.is_settled = true;
  settle("2026-03-04 08:05");
  EXPECT_THAT(ledger.baselines, SizeIs(1));
}

TEST_F(StandardOfCare, NothingIsKeptWhereItIsOff) {
  setting.policy.features.parity = false;
  slow_down();
  settle("2026-03-04 08:00");
  EXPECT_THAT(ledger.baselines, IsEmpty());
  EXPECT_THAT(ledger.review, IsEmpty());
  EXPECT_EQ(count("care-"), 0U);
}

/// Six customers who all wait longer than they did; the higher the number the longer.
class ManySlow : public StandardOfCare {
 protected:
  ManySlow() {
    clients.clear();
    cards.clear();
    for (int i = 1; i <= 6; ++i) {
      const std::string who = "ann@firm" + std::to_string(i) + ".test";
      Client one = client("Firm " + std::to_string(i), Stage::customer, Tier::silver, {who});
      one.purchases = {{day("2026-01-05"), "press"}};
      clients.push_back(one);
      cards.push_back(card("Ann " + std::to_string(i), who));
      exchanges_on(courtship_days, 60, who);
      exchanges_on(slow_days, 200 + 20 * i, who);
    }
    meet_people();
  }
};

TEST_F(ManySlow, ThreeAWeekAreRaisedTheWorstFirst) {
  settle("2026-03-04 08:00");
  settle("2026-03-05 08:00");
  settle("2026-03-06 08:00");
  std::vector<std::string> raised;
  for (const auto& [id, line] : ledger.review) raised.push_back(line.client);
  EXPECT_THAT(raised, testing::UnorderedElementsAre("Firm 4", "Firm 5", "Firm 6"));
  EXPECT_EQ(count("care-"), 3U);
  settle("2026-03-09 06:00");
  EXPECT_THAT(ledger.review, SizeIs(6));
}

/// The same six once more, beside a running test.
class SixMore : public ManySlow {
 public:
  void shuffle(unsigned seed) {
    std::mt19937 random(seed);
    std::shuffle(facts.mails.begin(), facts.mails.end(), random);
    std::shuffle(clients.begin(), clients.end(), random);
    std::shuffle(cards.begin(), cards.end(), random);
    meet_people();
  }
  using Desk::facts;
  using Desk::ledger;
  using Desk::settle;

 private:
  void TestBody() override {}
};

TEST_F(ManySlow, TheOrderOfFactsChangesNothingAndASecondLookNeither) {
  Ledger first;
  std::vector<Standing> stood;
  for (unsigned seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    SixMore world;
    world.shuffle(seed);
    world.settle("2026-03-04 08:00");
    EXPECT_EQ(world.settle("2026-03-04 08:00"), 0);
    if (seed == 0) {
      first = world.ledger;
      stood = world.facts.standing;
    }
    EXPECT_EQ(world.ledger.baselines, first.baselines);
    EXPECT_EQ(world.ledger.marks, first.marks);
    EXPECT_EQ(world.ledger.review, first.review);
    ASSERT_EQ(world.facts.standing.size(), stood.size());
    for (const Standing& one : world.facts.standing)
      EXPECT_TRUE(std::any_of(stood.begin(), stood.end(), [&](const Standing& other) {
        return other.item == one.item;
      })) << one.item.uid;
  }
}

}  // namespace
}  // namespace ioud::domain
