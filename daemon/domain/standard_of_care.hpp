#pragma once
// Customers keep the care they had as prospects (specification 5.5, M62-M64): freezes the standard
// of each courtship, and tells the rep once when answers or contacts fall behind it. Compares a
// client with itself alone, never clients with each other.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/cadence.hpp"
#include "domain/parity.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// What passed between the rep and each client, by the client's name, as far as mail, calendars and
/// the ledger know it.
std::map<std::string, Correspondence> correspondence_by_client(const Pass& pass);

/// Freezes the baselines of clients that have bought, and raises and clears flags. A flag is one
/// review line; it is raised anew only after it was clear, and `recent_days` after the last time. A
/// calendar week raises `nudges_per_week` flags at most, the worst first. Nothing without
/// `features.parity`.
void note_standard_of_care(Pass& pass);

/// The day from which the client's answers are behind the standard, where they are now (a sign of
/// leaving, M70). Empty without `features.parity`.
std::optional<core::Date> reply_flag_since(const Pass& pass, const std::string& client);

/// One nudge for each flag that stands, until its time has passed.
std::vector<CareWish> parity_wishes(const Pass& pass, const std::map<std::string, HeldTime>& held);

}  // namespace ioud::domain
