// Cuts the power before every write to the disk (see power_cut.hpp) and opens what is found after.

#include <gtest/gtest.h>

#include "fakes/kept_log.hpp"
#include "store/mirror.hpp"
#include "store/sqlite_ledger.hpp"
#include "unit/store/filled.hpp"
#include "unit/store/power_cut.hpp"
#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using domain::Ledger;

TEST(PowerCut, LosesNoCommitOfTheLedgerThatReturned) {
  const Scratch scratch;
  core::NoSteps steps;
  std::size_t returned = 0;
  std::vector<std::size_t> returned_at_cut;
  PowerCut power;
  {
    power.on_operation([&] {
      const std::size_t cut = returned_at_cut.size();
      returned_at_cut.push_back(returned);
      power.picture(scratch.path(), scratch / ("cut" + std::to_string(cut)),
                    static_cast<unsigned>(cut));
    });
    auto store = open_ledger({scratch / "state", std::nullopt}, steps);
    ASSERT_TRUE(store) << store.error().text;
    for (int i = 0; i < 12; ++i) {
      const Ledger before = (*store)->load().value();
      Ledger after = before;
      after.marks["row " + std::to_string(i)] = std::string(400, 'x');
      after.favours["f"] = filled<domain::Favour>();
      after.favours["f"].effort_minutes = i;
      ASSERT_TRUE((*store)->commit(before, after, {.intents = {Intent{}}, .outcomes = {}}));
      ++returned;
    }
    ASSERT_TRUE((*store)->scrub());
    power.on_operation({});
  }
  EXPECT_GE(returned_at_cut.size(), 200U);
  for (std::size_t cut = 0; cut < returned_at_cut.size(); ++cut) {
    const auto found =
        open_ledger({scratch / ("cut" + std::to_string(cut)) / "state", std::nullopt}, steps);
    ASSERT_TRUE(found) << "cut " << cut << ": " << found.error().text;
    const auto ledger = (*found)->load();
    ASSERT_TRUE(ledger) << "cut " << cut << ": " << ledger.error().text;
    EXPECT_GE(ledger->marks.size(), returned_at_cut[cut]) << "cut " << cut;
    EXPECT_LE(ledger->marks.size(), returned_at_cut[cut] + 1) << "cut " << cut;
    EXPECT_EQ((*found)->open_intents()->size(), ledger->marks.size()) << "cut " << cut;
    if (!ledger->marks.empty()) {
      EXPECT_EQ(ledger->favours.at("f").effort_minutes + 1, static_cast<int>(ledger->marks.size()))
          << "cut " << cut;
    }
  }
}

TEST(PowerCut, LeavesTheMirrorWithACursorForTheRowsItHas) {
  const Scratch scratch;
  const Collection box{"disk", "mail"};
  core::NoSteps steps;
  fakes::KeptLog log;
  std::size_t cuts = 0;
  PowerCut power;
  {
    power.on_operation([&] {
      power.picture(scratch.path(), scratch / ("cut" + std::to_string(cuts)),
                    static_cast<unsigned>(cuts));
      ++cuts;
    });
    auto mirror = Mirror::open({scratch / "cache/mirror.db", "1", std::nullopt}, log, steps);
    ASSERT_TRUE(mirror) << mirror.error().text;
    for (int i = 0; i < 20; ++i) {
      const MirrorRow row{std::to_string(i), "e", "mail", std::string(2000, 'x'), ""};
      ASSERT_TRUE((*mirror)->apply(box, {std::to_string(i + 1), {row}, {}, false}));
    }
    ASSERT_TRUE((*mirror)->scrub());
    power.on_operation({});
  }
  EXPECT_GE(cuts, 100U);
  for (std::size_t cut = 0; cut < cuts; ++cut) {
    const auto folder = scratch / ("cut" + std::to_string(cut));
    auto mirror = Mirror::open({folder / "cache/mirror.db", "1", std::nullopt}, log, steps);
    ASSERT_TRUE(mirror) << "cut " << cut << ": " << mirror.error().text;
    const auto known = (*mirror)->known(box);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->cursor, known->etags.empty() ? "" : std::to_string(known->etags.size()))
        << "cut " << cut;
  }
  EXPECT_TRUE(log.lines.empty()) << log.lines.front();
}

}  // namespace
}  // namespace ioud::store
