// Reading and filing against servers that lie, drop and dawdle.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/reason.hpp"
#include "fakes/stop_at.hpp"
#include "imap_desk.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;
using domain::Box;
using fakes::reason;
using fakes::ScriptedImap;
using Position = fakes::KeptPosition;
using Rows = fakes::ScriptedImap::Rows;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ImapReading, GivesMailsAndThenAsksOnlyHowTheFolderStands) {
  ScriptedImap server;
  fill(server);
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value()) << reason(first);
  ASSERT_THAT(first->seen, SizeIs(2));
  EXPECT_EQ(first->seen[0].href, "7.3/INBOX");
  EXPECT_EQ(first->seen[0].bytes, "three");
  EXPECT_EQ(first->seen[1].box, Box::inbox);
  EXPECT_FALSE(first->more || first->restarted || first->other_store);
  const auto examined = server.count("EXAMINE");
  const auto second = desk.pull(after(*first));
  ASSERT_TRUE(second.has_value()) << reason(second);
  EXPECT_THAT(second->seen, IsEmpty());
  EXPECT_EQ(second->cursor, first->cursor);
  EXPECT_EQ(server.count("EXAMINE"), examined);
  EXPECT_EQ(server.calls(), 1);
  EXPECT_EQ(server.count("SELECT") + server.count("UID STORE"), 0U);
}

/// What is held, which may be counted and not read.
class Counted final : public Held {
 public:
  explicit Counted(std::size_t count) : count_(count) {}
  core::Result<std::optional<std::string>> etag(const std::string&) override { return unasked(); }
  core::Result<std::size_t> count() override { return count_; }
  core::Result<const Etags*> all() override { return unasked(); }

 private:
  static tl::unexpected<core::Error> unasked() {
    return core::fail(Fault::transient, "what is held", "was read");
  }
  std::size_t count_;
};

TEST(ImapReading, ReadsNothingOfWhatIsHeldWhereNothingChanged) {
  ScriptedImap server;
  fill(server);
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value()) << reason(first);
  const auto pull = [&](std::size_t held) {
    return fakes::run(
        desk.reading.pull({first->cursor, std::make_shared<Counted>(held)}, core::Instant(), {}));
  };
  const auto again = pull(2);
  ASSERT_TRUE(again.has_value()) << reason(again);
  EXPECT_EQ(again->cursor, first->cursor);
  EXPECT_FALSE(pull(3)) << "more than there should be: a loss that was not believed";
  server.set("STATUS", status(7, 7, 3));
  EXPECT_FALSE(pull(2)) << "a folder that changed";
}

TEST(ImapReading, BelievesNoUidNext) {
  ScriptedImap server;
  fill(server);
  server.set("STATUS", status(7, 1, 2));  // it says that there never was a mail
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value()) << reason(first);
  EXPECT_THAT(first->seen, SizeIs(2));
  // "6:*" gives the last one although its number is lower (RFC 9051 6.4.8).
  server.set("STATUS", status(7, 1, 3));
  server.set("UID SEARCH UID 6:*", "* SEARCH 5 9\r\n$T OK\r\n");
  server.set("UID SEARCH UID 3,5", "* SEARCH 3 5\r\n$T OK\r\n");
  server.set("UID FETCH 9", mail(9, "nine") + "$T OK\r\n");
  const auto second = desk.pull(after(*first));
  ASSERT_TRUE(second.has_value()) << reason(second);
  ASSERT_THAT(second->seen, SizeIs(1));
  EXPECT_EQ(second->seen[0].href, "7.9/INBOX");
  EXPECT_THAT(second->gone, IsEmpty());
}

TEST(ImapReading, PairsAnswersByUidAndNotByOrder) {
  ScriptedImap server;
  fill(server);
  server.set("UID FETCH 3,5", "* 2 FETCH (FLAGS (\\Seen) UID 3)\r\n* 9 EXISTS\r\n" +
                                  mail(5, "five!") + mail(77, "nobody asked") + "* 4 EXPUNGE\r\n" +
                                  "* 1 FETCH (BODY[]<0> \"three\" RFC822.SIZE 5 UID 3)\r\n" +
                                  "* 1 FETCH (FLAGS ())\r\n$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull();
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  ASSERT_THAT(pulled->seen, SizeIs(2));
  EXPECT_EQ(pulled->seen[0].bytes, "three");
  EXPECT_EQ(pulled->seen[1].bytes, "five!");
}

TEST(ImapReading, TellsWhatIsGoneAndOnlyWhatItKnew) {
  ScriptedImap server;
  fill(server);
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value());
  server.set("STATUS", status(7, 6, 1));
  server.set("UID SEARCH UID 6:*", "* SEARCH 5\r\n$T OK\r\n");
  server.set("UID SEARCH UID 3,5", "* SEARCH 5\r\n$T OK\r\n");
  const auto second = desk.pull(after(*first));
  ASSERT_TRUE(second.has_value()) << reason(second);
  EXPECT_THAT(second->gone, ElementsAre("7.3/INBOX"));
  EXPECT_FALSE(second->other_store);
}

TEST(ImapReading, TellsALossAgainUntilItIsBelieved) {
  ScriptedImap server;
  fill(server);
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value());
  server.set("STATUS", status(7, 6, 1));
  server.set("UID SEARCH UID 6:*", "* SEARCH 5\r\n$T OK\r\n");
  server.set("UID SEARCH UID 3,5", "* SEARCH 5\r\n$T OK\r\n");
  Position position = after(*first);
  for (int turn = 0; turn < 3; ++turn) {
    const auto again = desk.pull(position);
    ASSERT_TRUE(again.has_value()) << reason(again);
    EXPECT_THAT(again->gone, ElementsAre("7.3/INBOX"));
    position.cursor = again->cursor;  // but what is gone stays known
  }
}

TEST(ImapReading, AsksWhatVanishedWhereTheServerKnows) {
  ScriptedImap server(Rows{
      {"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR QRESYNC ESEARCH\r\n$T OK\r\n"}});
  fill(server);
  server.set("UID SEARCH", "* ESEARCH (TAG \"x\") UID ALL 3,5\r\n$T OK\r\n");
  server.set("EXAMINE", "* OK [UIDVALIDITY 7]\r\n* OK [HIGHESTMODSEQ 44]\r\n$T OK\r\n");
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value()) << reason(first);
  EXPECT_THAT(first->seen, SizeIs(2));
  server.set("STATUS", status(7, 6, 1));
  server.set("UID SEARCH", "* ESEARCH (TAG \"x\") UID\r\n$T OK\r\n");
  server.set("EXAMINE",
             "* OK [UIDVALIDITY 7]\r\n* VANISHED (EARLIER) 1:3,2000:2147483647\r\n$T OK\r\n");
  const auto second = desk.pull(after(*first));
  ASSERT_TRUE(second.has_value()) << reason(second);
  EXPECT_THAT(server.commands(), Contains("EXAMINE \"INBOX\" (QRESYNC (7 44))"));
  EXPECT_THAT(second->gone, ElementsAre("7.3/INBOX"));
}

TEST(ImapReading, GivesMailsAgainUnderNewNamesWhenTheServerRenumbers) {
  ScriptedImap server;
  fill(server);
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value());
  server.set("STATUS", status(8, 3, 2));
  server.set("EXAMINE", "* OK [UIDVALIDITY 8]\r\n$T OK\r\n");
  server.set("UID SEARCH", "* SEARCH 1 2\r\n$T OK\r\n");
  server.set("UID FETCH 1:2", mail(1, "three") + mail(2, "five!") + "$T OK\r\n");
  Position position = after(*first);
  const auto second = desk.pull(position);
  ASSERT_TRUE(second.has_value()) << reason(second);
  EXPECT_THAT(second->seen, SizeIs(2));
  EXPECT_THAT(second->gone, ElementsAre("7.3/INBOX", "7.5/INBOX"));
  EXPECT_TRUE(second->other_store);
  EXPECT_TRUE(second->more);
  position = after(*second, position);
  const auto third = desk.pull(position);
  ASSERT_TRUE(third.has_value()) << reason(third);
  EXPECT_THAT(third->seen, IsEmpty());
  EXPECT_THAT(third->gone, IsEmpty());
  EXPECT_FALSE(third->more || third->other_store);
}

TEST(ImapReading, KnowsThatItIsAnotherAccount) {
  ScriptedImap one;
  ScriptedImap other;
  fill(one);
  fill(other);
  Desk desk(one);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value());
  Desk moved(other);
  const auto second = moved.pull(after(*first));
  ASSERT_TRUE(second.has_value()) << reason(second);
  EXPECT_TRUE(second->other_store && second->restarted);
  EXPECT_THAT(second->seen, SizeIs(2));
  EXPECT_THAT(second->gone, IsEmpty());
}

TEST(ImapReading, GivesBoundedPagesAndGoesOnWhereItStopped) {
  ScriptedImap server;
  server.set("STATUS", status(7, 4000, 3000));
  std::string found = "* SEARCH";
  for (int uid = 1; uid <= 600; ++uid) found += " " + std::to_string(uid);
  server.set("UID SEARCH", found + "\r\n$T OK\r\n");
  for (int first = 1; first <= 600; first += 32) {
    std::string some;
    const int last = std::min(first + 31, first <= 512 && first + 31 > 512 ? 512 : 600);
    for (int uid = first; uid <= last; ++uid) some += mail(uid, "m" + std::to_string(uid));
    server.set("UID FETCH " + std::to_string(first) + ":", some + "$T OK\r\n");
  }
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value()) << reason(first);
  EXPECT_THAT(first->seen, SizeIs(512));
  EXPECT_TRUE(first->more);
  EXPECT_THAT(first->gone, IsEmpty());
  Position position = after(*first);
  const auto second = desk.pull(position);
  ASSERT_TRUE(second.has_value()) << reason(second);
  EXPECT_THAT(second->seen, SizeIs(88));
  EXPECT_FALSE(second->more);
  EXPECT_EQ(after(*second, position).known.size(), 600U);
}

TEST(ImapReading, LeavesOutTheOneMailThatTheServerCannotGive) {
  ScriptedImap server;
  fill(server);
  server.set("UID FETCH 3,5", "$T NO [SERVERBUG] one of them is broken\r\n");
  server.set("UID FETCH 3 ", "$T NO [SERVERBUG] this one\r\n");
  server.set("UID FETCH 5 ", mail(5, "five!") + "$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull();
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  ASSERT_THAT(pulled->seen, SizeIs(1));
  ASSERT_THAT(pulled->bad, SizeIs(1));
  EXPECT_EQ(pulled->bad[0].href, "7.3/INBOX");
}

TEST(ImapReading, LeavesOutAMailWhoseLiteralBreaksAllBounds) {
  ScriptedImap server;
  fill(server);
  const std::string huge = "* 1 FETCH (UID 3 BODY[]<0> {99999999999}\r\nxxx";
  server.set("UID FETCH 3,5", huge);
  server.set("UID FETCH 3 ", huge);
  server.set("UID FETCH 5 ", mail(5, "five!") + "$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull();
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  EXPECT_THAT(pulled->seen, SizeIs(1));
  EXPECT_THAT(pulled->bad, SizeIs(1));
  EXPECT_EQ(server.calls(), 3);
}

TEST(ImapReading, FailsWholeWhereALiteralEndsInTheMiddle) {
  // The call ends after 3 of 500 bytes.
  fakes::LineServer closing([](fakes::Call& call) -> boost::asio::awaitable<void> {
    co_await call.say("* OK\r\n");
    for (;;) {
      std::string line = co_await call.line();
      if (line.empty()) co_return;
      const std::string tag = line.substr(0, line.find(' '));
      if (line.find("FETCH") != std::string::npos) {
        co_await call.say("* 1 FETCH (UID 3 BODY[]<0> {500}\r\nxxx");
        co_return;
      }
      std::string said = "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n* LIST () \"/\" INBOX\r\n";
      if (line.find("SEARCH") != std::string::npos) said = "* SEARCH 3\r\n";
      if (line.find("EXAMINE") != std::string::npos) said = "* OK [UIDVALIDITY 7]\r\n";
      said += tag + " OK\r\n";
      co_await call.say(said);
    }
  });
  ScriptedImap unused;
  Account account = unused.account();
  account.peer.port = static_cast<std::uint16_t>(closing.port());
  net::FrozenClock clock(core::Instant(std::chrono::seconds(1'000'000)));
  Connection connection(account, std::make_shared<LoginPace>(), clock);
  Reading reading(connection, {}, {});
  const auto pulled = fakes::run(reading.pull({}, core::Instant(), {}));
  ASSERT_FALSE(pulled.has_value());
  EXPECT_EQ(pulled.error().fault, Fault::transient);
}

TEST(ImapReading, DoesNotHammerAServerThatLetsInAndDrops) {
  ScriptedImap server(Rows{{"LIST", "hang up"}});
  Desk desk(server);
  std::size_t throttled = 0;
  for (int second = 0; second < 600; ++second) {
    const auto pulled = desk.pull();
    ASSERT_FALSE(pulled.has_value());
    if (pulled.error().fault == Fault::throttled) {
      ++throttled;
      EXPECT_TRUE(pulled.error().retry_after.has_value());
    }
    desk.clock.move_to(desk.clock.now() + std::chrono::seconds(1));
  }
  EXPECT_LE(server.calls(), 10);
  EXPECT_GE(server.calls(), 5);
  EXPECT_GT(throttled, 500U);
}

TEST(ImapReading, GoesOnOnANewConnectionWhereTheOldOneDied) {
  ScriptedImap server;
  fill(server);
  Desk desk(server);
  const auto first = desk.pull();
  ASSERT_TRUE(first.has_value());
  const auto before = server.calls();
  server.set("LIST", "* BYE timed out\r\n");
  std::size_t asked = server.count("LIST");
  const auto second = desk.pull(after(*first));
  EXPECT_FALSE(second.has_value());
  EXPECT_EQ(server.calls(), before + 1);
  EXPECT_EQ(server.count("LIST"), asked + 2);
}

constexpr const char* drafts =
    "* LIST () \"/\" INBOX\r\n* LIST (\\Drafts) \"/\" Drafts\r\n$T OK\r\n";

core::Result<bool> remove(Desk& desk, const std::string& href, const std::string& etag) {
  return fakes::run(desk.filing.remove(Box::drafts, href, etag));
}

TEST(ImapFiling, RemovesNothingInAFolderThatWasRenumbered) {
  ScriptedImap server(Rows{{"LIST", drafts}, {"SELECT", "* OK [UIDVALIDITY 8]\r\n$T OK\r\n"}});
  Desk desk(server);
  const auto removed = remove(desk, "7.3/Drafts", "5");
  ASSERT_FALSE(removed.has_value());
  EXPECT_EQ(removed.error().fault, Fault::conflict);
  EXPECT_EQ(server.count("UID STORE") + server.count("UID EXPUNGE") + server.count("EXPUNGE"), 0U);
}

TEST(ImapFiling, ExpungesThatOneMailAndNeverAllThatAreMarked) {
  const ScriptedImap::Rows rows = {{"LIST", drafts},
                                   {"SELECT", "* OK [UIDVALIDITY 7]\r\n$T OK\r\n"},
                                   {"UID FETCH", "* 1 FETCH (UID 3 RFC822.SIZE 5)\r\n$T OK\r\n"}};
  ScriptedImap plain(rows);
  Desk desk(plain);
  EXPECT_TRUE(remove(desk, "7.3/Drafts", "5").has_value());
  EXPECT_EQ(plain.count("UID STORE 3 +FLAGS.SILENT (\\Deleted)"), 1U);
  EXPECT_EQ(plain.count("EXPUNGE") + plain.count("UID EXPUNGE") + plain.count("CLOSE"), 0U);

  ScriptedImap able(rows);
  able.set("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN UIDPLUS\r\n$T OK\r\n");
  able.set("AUTHENTICATE", "+ \r\n");
  able.set("AHR", "A2 OK\r\n");
  Desk other(able);
  const auto removed = remove(other, "7.3/Drafts", "5");
  EXPECT_TRUE(removed.has_value()) << reason(removed);
  EXPECT_EQ(able.count("UID EXPUNGE 3"), 1U);
  EXPECT_EQ(able.count("EXPUNGE") + able.count("CLOSE"), 0U);
}

TEST(ImapFiling, LeavesAnotherVersionAndAnotherFolderAlone) {
  ScriptedImap server(Rows{{"LIST", drafts},
                           {"SELECT", "* OK [UIDVALIDITY 7]\r\n$T OK\r\n"},
                           {"UID FETCH", "* 1 FETCH (UID 3 RFC822.SIZE 6)\r\n$T OK\r\n"}});
  Desk desk(server);
  EXPECT_EQ(remove(desk, "7.3/Drafts", "5").error().fault, Fault::conflict);
  EXPECT_EQ(remove(desk, "7.3/INBOX", "5").error().fault, Fault::rejected);
  EXPECT_EQ(remove(desk, "nonsense", "5").error().fault, Fault::rejected);
  EXPECT_TRUE(remove(desk, "7.4/Drafts", "5").has_value());  // gone already
  EXPECT_EQ(server.count("UID STORE"), 0U);
}

TEST(ImapFiling, SaysThatThereIsNoFolderForDrafts) {
  ScriptedImap server;
  Desk desk(server);
  const auto stored = fakes::run(desk.filing.put(Box::drafts, "a@b", "mail"));
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().fault, Fault::config);
  EXPECT_EQ(server.count("CREATE") + server.count("APPEND"), 0U);
}

TEST(ImapFiling, ComparesTheWholeMessageId) {
  ScriptedImap server(
      Rows{{"LIST", drafts},
           {"UID SEARCH", "* SEARCH 3\r\n$T OK\r\n"},
           {"UID FETCH",
            "* 1 FETCH (UID 3 RFC822.SIZE 5 BODY[HEADER.FIELDS (MESSAGE-ID)] {25}\r\n"
            "Message-ID: <xa@b.test>\r\n)\r\n$T OK\r\n"}});
  Desk desk(server);
  EXPECT_EQ(fakes::run(desk.filing.find(Box::drafts, "a@b.test"))->href, "");
  EXPECT_EQ(fakes::run(desk.filing.find(Box::drafts, "xa@b.test"))->href, "7.3/Drafts");
}

}  // namespace
}  // namespace ioud::connectors::imap
