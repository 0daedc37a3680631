#pragma once
// The key that seals what is kept at rest (specification 6.2): handed in by the service manager as
// the credential "ioud-state-key".

#include <filesystem>
#include <optional>

#include "domain/policy.hpp"
#include "store/seal.hpp"

namespace ioud::app {

/// Nothing where no key is handed in or the policy wants none. Fault::config where it is no key.
/// `credentials` is $CREDENTIALS_DIRECTORY, or empty.
core::Result<std::optional<store::Seal>> state_seal(const std::filesystem::path& credentials,
                                                    const domain::Policy& policy);

}  // namespace ioud::app
