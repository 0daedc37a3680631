#pragma once
// The online check of local folders: what is there, what may be read, and what may be written
// where ioud must write. Writes nothing.

#include <vector>

#include "connectors/local/settings.hpp"

namespace ioud::connectors::local {

/// Every trouble found, each with the place in the config that names the folder.
std::vector<core::Error> probe(const Settings& settings);

}  // namespace ioud::connectors::local
