#pragma once
// Care that no favour asks for: nudges, planning, preps before meetings, occasions, referral and
// after-sale asks. Turns the wishes of cadence and occasion into items, and remembers what the rep
// took away.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/cadence.hpp"
#include "domain/items.hpp"
#include "domain/placement.hpp"

namespace ioud::domain {

/// Where items of a role stand, by their owner.
std::map<std::string, HeldTime> held_by_owner(const Pass& pass, Role role);
/// Owners of items of a role that the rep took away.
std::set<std::string> refused_owners(const Pass& pass, Role role);

/// Planning, nudges, meeting preps and occasions that should stand, with the features that are on.
std::vector<WantedItem> care_items(Pass& pass, Agenda& agenda);

/// Referral and after-sale talks whose time has come.
void propose_care_asks(Pass& pass, Agenda& agenda);

/// A nudge followed by a touch within 7 days is a deposit; a mistake repaired in time another.
void reward_care(Pass& pass);

}  // namespace ioud::domain
