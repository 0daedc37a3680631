#include "connectors/oauth/settings.hpp"

namespace ioud::connectors::oauth {

std::vector<Option> rows() {
  return {
      {.path = "oauth",
       .type = OptionType::table,
       .help = "an OAuth sign-in whose access tokens are renewed; or `password`, or `token`"},
      {.path = "oauth.token_url",
       .fallback = "\"https://login.example.com/token\"",
       .help = "the provider's token endpoint",
       .required = true},
      {.path = "oauth.client_id",
       .fallback = "\"ioud\"",
       .help = "the id of the application you registered with the provider",
       .required = true},
      {.path = "oauth.client_secret",
       .type = OptionType::secret,
       .help = "where its secret is, if it was given one"},
      {.path = "oauth.scope",
       .fallback = "\"\"",
       .help = "what to ask for, separated by spaces; empty: what was signed in for"},
      {.path = "oauth.authorize_url",
       .fallback = "\"\"",
       .help = "where the provider lets people sign in; then `ioud login` does that, once"},
      {.path = "oauth.redirect",
       .fallback = "\"http://localhost\"",
       .help = "the address that the application is registered with; its port is ioud's choice"},
      {.path = "oauth.refresh_token",
       .type = OptionType::secret,
       .help = "instead of `ioud login`: where the refresh token of a sign-in made elsewhere is"},
      {.path = "oauth.ca_file",
       .fallback = "\"\"",
       .help = "PEM file of the authorities to believe at token_url instead of the system's"},
      {.path = "oauth.plain_loopback",
       .type = OptionType::boolean,
       .fallback = "false",
       .help = "allow http:// to this machine itself"},
  };
}

namespace {

/// Where a person signs in.
void read_sign_in(const Setting& table, UsualKeys& keys, Settings& settings) {
  const Setting* authorize = table.find("authorize_url");
  if (authorize != nullptr && !authorize->as<std::string>()->empty())
    settings.authorize_url = keys.address(table, "authorize_url", settings.tls.plain_loopback,
                                          "https://login.example.com/authorize");
  if (authorize == nullptr && !settings.refresh_token)
    keys.complain(table, "client_id",
                  "nobody can sign in: write `authorize_url`, where the provider lets people sign "
                  "in, or `refresh_token`, where one is that you have");
  const std::string redirect = table.text("redirect", settings.redirect);
  const auto back = net::parse_url(redirect);
  const bool has_no_port = redirect.find(':', redirect.find("//") + 1) == std::string::npos;
  if (back && back->scheme == "http" && net::is_loopback(*back) && back->query.empty() &&
      has_no_port)
    settings.redirect = redirect;
  else
    keys.complain(table, "redirect",
                  "found \"" + redirect +
                      "\", expected an address of this machine without a port, such as "
                      "http://localhost or http://127.0.0.1/callback, as it stands in the "
                      "application's registration");
}

}  // namespace

Settings read_settings(const Setting& table, UsualKeys& keys) {
  Settings settings;
  settings.place = table.place;
  settings.client_id = table.text("client_id");
  if (settings.client_id.empty())
    keys.complain(table, "client_id",
                  "`client_id` is empty; write the id that the provider gave your application");
  if (const Setting* secret = table.find("client_secret")) settings.client_secret = *secret;
  settings.scope = table.text("scope");
  if (const Setting* token = table.find("refresh_token")) settings.refresh_token = *token;
  settings.tls.ca_file = keys.path(table, "ca_file");
  const Setting* plain = table.find("plain_loopback");
  settings.tls.plain_loopback = plain != nullptr && *plain->as<bool>();
  const auto url = keys.address(table, "token_url", settings.tls.plain_loopback,
                                "https://login.example.com/token");
  if (url) settings.token_url = *url;
  read_sign_in(table, keys, settings);
  return settings;
}

}  // namespace ioud::connectors::oauth
