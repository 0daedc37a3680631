#pragma once
// Carries out the planner's steps on our calendars and in the Drafts folder: an intent in the
// journal, one conditional write, an outcome. Writes nothing else and nowhere else; on a conflict
// it leaves what stands and asks for a new plan.

#include "domain/planner.hpp"
#include "engine/setup.hpp"

namespace ioud::engine {

struct Published {
  std::size_t written = 0;    ///< steps carried out
  std::size_t conflicts = 0;  ///< steps that met something newer: plan again
  std::size_t refused = 0;    ///< steps the other side will not have, or could not be reached for
  bool is_retryable = false;
};

/// Commits the plan's ledger with all intents, writes, then commits the outcomes. `ledger` is the
/// last committed one and becomes the newest. Fails where the store does; then some steps may have
/// been carried out, and recovery settles them.
net::Task<Published> publish(const Setup& setup, const Parts& parts, domain::Ledger& ledger,
                             const domain::Plan& plan);

/// Settles every intent that a stop left open, by what stands now (`standing`, `drafts`): what was
/// carried out is noted in the ledger, what was not is abandoned and planned again.
core::Result<void> recover(const Parts& parts, domain::Ledger& ledger, const domain::Facts& facts);

}  // namespace ioud::engine
