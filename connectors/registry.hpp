#pragma once
// The explicit list of connector kinds: a new kind is one row.

#include <span>
#include <string_view>

#include "connectors/kind.hpp"

namespace ioud::connectors {

/// Every kind that is built in.
std::span<const Kind> kinds();

/// The kind of that name, or null.
const Kind* find_kind(std::string_view name);

/// Makes one connector from its [[connector]] table; an unknown `type` is a complaint too.
tl::expected<Connector, Complaints> make(const Setting& settings, const Surroundings& surroundings);

}  // namespace ioud::connectors
