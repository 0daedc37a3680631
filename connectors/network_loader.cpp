#include <dlfcn.h>

#include <string>

#include "connectors/network.hpp"
#include "connectors/network_module.hpp"

namespace ioud::connectors {
namespace {

core::Result<std::span<const Kind>> failure(std::string text) {
  return core::fail(core::Fault::config, network_module_file,
                    std::move(text) + "; install the module that came with this program");
}

/// Never closed: what the kinds made may live until the process ends.
core::Result<std::span<const Kind>> load() {
  void* module = ::dlopen(network_module_file, RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) {
    const char* reason = ::dlerror();
    return failure(reason == nullptr ? "the module cannot be loaded" : reason);
  }
  void* symbol = ::dlsym(module, network_module_entry);
  if (symbol == nullptr) return failure("this is no module of ioud");
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): POSIX lets dlsym give functions
  const IoudNetworkModule found = reinterpret_cast<IoudNetworkEntry>(symbol)();
  if (std::string_view(found.version) != network_module_version)
    return failure("the module is of another version");
  return std::span<const Kind>(found.kinds, found.count);
}

}  // namespace

core::Result<std::span<const Kind>> network_kinds() {
  static const core::Result<std::span<const Kind>> kinds = load();
  return kinds;
}

}  // namespace ioud::connectors
