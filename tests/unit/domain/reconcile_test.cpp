#include "domain/reconcile.hpp"

#include <gmock/gmock.h>

#include <random>

#include "desk.hpp"
#include "domain/retention.hpp"

namespace ioud::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

CalendarItem sample() {
  CalendarItem one;
  one.uid = "iou-1@ioud";
  one.start = when("2026-03-09 11:15");
  one.end = when("2026-03-09 11:35");
  one.summary = "Sit-down";
  one.description = "because";
  one.status = EventStatus::tentative;
  one.categories = {"IOU", "IOU-PROPOSED"};
  one.organizer = "tom+ioud@rep.test";
  one.guests = {{"tom@rep.test", "Tom", "NEEDS-ACTION", true, "CLIENT"}};
  one.alarms = {"-PT15M"};
  return one;
}

TEST(Merged, TakesOurChangeWhereWeChangedElseHis) {
  const CalendarItem base = sample();
  CalendarItem wanted = base;
  CalendarItem standing = base;
  standing.summary = "His title";
  standing.location = "Her office";
  standing.alarms = {"-PT30M"};
  standing.guests.front().partstat = "ACCEPTED";
  standing.categories.emplace_back("Blue");
  EXPECT_EQ(merged(wanted, base, standing), standing);
  wanted.summary = "Our new title";
  wanted.alarms = {"-PT5M"};
  wanted.status = EventStatus::confirmed;
  wanted.categories = {"IOU"};
  const CalendarItem both = merged(wanted, base, standing);
  EXPECT_EQ(both.summary, "His title") << "words of his are never written over";
  EXPECT_EQ(both.location, "Her office");
  EXPECT_THAT(both.alarms, ElementsAre("-PT5M"));
  EXPECT_EQ(both.status, EventStatus::confirmed);
  EXPECT_EQ(both.guests.front().partstat, "ACCEPTED");
  EXPECT_THAT(both.categories, ElementsAre("IOU", "Blue"));
}

TEST(Merged, KeepsGuestsAddedByHandAndTakesOursAway) {
  CalendarItem base = sample();
  base.guests.push_back({"old@acme.test", "Old", "NEEDS-ACTION", true, ""});
  CalendarItem wanted = sample();
  wanted.guests.push_back({"new@acme.test", "New", "NEEDS-ACTION", true, ""});
  CalendarItem standing = base;
  standing.guests.push_back({"boss@rep.test", "Boss", "ACCEPTED", false, ""});
  std::vector<std::string> names;
  for (const Guest& one : merged(wanted, base, standing).guests) names.push_back(one.address);
  EXPECT_THAT(names, ElementsAre("tom@rep.test", "boss@rep.test", "new@acme.test"));
}

TEST(Merged, AGuestHeTookAwayStaysAway) {
  CalendarItem standing = sample();
  standing.guests.clear();
  EXPECT_THAT(merged(sample(), sample(), standing).guests, IsEmpty());
}

TEST(Merged, SequenceRisesOnTimePlaceAndStatusAlone) {
  const CalendarItem base = sample();
  CalendarItem wanted = base;
  wanted.alarms.clear();
  wanted.categories = {"IOU"};
  EXPECT_EQ(merged(wanted, base, base).sequence, 0);
  wanted.start += core::Minutes{15};
  wanted.end += core::Minutes{15};
  EXPECT_EQ(merged(wanted, base, base).sequence, 1);
  wanted = base;
  wanted.status = EventStatus::confirmed;
  EXPECT_EQ(merged(wanted, base, base).sequence, 1);
  wanted = base;
  wanted.location = "here";
  CalendarItem standing = base;
  standing.sequence = 4;
  EXPECT_EQ(merged(wanted, base, standing).sequence, 5);
  wanted.role = Role::meeting;
  wanted.sequence = 7;
  EXPECT_EQ(merged(wanted, base, standing).sequence, 7);
}

TEST(SaysTheSame, IgnoresOrderRoleAndSequence) {
  CalendarItem a = sample();
  a.guests.push_back({"x@y.test", "", "ACCEPTED", false, ""});
  CalendarItem b = a;
  std::swap(b.guests[0], b.guests[1]);
  std::swap(b.categories[0], b.categories[1]);
  b.sequence = 9;
  b.role = Role::meeting;
  EXPECT_TRUE(says_the_same(a, b));
  b.guests[0].partstat = "DECLINED";
  EXPECT_FALSE(says_the_same(a, b));
}

TEST(SaysTheSame, OfAllDayItemsTheDayAlone) {
  CalendarItem a = sample();
  a.day = day("2026-03-09");
  CalendarItem b = a;
  b.start += core::Minutes{60};
  EXPECT_TRUE(says_the_same(a, b));
  b.day = day("2026-03-10");
  EXPECT_FALSE(says_the_same(a, b));
}

class Reconcile : public testing::Test, protected Desk {
 protected:
  static Settled settled(const CalendarItem& item) { return {item, item, "IOUs", "1.ics", "e1"}; }
  static WantedItem want(const CalendarItem& item) { return {item, "IOUs", "owner"}; }
  std::vector<CalendarStep> steps(const std::vector<Settled>& standing,
                                  const std::vector<WantedItem>& wanted) {
    Pass p = pass();
    return reconcile(p, standing, wanted);
  }
};

TEST_F(Reconcile, AdoptsWhatStandsWithoutARecordAndLeavesWhatIsNotWanted) {
  CalendarItem other = sample();
  other.uid = "iou-9@ioud";
  EXPECT_THAT(steps({settled(sample()), settled(other)}, {want(sample())}), IsEmpty());
  EXPECT_TRUE(ledger.items.contains("iou-1@ioud"));
  EXPECT_FALSE(ledger.items.contains("iou-9@ioud"));
}

TEST_F(Reconcile, CreatesNothingTombstonedUnlistedOrWithoutACalendar) {
  bury(ledger, "iou-1@ioud", "test", now);
  EXPECT_THAT(steps({}, {want(sample())}), IsEmpty());
  ledger.tombstones.clear();
  facts.complete.clear();
  EXPECT_THAT(steps({}, {want(sample())}), IsEmpty());
  facts.complete = {"IOUs", ""};
  WantedItem nowhere = want(sample());
  nowhere.calendar.clear();
  EXPECT_THAT(steps({}, {nowhere}), IsEmpty());
  EXPECT_THAT(steps({}, {want(sample())}), SizeIs(1));
}

TEST_F(Reconcile, AnEventThatComesBackHasAHigherSequence) {
  ledger.items["iou-1@ioud"] = {"iou-1@ioud", "IOUs", "o", "", "", sample(), sample(), true};
  ledger.items["iou-1@ioud"].seen.sequence = 3;
  const auto found = steps({}, {want(sample())});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found.front().after.sequence, 4);
}

TEST_F(Reconcile, OfAForgottenPersonWhatPassedIsScrubbedAndTheRestRemoved) {
  CalendarItem past = sample();
  past.summary = "Sit-down: Meg Alvarez";
  past.start = when("2026-03-01 10:00");
  past.end = when("2026-03-01 10:20");
  ledger.items[past.uid] = {past.uid, "IOUs", forgotten_owner, "1.ics", "e1", past, past, false};
  const auto scrub = steps({settled(past)}, {});
  ASSERT_THAT(scrub, SizeIs(1));
  EXPECT_EQ(scrub.front().after.summary, "Sit-down");
  EXPECT_EQ(scrub.front().after.description, "");
  EXPECT_THAT(scrub.front().after.guests, IsEmpty());
  step_done(ledger, scrub.front(), "1.ics", "e2");
  CalendarItem now_stands = scrub.front().after;
  EXPECT_THAT(steps({settled(now_stands)}, {}), IsEmpty());
  CalendarItem future = sample();
  future.uid = "iou-2@ioud";
  ledger.items[future.uid] = {future.uid, "IOUs", forgotten_owner, "2.ics",
                              "e1",       future, future,          false};
  const auto gone = steps({settled(future)}, {});
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone.front().kind, CalendarStep::Kind::remove);
  step_done(ledger, gone.front(), "", "");
  EXPECT_FALSE(ledger.items.contains(future.uid));
  step_done(ledger, gone.front(), "", "");
}

/// A story told at random: promises, gestures, foreign events, lost listings, hours that pass.
class RandomStory : protected Desk {
 public:
  explicit RandomStory(std::uint32_t seed) : random_(seed) {
    setting.policy.features.cadence = pick(2) == 0;
    setting.policy.features.planning = pick(2) == 0;
    setting.policy.features.occasions = pick(2) == 0;
    cards[0].dates = {{"birthday", "", {1985, 4, 12, "gregorian"}}};
    meet_people();
    for (int i = 0; i < 3; ++i) foreign("dentist-" + std::to_string(i) + "@home.test");
    foreign("iou-of-another@ioud");
  }

  /// Ten plans; returns how many there were.
  int tell() {
    for (int i = 0; i < 10; ++i) {
      now += core::Minutes{static_cast<int>(pick(3000))};
      act();
      const std::vector<Standing> before = facts.standing;
      check(domain::plan(ledger, facts, setting, now), before);
      settle();
      const Plan again = domain::plan(ledger, facts, setting, now);
      EXPECT_THAT(again.calendar, IsEmpty());
      EXPECT_THAT(again.drafts, IsEmpty());
      EXPECT_THAT(again.messages, IsEmpty());
      for (const std::string& uid : foreign_) EXPECT_EQ(count(uid), 1U) << uid;
      for (const Standing& one : facts.standing) EXPECT_EQ(count(one.item.uid), 1U);
    }
    return 10;
  }

 private:
  unsigned pick(unsigned range) {
    return std::uniform_int_distribution<unsigned>(0, range - 1)(random_);
  }

  void foreign(const std::string& uid) {
    CalendarItem one = sample();
    one.uid = uid;
    facts.standing.push_back({one, pick(2) == 0 ? "IOUs" : "work", uid, "f"});
    foreign_.push_back(uid);
  }

  void act() {
    static constexpr const char* kinds[] = {"errand", "rush", "advice", "loan", "help_colleague"};
    static constexpr const char* people[] = {"meg@acme.test", "omar@initech.test",
                                             "lena@newco.test"};
    const std::string id = "m" + std::to_string(++mails_);
    switch (pick(9)) {
      case 0:
      case 1:
        sent(id, people[pick(3)],
             {promise(kinds[pick(5)], "bring thing" + id,
                      Due{core::add_days(core::date_in(setting.rep.zone, now),
                                         static_cast<int>(pick(6))),
                          std::nullopt})});
        break;
      case 2:
        gesture([&](CalendarItem& item) {
          static constexpr const char* answers[] = {"ACCEPTED", "TENTATIVE", "DECLINED"};
          if (!item.guests.empty()) item.guests.front().partstat = answers[pick(3)];
        });
        break;
      case 3:
        gesture([&](CalendarItem& item) {
          item.start += core::Minutes{60};
          item.end += core::Minutes{60};
        });
        break;
      case 4:
        gesture([&](CalendarItem& item) {
          static constexpr const char* words[] = {"ok ", "no ", "done ", "later 1w ", "His own "};
          item.summary = words[pick(5)] + item.summary;
        });
        break;
      case 5:
        if (!facts.standing.empty()) {
          const std::string uid =
              facts.standing[pick(static_cast<unsigned>(facts.standing.size()))].item.uid;
          if (std::find(foreign_.begin(), foreign_.end(), uid) == foreign_.end()) remove(uid);
        }
        break;
      case 6: {
        const bool is_whole = pick(2) == 0;
        facts.complete = is_whole ? std::set<std::string>{"IOUs", "work", "Client dates"}
                                  : std::set<std::string>{"IOUs"};
        break;
      }
      case 7:
        for (auto& [iou_id, one] : ledger.ious)
          if (one.invitation && !one.invitation->cancelled) {
            Mail& mail = received(id, one.contact);
            mail.answer = CalendarAnswer{"REPLY",
                                         one.invitation->uid,
                                         one.invitation->sequence,
                                         one.contact,
                                         pick(2) == 0 ? "ACCEPTED" : "DECLINED",
                                         std::nullopt,
                                         std::nullopt};
            break;
          }
        break;
      default:
        break;
    }
  }

  template <class Change>
  void gesture(Change change) {
    std::vector<Standing*> ours;
    for (Standing& one : facts.standing)
      if (std::find(foreign_.begin(), foreign_.end(), one.item.uid) == foreign_.end())
        ours.push_back(&one);
    if (ours.empty()) return;
    Standing& one = *ours[pick(static_cast<unsigned>(ours.size()))];
    one.etag += "'";
    change(one.item);
  }

  /// Nothing is removed or changed but what we wrote, and only as it was last seen.
  void check(const Plan& made, const std::vector<Standing>& before) {
    for (const CalendarStep& one : made.calendar) {
      if (one.kind == CalendarStep::Kind::create) {
        EXPECT_TRUE(one.after.uid.ends_with("@ioud"));
        EXPECT_TRUE(facts.complete.contains(one.calendar));
        continue;
      }
      EXPECT_TRUE(made.ledger.items.contains(one.before.uid)) << one.before.uid;
      EXPECT_EQ(std::find(foreign_.begin(), foreign_.end(), one.before.uid), foreign_.end());
      const auto stands = std::find_if(before.begin(), before.end(), [&](const Standing& other) {
        return other.item.uid == one.before.uid;
      });
      ASSERT_NE(stands, before.end());
      EXPECT_EQ(stands->etag, one.etag);
    }
    for (const DueMessage& message : made.messages)
      EXPECT_TRUE(message.approval.empty() ? message.mail.to.front().address == "tom@rep.test"
                                           : made.ledger.approvals.contains(message.approval));
  }

  std::mt19937 random_;
  std::vector<std::string> foreign_;
  int mails_ = 0;
};

TEST(RandomPlans, TouchNothingButOursAndComeToRest) {
  int plans = 0;
  for (std::uint32_t seed = 1; plans < 10000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    plans += RandomStory(seed).tell();
  }
}

}  // namespace
}  // namespace ioud::domain
