#include <dlfcn.h>

#include <string>

#include "connectors/network.hpp"
#include "connectors/network_module.hpp"

namespace ioud::connectors {
namespace {

tl::unexpected<core::Error> failure(std::string text) {
  return core::fail(core::Fault::config, network_module_file,
                    std::move(text) + "; install the module that came with this program");
}

/// Never closed: what the kinds made may live until the process ends.
core::Result<NetworkModule> load() {
  void* library = ::dlopen(network_module_file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = ::dlerror();
    return failure(reason == nullptr ? "the module cannot be loaded" : reason);
  }
  void* symbol = ::dlsym(library, network_module_entry);
  if (symbol == nullptr) return failure("this is no module of ioud");
  NetworkModule module{};
  // NOLINTNEXTLINE: POSIX lets dlsym give functions
  reinterpret_cast<NetworkEntry>(symbol)(&module);
  if (std::string_view(module.version) != network_module_version)
    return failure("the module is of another version");
  return module;
}

const core::Result<NetworkModule>& loaded() {
  static const core::Result<NetworkModule> module = load();
  return module;
}

}  // namespace

core::Result<std::span<const Kind>> network_kinds() {
  const auto& module = loaded();
  if (!module) return tl::unexpected(module.error());
  return std::span<const Kind>(module->kinds, module->count);
}

core::Result<PostJson> network_post() {
  const auto& module = loaded();
  if (!module) return tl::unexpected(module.error());
  PostJson post;
  module->make_post(post);
  return post;
}

}  // namespace ioud::connectors
