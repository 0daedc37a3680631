#pragma once
// A person signs in with a browser, once; the refresh token that this brings is kept, and the
// tokens of the account come from it from then on, in a program that runs already too.

#include "connectors/capability.hpp"
#include "connectors/oauth/tokens.hpp"

namespace ioud::connectors::oauth {

/// How long a person may take.
inline constexpr std::chrono::minutes sign_in_patience{5};

/// Opens a port on this machine, hands the address to visit to `show`, waits for the browser to
/// come back, and keeps what it brought. Fails config where the settings do not say where to sign
/// in or name a token of their own, auth where the person or the provider said no, protocol where
/// the provider gives no refresh token, transient where nobody came.
net::Task<bool> sign_in(Tokens::Parts parts, ShowAddress show);

}  // namespace ioud::connectors::oauth
