#include "store/database.hpp"

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <array>

#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using core::Fault;
using core::Result;
using ::testing::HasSubstr;

constexpr std::array versions = {"CREATE TABLE facts (id INTEGER PRIMARY KEY, text TEXT) STRICT",
                                 "ALTER TABLE facts ADD COLUMN state TEXT DEFAULT 'old'",
                                 "UPDATE facts SET text = upper(text)"};

Schema schema(std::size_t version) { return {0x74657374, std::span(versions).first(version)}; }

Result<Database> open(const Scratch& scratch, std::size_t version = 3) {
  return Database::open(scratch / "state/facts.db", schema(version), Durability::every_commit);
}

std::string column(Database& database, const char* sql) {
  auto select = database.prepare(sql);
  if (!select || !select->step()) return "(failed)";
  return std::string(select->text(0));
}

TEST(Database, IsPrivateDurableAndOurs) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database) << database.error().text;
  EXPECT_EQ(column(*database, "PRAGMA journal_mode"), "wal");
  EXPECT_EQ(column(*database, "PRAGMA synchronous"), "2");
  EXPECT_EQ(column(*database, "PRAGMA foreign_keys"), "1");
  EXPECT_EQ(column(*database, "PRAGMA secure_delete"), "1");
  EXPECT_EQ(column(*database, "PRAGMA temp_store"), "2");
  EXPECT_EQ(column(*database, "PRAGMA application_id"), std::to_string(0x74657374));
  EXPECT_EQ(column(*database, "PRAGMA user_version"), "3");
  ASSERT_TRUE(database->run("INSERT INTO facts (text) VALUES ('a')"));
  for (const char* name : {"facts.db", "facts.db-wal", "facts.db-shm"}) {
    struct stat found{};
    ASSERT_EQ(::stat((scratch / "state" / name).c_str(), &found), 0) << name;
    EXPECT_EQ(found.st_mode & 07777U, 0600U) << name;
  }
  const auto cache = Database::open(scratch / "cache.db", schema(1), Durability::consistent);
  ASSERT_TRUE(cache);
}

TEST(Database, IsBroughtUpToDateWithoutLoss) {
  const Scratch scratch;
  {
    auto old = open(scratch, 1);
    ASSERT_TRUE(old);
    ASSERT_TRUE(old->run("INSERT INTO facts (text) VALUES ('a')"));
  }
  auto database = open(scratch, 3);
  ASSERT_TRUE(database) << database.error().text;
  EXPECT_EQ(column(*database, "SELECT text FROM facts"), "A");
  EXPECT_EQ(column(*database, "SELECT state FROM facts"), "old");
}

TEST(Database, StaysAsItWasWhenBringingItUpToDateFails) {
  const Scratch scratch;
  {
    auto old = open(scratch, 1);
    ASSERT_TRUE(old);
    ASSERT_TRUE(old->run("INSERT INTO facts (text) VALUES ('a')"));
  }
  constexpr std::array broken = {versions[0], versions[1], "UPDATE absent SET text = 1"};
  EXPECT_FALSE(
      Database::open(scratch / "state/facts.db", {0x74657374, broken}, Durability::every_commit));
  auto old = open(scratch, 1);
  ASSERT_TRUE(old) << old.error().text;
  EXPECT_EQ(column(*old, "SELECT count(*) FROM pragma_table_info('facts')"), "2");
}

TEST(Database, RefusesANewerOneAndLeavesItAlone) {
  const Scratch scratch;
  ASSERT_TRUE(open(scratch, 3));
  const std::string before = bytes_of(scratch / "state/facts.db");
  const auto refused = open(scratch, 2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::config);
  EXPECT_EQ(refused.error().place, (scratch / "state/facts.db").string());
  EXPECT_THAT(refused.error().text, HasSubstr("newer ioud (format 3, this program knows up to 2)"));
  EXPECT_EQ(bytes_of(scratch / "state/facts.db"), before);
}

TEST(Database, RefusesAnotherProgramsAndLeavesItAlone) {
  const Scratch scratch;
  std::filesystem::create_directories(scratch / "state");
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((scratch / "state/facts.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "CREATE TABLE t (x)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  const std::string before = bytes_of(scratch / "state/facts.db");
  const auto refused = open(scratch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::config);
  EXPECT_THAT(refused.error().text, HasSubstr("another program"));
  EXPECT_EQ(bytes_of(scratch / "state/facts.db"), before);
}

TEST(Database, RefusesWhatIsNoDatabaseAndLeavesItAlone) {
  for (const std::string& found :
       {std::string("hello"), std::string("\x7f") + "ELF\n", std::string(5000, 'x'),
        std::string("SQLite format 3\0", 16) + std::string(200, '\xff')}) {
    const Scratch scratch;
    write_bytes(scratch / "state/facts.db", found);
    const auto refused = open(scratch);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::config) << refused.error().text;
    EXPECT_EQ(refused.error().place, (scratch / "state/facts.db").string());
    EXPECT_THAT(refused.error().text, HasSubstr("damaged"));
    EXPECT_THAT(refused.error().text, HasSubstr("from your backup"));
    EXPECT_EQ(bytes_of(scratch / "state/facts.db"), found);
  }
  const Scratch scratch;
  write_bytes(scratch / "state/facts.db",
              "\x7f"
              "ELF is here");
  EXPECT_THAT(open(scratch).error().text, HasSubstr(R"(it begins with "\x7fELF is here")"));
}

TEST(Database, RefusesADamagedOneAndLeavesItAlone) {
  const Scratch scratch;
  {
    auto database = open(scratch);
    ASSERT_TRUE(database);
    for (int i = 0; i < 200; ++i)
      ASSERT_TRUE(database->run("INSERT INTO facts (text) VALUES (hex(randomblob(200)))"));
  }
  std::string bytes = bytes_of(scratch / "state/facts.db");
  ASSERT_GT(bytes.size(), 40960U);
  for (const std::size_t at : {4096U, 8192U, 20480U})
    bytes.replace(at, 64, std::string(64, '\xee'));
  write_bytes(scratch / "state/facts.db", bytes);
  const auto refused = open(scratch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::config);
  EXPECT_THAT(refused.error().text, HasSubstr("damaged"));
  EXPECT_EQ(bytes_of(scratch / "state/facts.db"), bytes);

  write_bytes(scratch / "state/facts.db", bytes.substr(0, bytes.size() / 2));
  EXPECT_FALSE(open(scratch));
}

TEST(Database, NamesATableThatIsMissing) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  const auto refused = database->prepare("SELECT 1 FROM absent");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::config);
  EXPECT_THAT(refused.error().text, HasSubstr("no such table: absent"));
}

TEST(Database, LosesNothingOnAFullDisk) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->run("INSERT INTO facts (text) VALUES ('kept')"));
  ASSERT_TRUE(database->run("PRAGMA max_page_count = 4"));
  const auto full = database->in_transaction([&]() -> Result<void> {
    if (auto done = database->run("INSERT INTO facts (text) VALUES ('small')"); !done) return done;
    return database->run("INSERT INTO facts (text) VALUES (hex(randomblob(20000)))");
  });
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().fault, Fault::transient);
  EXPECT_EQ(full.error().place, (scratch / "state/facts.db").string());
  EXPECT_THAT(full.error().text, HasSubstr("disk is full"));
  EXPECT_EQ(column(*database, "SELECT group_concat(text) FROM facts"), "kept");
  ASSERT_TRUE(database->run("PRAGMA max_page_count = 4000"));
  EXPECT_TRUE(database->run("INSERT INTO facts (text) VALUES (hex(randomblob(20000)))"));
}

TEST(Database, WaitsForAFileThatCannotBeWritten) {
  const Scratch scratch;
  ASSERT_TRUE(open(scratch));
  EXPECT_EQ(as_ordinary_user(scratch.path(),
                             [&] {
                               ::chmod((scratch / "state").c_str(), 0500);
                               ::chmod((scratch / "state/facts.db").c_str(), 0400);
                               auto database = open(scratch);
                               Result<void> done =
                                   database ? database->run("INSERT INTO facts (text) VALUES ('a')")
                                            : tl::unexpected(database.error());
                               ASSERT_FALSE(done);
                               EXPECT_EQ(done.error().fault, Fault::transient) << done.error().text;
                               ::chmod((scratch / "state").c_str(), 0700);
                               auto again = open(scratch);
                               ASSERT_TRUE(again);
                               EXPECT_TRUE(again->run("INSERT INTO facts (text) VALUES ('a')"));
                             }),
            0);
}

TEST(Transaction, UndoesWhatFailedOrThrew) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  const auto failed = database->in_transaction([&]() -> Result<void> {
    EXPECT_TRUE(database->run("INSERT INTO facts (text) VALUES ('a')"));
    return core::fail(Fault::rejected, "here", "no");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, Fault::rejected);
  EXPECT_THROW((void)database->in_transaction([&]() -> Result<void> {
    EXPECT_TRUE(database->run("INSERT INTO facts (text) VALUES ('b')"));
    throw std::runtime_error("a bug");
  }),
               std::runtime_error);
  EXPECT_EQ(*database->number("SELECT count(*) FROM facts"), 0);
  EXPECT_EQ(*database->number("SELECT id FROM facts"), 0);
}

TEST(Statement, CarriesTextsNumbersBytesAndNothing) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  auto select = database->prepare("SELECT ?1, ?2, ?3, ?4, typeof(?3), typeof(?1)");
  ASSERT_TRUE(select);
  const std::string bytes("\0\xff", 2);
  select->bind(1, std::string_view()).bind(2, -5).bind_blob(3, bytes).bind_null(4);
  const auto row = select->step();
  ASSERT_TRUE(row && *row);
  EXPECT_EQ(select->text(0), "");
  EXPECT_FALSE(select->is_null(0));
  EXPECT_EQ(select->number(1), -5);
  EXPECT_EQ(select->text(2), bytes);
  EXPECT_TRUE(select->is_null(3));
  EXPECT_EQ(select->text(4), "blob");
  EXPECT_EQ(select->text(5), "text");
}

TEST(Statement, ThrowsForWhatOnlyABugBringsAbout) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  auto insert = database->prepare("INSERT INTO facts (id, text) VALUES (1, ?)");
  ASSERT_TRUE(insert);
  ASSERT_TRUE(insert->bind(1, "a").run());
  EXPECT_THROW((void)insert->run(), std::logic_error);
  EXPECT_THROW((void)insert->bind(2, "no such parameter").run(), std::logic_error);
  auto select = database->prepare("SELECT 1");
  ASSERT_TRUE(select);
  EXPECT_THROW((void)select->run(), std::logic_error);
}

TEST(Rows, EndWithTheFirstFailure) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  auto select = database->prepare("SELECT value FROM json_each('[1, 2, 3]')");
  ASSERT_TRUE(select);
  long long sum = 0;
  const auto done = for_rows(*select, [&]() -> Result<void> {
    if (select->number(0) == 3) return core::fail(Fault::rejected, "three", "enough");
    sum += select->number(0);
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(sum, 3);
}

TEST(Scrub, WaitsForReadersOfAnOlderVersion) {
  const Scratch scratch;
  auto database = open(scratch);
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->run("INSERT INTO facts (text) VALUES ('a'), ('b')"));
  auto reader = open(scratch);
  ASSERT_TRUE(reader);
  // An unfinished statement keeps its version alive.
  auto select = reader->prepare("SELECT text FROM facts");
  ASSERT_TRUE(select && select->step());
  ASSERT_TRUE(database->run("PRAGMA busy_timeout = 10"));
  ASSERT_TRUE(database->run("DELETE FROM facts"));
  const auto busy = database->scrub();
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().fault, Fault::transient);
  select = tl::unexpected(core::Error{});
  EXPECT_TRUE(database->scrub());
}

}  // namespace
}  // namespace ioud::store
