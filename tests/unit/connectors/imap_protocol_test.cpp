#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/imap/command.hpp"
#include "connectors/imap/cursor.hpp"
#include "connectors/imap/folders.hpp"
#include "connectors/imap/response.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;
using domain::Box;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Frame> frames(Framer& framer, std::string_view bytes) {
  framer.feed(bytes);
  std::vector<Frame> all;
  for (;;) {
    auto frame = framer.next();
    EXPECT_TRUE(frame.has_value());
    if (!frame || !*frame) return all;
    all.push_back(std::move(**frame));
  }
}

Response read(std::string line, std::vector<std::string> literals = {}) {
  auto response = read_response({std::move(line), std::move(literals)});
  EXPECT_TRUE(response.has_value());
  return response ? *response : Response{};
}

TEST(ImapFramer, CutsTheSameFramesWhereverTheBytesAreCut) {
  const std::string bytes =
      "* 1 FETCH (BODY[] {12}\r\nFrom: a\r\n{3} UID 5)\r\n* OK {not} one\r\n"
      "* 2 FETCH (X {0}\r\n Y {2}\r\n\r\n)\r\nA1 OK done\n";
  for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
    Framer framer;
    std::vector<Frame> all;
    for (std::size_t at = 0; at < bytes.size(); at += chunk)
      for (Frame& frame : frames(framer, std::string_view(bytes).substr(at, chunk)))
        all.push_back(std::move(frame));
    ASSERT_EQ(all.size(), 4U) << chunk;
    EXPECT_EQ(all[0].line, "* 1 FETCH (BODY[] {12} UID 5)");
    EXPECT_THAT(all[0].literals, ElementsAre("From: a\r\n{3}"));
    EXPECT_EQ(all[1].line, "* OK {not} one");
    EXPECT_THAT(all[2].literals, ElementsAre("", "\r\n"));
    EXPECT_EQ(all[3].line, "A1 OK done");
    EXPECT_TRUE(framer.is_empty());
  }
}

TEST(ImapFramer, RefusesALiteralBeyondWhatWasAskedFor) {
  for (const char* size : {"5000000", "4294967296", "99999999999999999999999999"}) {
    Framer framer;
    framer.feed("* 1 FETCH (BODY[] {" + std::string(size) + "}\r\n");
    const auto frame = framer.next();
    ASSERT_FALSE(frame.has_value()) << size;
    EXPECT_EQ(frame.error().fault, Fault::protocol);
  }
}

TEST(ImapFramer, RefusesTooManyLiteralsAndALineWithoutEnd) {
  FrameLimits limits;
  limits.count = 3;
  limits.line = 100;
  Framer many(limits);
  many.feed("* {1}\r\na {1}\r\na {1}\r\na {1}\r\na\r\n");
  EXPECT_FALSE(many.next().has_value());
  Framer endless(limits);
  endless.feed(std::string(60, 'x'));
  EXPECT_TRUE(endless.next().has_value());
  endless.feed(std::string(60, 'x'));
  EXPECT_FALSE(endless.next().has_value());
  Framer long_line(limits);
  long_line.feed(std::string(200, 'x') + "\r\n");
  EXPECT_FALSE(long_line.next().has_value());
}

TEST(ImapFramer, IsNotEmptyWithinALiteral) {
  Framer framer;
  EXPECT_TRUE(framer.is_empty());
  EXPECT_THAT(frames(framer, "* X {5}\r\nab"), IsEmpty());
  EXPECT_FALSE(framer.is_empty());
}

TEST(ImapResponse, ReadsStatusCodesAndText) {
  const Response opened = read("* OK [UIDVALIDITY 3857529045] UIDs valid");
  EXPECT_EQ(opened.status, Status::ok);
  EXPECT_EQ(opened.code, "UIDVALIDITY");
  EXPECT_EQ(opened.code_values.at(0).number(), 3857529045U);
  EXPECT_EQ(opened.text, "UIDs valid");
  const Response appended = read("A3 OK [APPENDUID 38505 3955] done");
  EXPECT_EQ(appended.kind, Response::Kind::tagged);
  EXPECT_EQ(appended.tag, "A3");
  EXPECT_EQ(appended.code_values.at(1).number(), 3955U);
  EXPECT_EQ(read("A4 no [AuthenticationFailed] sorry").code, "AUTHENTICATIONFAILED");
  EXPECT_EQ(read("* BYE").status, Status::bye);
  EXPECT_EQ(read("* OK [broken (( text").status, Status::ok);
  EXPECT_EQ(read("+ eyJzdGF0dXMiOiI0MDEifQ==").text, "eyJzdGF0dXMiOiI0MDEifQ==");
  EXPECT_EQ(read("+").kind, Response::Kind::continuation);
}

TEST(ImapResponse, ReadsListsTextsAndLiterals) {
  const Response fetched = read(
      "* 12 FETCH (UID 5 BODY[HEADER.FIELDS (MESSAGE-ID)] {21} FLAGS (\\Seen) X \"a\\\"b\" Y NIL)",
      {"Message-ID: <a@b>\r\n\r\n"});
  EXPECT_EQ(fetched.number, 12U);
  EXPECT_EQ(fetched.name, "FETCH");
  const auto& pairs = fetched.values.at(0).items;
  EXPECT_EQ(find_pair(pairs, "uid")->number(), 5U);
  EXPECT_EQ(find_pair(pairs, "BODY[HEADER.FIELDS (MESSAGE-ID)]")->text,
            "Message-ID: <a@b>\r\n\r\n");
  EXPECT_EQ(find_pair(pairs, "X")->text, "a\"b");
  EXPECT_EQ(find_pair(pairs, "Y")->kind, Value::Kind::nil);
  EXPECT_EQ(find_pair(pairs, "FLAGS")->items.size(), 1U);
  EXPECT_EQ(find_pair(pairs, "missing"), nullptr);
}

TEST(ImapResponse, RefusesWhatCannotBeRead) {
  for (const char* line : {"", "*", "* ", "* 5", "A1", "A1 MAYBE", "* LIST (", "* LIST )",
                           "* LIST \"open", "* FETCH {5}"}) {
    const auto response = read_response({line, {}});
    ASSERT_FALSE(response.has_value()) << line;
    EXPECT_EQ(response.error().fault, Fault::protocol);
  }
  EXPECT_FALSE(read_response({"* X " + std::string(100'000, '('), {}}).has_value());
}

TEST(ImapUids, AreRangesHoweverManyTheyAre) {
  UidSet set;
  for (const Uid uid : {5U, 1U, 2U, 3U, 9U, 4U, 7U, 5U}) set.add(uid);
  EXPECT_EQ(set.text(), "1:5,7,9");
  EXPECT_EQ(set.count(), 7U);
  EXPECT_TRUE(set.contains(4));
  EXPECT_FALSE(set.contains(6));
  EXPECT_THAT(set.list(3, 4), ElementsAre(3U, 4U, 5U, 7U));
  set.add({8, 6});
  EXPECT_EQ(set.text(), "1:9");
  const auto all = UidSet::parse("1:4294967295");
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(all->count(), 4294967295U);
  EXPECT_TRUE(all->contains(4294967295U));
  EXPECT_THAT(all->list(4294967294U, 10), ElementsAre(4294967294U, 4294967295U));
  for (const char* wrong : {"", "0", "*", "1:*", "a", "1,,2", "4294967296", "-1"})
    EXPECT_FALSE(UidSet::parse(wrong).has_value()) << wrong;
}

TEST(ImapCommand, LetsNoTextBecomeACommand) {
  EXPECT_EQ(quoted("In\"b\\ox\r\nA9 DELETE INBOX"), "\"In\\\"b\\\\ox??A9 DELETE INBOX\"");
  EXPECT_EQ(search_message_id("a@b\" ALL", false).pieces.at(0),
            "UID SEARCH UNDELETED HEADER Message-ID \"a@b\\\" ALL\"");
  Command append("APPEND \"Drafts\" ");
  append.literal("mail", false);
  EXPECT_THAT(append.pieces, ElementsAre("APPEND \"Drafts\" {4}", "mail"));
  Command at_once("APPEND \"Drafts\" ");
  at_once.literal("mail", true);
  EXPECT_THAT(at_once.pieces, ElementsAre("APPEND \"Drafts\" {4+}\r\nmail"));
}

TEST(ImapCommand, AsksForADayMoreThanTheLookBack) {
  const core::Instant since = *core::parse_rfc3339("2026-03-01T00:30:00Z");
  EXPECT_EQ(search_since(since, 12, true).pieces.at(0),
            "UID SEARCH RETURN (ALL) UID 12:* SINCE 28-Feb-2026");
  EXPECT_EQ(search_since(core::Instant(), 1, false).pieces.at(0), "UID SEARCH UID 1:*");
  EXPECT_EQ(select_since("INBOX", 3, 99).pieces.at(0), "EXAMINE \"INBOX\" (QRESYNC (3 99))");
}

TEST(ImapCommand, ReadsFolderNamesOfAnyScript) {
  EXPECT_EQ(decoded_folder_name("Entw&APw-rfe"), "Entwürfe");
  EXPECT_EQ(decoded_folder_name("A &- B"), "A & B");
  EXPECT_EQ(decoded_folder_name("&ZeVnLIqe-/&U,BTFw-"), "日本語/台北");
  EXPECT_EQ(decoded_folder_name("&2D3eAA-"), "😀");
  EXPECT_EQ(decoded_folder_name("&2D0-x"), "\xEF\xBF\xBDx");
  EXPECT_EQ(decoded_folder_name("never ends &ZeV"), "never ends &ZeV");
}

TEST(ImapCursor, ComesBackAsItWas) {
  Cursor cursor;
  cursor.account = "tom@imap.rep.test:993";
  cursor.folders["INBOX"] = {7, 12, 99, FolderStatus{7, 12, 4}};
  cursor.folders["Entw&APw-rfe"] = {8, 1, 0, std::nullopt};
  const Cursor back = Cursor::parse(cursor.text());
  EXPECT_EQ(back.account, cursor.account);
  ASSERT_EQ(back.folders.size(), 2U);
  EXPECT_EQ(back.folders.at("INBOX").settled, (FolderStatus{7, 12, 4}));
  EXPECT_EQ(back.folders.at("INBOX").modseq, 99U);
  EXPECT_FALSE(back.folders.at("Entw&APw-rfe").settled.has_value());
  for (const char* text : {"", "{", "[]", "{\"v\":2}", "{\"v\":1,\"account\":3,\"folders\":{}}",
                           "{\"v\":1,\"account\":\"a\",\"folders\":{\"x\":[1]}}"})
    EXPECT_EQ(Cursor::parse(text).account, "") << text;
}

TEST(ImapCursor, NamesMails) {
  const MailName name{7, 12, "A/B.C"};
  EXPECT_EQ(name.href(), "7.12/A/B.C");
  const auto back = MailName::parse("7.12/A/B.C");
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->uid, 12U);
  EXPECT_EQ(back->folder, "A/B.C");
  for (const char* wrong : {"", "7", "7.", "7.x/", "7.12", "x/7.12"})
    EXPECT_FALSE(MailName::parse(wrong).has_value()) << wrong;
}

std::map<std::string, Folder> folders(const std::vector<std::string>& lines,
                                      const FolderWishes& wishes = {}, const Quirks& quirks = {}) {
  FolderList list(wishes, quirks);
  for (const std::string& line : lines) EXPECT_TRUE(list.take(read(line)).has_value());
  std::map<std::string, Folder> all;
  for (Folder& folder : list.folders()) all[folder.name] = folder;
  return all;
}

TEST(ImapFolders, GoBySpecialUseBeforeNames) {
  const auto all =
      folders({"* LIST (\\HasNoChildren) \"/\" INBOX", "* LIST (\\Sent) \"/\" \"Gesendet\"",
               "* LIST (\\Drafts) \"/\" \"Entw&APw-rfe\"", "* LIST () \"/\" \"Sent\"",
               "* LIST (\\Junk) \"/\" \"Werbung\"", "* LIST (\\Noselect) \"/\" \"Clients\"",
               "* LIST () \"/\" \"Clients/Acme\"", "* LIST () \"/\" \"Trash/2025\"",
               "* STATUS \"INBOX\" (UIDVALIDITY 7 UIDNEXT 9 MESSAGES 3)"});
  EXPECT_EQ(all.at("INBOX").box, Box::inbox);
  EXPECT_EQ(all.at("INBOX").status, (FolderStatus{7, 9, 3}));
  EXPECT_EQ(all.at("Gesendet").box, Box::sent);
  EXPECT_EQ(all.at("Entw&APw-rfe").box, Box::drafts);
  EXPECT_EQ(all.at("Sent").box, Box::other);
  EXPECT_FALSE(all.at("Werbung").is_read);
  EXPECT_FALSE(all.at("Clients").is_read);
  EXPECT_TRUE(all.at("Clients/Acme").is_read);
  EXPECT_FALSE(all.at("Trash/2025").is_read);
}

TEST(ImapFolders, GoByNamesAndWishesWhereTheServerTellsNothing) {
  FolderWishes wishes;
  wishes.drafts = "entwürfe";
  wishes.skip = {"Lists"};
  const auto all = folders(
      {"* LIST () \".\" inbox", "* LIST () \".\" INBOX.Sent", "* LIST () \".\" \"Entw&APw-rfe\"",
       "* LIST () \".\" Drafts", "* LIST () \".\" Lists", "* LIST () NIL \"Junk E-mail\""},
      wishes);
  EXPECT_EQ(all.at("inbox").box, Box::inbox);
  EXPECT_EQ(all.at("INBOX.Sent").box, Box::sent);
  EXPECT_EQ(all.at("Entw&APw-rfe").box, Box::drafts);
  EXPECT_EQ(all.at("Drafts").box, Box::other);
  EXPECT_FALSE(all.at("Lists").is_read);
  EXPECT_FALSE(all.at("Junk E-mail").is_read);
}

TEST(ImapFolders, ReadGmailOnceByItsLabels) {
  const Quirks gmail = quirks_of("imap.gmail.com", {"X-GM-EXT-1"});
  EXPECT_TRUE(gmail.keeps_sent_copy);
  const auto all = folders({"* LIST () \"/\" INBOX", "* LIST (\\All) \"/\" \"[Gmail]/All Mail\"",
                            "* LIST (\\Sent) \"/\" \"[Gmail]/Sent Mail\"",
                            "* LIST (\\Drafts) \"/\" \"[Gmail]/Drafts\"", "* LIST () \"/\" Acme"},
                           {}, gmail);
  EXPECT_TRUE(all.at("[Gmail]/All Mail").has_labels);
  EXPECT_TRUE(all.at("[Gmail]/All Mail").is_read);
  EXPECT_TRUE(all.at("[Gmail]/Drafts").is_read);
  EXPECT_FALSE(all.at("INBOX").is_read);
  EXPECT_FALSE(all.at("[Gmail]/Sent Mail").is_read);
  EXPECT_EQ(all.at("[Gmail]/Sent Mail").box, Box::sent);
  EXPECT_FALSE(all.at("Acme").is_read);
}

TEST(ImapFolders, RefuseAListThatCannotBeRead) {
  FolderWishes wishes;
  FolderList list(wishes, {});
  EXPECT_FALSE(list.take(read("* LIST nonsense")).has_value());
  EXPECT_FALSE(list.take(read("* STATUS INBOX")).has_value());
  EXPECT_EQ(list.take(read("* 5 EXISTS")).value(), false);
}

TEST(ImapQuirks, KnowServersByHostAndCapability) {
  EXPECT_TRUE(quirks_of("outlook.office365.com", {}).keeps_sent_copy);
  EXPECT_FALSE(quirks_of("outlook.office365.com", {}).searches_ids);
  EXPECT_EQ(quirks_of("p99-imap.mail.me.com", {}).server, "iCloud");
  EXPECT_FALSE(quirks_of("imap.rep.test", {"IDLE"}).keeps_sent_copy);
  EXPECT_TRUE(quirks_of("imap.rep.test", {"IDLE"}).searches_ids);
}

}  // namespace
}  // namespace ioud::connectors::imap
