#include "connectors/network_module.hpp"

#include "connectors/post_json.hpp"

extern "C" __attribute__((visibility("default"))) void ioud_network_module(void* module) {
  namespace connectors = ioud::connectors;
  auto& out = *static_cast<connectors::NetworkModule*>(module);
  const auto kinds = connectors::network_kinds();
  out.version = connectors::network_module_version;
  out.kinds = kinds->data();
  out.count = kinds->size();
  out.make_post = [](connectors::PostJson& to) { to = connectors::post_json(); };
}
