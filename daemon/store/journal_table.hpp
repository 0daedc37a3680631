#pragma once
// The journal's table in ledger.db. Works inside the transaction of whoever calls it.

#include <vector>

#include "store/database.hpp"
#include "store/journal.hpp"
#include "store/row_text.hpp"

namespace ioud::store {

class JournalTable {
 public:
  JournalTable(Database& database, const RowText& text) : database_(database), text_(text) {}

  /// The ids given to the intents, in their order.
  core::Result<std::vector<long long>> add(const std::vector<Intent>& intents);
  /// Takes the words out of each intent and notes how it ended; Fault::conflict for one that is not
  /// open. Forgets what ended more than 30 days before the newest of these outcomes.
  core::Result<void> settle(const std::vector<Outcome>& outcomes);
  /// Without an outcome, oldest first.
  core::Result<std::vector<Intent>> open();
  /// Writes every body again, as `text_` now writes them.
  core::Result<void> rewrite();

 private:
  core::Result<std::vector<Intent>> read(const char* where);
  core::Result<Intent> intent_of(const Statement& row) const;
  core::Result<void> write_body(const Intent& intent);
  core::Result<void> settle(const Outcome& outcome);

  Database& database_;
  const RowText& text_;
};

}  // namespace ioud::store
