#pragma once
// Address-book cards (vCard 2.1, 3.0, 4.0) into domain::Card: names, addresses, dates in all their
// encodings, relatives, and the note lines of specification 3.2. Reads only; nothing ever writes a
// card.

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "domain/person.hpp"

namespace ioud::formats {

struct CardFile {
  std::vector<domain::Card> cards;
  std::vector<core::Error> faults;  ///< cards that were left out, each with line and cure
};

/// Fails with Fault::protocol where the bytes hold no card, or only bad ones; otherwise gives the
/// good cards and lists the bad. `place` goes into the errors.
core::Result<CardFile> read_cards(std::string_view bytes, std::string_view place = {});

}  // namespace ioud::formats
