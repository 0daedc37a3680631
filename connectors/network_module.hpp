#pragma once
// The one symbol of the module libioud_network.so, and its version: program and module are built
// together and refuse each other otherwise.

#include <cstddef>

#include "connectors/kind.hpp"

extern "C" {

/// What the module hands over; the kinds live as long as the process.
struct IoudNetworkModule {
  const char* version;
  const ioud::connectors::Kind* kinds;
  std::size_t count;
};

using IoudNetworkEntry = IoudNetworkModule (*)();
}

namespace ioud::connectors {

inline constexpr const char* network_module_file = "libioud_network.so";
inline constexpr const char* network_module_entry = "ioud_network_module";
inline constexpr const char* network_module_version = IOUD_VERSION " " __VERSION__;

}  // namespace ioud::connectors
