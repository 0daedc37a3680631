#include "domain/referrals.hpp"

#include <gmock/gmock.h>

#include "desk.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/retention.hpp"
#include "domain/review_book.hpp"

namespace ioud::domain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Referrals : public testing::Test, protected Desk {
 protected:
  Referrals() {
    setting.policy.features.referrals = true;
    for (Client& one : clients) one.no_asks = true;  // no asks of ours beside the names
    meet_people();
  }

  /// A mail of Meg that names somebody, arrived at `now`.
  void names(const std::string& name, const std::string& id = "m",
             const std::string& from = "meg@acme.test") {
    Signal one = signal(SignalKind::referral);
    one.name = name;
    received(id, from).reading.signals = {one};
  }
  std::vector<std::string> nudges() {
    std::vector<std::string> all;
    for (const Standing& one : facts.standing)
      if (one.item.role == Role::nudge)
        all.push_back(agenda_samples::shown(one.item.start) + " " + one.item.summary);
    std::sort(all.begin(), all.end());
    return all;
  }
  /// A talk about names that is over, and Friday's review that asks for them.
  void ask_in_review() {
    setting.policy.features.planning = true;
    Iou& talk = ledger.ious["talk"];
    talk.id = "talk";
    talk.client = "Acme Press";
    talk.contact = "meg@acme.test";
    talk.ask = "introductions";
    talk.state = IouState::collected;
    talk.opened = talk.asked_at.emplace(when("2026-03-02 10:00"));
    talk.history = {{when("2026-03-04 10:00"), "collected", "done"}};
    settle("2026-03-06 13:00");
    settle("2026-03-06 13:30");
  }
  bool answer(const std::string& text) {
    int number = 0;
    for (const auto& [id, line] : ledger.review)
      if (line.kind == "named") number = line.number;
    Pass p = pass();
    return answer_review(p, left.back().mail.message_id, std::to_string(number) + text);
  }
};

TEST_F(Referrals, WhoNamedSomebodyIsThankedHelpedAndTold) {
  at("2026-03-04 10:00");
  names("Dana Whitfield");
  settle("2026-03-04 10:05");
  EXPECT_THAT(nudges(),
              ElementsAre("2026-03-05 15:30 Call Meg Alvarez: thanks for naming Dana Whitfield",
                          "2026-03-06 15:30 Call Meg Alvarez: a note to pass on to Dana Whitfield",
                          "2026-04-03 15:30 Call Meg Alvarez: tell how it went with Dana "
                          "Whitfield"));
  for (const char* later : {"2026-03-04 10:06", "2026-03-05 15:40", "2026-03-06 17:00"})
    EXPECT_EQ(settle(later), 0) << later;
  for (const DueMessage& one : left) EXPECT_NE(one.kind, "invitation");
}

TEST_F(Referrals, TheMeetingInWhichANameWasGivenIsNoReasonToSkipTheThanks) {
  facts.occurrences = {agenda_samples::meeting_with("2026-03-04 09:00", 60, "meg@acme.test")};
  at("2026-03-04 10:00");
  names("Dana Whitfield");
  settle("2026-03-04 10:05");
  EXPECT_THAT(nudges(), SizeIs(3));
}

TEST_F(Referrals, ANameGivenTwiceIsOneReferral) {
  at("2026-03-04 10:00");
  names("Dana Whitfield");
  at("2026-03-04 11:00");
  names("dana whitfield", "n", "karen@acme.test");
  settle("2026-03-04 11:05");
  ASSERT_THAT(ledger.referrals, SizeIs(1));
  EXPECT_EQ(ledger.referrals.begin()->second.contact, "meg@acme.test");
  EXPECT_THAT(nudges(), SizeIs(3));
}

TEST_F(Referrals, TheEarliestMentionCountsInAnyOrder) {
  const Client& acme = known("Acme Press");
  Ledger other = ledger;
  Pass one{ledger, facts, setting, now};
  note_referral(one, acme, "meg@acme.test", "Dana", when("2026-03-03 10:00"));
  note_referral(one, acme, "karen@acme.test", "Dana", when("2026-03-02 10:00"));
  Pass two{other, facts, setting, now};
  note_referral(two, acme, "karen@acme.test", "Dana", when("2026-03-02 10:00"));
  note_referral(two, acme, "meg@acme.test", "Dana", when("2026-03-03 10:00"));
  EXPECT_EQ(ledger.referrals, other.referrals);
}

TEST_F(Referrals, TheClientsOwnPeopleAndTheRepAreNone) {
  int number = 0;
  for (const char* name : {"Karen", "Karen Bright", "Tom", "Acme Press", "", " "})
    names(name, "m" + std::to_string(++number));
  settle("2026-03-04 14:35");
  EXPECT_THAT(ledger.referrals, IsEmpty());
}

TEST_F(Referrals, ATalkThatIsDoneAsksForTheNamesInTheReview) {
  ask_in_review();
  EXPECT_THAT(left.back().mail.body, HasSubstr("Meg Alvarez: the talk about names is done"));
  EXPECT_FALSE(answer(" named"));
  EXPECT_FALSE(answer(" named Karen"));
  EXPECT_TRUE(answer(" Named Dana Whitfield, Lou Park"));
  EXPECT_THAT(ledger.referrals, SizeIs(2));
  EXPECT_TRUE(ledger.marks.contains("referral:Acme Press"));
  settle("2026-03-06 14:00");
  EXPECT_THAT(nudges(), SizeIs(6));
}

TEST_F(Referrals, NobodyWasNamedIsAnAnswerToo) {
  ask_in_review();
  EXPECT_TRUE(answer(" no"));
  settle("2026-03-13 13:30");
  EXPECT_THAT(ledger.referrals, IsEmpty());
  EXPECT_THAT(left.back().mail.body, testing::Not(HasSubstr("the talk about names")));
}

TEST_F(Referrals, AMailThatNamesSomebodyAnswersTheLine) {
  at("2026-03-05 10:00");
  names("Dana Whitfield");
  ask_in_review();
  EXPECT_THAT(left.back().mail.body, testing::Not(HasSubstr("the talk about names")));
  EXPECT_THAT(left.back().mail.body, HasSubstr("1 referral,"));
}

TEST_F(Referrals, OldOnesAreCountedAndLeftInPeace) {
  at("2025-10-02 10:00");
  names("Dana Whitfield");
  settle("2026-03-04 10:05");
  EXPECT_THAT(ledger.referrals, SizeIs(1));
  EXPECT_THAT(nudges(), IsEmpty());
}

TEST_F(Referrals, NothingIsDoneWhereTheyAreOff) {
  setting.policy.features.referrals = false;
  at("2026-03-04 10:00");
  names("Dana Whitfield");
  settle("2026-03-04 10:05");
  EXPECT_THAT(nudges(), IsEmpty());
}

TEST_F(Referrals, GoWithWhoNamedThemAndAfterTheirTime) {
  at("2026-03-04 10:00");
  names("Dana Whitfield");
  settle("2026-03-04 10:05");
  Ledger other = ledger;
  erase_person(ledger, "meg@acme.test", "Acme Press", true, now);
  EXPECT_THAT(ledger.referrals, IsEmpty());
  for (const auto& [uid, record] : ledger.items) EXPECT_EQ(record.owner, forgotten_owner);
  Pass p{other, facts, setting, now + std::chrono::days{24 * 30 + 1}};
  retire(p);
  EXPECT_THAT(other.referrals, IsEmpty());
}

TEST_F(Referrals, AnIntroductionIsOneOnceItIsDelivered) {
  EXPECT_FALSE(has_introduced(ledger, known("Newco")));
  Favour& one = ledger.favours["f"];
  one.client = "Newco";
  one.kind = "introduction";
  EXPECT_FALSE(has_introduced(ledger, known("Newco")));
  one.state = FavourState::delivered;
  EXPECT_TRUE(has_introduced(ledger, known("Newco")));
  EXPECT_FALSE(has_introduced(ledger, known("Initech")));
  clients[1].opening_favours = {{"introduction", "met", day("2025-01-01")}};
  meet_people();
  EXPECT_TRUE(has_introduced(ledger, known("Initech")));
}

}  // namespace
}  // namespace ioud::domain
