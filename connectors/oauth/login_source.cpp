#include "connectors/oauth/login_source.hpp"

#include "connectors/http_ways.hpp"
#include "connectors/oauth/sign_in.hpp"
#include "connectors/oauth/tokens.hpp"

namespace ioud::connectors::oauth {

namespace {

Tokens::Parts parts_of(const std::string& connector, const Settings& settings,
                       const Surroundings& surroundings) {
  Tokens::Parts parts;
  parts.connector = connector;
  parts.settings = settings;
  parts.find_secret = surroundings.find_secret;
  parts.vault = surroundings.vault;
  parts.http = pool_of(surroundings);
  parts.clock = clock_of(surroundings);
  parts.log = surroundings.log;
  parts.steps = surroundings.steps;
  return parts;
}

}  // namespace

LoginSource login_source(const std::string& connector, const std::optional<Settings>& settings,
                         const MailLogin& login, const Surroundings& surroundings) {
  if (!settings) return {secret_source(surroundings, login.secret, login.user), nullptr};
  const auto tokens = std::make_shared<Tokens>(parts_of(connector, *settings, surroundings));
  return {[tokens] { return tokens->token(); },
          [tokens](const core::Secret& token) { tokens->give_back(token); }};
}

std::function<net::Task<bool>(ShowAddress)> sign_in_of(const std::string& connector,
                                                       const std::optional<Settings>& settings,
                                                       const Surroundings& surroundings) {
  if (!settings || !settings->authorize_url) return nullptr;
  return [parts = parts_of(connector, *settings, surroundings)](ShowAddress show) {
    return sign_in(parts, std::move(show));
  };
}

}  // namespace ioud::connectors::oauth
