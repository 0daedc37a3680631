#pragma once
// The trust account of a client: deposits and withdrawals, append-only, fading with time. It
// decides when an ask is fair; nobody but the rep ever reads of it, and he reads words.

#include <set>
#include <string>

#include "core/civil_time.hpp"
#include "domain/ledger.hpp"
#include "domain/person.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

/// Adds a row. The same client, cause, evidence and occasion is one row however often it is posted.
/// `evidence` is the favour or IOU it concerns, `occasion` tells two of a kind apart.
void post_trust(Ledger& ledger, const std::string& client, int points, std::string_view cause,
                const std::string& evidence, core::Instant at, std::string_view occasion = {});

/// Points with their half-life applied; the opening balance does not fade, its age is unknown.
double trust_balance(const Ledger& ledger, const Client& client, const Policy::Trust& policy,
                     core::Instant now);

/// Points as shown: rounded to whole ones.
int shown_trust(const Ledger& ledger, const Client& client, const Policy::Trust& policy,
                core::Instant now);

/// Whether a withdrawal of `block_points` or more in the last `block_days` stands against an ask;
/// rows whose evidence is in `own` do not count (an IOU's own favours).
bool is_trust_blocked(const Ledger& ledger, const std::string& client, const Policy::Trust& policy,
                      core::Instant now, const std::set<std::string>& own);

/// "3 deposits, 1 withdrawal since March"; "" where there is no row.
std::string trust_in_words(const Ledger& ledger, const std::string& client, const core::Zone& zone);

}  // namespace ioud::domain
