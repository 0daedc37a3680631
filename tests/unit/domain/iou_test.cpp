#include "domain/iou.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

constexpr IouState all_states[] = {IouState::banked,    IouState::proposed, IouState::kept,
                                   IouState::offered,   IouState::agreed,   IouState::scheduled,
                                   IouState::collected, IouState::declined, IouState::dismissed,
                                   IouState::forgiven,  IouState::expired,  IouState::void_};

TEST(IouStates, FinalOnesAbsorbAndLiveOnesMove) {
  for (const IouState from : all_states)
    for (const IouState to : all_states) {
      Iou one;
      one.state = from;
      const bool moved = move_on(one, to, when("2026-03-04 14:30"), "test");
      EXPECT_EQ(moved, is_live(from) && from != to);
      EXPECT_EQ(one.state, moved ? to : from);
      EXPECT_EQ(one.history.size(), moved ? 1U : 0U);
    }
}

TEST(IouStates, HaveNamesThatReadBack) {
  for (const IouState state : all_states) EXPECT_EQ(iou_state(name(state)), state);
  EXPECT_EQ(iou_state("nonsense"), std::nullopt);
  for (const FavourState state :
       {FavourState::offered, FavourState::delivered, FavourState::slipped, FavourState::cancelled})
    EXPECT_EQ(favour_state(name(state)), state);
  EXPECT_EQ(favour_state(""), std::nullopt);
}

TEST(IouStates, OnlyAnExpiredOneComesBack) {
  for (const IouState from : all_states) {
    Iou one;
    one.state = from;
    EXPECT_EQ(revive(one, when("2026-03-04 14:30")), from == IouState::expired);
  }
}

TEST(IouOf, IsTheLiveOneElseTheLast) {
  Ledger ledger;
  EXPECT_EQ(iou_of(ledger, "f"), nullptr);
  for (const char* id : {"a", "b", "c"}) {
    ledger.ious[id].id = id;
    ledger.ious[id].favours = {"f"};
    ledger.ious[id].state = IouState::dismissed;
  }
  EXPECT_EQ(iou_of(ledger, "f")->id, "a");
  ledger.ious["b"].state = IouState::kept;
  EXPECT_EQ(iou_of(ledger, "f")->id, "b");
  EXPECT_EQ(iou_of(ledger, "g"), nullptr);
}

TEST(AskWasMade, CountsOnce) {
  Ledger ledger;
  Iou one;
  one.id = "i";
  one.client = "Acme Press";
  ask_was_made(ledger, one, when("2026-03-04 14:30"), {});
  ask_was_made(ledger, one, when("2026-03-05 14:30"), {});
  EXPECT_EQ(one.asked_at, when("2026-03-04 14:30"));
  EXPECT_EQ(ledger.trust.size(), 1U);
}

TEST(DeliveryOf, IsTheLatestOfWhatStillCounts) {
  Ledger ledger;
  Iou one;
  const core::Zone zone = agenda_samples::chicago();
  EXPECT_EQ(delivery_of(ledger, one, zone), std::nullopt);
  one.favours = {"a", "b", "c", "unknown"};
  ledger.favours["a"].due = {day("2026-03-07"), core::TimeOfDay(18, 0)};
  ledger.favours["b"].due = {day("2026-03-06"), std::nullopt};
  ledger.favours["c"].due = {day("2026-04-06"), std::nullopt};
  ledger.favours["c"].state = FavourState::cancelled;
  EXPECT_EQ(delivery_of(ledger, one, zone), when("2026-03-07 18:00"));
  ledger.favours["a"].delivered_at = when("2026-03-05 10:00");
  EXPECT_EQ(delivery_of(ledger, one, zone), when("2026-03-07 00:00"));
}

TEST(DueInstant, OfADayWithoutAnHourIsItsEnd) {
  const core::Zone zone = agenda_samples::chicago();
  EXPECT_EQ(due_instant({day("2026-03-08"), std::nullopt}, zone), when("2026-03-09 00:00"));
}

TEST(Since, IsTheNewestChange) {
  Iou one;
  one.opened = when("2026-03-04 14:30");
  EXPECT_EQ(since(one), one.opened);
  move_on(one, IouState::proposed, when("2026-03-05 14:30"), "x");
  EXPECT_EQ(since(one), when("2026-03-05 14:30"));
}

TEST(Trust, IsPostedOnceAndFades) {
  Ledger ledger;
  const core::Instant at = when("2026-01-04 14:30");
  post_trust(ledger, "Acme", 4, "delivered", "f1", at);
  post_trust(ledger, "Acme", 4, "delivered", "f1", at);
  post_trust(ledger, "Acme", 0, "nothing", "f1", at);
  post_trust(ledger, "Other", 9, "delivered", "f2", at);
  EXPECT_EQ(ledger.trust.size(), 2U);
  Client acme;
  acme.name = "Acme";
  acme.opening_trust = 3;
  const Policy::Trust policy;
  EXPECT_DOUBLE_EQ(trust_balance(ledger, acme, policy, at), 7);
  EXPECT_DOUBLE_EQ(trust_balance(ledger, acme, policy, at + std::chrono::days(180)), 5);
  EXPECT_DOUBLE_EQ(trust_balance(ledger, acme, policy, at - std::chrono::days(1)), 7);
  EXPECT_EQ(shown_trust(ledger, acme, policy, at + std::chrono::days(100)), 6);
}

TEST(Trust, IsBlockedByAFreshWithdrawalOfSomethingElse) {
  Ledger ledger;
  const core::Instant at = when("2026-03-04 14:30");
  const Policy::Trust policy;
  post_trust(ledger, "Acme", -1, "ask", "i1", at);
  EXPECT_FALSE(is_trust_blocked(ledger, "Acme", policy, at, {}));
  post_trust(ledger, "Acme", -2, "late", "f1", at);
  EXPECT_TRUE(is_trust_blocked(ledger, "Acme", policy, at, {}));
  EXPECT_FALSE(is_trust_blocked(ledger, "Acme", policy, at, {"f1"}));
  EXPECT_FALSE(is_trust_blocked(ledger, "Other", policy, at, {}));
  EXPECT_FALSE(is_trust_blocked(ledger, "Acme", policy, at + std::chrono::days(14), {}));
}

TEST(Trust, ReadsAsWords) {
  Ledger ledger;
  const core::Zone zone = agenda_samples::chicago();
  EXPECT_EQ(trust_in_words(ledger, "Acme", zone), "");
  post_trust(ledger, "Acme", 3, "delivered", "f1", when("2026-03-31 23:30"));
  post_trust(ledger, "Acme", 3, "delivered", "f2", when("2026-04-04 14:30"));
  post_trust(ledger, "Acme", -2, "late", "f3", when("2026-04-05 14:30"));
  EXPECT_EQ(trust_in_words(ledger, "Acme", zone), "2 deposits, 1 withdrawal since March");
}

}  // namespace
}  // namespace ioud::domain
