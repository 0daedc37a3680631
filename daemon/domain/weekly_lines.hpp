#pragma once
// What the week's review says about how things stand with clients: help that rises, praise without
// an ask, rivals, hours, second purchases, customers without a plan, signs of leaving, birthdays
// that are the rep's to greet (M15, M36, M43, M44, M52, M67, M69, M70). Found when the review
// leaves, so that each line is true that day.

#include "domain/pass.hpp"
#include "domain/placement.hpp"

namespace ioud::domain {

/// Adds the lines of the review that leaves in this pass; does nothing in any other. A line is told
/// once for its facts, and of each kind a few a week, most pressing first: what is left over waits
/// for the weeks to come.
void add_weekly_lines(Pass& pass, const Agenda& agenda);

}  // namespace ioud::domain
