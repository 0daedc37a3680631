#pragma once
// A card for the people of gold clients (specification 5.5): a reminder a week before the birthday,
// since post takes a few days. The greeting itself is a draft of that day.

#include <vector>

#include "domain/cadence.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// One nudge for each birthday of a gold client's contact that gets a draft; what is over is left
/// out unless it is held ahead.
std::vector<CareWish> card_wishes(const Pass& pass, const std::map<std::string, HeldTime>& held);

}  // namespace ioud::domain
