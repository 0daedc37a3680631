#pragma once
// The kinds that speak over the network. They and their libraries may live in a module that is
// loaded when one of them is wanted, so that folders alone stay quick and small.

#include <array>
#include <span>
#include <string_view>

#include "connectors/kind.hpp"

namespace ioud::connectors {

/// Their names, known without loading anything.
inline constexpr std::array<std::string_view, 3> network_kind_names = {"caldav", "carddav", "mail"};

/// Fails with Fault::config where the module is missing or does not fit this program.
core::Result<std::span<const Kind>> network_kinds();

}  // namespace ioud::connectors
