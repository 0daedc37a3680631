#pragma once
// A vault in memory that tests look into, and that fails where they want it to.

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "connectors/vault.hpp"

namespace ioud::fakes {

class MemoryVault final : public connectors::Vault {
 public:
  net::Task<std::unique_ptr<connectors::Drawer>> open(std::string name) override {
    ++opened;
    co_return std::make_unique<MemoryDrawer>(*this, std::move(name));
  }

  std::map<std::string, core::Secret> secrets;
  bool is_full = false;  ///< nothing can be kept
  int opened = 0;

 private:
  class MemoryDrawer final : public connectors::Drawer {
   public:
    MemoryDrawer(MemoryVault& vault, std::string name) : vault_(vault), name_(std::move(name)) {}
    const core::Secret& kept() const override { return vault_.secrets[name_]; }
    net::Task<bool> keep(core::Secret secret) override {
      if (vault_.is_full) co_return core::fail(core::Fault::transient, name_, "the disk is full");
      vault_.secrets[name_] = std::move(secret);
      co_return true;
    }

   private:
    MemoryVault& vault_;
    std::string name_;
  };
};

}  // namespace ioud::fakes
