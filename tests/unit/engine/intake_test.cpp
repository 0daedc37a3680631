#include "engine/intake.hpp"

#include <gmock/gmock.h>

#include "engine_desk.hpp"
#include "fakes/stop_at.hpp"

namespace ioud::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class IntakeTest : public testing::Test, protected EngineDesk {
 protected:
  std::size_t known(const std::string& calendar) {
    return mirror().known({"server", calendar})->etags.size();
  }
  Intake take() {
    domain::Ledger now = ledger();
    auto intake = fakes::run(take_in(setup, parts(), now));
    EXPECT_TRUE(intake.has_value());
    return intake ? std::move(*intake) : Intake();
  }
  void plant(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = (i < 10 ? "0" : "") + std::to_string(i);
      server->plant(server->calendars["work"], name + ".ics", event(name + "@work.test"));
    }
  }
};

TEST(Suspicion, IsMoreThanTenAndMoreThanAFifth) {
  EXPECT_FALSE(is_suspicious(0, 0));
  EXPECT_FALSE(is_suspicious(10, 10));
  EXPECT_TRUE(is_suspicious(11, 11));
  EXPECT_FALSE(is_suspicious(55, 11));
  EXPECT_TRUE(is_suspicious(54, 11));
  EXPECT_FALSE(is_suspicious(1000, 200));
  EXPECT_TRUE(is_suspicious(1000, 201));
}

TEST(MassRemoval, OfATruncatedListingIsNotBelieved) {
  for (const bool starts_over : {false, true})
    for (std::size_t left = 0; left < 40; ++left) {
      SCOPED_TRACE(std::to_string(left) + (starts_over ? " of a new listing" : ""));
      EngineDesk desk;
      for (int i = 0; i < 40; ++i)
        desk.server->plant(desk.server->calendars["work"], std::to_string(100 + i) + ".ics",
                           EngineDesk::event(std::to_string(i) + "@work.test"));
      desk.pass();
      desk.connectors().front().contact_source.reset();
      desk.server->script.truncated_to = left;
      desk.server->script.forgets_cursors = starts_over;
      desk.pass();
      const bool is_guarded = 40 - left > 10;
      EXPECT_EQ(desk.mirror().known({"server", "work"})->etags.size(), is_guarded ? 40U : left);
      EXPECT_EQ(desk.log.count("source.guarded") > 0, is_guarded);
    }
}

/// A pass over twelve promises: more events of ours than may go at once.
void promise_much(EngineDesk& desk) {
  for (int i = 0; i < 12; ++i)
    desk.mail("promise" + std::to_string(i), "tom@rep.test", "meg@acme.test",
              "Wed, 04 Mar 2026 14:25:00 -0600",
              "I'll bring you the " + std::to_string(i + 20) + " inch belt on Saturday.",
              Box::sent);
  desk.pass();
}

TEST(MassRemoval, OfOurEventsDismissesNothing) {
  EngineDesk desk;
  promise_much(desk);
  const domain::Ledger before = desk.ledger();
  ASSERT_GT(desk.events().size(), 11U);
  desk.server->script.truncated_to = 0;
  desk.pass("2026-03-04T15:30:00-06:00");
  desk.server->script.truncated_to.reset();
  desk.pass("2026-03-04T16:30:00-06:00");
  EXPECT_THAT(desk.ledger().tombstones, IsEmpty());
  EXPECT_EQ(desk.ledger().items.size(), before.items.size());
}

/// A work calendar of 40 events, of which 20 vanish at once.
class GuardedLoss : public testing::Test, protected EngineDesk {
 protected:
  void lose_half() {
    for (int i = 0; i < 40; ++i) server->plant(server->calendars["work"], name(i), event(name(i)));
    pass();
    for (int i = 0; i < 20; ++i) server->erase(server->calendars["work"], name(i));
    pass();
  }
  static std::string name(int i) { return std::to_string(100 + i) + "@work.test"; }
  std::size_t known() { return mirror().known({"server", "work"})->etags.size(); }
  void accept() {
    const domain::Ledger before = ledger();
    const auto losses = domain::waiting_losses(before);
    ASSERT_EQ(losses.size(), 1U);
    domain::Ledger after = before;
    domain::accept_loss(after, losses.front());
    ASSERT_TRUE(ledger_store().commit(before, after, {}).has_value());
  }
  std::size_t lines() {
    std::size_t count = 0;
    for (const auto& [id, line] : ledger().review)
      count += line.kind == "loss" && !line.done ? 1 : 0;
    return count;
  }
};

TEST_F(GuardedLoss, WaitsPassAfterPassAndIsNamedOnce) {
  lose_half();
  pass();
  EXPECT_EQ(known(), 40U);
  const auto losses = domain::waiting_losses(ledger());
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(losses.front().place, (domain::Place{"server", "work"}));
  EXPECT_EQ(losses.front().known, 40U);
  EXPECT_EQ(losses.front().names.size(), 20U);
  EXPECT_EQ(lines(), 1U);
  EXPECT_THAT(log.lines, testing::Not(testing::Contains(testing::HasSubstr("@work.test"))));
}

TEST_F(GuardedLoss, AcceptedGoesInTheNextPassAndNothingElseDoes) {
  lose_half();
  accept();
  pass();
  EXPECT_EQ(known(), 20U);
  EXPECT_TRUE(domain::waiting_losses(ledger()).empty());
  EXPECT_EQ(lines(), 0U);
  for (int i = 20; i < 35; ++i) server->erase(server->calendars["work"], name(i));
  pass();
  EXPECT_EQ(known(), 20U) << "another loss is another matter";
  EXPECT_EQ(domain::waiting_losses(ledger()).size(), 1U);
}

TEST_F(GuardedLoss, WhatWentAfterItWasAcceptedIsNotPartOfIt) {
  lose_half();
  accept();
  for (int i = 20; i < 35; ++i) server->erase(server->calendars["work"], name(i));
  pass();
  EXPECT_EQ(known(), 40U);
  pass();
  EXPECT_EQ(known(), 40U) << "the acceptance ended with the pass that looked";
  EXPECT_EQ(domain::waiting_losses(ledger()).front().names.size(), 35U);
}

TEST_F(GuardedLoss, WhatComesBackIsNoLossAnyMore) {
  lose_half();
  for (int i = 0; i < 20; ++i) server->plant(server->calendars["work"], name(i), event(name(i)));
  pass();
  EXPECT_EQ(known(), 40U);
  EXPECT_TRUE(domain::waiting_losses(ledger()).empty());
  EXPECT_EQ(lines(), 0U);
}

TEST_F(GuardedLoss, ASourceThatIsDownLeavesLossAndAcceptanceAlone) {
  lose_half();
  accept();
  server->calendars["work"].is_missing = true;
  pass();
  EXPECT_EQ(domain::waiting_losses(ledger()).size(), 1U);
  server->calendars["work"].is_missing = false;
  pass();
  EXPECT_EQ(known(), 20U);
}

TEST_F(GuardedLoss, OfOurEventsAcceptedIsTheRepsDeletionAlsoAfterTheCacheIsLost) {
  for (const bool is_cache_lost : {false, true}) {
    SCOPED_TRACE(is_cache_lost);
    EngineDesk desk;
    promise_much(desk);
    ASSERT_GT(desk.events().size(), 11U);
    std::vector<std::string> hrefs;
    for (const auto& [href, object] : desk.events()) hrefs.push_back(href);
    for (const std::string& href : hrefs) desk.server->erase(desk.server->calendars["IOUs"], href);
    if (is_cache_lost) desk.forget_cache();
    desk.pass("2026-03-04T15:30:00-06:00");
    EXPECT_THAT(desk.ledger().tombstones, IsEmpty());
    const domain::Ledger before = desk.ledger();
    const auto losses = domain::waiting_losses(before);
    ASSERT_EQ(losses.size(), 1U);
    domain::Ledger after = before;
    domain::accept_loss(after, losses.front());
    ASSERT_TRUE(desk.ledger_store().commit(before, after, {}).has_value());
    desk.pass("2026-03-04T16:30:00-06:00");
    EXPECT_EQ(desk.ledger().tombstones.size(), losses.front().names.size());
    EXPECT_TRUE(domain::waiting_losses(desk.ledger()).empty());
    EXPECT_THAT(desk.own(), IsEmpty());
  }
}

TEST_F(IntakeTest, AFewRemovalsAreBelieved) {
  plant(40);
  take();
  for (const char* name : {"03.ics", "17.ics", "21.ics"})
    server->erase(server->calendars["work"], name);
  EXPECT_TRUE(take().complete.contains("work"));
  EXPECT_EQ(known("work"), 37U);
  EXPECT_EQ(log.count("source.guarded"), 0U);
}

TEST_F(IntakeTest, BothSidesEmptyIsNothingToGuard) {
  take();
  take();
  EXPECT_EQ(log.count("source.guarded"), 0U);
}

TEST_F(IntakeTest, AListingComesPageByPage) {
  plant(25);
  server->script.page_items = 4;
  take();
  EXPECT_EQ(known("work"), 25U);
}

TEST_F(IntakeTest, AServerThatForgotUsIsListedAnewAndTheMissingGo) {
  plant(12);
  take();
  server->erase(server->calendars["work"], "05.ics");
  connectors().front().contact_source.reset();
  server->script.forgets_cursors = true;
  EXPECT_TRUE(take().complete.contains("work"));
  EXPECT_EQ(known("work"), 11U);
}

TEST_F(IntakeTest, ASourceThatIsDownStopsNoOther) {
  plant(3);
  server->calendars["private"].is_missing = true;
  const Intake intake = take();
  EXPECT_EQ(known("work"), 3U);
  EXPECT_TRUE(intake.is_retryable);
  EXPECT_TRUE(intake.complete.contains("work"));
  EXPECT_FALSE(intake.complete.contains("private"));
  ASSERT_TRUE(intake.failures.contains("server"));
  EXPECT_EQ(intake.failures.at("server").fault, core::Fault::transient);
  EXPECT_THAT(log.lines, testing::Contains("source.failed connector=server fault=transient"));
}

TEST_F(IntakeTest, ABookOrMailboxThatIsDownStopsNoOther) {
  plant(3);
  server->books["cards"].is_missing = true;
  server->mail.is_missing = true;
  const Intake intake = take();
  EXPECT_EQ(known("work"), 3U);
  EXPECT_FALSE(intake.drafts_complete);
}

TEST_F(IntakeTest, WhatCannotBeReadIsCountedAndTheRestIsRead) {
  plant(3);
  server->plant(server->calendars["work"], "bad.ics", "BEGIN:NOTHING\r\n");
  server->plant(server->calendars["work"], "kept.ics", event("kept@work.test"));
  server->calendars["work"].unreadable = {"kept.ics"};
  server->plant(server->mail, "bad", "no headers at all", Box::inbox, clock.now());
  server->plant(server->books["cards"], "bad", "BEGIN:VCARD\r\n");
  const auto unread = [this] {
    take();
    std::size_t count = 0;
    const auto collections = mirror().collections().value();
    for (const store::Collection& one : collections) count += mirror().faults(one).value();
    return count;
  };
  EXPECT_EQ(unread(), 4U);
  EXPECT_EQ(known("work"), 5U);
  server->calendars["work"].unreadable.clear();
  EXPECT_EQ(unread(), 4U);
}

TEST_F(IntakeTest, NewPeopleHaveTheirMailReadAgain) {
  setup.clients.front().contacts.clear();
  promise();
  pass();
  EXPECT_THAT(ledger().favours, IsEmpty());
  setup.clients.front().contacts = {"meg@acme.test"};
  pass();
  EXPECT_EQ(ledger().favours.size(), 1U);
}

TEST_F(IntakeTest, TheForgottenAreNoContacts) {
  domain::Ledger now = ledger();
  domain::erase_person(now, "meg@acme.test", "Acme Press", false, clock.now());
  const auto directory = directory_of(setup, mirror(), now);
  EXPECT_THAT(directory->clients(), IsEmpty());
}

TEST(OtherStore, WhatIsMissingWasDeletedByNobody) {
  for (const bool keeps_prep : {false, true}) {
    EngineDesk desk;
    desk.promise();
    desk.pass();
    const auto before = desk.own();
    const std::string bytes = desk.events()[desk.href_of("prep-")].bytes;
    desk.events().clear();
    if (keeps_prep) desk.server->plant(desk.server->calendars["IOUs"], "other.ics", bytes);
    desk.connectors().front().contact_source.reset();
    desk.connectors().front().calendars = {{"IOUs", {Use::proposals}}};
    desk.server->script.is_other_store = true;
    desk.pass("2026-03-04T15:30:00-06:00");
    EXPECT_EQ(desk.iou().state, domain::IouState::proposed);
    EXPECT_THAT(desk.ledger().tombstones, IsEmpty());
    EXPECT_EQ(desk.own(), before);
    EXPECT_EQ(desk.log.count("source.other_store"), 1U);
    EXPECT_EQ(desk.events().contains("other.ics"), keeps_prep);
    desk.events().erase(desk.href_of("iou-"));
    desk.pass("2026-03-04T16:30:00-06:00");
    EXPECT_EQ(desk.iou().state, domain::IouState::dismissed);
  }
}

TEST(OtherStore, AStopAtAnyStepMakesNoDeletionsOfIt) {
  for (std::size_t number = 0;; ++number) {
    EngineDesk desk;
    desk.promise();
    desk.pass();
    const auto before = desk.own();
    desk.events().clear();
    desk.connectors().front().contact_source.reset();
    desk.connectors().front().calendars = {{"IOUs", {Use::proposals}}};
    desk.server->script.is_other_store = true;
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
    // The connector compares with the cursor it gave, which a stop before its commit did not keep.
    if (desk.mirror().known({"server", "IOUs"})->etags.size() == 3)
      desk.server->script.is_other_store = true;
    desk.pass();
    SCOPED_TRACE(std::to_string(number));
    EXPECT_EQ(desk.iou().state, domain::IouState::proposed);
    EXPECT_THAT(desk.ledger().tombstones, IsEmpty());
    EXPECT_EQ(desk.own(), before);
    if (!stopped) {
      EXPECT_GT(number, 8U);
      break;
    }
  }
}

TEST_F(IntakeTest, OfAnotherStoreNothingOldIsKeptHoweverMuchIsMissing) {
  plant(40);
  take();
  events("work").clear();
  connectors().front().contact_source.reset();
  server->script.is_other_store = true;
  take();
  EXPECT_EQ(known("work"), 0U);
  EXPECT_EQ(log.count("source.guarded"), 0U);
}

TEST_F(IntakeTest, AMailboxOrBookOfAnotherStoreIsReadAnew) {
  promise();
  pass();
  server->mail.objects.clear();
  connectors().front().calendars.clear();
  server->script.is_other_store = true;
  pass();
  EXPECT_EQ(mirror().known({"server", mail_collection})->etags.size(), 0U);
  EXPECT_EQ(ledger().favours.size(), 1U);
}

}  // namespace
}  // namespace ioud::engine
