#include "domain/review_book.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/favours.hpp"
#include "domain/retention.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ReviewBook : public testing::Test, protected Desk {
 protected:
  void line(const std::string& kind, const std::string& about) {
    Pass p = pass();
    add_review_line(p, kind, about, "Acme Press", kind + " about " + about);
  }
  /// Friday's review with everything that waits.
  const OutgoingMail& mailed() {
    setting.policy.features.planning = true;
    settle("2026-03-06 13:00");
    settle("2026-03-06 13:30");
    for (const DueMessage& one : left)
      if (one.kind == "review") return one.mail;
    throw std::runtime_error("no review left");
  }
  bool answer(const std::string& text) {
    Pass p = pass();
    return answer_review(p, left.back().mail.message_id, text);
  }
  int number_of(const std::string& kind) {
    for (const auto& [id, one] : ledger.review)
      if (one.kind == kind) return one.number;
    return 0;
  }
};

TEST_F(ReviewBook, LeavesOnceAWeekFromTheIdentityToTheRep) {
  line("scope", "f1");
  line("scope", "f1");
  line("due", "f2");
  const OutgoingMail& mail = mailed();
  EXPECT_TRUE(mail.subject.starts_with("Weekly review"));
  EXPECT_EQ(mail.from.address, "tom+ioud@rep.test");
  ASSERT_THAT(mail.to, SizeIs(1));
  EXPECT_EQ(mail.to.front().address, "tom@rep.test");
  EXPECT_THAT(mail.body, HasSubstr("1. "));
  EXPECT_THAT(mail.body, HasSubstr("2. "));
  settle("2026-03-06 15:00");
  EXPECT_THAT(left, SizeIs(1));
  settle("2026-03-13 13:30");
  EXPECT_THAT(left, SizeIs(2));
  EXPECT_THAT(left.back().mail.body, testing::Not(HasSubstr("scope about")));
}

TEST_F(ReviewBook, WithoutPlanningOrIdentityThereIsNone) {
  line("due", "f2");
  settle("2026-03-06 13:30");
  EXPECT_THAT(left, IsEmpty());
  setting.policy.features.planning = true;
  setting.identity.address.clear();
  settle("2026-03-06 13:30");
  settle("2026-03-06 14:30");
  EXPECT_THAT(left, IsEmpty());
}

TEST_F(ReviewBook, ItsFiguresFollowTheLedger) {
  propose_errand();
  answer_sitdown("DECLINED");
  settle("2026-03-05 10:00");
  ledger.marks["referral:Acme Press"] = "1";
  post_trust(ledger, "Acme Press", 3, "delivered", "x", when("2026-03-01 10:00"));
  post_trust(ledger, "Acme Press", -2, "late", "y", when("2026-03-02 10:00"));
  Iou done;
  done.id = "done";
  done.client = "Acme Press";
  done.state = IouState::collected;
  done.history = {{when("2026-03-02 10:00"), "collected", "x"},
                  {when("2026-03-01 10:00"), "kept", "x"}};
  ledger.ious["done"] = done;
  const OutgoingMail& mail = mailed();
  EXPECT_THAT(mail.body, HasSubstr("Proposals: 1 accepted, 1 dismissed, precision 50 %"));
  EXPECT_THAT(mail.body, HasSubstr("Acme Press: 1 favour"));
}

TEST_F(ReviewBook, AnOkMakesAFavourOfACandidate) {
  at("2026-03-04 14:25");
  sent("m", "meg@acme.test", {promise("errand", "drop belt", due("2026-03-12"), 0.6)});
  settle("2026-03-04 14:30");
  ASSERT_THAT(ledger.candidates, SizeIs(1));
  mailed();
  EXPECT_TRUE(answer(std::to_string(number_of("unsure")) + ". OK, do"));
  EXPECT_THAT(ledger.favours, SizeIs(1));
  EXPECT_FALSE(answer(std::to_string(number_of("unsure")) + " ok")) << "it is none any more";
}

TEST_F(ReviewBook, ANoLeavesACandidateOut) {
  at("2026-03-04 14:25");
  sent("m", "meg@acme.test", {promise("errand", "drop belt", due("2026-03-12"), 0.6)});
  settle("2026-03-04 14:30");
  mailed();
  EXPECT_TRUE(answer("1 no"));
  EXPECT_THAT(ledger.favours, IsEmpty());
  EXPECT_EQ(ledger.candidates.begin()->second.state, FavourState::cancelled);
}

TEST_F(ReviewBook, AnswersReachTheIouOfALine) {
  facts.occurrences.push_back(agenda_samples::all_day("2026-03-01", "2026-03-20"));
  propose_errand();
  ASSERT_EQ(state(), IouState::banked);
  facts.occurrences.clear();
  mailed();
  const int number = number_of("no_slot");
  ASSERT_GT(number, 0);
  EXPECT_TRUE(answer(std::to_string(number) + " later 2w"));
  EXPECT_TRUE(iou().not_before.has_value());
  EXPECT_TRUE(answer(std::to_string(number) + " ok"));
  EXPECT_EQ(iou().cause, "favour");
  EXPECT_TRUE(answer(std::to_string(number) + " forgive"));
  EXPECT_EQ(state(), IouState::forgiven);
  EXPECT_FALSE(answer(std::to_string(number) + " done"));
}

TEST_F(ReviewBook, AnAnswerToAFavoursLineIsOneToItsIou) {
  at("2026-03-04 14:25");
  sent("m", "meg@acme.test", {promise("errand", "drop belt")});
  settle("2026-03-04 14:30");
  mailed();
  const std::string number = std::to_string(number_of("due"));
  EXPECT_TRUE(answer(number + " ok"));
  EXPECT_TRUE(answer(number + " no"));
  EXPECT_EQ(state(), IouState::dismissed);
}

TEST_F(ReviewBook, WhatIsNoAnswerChangesNothing) {
  line("scope", "f1");
  mailed();
  for (const char* text :
       {"", "thanks!", "0 ok", "-1 ok", "9 ok", "1", "1 perhaps", "never ", "never Nobody", "ok 1"})
    EXPECT_FALSE(answer(text)) << text;
  Pass p = pass();
  EXPECT_FALSE(answer_review(p, "another@mail", "1 ok"));
  EXPECT_TRUE(answer_review(p, "", "1 ok")) << "without a thread the newest review is meant";
}

TEST_F(ReviewBook, NeverIsForOneClientAlone) {
  line("scope", "f1");
  mailed();
  EXPECT_TRUE(answer("Never acme"));
  EXPECT_TRUE(ledger.marks.contains("no_asks:Acme Press"));
  clients.push_back(client("Initrode", Stage::customer, Tier::gold, {"sam@initrode.test"}));
  meet_people();
  EXPECT_FALSE(answer("never Init"));
}

TEST_F(ReviewBook, AnAnswerIsTakenOnceFromItsMail) {
  line("scope", "f1");
  mailed();
  Mail& mail = sent("answer", "tom+ioud@rep.test");
  mail.in_reply_to = left.back().mail.message_id;
  mail.review_answers = {"never Acme"};
  settle("2026-03-06 14:30");
  EXPECT_TRUE(ledger.marks.contains("no_asks:Acme Press"));
  ledger.marks.erase("no_asks:Acme Press");
  settle("2026-03-06 14:40");
  EXPECT_FALSE(ledger.marks.contains("no_asks:Acme Press"));
}

class Retention : public testing::Test, protected Desk {
 protected:
  Erased forget(const std::string& address, const std::string& name, bool others) {
    return erase_person(ledger, address, name, others, now);
  }
};

TEST_F(Retention, ExcerptsGoThirtyDaysAfterTheIouEnded) {
  propose_errand();
  answer_sitdown("DECLINED");
  settle("2026-03-05 10:00");
  settle("2026-04-04 10:59");
  EXPECT_NE(favour().evidence.front().quote, "");
  settle("2026-04-04 11:00");
  EXPECT_EQ(favour().evidence.front().quote, "");
  EXPECT_EQ(favour().evidence.front().subject, "");
}

TEST_F(Retention, RecordsGoAfterTheirTime) {
  const core::Instant old = now - std::chrono::days(24 * 30 + 1);
  ledger.favours["f"].id = "f";
  ledger.favours["f"].state = FavourState::delivered;
  ledger.favours["f"].delivered_at = old;
  Iou one;
  one.id = "i";
  one.favours = {"f"};
  one.state = IouState::collected;
  one.history = {{old, "collected", "x"}};
  ledger.ious["i"] = one;
  ledger.touches["t"] = {"t", "meg@acme.test", old, "mail", true};
  ledger.meter["m"].date = core::date_in(setting.rep.zone, now - std::chrono::days(36 * 30 + 2));
  ledger.meter["n"].date = core::date_in(setting.rep.zone, now - std::chrono::days(36 * 30 - 2));
  ledger.verdicts["v"].at = now - std::chrono::days(121);
  ledger.candidates["c"].offered_at = now - std::chrono::days(401);
  ledger.review["r"].done = true;
  ledger.review["r"].at = old;
  ledger.review["s"].at = old;
  Pass p = pass();
  retire(p);
  EXPECT_THAT(ledger.favours, IsEmpty());
  EXPECT_THAT(ledger.ious, IsEmpty());
  EXPECT_THAT(ledger.touches, IsEmpty());
  EXPECT_THAT(ledger.meter, SizeIs(1));
  EXPECT_THAT(ledger.verdicts, IsEmpty());
  EXPECT_THAT(ledger.candidates, IsEmpty());
  EXPECT_THAT(ledger.review, SizeIs(1));
}

TEST_F(Retention, LiveRecordsStayHoweverOld) {
  ledger.ious["i"].state = IouState::kept;
  ledger.ious["i"].opened = now - std::chrono::days(2000);
  Pass p = pass();
  retire(p);
  EXPECT_THAT(ledger.ious, SizeIs(1));
}

TEST_F(Retention, AForgottenPersonLeavesAHashAndBareRecords) {
  propose_errand();
  ledger.touches["t"] = {"t", "meg@acme.test", now, "mail", true};
  ledger.candidates["c"].debtor = "meg@acme.test";
  ledger.review["r"].client = "Acme Press";
  ledger.baselines["Acme Press"] = {};
  ledger.verdicts["v"].client = "Acme Press";
  ledger.sent["s"].contact = "meg@acme.test";
  ledger.marks["praise:Acme Press"] = "1";
  post_trust(ledger, "Acme Press", 3, "delivered", "x", now);
  const Erased erased = forget("meg@acme.test", "Acme Press", false);
  EXPECT_EQ(erased.favours, 1U);
  EXPECT_EQ(erased.ious, 1U);
  EXPECT_EQ(erased.touches, 1U);
  EXPECT_EQ(erased.events, 3U);
  EXPECT_EQ(erased.drafts, 1U);
  EXPECT_TRUE(is_forgotten(ledger, "meg@acme.test"));
  EXPECT_FALSE(is_forgotten(ledger, "omar@initech.test"));
  for (const auto& [uid, record] : ledger.items) {
    EXPECT_EQ(record.owner, forgotten_owner);
    EXPECT_EQ(record.seen.summary + record.written.description, "");
  }
  EXPECT_THAT(ledger.candidates, IsEmpty());
  EXPECT_THAT(ledger.review, IsEmpty());
  EXPECT_THAT(ledger.baselines, IsEmpty());
  EXPECT_THAT(ledger.verdicts, IsEmpty());
  EXPECT_THAT(ledger.sent, IsEmpty());
  EXPECT_THAT(ledger.trust, IsEmpty());
  EXPECT_THAT(ledger.meter, IsEmpty());
  EXPECT_FALSE(ledger.marks.contains("praise:Acme Press"));
  facts.mails.clear();
  facts.directory = make_directory({clients[1], clients[2]}, {});
  settle("2026-03-05 10:00");
  EXPECT_THAT(facts.standing, IsEmpty());
  EXPECT_THAT(facts.drafts, IsEmpty());
}

TEST_F(Retention, ColleaguesAtTheClientKeepTheirs) {
  propose_errand();
  ledger.review["r"].client = "Acme Press";
  ledger.marks["praise:Acme Press"] = "1";
  post_trust(ledger, "Acme Press", 3, "delivered", "another favour", now);
  forget("karen@acme.test", "Acme Press", true);
  EXPECT_THAT(ledger.favours, SizeIs(1));
  EXPECT_THAT(ledger.review, SizeIs(1));
  EXPECT_THAT(ledger.trust, SizeIs(1));
  EXPECT_TRUE(ledger.marks.contains("praise:Acme Press"));
}

TEST_F(Retention, AnAgreedMeetingIsTheRepsOwnFromThenOn) {
  invite();
  forget("meg@acme.test", "Acme Press", false);
  for (const auto& [uid, record] : ledger.items) EXPECT_FALSE(uid.starts_with("mtg-"));
  facts.mails.clear();
  facts.directory = make_directory({clients[1]}, {});
  settle("2026-03-05 12:00");
  EXPECT_EQ(count("mtg-"), 1U);
  EXPECT_THAT(left, SizeIs(1)) << "no CANCEL";
}

}  // namespace
}  // namespace ioud::domain
