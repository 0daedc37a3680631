#pragma once
// The port behind which the ledger and the journal are kept for good. It stores and gives back; it
// never decides. One SQLite file stands behind it (sqlite_ledger.hpp); a server database can.

#include <chrono>
#include <memory>
#include <vector>

#include "core/result.hpp"
#include "domain/ledger.hpp"
#include "store/journal.hpp"

namespace ioud::store {

/// The right to run a pass, held by at most one process; given back when it goes.
class Turn {
 public:
  virtual ~Turn() = default;
};

/// What can go wrong anywhere here: Fault::transient (disk full, read-only, busy: nothing was
/// changed, the next pass carries on), Fault::config (not our database, damaged, newer than this
/// program), Fault::conflict (somebody else committed since load(); load again and decide again).
class LedgerStore {
 public:
  virtual ~LedgerStore() = default;

  /// Waits at most `patience` for another process to end its pass, blocking the thread; with zero
  /// it only tries. Fails with Fault::transient, "another ioud is running".
  virtual core::Result<std::unique_ptr<Turn>> take_turn(std::chrono::milliseconds patience) = 0;

  /// The whole ledger as last committed. Its salt was made with the store and never changes.
  virtual core::Result<domain::Ledger> load() = 0;

  /// Makes the stored ledger `after`, all of it or nothing, together with the journal's lines:
  /// `before` is what load() gave or the last commit() made; only rows that differ are written.
  /// Returns the ids of `lines.intents`, in their order. An outcome for an intent that is not open
  /// is a conflict.
  virtual core::Result<std::vector<long long>> commit(const domain::Ledger& before,
                                                      const domain::Ledger& after,
                                                      const JournalLines& lines) = 0;

  /// Adds to the journal alone.
  core::Result<std::vector<long long>> record(const JournalLines& lines) {
    const domain::Ledger unchanged;
    return commit(unchanged, unchanged, lines);
  }

  /// Intents without an outcome, oldest first.
  virtual core::Result<std::vector<Intent>> open_intents() = 0;

  /// After a person was forgotten: makes sure that no byte of removed rows is left in any file of
  /// the store. Slow (rewrites the files); transient when a reader holds an old version.
  virtual core::Result<void> scrub() = 0;
};

}  // namespace ioud::store
