#pragma once
// How an account proves who it is to a mail server (SASL): chooses among what the server offers and
// words the responses, before base64. Pure; the transport is the protocol's matter.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/secret.hpp"

namespace ioud::connectors {

enum class Mechanism { plain, login, oauthbearer, xoauth2 };

/// A user and what he proves himself by: a password, or an OAuth access token.
struct Credentials {
  std::string user;
  core::Secret secret;
  bool is_token = false;
};

/// Told of a token that a server refused, so that the next one asked for is another. Null where
/// asking again brings the same.
using GiveBack = std::function<void(const core::Secret& token)>;

/// The server's name of the mechanism, "XOAUTH2".
std::string name(Mechanism mechanism);

/// The best of what the server offers (names in any case) for a password or a token; nothing where
/// it offers none we can use.
std::optional<Mechanism> choose(const std::vector<std::string>& offered, bool is_token);

/// What a person should do about a refused login, to stand behind "; ". `is_new` is a token that
/// was renewed just now.
std::string advice(const Credentials& credentials, bool is_new);

/// The responses in their order, raw: PLAIN (RFC 4616), OAUTHBEARER (RFC 7628; `host` and `port`
/// are the server's) and XOAUTH2 have one, LOGIN has two.
std::vector<core::Secret> responses(Mechanism mechanism, const Credentials& credentials,
                                    const std::string& host, int port);

}  // namespace ioud::connectors
