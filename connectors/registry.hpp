#pragma once
// The explicit list of connector kinds: a new kind is one row.

#include <string_view>
#include <vector>

#include "connectors/kind.hpp"

namespace ioud::connectors {

/// Every kind there is; those of the network are missing where their module is.
std::vector<const Kind*> kinds();

/// The kind of that name, or null. Fault::config where it lives in a module that cannot be loaded.
core::Result<const Kind*> find_kind(std::string_view name);

/// Makes one connector from its [[connector]] table; an unknown `type` is a complaint too.
tl::expected<Connector, Complaints> make(const Setting& settings, const Surroundings& surroundings);

}  // namespace ioud::connectors
