#include "domain/parity.hpp"

#include <gtest/gtest.h>

#include "unit/domain/agenda_samples.hpp"

namespace ioud::domain {
namespace {

using namespace agenda_samples;

const Policy::Parity policy;

Office office() { return {chicago(), {}, {}}; }

/// A mail of that morning, answered so many hours of work later.
Reply reply(std::string_view date, double hours) {
  const core::Instant asked = when(std::string(date) + " 09:00");
  return {asked, asked + std::chrono::seconds{static_cast<int>(hours * 3600)}};
}

TEST(ReplyTime, RunsInTheRepsHours) {
  EXPECT_DOUBLE_EQ(hours_taken({when("2026-03-01 20:00"), when("2026-03-02 10:00")}, office()), 1);
  EXPECT_DOUBLE_EQ(hours_taken({when("2026-03-02 10:00"), when("2026-03-02 10:15")}, office()),
                   0.25);
}

TEST(Median, IsTheMiddle) {
  EXPECT_DOUBLE_EQ(median({}), 0);
  EXPECT_DOUBLE_EQ(median({3}), 3);
  EXPECT_DOUBLE_EQ(median({9, 1, 2}), 2);
  EXPECT_DOUBLE_EQ(median({4, 1, 2, 9}), 3);
}

TEST(Courtship, IsTheMedianOfNinetyDays) {
  Correspondence with;
  for (const double hours : {1.0, 2.0, 1.5, 0.5, 3.0})
    with.replies.push_back(reply("2026-03-02", hours));
  with.replies.push_back(reply("2025-11-28", 8));  // 101 days before
  with.replies.push_back(reply("2026-03-09", 8));  // the day of the purchase itself
  for (const char* at : {"2026-01-05 10:00", "2026-02-02 10:00", "2026-03-02 10:00",
                         "2026-03-06 10:00", "2026-03-08 10:00", "2026-03-08 12:00"})
    with.touches.push_back(when(at));
  with.meetings = {when("2026-02-02 10:00"), when("2026-03-10 10:00"), when("2026-03-06 10:00"),
                   when("2026-03-08 10:00")};
  with.started = {{when("2026-02-02 10:00"), true}, {when("2026-02-03 10:00"), false}};
  const Baseline standard = courtship("Newco", with, day("2026-03-09"), office(), policy);
  EXPECT_EQ(standard.client, "Newco");
  EXPECT_DOUBLE_EQ(standard.reply_hours, 1.5);
  EXPECT_NEAR(standard.touches_a_month, 2, 0.01);
  EXPECT_NEAR(standard.meetings_a_month, 1, 0.01);
  EXPECT_DOUBLE_EQ(standard.started_share, 0.5);
  EXPECT_EQ(standard.frozen_at, when("2026-03-09 00:00"));
}

TEST(Courtship, IsFourHoursWhereLittleIsKnown) {
  Correspondence with;
  for (int i = 0; i < 4; ++i) with.replies.push_back(reply("2026-03-02", 1));
  const Baseline standard = courtship("Newco", with, day("2026-03-09"), office(), policy);
  EXPECT_DOUBLE_EQ(standard.reply_hours, 4);
  EXPECT_DOUBLE_EQ(standard.started_share, 0);
  EXPECT_DOUBLE_EQ(standard.touches_a_month, 0);
}

class ReplyFlags : public testing::Test {
 protected:
  std::optional<ReplyFlag> flag(std::vector<double> hours, double baseline) {
    Correspondence with;
    for (const double one : hours) with.replies.push_back(reply("2026-06-01", one));
    with.replies.push_back(reply("2026-04-01", 0.1));  // too old to count
    Baseline standard;
    standard.reply_hours = baseline;
    return reply_flag(standard, with, when("2026-06-10 08:00"), office(), policy);
  }
};

TEST_F(ReplyFlags, NeedHalfAsMuchAgainAndTwoHours) {
  EXPECT_EQ(flag({6, 6, 6, 6}, 1.5), (ReplyFlag{6, 1.5}));
  EXPECT_FALSE(flag({3.4, 3.4, 3.4, 3.4}, 1.5)) << "less than two hours worse";
  EXPECT_TRUE(flag({3.5, 3.5, 3.5, 3.5}, 1.5));
  EXPECT_FALSE(flag({6, 6, 6, 6}, 4)) << "exactly one and a half times";
  EXPECT_TRUE(flag({6.5, 6.5, 6.5, 6.5}, 4));
}

TEST_F(ReplyFlags, NeedFourReplies) {
  EXPECT_FALSE(flag({6, 6, 6}, 1.5));
  EXPECT_FALSE(flag({}, 1.5));
}

TEST(ReplyFlag, CountsTheLastThirtyDaysWithTheirEdges) {
  Correspondence with;
  const core::Instant now = when("2026-06-10 17:00");
  for (int i = 0; i < 3; ++i) with.replies.push_back({when("2026-06-09 09:00"), now});
  with.replies.push_back({when("2026-05-10 09:00"), now - std::chrono::days{30}});
  const Baseline standard;
  EXPECT_FALSE(reply_flag(standard, with, now, office(), policy)) << "30 days ago is over";
  with.replies.back().answered += std::chrono::seconds{1};
  with.replies.back().asked = when("2026-05-08 09:00");
  EXPECT_TRUE(reply_flag(standard, with, now, office(), policy));
}

TEST(FewerContacts, IsHalfTheTouchesOrHalfTheShare) {
  Baseline standard;
  standard.touches_a_month = 4;
  standard.started_share = 0.8;
  const core::Instant now = when("2026-06-10 08:00");
  Correspondence with;
  with.touches = {now, now - std::chrono::days{1}};
  EXPECT_FALSE(contact_flag(standard, with, now, policy)) << "exactly half";
  with.touches.pop_back();
  EXPECT_TRUE(contact_flag(standard, with, now, policy));
  with.touches.assign(4, now);
  with.started = {{now, true}, {now, false}, {now, false}};
  EXPECT_TRUE(contact_flag(standard, with, now, policy)) << "a third against four fifths";
  with.started.pop_back();
  EXPECT_FALSE(contact_flag(standard, with, now, policy));
  with.started.clear();
  standard = Baseline();
  with.touches.clear();
  EXPECT_FALSE(contact_flag(standard, with, now, policy)) << "nothing to compare with";
}

TEST(FewerContacts, NeedAStandardAndAMonthAsACustomer) {
  Baseline standard;
  standard.touches_a_month = 0.9;
  const core::Instant now = when("2026-06-10 08:00");
  Correspondence with;
  EXPECT_FALSE(contact_flag(standard, with, now, policy)) << "less than a touch a month";
  standard.touches_a_month = 1;
  EXPECT_EQ(contact_flag(standard, with, now, policy),
            (ContactFlag{ContactFlag::Measure::touches, 0, 1}));
  standard.frozen_at = now - std::chrono::days{29};
  EXPECT_FALSE(contact_flag(standard, with, now, policy)) << "not a customer for a month";
  standard = Baseline();
  standard.started_share = 0.5;
  with.started = {{now, false}, {now, false}};
  EXPECT_FALSE(contact_flag(standard, with, now, policy)) << "two contacts are no share";
  with.started.push_back({now, false});
  EXPECT_EQ(contact_flag(standard, with, now, policy),
            (ContactFlag{ContactFlag::Measure::started, 0, 0.5}));
}

TEST(ReplyFlag, LooksAtTheCustomersTimeAlone) {
  Correspondence with;
  for (int i = 0; i < 4; ++i) with.replies.push_back(reply("2026-06-01", 8));
  Baseline standard;
  standard.reply_hours = 1;
  standard.frozen_at = when("2026-06-02 00:00");
  EXPECT_FALSE(reply_flag(standard, with, when("2026-06-10 08:00"), office(), policy));
  standard.frozen_at = when("2026-06-01 00:00");
  EXPECT_TRUE(reply_flag(standard, with, when("2026-06-10 08:00"), office(), policy));
}

}  // namespace
}  // namespace ioud::domain
