#pragma once
// What a connector may use of the program around it. Everything pointed at outlives the connector.

#include <filesystem>
#include <functional>
#include <memory>

#include "connectors/sasl.hpp"
#include "connectors/settings.hpp"
#include "connectors/vault.hpp"
#include "core/log.hpp"
#include "core/secret.hpp"
#include "net/clock.hpp"
#include "net/services.hpp"
#include "net/task.hpp"

namespace ioud::core {
class Steps;
}
namespace ioud::net {
class HttpPool;
}

namespace ioud::connectors {

/// What connectors share once one of them has made it.
struct Shared {
  std::shared_ptr<net::HttpPool> http;  ///< all connections by HTTP
};

struct Surroundings {
  const net::Clock* clock = nullptr;
  core::Log* log = nullptr;
  core::Steps* steps = nullptr;  ///< told of every durable write; null where nobody counts
  std::filesystem::path folder;  ///< absolute; where relative paths of the settings start
  std::filesystem::path home;    ///< what "~/" means; empty: "~/" is a complaint
  /// The secret that a reference (OptionType::secret) names, looked up without blocking the loop.
  /// Ask when a peer wants it, never in `make`; null where secrets cannot be had.
  std::function<net::Task<core::Secret>(Setting reference)> find_secret;
  std::shared_ptr<Vault> vault;    ///< null: nothing outlives the process
  std::shared_ptr<Shared> shared;  ///< null: nothing is shared
  /// Who offers a service for a domain; null: the system's resolver knows.
  net::FindServices find_services;
};

/// Where the password or the token of each login comes from.
struct LoginSource {
  std::function<net::Task<core::Secret>()> find_secret;
  GiveBack give_back;  ///< null where asking again brings the same
};

/// The clock of the surroundings, or the machine's.
std::shared_ptr<const net::Clock> clock_of(const Surroundings& surroundings);

/// Looks up the secret of that user anew at each call; fails with Fault::config where none can be
/// had.
std::function<net::Task<core::Secret>()> secret_source(const Surroundings& surroundings,
                                                       const Setting& reference,
                                                       const std::string& user);

}  // namespace ioud::connectors
