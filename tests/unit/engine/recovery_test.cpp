// What a stop left open is settled by what stands now, never by guessing.

#include <gmock/gmock.h>

#include "engine/publisher.hpp"
#include "engine_desk.hpp"

namespace ioud::engine {
namespace {

using store::Intent;
using store::IntentKind;

class RecoveryTest : public testing::Test, protected EngineDesk {
 protected:
  RecoveryTest() {
    item_.uid = "iou-1@ioud";
    item_.role = domain::Role::sitdown;
    item_.summary = "Sit-down: Meg Alvarez";
    item_.start = instant("2026-03-09T16:15:00Z");
    item_.end = instant("2026-03-09T16:35:00Z");
    facts_.complete = {"IOUs"};
  }
  Intent put() const {
    Intent one;
    one.kind = IntentKind::put;
    one.connector = "server";
    one.collection = "IOUs";
    one.uid = item_.uid;
    one.owner = "owner";
    one.item = item_;
    one.bytes = "words";
    return one;
  }
  domain::Ledger recovered(Intent intent, const domain::Ledger& before = {}) {
    intent.at = clock.now();
    domain::Ledger now = ledger();
    domain::Ledger after = now;
    after.items = before.items;
    after.drafts = before.drafts;
    store::JournalLines lines;
    lines.intents.push_back(std::move(intent));
    EXPECT_TRUE(ledger_store().commit(now, after, lines).has_value());
    EXPECT_TRUE(recover(parts(), after, facts_).has_value());
    EXPECT_EQ(open_intents(), 0U);
    return after;
  }
  domain::ItemRecord record() const {
    return {item_.uid, "IOUs", "owner", "1.ics", "e1", item_, item_, false};
  }

  domain::CalendarItem item_;
  domain::Facts facts_;
};

TEST_F(RecoveryTest, WithNothingOpenNothingIsCommitted) {
  domain::Ledger now = ledger();
  EXPECT_TRUE(recover(parts(), now, facts_).has_value());
  EXPECT_EQ(log.count("journal.recovered"), 0U);
}

TEST_F(RecoveryTest, ANewEventThatStandsWasWritten) {
  facts_.standing.push_back({item_, "IOUs", "1.ics", "e1"});
  const domain::Ledger after = recovered(put());
  ASSERT_TRUE(after.items.contains(item_.uid));
  EXPECT_EQ(after.items.at(item_.uid).written, item_);
  EXPECT_EQ(after.items.at(item_.uid).href, "1.ics");
  EXPECT_EQ(after.items.at(item_.uid).etag, "e1");
}

TEST_F(RecoveryTest, ANewEventThatDoesNotStandWasNot) {
  EXPECT_TRUE(recovered(put()).items.empty());
}

TEST_F(RecoveryTest, AnEventOfTheOldVersionWasNotChanged) {
  facts_.standing.push_back({item_, "IOUs", "1.ics", "e1"});
  Intent intent = put();
  intent.etag = "e1";
  intent.item->summary = "new";
  domain::Ledger before;
  before.items[item_.uid] = record();
  EXPECT_EQ(recovered(intent, before).items.at(item_.uid).written.summary, item_.summary);
}

TEST_F(RecoveryTest, WhatTheRepDidSinceIsSeenAsHis) {
  domain::CalendarItem standing = item_;
  standing.summary = "new";
  standing.start += core::Minutes{60};
  standing.end += core::Minutes{60};
  facts_.standing.push_back({standing, "IOUs", "1.ics", "e3"});
  Intent intent = put();
  intent.etag = "e1";
  intent.item->summary = "new";
  domain::Ledger before;
  before.items[item_.uid] = record();
  const domain::ItemRecord after = recovered(intent, before).items.at(item_.uid);
  EXPECT_EQ(after.written.summary, "new");
  EXPECT_EQ(after.seen.summary, "new");
  EXPECT_EQ(after.seen.start, item_.start);
}

TEST_F(RecoveryTest, ARemovalThatHadItsEffectIsNoDeletionOfTheRep) {
  Intent intent = put();
  intent.kind = IntentKind::remove;
  intent.item.reset();
  domain::Ledger before;
  before.items[item_.uid] = record();
  EXPECT_TRUE(recovered(intent, before).items.at(item_.uid).gone);
}

TEST_F(RecoveryTest, ARemovalWithoutEffectIsTriedAgain) {
  Intent intent = put();
  intent.kind = IntentKind::remove;
  domain::Ledger before;
  before.items[item_.uid] = record();
  facts_.standing.push_back({item_, "IOUs", "1.ics", "e1"});
  EXPECT_FALSE(recovered(intent, before).items.at(item_.uid).gone);
}

TEST_F(RecoveryTest, ARemovalInACalendarThatWasNotListedIsLeftOpenToThePlan) {
  Intent intent = put();
  intent.kind = IntentKind::remove;
  domain::Ledger before;
  before.items[item_.uid] = record();
  facts_.complete.clear();
  EXPECT_FALSE(recovered(intent, before).items.at(item_.uid).gone);
}

TEST_F(RecoveryTest, ADraftThatIsGoneWasRemoved) {
  Intent intent;
  intent.kind = IntentKind::draft_remove;
  intent.connector = "server";
  intent.uid = "d@rep.test";
  intent.owner = "d1";
  domain::Ledger before;
  before.drafts["d1"].id = "d1";
  before.drafts["d1"].state = "standing";
  EXPECT_EQ(recovered(intent, before).drafts.at("d1").state, "removed");
}

TEST_F(RecoveryTest, ADraftThatStandsWasNotRemoved) {
  Intent intent;
  intent.kind = IntentKind::draft_remove;
  intent.connector = "server";
  intent.uid = "d@rep.test";
  intent.owner = "d1";
  domain::Ledger before;
  before.drafts["d1"].id = "d1";
  before.drafts["d1"].state = "standing";
  facts_.drafts.push_back({"d@rep.test", "d", "1", "h"});
  EXPECT_EQ(recovered(intent, before).drafts.at("d1").state, "standing");
}

TEST_F(RecoveryTest, DraftsAndMailAreAskedForAgainByWhoeverWritesThem) {
  for (const IntentKind kind : {IntentKind::draft, IntentKind::send}) {
    Intent intent;
    intent.kind = kind;
    intent.connector = "server";
    intent.uid = "m@rep.test";
    EXPECT_TRUE(recovered(intent).sent.empty());
  }
}

}  // namespace
}  // namespace ioud::engine
