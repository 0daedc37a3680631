#pragma once
// Countries as people write them, as far as they tell the time: a country with one clock has a
// zone.

#include <optional>
#include <string_view>

#include "core/civil_time.hpp"

namespace ioud::core {

/// The zone of a country all of which keeps the same time: by ISO 3166 code ("de") or by its name
/// in English, German, French, Spanish, Italian, Dutch, Portuguese or Polish, any case. Empty for
/// countries with several zones and for words that name none.
std::optional<Zone> only_zone_of(std::string_view country);

}  // namespace ioud::core
