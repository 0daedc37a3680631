#pragma once
// The rep's time as a search sees it, put together once a pass from his calendars and from what the
// ledger holds of ours. Reads only.

#include "domain/pass.hpp"
#include "domain/placement.hpp"

namespace ioud::domain {

/// The rep's time as every search of this pass sees it: his calendars, and what is ours in the
/// ledger (sit-downs, client meetings, planning).
Agenda agenda_of(const Pass& pass);

/// The other side of a search with this client's contact.
Counterpart counterpart_of(const Pass& pass, const Client& client, const std::string& contact);

}  // namespace ioud::domain
