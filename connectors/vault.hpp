#pragma once
// Where a connector keeps a secret that it got at run time and must still have after a restart,
// such as a refresh token that replaced the one in the config. The config is never written.

#include <memory>
#include <string>

#include "core/secret.hpp"
#include "net/task.hpp"

namespace ioud::connectors {

/// One secret of a vault, open to one holder at a time, other processes included; closed when it
/// goes.
class Drawer {
 public:
  virtual ~Drawer() = default;
  /// What is kept; empty where nothing is.
  virtual const core::Secret& kept() const = 0;
  /// True once it survives a power cut. Else what was kept before still is.
  virtual net::Task<bool> keep(core::Secret secret) = 0;
};

class Vault {
 public:
  virtual ~Vault() = default;
  /// `name` is a file's name. Fails transient where somebody else does not let go of it, or where
  /// it cannot be read.
  virtual net::Task<std::unique_ptr<Drawer>> open(std::string name) = 0;
};

}  // namespace ioud::connectors
