#include "connectors/local/vdir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "fakes/kept_position.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

using core::Fault;
using fakes::TemporaryFolder;
using Position = fakes::KeptPosition;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string event(const std::string& uid, const std::string& more = "") {
  return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\n" + more +
         "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

class VdirTest : public testing::Test {
 protected:
  VdirTest() { fs::create_directories(files_.path() / "c"); }

  Vdir vdir(bool is_ours = true, PageLimits limits = {}) const {
    Vdir::Settings settings;
    settings.folder = files_.path() / "c";
    settings.is_writable = is_ours;
    settings.may_be_missing = is_ours;
    settings.limits = limits;
    return Vdir(settings, nullptr);
  }
  static Position after(const Changes<Item>& changes, Position position = {}) {
    position.take(changes);
    return position;
  }
  static std::vector<std::string> hrefs(const Changes<Item>& changes) {
    std::vector<std::string> all;
    for (const Item& item : changes.seen) all.push_back(item.href);
    return all;
  }

  TemporaryFolder files_;
};

TEST_F(VdirTest, SkipsWhatIsNoItem) {
  files_.write("c/a.ics", event("a"));
  files_.write("c/B.ICS", event("b"));
  files_.write("c/.hidden.ics", event("h"));
  files_.write("c/.a.ics.tmp", event("t"));
  files_.write("c/a.ics~", event("w"));
  files_.write("c/color", "#ff0000");
  files_.write("c/folder.ics/x", "x");
  ASSERT_EQ(::mkfifo((files_.path() / "c/pipe.ics").c_str(), 0600), 0);
  fs::create_symlink("nowhere", files_.path() / "c/dangling.ics");
  const auto changes = vdir().pull({});
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(hrefs(*changes), ElementsAre("B.ICS", "a.ics"));
  EXPECT_THAT(changes->bad, IsEmpty());
}

TEST_F(VdirTest, ReportsWhatIsCutOffAndReadsItWhenItIsWhole) {
  const std::string whole = event("a");
  for (const std::string& part : {std::string(), std::string("\r\n"), whole.substr(0, 30),
                                  whole.substr(0, whole.size() - 10)}) {
    files_.write("c/a.ics", part);
    const auto changes = vdir().pull({});
    ASSERT_TRUE(changes.has_value());
    EXPECT_THAT(changes->seen, IsEmpty());
    ASSERT_EQ(changes->bad.size(), 1U) << part.size();
    EXPECT_EQ(changes->bad.front().error.fault, Fault::rejected);
    EXPECT_THAT(changes->bad.front().error.text, HasSubstr("still being written"));
  }
  files_.write("c/a.ics", whole);
  EXPECT_THAT(hrefs(*vdir().pull({})), ElementsAre("a.ics"));
}

TEST_F(VdirTest, LeavesTheJudgementOfOtherNonsenseToTheReader) {
  files_.write("c/a.ics", "this is no calendar");
  EXPECT_THAT(hrefs(*vdir().pull({})), ElementsAre("a.ics"));
}

TEST_F(VdirTest, ReportsWhatIsTooLarge) {
  PageLimits limits;
  limits.item_bytes = 100;
  files_.write("c/a.ics", event("a", std::string(200, 'x') + "\r\n"));
  files_.write("c/b.ics", event("b"));
  const auto changes = vdir(true, limits).pull({});
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(hrefs(*changes), ElementsAre("b.ics"));
  ASSERT_EQ(changes->bad.size(), 1U);
  EXPECT_THAT(changes->bad.front().error.text, HasSubstr("larger than"));
}

TEST_F(VdirTest, GivesALargeFolderInPages) {
  for (int i = 0; i < 25; ++i) {
    files_.write("c/e" + std::to_string(10 + i) + ".ics", event(std::to_string(i)));
  }
  files_.write("c/e05.ics", "BEGIN:VCALENDAR");
  PageLimits limits;
  limits.items = 10;
  Vdir folder = vdir(true, limits);
  Position position;
  position.known["was-here.ics"] = "1-2-3";
  std::vector<std::string> all;
  for (const bool is_last : {false, false, true}) {
    const auto changes = folder.pull(position);
    ASSERT_TRUE(changes.has_value());
    EXPECT_EQ(changes->more, !is_last);
    EXPECT_EQ(changes->gone.size(), is_last ? 1U : 0U);
    for (const std::string& href : hrefs(*changes)) all.push_back(href);
    position = after(*changes, position);
  }
  EXPECT_EQ(all.size(), 25U);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 25U);
}

TEST_F(VdirTest, PagesEndEvenWhereNothingIsRemembered) {
  for (int i = 0; i < 7; ++i) files_.write("c/" + std::to_string(i) + ".ics", event("x"));
  PageLimits limits;
  limits.bytes = 1;
  Vdir folder = vdir(true, limits);
  Position position;
  int pages = 1;
  for (auto changes = folder.pull(position); changes->more; changes = folder.pull(position)) {
    position.cursor = changes->cursor;
    ++pages;
  }
  EXPECT_EQ(pages, 7);
}

TEST_F(VdirTest, AStopBetweenPagesSkipsNoChange) {
  for (const char* name : {"a", "b", "c"}) {
    files_.write("c/" + std::string(name) + ".ics", event(name));
  }
  PageLimits limits;
  limits.items = 2;
  Position position = after(*vdir(true, limits).pull({}));
  files_.write("c/a.ics", event("a", "SUMMARY:changed meanwhile\r\n"));
  const auto second = vdir(true, limits).pull(position);
  EXPECT_THAT(hrefs(*second), ElementsAre("c.ics"));
  const auto third = vdir(true, limits).pull(after(*second, position));
  EXPECT_THAT(hrefs(*third), ElementsAre("a.ics"));
}

TEST_F(VdirTest, AMissingFolderIsNeverAnEmptyOne) {
  files_.write("c/a.ics", event("a"));
  const Position position = after(*vdir(false).pull({}));
  fs::remove_all(files_.path() / "c");
  for (const bool is_ours : {true, false}) {
    const auto changes = vdir(is_ours).pull(position);
    ASSERT_FALSE(changes.has_value());
    EXPECT_EQ(changes.error().fault, Fault::transient);
    EXPECT_THAT(changes.error().text, HasSubstr("is its disk not mounted?"));
    EXPECT_THAT(changes.error().place, HasSubstr("/c"));
  }
  EXPECT_FALSE(vdir(false).pull({}).has_value());
  EXPECT_TRUE(vdir(true).pull({}).has_value());
}

TEST_F(VdirTest, AnotherFolderInItsPlaceRemovesNothing) {
  files_.write("c/a.ics", event("a"));
  files_.write("c/b.ics", event("b"));
  Position position = after(*vdir().pull({}));
  fs::rename(files_.path() / "c", files_.path() / "old");
  files_.write("c/x1.ics", event("a"));
  files_.write("c/x2.ics", event("c"));
  PageLimits limits;
  limits.items = 1;
  const auto first = vdir(true, limits).pull(position);
  ASSERT_TRUE(first.has_value());
  EXPECT_TRUE(first->other_store);
  EXPECT_TRUE(first->restarted);
  EXPECT_THAT(first->gone, IsEmpty());
  position = after(*first, position);
  const auto second = vdir(true, limits).pull(position);
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(second->more);
  EXPECT_FALSE(second->other_store);
  EXPECT_THAT(second->gone, IsEmpty());
}

TEST_F(VdirTest, AFolderThatMovedOrWasRestoredIsTheSameStore) {
  files_.write("c/a.ics", event("a"));
  files_.write("c/b.ics", event("b"));
  const Position position = after(*vdir().pull({}));
  fs::rename(files_.path() / "c", files_.path() / "old");
  files_.write("c/a.ics", event("a"));
  const auto changes = vdir().pull(position);
  ASSERT_TRUE(changes.has_value());
  EXPECT_FALSE(changes->other_store);
  EXPECT_THAT(changes->gone, ElementsAre("b.ics"));
}

TEST_F(VdirTest, AnEmptyFolderOnBothSidesIsNoAlarm) {
  const auto first = vdir().pull({});
  ASSERT_TRUE(first.has_value());
  const auto second = vdir().pull(after(*first));
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(second->restarted);
}

TEST_F(VdirTest, MakesAFolderOfOursWithTheFirstObject) {
  fs::remove(files_.path() / "c");
  Vdir folder = vdir();
  const auto stored = folder.put({"IOUs", "iou-1@ioud", "", "", event("iou-1@ioud")});
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(stored->href, "iou-1@ioud.ics");
  EXPECT_EQ(files_.read("c/iou-1@ioud.ics"), event("iou-1@ioud"));
  EXPECT_THAT(files_.names("c"), ElementsAre("iou-1@ioud.ics"));
}

TEST_F(VdirTest, KeepsThePermissionsOfAFileAndMakesNewOnesPrivate) {
  const auto mode = [&](const std::string& name) {
    return look_at(files_.path() / "c" / name).value().mode;
  };
  Vdir folder = vdir();
  const auto stored = folder.put({"", "a", "", "", event("a")});
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(mode(stored->href), 0600U);
  fs::permissions(files_.path() / "c" / stored->href, fs::perms(0644));
  ASSERT_TRUE(folder.put({"", "a", stored->href, stored->etag, event("a", "X-A:1\r\n")}));
  EXPECT_EQ(mode(stored->href), 0644U);
  fs::permissions(files_.path() / "c", fs::perms(02770));
  const auto shared = folder.put({"", "b", "", "", event("b")});
  EXPECT_EQ(mode(shared->href), 0660U);
}

TEST_F(VdirTest, FindsAUidByWhateverNameAndFolding) {
  files_.write("c/x.ics",
               "BEGIN:VCALENDAR\nBEGIN:VEVENT\nuid;X-A=b:iou-\n\t1@io\n ud\nEND:VEVENT\n"
               "END:VCALENDAR\n");
  Vdir folder = vdir();
  const auto stored = folder.put({"", "iou-1@ioud", "", "", event("iou-1@ioud")});
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().fault, Fault::conflict);
  fs::remove(files_.path() / "c/x.ics");
  EXPECT_TRUE(folder.put({"", "iou-1@ioud", "", "", event("iou-1@ioud")}).has_value());
}

TEST_F(VdirTest, AFileOfOurNameWithAnotherUidIsLeftAlone) {
  files_.write("c/iou-1@ioud.ics", event("somebody-else"));
  Vdir folder = vdir();
  const auto stored = folder.put({"", "iou-1@ioud", "", "", event("iou-1@ioud")});
  ASSERT_TRUE(stored.has_value());
  EXPECT_NE(stored->href, "iou-1@ioud.ics");
  EXPECT_EQ(files_.read("c/iou-1@ioud.ics"), event("somebody-else"));
  const auto again = vdir().put({"", "iou-1@ioud", "", "", event("iou-1@ioud")});
  EXPECT_FALSE(again.has_value());
}

TEST_F(VdirTest, WritesNothingWhereItMayNot) {
  files_.write("c/a.ics", event("a"));
  Vdir folder = vdir(false);
  const std::string etag = folder.pull({})->seen.front().etag;
  EXPECT_EQ(folder.put({"", "b", "", "", event("b")}).error().fault, Fault::config);
  EXPECT_EQ(folder.put({"", "a", "a.ics", etag, event("a")}).error().fault, Fault::config);
  EXPECT_EQ(folder.remove("a.ics", etag).error().fault, Fault::config);
  EXPECT_THAT(files_.names("c"), ElementsAre("a.ics"));
}

TEST_F(VdirTest, NoNameLeadsOutOfTheFolder) {
  files_.write("other.ics", event("a"));
  Vdir folder = vdir();
  EXPECT_EQ(folder.put({"", "a", "../other.ics", "1-2-3", "x"}).error().fault, Fault::rejected);
  EXPECT_EQ(folder.put({"", "a", "../new.ics", "", "x"}).error().fault, Fault::rejected);
  EXPECT_EQ(folder.put({"", "a", "", "1-2-3", "x"}).error().fault, Fault::rejected);
  EXPECT_EQ(folder.remove("../other.ics", "1-2-3").error().fault, Fault::rejected);
  EXPECT_EQ(files_.read("other.ics"), event("a"));
}

TEST_F(VdirTest, RemovingFromAMissingFolderIsAFault) {
  fs::remove(files_.path() / "c");
  EXPECT_EQ(vdir().remove("a.ics", "1-2-3").error().fault, Fault::transient);
}

TEST_F(VdirTest, AFolderThatCannotBeMadeLosesNothing) {
  fs::remove(files_.path() / "c");
  files_.write("c", "a file");
  const auto stored = vdir().put({"", "a", "", "", event("a")});
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().fault, Fault::transient);
  EXPECT_EQ(files_.read("c"), "a file");
}

TEST(VdirNames, AreUidsWhereThatIsSafe) {
  EXPECT_EQ(file_name_for("iou-1@ioud", ".ics"), "iou-1@ioud.ics");
  for (const std::string& uid : {std::string(), std::string("a/b"), std::string(".a"),
                                 std::string("a b"), std::string("ä"), std::string(200, 'a')}) {
    const std::string name = file_name_for(uid, ".ics");
    EXPECT_EQ(name.size(), 30U) << uid;
    EXPECT_NE(name, file_name_for(uid + "x", ".ics"));
  }
}

TEST(VdirUids, AreReadFromAnyFoldingAndCase) {
  EXPECT_THAT(uids_in("UID:a\r\nuid;X=1:b\nUID:a\nXUID:c\nUIDX:d\nUID\n UID:e\nUID:f"),
              ElementsAre("a", "b", "f"));
  EXPECT_THAT(uids_in(""), IsEmpty());
}

}  // namespace
}  // namespace ioud::connectors::local
