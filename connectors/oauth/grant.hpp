#pragma once
// What is said to a token endpoint when a refresh token (RFC 6749 section 6) or the code of a
// sign-in (4.1.3) is turned into an access token, and what its answers mean. Pure: no socket, no
// clock of its own, nothing kept.

#include <chrono>
#include <optional>

#include "connectors/oauth/attempt.hpp"
#include "connectors/oauth/settings.hpp"
#include "core/civil_time.hpp"
#include "net/http.hpp"

namespace ioud::connectors::oauth {

/// What the server gave.
struct Grant {
  core::Secret access;
  std::optional<std::chrono::seconds> lifetime;  ///< nothing: the server does not tell
  core::Secret refresh;                          ///< the next one; empty: the one used stays good
};

/// The request, with the client's secret by HTTP Basic where there is one (RFC 6749 2.3.1).
net::Request refresh_request(const Settings& settings, const core::Secret& client_secret,
                             const core::Secret& refresh_token);

/// The same for the code that a sign-in brought (RFC 7636 4.5).
net::Request code_request(const Settings& settings, const core::Secret& client_secret,
                          const Attempt& attempt, const core::Secret& code);

/// The grant in an answer (RFC 6749 5.1), or the failure (5.2): auth where a person must sign in
/// again, config where client, scope or address are wrong, transient and throttled as HTTP says,
/// protocol where it is no such answer. No text holds a token.
core::Result<Grant> read_answer(const net::Response& response, const Settings& settings,
                                core::Instant now);

}  // namespace ioud::connectors::oauth
