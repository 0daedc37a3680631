#pragma once
// What the admin says of an account's OAuth sign-in, checked and made plain. Does no input or
// output.

#include <optional>
#include <string>
#include <vector>

#include "connectors/options.hpp"
#include "connectors/usual_keys.hpp"
#include "net/http.hpp"

namespace ioud::connectors::oauth {

struct Settings {
  Place place;  ///< of the table in the config
  net::Url token_url;
  std::string client_id;
  std::optional<Setting> client_secret;  ///< the reference; nothing: a public client
  std::string scope;                     ///< separated by spaces; empty: as signed in for
  std::optional<Setting> refresh_token;  ///< the reference; nothing: a person signs in here
  std::optional<net::Url> authorize_url;
  /// Where the browser comes back to on this machine, as it is registered, without a port:
  /// providers compare it letter by letter.
  std::string redirect = "http://localhost";
  net::TlsSettings tls;
};

/// The rows of the table `oauth` of a connector.
std::vector<Option> rows();

/// Reads such a table after it was checked against the rows, and complains about what makes no
/// sense.
Settings read_settings(const Setting& table, UsualKeys& keys);

}  // namespace ioud::connectors::oauth
