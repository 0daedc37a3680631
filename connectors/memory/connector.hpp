#pragma once
// The reference connector: every port over a Store in memory. It shows what a connector owes its
// callers in the fewest lines, and tests drive the engine with it.

#include <memory>
#include <string>
#include <vector>

#include "connectors/kind.hpp"
#include "connectors/memory/store.hpp"

namespace ioud::connectors::memory {

/// All ports over that store. The calendars and books that are named are made where the store
/// lacks them.
Connector connect(std::string name, std::vector<Calendar> calendars, std::vector<std::string> books,
                  const std::shared_ptr<Store>& store);

Kind kind();

}  // namespace ioud::connectors::memory
