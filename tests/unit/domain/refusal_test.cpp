// A mail that the server will never take.

#include "domain/refusal.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/planner.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class RefusalTest : public testing::Test, protected Desk {
 protected:
  void accept() {
    propose_errand();
    answer_sitdown("ACCEPTED");
    settle("2026-03-05 10:00");
  }
  /// The message that is due then, refused.
  void refuse(const char* time) {
    at(time);
    const Plan due = plan(ledger, facts, setting, now);
    ASSERT_THAT(due.messages, SizeIs(1));
    ledger = due.ledger;
    message_refused(ledger, due.messages.front(), now);
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> texts;
    for (const auto& [id, line] : ledger.review) texts.push_back(line.text);
    return texts;
  }
};

TEST_F(RefusalTest, SpendsTheApprovalAndIsToldOnce) {
  accept();
  refuse("2026-03-05 10:10");
  for (const char* time : {"2026-03-05 10:11", "2026-03-05 12:00", "2026-03-06 10:00"})
    settle(time);
  EXPECT_THAT(left, IsEmpty());
  EXPECT_EQ(iou().state, IouState::proposed);
  ASSERT_THAT(lines(), SizeIs(1));
  EXPECT_THAT(lines().front(), HasSubstr("refused the invitation"));
  EXPECT_THAT(lines().front(), HasSubstr("ok tries again"));
}

TEST_F(RefusalTest, OkInTheReviewTriesAgainAfterAHold) {
  accept();
  refuse("2026-03-05 10:10");
  settle("2026-03-05 10:11");
  ReviewLine& line = ledger.review.begin()->second;
  line.mail = "review@rep.test";
  line.number = 1;
  line.mailed_at = now;
  line.done = true;
  Mail& answer = sent("answer", "tom+ioud@rep.test");
  answer.in_reply_to = "review@rep.test";
  answer.review_answers = {"1 ok"};
  settle("2026-03-05 11:00");
  EXPECT_THAT(left, IsEmpty());
  settle("2026-03-05 11:10");
  EXPECT_THAT(left, SizeIs(1));
  EXPECT_EQ(iou().state, IouState::offered);
}

TEST_F(RefusalTest, OfACancellationSaysThatTheTalkStillStands) {
  accept();
  settle("2026-03-05 10:10");
  ASSERT_THAT(left, SizeIs(1));
  Pass p = pass();
  DueMessage cancellation;
  cancellation.approval = open_approval(p, iou(), "CANCEL", "deleted").id;
  cancellation.kind = "cancellation";
  message_refused(ledger, cancellation, now);
  settle("2026-03-05 11:30");
  EXPECT_THAT(left, SizeIs(1)) << "it is not tried again";
  ASSERT_THAT(lines(), SizeIs(1));
  EXPECT_THAT(lines().front(), HasSubstr("the talk still stands there"));
}

TEST_F(RefusalTest, MailToTheRepHasNoApprovalToSpend) {
  const Ledger before = ledger;
  message_refused(ledger, DueMessage(), now);
  EXPECT_EQ(ledger.approvals, before.approvals);
}

}  // namespace
}  // namespace ioud::domain
