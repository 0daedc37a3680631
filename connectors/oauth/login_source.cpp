#include "connectors/oauth/login_source.hpp"

#include "connectors/http_ways.hpp"
#include "connectors/oauth/tokens.hpp"

namespace ioud::connectors::oauth {

LoginSource login_source(const std::string& connector, const std::optional<Settings>& settings,
                         const MailLogin& login, const Surroundings& surroundings) {
  if (!settings) return {secret_source(surroundings, login.secret, login.user), nullptr};
  Tokens::Parts parts;
  parts.connector = connector;
  parts.settings = *settings;
  parts.find_secret = surroundings.find_secret;
  parts.vault = surroundings.vault;
  parts.http = pool_of(surroundings);
  parts.clock = clock_of(surroundings);
  parts.log = surroundings.log;
  parts.steps = surroundings.steps;
  const auto tokens = std::make_shared<Tokens>(std::move(parts));
  return {[tokens] { return tokens->token(); },
          [tokens](const core::Secret& token) { tokens->give_back(token); }};
}

}  // namespace ioud::connectors::oauth
