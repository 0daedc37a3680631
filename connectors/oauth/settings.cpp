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
      {.path = "oauth.refresh_token",
       .type = OptionType::secret,
       .help = "where the refresh token of your sign-in is; later ones are kept by ioud",
       .required = true},
      {.path = "oauth.ca_file",
       .fallback = "\"\"",
       .help = "PEM file of the authorities to believe at token_url instead of the system's"},
      {.path = "oauth.plain_loopback",
       .type = OptionType::boolean,
       .fallback = "false",
       .help = "allow http:// to this machine itself"},
  };
}

Settings read_settings(const Setting& table, UsualKeys& keys) {
  Settings settings;
  settings.place = table.place;
  settings.client_id = table.text("client_id");
  if (settings.client_id.empty())
    keys.complain(table, "client_id",
                  "`client_id` is empty; write the id that the provider gave your application");
  if (const Setting* secret = table.find("client_secret")) settings.client_secret = *secret;
  settings.scope = table.text("scope");
  settings.refresh_token = *table.find("refresh_token");
  settings.tls.ca_file = keys.path(table, "ca_file");
  const Setting* plain = table.find("plain_loopback");
  settings.tls.plain_loopback = plain != nullptr && *plain->as<bool>();
  const auto url = keys.address(table, "token_url", settings.tls.plain_loopback,
                                "https://login.example.com/token");
  if (url) settings.token_url = *url;
  return settings;
}

}  // namespace ioud::connectors::oauth
