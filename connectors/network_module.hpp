#pragma once
// The one symbol of the module libioud_network.so, and its version: program and module are built
// together and refuse each other otherwise.

#include "connectors/network.hpp"

namespace ioud::connectors {

/// What the module hands over; the kinds live as long as the process.
struct NetworkModule {
  const char* version;
  const Kind* kinds;
  std::size_t count;
  void (*make_post)(PostJson& to);
};

/// Fills in a NetworkModule, given as void* because the symbol is found by its C name.
using NetworkEntry = void (*)(void* module);

inline constexpr const char* network_module_file = "libioud_network.so";
inline constexpr const char* network_module_entry = "ioud_network_module";
inline constexpr const char* network_module_version = IOUD_VERSION " " __VERSION__;

}  // namespace ioud::connectors
