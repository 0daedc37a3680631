#include "store/mirror.hpp"

#include <array>
#include <boost/crc.hpp>
#include <system_error>
#include <utility>

namespace ioud::store {
namespace {

using core::fail;
using core::Fault;
using core::Result;

/// "ioum", as `file` and a hex dump show it.
constexpr int mirror_application_id = 0x696f756d;

// `listing` counts the whole listings that were begun; an object carries the number of the last one
// that gave it.
constexpr const char* mirror_version_1 = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  connector TEXT NOT NULL,
  name TEXT NOT NULL,
  cursor TEXT NOT NULL,
  listing INTEGER NOT NULL,
  UNIQUE (connector, name)
) STRICT;
CREATE TABLE objects (
  collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
  href TEXT NOT NULL,
  etag TEXT NOT NULL,
  listing INTEGER NOT NULL,
  kind TEXT NOT NULL,
  fault TEXT NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (collection, href)
) STRICT, WITHOUT ROWID;
)sql";

// So that what is old, well read and listed costs nothing.
constexpr const char* mirror_version_2 = R"sql(
ALTER TABLE objects ADD COLUMN last INTEGER NOT NULL DEFAULT 9223372036854775807;
CREATE INDEX objects_last ON objects (collection, kind, last);
CREATE INDEX objects_listing ON objects (collection, listing);
CREATE INDEX objects_fault ON objects (collection) WHERE fault <> '';
)sql";

// The file is not checked whole at each opening, and SQLite sees no damage within a record.
constexpr const char* mirror_version_3 = R"sql(
ALTER TABLE objects ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr std::array mirror_versions = {mirror_version_1, mirror_version_2, mirror_version_3};
constexpr Schema mirror_schema{mirror_application_id, mirror_versions};

/// Raised when what records mean changes, so that older ones are read again from their sources.
constexpr const char* record_format = "3";

constexpr const char* of_collection =
    " FROM objects WHERE collection ="
    " (SELECT id FROM collections WHERE connector = ? AND name = ?)";

std::string select_rows(const char* condition) {
  return std::string("SELECT href, etag, kind, record, fault, last, sum") + of_collection +
         condition;
}

/// Of what a row says, as it is stored.
long long sum_of(std::initializer_list<std::string_view> texts) {
  boost::crc_32_type sum;
  for (const std::string_view text : texts) sum.process_bytes(text.data(), text.size());
  return sum.checksum();
}

}  // namespace

Mirror::Mirror(MirrorPlace place, core::Log& log, core::Steps& steps)
    : place_(std::move(place)), text_(place_.seal), log_(log), steps_(steps) {
  place_.stamp = record_format + (" " + place_.stamp);
  // Records sealed by another key are of no more use than those of another stamp.
  if (place_.seal) place_.stamp += " " + place_.seal->pseudonym("mirror");
}

Result<std::unique_ptr<Mirror>> Mirror::open(MirrorPlace place, core::Log& log,
                                             core::Steps& steps) {
  std::unique_ptr<Mirror> mirror(new Mirror(std::move(place), log, steps));
  auto done = mirror->open_file();
  if (!done && done.error().fault == Fault::config) done = mirror->begin_anew();
  if (!done) return tl::unexpected(done.error());
  return mirror;
}

/// Opens what stands there and empties it where its stamp is another one.
Result<void> Mirror::open_file() {
  auto opened = Database::open(place_.file, mirror_schema, Durability::consistent);
  if (!opened) return tl::unexpected(opened.error());
  database_.emplace(std::move(*opened));
  const auto found = stamp();
  if (!found) return tl::unexpected(found.error());
  if (*found == place_.stamp) return {};
  if (!found->empty()) log_.warning("mirror.rebuilt", {{"reason", "stamp"}});
  return database_->in_transaction([&]() -> Result<void> {
    if (auto emptied = database_->run("DELETE FROM collections"); !emptied) return emptied;
    auto insert = database_->prepare("INSERT OR REPLACE INTO meta VALUES ('stamp', ?)");
    if (!insert) return tl::unexpected(insert.error());
    return insert->bind(1, place_.stamp).run();
  });
}

/// The stamp of the rows, "" in a new file.
Result<std::string> Mirror::stamp() {
  auto select = database_->prepare("SELECT value FROM meta WHERE name = 'stamp'");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->step();
  if (!row) return tl::unexpected(row.error());
  return *row ? std::string(select->text(0)) : std::string();
}

/// Puts a new file in the place of a damaged one.
Result<void> Mirror::begin_anew() {
  database_.reset();
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code failed;
    std::filesystem::remove(place_.file.string() + suffix, failed);
    if (failed)
      return fail(Fault::transient, place_.file.string() + suffix,
                  "cannot be used and cannot be removed: " + failed.message());
  }
  log_.warning("mirror.rebuilt", {{"reason", "damaged"}});
  return open_file();
}

/// Runs `work` on the open file. Damage found by it makes the mirror begin anew.
Result<void> Mirror::guarded(const std::function<Result<void>()>& work) {
  if (!database_)
    if (auto anew = begin_anew(); !anew) return anew;
  auto done = work();
  if (done || done.error().fault != Fault::config) return done;
  if (auto anew = begin_anew(); !anew) return anew;
  return fail(Fault::transient, place_.file.string(),
              "the cache was damaged and begins anew; the next pass reads the sources whole");
}

/// Calls `take` with the one row of a select on a collection; not at all where there is none.
Result<void> Mirror::read_one(const char* sql, const Collection& collection,
                              const std::string* href,
                              const std::function<void(Statement&)>& take) {
  return guarded([&]() -> Result<void> {
    auto select = database_->prepare(sql);
    if (!select) return tl::unexpected(select.error());
    select->bind(1, collection.connector).bind(2, collection.name);
    if (href != nullptr) select->bind(3, *href);
    const auto found = select->step();
    if (!found) return tl::unexpected(found.error());
    if (*found) take(*select);
    return {};
  });
}

Result<std::string> Mirror::cursor(const Collection& collection) {
  std::string cursor;
  const auto done = read_one("SELECT cursor FROM collections WHERE connector = ? AND name = ?",
                             collection, nullptr, [&](Statement& row) { cursor = row.text(0); });
  if (!done) return tl::unexpected(done.error());
  return cursor;
}

Result<std::optional<std::string>> Mirror::etag(const Collection& collection,
                                                const std::string& href) {
  static const std::string sql = std::string("SELECT etag") + of_collection + " AND href = ?";
  std::optional<std::string> etag;
  const auto done = read_one(sql.c_str(), collection, &href,
                             [&](Statement& row) { etag = std::string(row.text(0)); });
  if (!done) return tl::unexpected(done.error());
  return etag;
}

Result<std::size_t> Mirror::count(const Collection& collection) {
  static const std::string sql = std::string("SELECT count(*)") + of_collection;
  std::size_t count = 0;
  const auto done = read_one(sql.c_str(), collection, nullptr, [&](Statement& row) {
    count = static_cast<std::size_t>(row.number(0));
  });
  if (!done) return tl::unexpected(done.error());
  return count;
}

Result<Known> Mirror::known(const Collection& collection) {
  auto cursor = this->cursor(collection);
  if (!cursor) return tl::unexpected(cursor.error());
  Known known;
  known.cursor = std::move(*cursor);
  auto done = guarded([&]() -> Result<void> {
    auto select = database_->prepare(std::string("SELECT href, etag") + of_collection);
    if (!select) return tl::unexpected(select.error());
    select->bind(1, collection.connector).bind(2, collection.name);
    return for_rows(*select, [&]() -> Result<void> {
      known.etags.emplace_hint(known.etags.end(), select->text(0), select->text(1));
      return {};
    });
  });
  if (!done) return tl::unexpected(done.error());
  return known;
}

Result<void> Mirror::apply(const Collection& collection, const Page& page) {
  return guarded([&]() -> Result<void> {
    steps_.reached("mirror.commit.before");
    auto done = database_->in_transaction([&] { return write_page(collection, page); });
    if (done) steps_.reached("mirror.commit.after");
    return done;
  });
}

Result<void> Mirror::write_page(const Collection& collection, const Page& page) {
  const auto found = stamp();
  if (!found) return tl::unexpected(found.error());
  if (*found != place_.stamp)
    return fail(Fault::transient, place_.file.string(),
                "an ioud with other settings emptied the cache; nothing was written");
  auto begin = database_->prepare(
      "INSERT INTO collections (connector, name, cursor, listing) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (connector, name) DO UPDATE SET cursor = ?3, listing = listing + ?4");
  if (!begin) return tl::unexpected(begin.error());
  begin->bind(1, collection.connector).bind(2, collection.name).bind(3, page.cursor);
  if (auto done = begin->bind(4, page.restarted ? 1 : 0).run(); !done) return done;

  auto select =
      database_->prepare("SELECT id, listing FROM collections WHERE connector = ? AND name = ?");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->bind(1, collection.connector).bind(2, collection.name).step();
  if (!row) return tl::unexpected(row.error());
  const long long id = select->number(0);
  const long long listing = select->number(1);

  auto cut = database_->prepare("DELETE FROM objects WHERE collection = ? AND href = ?");
  if (!cut) return tl::unexpected(cut.error());
  for (const std::string& href : page.removals)
    if (auto done = cut->bind(1, id).bind(2, href).run(); !done) return done;

  auto doubt =
      database_->prepare("UPDATE objects SET listing = -1 WHERE collection = ? AND href = ?");
  if (!doubt) return tl::unexpected(doubt.error());
  for (const std::string& href : page.doubtful)
    if (auto done = doubt->bind(1, id).bind(2, href).run(); !done) return done;

  auto put = database_->prepare(
      "INSERT OR REPLACE INTO objects (collection, href, etag, listing, kind, fault, record, last,"
      " sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!put) return tl::unexpected(put.error());
  for (const MirrorRow& object : page.rows) {
    const std::string fault = object.fault.empty() ? "" : text_.body("", object.fault);
    const std::string record = text_.body("", object.record);
    put->bind(1, id).bind(2, object.href).bind(3, object.etag).bind(4, listing);
    put->bind(5, object.kind);
    put->bind(6, fault).bind_blob(7, record).bind(8, object.last.time_since_epoch().count());
    put->bind(9, sum_of({object.href, object.etag, object.kind, record, fault}));
    if (auto done = put->run(); !done) return done;
  }
  return {};
}

Result<void> Mirror::read_rows(Statement& select, const Take& take) {
  MirrorRow row;
  return for_rows(select, [&]() -> Result<void> {
    row.href = select.text(0);
    row.etag = select.text(1);
    row.kind = select.text(2);
    const long long sum = sum_of({row.href, row.etag, row.kind, select.text(3), select.text(4)});
    if (sum != select.number(6))
      return fail(Fault::config, place_.file.string(), "a row is not what was written");
    if (auto read = read_text(select.text(3), row.record); !read) return read;
    if (auto read = read_text(select.text(4), row.fault); !read) return read;
    row.last = core::Instant{std::chrono::seconds{select.number(5)}};
    take(row);
    return {};
  });
}

Result<void> Mirror::read_text(std::string_view stored, std::string& text) const {
  if (!text_.is_sealing()) {
    text = stored;
    return {};
  }
  auto plain = text_.plain("", stored, place_.file.string());
  if (!plain) return tl::unexpected(plain.error());
  text = std::move(plain->second);
  return {};
}

Result<void> Mirror::each(const Collection& collection, std::string_view kind, core::Instant since,
                          const Take& take) {
  return guarded([&]() -> Result<void> {
    auto select = database_->prepare(select_rows(" AND kind = ? AND last >= ? ORDER BY href"));
    if (!select) return tl::unexpected(select.error());
    select->bind(1, collection.connector).bind(2, collection.name).bind(3, kind);
    select->bind(4, since.time_since_epoch().count());
    return read_rows(*select, take);
  });
}

Result<std::size_t> Mirror::faults(const Collection& collection) {
  static const std::string sql =
      std::string("SELECT count(*)") + of_collection + " AND fault <> ''";
  std::size_t count = 0;
  const auto done = read_one(sql.c_str(), collection, nullptr, [&](Statement& row) {
    count = static_cast<std::size_t>(row.number(0));
  });
  if (!done) return tl::unexpected(done.error());
  return count;
}

Result<std::optional<MirrorRow>> Mirror::find(const Collection& collection, std::string_view href) {
  std::optional<MirrorRow> found;
  auto done = guarded([&]() -> Result<void> {
    auto select = database_->prepare(select_rows(" AND href = ?"));
    if (!select) return tl::unexpected(select.error());
    select->bind(1, collection.connector).bind(2, collection.name).bind(3, href);
    return read_rows(*select, [&](const MirrorRow& row) { found = row; });
  });
  if (!done) return tl::unexpected(done.error());
  return found;
}

Result<std::vector<std::string>> Mirror::unlisted(const Collection& collection) {
  std::vector<std::string> hrefs;
  auto done = guarded([&]() -> Result<void> {
    auto select = database_->prepare(
        "SELECT objects.href FROM objects JOIN collections ON collections.id = objects.collection"
        " WHERE connector = ? AND name = ? AND objects.listing < collections.listing");
    if (!select) return tl::unexpected(select.error());
    select->bind(1, collection.connector).bind(2, collection.name);
    return for_rows(*select, [&]() -> Result<void> {
      hrefs.emplace_back(select->text(0));
      return {};
    });
  });
  if (!done) return tl::unexpected(done.error());
  return hrefs;
}

Result<std::vector<Collection>> Mirror::collections() {
  std::vector<Collection> collections;
  auto done = guarded([&]() -> Result<void> {
    auto select = database_->prepare("SELECT connector, name FROM collections ORDER BY 1, 2");
    if (!select) return tl::unexpected(select.error());
    return for_rows(*select, [&]() -> Result<void> {
      collections.push_back({std::string(select->text(0)), std::string(select->text(1))});
      return {};
    });
  });
  if (!done) return tl::unexpected(done.error());
  return collections;
}

Result<void> Mirror::drop(const Collection& collection) {
  return guarded([&]() -> Result<void> {
    steps_.reached("mirror.commit.before");
    auto remove = database_->prepare("DELETE FROM collections WHERE connector = ? AND name = ?");
    if (!remove) return tl::unexpected(remove.error());
    auto done = remove->bind(1, collection.connector).bind(2, collection.name).run();
    if (done) steps_.reached("mirror.commit.after");
    return done;
  });
}

Result<void> Mirror::scrub() {
  return guarded([&] { return database_->scrub(); });
}

}  // namespace ioud::store
