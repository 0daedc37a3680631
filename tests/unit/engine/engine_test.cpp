#include "engine/engine.hpp"

#include <gmock/gmock.h>

#include "engine_desk.hpp"
#include "fakes/stop_at.hpp"

namespace ioud::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class EngineTest : public testing::Test, protected EngineDesk {
 protected:
  domain::Erased forget(const std::string& address) {
    Engine engine(setup, parts());
    const auto erased = fakes::run(engine.forget(address));
    EXPECT_TRUE(erased.has_value()) << (erased ? "" : erased.error().text);
    return erased.value_or(domain::Erased());
  }
};

TEST_F(EngineTest, APromiseBecomesASitdownAndASecondPassWritesNothing) {
  promise();
  const PassReport first = pass();
  EXPECT_EQ(first.written, 4U);
  EXPECT_THAT(own(), ElementsAre("fav", "iou", "prep"));
  const auto calls = server->calls.size();
  const PassReport second = pass();
  EXPECT_EQ(second.written, 0U);
  EXPECT_EQ(second.rounds, 1U);
  for (std::size_t i = calls; i < server->calls.size(); ++i)
    EXPECT_TRUE(server->calls[i].starts_with("pull")) << server->calls[i];
}

TEST_F(EngineTest, AnEmptiedCacheWritesNothing) {
  approve();
  pass("2026-03-05T10:12:00-06:00");
  forget_cache();
  const PassReport again = pass();
  EXPECT_EQ(again.written + again.sent, 0U);
}

TEST_F(EngineTest, TheSameFavourSeenTwentyTimesIsOneEvent) {
  promise();
  pass();
  for (int i = 0; i < 20; ++i) {
    forget_cache();
    server->rename(server->mail, i == 0 ? "promise" : "copy" + std::to_string(i - 1),
                   "copy" + std::to_string(i));
    pass();
  }
  EXPECT_EQ(ledger().favours.size(), 1U);
  EXPECT_THAT(own(), ElementsAre("fav", "iou", "prep"));
}

TEST_F(EngineTest, ALostLedgerAdoptsWhatStands) {
  promise();
  pass();
  const auto before = events();
  std::filesystem::remove_all(folder.path() / "state");
  open();
  pass();
  ASSERT_EQ(events().size(), before.size());
  for (const auto& [href, object] : before) EXPECT_EQ(events().at(href).etag, object.etag);
  EXPECT_EQ(ledger().items.size(), 3U);
}

TEST_F(EngineTest, HealthIsNotedAndTakenBack) {
  server->calendars["private"].is_missing = true;
  EXPECT_TRUE(pass().is_retryable);
  EXPECT_EQ(ledger().marks.at("health:server"), "transient\nthe collection is not there");
  server->calendars["private"].is_missing = false;
  EXPECT_FALSE(pass().is_retryable);
  EXPECT_FALSE(ledger().marks.contains("health:server"));
}

TEST_F(EngineTest, TheNextLookIsTheEndOfTheHold) {
  promise();
  pass();
  accept();
  const PassReport report = pass("2026-03-05T10:00:00-06:00");
  EXPECT_EQ(report.next_look, instant("2026-03-05T10:10:00-06:00"));
}

TEST_F(EngineTest, TwoEnginesDoNotPassAtOnce) {
  const auto turn = ledger_store().take_turn(std::chrono::milliseconds(0));
  ASSERT_TRUE(turn.has_value());
  auto other = store::open_ledger({folder.path() / "state", std::nullopt}, no_steps).value();
  EXPECT_FALSE(other->take_turn(std::chrono::milliseconds(0)).has_value());
}

TEST_F(EngineTest, ForgettingLeavesNoWordAnywhere) {
  approve();
  ASSERT_TRUE(state_holds("meg@acme.test"));
  const domain::Erased erased = forget("meg@acme.test");
  EXPECT_EQ(erased.favours, 1U);
  EXPECT_EQ(erased.ious, 1U);
  EXPECT_THAT(own(), IsEmpty());
  for (const char* word : {"meg@acme.test", "Meg Alvarez", "drop the part off", "the part"})
    EXPECT_FALSE(state_holds(word)) << word;
  EXPECT_EQ(open_intents(), 0U);
  pass("2026-03-05T12:00:00-06:00");
  EXPECT_THAT(ledger().favours, IsEmpty());
  EXPECT_THAT(server->sent, IsEmpty());
}

/// Stops a pass that writes at each step in turn, so that intents are left open, and then forgets.
TEST(Forgetting, LeavesNoWordOfWhatAStopLeftOpen) {
  for (const bool by_file : {false, true})
    for (std::size_t number = 0;; ++number) {
      SCOPED_TRACE(std::to_string(number) + (by_file ? " by the forget file" : ""));
      EngineDesk desk;
      desk.promise();
      fakes::StopAt stop(number);
      desk.steps = &stop;
      desk.open();
      bool stopped = false;
      try {
        desk.pass();
      } catch (const fakes::Stopped&) {
        stopped = true;
      }
      desk.steps = &desk.no_steps;
      desk.open();
      if (by_file) {
        desk.setup.forgotten = {"meg@acme.test"};
        desk.pass("2026-03-12T12:00:00-05:00");
      } else {
        desk.clock.move_to(instant("2026-03-12T12:00:00-05:00"));
        Engine engine(desk.setup, desk.parts());
        EXPECT_TRUE(fakes::run(engine.forget("meg@acme.test")).has_value());
      }
      EXPECT_EQ(desk.open_intents(), 0U);
      for (const char* word : {"meg@acme.test", "Meg Alvarez", "drop the part off"}) {
        EXPECT_FALSE(desk.state_holds(word)) << word;
        for (const auto& [href, object] : desk.events())
          EXPECT_EQ(object.bytes.find(word), std::string::npos) << object.bytes;
      }
      if (!stopped) {
        EXPECT_GT(number, 4U);
        break;
      }
    }
}

/// Hands everything on and counts the scrubs; the first so many of them fail.
class ScrubCount final : public store::LedgerStore {
 public:
  ScrubCount(store::LedgerStore& store, int failures) : store_(store), failures_(failures) {}
  core::Result<std::unique_ptr<store::Turn>> take_turn(
      std::chrono::milliseconds patience) override {
    return store_.take_turn(patience);
  }
  core::Result<domain::Ledger> load() override { return store_.load(); }
  core::Result<std::vector<long long>> commit(const domain::Ledger& before,
                                              const domain::Ledger& after,
                                              const store::JournalLines& lines) override {
    return store_.commit(before, after, lines);
  }
  core::Result<std::vector<store::Intent>> open_intents() override { return store_.open_intents(); }
  core::Result<void> scrub() override {
    ++scrubs;
    if (scrubs <= failures_) return core::fail(core::Fault::transient, "ledger", "busy");
    return store_.scrub();
  }
  int scrubs = 0;

 private:
  store::LedgerStore& store_;
  int failures_;
};

TEST_F(EngineTest, AScrubThatFailedIsMadeUpForAndNoneIsMadeWithoutNeed) {
  promise();
  pass();
  setup.forgotten = {"meg@acme.test"};
  ScrubCount counted(ledger_store(), 1);
  const Parts all = parts();
  Engine engine(setup,
                {all.connectors, counted, all.mirror, all.detector, all.clock, all.log, all.steps});
  EXPECT_FALSE(fakes::run(engine.pass()).has_value());
  EXPECT_TRUE(fakes::run(engine.pass()).has_value());
  EXPECT_TRUE(fakes::run(engine.pass()).has_value());
  EXPECT_EQ(counted.scrubs, 2);
}

TEST_F(EngineTest, AStopBeforeTheScrubIsMadeUpFor) {
  promise();
  pass();
  setup.forgotten = {"meg@acme.test"};
  server->script.failures = 0;
  fakes::StopAt stop(1);
  steps = &stop;
  open();
  try {
    pass("2026-03-05T12:00:00-06:00");
  } catch (const fakes::Stopped&) {
  }
  steps = &no_steps;
  open();
  pass("2026-03-05T12:00:00-06:00");
  EXPECT_FALSE(state_holds("drop the part off"));
  EXPECT_FALSE(ledger().marks.contains("scrub"));
}

}  // namespace
}  // namespace ioud::engine
