// The three promises, told at random: a client hears nothing that the rep did not approve, a favour
// is one event, and a pass with nothing new writes nothing. Gestures, words, answers of clients and
// to the review, refused writes and mails in any order; what must hold is asked after each pass.

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "domain/approval.hpp"
#include "domain/ask.hpp"
#include "happenings.hpp"

namespace ioud::domain {
namespace {

using testing::IsEmpty;

/// What a client was told of one meeting.
struct Told {
  core::Instant start;
  int sequence = 0;
  bool is_cancelled = false;
  bool was_asked_twice = false;
};

class AnyStory : protected Happenings {
 public:
  explicit AnyStory(std::uint32_t seed) : Happenings(seed) {
    for (Client& one : clients) one.opening_trust = 30;
    meet_people();
  }

  /// Plans once for each step of the story; returns how many.
  int tell() {
    constexpr int steps = 24;
    if (is_quiet_) invite_for_later();
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
      constexpr std::array waits = {0, 0, 5, 10, 15, 60, 240, 1440, 3000, 7 * 1440};
      const bool is_long_wait = std::exchange(leaps_, false);
      now += core::Minutes{is_long_wait ? 9 * 1440 : at_random(waits)};
      note("at " + agenda_samples::shown(now, setting.rep.zone));
      for (unsigned more = is_long_wait ? 0 : pick(4); more > 0; --more) act();
      if (i < 2) promise_something();
      come_to_rest();
    }
    if (testing::Test::HasFailure()) ADD_FAILURE() << "the story:" << log_;
    return steps;
  }

  /// How many messages of each kind were handed over.
  std::map<std::string, int> heard;

 private:
  /// Omar is invited on 5 March to a talk of the 26th.
  void invite_for_later() {
    sent("first", "omar@initech.test", {promise("errand", "drop belt", due("2026-03-07"))});
    come_to_rest();
    for (const char* time : {"2026-03-05 09:00", "2026-03-05 10:00"}) {
      at(time);
      if (Standing* one = any_event("iou-"); one != nullptr && !one->item.guests.empty()) {
        one->item.guests.front().partstat =
            one->item.start < when("2026-03-26 14:00") ? "NEEDS-ACTION" : "ACCEPTED";
        one->item.start = when("2026-03-26 14:00");
        one->item.end = when("2026-03-26 14:20");
      }
      come_to_rest();
    }
    at("2026-03-05 10:15");
    come_to_rest();
  }

  // What must hold.

  void come_to_rest() {
    const bool is_cut_short = refuses_write || refuses_mail;
    for (int round = 0; round < 8; ++round) {
      const Plan made = domain::plan(ledger, facts, setting, now);
      check(made);
      const std::size_t sent_before = left.size();
      const Plan done = step();
      for (std::size_t i = sent_before; i < left.size(); ++i) client_hears(left[i]);
      if (done.calendar.empty() && done.drafts.empty() && done.messages.empty() &&
          done.drafts_to_remove.empty()) {
        if (!is_cut_short) check_rest();
        break;
      }
      if (is_cut_short && round >= 3) {
        refuses_write = refuses_mail = nullptr;
        if (by_chance(2)) break;
      }
      ASSERT_LT(round, 7) << "the plans do not come to rest";
    }
    const bool saw_all = facts.is_settled && facts.complete.size() == 3 && !is_cut_short;
    if (saw_all) gestured_.clear();
    if (by_chance(2)) {
      facts.complete = {"IOUs", "work", "Client dates"};
      facts.is_settled = true;
    }
  }

  void check(const Plan& made) {
    for (const auto& [id, approval] : made.ledger.approvals) {
      if (ledger.approvals.contains(id)) continue;
      EXPECT_TRUE(gestured_.contains(approval.iou)) << "an approval that no gesture gave";
      mode_of_[id] = setting.policy.approval.on_accept;
    }
    for (const DueMessage& one : made.messages) check_leaving(made, one);
    for (const CalendarStep& one : made.calendar)
      if (one.kind == CalendarStep::Kind::create) {
        EXPECT_FALSE(deleted_.contains(one.after.uid)) << "back: " << one.after.uid;
        EXPECT_EQ(count(one.after.uid), 0U) << "twice: " << one.after.uid;
      }
    for (const auto& [id, favour] : made.ledger.favours) {
      int holders = 0;
      for (const auto& [iou_id, iou] : made.ledger.ious)
        holders += static_cast<int>(std::count(iou.favours.begin(), iou.favours.end(), id));
      const bool may_have_none = favour.state == FavourState::cancelled;
      EXPECT_TRUE(holders == 1 || (holders == 0 && may_have_none)) << holders << " IOUs of " << id;
    }
    if (by_chance(4)) check_any_order(made);
  }

  void check_leaving(const Plan& made, const DueMessage& one) {
    ASSERT_EQ(one.mail.to.size(), 1U);
    if (one.approval.empty()) {
      EXPECT_EQ(one.mail.to.front().address, "tom@rep.test");
      return;
    }
    ASSERT_TRUE(made.ledger.approvals.contains(one.approval));
    const Approval& approval = made.ledger.approvals.at(one.approval);
    EXPECT_FALSE(approval.used_at || approval.cancelled);
    EXPECT_LE(approval.hold_until, now);
    EXPECT_TRUE(facts.is_settled);
    const Iou& iou = made.ledger.ious.at(one.iou);
    EXPECT_EQ(one.mail.to.front().address, iou.contact);
    if (one.kind != "invitation" && one.kind != "second") return;
    EXPECT_TRUE(
        may_be_asked({const_cast<Ledger&>(made.ledger), facts, setting, now}, known(iou.client)));
    EXPECT_FALSE(facts.directory.person(iou.contact)->deceased);
    EXPECT_TRUE(one.kind == "second" || mode_of_.at(one.approval) == "invite");
  }

  /// A message that was handed over.
  void client_hears(const DueMessage& one) {
    ++heard[one.kind];
    if (one.approval.empty()) return;
    EXPECT_TRUE(used_.insert(one.approval).second) << "one approval, two messages";
    EXPECT_TRUE(ids_.insert(one.mail.message_id).second);
    const CalendarItem& event = *one.mail.event;
    note("-> " + one.kind + " " + event.uid + " " + std::to_string(event.sequence));
    const bool is_known = told_.contains(event.uid);
    Told& told = told_[event.uid];
    EXPECT_EQ(is_known, one.kind != "invitation") << one.kind;
    EXPECT_FALSE(told.is_cancelled) << "after its end";
    if (one.kind == "cancellation") {
      EXPECT_EQ(event.start, told.start);
      EXPECT_GT(event.sequence, told.sequence);
      EXPECT_NE(ledger.ious.at(one.iou).invitation->partstat, "DECLINED");
      told.is_cancelled = true;
    } else if (one.kind == "second") {
      EXPECT_FALSE(told.was_asked_twice);
      EXPECT_EQ(event.start, told.start);
      EXPECT_EQ(event.sequence, told.sequence);
      told.was_asked_twice = true;
    } else {
      EXPECT_TRUE(!is_known || event.sequence > told.sequence);
      told.start = event.start;
      told.sequence = event.sequence;
    }
    EXPECT_GT(event.start, now);
    if (one.kind == "invitation" || one.kind == "second") check_limits(one);
  }

  void check_limits(const DueMessage& one) {
    const auto& limits = setting.policy.limits;
    const auto day = core::date_in(setting.rep.zone, now);
    asked_on_.emplace_back(now, one);
    int today = 0;
    for (const auto& [when, other] : asked_on_) {
      today += core::date_in(setting.rep.zone, when) == day ? 1 : 0;
      const bool is_same_client =
          ledger.ious.at(other.iou).client == ledger.ious.at(one.iou).client;
      if (is_same_client && other.iou != one.iou) {
        EXPECT_GE(now - when, std::chrono::days{limits.client_message_days});
      }
    }
    EXPECT_LE(today, limits.messages_per_day);
  }

  /// Nothing is left to do: another look changes nothing at all, and no client is left waiting.
  void check_rest() {
    const Plan again = domain::plan(ledger, facts, setting, now);
    EXPECT_THAT(again.calendar, IsEmpty());
    EXPECT_THAT(again.drafts, IsEmpty());
    EXPECT_THAT(again.messages, IsEmpty());
    EXPECT_THAT(again.drafts_to_remove, IsEmpty());
    expect_same(again.ledger, ledger);
    for (const Standing& one : facts.standing) EXPECT_EQ(count(one.item.uid), 1U);
    if (!facts.is_settled || facts.complete.size() < 3) return;
    for (const auto& [uid, told] : told_) {
      if (told.is_cancelled || told.start <= now) continue;
      for (const auto& [id, iou] : ledger.ious) {
        if (!iou.invitation || iou.invitation->uid != uid) continue;
        const bool is_settled_with_him =
            iou.invitation->cancelled || iou.invitation->partstat == "DECLINED";
        const bool will_hear =
            std::any_of(ledger.approvals.begin(), ledger.approvals.end(), [&](const auto& entry) {
              const Approval& one = entry.second;
              return one.iou == id && one.message == "CANCEL" && !one.used_at && !one.cancelled;
            });
        EXPECT_TRUE(is_settled_with_him || will_hear || count(uid) == 1)
            << "a client waits for a meeting that the rep no longer has: " << uid << " "
            << name(iou.state);
      }
    }
  }

  void expect_same(const Ledger& a, const Ledger& b) {
    EXPECT_TRUE(a.favours == b.favours && a.candidates == b.candidates);
    EXPECT_TRUE(a.ious == b.ious);
    EXPECT_TRUE(a.approvals == b.approvals);
    EXPECT_TRUE(a.meter == b.meter && a.trust == b.trust && a.touches == b.touches);
    EXPECT_TRUE(a.review == b.review);
    EXPECT_TRUE(a.items == b.items);
    EXPECT_TRUE(a.drafts == b.drafts && a.sent == b.sent);
    EXPECT_TRUE(a.tombstones == b.tombstones && a.verdicts == b.verdicts);
    EXPECT_TRUE(a.marks == b.marks && a.referrals == b.referrals);
  }

  void check_any_order(const Plan& made) {
    Facts other = facts;
    std::shuffle(other.standing.begin(), other.standing.end(), random_);
    std::shuffle(other.drafts.begin(), other.drafts.end(), random_);
    const Plan same = domain::plan(ledger, other, setting, now);
    expect_same(same.ledger, made.ledger);
    EXPECT_EQ(uids(same), uids(made));
    ASSERT_EQ(same.messages.size(), made.messages.size());
    for (std::size_t i = 0; i < same.messages.size(); ++i)
      EXPECT_EQ(same.messages[i].mail.message_id, made.messages[i].mail.message_id);
  }

  static std::multiset<std::string> uids(const Plan& made) {
    std::multiset<std::string> all;
    for (const CalendarStep& one : made.calendar) all.insert(one.before.uid + one.after.uid);
    return all;
  }

  std::map<std::string, std::string> mode_of_;  ///< approval.on_accept when it was given
  std::map<std::string, Told> told_;            ///< by UID of the meeting
  std::set<std::string> used_;
  std::set<std::string> ids_;
  std::vector<std::pair<core::Instant, DueMessage>> asked_on_;
};

TEST(Promises, HoldInEveryStory) {
  const char* one = std::getenv("IOUD_STORY");
  int plans = 0;
  std::map<std::string, int> heard;
  std::uint32_t seed = one == nullptr ? 1 : static_cast<std::uint32_t>(std::atoi(one));
  // IOUD_STORY=NUMBER begins with that story.
  for (; plans < 10000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("story " + std::to_string(seed));
    AnyStory story(seed);
    plans += story.tell();
    for (const auto& [kind, times] : story.heard) heard[kind] += times;
  }
  if (one != nullptr) return;
  for (const char* kind : {"invitation", "update", "cancellation", "second", "review"})
    EXPECT_GE(heard[kind], 5) << "of " << kind << " the stories tell too little";
}

}  // namespace
}  // namespace ioud::domain
