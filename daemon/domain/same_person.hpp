#pragma once
// Which cards are of one person: the same mail address, the same phone under a name that may be
// theirs, or the same name and birthday. A switchboard's number makes nobody one person.

#include <vector>

#include "domain/person.hpp"

namespace ioud::domain {

/// The cards in groups of one person each; cards and groups in an order that depends on their
/// content alone.
std::vector<std::vector<Card>> grouped_by_person(std::vector<Card> cards);

/// Whether two written names may be one person's: all words of the shorter are in the longer, or
/// the last words agree and so do the first letters.
bool may_be_one_name(std::string_view a, std::string_view b);

}  // namespace ioud::domain
