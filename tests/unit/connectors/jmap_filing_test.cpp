// The few writes by JMAP: once, where they belong, and only under the state that was seen.

#include "connectors/jmap/filing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/jmap_account.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;
using domain::Box;
using fakes::Ask;
using fakes::JmapModel;
using fakes::reason;
using fakes::Reply;
using testing::ElementsAre;
using testing::IsEmpty;

std::string mail(const std::string& id, const std::string& text = "Hello") {
  return "From: tom@rep.test\r\nMessage-ID: <" + id + ">\r\n\r\n" + text + "\r\n";
}

class JmapFiling : public testing::Test {
 protected:
  core::Result<Stored> put(Box box, const std::string& id, const std::string& text = "Hello") {
    return fakes::run(filing_.put(box, id, mail(id, text)));
  }
  core::Result<bool> remove(const Stored& stored) {
    return fakes::run(filing_.remove(Box::drafts, stored.href, stored.etag));
  }

  JmapModel model_;
  Filing filing_{fakes::jmap_account(model_.url()), {}, nullptr};
};

TEST_F(JmapFiling, PutsAMailOnceAlsoWhereTheServerDoesNotSearchHeaders) {
  for (const bool searches : {true, false}) {
    model_.searches_headers = searches;
    const std::string id = searches ? "a@ioud" : "b@ioud";
    const auto first = put(Box::drafts, id);
    ASSERT_TRUE(first.has_value()) << reason(first);
    const auto second = put(Box::drafts, id, "other words");
    ASSERT_TRUE(second.has_value()) << reason(second);
    EXPECT_EQ(first->href, second->href);
    EXPECT_EQ(first->etag, second->etag);
  }
  EXPECT_EQ(model_.mails().size(), 2U);
  EXPECT_EQ(model_.count("Email/import"), 2U);
}

TEST_F(JmapFiling, DoesNotTakeAPartOfAnIdForTheId) {
  model_.put("dr", mail("xa@ioud"));
  EXPECT_EQ(fakes::run(filing_.find(Box::drafts, "a@ioud"))->href, "");
  ASSERT_TRUE(put(Box::drafts, "a@ioud").has_value());
  EXPECT_EQ(model_.mails().size(), 2U);
}

TEST_F(JmapFiling, BringsBackTheSameBytesFromWhereTheyWereThrown) {
  const std::string thrown = model_.put("tr", mail("a@ioud"));
  const auto stored = put(Box::drafts, "a@ioud");
  ASSERT_TRUE(stored.has_value()) << reason(stored);
  EXPECT_EQ(stored->href, thrown);
  EXPECT_TRUE(model_.mails().at(thrown).boxes.contains("dr"));
}

TEST_F(JmapFiling, DoesNotPutTwiceWhereTheAnswerWasLost) {
  int imports = 0;
  model_.instead = [&](const Ask& ask) -> std::optional<Reply> {
    if (ask.body.find("Email/import") == std::string::npos || imports++ > 0) return std::nullopt;
    model_.put("dr", mail("a@ioud"));
    return Reply{.status = 200, .body = "{\"methodResponses\": []}", .cut_after = 9};
  };
  EXPECT_EQ(put(Box::drafts, "a@ioud").error().fault, Fault::transient);
  const auto again = put(Box::drafts, "a@ioud");
  ASSERT_TRUE(again.has_value()) << reason(again);
  EXPECT_EQ(model_.mails().size(), 1U);
  EXPECT_EQ(imports, 1);
}

TEST_F(JmapFiling, RemovesOnlyTheVersionThatWasSeenWhereItWasSeen) {
  const auto stored = put(Box::drafts, "a@ioud");
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(remove({stored->href, "other"}).error().fault, Fault::conflict);
  model_.move(stored->href, "se");
  EXPECT_EQ(remove(*stored).error().fault, Fault::conflict) << "the rep sent it";
  model_.move(stored->href, "tr");
  EXPECT_TRUE(remove(*stored).has_value()) << "thrown away is gone";
  EXPECT_EQ(model_.mails().size(), 1U);
  model_.move(stored->href, "dr");
  EXPECT_TRUE(remove(*stored).has_value());
  EXPECT_THAT(model_.mails(), IsEmpty());
  EXPECT_TRUE(remove(*stored).has_value());
  const std::string foreign = model_.put("in", mail("b@acme.test"));
  EXPECT_EQ(remove({foreign, "inbox." + std::to_string(mail("b@acme.test").size())}).error().fault,
            Fault::rejected);
  EXPECT_EQ(remove({"../x", ""}).error().fault, Fault::rejected);
}

TEST_F(JmapFiling, TakesADraftThatLiesElsewhereTooOutOfTheDraftsAlone) {
  const auto stored = put(Box::drafts, "a@ioud");
  model_.add(stored->href, "ar");
  ASSERT_TRUE(remove(*stored).has_value());
  EXPECT_THAT(model_.mails().at(stored->href).boxes, ElementsAre("ar"));
}

TEST_F(JmapFiling, LooksAgainWhereOtherMailCameMeanwhileAndGivesUpInTheEnd) {
  const auto stored = put(Box::drafts, "a@ioud");
  int comings = 0;
  const auto let_mail_come = [&](int most) {
    comings = 0;
    model_.instead = [&, most](const Ask& ask) -> std::optional<Reply> {
      if (ask.body.find("Email/set") != std::string::npos && comings++ < most)
        model_.put("in", mail("new" + std::to_string(comings)));
      return std::nullopt;
    };
  };
  let_mail_come(100);
  EXPECT_EQ(remove(*stored).error().fault, Fault::conflict);
  EXPECT_TRUE(model_.mails().contains(stored->href));
  let_mail_come(1);
  EXPECT_TRUE(remove(*stored).has_value());
  EXPECT_FALSE(model_.mails().contains(stored->href));
}

TEST_F(JmapFiling, SaysWhichMailboxIsMissing) {
  model_.set_role("se", "trash");
  const auto stored = put(Box::sent, "a@ioud");
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().fault, Fault::config);
  EXPECT_THAT(stored.error().text, testing::HasSubstr("`sent`"));
}

}  // namespace
}  // namespace ioud::connectors::jmap
