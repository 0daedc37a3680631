// Stops the program at every durable step of a small story of intents and outcomes, starts it again
// and looks: every commit is there whole or not at all, and no intent is lost.

#include <gtest/gtest.h>

#include "fakes/kept_log.hpp"
#include "store/mirror.hpp"
#include "store/sqlite_ledger.hpp"
#include "unit/store/power_cut.hpp"
#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using domain::Ledger;

constexpr int writes = 5;
const core::Instant monday = *core::parse_rfc3339("2026-03-02T09:00:00Z");

/// One remote write after the other: an intent with its ledger row, the write (which the world
/// remembers), then the outcome with its row.
class Story {
 public:
  Story(const Scratch& scratch, core::Steps& steps) : scratch_(scratch), steps_(steps) {}

  void run() {
    auto opened = open_ledger({scratch_ / "state", std::nullopt}, steps_);
    ASSERT_TRUE(opened) << opened.error().text;
    store_ = std::move(*opened);
    const auto intents = store_->open_intents();
    ASSERT_TRUE(intents);
    for (const Intent& intent : *intents) settle(intent);
    const Ledger ledger = store_->load().value();
    for (int i = 0; i < writes; ++i)
      if (!ledger.marks.contains("written " + std::to_string(i))) write(i);
  }

 private:
  void write(int number) {
    const Ledger before = store_->load().value();
    Ledger after = before;
    after.marks["intended " + std::to_string(number)] = "1";
    Intent intent;
    intent.uid = std::to_string(number);
    intent.bytes = "bytes";
    const auto ids = store_->commit(before, after, {.intents = {intent}, .outcomes = {}});
    ASSERT_TRUE(ids) << ids.error().text;
    intent.id = ids->front();
    steps_.reached("request.before");
    write_bytes(scratch_ / "world" / intent.uid,
                bytes_of(scratch_ / "world" / intent.uid) + intent.bytes);
    steps_.reached("request.after");
    settle(intent);
  }

  /// Asks the world what stands there, never guesses.
  void settle(const Intent& intent) {
    const bool is_there = std::filesystem::exists(scratch_ / "world" / intent.uid);
    const Ledger before = store_->load().value();
    EXPECT_TRUE(before.marks.contains("intended " + intent.uid));
    Ledger after = before;
    if (is_there) after.marks["written " + intent.uid] = "1";
    const Outcome outcome{intent.id, is_there ? Ending::done : Ending::abandoned, monday, "h", "e"};
    ASSERT_TRUE(store_->commit(before, after, {.intents = {}, .outcomes = {outcome}}));
  }

  const Scratch& scratch_;
  core::Steps& steps_;
  std::unique_ptr<LedgerStore> store_;
};

void expect_whole(const Scratch& scratch) {
  core::NoSteps steps;
  const auto store = open_ledger({scratch / "state", std::nullopt}, steps);
  ASSERT_TRUE(store);
  const Ledger ledger = (*store)->load().value();
  EXPECT_EQ(ledger.marks.size(), 2U * writes);
  EXPECT_TRUE((*store)->open_intents()->empty());
  for (int i = 0; i < writes; ++i)
    EXPECT_EQ(bytes_of(scratch / "world" / std::to_string(i)), "bytes") << i;
}

TEST(Stop, AtAnyStepLosesAndRepeatsNothing) {
  const PowerCut no_wait_for_the_disk;
  std::size_t stops = 0;
  for (std::size_t stop = 1;; ++stop) {
    const Scratch scratch;
    const int code = in_child([&] {
      CountedSteps steps(stop);
      Story(scratch, steps).run();
    });
    ASSERT_TRUE(code == 0 || code == 100) << "stopped at " << stop;
    core::NoSteps on;
    Story(scratch, on).run();
    expect_whole(scratch);
    if (code == 0) break;
    ++stops;
  }
  EXPECT_EQ(stops, writes * 6U);
}

TEST(Stop, AtAnyTwoStepsInARowLosesAndRepeatsNothing) {
  const PowerCut no_wait_for_the_disk;
  for (std::size_t stop = 1; stop <= writes * 6U; stop += 5) {
    const Scratch scratch;
    int code = 100;
    for (int round = 0; code == 100; ++round) {
      ASSERT_LT(round, 100);
      code = in_child([&] {
        CountedSteps steps(stop);
        Story(scratch, steps).run();
      });
      if (stop < 8) break;  // too few steps a run to ever come to the end
    }
    core::NoSteps on;
    Story(scratch, on).run();
    expect_whole(scratch);
  }
}

TEST(Stop, LeavesCursorAndRowsOfTheMirrorTogether) {
  const PowerCut no_wait_for_the_disk;
  const Collection box{"disk", "mail"};
  constexpr std::size_t pages = 5;
  for (std::size_t stop = 1; stop <= pages * 2; ++stop) {
    const Scratch scratch;
    const auto read_on = [&](core::Steps& steps) {
      fakes::KeptLog log;
      auto mirror = Mirror::open({scratch / "cache/mirror.db", "1", std::nullopt}, log, steps);
      ASSERT_TRUE(mirror);
      const Known known = (*mirror)->known(box).value();
      ASSERT_EQ(known.cursor, known.etags.empty() ? "" : std::to_string(known.etags.size()));
      for (std::size_t at = known.etags.size(); at < pages; ++at) {
        const Page page{
            std::to_string(at + 1), {{std::to_string(at), "e", "mail", "{}", ""}}, {}, false};
        ASSERT_TRUE((*mirror)->apply(box, page));
      }
    };
    EXPECT_EQ(in_child([&] {
                CountedSteps steps(stop);
                read_on(steps);
              }),
              100);
    core::NoSteps on;
    read_on(on);
    fakes::KeptLog log;
    auto mirror = Mirror::open({scratch / "cache/mirror.db", "1", std::nullopt}, log, on);
    ASSERT_TRUE(mirror);
    EXPECT_EQ((*mirror)->known(box)->etags.size(), pages);
    EXPECT_TRUE(log.lines.empty());
  }
}

}  // namespace
}  // namespace ioud::store
