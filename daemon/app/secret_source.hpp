#pragma once
// Turns a reference in the config into the secret it names: a systemd credential, a file, what a
// program prints, an entry of the desktop's keyring. Called when a connector needs it, never at
// check; a secret is never in the config, on a command line, or in a log.

#include <chrono>
#include <filesystem>
#include <functional>

#include "connectors/settings.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "net/task.hpp"

namespace ioud::app {

/// Where references lead.
struct SecretPlaces {
  std::filesystem::path credentials;           ///< $CREDENTIALS_DIRECTORY, or empty
  std::filesystem::path folder;                ///< where relative paths start
  std::filesystem::path home;                  ///< what "~/" means, or empty
  std::chrono::milliseconds patience{30'000};  ///< the longest a command may take
};

/// `reference` is a table with one of `credential`, `file`, `command`, `keyring`
/// (connectors::OptionType::secret). Blocks for at most `patience`: call it before the loop runs or
/// on the worker thread. The first line without its end is the secret. Fails with Fault::config
/// where a person must mend something (no such credential, a file that others may read), with
/// Fault::auth where a program ran and gave nothing, with Fault::transient where it took too long.
core::Result<core::Secret> find_secret(const connectors::Setting& reference,
                                       const SecretPlaces& places);

/// find_secret on a thread of its own, so that a slow program keeps nobody waiting: what connectors
/// get as Surroundings::find_secret. The thread starts with the first question.
std::function<net::Task<core::Secret>(connectors::Setting)> secret_finder(SecretPlaces places);

}  // namespace ioud::app
