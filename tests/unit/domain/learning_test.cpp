// A year of a rep's answers: what he keeps turning down for one client moves to the review, what he
// keeps stays in the calendar. Prints how often he wanted what was shown, quarter by quarter.

#include "domain/learning.hpp"
#include "desk.hpp"
#include "domain/favours.hpp"

namespace ioud::domain {
namespace {

/// A way of speaking to a client, and how often it is a favour in this rep's eyes.
struct Habit {
  const char* client;
  const char* contact;
  const char* verb;
  const char* kind;
  int wanted_of_ten;
};

constexpr std::array<Habit, 6> habits = {{
    {"Acme Press", "meg@acme.test", "drop", "errand", 10},
    {"Acme Press", "meg@acme.test", "look", "advice", 1},
    {"Acme Press", "karen@acme.test", "lend", "loan", 9},
    {"Initech", "omar@initech.test", "look", "advice", 9},
    {"Initech", "omar@initech.test", "check", "advice", 0},
    {"Newco", "lena@newco.test", "fetch", "errand", 8},
}};

struct Quarter {
  int shown = 0;
  int wanted = 0;
  int wanted_in_all = 0;
  double precision() const { return static_cast<double>(wanted) / shown; }
  double recall() const { return static_cast<double>(wanted) / wanted_in_all; }
};

/// The same numbers on every machine.
class Dice {
 public:
  bool of_ten(int chances) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state_ >> 33U) % 10) < chances;
  }

 private:
  std::uint64_t state_ = 20260301;
};

class Year : public testing::Test, public Desk {
 protected:
  /// One promise of a habit; what is shown is declined unless the rep wants it, and what went to
  /// the review is taken from there every other time he wants it.
  void live(const Habit& habit, int week, Quarter& quarter) {
    const bool is_wanted = dice_.of_ten(habit.wanted_of_ten);
    quarter.wanted_in_all += is_wanted ? 1 : 0;
    Pass now_pass = pass();
    Promise promise;
    promise.client = &known(habit.client);
    promise.debtor = habit.contact;
    const std::string thing = std::string(habit.verb) + " number " + std::to_string(week);
    promise.slots = Desk::promise(habit.kind, thing).slots;
    promise.confidence = 0.95;
    promise.offered_at = now;
    const std::string shown = enter(now_pass, promise);
    if (shown.empty()) {
      const std::string candidate = waiting();
      if (is_wanted && dice_.of_ten(5)) promote(now_pass, candidate);
      ledger.candidates.clear();
      return;
    }
    ++quarter.shown;
    quarter.wanted += is_wanted ? 1 : 0;
    Iou iou;
    iou.favours = {shown};
    note_verdict(now_pass, iou, is_wanted ? -1 : 1, "answer");
  }

  std::string waiting() const {
    return ledger.candidates.empty() ? std::string() : ledger.candidates.begin()->first;
  }

  Dice dice_;
};

TEST_F(Year, OfAnswersMakesWhatIsShownMoreWanted) {
  std::array<Quarter, 4> quarters;
  for (int week = 0; week < 52; ++week) {
    now = when("2026-01-05 09:00") + std::chrono::days{7 * week};
    for (const Habit& habit : habits)
      live(habit, week, quarters[static_cast<std::size_t>(week) / 13]);
  }
  for (const Quarter& quarter : quarters)
    std::printf("shown %3d  precision %.3f  recall %.3f\n", quarter.shown, quarter.precision(),
                quarter.recall());
  // Without learning it would stay at 0.62: 37 wanted of 60.
  EXPECT_GT(quarters[3].precision(), quarters[0].precision() + 0.05);
  EXPECT_GE(quarters[3].recall(), 0.9) << "what is wanted must not drown in the review";
}

TEST_F(Year, KeepsCountersAndNoWords) {
  Quarter quarter;
  for (int week = 0; week < 13; ++week) live(habits[4], week, quarter);
  ASSERT_FALSE(ledger.verdicts.empty());
  for (const auto& [id, verdict] : ledger.verdicts)
    EXPECT_EQ(verdict.shape.find("check"), std::string::npos) << verdict.shape;
}

TEST_F(Year, ADayTheWindowLeavesBehindCountsNoMore) {
  Quarter quarter;
  for (int week = 0; week < 4; ++week) live(habits[4], week, quarter);
  EXPECT_EQ(quarter.shown, 3) << "three times no, then the review";
  now += std::chrono::days{setting.policy.detector.negative_days + 1};
  live(habits[4], 50, quarter);
  EXPECT_EQ(quarter.shown, 4);
}

TEST_F(Year, LessonsSayWhatWasLearnedInTheWindow) {
  Quarter quarter;
  for (int week = 0; week < 3; ++week) live(habits[4], week, quarter);
  live(habits[0], 0, quarter);
  const Policy::Detector& policy = setting.policy.detector;
  const std::vector<Lesson> learned = lessons(ledger, policy, now);
  ASSERT_EQ(learned.size(), 2U);
  EXPECT_EQ(learned[0].client, "Acme Press");
  EXPECT_EQ(learned[0].answers, 1);
  EXPECT_DOUBLE_EQ(learned[0].negatives, 0);
  EXPECT_FALSE(learned[0].in_review);
  EXPECT_EQ(learned[1].client, "Initech");
  EXPECT_EQ(learned[1].kind, "advice");
  EXPECT_EQ(learned[1].answers, 3);
  EXPECT_DOUBLE_EQ(learned[1].negatives, 3);
  EXPECT_EQ(learned[1].last, now);
  EXPECT_TRUE(learned[1].in_review);
  EXPECT_TRUE(lessons(ledger, policy, now + std::chrono::days{policy.negative_days}).empty());
}

}  // namespace
}  // namespace ioud::domain
