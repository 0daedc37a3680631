#pragma once
// The ledger and the journal in one SQLite file, `ledger.db` in the state directory: one STRICT
// table an entity with columns id and body (JSON, or sealed), so that a new field needs no change
// of tables. Columns such as client and state are computed from the body for whoever looks with
// SQL.

#include <filesystem>
#include <memory>
#include <optional>

#include "core/step.hpp"
#include "store/ledger_store.hpp"
#include "store/seal.hpp"

namespace ioud::store {

struct LedgerPlace {
  /// The state directory; made with mode 0700 where it does not exist.
  std::filesystem::path directory;
  /// With a key, rows are sealed; a ledger that was plain is sealed when it is opened. A sealed
  /// ledger does not open without its key (Fault::config).
  std::optional<Seal> seal;
};

/// Opens or makes the ledger; brings an older one up to date. `steps` hears "ledger.commit.before"
/// and "ledger.commit.after" and outlives the store. One thread uses it.
core::Result<std::unique_ptr<LedgerStore>> open_ledger(LedgerPlace place, core::Steps& steps);

}  // namespace ioud::store
