// An accepted sit-down under `approval.on_accept = "draft"`: one draft, which the rep sends
// himself.

#include "domain/talk_drafts.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/approval.hpp"
#include "domain/iou.hpp"
#include "domain/line_marks.hpp"

namespace ioud::domain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class TalkDrafts : public testing::Test, protected Desk {
 protected:
  TalkDrafts() { setting.policy.approval.on_accept = "draft"; }

  /// Proposed, accepted, and the hold is over: the draft stands.
  void accept_until_written() {
    propose_errand();
    answer_sitdown("ACCEPTED");
    settle("2026-03-05 10:00");
    settle("2026-03-05 10:10");
  }
  /// The records of that kind in a state.
  std::size_t drafts(const std::string& kind, const std::string& state) const {
    return static_cast<std::size_t>(
        std::count_if(ledger.drafts.begin(), ledger.drafts.end(), [&](const auto& entry) {
          return entry.second.kind == kind && entry.second.state == state;
        }));
  }
  const WantedDraft& written() const { return written_drafts.back(); }
  /// The rep's program sends the draft under a Message-ID of its own.
  Mail& send_draft(const std::string& id) {
    const OutgoingMail& draft = written().mail;
    std::erase_if(facts.drafts,
                  [&](const auto& one) { return one.message_id == draft.message_id; });
    Mail& mail = sent(id, draft.to.front().address, {}, draft.in_reply_to);
    mail.subject = draft.subject;
    if (!draft.in_reply_to.empty()) mail.line_marks = written().record.line_marks;
    return mail;
  }
};

TEST_F(TalkDrafts, OneStandsInTheThreadAfterTheHoldAndNothingLeaves) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 10:09");
  EXPECT_EQ(drafts("talk", "standing"), 0U);
  EXPECT_EQ(drafts("ask", "standing"), 1U);
  settle("2026-03-05 10:10");
  ASSERT_EQ(drafts("talk", "standing"), 1U);
  EXPECT_EQ(drafts("ask", "removed"), 1U) << "never two in one thread";
  EXPECT_THAT(facts.drafts, SizeIs(1));
  const OutgoingMail& mail = written().mail;
  EXPECT_EQ(mail.in_reply_to, "promise");
  EXPECT_EQ(mail.subject, "Re: Press down");
  EXPECT_EQ(mail.to.front().address, "meg@acme.test");
  EXPECT_THAT(mail.body, HasSubstr("Monday 9 Mar, 10:00 to 10:20"));
  EXPECT_EQ(state(), IouState::proposed);
  EXPECT_FALSE(iou().asked_at.has_value());
  const std::size_t steps = obeyed.size();
  settle("2026-03-05 10:40");
  settle("2026-03-06 06:00");
  EXPECT_THAT(written_drafts, SizeIs(2));
  EXPECT_EQ(obeyed.size(), steps);
  EXPECT_THAT(left, IsEmpty());
}

TEST_F(TalkDrafts, TheClientsHoursAreNoMatterButTheCalendarIs) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 21:00");
  facts.complete = {"work"};
  settle("2026-03-05 21:10");
  EXPECT_EQ(drafts("talk", "standing"), 0U) << "he may have taken it back in a calendar not read";
  facts.complete = {"IOUs", "work"};
  settle("2026-03-05 21:11");
  EXPECT_EQ(drafts("talk", "standing"), 1U);
}

TEST_F(TalkDrafts, AnyChangeDuringTheHoldCallsItOff) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  answer_sitdown("NEEDS-ACTION");
  settle("2026-03-05 10:05");
  settle("2026-03-05 10:20");
  EXPECT_EQ(drafts("talk", "standing"), 0U);
}

TEST_F(TalkDrafts, TheGateIsAskedAgain) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  ledger.marks["no_asks:Acme Press"] = "1";
  settle("2026-03-05 10:10");
  EXPECT_EQ(drafts("talk", "standing"), 0U);
  EXPECT_EQ(state(), IouState::banked);
}

TEST_F(TalkDrafts, WhenTheRepSendsItTheTalkIsOfferedOnce) {
  accept_until_written();
  at("2026-03-05 11:00");
  send_draft("his own id");
  settle("2026-03-05 11:01");
  EXPECT_EQ(state(), IouState::offered);
  EXPECT_EQ(drafts("talk", "sent"), 1U);
  EXPECT_EQ(item("iou-").status, EventStatus::confirmed);
  const auto asked = iou().asked_at;
  EXPECT_EQ(asked, when("2026-03-05 11:00"));
  settle("2026-03-06 11:01");
  EXPECT_EQ(iou().asked_at, asked);
  EXPECT_EQ(drafts("ask", "removed"), 1U) << "one mail is one draft";
  EXPECT_THAT(ledger.favours, SizeIs(1)) << "our words are no promise";
  EXPECT_THAT(written_drafts, SizeIs(2));
  EXPECT_THAT(left, IsEmpty());
}

TEST_F(TalkDrafts, TheMessageIdAloneTellsWhatWasSent) {
  accept_until_written();
  at("2026-03-05 11:00");
  const std::string id = written().mail.message_id;
  Mail& mail = send_draft(id);
  mail.in_reply_to.clear();
  mail.line_marks.clear();
  mail.subject = "Another subject";
  settle("2026-03-05 11:01");
  EXPECT_EQ(state(), IouState::offered);
}

TEST_F(TalkDrafts, AnotherMailInTheThreadIsNotTheDraft) {
  accept_until_written();
  at("2026-03-05 11:00");
  sent("other", "meg@acme.test", {}, "promise").line_marks =
      line_marks("Hello Meg,\nI am on my way.\nKind regards,\nTom Reyes");
  settle("2026-03-05 11:01");
  EXPECT_EQ(state(), IouState::proposed);
}

TEST_F(TalkDrafts, WithoutAThreadItIsAMailOfItsOwn) {
  propose_capture();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  settle("2026-03-05 10:10");
  ASSERT_THAT(written_drafts, SizeIs(1));
  EXPECT_EQ(written().mail.in_reply_to, "");
  EXPECT_THAT(written().mail.subject, HasSubstr("Tom Reyes / "));
  at("2026-03-05 11:00");
  sent("greetings", "meg@acme.test").subject = "Greetings";
  Mail& to_another = send_draft("to another");
  to_another.to = {"karen@acme.test"};
  settle("2026-03-05 11:01");
  EXPECT_EQ(state(), IouState::proposed);
  send_draft("his own id");
  settle("2026-03-05 11:02");
  EXPECT_EQ(state(), IouState::offered);
}

TEST_F(TalkDrafts, GoUntouchedOnceTheTalkIsNoLongerProposed) {
  const std::vector<std::function<void(Desk&)>> changes = {
      [](Desk& desk) { desk.answer_sitdown("DECLINED"); },
      [](Desk& desk) { desk.answer_sitdown("TENTATIVE"); },
      [](Desk& desk) { desk.answer_sitdown("NEEDS-ACTION"); },
      [](Desk& desk) {
        desk.item("iou-").start += core::Minutes{60};
        desk.item("iou-").end += core::Minutes{60};
      },
      [](Desk& desk) { desk.remove("iou-"); }};
  for (std::size_t i = 0; i < changes.size(); ++i)
    for (const bool is_edited : {false, true}) {
      SCOPED_TRACE("change " + std::to_string(i) + (is_edited ? " after an edit" : ""));
      Desk desk;
      desk.setting.policy.approval.on_accept = "draft";
      desk.propose_errand();
      desk.answer_sitdown("ACCEPTED");
      desk.settle("2026-03-05 10:00");
      desk.settle("2026-03-05 10:10");
      ASSERT_THAT(desk.facts.drafts, SizeIs(1));
      if (is_edited) desk.facts.drafts.front().hash = "edited";
      changes[i](desk);
      desk.settle("2026-03-05 12:00");
      EXPECT_THAT(desk.facts.drafts, SizeIs(is_edited ? 1 : 0));
    }
}

TEST_F(TalkDrafts, GoAfterThreeDaysAndTheTalkIsKeptWhenItsTimeComes) {
  setting.policy.limits.draft_days = 2;
  accept_until_written();
  settle("2026-03-07 10:09");
  EXPECT_THAT(facts.drafts, SizeIs(1));
  settle("2026-03-07 10:10");
  EXPECT_THAT(facts.drafts, IsEmpty());
  settle("2026-03-09 10:30");
  EXPECT_EQ(state(), IouState::kept);
  EXPECT_THAT(written_drafts, SizeIs(2));
}

TEST_F(TalkDrafts, AFreshYesToAnotherTimeIsAFreshDraft) {
  accept_until_written();
  item("iou-").start += core::Minutes{60};
  item("iou-").end += core::Minutes{60};
  item("iou-").guests.front().partstat = "NEEDS-ACTION";
  settle("2026-03-05 12:00");
  EXPECT_THAT(facts.drafts, IsEmpty());
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 13:00");
  settle("2026-03-05 13:10");
  EXPECT_EQ(drafts("talk", "standing"), 1U);
  EXPECT_THAT(written().mail.body, HasSubstr("11:00 to 11:20"));
}

TEST_F(TalkDrafts, KeepTheirTimeWhileABetterOneIsFree) {
  facts.occurrences = {agenda_samples::all_day("2026-03-09", "2026-03-09"),
                       agenda_samples::all_day("2026-03-10", "2026-03-10")};
  accept_until_written();
  const core::Instant start = iou().sitdown->start;
  facts.occurrences.clear();
  settle("2026-03-06 06:00");
  EXPECT_EQ(iou().sitdown->start, start);
}

TEST_F(TalkDrafts, DoNotCountAgainstTheMessagesButAgainstTheDrafts) {
  setting.policy.limits.messages_per_day = 0;
  setting.policy.limits.drafts_per_day = 1;
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-04 15:00");
  settle("2026-03-04 15:10");
  EXPECT_EQ(drafts("talk", "standing"), 0U) << "the one of that day was the ask";
  settle("2026-03-05 06:00");
  EXPECT_EQ(drafts("talk", "standing"), 1U);
}

TEST_F(TalkDrafts, AreWrittenWithoutReplyDraftsToo) {
  setting.policy.features.reply_drafts = false;
  accept_until_written();
  EXPECT_EQ(drafts("talk", "standing"), 1U);
}

TEST_F(TalkDrafts, AWriteCutShortIsMadeAgainUnderTheSameName) {
  propose_errand();
  answer_sitdown("ACCEPTED");
  settle("2026-03-05 10:00");
  at("2026-03-05 10:10");
  std::erase_if(facts.drafts, [](const auto&) { return true; });
  for (auto& [id, draft] : ledger.drafts) draft.state = "removed";
  const auto first = plan(ledger, facts, setting, now).drafts;
  at("2026-03-05 10:20");
  std::reverse(facts.mails.begin(), facts.mails.end());
  const auto second = plan(ledger, facts, setting, now).drafts;
  ASSERT_THAT(first, SizeIs(1));
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(first.front().mail.message_id, second.front().mail.message_id);
  EXPECT_EQ(first.front().record.id, second.front().record.id);
}

}  // namespace
}  // namespace ioud::domain
