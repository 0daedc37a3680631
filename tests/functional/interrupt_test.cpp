// Stops the whole engine at every durable step of a story, opens everything anew, carries on, and
// compares the end with the story that nobody disturbed: nothing twice, nothing lost, nothing
// different.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "fakes/stop_at.hpp"
#include "functional/stories.hpp"

namespace ioud::functional {
namespace {

using fakes::StopAt;
using fakes::Stopped;

constexpr std::size_t never = static_cast<std::size_t>(-1);

void pass_undisturbed(World& world, const Moment& moment) {
  core::NoSteps steps;
  world.pass(moment.at, steps);
}

/// Tells the moments of [from, to).
void tell(World& world, const Story& story, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    story.moments[i].happens(world);
    pass_undisturbed(world, story.moments[i]);
  }
}

Story story_of(const std::string& name) {
  std::vector<Story> all = all_stories();
  return *std::find_if(all.begin(), all.end(),
                       [&](const Story& story) { return story.name == name; });
}

/// The steps of all passes of a story.
std::size_t count_steps(const Story& story) {
  World world({}, story.policy);
  std::size_t sum = 0;
  for (const Moment& moment : story.moments) {
    moment.happens(world);
    StopAt steps(never);
    world.pass(moment.at, steps);
    sum += steps.steps.size();
  }
  return sum;
}

Picture end_of(const Story& story) {
  World world({}, story.policy);
  tell(world, story, 0, story.moments.size());
  EXPECT_EQ(world.open_intents(), 0U);
  return world.picture();
}

/// True where the pass was stopped by the step, false where it came to its end before.
bool stops(World& world, core::Instant at, core::Steps& steps) {
  try {
    world.pass(at, steps);
  } catch (const Stopped&) {
    return true;
  }
  return false;
}

/// Ends the process at a step, with nothing put away: no destructor, no rollback, no close.
class DieAt final : public core::Steps {
 public:
  static constexpr int code = 100;
  explicit DieAt(std::size_t number) : left_(number) {}
  void reached(std::string_view) override {
    if (left_ == 0) ::_exit(code);
    --left_;
  }

 private:
  std::size_t left_;
};

bool dies(World& world, core::Instant at, std::size_t number) {
  const pid_t child = ::fork();
  if (child == 0) {
    DieAt steps(number);
    world.pass(at, steps);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == DieAt::code;
}

/// A story and one of its moments.
using Place = std::pair<std::string, std::size_t>;

/// A world that stands just before the pass of that moment, and what follows when nobody disturbs.
class Interrupt : public testing::TestWithParam<Place> {
 protected:
  Interrupt()
      : story_(story_of(GetParam().first)), moment_(GetParam().second), world_({}, story_.policy) {
    tell(world_, story_, 0, moment_);
    moment().happens(world_);
    world_.remember();
    StopAt steps(never);
    world_.pass(moment().at, steps);
    steps_ = steps.steps;
    after_pass_ = world_.picture();
    tell(world_, story_, moment_ + 1, story_.moments.size());
    after_all_ = world_.picture();
  }

  const Moment& moment() const { return story_.moments[moment_]; }

  /// Lets `disturb` stop the pass, carries on with it, and compares; with `to_the_end` the rest of
  /// the story is told as well.
  template <class Disturb>
  void expect_the_same(bool to_the_end, Disturb disturb) {
    world_.come_back();
    disturb(world_);
    pass_undisturbed(world_, moment());
    EXPECT_EQ(difference(after_pass_, world_.picture()), "");
    EXPECT_EQ(world_.open_intents(), 0U);
    if (!to_the_end) return;
    tell(world_, story_, moment_ + 1, story_.moments.size());
    EXPECT_EQ(difference(after_all_, world_.picture()), "");
  }

  Story story_;
  std::size_t moment_;
  World world_;
  std::vector<std::string> steps_;
  Picture after_pass_;
  Picture after_all_;
};

TEST_P(Interrupt, AtEveryStep) {
  constexpr std::size_t to_the_end = 7;
  for (std::size_t number = 0; number < steps_.size() && !HasFailure(); ++number) {
    SCOPED_TRACE("stopped at step " + std::to_string(number) + ", " + steps_[number]);
    expect_the_same(number % to_the_end == 0, [&](World& world) {
      StopAt stop(number);
      EXPECT_TRUE(stops(world, moment().at, stop));
    });
  }
}

TEST_P(Interrupt, WithTheProcessGone) {
  constexpr std::size_t every = 3;
  for (std::size_t number = 1; number < steps_.size() && !HasFailure(); number += every) {
    SCOPED_TRACE("died at step " + std::to_string(number) + ", " + steps_[number]);
    expect_the_same(false, [&](World& world) { EXPECT_TRUE(dies(world, moment().at, number)); });
  }
}

TEST_P(Interrupt, AgainWhileCarryingOn) {
  constexpr std::size_t every = 3;
  for (std::size_t number = 0; number < steps_.size() && !HasFailure(); number += every) {
    const std::size_t again = (number * 7 + 3) % 13;
    SCOPED_TRACE("stopped at step " + std::to_string(number) + ", " + steps_[number] +
                 ", and at step " + std::to_string(again) + " of the next pass");
    expect_the_same(false, [&](World& world) {
      StopAt first(number);
      EXPECT_TRUE(stops(world, moment().at, first));
      StopAt second(again);
      stops(world, moment().at, second);
    });
  }
}

std::vector<Place> places() {
  std::vector<Place> all;
  for (const Story& story : all_stories())
    for (std::size_t i = 0; i < story.moments.size(); ++i) all.emplace_back(story.name, i);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Stories, Interrupt, testing::ValuesIn(places()), [](const auto& param) {
  return std::string(param.param.first) + "_" + std::to_string(param.param.second);
});

TEST(Stories, HaveEnoughStepsToStopAt) {
  EXPECT_GE(count_steps(the_part()) + count_steps(the_numbers()), 300U);
}

TEST(Stories, EndAsTheyAreTold) {
  const auto count = [](const Picture& picture, const std::string& part) {
    return std::count_if(picture.begin(), picture.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  };
  const Picture part = end_of(the_part());
  EXPECT_EQ(count(part, "outbox <"), 1);
  EXPECT_EQ(count(part, "calendars/work mtg-"), 1);
  EXPECT_EQ(count(part, R"("state":"scheduled")"), 1);
  EXPECT_EQ(count(part, "calendars/ious iou-"), 0);
  EXPECT_EQ(count(part, "calendars/ious prep-"), 1);
  EXPECT_EQ(count(part, "calendars/dates date-"), 5);
  const Picture numbers = end_of(the_numbers());
  EXPECT_EQ(count(numbers, "outbox <"), 2);
  EXPECT_EQ(count(numbers, "calendars/work mtg-"), 0);
  EXPECT_EQ(count(numbers, R"("state":"proposed")"), 1);
  EXPECT_EQ(count(numbers, "calendars/ious iou-"), 1);
  EXPECT_EQ(count(numbers, "mail/.Sent/cur <"), 3);
  const Picture draft = end_of(the_draft());
  EXPECT_EQ(count(draft, "outbox <"), 0);
  EXPECT_EQ(count(draft, "mail/.Drafts/cur <") + count(draft, "mail/.Drafts/new <"), 0);
  EXPECT_EQ(count(draft, "mail/.Sent/cur <"), 2);
  EXPECT_EQ(count(draft, "ledger ious"), 1);
  EXPECT_EQ(count(draft, "the rep sent the draft"), 1);
  EXPECT_EQ(count(draft, R"("state":"sent")"), 1);
  EXPECT_EQ(count(draft, "calendars/ious iou-"), 1);
  const Picture silence = end_of(the_silence());
  EXPECT_EQ(count(silence, "outbox <"), 4) << "invitation, second, place, end";
  EXPECT_EQ(count(silence, R"("state":"forgiven")"), 1);
  EXPECT_EQ(count(silence, "calendars/work mtg-"), 0);
  EXPECT_EQ(count(silence, "calendars/ious iou-"), 0);
  const Picture cancelled = end_of(the_cancellation());
  EXPECT_EQ(count(cancelled, "outbox <"), 1) << "he cancelled it himself";
  EXPECT_EQ(count(cancelled, R"("state":"proposed")"), 1);
  EXPECT_EQ(count(cancelled, "calendars/work mtg-"), 0);
  EXPECT_EQ(count(cancelled, "calendars/ious iou-"), 1);
}

TEST(Stories, ASecondPassWritesNothing) {
  for (const Story& story : all_stories()) {
    World world({}, story.policy);
    for (const Moment& moment : story.moments) {
      moment.happens(world);
      pass_undisturbed(world, moment);
      const auto before = world.files();
      StopAt steps(never);
      const engine::PassReport again = world.pass(moment.at, steps);
      EXPECT_EQ(again.written + again.sent, 0U);
      EXPECT_THAT(steps.steps, testing::IsEmpty());
      EXPECT_EQ(world.files(), before);
    }
  }
}

TEST(Stories, AnEmptiedCacheWritesNothing) {
  for (const Story& story : all_stories()) {
    World world({}, story.policy);
    for (const Moment& moment : story.moments) {
      moment.happens(world);
      pass_undisturbed(world, moment);
      const Picture before = world.picture();
      std::filesystem::remove_all(world.root() / "state/cache");
      pass_undisturbed(world, moment);
      EXPECT_EQ(difference(before, world.picture()), "");
    }
  }
}

}  // namespace
}  // namespace ioud::functional
