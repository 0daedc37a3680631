#include "domain/weekly_lines.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/balance.hpp"

namespace ioud::domain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class WeeklyLines : public testing::Test, protected Desk {
 protected:
  WeeklyLines() {
    setting.policy.features.planning = true;
    clients.resize(2);
    meet_people();
  }
  /// The review that leaves on that Friday.
  std::string review(const std::string& friday = "2026-03-06") {
    settle((friday + " 13:00").c_str());
    settle((friday + " 13:30").c_str());
    return left.empty() ? "" : left.back().mail.body;
  }
  std::vector<std::string> lines(const std::string& kind) const {
    std::vector<std::string> texts;
    for (const auto& [id, line] : ledger.review)
      if (line.kind == kind) texts.push_back(line.text);
    return texts;
  }
  void meter(const std::string& client, const char* date, int minutes) {
    MeterRow row;
    row.id = "m" + std::to_string(ledger.meter.size());
    row.client = client;
    row.minutes = minutes;
    row.date = day(date);
    ledger.meter[row.id] = row;
  }
  void touch(const std::string& contact, const char* at) {
    const std::string id = contact + at;
    ledger.touches[id] = {id, contact, when(at), "mail", true};
  }
  void rising_months() {
    meter("Acme Press", "2025-12-10", 30);
    meter("Acme Press", "2026-01-10", 60);
    meter("Acme Press", "2026-02-10", 90);
  }
  static std::string first_of(const std::string& text) { return text.substr(0, text.find('\n')); }
};

TEST_F(WeeklyLines, HelpThatRisesThreeMonthsRunningIsToldOnce) {
  rising_months();
  EXPECT_THAT(review(), HasSubstr("Acme Press: 3 h given, more each month for three months"));
  EXPECT_THAT(review("2026-03-13"), Not(HasSubstr("more each month")));
  EXPECT_THAT(review("2026-04-10"), Not(HasSubstr("more each month"))) << "March had none";
}

TEST_F(WeeklyLines, HelpThatDoesNotRiseOrWasCollectedIsNotTold) {
  rising_months();
  meter("Acme Press", "2025-11-10", 40);
  EXPECT_THAT(review(), Not(HasSubstr("more each month"))) << "less in December than before";
  ledger.meter.clear();
  ledger.marks.clear();
  rising_months();
  Iou& iou = ledger.ious["i"];
  iou.id = "i";
  iou.client = "Acme Press";
  iou.state = IouState::collected;
  iou.history = {{when("2026-01-20 10:00"), "collected", "done"}};
  EXPECT_THAT(review(), Not(HasSubstr("more each month")));
}

TEST_F(WeeklyLines, WhoMayNotBeAskedIsNotNamedForAnAsk) {
  rising_months();
  ledger.marks["praise:Acme Press"] = "2026-03-01T10:00:00Z";
  ledger.marks["no_asks:Acme Press"] = "2026-03-01T10:00:00Z";
  review();
  EXPECT_THAT(ledger.review, IsEmpty());
}

TEST_F(WeeklyLines, PraiseWithoutAnAskIsHappyAndNeverAsked) {
  ledger.marks["praise:Acme Press"] = "2026-03-01T10:00:00Z";
  EXPECT_EQ(first_of(review()), "1. Acme Press: happy, never asked");
  ledger.marks["praise:Acme Press"] = "2026-03-10T10:00:00Z";
  EXPECT_THAT(review("2026-03-13"), Not(HasSubstr("never asked"))) << "the same quarter";
  ledger.marks["praise:Acme Press"] = "2026-05-10T10:00:00Z";
  EXPECT_THAT(review("2026-05-15"), HasSubstr("never asked"));
}

TEST_F(WeeklyLines, WhoWasAskedIsNotNeverAsked) {
  ledger.marks["praise:Acme Press"] = "2026-03-01T10:00:00Z";
  Iou& iou = ledger.ious["i"];
  iou.id = "i";
  iou.client = "Acme Press";
  iou.state = IouState::declined;
  iou.asked_at = iou.opened = when("2026-02-01 10:00");
  EXPECT_THAT(review(), Not(HasSubstr("never asked")));
}

TEST_F(WeeklyLines, ARivalIsARiskOnlyWhereTheClientIsQuiet) {
  setting.policy.features.cadence = true;
  cards[0].notes = {{"rival", "Inkwell"}};
  meet_people();
  touch("meg@acme.test", "2026-01-22 10:00");  // 43 days; gold is 30
  touch("omar@initech.test", "2025-06-01 10:00");
  EXPECT_THAT(review(), Not(HasSubstr("Inkwell")));
  EXPECT_THAT(review("2026-03-13"), HasSubstr("Acme Press: quiet for long, and Inkwell was named"));
  EXPECT_THAT(review("2026-03-20"), Not(HasSubstr("Inkwell")));
  EXPECT_THAT(lines("rival"), SizeIs(1)) << "Initech is as quiet, and no rival is known";
}

TEST_F(WeeklyLines, TwoSignsOfLeavingMakeOneLine) {
  setting.policy.features.cadence = setting.policy.features.after_sale = true;
  cards[0].notes = {{"rival", "Inkwell"}};
  clients[0].purchases = {
      {day("2025-01-01"), "a"}, {day("2025-03-01"), "b"}, {day("2025-05-01"), "c"}};
  meet_people();
  touch("meg@acme.test", "2026-02-20 10:00");
  EXPECT_THAT(review(), Not(HasSubstr("sign of leaving"))) << "one sign: no order for long";
  ledger.touches.clear();
  touch("meg@acme.test", "2025-12-20 10:00");
  EXPECT_THAT(review("2026-03-13"), HasSubstr("Acme Press: more than one sign of leaving"));
  EXPECT_THAT(review("2026-03-20"), Not(HasSubstr("sign of leaving")));
}

TEST_F(WeeklyLines, ACustomerWithoutANextTouchIsNamed) {
  setting.policy.features.cadence = true;
  clients[1].contacts.clear();
  cards.resize(2);
  meet_people();
  EXPECT_THAT(review(), HasSubstr("Initech: a customer with no next touch"));
  EXPECT_THAT(lines("no_plan"), SizeIs(1)) << "Acme has its cadence";
  EXPECT_THAT(review("2026-03-13"), Not(HasSubstr("no next touch")));
}

TEST_F(WeeklyLines, AnUnwantedNudgeLeavesACustomerWithoutAPlan) {
  setting.policy.features.cadence = true;
  touch("meg@acme.test", "2026-02-05 10:00");
  touch("omar@initech.test", "2026-02-05 10:00");
  settle("2026-03-04 08:00");
  ASSERT_EQ(count("care-"), 1U);
  remove("care-");
  EXPECT_THAT(review(), HasSubstr("Acme Press: a customer with no next touch"));
  facts.occurrences = {agenda_samples::meeting_with("2026-03-20 10:00", 30, "meg@acme.test")};
  ledger.review.clear();
  EXPECT_THAT(review("2026-03-13"), Not(HasSubstr("no next touch")));
}

TEST_F(WeeklyLines, SecondPurchasesAreTheMilestoneAndComeAFewAWeek) {
  setting.policy.features.after_sale = true;
  clients.clear();
  cards.clear();
  for (int i = 0; i < 8; ++i) {
    const std::string who = "ann@firm" + std::to_string(i) + ".test";
    clients.push_back(client("Firm " + std::to_string(i), Stage::customer, Tier::bronze, {who}));
    clients.back().purchases = {{day("2025-02-01"), "press"}};
    cards.push_back(card("Ann", who));
  }
  clients.back().purchases.push_back({day("2025-03-01"), "ink"});
  meet_people();
  review();
  EXPECT_THAT(lines("second_purchase"), SizeIs(3));
  EXPECT_EQ(settle("2026-03-06 13:31"), 0);
  EXPECT_THAT(lines("second_purchase"), SizeIs(3));
  review("2026-03-13");
  EXPECT_THAT(lines("second_purchase"), SizeIs(6));
  review("2026-03-20");
  review("2026-03-27");
  EXPECT_THAT(lines("second_purchase"), SizeIs(7));
}

class Balance : public WeeklyLines {
 protected:
  Balance() {
    clients.push_back(client("Newco", Stage::prospect, Tier::bronze, {"lena@newco.test"}));
    meet_people();
  }
  void week(const char* monday, int customers, int prospects) {
    meter("Acme Press", monday, customers);
    meter("Newco", monday, prospects);
  }
};

TEST_F(Balance, TooLittleForCustomersInThreeWeeksIsTold) {
  week("2026-02-09", 10, 90);
  week("2026-02-16", 20, 80);
  week("2026-02-23", 29, 71);
  EXPECT_THAT(review(), HasSubstr("Existing customers had 20 % of your hours for three weeks"));
  EXPECT_THAT(left.back().mail.body, HasSubstr("Last week: 29 min with customers, "
                                               "1 h 11 with prospects"));
  week("2026-03-02", 10, 90);
  EXPECT_THAT(review("2026-03-13"), Not(HasSubstr("Existing customers had")));
  week("2026-03-09", 10, 90);
  EXPECT_THAT(review("2026-03-20"), Not(HasSubstr("Existing customers had")));
  week("2026-03-16", 10, 90);
  EXPECT_THAT(review("2026-03-27"), HasSubstr("Existing customers had 10 %"))
      << "three other weeks";
}

TEST_F(Balance, OneFairOrEmptyWeekIsEnough) {
  week("2026-02-09", 10, 90);
  week("2026-02-16", 30, 70);
  week("2026-02-23", 10, 90);
  Pass p{ledger, facts, setting, when("2026-03-06 13:30")};
  EXPECT_EQ(low_customer_percent(p), std::nullopt);
  ledger.meter.clear();
  week("2026-02-09", 10, 90);
  week("2026-02-23", 10, 90);
  EXPECT_EQ(low_customer_percent(p), std::nullopt);
  week("2026-02-16", 29, 71);
  EXPECT_EQ(low_customer_percent(p), 16);
}

TEST_F(Balance, MeetingsCountAndADeliveryOnlyOnce) {
  now = when("2026-03-06 13:30");
  facts.occurrences = {agenda_samples::meeting_with("2026-02-24 10:00", 60, "lena@newco.test", "a"),
                       agenda_samples::meeting_with("2026-02-25 10:00", 45, "meg@acme.test", "b"),
                       agenda_samples::meeting_with("2026-02-26 10:00", 30, "meg@acme.test", "c")};
  facts.occurrences[1].guests.push_back({"karen@acme.test", "", "ACCEPTED", false, ""});
  ledger.favours["f"].own_event = "c";
  meter("Acme Press", "2026-02-26", 30);
  meter("Gone Ltd", "2026-02-26", 30);
  const Pass p = pass();
  EXPECT_THAT(minutes_by_week(p, 2), ElementsAre(WeekMinutes{day("2026-02-23"), 75, 60},
                                                 WeekMinutes{day("2026-02-16"), 0, 0}));
}

TEST_F(WeeklyLines, BirthdaysWithoutADraftAreTheRepsToGreet) {
  setting.policy.features.occasions = true;
  cards[0].dates = {{"birthday", "", {1985, 3, 10, "gregorian"}}};  // gold: a draft
  cards[2].dates = {{"birthday", "", {1990, 3, 11, "gregorian"}}};
  for (Client& one : clients) one.purchases.clear();
  meet_people();
  EXPECT_THAT(review(), HasSubstr("Omar Haddad: birthday on 11 Mar"));
  EXPECT_THAT(lines("birthday"), SizeIs(1));
  EXPECT_THAT(review("2026-03-13"), Not(HasSubstr("birthday")));
}

TEST_F(WeeklyLines, WhoWantsNoGreetingsHasNoBirthdayLine) {
  setting.policy.features.occasions = true;
  cards[2].dates = {{"birthday", "", {1990, 3, 11, "gregorian"}}};
  cards[2].notes = {{"no-greetings", ""}};
  meet_people();
  review();
  EXPECT_THAT(lines("birthday"), IsEmpty());
}

TEST_F(WeeklyLines, TheOrderOfFactsChangesNothing) {
  setting.policy.features.cadence = setting.policy.features.after_sale = true;
  rising_months();
  ledger.marks["praise:Initech"] = "2026-03-01T10:00:00Z";
  settle("2026-03-06 13:00");
  at("2026-03-06 13:30");
  const Plan one = plan(ledger, facts, setting, now);
  std::reverse(clients.begin(), clients.end());
  std::reverse(cards.begin(), cards.end());
  std::reverse(facts.standing.begin(), facts.standing.end());
  meet_people();
  const Plan other = plan(ledger, facts, setting, now);
  ASSERT_THAT(one.messages, SizeIs(1));
  EXPECT_GE(one.ledger.review.size(), 3U);
  EXPECT_EQ(other.ledger.review, one.ledger.review);
  EXPECT_EQ(other.messages.front().mail.body, one.messages.front().mail.body);
}

TEST_F(WeeklyLines, WithoutAReviewNothingIsCollected) {
  setting.policy.features.planning = false;
  rising_months();
  ledger.marks["praise:Acme Press"] = "2026-03-01T10:00:00Z";
  review();
  EXPECT_THAT(ledger.review, IsEmpty());
}

TEST_F(WeeklyLines, AReviewThatDidNotLeaveHoldsTheSameLinesTheNextTime) {
  ledger.marks["praise:Acme Press"] = "2026-03-01T10:00:00Z";
  rising_months();
  settle("2026-03-06 13:00");
  at("2026-03-06 13:30");
  const Plan first = plan(ledger, facts, setting, now);
  ledger = first.ledger;  // the connection broke: nothing is told as sent
  at("2026-03-06 13:45");
  const Plan second = plan(ledger, facts, setting, now);
  ASSERT_THAT(first.messages, SizeIs(1));
  ASSERT_THAT(second.messages, SizeIs(1));
  EXPECT_EQ(second.messages.front().mail.body, first.messages.front().mail.body);
  EXPECT_EQ(second.ledger.review, first.ledger.review);
}

}  // namespace
}  // namespace ioud::domain
