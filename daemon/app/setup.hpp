#pragma once
// Everything the admin wrote, read and checked together: the config, the clients file, and the
// connectors made from it. What every command but help, detect and demo starts from. No network;
// in the state directory nothing but what connectors keep for themselves.

#include <filesystem>
#include <optional>
#include <vector>

#include "app/config.hpp"
#include "connectors/capability.hpp"
#include "connectors/surroundings.hpp"
#include "domain/person.hpp"
#include "store/seal.hpp"

namespace ioud::app {

struct Setup {
  Config config;
  std::vector<domain::Client> clients;  ///< the good entries of the clients file
  std::vector<connectors::Connector> connectors;
  std::optional<store::Seal> seal;  ///< of all that is kept; none where no key was handed in
};

struct SetupReading {
  Setup setup;  ///< to be used only where `config_complaints` is empty
  connectors::Complaints config_complaints;
  /// Entries of the clients file that were left out: fatal for `check`, a warning elsewhere.
  connectors::Complaints client_complaints;
};

struct SetupWish {
  std::filesystem::path config;
  std::filesystem::path home;
  std::filesystem::path credentials;  ///< $CREDENTIALS_DIRECTORY, or empty
};

/// What the connectors may use is given by `surroundings`; its folder, home, secrets,
/// vault and connections are filled in here. Everything in it outlives the setup.
SetupReading read_setup(const SetupWish& wish, connectors::Surroundings surroundings);

}  // namespace ioud::app
