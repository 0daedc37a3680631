// News over lines that go quiet, die, sleep or cannot idle.

#include <gtest/gtest.h>

#include "connectors/imap/watch.hpp"
#include "fakes/has_news.hpp"
#include "fakes/scripted_imap.hpp"
#include "net/race.hpp"

namespace ioud::connectors::imap {
namespace {

using fakes::has_news;
using fakes::ScriptedImap;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* idle = "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE\r\n$T OK\r\n";

/// A server whose IDLE begins and says nothing more of itself.
ScriptedImap::Rows idling() { return {{"CAPABILITY", idle}, {"IDLE", "+ idling\r\n"}}; }

WatchPace fast() {
  WatchPace pace;
  pace.tick = milliseconds(20);
  pace.renew = seconds(3600);
  pace.answer = milliseconds(60);
  pace.poll = seconds(3600);
  pace.retry = seconds(1);
  return pace;
}

struct Watched {
  explicit Watched(const Account& account, WatchPace pace = fast())
      : clock(core::Instant(seconds(1'000'000))),
        news(watch(account, {}, std::make_shared<LoginPace>(), clock, pace)) {}
  net::FrozenClock clock;
  std::unique_ptr<News> news;
};

TEST(ImapWatch, TellsOnceThatItStandsAndThenOnlyNews) {
  ScriptedImap server(idling());
  Watched watched(server.account());
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_FALSE(has_news(*watched.news));
  EXPECT_FALSE(has_news(*watched.news));  // a wait that was cancelled left the line as it was
  EXPECT_EQ(server.count("IDLE"), 1U);
}

TEST(ImapWatch, TellsOfMailAndNotOfFlags) {
  ScriptedImap server(idling());
  server.set("IDLE", "+ idling\r\n* 3 EXISTS\r\n");
  Watched watched(server.account());
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_FALSE(has_news(*watched.news));
  ScriptedImap flags(idling());
  flags.set("IDLE", "+ idling\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* OK still here\r\n* 0 RECENT\r\n");
  Watched quiet(flags.account());
  EXPECT_TRUE(has_news(*quiet.news));
  EXPECT_FALSE(has_news(*quiet.news));
}

TEST(ImapWatch, NoticesALineThatDiedInSilence) {
  ScriptedImap server(idling());
  server.set("DONE", "silence");
  WatchPace pace = fast();
  pace.renew = milliseconds(100);
  Watched watched(server.account(), pace);
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_FALSE(has_news(*watched.news, milliseconds(60)));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(1000)));
  EXPECT_EQ(server.count("DONE"), 1U);
  EXPECT_TRUE(has_news(*watched.news, milliseconds(1000)));  // stands again, on a new call
  EXPECT_EQ(server.count("IDLE"), 2U);
}

TEST(ImapWatch, AsksForASignOfLifeInTimeAndSaysNothingWhereItComes) {
  ScriptedImap server(idling());
  WatchPace pace = fast();
  pace.renew = milliseconds(100);
  Watched watched(server.account(), pace);
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_FALSE(has_news(*watched.news, milliseconds(400)));
  EXPECT_GE(server.count("DONE"), 2U);
  EXPECT_EQ(server.count("IDLE"), server.count("DONE") + 1);
  EXPECT_EQ(server.count("EXAMINE"), 1U);
}

TEST(ImapWatch, ProbesAfterASleep) {
  int found = 0;
  for (int trial = 0; trial < 100; ++trial) {
    ScriptedImap server(idling());
    server.set("DONE", "silence");
    WatchPace pace = fast();
    pace.tick = milliseconds(4);
    pace.answer = milliseconds(4);
    Watched watched(server.account(), pace);
    EXPECT_TRUE(has_news(*watched.news));
    watched.clock.move_to(watched.clock.now() + std::chrono::hours(8));
    if (has_news(*watched.news, milliseconds(1000)) && server.count("DONE") == 1) ++found;
  }
  EXPECT_EQ(found, 100);
}

TEST(ImapWatch, LooksNowAndThenWhereThereIsNoIdle) {
  ScriptedImap server;
  WatchPace pace = fast();
  pace.poll = seconds(0);
  Watched watched(server.account(), pace);
  EXPECT_TRUE(has_news(*watched.news, milliseconds(1000)));
}

TEST(ImapWatch, TellsOfALostLineOnceAndComesBackSlowly) {
  ScriptedImap server(idling());
  server.set("IDLE", "hang up");
  Watched watched(server.account());
  EXPECT_FALSE(has_news(*watched.news, milliseconds(300)));
  EXPECT_LE(server.calls(), 3);
}

TEST(ImapWatch, ListensToSentMailToo) {
  ScriptedImap server(idling());
  server.set("LIST", "* LIST () \"/\" INBOX\r\n* LIST (\\Sent) \"/\" Sent\r\n$T OK\r\n");
  Watched watched(server.account());
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_TRUE(has_news(*watched.news));
  EXPECT_FALSE(has_news(*watched.news));
  EXPECT_EQ(server.count("EXAMINE \"Sent\""), 1U);
  EXPECT_EQ(server.count("IDLE"), 2U);
}

}  // namespace
}  // namespace ioud::connectors::imap
