#include "app/pass_times.hpp"

#include <gtest/gtest.h>

namespace ioud::app {
namespace {

using core::Instant;
using core::Minutes;

Instant at(const char* text) { return *core::parse_rfc3339(text); }

class PassTimesTest : public testing::Test {
 protected:
  PassTimes times(std::optional<Minutes> poll = std::nullopt) const {
    return PassTimes(Minutes{5}, core::TimeOfDay(6, 0), *core::Zone::find("America/Chicago"), poll);
  }
  const Instant noon_ = at("2026-03-04T12:00:00-06:00");
  const Instant never_{};
};

TEST_F(PassTimesTest, WithoutNewsTheNextPassIsTheDailyOne) {
  PassTimes times = this->times();
  times.passed(noon_, never_);
  EXPECT_EQ(times.next(), at("2026-03-05T06:00:00-06:00"));
  times.passed(at("2026-03-05T05:00:00-06:00"), never_);
  EXPECT_EQ(times.next(), at("2026-03-05T06:00:00-06:00"));
}

TEST_F(PassTimesTest, TheDailyPassKeepsItsHourWhenTheClocksChange) {
  PassTimes times = this->times();
  times.passed(at("2026-03-07T12:00:00-06:00"), never_);
  EXPECT_EQ(times.next(), at("2026-03-08T06:00:00-05:00"));
}

TEST_F(PassTimesTest, APlanMayAskForAnEarlierLook) {
  PassTimes times = this->times();
  times.passed(noon_, noon_ + Minutes{10});
  EXPECT_EQ(times.next(), noon_ + Minutes{10});
}

TEST_F(PassTimesTest, ALookThatIsDueAtOnceWaitsAMinute) {
  PassTimes times = this->times();
  times.passed(noon_, noon_ - Minutes{10});
  EXPECT_EQ(times.next(), noon_ + Minutes{1});
}

TEST_F(PassTimesTest, NewsIsTakenAtOnceAndAgainWhenItHasSettledButNotForEver) {
  PassTimes times = this->times();
  EXPECT_TRUE(times.begin(noon_));
  times.passed(noon_, never_);
  for (const int minute : {1, 4, 15}) {
    times.news(noon_ + Minutes{minute});
    EXPECT_EQ(times.next(), noon_ + Minutes{minute});
    EXPECT_FALSE(times.begin(noon_ + Minutes{minute}));
    times.passed(noon_ + Minutes{minute}, never_);
    EXPECT_EQ(times.next(), noon_ + Minutes{std::min(minute + 5, 16)});
  }
  EXPECT_TRUE(times.begin(noon_ + Minutes{16}));
  times.passed(noon_ + Minutes{16}, never_);
  EXPECT_EQ(times.next(), at("2026-03-05T06:00:00-06:00"));
}

TEST_F(PassTimesTest, NewsRightAfterAPassIsTakenAtOnceButNotForEver) {
  PassTimes times = this->times();
  times.passed(noon_ - Minutes{1}, never_);
  for (int pass = 1; pass <= 3; ++pass) {
    times.news(noon_);
    EXPECT_EQ(times.next(), noon_) << pass;
    times.begin(noon_);
    times.passed(noon_, never_);
  }
  times.news(noon_);
  EXPECT_EQ(times.next(), noon_ + std::chrono::seconds{1});
}

TEST_F(PassTimesTest, ASourceThatNeverRestsGetsOnePassASecond) {
  PassTimes times = this->times();
  Instant now = noon_;
  int passes = 0;
  for (; now < noon_ + Minutes{1}; now = std::max(now, times.next())) {
    ++passes;
    times.begin(now);
    times.news(now);
    times.passed(now, never_);
  }
  EXPECT_EQ(passes, 62);
}

TEST_F(PassTimesTest, AfterARestNewsIsTakenAtOnceAgain) {
  PassTimes times = this->times();
  for (int pass = 0; pass < 3; ++pass) times.passed(noon_, never_);
  const Instant later = noon_ + std::chrono::seconds{3};
  times.passed(later, never_);
  times.news(later);
  EXPECT_EQ(times.next(), later);
}

TEST_F(PassTimesTest, NewsDuringAPassIsForTheNextOne) {
  PassTimes times = this->times();
  times.begin(noon_);
  times.news(noon_);
  times.passed(noon_ + Minutes{1}, never_);
  EXPECT_EQ(times.next(), noon_);
  EXPECT_FALSE(times.begin(noon_ + Minutes{1}));
  times.passed(noon_ + Minutes{1}, never_);
  EXPECT_EQ(times.next(), noon_ + Minutes{5});
}

TEST_F(PassTimesTest, WithoutATimeToSettleEveryPassIsSettled) {
  PassTimes times(Minutes{0}, core::TimeOfDay(6, 0), core::Zone(), std::nullopt);
  times.passed(noon_, never_);
  times.news(noon_ + Minutes{1});
  EXPECT_EQ(times.next(), noon_ + Minutes{1});
  EXPECT_TRUE(times.begin(noon_ + Minutes{1}));
}

TEST_F(PassTimesTest, NewsDelaysNoPassThatIsDueSooner) {
  PassTimes times = this->times();
  times.passed(noon_, noon_ + Minutes{2});
  times.news(noon_ + Minutes{1});
  EXPECT_FALSE(times.begin(noon_ + Minutes{1}));
  times.passed(noon_ + Minutes{1}, noon_ + Minutes{2});
  EXPECT_EQ(times.next(), noon_ + Minutes{2});
}

TEST_F(PassTimesTest, ASourceWithoutNewsIsAskedAtAPace) {
  PassTimes times = this->times(Minutes{7});
  times.passed(noon_, never_);
  EXPECT_EQ(times.next(), noon_ + Minutes{7});
}

TEST_F(PassTimesTest, AFailureIsTriedAgainEverMorePatiently) {
  PassTimes times = this->times();
  for (const int minutes : {1, 2, 4, 8, 16, 32, 60, 60}) {
    times.failed(noon_);
    EXPECT_EQ(times.next(), noon_ + Minutes{minutes});
  }
  times.passed(noon_, never_);
  times.failed(noon_);
  EXPECT_EQ(times.next(), noon_ + Minutes{1});
}

}  // namespace
}  // namespace ioud::app
