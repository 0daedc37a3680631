#include "domain/visits.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Visits : public testing::Test, protected Desk {
 protected:
  Visits() {
    setting.policy.features.after_sale = true;
    for (Client& one : clients) one.purchases.clear();
    meet_people();
  }
  void visit(const char* start, const std::string& place, const std::string& uid = "v") {
    facts.occurrences.push_back(agenda_samples::meeting_with(start, 60, "meg@acme.test", uid));
    facts.occurrences.back().location = place;
  }
};

TEST_F(Visits, ACheckInTwoBusinessDaysLaterWithoutAnAsk) {
  visit("2026-03-05 10:00", "Acme Press, 12 Mill Lane");
  settle("2026-03-05 10:30");
  EXPECT_EQ(count("care-"), 0U) << "it is not over";
  settle("2026-03-05 11:00");
  ASSERT_EQ(count("care-"), 1U);
  EXPECT_EQ(item("care-").start, when("2026-03-09 15:30"));
  EXPECT_THAT(item("care-").summary, HasSubstr("Meg Alvarez: how did it go after the visit"));
  EXPECT_THAT(item("care-").guests, IsEmpty());
  EXPECT_THAT(ledger.ious, IsEmpty());
  for (const char* later : {"2026-03-05 11:01", "2026-03-09 15:40", "2026-03-10 06:00"})
    EXPECT_EQ(settle(later), 0) << later;
  EXPECT_EQ(count("care-"), 1U);
}

TEST_F(Visits, ACallIsNoVisit) {
  visit("2026-03-05 10:00", "https://meet.example/acme");
  visit("2026-03-05 13:00", "Zoom", "w");
  visit("2026-03-05 15:00", "", "x");
  settle("2026-03-05 17:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Visits, SomethingBroughtIsAVisit) {
  Favour& one = ledger.favours["f"];
  one.id = "f";
  one.client = "Acme Press";
  one.debtor = "karen@acme.test";
  one.is_visit = true;
  one.state = FavourState::delivered;
  one.delivered_at = when("2026-03-07 11:00");
  Iou& iou = ledger.ious["i"];
  iou.id = "i";
  iou.favours = {"f"};
  iou.state = IouState::collected;
  iou.opened = when("2026-03-04 10:00");
  settle("2026-03-07 12:00");
  ASSERT_EQ(count("care-"), 1U);
  EXPECT_EQ(item("care-").start, when("2026-03-10 15:30"));
  EXPECT_THAT(item("care-").summary, HasSubstr("Karen Bright"));
}

TEST_F(Visits, AMeetingInTheDaysAfterMakesItNeedless) {
  visit("2026-03-05 10:00", "Mill Lane");
  facts.occurrences.push_back(
      agenda_samples::meeting_with("2026-03-13 10:00", 30, "meg@acme.test", "next"));
  settle("2026-03-05 12:00");
  EXPECT_EQ(count("care-"), 0U);
  facts.occurrences.pop_back();
  facts.occurrences.push_back(
      agenda_samples::meeting_with("2026-03-17 10:00", 30, "meg@acme.test", "next"));
  settle("2026-03-05 12:10");
  EXPECT_EQ(count("care-"), 1U);
}

TEST_F(Visits, AnotherNudgeOfThoseDaysMakesItNeedless) {
  visit("2026-03-05 10:00", "Mill Lane");
  post_trust(ledger, "Acme Press", -3, "complaint", "m", when("2026-03-05 10:30"));
  facts.occurrences.front().readable = true;
  settle("2026-03-05 12:00");
  for (const Standing& one : facts.standing)
    EXPECT_THAT(one.item.summary, testing::Not(HasSubstr("after the visit")));
}

TEST_F(Visits, OldVisitsAreLeftInPeace) {
  visit("2026-02-05 10:00", "Mill Lane");
  visit("2026-03-02 10:00", "Mill Lane", "w");
  settle("2026-03-05 08:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Visits, OneThatWasDeletedStaysAway) {
  visit("2026-03-05 10:00", "Mill Lane");
  settle("2026-03-05 12:00");
  remove("care-");
  settle("2026-03-05 12:10");
  settle("2026-03-06 06:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Visits, BelongToTheTimeAfterASale) {
  setting.policy.features.after_sale = false;
  visit("2026-03-05 10:00", "Mill Lane");
  settle("2026-03-05 12:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Visits, TheOrderOfGuestsAndEventsChangesNothing) {
  visit("2026-03-05 10:00", "Mill Lane", "a");
  visit("2026-03-05 13:00", "Mill Lane", "b");
  facts.occurrences[1].guests[1].address = "karen@acme.test";
  std::reverse(facts.occurrences.begin(), facts.occurrences.end());
  const Pass p{ledger, facts, setting, when("2026-03-05 15:00")};
  const std::vector<CareWish> one = visit_wishes(p, {}, {});
  std::reverse(facts.occurrences.begin(), facts.occurrences.end());
  EXPECT_EQ(visit_wishes(p, {}, {}), one);
  ASSERT_EQ(one.size(), 1U);
}

}  // namespace
}  // namespace ioud::domain
