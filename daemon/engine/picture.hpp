#pragma once
// The mirror as facts for the planner: series expanded, mails of a thread joined, captures read
// against the people known. Reads the mirror, decides nothing.

#include "domain/facts.hpp"
#include "engine/intake.hpp"

namespace ioud::engine {

/// `now` and the ledger bound what is looked at. Fails where the mirror does.
core::Result<domain::Facts> picture_of(const Setup& setup, const Parts& parts, Intake intake,
                                       const domain::Ledger& ledger, core::Instant now);

}  // namespace ioud::engine
