#pragma once
// Care that no favour asks for: nudges, planning, preps before meetings, occasions, referral and
// after-sale asks. Turns the wishes of cadence and occasion into items, and remembers what the rep
// took away.

#include "domain/items.hpp"
#include "domain/placement.hpp"

namespace ioud::domain {

/// Planning, nudges, meeting preps and occasions that should stand, with the features that are on.
std::vector<WantedItem> care_items(Pass& pass, Agenda& agenda);

/// Referral and after-sale talks whose time has come.
void propose_care_asks(Pass& pass, Agenda& agenda);

/// A nudge followed by a touch within 7 days is a deposit; a mistake repaired in time another.
void reward_care(Pass& pass);

}  // namespace ioud::domain
