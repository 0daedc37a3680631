// What every connector owes for mail: it reads all but junk, drafts once, sends once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/subject.hpp"
#include "fakes/approved.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "formats/mime.hpp"

namespace ioud::contract {
namespace {

using connectors::ApprovedMessageMaker;
using connectors::Changes;
using connectors::MailItem;
using Position = fakes::KeptPosition;
using connectors::Stored;
using core::Fault;
using domain::Box;
using testing::ElementsAre;
using testing::IsEmpty;

std::string mail(const std::string& id, const std::string& text = "See you Saturday.") {
  return "From: Meg <meg@acme.test>\r\nTo: tom@rep.test\r\nMessage-ID: <" + id +
         ">\r\nDate: Wed, 4 Mar 2026 14:25:00 -0600\r\nSubject: Proofs\r\n\r\n" + text + "\r\n";
}

class MailContract : public testing::TestWithParam<Candidate> {
 protected:
  void SetUp() override {
    if (is_missing(subject_)) GTEST_SKIP() << GetParam().name << " is not installed";
    ASSERT_NE(subject_, nullptr) << GetParam().name << " was not started";
  }
  core::Result<Changes<MailItem>> pull(const Position& from = {}) {
    return fakes::run(subject_->connector.mail_source->pull(from, core::Instant(), {}));
  }
  core::Result<Stored> append(const std::string& id, const std::string& bytes) {
    return fakes::run(subject_->connector.draft_box->append(id, bytes));
  }
  core::Result<bool> remove(const std::string& href, const std::string& etag) {
    return fakes::run(subject_->connector.draft_box->remove(href, etag));
  }
  core::Result<bool> send(const std::string& id) {
    return fakes::run(
        subject_->connector.mail_sink->send(ApprovedMessageMaker::make(id, mail(id))));
  }
  core::Result<bool> has_sent(const std::string& id) {
    return fakes::run(subject_->connector.mail_sink->has_sent(id));
  }
  static Position after(const Changes<MailItem>& changes) {
    Position position;
    position.take(changes);
    return position;
  }

  std::unique_ptr<Subject> subject_ = GetParam().make();
};

TEST_P(MailContract, GivesTheMailsOfAllFoldersButJunkOnce) {
  subject_->deliver("inbox", "1772000001.1.host", mail("a@acme.test"));
  subject_->deliver("Sent", "1772000002.1.host", mail("b@rep.test"));
  subject_->deliver("Archive", "1772000003.1.host", mail("c@acme.test"));
  subject_->deliver("Junk", "1772000004.1.host", mail("d@spam.test"));
  const auto first = pull();
  ASSERT_TRUE(first.has_value()) << fakes::reason(first);
  std::map<std::string, Box> boxes;
  for (const MailItem& item : first->seen) boxes[item.bytes] = item.box;
  const std::map<std::string, Box> expected = {{mail("a@acme.test"), Box::inbox},
                                               {mail("b@rep.test"), Box::sent},
                                               {mail("c@acme.test"), Box::other}};
  EXPECT_EQ(boxes, expected);
  const auto second = pull(after(*first));
  ASSERT_TRUE(second.has_value()) << fakes::reason(second);
  EXPECT_THAT(second->seen, IsEmpty());
  EXPECT_THAT(second->gone, IsEmpty());
}

TEST_P(MailContract, GivesOnlyTheHeadOfWhatNobodyWants) {
  const std::string offer =
      "From: =?utf-8?q?Caf=C3=A9?= <a@shop.test>\r\nTo: tom@rep.test,\r\n other@rep.test\r\n"
      "Message-ID: <a@shop.test>\r\nDate: Wed, 4 Mar 2026 14:25:00 -0600\r\nSubject: Buy\r\n\r\n" +
      std::string(100'000, 'x') + "\r\n";
  subject_->deliver("inbox", "1772000001.1.host", offer);
  subject_->deliver("inbox", "1772000002.1.host", mail("b@acme.test"));
  subject_->deliver("Archive", "1772000003.1.host", mail("c@acme.test"));
  const connectors::MailFilter is_by_meg = [](const MailItem& head) {
    const auto parsed = formats::parse_mail(head.bytes, "head");
    EXPECT_TRUE(parsed.has_value() && !head.has_body);
    return parsed && parsed->from.address == "meg@acme.test";
  };
  const auto changes =
      fakes::run(subject_->connector.mail_source->pull({}, core::Instant(), is_by_meg));
  ASSERT_TRUE(changes.has_value()) << fakes::reason(changes);
  ASSERT_EQ(changes->seen.size(), 3U);
  for (const MailItem& item : changes->seen) {
    const auto parsed = formats::parse_mail(item.bytes, "mail");
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(item.has_body, parsed->from.address == "meg@acme.test");
    EXPECT_EQ(item.has_body, parsed->text.find("See you Saturday.") != std::string::npos);
    if (item.has_body) continue;
    EXPECT_LT(item.bytes.size(), 1000U);
    EXPECT_EQ(parsed->message_id, "a@shop.test");
    EXPECT_EQ(parsed->subject, "Buy");
    EXPECT_EQ(parsed->to.size(), 2U);
  }
  const auto again = fakes::run(
      subject_->connector.mail_source->pull(after(*changes), core::Instant(), is_by_meg));
  ASSERT_TRUE(again.has_value()) << fakes::reason(again);
  EXPECT_THAT(again->seen, IsEmpty());
}

TEST_P(MailContract, AMissingMailboxIsAFault) {
  subject_->lose_mail();
  const auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::transient);
}

TEST_P(MailContract, AppendsADraftOnceAndShowsItAsOne) {
  const auto first = append("draft-1@ioud", mail("draft-1@ioud"));
  ASSERT_TRUE(first.has_value()) << fakes::reason(first);
  const auto second = append("draft-1@ioud", mail("draft-1@ioud"));
  ASSERT_TRUE(second.has_value()) << fakes::reason(second);
  EXPECT_EQ(first->href, second->href);
  EXPECT_EQ(first->etag, second->etag);
  EXPECT_THAT(subject_->drafts(), ElementsAre(mail("draft-1@ioud")));
  const auto changes = pull();
  ASSERT_TRUE(changes.has_value()) << fakes::reason(changes);
  ASSERT_EQ(changes->seen.size(), 1U);
  EXPECT_EQ(changes->seen.front().href, first->href);
  EXPECT_EQ(changes->seen.front().etag, first->etag);
  EXPECT_EQ(changes->seen.front().box, Box::drafts);
}

TEST_P(MailContract, RemovesADraftItKnowsAndIsContentWhereItIsGone) {
  const auto stored = append("draft-1@ioud", mail("draft-1@ioud"));
  ASSERT_TRUE(stored.has_value()) << fakes::reason(stored);
  EXPECT_TRUE(remove(stored->href, stored->etag).has_value());
  EXPECT_THAT(subject_->drafts(), IsEmpty());
  EXPECT_TRUE(remove(stored->href, stored->etag).has_value());
}

TEST_P(MailContract, DoesNotRemoveADraftOfAnotherVersion) {
  const auto stored = append("draft-1@ioud", mail("draft-1@ioud"));
  ASSERT_TRUE(stored.has_value()) << fakes::reason(stored);
  const auto removed = remove(stored->href, "another version");
  ASSERT_FALSE(removed.has_value());
  EXPECT_EQ(removed.error().fault, Fault::conflict);
  EXPECT_EQ(subject_->drafts().size(), 1U);
}

TEST_P(MailContract, RemovesNothingButDrafts) {
  subject_->deliver("inbox", "1772000001.1.host", mail("a@acme.test"));
  const auto changes = pull();
  ASSERT_TRUE(changes.has_value()) << fakes::reason(changes);
  ASSERT_EQ(changes->seen.size(), 1U);
  const MailItem& item = changes->seen.front();
  EXPECT_FALSE(remove(item.href, item.etag).has_value());
  EXPECT_EQ(pull()->seen.size(), 1U);
}

TEST_P(MailContract, SendsOnce) {
  EXPECT_FALSE(has_sent("inv-1@ioud").value());
  ASSERT_TRUE(send("inv-1@ioud").has_value());
  EXPECT_TRUE(has_sent("inv-1@ioud").value());
  ASSERT_TRUE(send("inv-1@ioud").has_value());
  EXPECT_THAT(subject_->outgoing(), ElementsAre(mail("inv-1@ioud")));
  ASSERT_TRUE(send("inv-2@ioud").has_value());
  EXPECT_EQ(subject_->outgoing().size(), 2U);
}

TEST_P(MailContract, KeepsOneCopyOfWhatWasSent) {
  ASSERT_TRUE(send("inv-1@ioud").has_value());
  ASSERT_TRUE(send("inv-1@ioud").has_value());
  const auto changes = pull();
  ASSERT_TRUE(changes.has_value()) << fakes::reason(changes);
  ASSERT_EQ(changes->seen.size(), 1U);
  EXPECT_EQ(changes->seen.front().box, Box::sent);
  EXPECT_EQ(changes->seen.front().bytes, mail("inv-1@ioud"));
}

INSTANTIATE_TEST_SUITE_P(Every, MailContract, testing::ValuesIn(mail_subjects()),
                         [](const auto& candidate) { return candidate.param.name; });

INSTANTIATE_TEST_SUITE_P(Nightly, MailContract, testing::ValuesIn(nightly_mail_subjects()),
                         [](const auto& candidate) { return candidate.param.name; });

}  // namespace
}  // namespace ioud::contract
