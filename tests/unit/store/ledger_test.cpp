#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>

#include "store/sqlite_ledger.hpp"
#include "unit/store/sample_ledger.hpp"
#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using core::Fault;
using domain::Ledger;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

const core::Instant monday = *core::parse_rfc3339("2026-03-02T09:00:00Z");

class LedgerTest : public ::testing::Test {
 protected:
  std::unique_ptr<LedgerStore> open() {
    auto store = open_ledger({scratch_ / "state", std::nullopt}, steps_);
    EXPECT_TRUE(store) << store.error().place << ": " << store.error().text;
    return store ? std::move(*store) : nullptr;
  }

  /// Changes the stored file behind the store's back.
  void tamper(const std::string& sql) {
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open((scratch_ / "state/ledger.db").c_str(), &file), SQLITE_OK);
    char* complaint = nullptr;
    EXPECT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, &complaint), SQLITE_OK)
        << complaint;
    sqlite3_close(file);
  }

  std::string asked(const std::string& sql) {
    sqlite3* file = nullptr;
    EXPECT_EQ(sqlite3_open((scratch_ / "state/ledger.db").c_str(), &file), SQLITE_OK);
    sqlite3_stmt* select = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(file, sql.c_str(), -1, &select, nullptr), SQLITE_OK);
    std::string answer = "(none)";
    if (sqlite3_step(select) == SQLITE_ROW && sqlite3_column_text(select, 0) != nullptr)
      answer = reinterpret_cast<const char*>(sqlite3_column_text(select, 0));
    sqlite3_finalize(select);
    sqlite3_close(file);
    return answer;
  }

  Scratch scratch_;
  CountedSteps steps_;
};

Intent invitation() {
  Intent intent;
  intent.kind = IntentKind::send;
  intent.connector = "disk";
  intent.uid = "abc@rep.test";
  intent.owner = "iou1";
  intent.at = monday;
  intent.bytes = "Subject: A secret lunch\r\n\r\n\xff";
  intent.sender = "tom@rep.test";
  intent.recipients = {"meg@acme.test"};
  intent.item = filled<domain::CalendarItem>();
  return intent;
}

TEST_F(LedgerTest, AStoreFromBeforeReferralsIsBroughtOn) {
  Ledger after;
  {
    const auto store = open();
    const Ledger before = store->load().value();
    after = before;
    after.marks["known:Acme Press"] = "2026-03-02T09:00:00Z";
    ASSERT_TRUE(store->commit(before, after, {}));
  }
  tamper("DROP TABLE referrals; PRAGMA user_version = 1");
  const auto store = open();
  const Ledger before = store->load().value();
  EXPECT_TRUE(is_equal(before, after));
  after.referrals["r"] = {"r", "Acme Press", "meg@acme.test", "Dana", monday};
  ASSERT_TRUE(store->commit(before, after, {}));
  EXPECT_TRUE(is_equal(store->load().value(), after));
}

TEST_F(LedgerTest, BeginsEmptyWithASaltThatStays) {
  std::string salt;
  {
    const auto store = open();
    const auto ledger = store->load();
    ASSERT_TRUE(ledger);
    EXPECT_TRUE(is_equal(*ledger, [&] {
      Ledger empty;
      empty.salt = ledger->salt;
      return empty;
    }()));
    salt = ledger->salt;
  }
  EXPECT_EQ(salt.size(), 32U);
  const auto store = open();
  EXPECT_EQ(store->load()->salt, salt);
  EXPECT_THAT(store->open_intents().value(), IsEmpty());
}

TEST_F(LedgerTest, KeepsEveryRowOfEveryMap) {
  Ledger after;
  {
    const auto store = open();
    const Ledger before = store->load().value();
    after = before;
    fill_ledger(after);
    ASSERT_TRUE(store->commit(before, after, {}));
    EXPECT_TRUE(is_equal(store->load().value(), after));
  }
  const auto store = open();
  const Ledger before = store->load().value();
  EXPECT_TRUE(is_equal(before, after));
  // Changed, gone and new rows in every map, in one commit.
  for_each_map(after, [](auto& rows) {
    using Row = typename std::remove_cvref_t<decltype(rows)>::mapped_type;
    rows["first"] = Row{};
    rows.erase("second \"é\"");
    rows["a third"] = filled<Row>();
  });
  ASSERT_TRUE(store->commit(before, after, {}));
  EXPECT_TRUE(is_equal(store->load().value(), after));
}

TEST_F(LedgerTest, WritesOnlyWhatDiffers) {
  const auto store = open();
  const Ledger before = store->load().value();
  Ledger after = before;
  fill_ledger(after);
  ASSERT_TRUE(store->commit(before, after, {}));
  tamper("UPDATE favours SET body = json_set(body, '$.place', 'by hand') WHERE id = 'first'");
  Ledger later = after;
  later.favours["second \"é\""].place = "Reno";
  ASSERT_TRUE(store->commit(after, later, {}));
  later.favours["first"].place = "by hand";
  EXPECT_TRUE(is_equal(store->load().value(), later));
}

TEST_F(LedgerTest, DoesNothingForNothing) {
  const auto store = open();
  const Ledger ledger = store->load().value();
  const Ledger same = store->load().value();
  const auto ids = store->commit(ledger, same, {});
  ASSERT_TRUE(ids);
  EXPECT_THAT(*ids, IsEmpty());
  EXPECT_THAT(steps_.seen, IsEmpty());
  Ledger after = ledger;
  after.marks["x"] = "1";
  ASSERT_TRUE(store->commit(ledger, after, {}));
  EXPECT_THAT(steps_.seen, ElementsAre("ledger.commit.before", "ledger.commit.after"));
}

TEST_F(LedgerTest, ShowsKeysToWhoeverLooksWithSql) {
  const auto store = open();
  const Ledger before = store->load().value();
  Ledger after = before;
  auto& favour = after.favours["f1"];
  favour.client = "Acme Press";
  favour.state = domain::FavourState::slipped;
  favour.due.date = core::Date{std::chrono::year{2026} / 3 / 7};
  after.meter["m1"].minutes = 45;
  ASSERT_TRUE(store->commit(before, after, {}));
  EXPECT_EQ(asked("SELECT client || '/' || state || '/' || due FROM favours"),
            "Acme Press/slipped/2026-03-07");
  EXPECT_EQ(asked("SELECT sum(minutes) FROM meter"), "45");
}

TEST_F(LedgerTest, GivesBackAnIntentUntilItsOutcome) {
  std::vector<long long> ids;
  Intent intent = invitation();
  {
    const auto store = open();
    const Ledger before = store->load().value();
    Ledger after = before;
    after.marks["approved"] = "1";
    Intent second = intent;
    second.kind = IntentKind::remove;
    ids = store->commit(before, after, {.intents = {intent, second}, .outcomes = {}}).value();
  }
  ASSERT_EQ(ids.size(), 2U);
  const auto store = open();
  auto open_now = store->open_intents().value();
  ASSERT_EQ(open_now.size(), 2U);
  intent.id = ids[0];
  EXPECT_EQ(open_now[0], intent);
  EXPECT_EQ(open_now[1].kind, IntentKind::remove);

  ASSERT_TRUE(
      store->record({.intents = {}, .outcomes = {{ids[0], Ending::done, monday, "h", "e"}}}));
  open_now = store->open_intents().value();
  ASSERT_EQ(open_now.size(), 1U);
  EXPECT_EQ(open_now[0].id, ids[1]);
  EXPECT_EQ(asked("SELECT ending || settled_at || (body ->> '$.href') || (body ->> '$.etag')"
                  " FROM journal WHERE settled_at IS NOT NULL"),
            "done2026-03-02T09:00:00Zhe");
}

TEST_F(LedgerTest, TakesTheWordsOutOfASettledIntent) {
  const auto store = open();
  const auto ids = store->record({.intents = {invitation()}, .outcomes = {}}).value();
  EXPECT_THAT(asked("SELECT body FROM journal"), HasSubstr("meg@acme.test"));
  ASSERT_TRUE(
      store->record({.intents = {}, .outcomes = {{ids[0], Ending::refused, monday, "", ""}}}));
  const std::string body = asked("SELECT body FROM journal");
  EXPECT_THAT(body, HasSubstr("abc@rep.test"));
  for (const char* word : {"meg@acme.test", "tom@rep.test", "täxt", "53656372"})
    EXPECT_THAT(body, Not(HasSubstr(word)));
}

TEST_F(LedgerTest, ForgetsSettledIntentsAfterThirtyDays) {
  const auto store = open();
  const auto ids =
      store->record({.intents = {invitation(), invitation(), invitation()}, .outcomes = {}})
          .value();
  const auto settle = [&](std::size_t which, core::Instant at) {
    return store->record({.intents = {}, .outcomes = {{ids[which], Ending::abandoned, at, "", ""}}})
        .has_value();
  };
  ASSERT_TRUE(settle(0, monday));
  ASSERT_TRUE(settle(1, monday + 24h * 30));
  EXPECT_EQ(asked("SELECT count(*) FROM journal"), "3");
  ASSERT_TRUE(settle(2, monday + 24h * 30 + 1s));
  EXPECT_EQ(asked("SELECT count(*) FROM journal"), "2");
}

TEST_F(LedgerTest, RefusesASecondOutcomeWithEverythingBesideIt) {
  const auto store = open();
  const Ledger before = store->load().value();
  const auto ids = store->record({.intents = {invitation()}, .outcomes = {}}).value();
  const Outcome outcome{ids[0], Ending::done, monday, "h", "e"};
  ASSERT_TRUE(store->record({.intents = {}, .outcomes = {outcome}}));
  Ledger after = before;
  after.marks["x"] = "1";
  const auto again =
      store->commit(before, after, {.intents = {invitation()}, .outcomes = {outcome}});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().fault, Fault::conflict);
  EXPECT_THAT(store->open_intents().value(), IsEmpty());
  EXPECT_TRUE(is_equal(store->load().value(), before));
  // What failed is no reason to refuse what comes next.
  EXPECT_TRUE(store->commit(before, after, {}));
}

TEST_F(LedgerTest, LetsOnlyOneOfTwoCommit) {
  const auto one = open();
  const auto two = open();
  const Ledger seen_by_one = one->load().value();
  const Ledger seen_by_two = two->load().value();
  Ledger after = seen_by_two;
  after.marks["x"] = "two";
  ASSERT_TRUE(two->commit(seen_by_two, after, {}));
  after.marks["x"] = "one";
  const auto late = one->commit(seen_by_one, after, {.intents = {invitation()}, .outcomes = {}});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().fault, Fault::conflict);
  EXPECT_THAT(one->open_intents().value(), IsEmpty());
  const Ledger again = one->load().value();
  EXPECT_EQ(again.marks.at("x"), "two");
  EXPECT_TRUE(one->commit(again, after, {}));
}

TEST_F(LedgerTest, RefusesToWriteWhatWasNeverLoaded) {
  Ledger after;
  after.marks["x"] = "1";
  const auto store = open();
  const auto done = store->commit(Ledger(), after, {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().fault, Fault::conflict);
}

TEST_F(LedgerTest, GivesTheTurnToOneAtATime) {
  const auto one = open();
  const auto two = open();
  {
    const auto turn = one->take_turn(0ms);
    ASSERT_TRUE(turn);
    const auto other = two->take_turn(20ms);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().fault, Fault::transient);
    EXPECT_THAT(other.error().text, HasSubstr("another ioud is running"));
    EXPECT_TRUE(two->load()) << "whoever only looks needs no turn";
  }
  EXPECT_TRUE(two->take_turn(0ms));
}

TEST_F(LedgerTest, CountsRightBetweenProcesses) {
  constexpr int rounds = 25;
  {
    const auto made = open();
  }
  const auto count_up = [&] {
    const auto store = open();
    for (int i = 0; i < rounds; ++i) {
      const auto turn = store->take_turn(60s);
      ASSERT_TRUE(turn);
      const Ledger before = store->load().value();
      Ledger after = before;
      auto& points = after.trust["t"].points;
      ++points;
      ASSERT_TRUE(store->commit(before, after, {}));
    }
  };
  const pid_t other = ::fork();
  if (other == 0) {
    count_up();
    ::_exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  count_up();
  int status = 0;
  ::waitpid(other, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(open()->load()->trust.at("t").points, 2 * rounds);
}

TEST_F(LedgerTest, NamesTheRowItCannotRead) {
  {
    const auto store = open();
    const Ledger before = store->load().value();
    Ledger after = before;
    after.ious["i1"].client = "Acme";
    ASSERT_TRUE(store->commit(before, after, {}));
  }
  tamper("UPDATE ious SET body = json_set(body, '$.state', 'lost')");
  const std::string bytes = bytes_of(scratch_ / "state/ledger.db");
  {
    const auto store = open();
    const auto ledger = store->load();
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().fault, Fault::config);
    EXPECT_EQ(ledger.error().place,
              (scratch_ / "state/ledger.db").string() + ", table ious, row i1");
    EXPECT_THAT(ledger.error().text, HasSubstr("state: expected one of its names, found \"lost\""));
    EXPECT_THAT(ledger.error().text, HasSubstr("restore the file from a backup"));
  }
  EXPECT_EQ(bytes_of(scratch_ / "state/ledger.db"), bytes);
  tamper("INSERT INTO journal (body) VALUES ('{\"kind\": \"dream\"}')");
  const auto intents = open()->open_intents();
  ASSERT_FALSE(intents);
  EXPECT_EQ(intents.error().fault, Fault::config);
  EXPECT_THAT(intents.error().place, HasSubstr("table journal, row 1"));
}

TEST_F(LedgerTest, RefusesAFileThatIsNoLedger) {
  write_bytes(scratch_ / "state/ledger.db", "{\"favours\": []}");
  const auto store = open_ledger({scratch_ / "state", std::nullopt}, steps_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().fault, Fault::config);
  EXPECT_EQ(store.error().place, (scratch_ / "state/ledger.db").string());
  EXPECT_EQ(bytes_of(scratch_ / "state/ledger.db"), "{\"favours\": []}");
}

TEST_F(LedgerTest, LosesNothingWhenTheDiskIsFull) {
  Ledger kept;
  {
    const auto store = open();
    const Ledger before = store->load().value();
    kept = before;
    kept.marks["kept"] = "1";
    ASSERT_TRUE(store->commit(before, kept, {}));
  }
  EXPECT_EQ(in_child([&] {
              const auto store = open();
              const Ledger before = store->load().value();
              Ledger after = before;
              for (int i = 0; i < 300; ++i)
                after.favours["f" + std::to_string(i)] = filled<domain::Favour>();
              std::signal(SIGXFSZ, SIG_IGN);
              const rlimit quota{300'000, RLIM_INFINITY};
              ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &quota), 0);
              const auto full =
                  store->commit(before, after, {.intents = {invitation()}, .outcomes = {}});
              ASSERT_FALSE(full);
              EXPECT_EQ(full.error().fault, Fault::transient) << full.error().text;
              EXPECT_TRUE(is_equal(store->load().value(), before));
              const rlimit room{RLIM_INFINITY, RLIM_INFINITY};
              ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &room), 0);
              EXPECT_TRUE(store->commit(before, after, {}));
            }),
            0);
  const auto store = open();
  const Ledger ledger = store->load().value();
  EXPECT_EQ(ledger.marks.at("kept"), "1");
  EXPECT_EQ(ledger.favours.size(), 300U);
  EXPECT_THAT(store->open_intents().value(), IsEmpty());
}

TEST_F(LedgerTest, LeavesNoByteOfWhatWasForgotten) {
  const std::string words = "the surprise party in Reno";
  const auto store = open();
  const Ledger before = store->load().value();
  Ledger after = before;
  for (int i = 0; i < 50; ++i) {
    auto& favour = after.favours["f" + std::to_string(i)];
    favour.text = words;
    favour.evidence.resize(20,
                           {.source = "mail", .id = "x", .quote = words, .subject = "", .at = {}});
  }
  ASSERT_TRUE(store->commit(before, after, {}));
  Ledger forgotten = after;
  forgotten.favours.erase("f0");
  for (auto& [id, favour] : forgotten.favours) {
    favour.text = "the act";
    favour.evidence.clear();
  }
  ASSERT_TRUE(store->commit(after, forgotten, {}));
  EXPECT_THAT(files_holding(scratch_.path(), words), Not(IsEmpty()));
  ASSERT_TRUE(store->scrub());
  EXPECT_THAT(files_holding(scratch_.path(), words), IsEmpty());
  EXPECT_TRUE(is_equal(store->load().value(), forgotten));
}

}  // namespace
}  // namespace ioud::store
