// Heads first: what crosses the wire of a mail that nobody wants, and that none is lost by it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/reason.hpp"
#include "imap_desk.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;
using fakes::reason;
using fakes::ScriptedImap;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

bool is_from_meg(const MailItem& head) {
  EXPECT_FALSE(head.has_body);
  return head.bytes.find("meg@") != std::string::npos;
}

std::string head(int uid, const std::string& from,
                 const std::string& part = "BODY[HEADER.FIELDS (FROM TO CC)]") {
  const std::string bytes = "From: " + from + "\r\n\r\n";
  return "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE 9000 " + part + " {" +
         std::to_string(bytes.size()) + "}\r\n" + bytes + ")\r\n";
}

/// The beginnings of the two kinds of requests.
std::string ask_head(const std::string& uids) {
  return "UID FETCH " + uids + " (UID RFC822.SIZE BODY.PEEK[HEADER";
}
std::string ask_mail(const std::string& uids) {
  return "UID FETCH " + uids + " (UID RFC822.SIZE BODY.PEEK[]";
}

std::vector<std::string> fetches(const ScriptedImap& server) {
  std::vector<std::string> all;
  for (const std::string& command : server.commands())
    if (command.starts_with("UID FETCH")) all.push_back(command.substr(0, command.find("<0.")));
  return all;
}

/// Mails 3, 5 and 9, the middle one by Meg.
void fill_three(ScriptedImap& server) {
  server.set("STATUS", status(7, 10, 3));
  server.set("UID SEARCH", "* SEARCH 3 5 9\r\n$T OK\r\n");
  server.set(ask_head("3,5,9"), head(3, "a@shop.test") + head(5, "meg@acme.test") +
                                    head(9, "b@shop.test") + "$T OK\r\n");
  server.set(ask_mail("5"), mail(5, "five!") + "$T OK\r\n");
}

TEST(ImapHeads, FetchesNoBodyThatNobodyWants) {
  ScriptedImap server;
  fill_three(server);
  Desk desk(server);
  const auto pulled = desk.pull({}, is_from_meg);
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  ASSERT_THAT(pulled->seen, SizeIs(3));
  EXPECT_FALSE(pulled->seen[0].has_body);
  EXPECT_EQ(pulled->seen[0].bytes, "From: a@shop.test\r\n\r\n");
  EXPECT_EQ(pulled->seen[0].etag, "9000");
  EXPECT_EQ(pulled->seen[0].href, "7.3/INBOX");
  EXPECT_TRUE(pulled->seen[1].has_body);
  EXPECT_EQ(pulled->seen[1].bytes, "five!");
  EXPECT_FALSE(pulled->seen[2].has_body);
  EXPECT_THAT(fetches(server),
              ElementsAre("UID FETCH 3,5,9 (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From To Cc "
                          "Date Subject Message-ID Content-Type)])",
                          "UID FETCH 5 (UID RFC822.SIZE BODY.PEEK[]"));
  const auto again = desk.pull(after(*pulled), is_from_meg);
  ASSERT_TRUE(again.has_value()) << reason(again);
  EXPECT_THAT(again->seen, IsEmpty());
}

TEST(ImapHeads, AServerMaySpellThePartAsItLikes) {
  ScriptedImap server;
  fill_three(server);
  server.set(ask_head("3,5,9"), head(3, "a@shop.test", "body[header.fields (\"FROM\" \"TO\")]") +
                                    head(5, "meg@acme.test", "BODY[HEADER.FIELDS (To From)]") +
                                    head(9, "b@shop.test") + "$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull({}, is_from_meg);
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  EXPECT_THAT(pulled->seen, SizeIs(3));
}

TEST(ImapHeads, WithoutAHeadAMailIsTakenWhole) {
  ScriptedImap server;
  fill_three(server);
  server.set(ask_head("3,5,9"), "$T NO [SERVERBUG] one of them is broken\r\n");
  server.set(ask_head("3"), "$T NO [SERVERBUG] this one\r\n");
  server.set(ask_head("5"),
             "* 1 FETCH (UID 5 RFC822.SIZE 5 BODY[HEADER.FIELDS (FROM)] \"\")\r\n"
             "$T OK\r\n");
  server.set(ask_head("9"), head(9, "b@shop.test") + "$T OK\r\n");
  server.set(ask_mail("3,5"), mail(3, "three") + mail(5, "five!") + "$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull({}, is_from_meg);
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  EXPECT_THAT(pulled->bad, IsEmpty());
  ASSERT_THAT(pulled->seen, SizeIs(3));
  EXPECT_EQ(pulled->seen[0].bytes, "three");
  EXPECT_EQ(pulled->seen[1].bytes, "five!");
  EXPECT_FALSE(pulled->seen[2].has_body);
}

TEST(ImapHeads, AMailThatIsGoneBeforeItsBodyIsAskedForIsNotHeld) {
  ScriptedImap server;
  fill_three(server);
  server.set(ask_mail("5"), "$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull({}, is_from_meg);
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  EXPECT_THAT(pulled->seen, SizeIs(2));
}

TEST(ImapHeads, AHeadThatBreaksAllBoundsIsLeftOutAlone) {
  ScriptedImap server;
  fill_three(server);
  const std::string huge = "* 1 FETCH (UID 3 BODY[HEADER.FIELDS (FROM)] {99999999999}\r\nxxx";
  server.set(ask_head("3,5,9"), huge);
  server.set(ask_head("3"), huge);
  server.set(ask_head("5"), head(5, "meg@acme.test") + "$T OK\r\n");
  server.set(ask_head("9"), head(9, "b@shop.test") + "$T OK\r\n");
  Desk desk(server);
  const auto pulled = desk.pull({}, is_from_meg);
  ASSERT_TRUE(pulled.has_value()) << reason(pulled);
  EXPECT_THAT(pulled->seen, SizeIs(2));
  ASSERT_THAT(pulled->bad, SizeIs(1));
  EXPECT_EQ(pulled->bad[0].href, "7.3/INBOX");
}

TEST(ImapHeads, APageThatIsFullEndsBeforeTheNextBodyAndLosesNothing) {
  ScriptedImap server;
  std::string heads;
  std::string uids;
  for (int uid = 1; uid <= 6; ++uid) {
    const bool is_wanted = uid % 2 == 0;
    heads += head(uid, is_wanted ? "meg@acme.test" : "a@shop.test");
    uids += " " + std::to_string(uid);
    server.set(ask_mail(std::to_string(uid)),
               mail(uid, std::string(400, static_cast<char>('a' + uid))) + "$T OK\r\n");
  }
  server.set("STATUS", status(7, 7, 6));
  server.set("UID SEARCH", "* SEARCH" + uids + "\r\n$T OK\r\n");
  server.set("UID FETCH 1:6 (UID RFC822.SIZE BODY.PEEK[HEADER", heads + "$T OK\r\n");
  server.set("UID FETCH 4:6 (UID RFC822.SIZE BODY.PEEK[HEADER",
             heads.substr(heads.find("* 1 FETCH (UID 4")) + "$T OK\r\n");
  server.set(ask_head("6"), heads.substr(heads.find("* 1 FETCH (UID 6")) + "$T OK\r\n");
  ReadingLimits limits;
  limits.page_bytes = 300;
  limits.asked_at_once = 1;
  Desk desk(server, nullptr, limits);
  Position position;
  std::vector<std::string> seen;
  int pages = 0;
  for (bool more = true; more && pages < 10; ++pages) {
    const auto pulled = desk.pull(position, is_from_meg);
    ASSERT_TRUE(pulled.has_value()) << reason(pulled);
    for (const MailItem& item : pulled->seen)
      seen.push_back(item.href.substr(2, 1) + (item.has_body ? "+" : ""));
    position = after(*pulled, position);
    more = pulled->more;
  }
  EXPECT_THAT(seen, ElementsAre("1", "2+", "3", "4+", "5", "6+"));
  EXPECT_EQ(pages, 3);
}

TEST(ImapHeads, LabelsTellTheBoxBeforeTheBodyIsThere) {
  Batch batch;
  batch.folder.has_labels = true;
  UidSet asked;
  for (const Uid uid : {1U, 2U, 3U}) asked.add(uid);
  const auto pairs = [](const std::string& uid, const std::string& label) {
    const auto atom = [](const std::string& text) { return Value{Value::Kind::atom, text, {}}; };
    return std::vector<Value>{atom("UID"),
                              atom(uid),
                              atom("X-GM-LABELS"),
                              {Value::Kind::list, "", {atom(label)}},
                              atom("BODY[HEADER.FIELDS (FROM)]"),
                              {Value::Kind::text, "From: a@b.test\r\n\r\n", {}}};
  };
  batch.take(pairs("1", "\\Sent"), asked, true);
  batch.take(pairs("2", "\\Draft"), asked, true);
  batch.take(pairs("3", "\\Inbox"), asked, true);
  batch.take(pairs("4", "\\Inbox"), asked, true);
  std::vector<domain::Box> boxes;
  const auto wanted = batch.take_wanted([&](const MailItem& head) {
    boxes.push_back(head.box);
    return head.box == domain::Box::sent;
  });
  EXPECT_THAT(wanted, ElementsAre(1U));
  EXPECT_THAT(boxes, ElementsAre(domain::Box::sent, domain::Box::inbox));
  EXPECT_THAT(batch.mails, SizeIs(2)) << "nobody asked for the fourth";
  EXPECT_TRUE(batch.is_elsewhere(batch.mails.at(2)));
}

}  // namespace
}  // namespace ioud::connectors::imap
