#pragma once
// A thin layer over the SQLite C API: one file, its statements and transactions, and what went
// wrong as an Error. Knows no table. A file that is not ours, damaged or newer than the program is
// refused before a byte of it is touched.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace ioud::store {

/// What a file of ours must be. `versions[n]` is the SQL that takes version n to n + 1, the first
/// one an empty file; the number of them is the current version (kept in user_version).
struct Schema {
  int application_id = 0;
  std::span<const char* const> versions;
};

enum class Durability {
  /// A commit that returned survives a power cut (synchronous=FULL); checked whole at each opening.
  every_commit,
  /// For what can be made again: a power cut may undo the newest commits, in order
  /// (synchronous=NORMAL), and it is checked whole only where whoever had it did not close it.
  consistent,
};

class Statement;

/// One connection, for one thread.
class Database {
 public:
  /// Opens or makes the file (mode 0600; its directory 0700) in WAL mode with foreign keys and
  /// secure_delete, waiting up to 5 s where another connection writes.
  /// Fault::config: no SQLite database, not this application's, newer, damaged; it is left as it
  /// is, and the text says how to mend it. Fault::transient: cannot be reached or written.
  static core::Result<Database> open(std::filesystem::path file, const Schema& schema,
                                     Durability durability);

  /// Runs statements without parameters and without rows.
  core::Result<void> run(const char* sql);
  core::Result<Statement> prepare(std::string_view sql);
  /// The first column of the first row; 0 where there is none.
  core::Result<long long> number(const char* sql);
  /// Does everything in `work` or, where it fails or throws, nothing of it.
  core::Result<void> in_transaction(const std::function<core::Result<void>()>& work);
  /// Everything `work` reads is of one moment. Waits for no writer.
  core::Result<void> in_snapshot(const std::function<core::Result<void>()>& work);
  long long last_row_id() const;

  /// Rewrites the file without its free pages and empties the log, so that removed rows are in no
  /// file. Transient where another connection holds an old version.
  core::Result<void> scrub();

  const std::filesystem::path& file() const { return file_; }
  /// The Error for a result code of SQLite on this connection; throws std::logic_error for those
  /// that only a bug brings about (misuse, a broken constraint).
  core::Error error(int code) const;

 private:
  struct Closer {
    void operator()(sqlite3* handle) const;
  };
  using Handle = std::unique_ptr<sqlite3, Closer>;
  Database(std::filesystem::path file, Handle handle)
      : file_(std::move(file)), handle_(std::move(handle)) {}

  core::Result<void> set_up(const Schema& schema, Durability durability, bool is_checked);
  core::Result<void> between(const char* begin, const std::function<core::Result<void>()>& work);
  core::Result<bool> check_owner(const Schema& schema);
  core::Result<void> check_whole();
  core::Result<void> migrate(const Schema& schema);

  std::filesystem::path file_;
  Handle handle_;
};

/// A prepared statement. Parameters are numbered from 1, columns from 0. Bound bytes and the
/// database must outlive the next step.
class Statement {
 public:
  Statement& bind(int at, std::string_view text);
  Statement& bind(int at, long long number);
  Statement& bind_blob(int at, std::string_view bytes);
  Statement& bind_null(int at);

  /// True while there is a row. After the last one, or a failure, the statement can be bound anew.
  core::Result<bool> step();
  /// For statements that give no row.
  core::Result<void> run();

  /// Columns of the row that step() came to; valid until the next step.
  std::string_view text(int column) const;
  long long number(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  struct Finalizer {
    void operator()(sqlite3_stmt* handle) const;
  };
  Statement(const Database& database, sqlite3_stmt* handle)
      : database_(&database), handle_(handle) {}
  Statement& noted(int code);

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalizer> handle_;
  int bad_bind_ = 0;
};

/// Calls `take` for each row until it fails or there are no more.
template <class Take>
core::Result<void> for_rows(Statement& statement, Take take) {
  while (true) {
    const auto more = statement.step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    if (core::Result<void> taken = take(); !taken) return taken;
  }
}

}  // namespace ioud::store
