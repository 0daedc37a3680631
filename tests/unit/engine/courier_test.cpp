#include "engine/courier.hpp"

#include <gmock/gmock.h>

#include "engine_desk.hpp"

namespace ioud::engine {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class CourierTest : public testing::Test, protected EngineDesk {
 protected:
  static domain::DueMessage message(const std::string& approval, const std::string& to) {
    domain::DueMessage one;
    one.approval = approval;
    one.kind = "invitation";
    one.mail.message_id = "m1@rep.test";
    one.mail.from = {"Tom Reyes", "tom@rep.test"};
    one.mail.to = {{"Meg", to}};
    one.mail.subject = "Tom Reyes / Meg";
    one.mail.body = "Hello";
    one.mail.date = instant("2026-03-05T10:12:00-06:00");
    return one;
  }
  Delivered deliver_one(domain::Ledger& now, const domain::DueMessage& one) {
    std::vector<domain::DueMessage> all = {one};
    const auto delivered = fakes::run(deliver(setup, parts(), now, std::move(all)));
    EXPECT_TRUE(delivered.has_value());
    return delivered.value_or(Delivered());
  }
  /// A committed ledger that holds this approval.
  domain::Ledger with(domain::Approval approval) {
    domain::Ledger now = ledger();
    domain::Ledger after = now;
    approval.id = "a1";
    after.approvals["a1"] = approval;
    EXPECT_TRUE(ledger_store().commit(now, after, {}).has_value());
    return after;
  }
};

TEST_F(CourierTest, NothingLeavesWithoutAnUnusedApproval) {
  domain::Approval used;
  used.used_at = clock.now();
  domain::Approval cancelled;
  cancelled.cancelled = true;
  domain::Ledger none = ledger();
  EXPECT_EQ(deliver_one(none, message("a1", "meg@acme.test")).sent, 0U);
  EXPECT_EQ(deliver_one(none, message("", "meg@acme.test")).sent, 0U);
  domain::Ledger one = with(used);
  EXPECT_EQ(deliver_one(one, message("a1", "meg@acme.test")).sent, 0U);
  domain::Ledger two = with(cancelled);
  EXPECT_EQ(deliver_one(two, message("a1", "meg@acme.test")).sent, 0U);
  EXPECT_THAT(server->sent, IsEmpty());
  EXPECT_EQ(open_intents(), 0U);
}

TEST_F(CourierTest, AnApprovalIsUsedUpByOneMessage) {
  domain::Ledger now = with({});
  EXPECT_EQ(deliver_one(now, message("a1", "meg@acme.test")).sent, 1U);
  EXPECT_TRUE(now.approvals.at("a1").used_at.has_value());
  domain::DueMessage other = message("a1", "meg@acme.test");
  other.mail.message_id = "m2@rep.test";
  EXPECT_EQ(deliver_one(now, other).sent, 0U);
  ASSERT_THAT(server->sent, SizeIs(1));
  EXPECT_THAT(server->sent.front().recipients, testing::ElementsAre("meg@acme.test"));
  EXPECT_EQ(ledger().sent.size(), 1U);
}

TEST_F(CourierTest, TheSameMessageLeavesOnce) {
  domain::Ledger now = with({});
  now.sent["m1@rep.test"] = {};
  EXPECT_EQ(deliver_one(now, message("a1", "meg@acme.test")).sent, 0U);
  EXPECT_THAT(server->sent, IsEmpty());
}

TEST_F(CourierTest, MailToTheRepNeedsNoApproval) {
  domain::Ledger now = ledger();
  EXPECT_EQ(deliver_one(now, message("", "tom@rep.test")).sent, 1U);
}

TEST_F(CourierTest, WithoutASinkNothingIsTried) {
  connectors().front().mail_sink.reset();
  domain::Ledger now = with({});
  EXPECT_EQ(deliver_one(now, message("a1", "meg@acme.test")).sent, 0U);
  EXPECT_EQ(open_intents(), 0U);
}

TEST_F(CourierTest, WhereNobodyCanSayWhetherItLeftNothingIsTried) {
  domain::Ledger now = with({});
  server->script.failures = 1;
  const Delivered delivered = deliver_one(now, message("a1", "meg@acme.test"));
  EXPECT_EQ(delivered.refused, 1U);
  EXPECT_TRUE(delivered.is_retryable);
  EXPECT_THAT(server->sent, IsEmpty());
  EXPECT_FALSE(now.approvals.at("a1").used_at.has_value());
  EXPECT_EQ(deliver_one(now, message("a1", "meg@acme.test")).sent, 1U);
  EXPECT_THAT(server->sent, SizeIs(1));
}

TEST_F(CourierTest, ANoToTheQuestionWhetherItLeftIsNoVerdict) {
  domain::Ledger now = with({});
  server->script.failures = 1;
  server->script.failing = "has_sent ";
  server->script.failure.fault = core::Fault::rejected;
  EXPECT_TRUE(deliver_one(now, message("a1", "meg@acme.test")).is_retryable);
  EXPECT_FALSE(now.approvals.at("a1").cancelled);
  EXPECT_EQ(deliver_one(now, message("a1", "meg@acme.test")).sent, 1U);
}

TEST_F(CourierTest, ARefusalIsNotRetryable) {
  domain::Ledger now = with({});
  server->script.failures = 1;
  server->script.failing = "send ";
  server->script.failure.fault = core::Fault::rejected;
  const Delivered delivered = deliver_one(now, message("a1", "meg@acme.test"));
  EXPECT_FALSE(delivered.is_retryable);
  EXPECT_THAT(log.lines,
              testing::Contains("message.failed kind=invitation connector=server fault=rejected"));
}

TEST_F(CourierTest, WhatTheServerRefusedForGoodIsNotTriedAgainUntilTheRepSaysSo) {
  approve();
  server->script.failures = 2;
  server->script.failing = "send ";
  server->script.failure.fault = core::Fault::rejected;
  for (const char* at :
       {"2026-03-05T10:12:00-06:00", "2026-03-05T10:20:00-06:00", "2026-03-06T10:20:00-06:00"})
    pass(at);
  EXPECT_EQ(server->script.failures, 1) << "it was tried once";
  EXPECT_THAT(server->sent, IsEmpty());
  const domain::Ledger now = ledger();
  EXPECT_EQ(now.ious.begin()->second.state, domain::IouState::proposed);
  ASSERT_THAT(now.review, SizeIs(1));
  EXPECT_THAT(now.review.begin()->second.text,
              testing::HasSubstr("the mail server refused the invitation"));
}

TEST_F(CourierTest, ALostReplyIsAskedAfterAndTheMessageLeftOnce) {
  approve();
  server->script.lost_replies = 1;
  const PassReport first = pass("2026-03-05T10:12:00-06:00");
  EXPECT_TRUE(first.is_retryable);
  EXPECT_THAT(server->sent, SizeIs(1));
  pass("2026-03-05T10:20:00-06:00");
  EXPECT_THAT(server->sent, SizeIs(1));
  EXPECT_EQ(iou().state, domain::IouState::offered);
  EXPECT_EQ(ledger().sent.size(), 1U);
}

TEST_F(CourierTest, ALogLineNamesNobody) {
  approve();
  pass("2026-03-05T10:12:00-06:00");
  ASSERT_THAT(server->sent, SizeIs(1));
  for (const std::string& line : log.lines)
    for (const char* word : {"meg", "Meg", "acme", "Acme", "part", "Press"})
      EXPECT_EQ(line.find(word), std::string::npos) << line;
}

}  // namespace
}  // namespace ioud::engine
