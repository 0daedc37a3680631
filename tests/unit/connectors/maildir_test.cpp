#include "connectors/local/maildir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/local/outbox.hpp"
#include "fakes/approved.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

using core::Fault;
using domain::Box;
using fakes::TemporaryFolder;
using Position = fakes::KeptPosition;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class MaildirTest : public testing::Test {
 protected:
  MaildirTest() { fs::create_directories(files_.path() / "mail/cur"); }

  Maildir maildir(PageLimits limits = {}) const {
    Maildir::Settings settings;
    settings.folder = files_.path() / "mail";
    settings.skip = {"Lists"};
    settings.limits = limits;
    return Maildir(settings, nullptr);
  }
  static Position after(const Changes<MailItem>& changes, Position position = {}) {
    position.take(changes);
    return position;
  }
  static std::vector<std::string> hrefs(const Changes<MailItem>& changes) {
    std::vector<std::string> all;
    for (const MailItem& item : changes.seen) all.push_back(item.href);
    return all;
  }

  TemporaryFolder files_;
};

TEST_F(MaildirTest, ReadsAllFoldersButThoseNobodyAskedFor) {
  for (const char* folder : {"", ".Sent/", ".Archive.2025/", ".Entw&APw-rfe/",
                             ".[Gmail].Sent Mail/", ".Drafts/", ".spam/", ".Junk E-mail/",
                             ".Trash.Old/", ".Deleted Items/", ".[Gmail].Trash/", ".Lists/"}) {
    files_.write("mail/" + std::string(folder) + "cur/1700000001.1.h:2,S", folder);
  }
  files_.write("mail/.NoMailbox/x", "x");
  files_.write("mail/Folder/cur/x", "x");
  std::map<std::string, Box> boxes;
  const auto changes = maildir().pull({}, {}, {});
  ASSERT_TRUE(changes.has_value());
  for (const MailItem& item : changes->seen) {
    boxes[item.href.substr(0, item.href.find('/'))] = item.box;
  }
  const std::map<std::string, Box> expected = {
      {"INBOX", Box::inbox},         {".Sent", Box::sent},     {".Archive.2025", Box::other},
      {".Entw&APw-rfe", Box::other}, {".Drafts", Box::drafts}, {".[Gmail].Sent Mail", Box::sent},
  };
  EXPECT_EQ(boxes, expected);
}

TEST_F(MaildirTest, AMailStaysTheSameThroughFlagsAndTheMoveToCur) {
  files_.write("mail/new/1700000001.1.h", "From: a");
  const auto first = maildir().pull({}, {}, {});
  EXPECT_THAT(hrefs(*first), ElementsAre("INBOX/1700000001.1.h"));
  EXPECT_EQ(first->seen.front().bytes, "From: a");
  fs::rename(files_.path() / "mail/new/1700000001.1.h",
             files_.path() / "mail/cur/1700000001.1.h:2,");
  const auto second = maildir().pull(after(*first), {}, {});
  EXPECT_THAT(second->seen, IsEmpty());
  EXPECT_THAT(second->gone, IsEmpty());
  fs::rename(files_.path() / "mail/cur/1700000001.1.h:2,",
             files_.path() / "mail/cur/1700000001.1.h:2,RS");
  const auto third = maildir().pull(after(*first), {}, {});
  EXPECT_THAT(third->seen, IsEmpty());
  EXPECT_THAT(third->gone, IsEmpty());
}

TEST_F(MaildirTest, AMailInAnotherFolderIsAnotherItem) {
  files_.write("mail/cur/1.1.h:2,S", "From: a");
  fs::create_directories(files_.path() / "mail/.Archive/cur");
  const auto first = maildir().pull({}, {}, {});
  fs::rename(files_.path() / "mail/cur/1.1.h:2,S", files_.path() / "mail/.Archive/cur/1.1.h:2,S");
  const auto second = maildir().pull(after(*first), {}, {});
  EXPECT_THAT(hrefs(*second), ElementsAre(".Archive/1.1.h"));
  EXPECT_THAT(second->gone, ElementsAre("INBOX/1.1.h"));
}

TEST_F(MaildirTest, AMailInBothPlacesIsOne) {
  files_.write("mail/new/1.1.h", "From: a");
  files_.write("mail/cur/1.1.h:2,S", "From: a");
  files_.write("mail/cur/.hidden", "x");
  files_.write("mail/cur/:2,S", "x");
  EXPECT_THAT(hrefs(*maildir().pull({}, {}, {})), ElementsAre("INBOX/1.1.h"));
}

TEST_F(MaildirTest, OldIsWhatNameAndFileBothCallOld) {
  const auto age = [&](const std::string& name) {
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(24 * 3650);
    fs::last_write_time(files_.path() / "mail/cur" / name, long_ago);
  };
  for (const char* name :
       {"1000000000.1.h:2,S", "1000000001.1.h:2,S", "odd:2,S", "4000000000.1.h:2,S"}) {
    files_.write("mail/cur/" + std::string(name), "From: a");
  }
  age("1000000001.1.h:2,S");
  age("odd:2,S");
  age("4000000000.1.h:2,S");
  const core::Instant since{std::chrono::seconds(1'600'000'000)};
  const auto changes = maildir().pull({}, since, {});
  EXPECT_THAT(hrefs(*changes),
              UnorderedElementsAre("INBOX/1000000000.1.h", "INBOX/4000000000.1.h"));
  Position position = after(*changes);
  position.known["INBOX/1000000001.1.h"] = "known before it grew old";
  EXPECT_THAT(maildir().pull(position, since, {})->gone, IsEmpty());
}

TEST_F(MaildirTest, GivesManyMailsInPages) {
  for (int i = 100; i < 125; ++i) {
    files_.write("mail/cur/" + std::to_string(i) + ".1.h:2,S", "From: a");
  }
  PageLimits limits{10, 1 << 20, 1 << 20};
  Maildir mail = maildir(limits);
  Position position;
  std::size_t count = 0;
  for (const bool is_last : {false, false, true}) {
    const auto changes = mail.pull(position, {}, {});
    ASSERT_TRUE(changes.has_value());
    EXPECT_EQ(changes->more, !is_last);
    count += changes->seen.size();
    position = after(*changes, position);
    // What lies ahead may move between the pages.
    const fs::path last = files_.path() / "mail/cur/124.1.h:2,S";
    if (fs::exists(last)) fs::rename(last, files_.path() / "mail/cur/124.1.h:2,RS");
  }
  EXPECT_EQ(count, 25U);
  EXPECT_THAT(mail.pull(position, {}, {})->seen, IsEmpty());
}

TEST_F(MaildirTest, ReportsWhatIsTooLarge) {
  files_.write("mail/cur/1.1.h:2,S", std::string(500, 'x'));
  files_.write("mail/cur/2.1.h:2,S", "From: a");
  const auto changes = maildir({10, 1 << 20, 100}).pull({}, {}, {});
  EXPECT_THAT(hrefs(*changes), ElementsAre("INBOX/2.1.h"));
  ASSERT_EQ(changes->bad.size(), 1U);
  EXPECT_EQ(changes->bad.front().href, "INBOX/1.1.h");
}

TEST_F(MaildirTest, OfWhatNobodyWantsNotEvenTheSizeMatters) {
  files_.write("mail/cur/1.1.h:2,S", "From: a\n\n" + std::string(100'000, 'x'));
  files_.write("mail/cur/2.1.h:2,S", "From: b\n\n" + std::string(50'000, 'y'));
  files_.write("mail/cur/3.1.h:2,S", "From: c");
  const auto is_b = [](const MailItem& head) { return head.bytes.starts_with("From: b"); };
  const auto changes = maildir({10, 1 << 20, 60'000}).pull({}, {}, is_b);
  ASSERT_TRUE(changes.has_value());
  EXPECT_TRUE(changes->bad.empty());
  ASSERT_EQ(changes->seen.size(), 3U);
  EXPECT_EQ(changes->seen[0].bytes, "From: a\n\n");
  EXPECT_TRUE(changes->seen[1].has_body);
  EXPECT_EQ(changes->seen[1].bytes.size(), 50'009U);
  EXPECT_FALSE(changes->seen[2].has_body);
  EXPECT_THAT(maildir().pull(after(*changes), {}, is_b)->seen, IsEmpty());
}

TEST_F(MaildirTest, TellsAMissingMailboxFromAFolderThatIsNone) {
  files_.write("plain/Inbox/x", "x");
  Maildir::Settings settings;
  settings.folder = files_.path() / "plain";
  const auto none = Maildir(settings, nullptr).pull({}, {}, {});
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().fault, Fault::config);
  settings.folder = files_.path() / "away";
  const auto missing = Maildir(settings, nullptr).pull({}, {}, {});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().fault, Fault::transient);
  EXPECT_EQ(Maildir(settings, nullptr).append_draft("a", "b").error().fault, Fault::transient);
  EXPECT_FALSE(fs::exists(settings.folder));
  fs::create_directories(settings.folder);
  EXPECT_TRUE(Maildir(settings, nullptr).pull({}, {}, {}).has_value());
}

TEST_F(MaildirTest, ADraftIsFlaggedAndAChangeOfFlagsKeepsItOne) {
  Maildir mail = maildir();
  const auto stored = mail.append_draft("d-1@ioud", "Subject: Hello");
  ASSERT_TRUE(stored.has_value());
  const auto names = files_.names("mail/.Drafts/cur");
  ASSERT_EQ(names.size(), 1U);
  EXPECT_TRUE(names.front().ends_with(":2,D")) << names.front();
  EXPECT_THAT(files_.names("mail/.Drafts"), ElementsAre("cur", "new", "tmp"));
  const fs::path folder = files_.path() / "mail/.Drafts/cur";
  fs::rename(folder / names.front(), folder / (names.front() + "S"));
  EXPECT_EQ(mail.append_draft("d-1@ioud", "Subject: Hello")->etag, stored->etag);
  EXPECT_EQ(files_.names("mail/.Drafts/cur").size(), 1U);
  EXPECT_TRUE(mail.remove_draft(stored->href, stored->etag).has_value());
  EXPECT_THAT(files_.names("mail/.Drafts/cur"), IsEmpty());
}

TEST_F(MaildirTest, ADraftThatTheRepEditedStays) {
  Maildir mail = maildir();
  const auto stored = mail.append_draft("d-1@ioud", "Subject: Hello");
  files_.write("mail/.Drafts/cur/" + files_.names("mail/.Drafts/cur").front(), "Subject: Mine now");
  const auto removed = mail.remove_draft(stored->href, stored->etag);
  ASSERT_FALSE(removed.has_value());
  EXPECT_EQ(removed.error().fault, Fault::conflict);
  EXPECT_EQ(mail.remove_draft("INBOX/x", "y").error().fault, Fault::rejected);
  EXPECT_EQ(mail.remove_draft("x", "y").error().fault, Fault::rejected);
}

class OutboxTest : public MaildirTest {
 protected:
  static ApprovedMessage message(const std::string& id) {
    return ApprovedMessageMaker::make(id, "Subject: " + id);
  }
};

TEST_F(OutboxTest, LeavesOneFileAndOneCopy) {
  Maildir mail = maildir();
  Outbox outbox(files_.path() / "deep/outbox", &mail, nullptr);
  EXPECT_FALSE(outbox.has_sent("a@ioud").value());
  EXPECT_TRUE(outbox.send(message("a@ioud")).has_value());
  EXPECT_TRUE(outbox.send(message("a@ioud")).has_value());
  EXPECT_EQ(files_.names("deep/outbox").size(), 1U);
  ASSERT_EQ(files_.names("mail/.Sent/cur").size(), 1U);
  EXPECT_TRUE(files_.names("mail/.Sent/cur").front().ends_with(":2,S"));
}

TEST_F(OutboxTest, TheCopyIsProofWhereTheFileWasTaken) {
  Maildir mail = maildir();
  Outbox outbox(files_.path() / "outbox", &mail, nullptr);
  ASSERT_TRUE(outbox.send(message("a@ioud")).has_value());
  fs::remove_all(files_.path() / "outbox");
  EXPECT_TRUE(outbox.has_sent("a@ioud").value());
  EXPECT_TRUE(outbox.send(message("a@ioud")).has_value());
  EXPECT_FALSE(fs::exists(files_.path() / "outbox"));
}

TEST_F(OutboxTest, AMissingCopyIsMadeUpFor) {
  Maildir mail = maildir();
  Outbox outbox(files_.path() / "outbox", &mail, nullptr);
  ASSERT_TRUE(outbox.send(message("a@ioud")).has_value());
  fs::remove_all(files_.path() / "mail/.Sent");
  EXPECT_TRUE(outbox.send(message("a@ioud")).has_value());
  EXPECT_EQ(files_.names("mail/.Sent/cur").size(), 1U);
  EXPECT_EQ(files_.names("outbox").size(), 1U);
}

TEST_F(OutboxTest, WorksWithoutAMailbox) {
  Outbox outbox(files_.path() / "outbox", nullptr, nullptr);
  EXPECT_FALSE(outbox.has_sent("a@ioud").value());
  EXPECT_TRUE(outbox.send(message("a@ioud")).has_value());
  EXPECT_TRUE(outbox.has_sent("a@ioud").value());
}

TEST_F(OutboxTest, WhatCannotBeWrittenWasNotSent) {
  files_.write("outbox", "a file");
  Maildir mail = maildir();
  Outbox outbox(files_.path() / "outbox", &mail, nullptr);
  const auto sent = outbox.send(message("a@ioud"));
  ASSERT_FALSE(sent.has_value());
  EXPECT_EQ(sent.error().fault, Fault::transient);
  EXPECT_THAT(files_.names("mail"), ElementsAre("cur"));
}

}  // namespace
}  // namespace ioud::connectors::local
