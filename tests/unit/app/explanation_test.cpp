#include "app/explanation.hpp"

#include <gmock/gmock.h>

#include "sample_ledger.hpp"

namespace ioud::app {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string explained(const SampleLedger& sample, const char* id) {
  return explain_id(sample.source(), id).value_or("nothing");
}

TEST(Explanation, TellsEvidenceReasonsAndEveryChange) {
  const std::string text = explained(SampleLedger(), "favbelt111");
  EXPECT_THAT(text, HasSubstr("Acme Press: \"drop the part off\" (errand, size L)"));
  EXPECT_THAT(text, HasSubstr("offered Wed 4 Mar 2026 14:25, due Sat 7 Mar 2026\n"));
  EXPECT_THAT(text, HasSubstr("mail promise@rep.test, Wed 4 Mar 2026 14:25, \"Press down\""));
  EXPECT_THAT(text, HasSubstr("\"I'll drop the part off Saturday\""));
  EXPECT_THAT(text, HasSubstr("confidence 97 %"));
  EXPECT_THAT(text, HasSubstr("first person and a promise"));
  EXPECT_THAT(text, HasSubstr("Wed 4 Mar 2026 14:30  offered (mail)"));
  EXPECT_THAT(text, HasSubstr("paired with IOU ioubelt222 (proposed)"));
  EXPECT_THAT(text, Not(HasSubstr("the default")));
}

TEST(Explanation, AnIouTellsItsFavoursToo) {
  SampleLedger sample;
  auto& iou = sample.ledger.ious["ioubelt222"];
  iou.invitation = domain::Invitation{};
  iou.invitation->uid = "mtg-1@ioud";
  iou.invitation->start = iou.sitdown->start;
  iou.not_before = instant("2026-03-20T14:00:00Z");
  const std::string text = explained(sample, "ioubelt222");
  EXPECT_THAT(text, HasSubstr("Acme Press, with meg@acme.test"));
  EXPECT_THAT(text, HasSubstr("ask: introductions"));
  EXPECT_THAT(text, HasSubstr("sit-down: Mon 9 Mar 2026 11:15, 20 min, the best free time"));
  EXPECT_THAT(text, HasSubstr("the client's answer: NEEDS-ACTION\n    nothing was sent by ioud"));
  EXPECT_THAT(text, HasSubstr("not before Fri 20 Mar 2026"));
  EXPECT_THAT(text, HasSubstr("approved by accepted Thu 5 Mar 2026 09:00, held until"));
  EXPECT_THAT(text, HasSubstr("not used yet"));
  EXPECT_THAT(text, HasSubstr("proposed (ask introductions)"));
  EXPECT_THAT(text, HasSubstr("\nFavour favbelt111"));
  EXPECT_EQ(explained(sample, "mtg-1@ioud"), text);
}

TEST(Explanation, SaysHowAnApprovalEnded) {
  SampleLedger sample;
  auto& approval = sample.ledger.approvals["a1"];
  approval.cancelled = true;
  EXPECT_THAT(explained(sample, "ioubelt222"), HasSubstr(", withdrawn"));
  approval.used_at = instant("2026-03-05T15:10:00Z");
  EXPECT_THAT(explained(sample, "ioubelt222"), HasSubstr(", used Thu 5 Mar 2026 09:10"));
  sample.ledger.ious["ioubelt222"].sitdown->is_wide = true;
  for (const auto& [where, words] :
       std::map<domain::Where, const char*>{{domain::Where::at_delivery, "on the spot"},
                                            {domain::Where::piggyback, "the end of a meeting"},
                                            {domain::Where::spoken, "you named yourself"},
                                            {domain::Where::pinned, "where you moved it"}}) {
    sample.ledger.ious["ioubelt222"].sitdown->where = where;
    EXPECT_THAT(explained(sample, "ioubelt222"), HasSubstr(words));
  }
}

TEST(Explanation, TellsADeliveredFavourForSomebodyElse) {
  const std::string text = explained(SampleLedger(), "iouaudit444");
  EXPECT_THAT(text, HasSubstr("none chosen; goodwill"));
  EXPECT_THAT(text, HasSubstr("for the good of Karen Bright"));
  EXPECT_THAT(text, HasSubstr("due Wed 11 Mar 2026 18:00 (nothing was said; the default)"));
  EXPECT_THAT(text, HasSubstr("state: delivered, Wed 11 Mar 2026 18:00"));
}

TEST(Explanation, FindsByUidAndByAnUnambiguousBeginning) {
  const SampleLedger sample;
  const std::string iou = explained(sample, "ioubelt222");
  EXPECT_EQ(explained(sample, "ioubel"), iou);
  EXPECT_EQ(explained(sample, "iou-1@ioud"), iou);
  EXPECT_EQ(explained(sample, "prep-1@ioud"), iou);
  EXPECT_EQ(explained(sample, "ioub"), "nothing");
  SampleLedger two;
  two.ledger.ious["ioubelt333"] = two.ledger.ious["ioubelt222"];
  EXPECT_EQ(explained(two, "ioubelt"), "nothing");
  EXPECT_EQ(explained(sample, "unknown-id"), "nothing");
}

TEST(Explanation, TellsAboutAKey) {
  const auto key = explain_key("placement.notice_hours");
  ASSERT_TRUE(key);
  EXPECT_THAT(*key, HasSubstr("policy.placement.notice_hours"));
  EXPECT_THAT(*key, HasSubstr("default: 16"));
  EXPECT_THAT(*explain_key("policy.approval.on_accept"), HasSubstr("allowed: invite, draft, keep"));
  EXPECT_TRUE(explain_key("rep.name"));
  EXPECT_FALSE(explain_key("placement.nothing"));
}

}  // namespace
}  // namespace ioud::app
