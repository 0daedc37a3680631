#pragma once
// Where the password or the token of each login to a mail account comes from: a place the config
// names, or an OAuth sign-in.

#include <optional>
#include <string>

#include "connectors/capability.hpp"
#include "connectors/mail_keys.hpp"
#include "connectors/oauth/settings.hpp"
#include "connectors/surroundings.hpp"

namespace ioud::connectors::oauth {

/// `connector` is its name; without `settings` the secret of `login` is looked up anew each time.
LoginSource login_source(const std::string& connector, const std::optional<Settings>& settings,
                         const MailLogin& login, const Surroundings& surroundings);

/// Connector::sign_in; empty without settings that say where a person signs in.
std::function<net::Task<bool>(ShowAddress)> sign_in_of(const std::string& connector,
                                                       const std::optional<Settings>& settings,
                                                       const Surroundings& surroundings);

}  // namespace ioud::connectors::oauth
