#include "store/database.hpp"

#include <sqlite3.h>

#include <stdexcept>

#include "core/text.hpp"
#include "store/state_file.hpp"

namespace ioud::store {
namespace {

using core::Error;
using core::fail;
using core::Fault;
using core::Result;

constexpr int busy_wait_ms = 5000;

constexpr const char* advice_for_damage =
    "; put a copy from your backup in its place, or move it to another folder, with the files of"
    " the same name ending in -wal and -shm, and ioud begins a new one";

Error damaged(const std::filesystem::path& file, const std::string& found) {
  return {Fault::config, file.string(),
          "the database is damaged: " + core::squeezed(found) + advice_for_damage, std::nullopt};
}

/// Whoever closes a database last puts its log away.
bool has_log(const std::filesystem::path& file) {
  std::error_code failed;
  const auto bytes = std::filesystem::file_size(file.string() + "-wal", failed);
  return !failed && bytes > 0;
}

}  // namespace

void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Statement::Finalizer::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Error Database::error(int code) const {
  // A busy checkpoint is told in its row, and leaves no message.
  const bool has_message = handle_ && sqlite3_errcode(handle_.get()) != SQLITE_OK;
  const std::string said = has_message ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  const auto transient = [&](const std::string& text) {
    return Error{Fault::transient, file_.string(), text, std::nullopt};
  };
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
      return damaged(file_, said);
    case SQLITE_NOTADB:
      return damaged(file_, "it begins with \"" + shown_start(file_) +
                                "\", not with \"SQLite format 3\" as a database does");
    case SQLITE_FULL:
      return transient(
          "the disk is full; nothing was changed. Free some space: the next pass carries on");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return transient("cannot be written (" + said +
                       "); nothing was changed. Give the user of ioud read and write access to the "
                       "file and its folder");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return transient("another program is using it (" + said + "); nothing was changed");
    case SQLITE_IOERR:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
      return transient("cannot be read or written (" + said + "); nothing was changed");
    default:
      throw std::logic_error(file_.string() + ": " + said);
  }
}

Result<Database> Database::open(std::filesystem::path file, const Schema& schema,
                                Durability durability) {
  if (auto ready = make_private_file(file); !ready) return tl::unexpected(ready.error());
  const bool is_trusted = durability == Durability::consistent && !has_log(file);
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(std::move(file), Handle(raw));
  if (code != SQLITE_OK) return tl::unexpected(database.error(code));
  if (auto done = database.set_up(schema, durability, !is_trusted); !done)
    return tl::unexpected(done.error());
  return database;
}

Result<void> Database::set_up(const Schema& schema, Durability durability, bool is_checked) {
  sqlite3* const db = handle_.get();
  sqlite3_busy_timeout(db, busy_wait_ms);
  // A file that will be refused must not be changed by the checkpoint of its closing either.
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  const auto ours = check_owner(schema);
  if (!ours) return tl::unexpected(ours.error());
  if (*ours && is_checked) {
    if (auto whole = check_whole(); !whole) return whole;
  }
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  if (auto done = run("PRAGMA journal_mode = WAL;"
                      "PRAGMA foreign_keys = ON;"
                      "PRAGMA secure_delete = ON;"
                      "PRAGMA temp_store = MEMORY;");
      !done)
    return done;
  const bool full = durability == Durability::every_commit;
  if (auto done = run(full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"); !done)
    return done;
  return migrate(schema);
}

Result<long long> Database::number(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return tl::unexpected(row.error());
  return *row ? statement->number(0) : 0;
}

/// Refuses what is newer or another program's. True for a file that is already ours.
Result<bool> Database::check_owner(const Schema& schema) {
  const auto id = number("PRAGMA application_id");
  if (!id) return tl::unexpected(id.error());
  const auto version = number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  const auto tables = number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tl::unexpected(tables.error());
  if (*id == 0 && *version == 0 && *tables == 0) return false;
  if (*id != schema.application_id)
    return fail(Fault::config, file_.string(),
                "is the SQLite database of another program (application id " + std::to_string(*id) +
                    ", expected " + std::to_string(schema.application_id) +
                    "); move it away or set another state directory");
  const auto newest = static_cast<long long>(schema.versions.size());
  if (*version > newest)
    return fail(Fault::config, file_.string(),
                "was written by a newer ioud (format " + std::to_string(*version) +
                    ", this program knows up to " + std::to_string(newest) +
                    "); install that version again, or restore a copy from before the upgrade");
  return true;
}

Result<void> Database::check_whole() {
  auto check = prepare("PRAGMA quick_check(1)");
  if (!check) return tl::unexpected(check.error());
  const auto row = check->step();
  if (!row) return tl::unexpected(row.error());
  if (check->text(0) != "ok") return tl::unexpected(damaged(file_, std::string(check->text(0))));
  return {};
}

Result<void> Database::migrate(const Schema& schema) {
  const auto newest = static_cast<long long>(schema.versions.size());
  const auto before = number("PRAGMA user_version");
  if (!before) return tl::unexpected(before.error());
  if (*before == newest) return {};
  return in_transaction([&]() -> Result<void> {
    // Read again: another process may have brought it up to date while we waited.
    const auto version = number("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    for (auto at = *version; at < newest; ++at)
      if (auto done = run(schema.versions[static_cast<std::size_t>(at)]); !done) return done;
    const std::string marks = "PRAGMA application_id = " + std::to_string(schema.application_id) +
                              "; PRAGMA user_version = " + std::to_string(newest);
    return run(marks.c_str());
  });
}

Result<void> Database::run(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error(code));
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error(code));
  return Statement(*this, raw);
}

Result<void> Database::in_transaction(const std::function<Result<void>()>& work) {
  return between("BEGIN IMMEDIATE", work);
}

Result<void> Database::in_snapshot(const std::function<Result<void>()>& work) {
  return between("BEGIN DEFERRED", work);
}

Result<void> Database::between(const char* begin, const std::function<Result<void>()>& work) {
  if (auto begun = run(begin); !begun) return begun;
  // Some failures (disk full) have rolled back already; a second ROLLBACK then does nothing.
  const auto undo = [this] { sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr); };
  try {
    auto done = work();
    if (done) done = run("COMMIT");
    if (!done) undo();
    return done;
  } catch (...) {
    undo();
    throw;
  }
}

long long Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

Result<void> Database::scrub() {
  const auto empty_log = [this]() -> Result<void> {
    // The first column tells whether a reader or writer kept the log from being emptied.
    const auto busy = number("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy) return tl::unexpected(busy.error());
    if (*busy != 0) return tl::unexpected(error(SQLITE_BUSY));
    return {};
  };
  if (auto done = empty_log(); !done) return done;
  if (auto done = run("VACUUM"); !done) return done;
  return empty_log();
}

Statement& Statement::noted(int code) {
  if (code != SQLITE_OK && bad_bind_ == SQLITE_OK) bad_bind_ = code;
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  // An empty view may have no address, which SQLite would take for NULL.
  return noted(sqlite3_bind_text64(handle_.get(), at, text.empty() ? "" : text.data(), text.size(),
                                   SQLITE_STATIC, SQLITE_UTF8));
}

Statement& Statement::bind(int at, long long number) {
  return noted(sqlite3_bind_int64(handle_.get(), at, number));
}

Statement& Statement::bind_blob(int at, std::string_view bytes) {
  return noted(sqlite3_bind_blob64(handle_.get(), at, bytes.empty() ? "" : bytes.data(),
                                   bytes.size(), SQLITE_STATIC));
}

Statement& Statement::bind_null(int at) { return noted(sqlite3_bind_null(handle_.get(), at)); }

Result<bool> Statement::step() {
  const int code = bad_bind_ != SQLITE_OK ? bad_bind_ : sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  auto failure = code == SQLITE_DONE ? Error{} : database_->error(code);
  bad_bind_ = SQLITE_OK;
  sqlite3_reset(handle_.get());
  if (code == SQLITE_DONE) return false;
  return tl::unexpected(std::move(failure));
}

Result<void> Statement::run() {
  const auto row = step();
  if (!row) return tl::unexpected(row.error());
  if (*row) throw std::logic_error("a row where none was expected");
  return {};
}

std::string_view Statement::text(int column) const {
  // A blob's bytes and a text's are fetched alike; the size must be asked for after the bytes.
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return bytes == nullptr ? std::string_view{}
                          : std::string_view(bytes, static_cast<std::size_t>(size));
}

long long Statement::number(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

}  // namespace ioud::store
