#pragma once
// The table of layers in daemon/README.md, and what an include may reach. The page people read is
// the rule the build checks, so the two cannot drift apart.

#include <string>
#include <string_view>
#include <vector>

#include "lint/source.hpp"

namespace ioud::lint {

/// A row: `| layer | rooms | may include | libraries |`.
struct Layer {
  std::vector<std::string> rooms;      ///< path prefixes from the root; "/*" for any subfolder
  std::vector<std::string> includes;   ///< "core", "net/task.hpp", "connectors", "everything"
  std::vector<std::string> libraries;  ///< first part of an include: "boost", "curl"
  std::vector<std::string> hidden;     ///< libraries that only .cpp files may include
};

/// The rows of the first table whose head begins with "| layer |"; empty where there is none.
std::vector<Layer> read_layers(std::string_view markdown);

/// Includes of the sources that their layer does not allow, and files that no row covers.
std::vector<Complaint> check_layers(const std::vector<Layer>& layers,
                                    const std::vector<Source>& sources);

}  // namespace ioud::lint
