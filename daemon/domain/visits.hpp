#pragma once
// Interest after the rep has left (M53): two business days after he was at a client's place he is
// reminded to ask how it went. No ask, ever.

#include <vector>

#include "domain/cadence.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// A check-in for each client and day of an on-site visit: a meeting held with one of its contacts
/// at a physical place, or a favour that was brought there. Those whose day is over are left out
/// unless one is held ahead, and so is one that another nudge of that client in `others` makes
/// needless.
std::vector<CareWish> visit_wishes(const Pass& pass, const std::vector<CareWish>& others,
                                   const std::map<std::string, HeldTime>& held);

}  // namespace ioud::domain
