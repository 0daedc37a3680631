#include "domain/ask.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

class Ask : public testing::Test, protected Desk {
 protected:
  /// A favour of that kind promised today and due on Saturday.
  const Favour& promised(const std::string& kind, const std::string& client = "Acme Press",
                         const std::string& id = "f1") {
    Favour one;
    one.id = id;
    one.client = client;
    one.kind = kind;
    one.size = setting.policy.catalogue.favours.at(kind).size;
    one.offered_at = now;
    one.due = due("2026-03-07");
    return ledger.favours[id] = one;
  }
  AskCase of(std::vector<const Favour*> favours = {}, const std::string& client = "Acme Press") {
    const Client& one = known(client);
    return {&one, one.contacts.front(), std::move(favours), "this"};
  }
  std::string chosen(const std::string& kind, const std::string& client = "Acme Press") {
    Pass p = pass();
    return choose_ask(p, of({&promised(kind, client)}, client));
  }
  std::string shut(const std::string& ask = "introductions") {
    Pass p = pass();
    return gate(p, of({&promised("errand")}), ask);
  }
  Iou& asked(const std::string& ask, const char* when_asked, IouState state = IouState::collected) {
    Iou& one = ledger.ious["other"];
    one.id = "other";
    one.client = "Acme Press";
    one.ask = ask;
    one.state = state;
    one.asked_at = when(when_asked);
    return one;
  }
  void care(int touches, const char* first) {
    for (int i = 0; i < touches; ++i) {
      const std::string id = "t" + std::to_string(i);
      ledger.touches[id] = {id, "meg@acme.test", when(first) + std::chrono::days(i), "mail", true};
    }
  }
};

TEST_F(Ask, EachKindHasItsFirstFit) {
  EXPECT_EQ(chosen("errand"), "introductions");
  EXPECT_EQ(chosen("rush"), "introductions");
  EXPECT_EQ(chosen("help_colleague"), "feedback");
  EXPECT_EQ(chosen("sourcing"), "next_order");
  EXPECT_EQ(chosen("loan"), "feedback");
  EXPECT_EQ(chosen("introduction"), "introduction_back");
  EXPECT_EQ(chosen("paperwork"), "decision_maker");
}

TEST_F(Ask, NeverMoreThanWasGiven) {
  for (const auto& [kind, favour] : setting.policy.catalogue.favours) {
    const std::string ask = chosen(kind);
    if (ask.empty()) continue;
    EXPECT_LE(setting.policy.catalogue.asks.at(ask).size, favour.size) << kind;
  }
}

TEST_F(Ask, WhatIsTooLargeForAnOldFavourIsPassedOver) {
  promised("errand");
  ledger.favours["f1"].state = FavourState::delivered;
  ledger.favours["f1"].delivered_at = now;
  const auto after = [&](int days) {
    Pass p{ledger, facts, setting, now + std::chrono::days(days)};
    return choose_ask(p, of({&ledger.favours["f1"]}));
  };
  EXPECT_EQ(after(7), "introductions");
  EXPECT_EQ(after(8), "next_order");
  EXPECT_EQ(after(22), "feedback");
}

TEST_F(Ask, TheSecondRushInNinetyDaysIsAnOrderingSchedule) {
  clients[0].opening_favours = {{"rush", "paper", day("2026-01-20")}};
  meet_people();
  EXPECT_EQ(chosen("rush"), "ordering_schedule");
  clients[0].opening_favours = {{"rush", "paper", day("2025-11-20")}};
  meet_people();
  EXPECT_EQ(chosen("rush"), "introductions");
}

TEST_F(Ask, AFavourShrinksWithAge) {
  Favour one = promised("errand");
  one.state = FavourState::delivered;
  one.delivered_at = now;
  const std::vector<const Favour*> favours = {&one};
  const auto size = [&](int days) {
    Pass p{ledger, facts, setting, now + std::chrono::days(days)};
    return given_size(p, favours);
  };
  EXPECT_EQ(size(7), Size::L);
  EXPECT_EQ(size(8), Size::M);
  EXPECT_EQ(size(21), Size::M);
  EXPECT_EQ(size(22), Size::S);
  one.size = Size::S;
  EXPECT_EQ(size(8), std::nullopt);
}

TEST_F(Ask, ThreeSmallOnesMakeAMedium) {
  std::vector<const Favour*> favours;
  for (const char* id : {"a", "b", "c"}) favours.push_back(&promised("loan", "Acme Press", id));
  Pass p = pass();
  EXPECT_EQ(given_size(p, favours), Size::M);
  favours.pop_back();
  EXPECT_EQ(given_size(p, favours), Size::S);
  EXPECT_EQ(given_size(p, {}), Size::L);
}

TEST_F(Ask, AProspectIsAskedLightly) {
  clients[2].opening_trust = 3;
  meet_people();
  EXPECT_EQ(chosen("errand", "Newco"), "decision_maker");
  EXPECT_EQ(chosen("advice", "Newco"), "decision_maker");
  EXPECT_EQ(chosen("loan", "Newco"), "feedback");
}

TEST_F(Ask, AProspectWhoWasIntroducedToSomebodyIsAskedForANameBack) {
  clients[2].opening_favours = {{"introduction", "met a printer", day("2025-10-01")}};
  meet_people();
  EXPECT_EQ(chosen("loan", "Newco"), "introduction_back");
  EXPECT_EQ(chosen("advice", "Newco"), "decision_maker");
}

TEST_F(Ask, AFormerCustomerHasItsOwnStage) {
  clients[1].stage = Stage::former;
  meet_people();
  Pass p = pass();
  EXPECT_FALSE(is_fitting(p, of({}, "Initech"), "next_order"));
  EXPECT_TRUE(is_fitting(p, of({}, "Initech"), "feedback"));
  EXPECT_FALSE(is_fitting(p, of({}, "Initech"), "no such ask"));
  EXPECT_EQ(gate(p, of({}, "Initech"), "no such ask"), "no such ask kind");
}

TEST_F(Ask, SomeAreNeverAsked) {
  const std::vector<std::function<void(Client&)>> reasons = {
      [](Client& one) { one.communal = true; }, [](Client& one) { one.no_asks = true; },
      [](Client& one) { one.public_official = true; }, [](Client& one) { one.in_tender = true; }};
  for (const auto& reason : reasons) {
    const Client before = clients[0];
    reason(clients[0]);
    meet_people();
    EXPECT_EQ(shut(), "this client is not asked for anything");
    EXPECT_EQ(chosen("errand"), "");
    clients[0] = before;
    meet_people();
  }
  EXPECT_EQ(shut(), "");
  ledger.marks["no_asks:Acme Press"] = "1";
  EXPECT_EQ(shut(), "this client is not asked for anything");
}

TEST_F(Ask, NobodyIsAskedWhoHasDied) {
  cards[0].deceased = true;
  meet_people();
  EXPECT_EQ(shut(), "the contact has died");
}

TEST_F(Ask, TheGateWantsABalance) {
  post_trust(ledger, "Acme Press", -6, "broken", "f1", now);
  EXPECT_EQ(shut(), "too little trust is in the account");
}

TEST_F(Ask, AFreshWithdrawalOfAnotherFavourShutsTheGate) {
  post_trust(ledger, "Acme Press", -2, "late", "f9", now);
  EXPECT_EQ(shut(), "something went wrong with this client not long ago");
  ledger.trust.clear();
  post_trust(ledger, "Acme Press", -2, "late", "f1", now);
  EXPECT_EQ(shut(), "");
}

TEST_F(Ask, AComplaintPausesAsksForFourteenDays) {
  post_trust(ledger, "Acme Press", -1, "complaint", "m", now - std::chrono::days(13));
  EXPECT_EQ(shut(), "a complaint is fresh");
  now += std::chrono::days(1);
  EXPECT_EQ(shut(), "");
}

TEST_F(Ask, AnAskRestsForItsCooldownAndADeclinedOneNinetyDays) {
  asked("introductions", "2025-12-10 10:00");
  EXPECT_EQ(shut(), "this ask was made not long ago");
  asked("feedback", "2025-12-10 10:00", IouState::declined);
  EXPECT_EQ(shut("feedback"), "this ask was made not long ago");
  care(2, "2026-01-10 10:00");
  asked("feedback", "2025-12-10 10:00", IouState::collected);
  EXPECT_EQ(shut("feedback"), "");
}

TEST_F(Ask, TwoCareTouchesLieBetweenTwoAsks) {
  asked("feedback", "2026-01-10 10:00");
  EXPECT_EQ(shut(), "there was too little contact since the last ask");
  care(1, "2026-01-11 10:00");
  EXPECT_EQ(shut(), "there was too little contact since the last ask");
  care(2, "2026-01-11 10:00");
  EXPECT_EQ(shut(), "");
  ledger.touches["t0"].care = false;
  EXPECT_NE(shut(), "");
}

TEST_F(Ask, OneAskInFourteenDays) {
  care(2, "2026-02-27 10:00");
  asked("feedback", "2026-02-26 10:00");
  EXPECT_EQ(shut(), "something was asked not long ago");
}

TEST_F(Ask, SilenceOnSeveralMailsShutsTheGate) {
  ledger.marks["unanswered:Acme Press"] = core::format_rfc3339(now, core::Zone());
  EXPECT_EQ(shut(), "several mails wait for an answer");
}

TEST_F(Ask, NeedsAreNamedConditions) {
  Pass p = pass();
  EXPECT_FALSE(is_fitting(p, of(), "network"));
  ledger.marks["referral:Acme Press"] = "1";
  EXPECT_TRUE(is_fitting(p, of(), "network"));
  EXPECT_FALSE(is_fitting(p, of(), "testimonial"));
  promised("errand");
  ledger.favours["f1"].state = FavourState::delivered;
  ledger.favours["f1"].delivered_at = when("2026-03-01 10:00");
  EXPECT_TRUE(is_fitting(p, of(), "testimonial"));
  EXPECT_FALSE(is_fitting(p, of(), "second_product"));
  care(1, "2026-03-02 10:00");
  EXPECT_TRUE(is_fitting(p, of(), "second_product"));
  setting.policy.catalogue.asks["odd"].needs = {"a blue moon"};
  EXPECT_FALSE(is_fitting(p, of(), "odd"));
}

TEST_F(Ask, CareSinceTheOpeningBalanceCounts) {
  clients[0].opening_favours = {{"errand", "paper", day("2026-01-20")},
                                {"errand", "x", std::nullopt}};
  meet_people();
  Pass p = pass();
  EXPECT_FALSE(is_fitting(p, of(), "second_product"));
  care(1, "2026-01-22 10:00");
  EXPECT_TRUE(is_fitting(p, of(), "second_product"));
}

TEST_F(Ask, TheLastAskIsFoundWhateverItsKind) {
  EXPECT_EQ(last_ask(ledger, "Acme Press"), std::nullopt);
  asked("feedback", "2026-01-10 10:00");
  EXPECT_EQ(last_ask(ledger, "Acme Press"), when("2026-01-10 10:00"));
  EXPECT_EQ(last_ask(ledger, "Initech"), std::nullopt);
}

}  // namespace
}  // namespace ioud::domain
