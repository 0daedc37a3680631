#include "store/mirror.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "fakes/kept_log.hpp"
#include "store/record.hpp"
#include "unit/store/filled.hpp"
#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using core::Fault;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

const Collection box{"disk", "mail"};
const Collection cards{"disk", "cards"};

class MirrorTest : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return scratch_ / "state/cache/mirror.db"; }

  std::unique_ptr<Mirror> open(const std::string& stamp = "1",
                               std::optional<Seal> seal = std::nullopt) {
    auto mirror = Mirror::open({file(), stamp, std::move(seal)}, log_, steps_);
    EXPECT_TRUE(mirror) << mirror.error().text;
    return mirror ? std::move(*mirror) : nullptr;
  }

  static std::vector<MirrorRow> rows_of(Mirror& mirror, const Collection& collection) {
    std::vector<MirrorRow> rows;
    for (const char* kind : {"", "event", "mail", "own"})
      EXPECT_TRUE(mirror.each(collection, kind, core::Instant::min(),
                              [&](const MirrorRow& row) { rows.push_back(row); }));
    std::sort(rows.begin(), rows.end(),
              [](const MirrorRow& a, const MirrorRow& b) { return a.href < b.href; });
    return rows;
  }

  Scratch scratch_;
  fakes::KeptLog log_;
  CountedSteps steps_;
};

MirrorRow mail(const std::string& href, const std::string& etag = "1") {
  return {href, etag, "mail", to_record(filled<domain::Mail>()), ""};
}

template <class T>
core::Result<void> without_value(const core::Result<T>& result) {
  if (!result) return tl::unexpected(result.error());
  return {};
}

/// Each way to read the collection, some of which use an index only.
std::vector<core::Result<void>> ask_everything(Mirror& mirror) {
  const auto past = core::Instant::min() + std::chrono::seconds{1};
  return {without_value(mirror.known(box)), without_value(mirror.count(box)),
          mirror.each(box, "mail", past, [](const MirrorRow&) {}),
          without_value(mirror.unlisted(box)), without_value(mirror.faults(box))};
}

TEST_F(MirrorTest, KnowsNothingAtFirst) {
  const auto mirror = open();
  EXPECT_EQ(mirror->known(box)->cursor, "");
  EXPECT_THAT(mirror->known(box)->etags, IsEmpty());
  EXPECT_THAT(rows_of(*mirror, box), IsEmpty());
  EXPECT_THAT(mirror->collections().value(), IsEmpty());
  EXPECT_FALSE(mirror->find(box, "a").value());
  EXPECT_THAT(mirror->unlisted(box).value(), IsEmpty());
  EXPECT_THAT(log_.lines, IsEmpty());
}

TEST_F(MirrorTest, KeepsACursorWithTheRowsItCovers) {
  const MirrorRow raw{"own.ics", "\"e1\"", "own", std::string("BEGIN\0\xff\r\n", 9), ""};
  const MirrorRow bad{"bad.eml", "2", "", "", "line 3: no header"};
  {
    const auto mirror = open();
    ASSERT_TRUE(mirror->apply(box, {"c1", {mail("b"), raw, bad, mail("a")}, {}, false}));
    ASSERT_TRUE(mirror->apply(cards, {"c7", {mail("a", "9")}, {}, false}));
  }
  const auto mirror = open();
  const Known known = mirror->known(box).value();
  EXPECT_EQ(known.cursor, "c1");
  EXPECT_THAT(known.etags, ElementsAre(Pair("a", "1"), Pair("b", "1"), Pair("bad.eml", "2"),
                                       Pair("own.ics", "\"e1\"")));
  EXPECT_THAT(rows_of(*mirror, box), ElementsAre(mail("a"), mail("b"), bad, raw));
  EXPECT_EQ(mirror->find(box, "own.ics").value(), raw);
  EXPECT_THAT(mirror->collections().value(), ElementsAre(cards, box));
  EXPECT_TRUE(from_record<domain::Mail>(mirror->find(cards, "a").value()->record, "mail"));
}

TEST_F(MirrorTest, AnswersForOneObjectWithoutReadingAll) {
  const auto mirror = open();
  EXPECT_EQ(mirror->cursor(box).value(), "");
  EXPECT_EQ(mirror->count(box).value(), 0U);
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a"), mail("b", "2")}, {}, false}));
  EXPECT_EQ(mirror->cursor(box).value(), "c1");
  EXPECT_EQ(mirror->count(box).value(), 2U);
  EXPECT_EQ(mirror->etag(box, "b").value(), "2");
  EXPECT_FALSE(mirror->etag(box, "c").value());
  EXPECT_FALSE(mirror->etag(cards, "a").value());
}

TEST_F(MirrorTest, GivesOnlyWhatStillMatters) {
  for (const bool is_sealed : {false, true}) {
    const auto mirror = open("1", is_sealed ? std::optional(Seal("one key")) : std::nullopt);
    log_.lines.clear();
    const core::Instant noon{std::chrono::seconds{1772650000}};
    MirrorRow over = mail("over");
    over.last = noon - std::chrono::seconds{1};
    MirrorRow now = mail("now");
    now.last = noon;
    MirrorRow event = mail("event");
    event.kind = "event";
    ASSERT_TRUE(mirror->apply(box, {"c1", {over, now, mail("ever"), event}, {}, false}));
    std::vector<MirrorRow> rows;
    ASSERT_TRUE(
        mirror->each(box, "mail", noon, [&](const MirrorRow& row) { rows.push_back(row); }));
    EXPECT_THAT(rows, ElementsAre(mail("ever"), now));
  }
}

TEST_F(MirrorTest, CountsWhatCouldNotBeRead) {
  const auto mirror = open("1", Seal("one key"));
  MirrorRow bad = mail("bad");
  bad.fault = "line 3: no header";
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a"), bad}, {}, false}));
  EXPECT_EQ(mirror->faults(box).value(), 1U);
  EXPECT_EQ(mirror->faults(cards).value(), 0U);
  ASSERT_TRUE(mirror->apply(box, {"c2", {mail("bad")}, {}, false}));
  EXPECT_EQ(mirror->faults(box).value(), 0U);
}

TEST_F(MirrorTest, PutsNewRowsInThePlaceOfOldOnes) {
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a"), mail("b"), mail("c")}, {}, false}));
  ASSERT_TRUE(mirror->apply(box, {"c2", {mail("a", "2"), mail("c", "2")}, {"b", "c", "x"}, false}));
  EXPECT_EQ(mirror->known(box)->cursor, "c2");
  EXPECT_THAT(mirror->known(box)->etags, ElementsAre(Pair("a", "2"), Pair("c", "2")));
}

TEST_F(MirrorTest, TellsWhatAWholeListingLeftOut) {
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a"), mail("b"), mail("c")}, {}, false}));
  EXPECT_THAT(mirror->unlisted(box).value(), IsEmpty());
  ASSERT_TRUE(mirror->apply(box, {"c2", {mail("b")}, {}, true}));
  EXPECT_THAT(mirror->unlisted(box).value(), ElementsAre("a", "c"));
  ASSERT_TRUE(mirror->apply(box, {"c3", {mail("c")}, {}, false}));
  EXPECT_THAT(mirror->unlisted(box).value(), ElementsAre("a"));
  EXPECT_EQ(mirror->known(box)->etags.size(), 3U) << "only the engine removes";
  ASSERT_TRUE(mirror->apply(box, {"c3", {}, {"a"}, false}));
  EXPECT_THAT(mirror->unlisted(box).value(), IsEmpty());
}

TEST_F(MirrorTest, KeepsWhatIsSaidToBeGoneAndDoubtedAsUnlistedUntilItIsSeenAgain) {
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a"), mail("b"), mail("c")}, {}, false}));
  ASSERT_TRUE(mirror->apply(box, {"c2", {}, {}, false, {"a", "c", "x"}}));
  EXPECT_THAT(mirror->unlisted(box).value(), ElementsAre("a", "c"));
  EXPECT_EQ(mirror->known(box)->etags.size(), 3U);
  ASSERT_TRUE(mirror->apply(box, {"c3", {mail("c")}, {}, false}));
  EXPECT_THAT(mirror->unlisted(box).value(), ElementsAre("a"));
}

TEST_F(MirrorTest, BeginsAListingWithTheFirstPageEver) {
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, true}));
  EXPECT_THAT(mirror->unlisted(box).value(), IsEmpty());
}

TEST_F(MirrorTest, DropsACollectionWithItsRows) {
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  ASSERT_TRUE(mirror->apply(cards, {"c1", {mail("a")}, {}, false}));
  ASSERT_TRUE(mirror->drop(box));
  EXPECT_THAT(mirror->collections().value(), ElementsAre(cards));
  EXPECT_THAT(rows_of(*mirror, box), IsEmpty());
  ASSERT_TRUE(mirror->apply(box, {"c1", {}, {}, false}));
  EXPECT_THAT(rows_of(*mirror, box), IsEmpty());
  EXPECT_EQ(rows_of(*mirror, cards).size(), 1U);
}

TEST_F(MirrorTest, AnnouncesItsCommits) {
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  EXPECT_THAT(steps_.seen, ElementsAre("mirror.commit.before", "mirror.commit.after"));
}

TEST_F(MirrorTest, IsEmptiedByAnotherStamp) {
  {
    const auto mirror = open("excerpt 160");
    ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  }
  const auto mirror = open("excerpt 80");
  EXPECT_EQ(mirror->known(box)->cursor, "");
  EXPECT_THAT(rows_of(*mirror, box), IsEmpty());
  EXPECT_THAT(log_.lines, ElementsAre("mirror.rebuilt reason=stamp"));
}

TEST_F(MirrorTest, TakesNoRowsFromWhoeverHasAnotherStamp) {
  const auto old = open("excerpt 160");
  const auto now = open("excerpt 80");
  const auto done = old->apply(box, {"c1", {mail("a")}, {}, false});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().fault, Fault::transient);
  EXPECT_TRUE(now->apply(box, {"c1", {mail("a")}, {}, false}));
}

TEST_F(MirrorTest, BeginsAnewWhereItCannotBeRead) {
  for (const std::string& found : {std::string("no database"), std::string(9000, '\xee')}) {
    log_.lines.clear();
    write_bytes(file(), found);
    const auto mirror = open();
    EXPECT_THAT(log_.lines, ElementsAre("mirror.rebuilt reason=damaged"));
    EXPECT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  }
}

TEST_F(MirrorTest, BeginsAnewWhereItIsDamaged) {
  {
    const auto mirror = open();
    Page page{"c1", {}, {}, false};
    for (int i = 0; i < 300; ++i) page.rows.push_back(mail(std::to_string(i)));
    ASSERT_TRUE(mirror->apply(box, page));
  }
  const std::string whole = bytes_of(file());
  for (const std::size_t at : {4096U, 16384U, 65536U, 200000U}) {
    std::string bytes = whole;
    ASSERT_GT(bytes.size(), at + 4096);
    bytes.replace(at, 4096, std::string(4096, '\xee'));
    write_bytes(file(), bytes);
    log_.lines.clear();
    const auto mirror = open();
    ASSERT_TRUE(mirror);
    const std::vector<core::Result<void>> answers = ask_everything(*mirror);
    EXPECT_THAT(log_.lines, ElementsAre("mirror.rebuilt reason=damaged")) << at;
    for (const core::Result<void>& answer : answers) {
      if (answer) continue;
      EXPECT_EQ(answer.error().fault, Fault::transient);
    }
    EXPECT_EQ(mirror->known(box)->cursor, "");
    EXPECT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  }
}

TEST_F(MirrorTest, IsLookedOverWholeWhereItWasNotClosed) {
  {
    const auto mirror = open();
    Page page{"c1", {}, {}, false};
    for (int i = 0; i < 300; ++i) page.rows.push_back(mail(std::to_string(i)));
    ASSERT_TRUE(mirror->apply(box, page));
  }
  std::string bytes = bytes_of(file());
  bytes.replace(65536, 4096, std::string(4096, '\xee'));
  write_bytes(file(), bytes);
  write_bytes(file().string() + "-wal", "cut off");
  open();
  EXPECT_THAT(log_.lines, ElementsAre("mirror.rebuilt reason=damaged"));
}

TEST_F(MirrorTest, BeginsAnewWhenItIsDamagedInUse) {
  const auto damage = [&] {
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "DROP TABLE objects", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(other);
  };
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  damage();
  const auto lost = mirror->apply(box, {"c2", {mail("b")}, {}, false});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().fault, Fault::transient);
  EXPECT_THAT(log_.lines, ElementsAre("mirror.rebuilt reason=damaged"));
  EXPECT_EQ(mirror->known(box)->cursor, "") << "no cursor without the rows it covers";
  EXPECT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));

  // It cannot even be removed: every call says so until it can.
  damage();
  std::filesystem::rename(file(), scratch_ / "aside");
  std::filesystem::create_directories(file() / "full");
  for (int i = 0; i < 2; ++i) {
    const auto known = mirror->known(box);
    ASSERT_FALSE(known);
    EXPECT_EQ(known.error().fault, Fault::transient);
  }
  std::filesystem::remove_all(file());
  EXPECT_EQ(mirror->known(box)->cursor, "");
}

TEST_F(MirrorTest, BeginsAnewWhenItIsDeleted) {
  {
    const auto mirror = open();
    ASSERT_TRUE(mirror->apply(box, {"c1", {mail("a")}, {}, false}));
  }
  std::filesystem::remove_all(scratch_ / "state/cache");
  EXPECT_EQ(open()->known(box)->cursor, "");
}

TEST_F(MirrorTest, SaysWhenItCannotBeMade) {
  std::filesystem::create_directories(file() / "full");
  const auto mirror = Mirror::open({file(), "1", std::nullopt}, log_, steps_);
  ASSERT_FALSE(mirror);
  EXPECT_EQ(mirror.error().fault, Fault::transient);
  EXPECT_TRUE(std::filesystem::exists(file() / "full"));
}

TEST_F(MirrorTest, LeavesNoByteOfWhatWasForgotten) {
  const std::string words = "the surprise party in Reno";
  const auto mirror = open();
  ASSERT_TRUE(mirror->apply(box, {"c1", {{"a", "1", "mail", words, ""}, mail("b")}, {}, false}));
  ASSERT_TRUE(mirror->apply(box, {"c1", {}, {"a"}, false}));
  EXPECT_THAT(files_holding(scratch_.path(), words), Not(IsEmpty()));
  ASSERT_TRUE(mirror->scrub());
  EXPECT_THAT(files_holding(scratch_.path(), words), IsEmpty());
  EXPECT_EQ(rows_of(*mirror, box).size(), 1U);
}

TEST_F(MirrorTest, SealsWhatPeopleWrote) {
  const std::string words = "the surprise party in Reno";
  const MirrorRow row{"a", "1", "mail", words, ""};
  const MirrorRow bad{"b", "1", "", "", "Subject: " + words};
  {
    const auto mirror = open("1", Seal("one key"));
    ASSERT_TRUE(mirror->apply(box, {"c1", {row, bad}, {}, false}));
    EXPECT_THAT(rows_of(*mirror, box), ElementsAre(row, bad));
    EXPECT_THAT(files_holding(scratch_.path(), words), IsEmpty());
  }
  EXPECT_THAT(rows_of(*open("1", Seal("one key")), box), ElementsAre(row, bad));
  EXPECT_THAT(log_.lines, IsEmpty());
  EXPECT_THAT(rows_of(*open("1", Seal("another key")), box), IsEmpty());
  EXPECT_THAT(log_.lines, ElementsAre("mirror.rebuilt reason=stamp"));
}

}  // namespace
}  // namespace ioud::store
