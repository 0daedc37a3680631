#pragma once
// What a connector may use of the program around it. Everything pointed at outlives the connector.

#include <filesystem>

#include "core/log.hpp"
#include "net/clock.hpp"

namespace ioud::core {
class Steps;
}

namespace ioud::connectors {

struct Surroundings {
  const net::Clock* clock = nullptr;
  core::Log* log = nullptr;
  core::Steps* steps = nullptr;  ///< told of every durable write; null where nobody counts
  std::filesystem::path folder;  ///< absolute; where relative paths of the settings start
  std::filesystem::path home;    ///< what "~/" means; empty: "~/" is a complaint
};

}  // namespace ioud::connectors
