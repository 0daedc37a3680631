#include "store/sqlite_ledger.hpp"

#include <tuple>
#include <utility>

#include "core/ident.hpp"
#include "store/database.hpp"
#include "store/journal_table.hpp"
#include "store/ledger_schema.hpp"
#include "store/record.hpp"
#include "store/row_text.hpp"
#include "store/state_file.hpp"

namespace ioud::store {
namespace {

using core::fail;
using core::Fault;
using core::Result;
using domain::Ledger;

/// One map of the ledger and the table it is kept in.
template <class Row>
struct Table {
  const char* name;
  std::map<std::string, Row> Ledger::* rows;
};

constexpr std::tuple tables = {Table{"favours", &Ledger::favours},
                               Table{"candidates", &Ledger::candidates},
                               Table{"ious", &Ledger::ious},
                               Table{"approvals", &Ledger::approvals},
                               Table{"meter", &Ledger::meter},
                               Table{"trust", &Ledger::trust},
                               Table{"touches", &Ledger::touches},
                               Table{"review", &Ledger::review},
                               Table{"tombstones", &Ledger::tombstones},
                               Table{"verdicts", &Ledger::verdicts},
                               Table{"items", &Ledger::items},
                               Table{"drafts", &Ledger::drafts},
                               Table{"sent", &Ledger::sent},
                               Table{"baselines", &Ledger::baselines},
                               Table{"referrals", &Ledger::referrals},
                               Table{"marks", &Ledger::marks}};

/// Calls `work` for each table until one fails.
template <class Work>
Result<void> for_each_table(Work work) {
  Result<void> done;
  std::apply([&](const auto&... table) { ((done = work(table)).has_value() && ...); }, tables);
  return done;
}

/// Walks two maps side by side: `put` for rows that are new or differ, `cut` for those that
/// vanished. Each returns whether to go on.
template <class Row, class Put, class Cut>
void compare(const std::map<std::string, Row>& before, const std::map<std::string, Row>& after,
             Put put, Cut cut) {
  auto old = before.begin();
  auto now = after.begin();
  bool goes_on = true;
  while (goes_on && (old != before.end() || now != after.end())) {
    if (now == after.end() || (old != before.end() && old->first < now->first)) {
      goes_on = cut(old->first);
      ++old;
    } else if (old == before.end() || now->first < old->first) {
      goes_on = put(now->first, now->second);
      ++now;
    } else {
      if (!(old->second == now->second)) goes_on = put(now->first, now->second);
      ++old;
      ++now;
    }
  }
}

bool is_same(const Ledger& before, const Ledger& after) {
  if (&before == &after) return true;
  bool same = true;
  const auto differs = [&](const auto&...) { return same = false; };
  std::apply(
      [&](const auto&... table) {
        (compare(before.*table.rows, after.*table.rows, differs, differs), ...);
      },
      tables);
  return same;
}

class FileTurn final : public Turn {
 public:
  explicit FileTurn(Descriptor lock) : lock_(std::move(lock)) {}

 private:
  Descriptor lock_;
};

class SqliteLedger final : public LedgerStore {
 public:
  SqliteLedger(LedgerPlace place, Database database, core::Steps& steps)
      : directory_(std::move(place.directory)),
        text_(std::move(place.seal)),
        database_(std::move(database)),
        steps_(steps) {}

  /// Makes the salt of a new store, checks the seal of an old one, seals what was plain.
  Result<void> make_ready();

  Result<std::unique_ptr<Turn>> take_turn(std::chrono::milliseconds patience) override;
  Result<Ledger> load() override;
  Result<std::vector<long long>> commit(const Ledger& before, const Ledger& after,
                                        const JournalLines& lines) override;
  Result<std::vector<Intent>> open_intents() override { return journal().open(); }
  Result<void> scrub() override { return database_.scrub(); }

 private:
  std::string place() const { return database_.file().string(); }
  JournalTable journal() { return {database_, text_}; }
  Result<std::string> meta(const char* name);
  Result<void> put_meta(const char* name, std::string_view value);
  Result<void> make_salt();
  Result<void> seal_everything();

  Result<void> load_into(Ledger& ledger);
  template <class Row>
  Result<void> load_table(const Table<Row>& table, Ledger& ledger);
  Result<void> write(const Ledger& before, const Ledger& after);
  template <class Row>
  Result<void> write_table(const Table<Row>& table, const Ledger& before, const Ledger& after);
  Result<long long> generation() {
    return database_.number("SELECT value FROM meta WHERE name = 'generation'");
  }
  Result<void> check_current();
  Result<void> advance();

  std::filesystem::path directory_;
  RowText text_;
  Database database_;
  core::Steps& steps_;
  /// Counts the commits that changed the ledger; -1 until it was loaded.
  long long generation_ = -1;
};

Result<std::string> SqliteLedger::meta(const char* name) {
  auto select = database_.prepare("SELECT value FROM meta WHERE name = ?");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->bind(1, name).step();
  if (!row) return tl::unexpected(row.error());
  return *row ? std::string(select->text(0)) : std::string();
}

Result<void> SqliteLedger::put_meta(const char* name, std::string_view value) {
  auto insert = database_.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
  if (!insert) return tl::unexpected(insert.error());
  return insert->bind(1, name).bind_blob(2, value).run();
}

Result<void> SqliteLedger::make_ready() {
  const auto proof = meta("seal");
  if (!proof) return tl::unexpected(proof.error());
  if (const auto fits = text_.plain("", *proof, place()); !fits)
    return tl::unexpected(fits.error());
  const auto salt = meta("salt");
  if (!salt) return tl::unexpected(salt.error());
  if (salt->empty())
    if (auto made = make_salt(); !made) return made;
  return text_.is_sealing() && proof->empty() ? seal_everything() : Result<void>();
}

Result<void> SqliteLedger::make_salt() {
  return database_.in_transaction([&]() -> Result<void> {
    // Read again: another process may have made it while we waited.
    const auto salt = meta("salt");
    if (!salt) return tl::unexpected(salt.error());
    return salt->empty() ? put_meta("salt", core::new_salt()) : Result<void>();
  });
}

/// Writes a plain ledger again, sealed, and leaves no byte of the plain one.
Result<void> SqliteLedger::seal_everything() {
  auto sealed = database_.in_transaction([&]() -> Result<void> {
    Ledger ledger;
    if (auto loaded = load_into(ledger); !loaded) return loaded;
    // Whoever loaded the plain ledger must not commit to the sealed one.
    if (auto advanced = advance(); !advanced) return advanced;
    auto emptied = for_each_table([&](const auto& table) {
      return database_.run(("DELETE FROM " + std::string(table.name)).c_str());
    });
    if (emptied) emptied = write(Ledger(), ledger);
    if (emptied) emptied = journal().rewrite();
    if (emptied) emptied = put_meta("salt", text_.body("", ledger.salt));
    if (emptied) emptied = put_meta("seal", text_.body("", "ioud"));
    return emptied;
  });
  return sealed ? database_.scrub() : sealed;
}

Result<std::unique_ptr<Turn>> SqliteLedger::take_turn(std::chrono::milliseconds patience) {
  auto lock = lock_file(directory_ / "lock", patience);
  if (!lock) return tl::unexpected(lock.error());
  return std::make_unique<FileTurn>(std::move(*lock));
}

Result<Ledger> SqliteLedger::load() {
  Ledger ledger;
  long long now = -1;
  auto loaded = database_.in_snapshot([&]() -> Result<void> {
    const auto current = generation();
    if (!current) return tl::unexpected(current.error());
    now = *current;
    return load_into(ledger);
  });
  if (!loaded) return tl::unexpected(loaded.error());
  generation_ = now;
  return ledger;
}

Result<void> SqliteLedger::load_into(Ledger& ledger) {
  const auto salt = meta("salt");
  if (!salt) return tl::unexpected(salt.error());
  auto plain = text_.plain("", *salt, place());
  if (!plain) return tl::unexpected(plain.error());
  ledger.salt = std::move(plain->second);
  return for_each_table([&](const auto& table) { return load_table(table, ledger); });
}

template <class Row>
Result<void> SqliteLedger::load_table(const Table<Row>& table, Ledger& ledger) {
  auto select =
      database_.prepare("SELECT id, body FROM " + std::string(table.name) + " ORDER BY id");
  if (!select) return tl::unexpected(select.error());
  return for_rows(*select, [&]() -> Result<void> {
    const std::string at =
        place() + ", table " + table.name + ", row " + std::string(select->text(0));
    auto plain = text_.plain(select->text(0), select->text(1), at);
    if (!plain) return tl::unexpected(plain.error());
    auto row = from_record<Row>(plain->second, at);
    if (!row)
      return fail(Fault::config, at,
                  row.error().text + "; correct this row, or restore the file from a backup");
    (ledger.*table.rows).insert_or_assign(std::move(plain->first), std::move(*row));
    return {};
  });
}

Result<std::vector<long long>> SqliteLedger::commit(const Ledger& before, const Ledger& after,
                                                    const JournalLines& lines) {
  std::vector<long long> ids;
  const bool changes_ledger = !is_same(before, after);
  if (!changes_ledger && lines.intents.empty() && lines.outcomes.empty()) return ids;
  steps_.reached("ledger.commit.before");
  auto done = database_.in_transaction([&]() -> Result<void> {
    if (changes_ledger) {
      if (auto current = check_current(); !current) return current;
      if (auto advanced = advance(); !advanced) return advanced;
      if (auto written = write(before, after); !written) return written;
    }
    if (auto settled = journal().settle(lines.outcomes); !settled) return settled;
    auto added = journal().add(lines.intents);
    if (!added) return tl::unexpected(added.error());
    ids = std::move(*added);
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  if (changes_ledger) ++generation_;
  steps_.reached("ledger.commit.after");
  return ids;
}

Result<void> SqliteLedger::check_current() {
  const auto stored = generation();
  if (!stored) return tl::unexpected(stored.error());
  if (*stored == generation_) return {};
  return fail(Fault::conflict, place(),
              "another ioud changed the ledger since it was loaded; nothing was written");
}

Result<void> SqliteLedger::advance() {
  return database_.run("UPDATE meta SET value = value + 1 WHERE name = 'generation'");
}

Result<void> SqliteLedger::write(const Ledger& before, const Ledger& after) {
  return for_each_table([&](const auto& table) { return write_table(table, before, after); });
}

template <class Row>
Result<void> SqliteLedger::write_table(const Table<Row>& table, const Ledger& before,
                                       const Ledger& after) {
  const std::string name = table.name;
  auto put = database_.prepare("INSERT INTO " + name +
                               " (id, body) VALUES (?, ?)"
                               " ON CONFLICT (id) DO UPDATE SET body = excluded.body");
  if (!put) return tl::unexpected(put.error());
  auto cut = database_.prepare("DELETE FROM " + name + " WHERE id = ?");
  if (!cut) return tl::unexpected(cut.error());
  Result<void> done;
  compare(
      before.*table.rows, after.*table.rows,
      [&](const std::string& id, const Row& row) {
        const std::string stored = text_.id(name, id);
        const std::string body = text_.body(id, to_record(row));
        done = put->bind(1, stored).bind(2, body).run();
        return done.has_value();
      },
      [&](const std::string& id) {
        const std::string stored = text_.id(name, id);
        done = cut->bind(1, stored).run();
        return done.has_value();
      });
  return done;
}

}  // namespace

Result<std::unique_ptr<LedgerStore>> open_ledger(LedgerPlace place, core::Steps& steps) {
  auto database =
      Database::open(place.directory / "ledger.db", ledger_schema, Durability::every_commit);
  if (!database) return tl::unexpected(database.error());
  auto store = std::make_unique<SqliteLedger>(std::move(place), std::move(*database), steps);
  if (auto ready = store->make_ready(); !ready) return tl::unexpected(ready.error());
  return store;
}

}  // namespace ioud::store
