#include "connectors/surroundings.hpp"

namespace ioud::connectors {
namespace {

net::Task<core::Secret> no_secret(std::string user) {
  co_return core::fail(core::Fault::config, user, "no secrets can be had here");
}

}  // namespace

std::shared_ptr<const net::Clock> clock_of(const Surroundings& surroundings) {
  if (surroundings.clock == nullptr) return std::make_shared<net::SystemClock>();
  return {std::shared_ptr<void>(), surroundings.clock};
}

std::function<net::Task<core::Secret>()> secret_source(const Surroundings& surroundings,
                                                       const Setting& reference,
                                                       const std::string& user) {
  if (!surroundings.find_secret) return [user] { return no_secret(user); };
  return [find = surroundings.find_secret, reference] { return find(reference); };
}

}  // namespace ioud::connectors
