// Mails of the rep that wait for an answer: when nudges and asks rest, and what ends it.

#include "domain/unanswered.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/ask.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class Unanswered : public testing::Test, protected Desk {
 protected:
  Unanswered() {
    setting.policy.features.cadence = true;
    clients.resize(1);  // Acme Press
    meet_people();
    ledger.marks["known:Acme Press"] = "2026-02-02T12:00:00Z";
  }
  void write(const char* time, const std::string& to = "meg@acme.test") {
    at(time);
    sent("to " + std::string(time), to);
  }
  /// On Monday, Tuesday and Wednesday; the last one has waited for three business days on Monday 9.
  void write_three() {
    for (const char* time : {"2026-03-02 10:00", "2026-03-03 10:00", "2026-03-04 10:00"})
      write(time);
  }
  bool paused(const char* time) {
    settle(time);
    return is_paused(pass(), "Acme Press");
  }
  std::vector<const ReviewLine*> lines() const {
    std::vector<const ReviewLine*> all;
    for (const auto& [id, one] : ledger.review)
      if (one.kind == "paused") all.push_back(&one);
    return all;
  }
  std::string gate_now() {
    const Pass p = pass();
    return gate(p, {&known("Acme Press"), "meg@acme.test", {}, "x"}, "introductions");
  }
};

TEST_F(Unanswered, ThreeMailsOfDifferentDaysPauseNudgesAndAsksForSixtyDays) {
  settle("2026-03-02 09:00");
  EXPECT_EQ(count("care-"), 1U) << "a nudge, due since the client has been quiet";
  write_three();
  EXPECT_FALSE(paused("2026-03-08 23:59"));
  EXPECT_EQ(count("care-"), 1U);
  EXPECT_TRUE(paused("2026-03-09 00:00"));
  EXPECT_EQ(count("care-"), 1U) << "the one whose hour has passed stays where it was";
  EXPECT_EQ(gate_now(), "several mails wait for an answer");
  ASSERT_THAT(lines(), SizeIs(1));
  EXPECT_THAT(lines().front()->text, HasSubstr("3 mails of yours wait"));
  EXPECT_THAT(lines().front()->text, HasSubstr("8 May"));
  EXPECT_TRUE(paused("2026-05-07 23:00"));
  EXPECT_EQ(count("care-"), 1U);
  EXPECT_FALSE(paused("2026-05-08 02:00"));
  EXPECT_EQ(count("care-"), 2U);
  EXPECT_EQ(gate_now(), "");
  EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(Unanswered, ANudgeThatIsStillAheadIsTakenBack) {
  setting.policy.cadence.gold_days = 42;
  settle("2026-03-06 09:00");
  ASSERT_EQ(count("care-"), 0U);
  for (const char* time : {"2026-03-09 10:00", "2026-03-10 10:00", "2026-03-11 10:00"}) write(time);
  settle("2026-03-12 09:00");
  ASSERT_EQ(count("care-"), 1U);
  ASSERT_GT(item("care-").start, when("2026-03-16 06:00"));
  settle("2026-03-16 06:00");
  EXPECT_EQ(count("care-"), 0U);
}

TEST_F(Unanswered, WhatDoesNotWaitDoesNotCount) {
  write("2026-03-02 10:00");
  write("2026-03-02 18:00");
  write("2026-03-03 10:00", "x@stranger.test");
  write("2026-03-03 11:00");
  write("2026-03-04 10:00");
  facts.mails.back().answer = CalendarAnswer{};
  write("2026-03-04 11:00");
  facts.mails.back().is_automatic = true;
  write("2026-03-04 12:00");
  facts.mails.back().is_bulk = true;
  write("2026-03-04 13:00");
  facts.mails.back().box = Box::drafts;
  EXPECT_FALSE(paused("2026-03-20 06:00")) << "two days";
  write("2026-03-20 10:00");
  EXPECT_FALSE(paused("2026-03-24 06:00"));
  EXPECT_TRUE(paused("2026-03-25 06:00"));
}

TEST_F(Unanswered, AnyWordOfTheClientEndsIt) {
  const std::vector<std::function<void(Desk&)>> signs = {
      [](Desk& desk) { desk.received("r", "meg@acme.test"); },
      [](Desk& desk) { desk.received("r", "karen@acme.test"); },
      [](Desk& desk) { desk.received("r", "meg@acme.test").answer = CalendarAnswer{}; },
      [](Desk& desk) {
        desk.ledger.touches["t"] = {"t", "meg@acme.test", desk.now, "meeting", true};
      }};
  for (std::size_t i = 0; i < signs.size(); ++i) {
    SCOPED_TRACE("sign " + std::to_string(i));
    ledger = Ledger();
    ledger.salt = "sixteen bytes of salt";
    facts.mails.clear();
    facts.standing.clear();
    write_three();
    ASSERT_TRUE(paused("2026-03-09 06:00"));
    at("2026-03-11 10:00");
    signs[i](*this);
    EXPECT_FALSE(paused("2026-03-11 10:05"));
    EXPECT_FALSE(paused("2026-03-30 06:00"));
  }
}

TEST_F(Unanswered, ARobotsAnswerIsNone) {
  write_three();
  at("2026-03-05 10:00");
  received("away", "meg@acme.test").is_automatic = true;
  EXPECT_TRUE(paused("2026-03-09 06:00"));
}

TEST_F(Unanswered, MailsThatHadTheirEffectDoNotPauseASecondTime) {
  write_three();
  settle("2026-03-09 06:00");
  write("2026-03-12 10:00");
  EXPECT_FALSE(paused("2026-05-20 06:00"));
  for (const char* time : {"2026-05-20 10:00", "2026-05-21 10:00", "2026-05-22 10:00"}) write(time);
  EXPECT_FALSE(paused("2026-05-26 06:00"));
  EXPECT_TRUE(paused("2026-05-27 06:00"));
  EXPECT_THAT(lines(), SizeIs(2));
}

TEST_F(Unanswered, IsTheSameInAnyOrderAtOnceOrDayByDayAndTwice) {
  write_three();
  write("2026-03-05 10:00", "karen@acme.test");
  settle("2026-03-09 06:00");
  settle("2026-03-10 06:00");
  const auto marks = ledger.marks;
  const auto review = ledger.review;
  Desk late;
  late.setting = setting;
  late.facts.directory = facts.directory;
  late.facts.mails = facts.mails;
  std::reverse(late.facts.mails.begin(), late.facts.mails.end());
  late.settle("2026-03-10 06:00");
  EXPECT_EQ(late.ledger.marks.at("unanswered:Acme Press"), marks.at("unanswered:Acme Press"));
  ASSERT_THAT(review, SizeIs(1));
  EXPECT_TRUE(late.ledger.review.contains(review.begin()->first));
  EXPECT_EQ(late.ledger.review.at(review.begin()->first).text, review.begin()->second.text);
  EXPECT_EQ(settle("2026-03-10 06:00"), 0);
  EXPECT_EQ(ledger.marks, marks);
}

}  // namespace
}  // namespace ioud::domain
