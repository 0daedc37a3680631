#pragma once
// One attempt to sign in with a browser: the address it is sent to, and what it brings back
// (RFC 6749 4.1, with PKCE after RFC 7636, on a loopback port after RFC 8252 7.3). Pure.

#include <optional>
#include <string>
#include <string_view>

#include "connectors/oauth/settings.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"

namespace ioud::connectors::oauth {

struct Attempt {
  std::string redirect;   ///< where the browser is sent back to, with our port in it
  std::string state;      ///< tells this attempt from any other
  core::Secret verifier;  ///< known to us alone until the code is redeemed
};

/// State and verifier are made of 32 unpredictable bytes each; the redirect address is that of the
/// settings with this port.
Attempt new_attempt(const Settings& settings, int port, std::string_view state_bytes,
                    std::string_view verifier_bytes);

/// Where the person signs in. Fields that the configured address has already are kept.
std::string authorize_address(const Settings& settings, const Attempt& attempt);

/// What a request of a browser to the redirect address brings: the code, or Fault::auth where the
/// person or the provider said no. Nothing where the request is not about this attempt, a picture
/// for the tab for example; `target` is the path with its query, "/callback?code=…&state=…".
std::optional<core::Result<core::Secret>> brought_back(std::string_view target,
                                                       const Attempt& attempt,
                                                       const Settings& settings);

}  // namespace ioud::connectors::oauth
