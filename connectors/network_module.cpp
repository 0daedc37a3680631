#include "connectors/network_module.hpp"

#include "connectors/network.hpp"

extern "C" __attribute__((visibility("default"))) IoudNetworkModule ioud_network_module() {
  const auto kinds = ioud::connectors::network_kinds();
  return {ioud::connectors::network_module_version, kinds->data(), kinds->size()};
}
