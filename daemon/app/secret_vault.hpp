#pragma once
// The vault of connectors: one file a secret in a folder of the state directory, mode 0600, locked
// while it is open.

#include <filesystem>
#include <memory>
#include <optional>

#include "connectors/vault.hpp"
#include "store/seal.hpp"

namespace ioud::app {

/// The folder is made with the first secret. With a seal what is written is sealed; what was
/// written before there was one is still read, and sealed when it is next replaced. Files are
/// touched on a thread of its own, which starts with the first question. A drawer that another
/// process holds is waited for, ten seconds at most.
std::shared_ptr<connectors::Vault> secret_vault(std::filesystem::path folder,
                                                std::optional<store::Seal> seal);

}  // namespace ioud::app
