#include <array>
#include <utility>

#include "connectors/dav/account.hpp"
#include "connectors/http_ways.hpp"
#include "core/text.hpp"

namespace ioud::connectors::dav {
namespace {

constexpr std::array<std::pair<std::string_view, LoginWay>, 5> login_words = {{
    {"auto", LoginWay::automatic},
    {"basic", LoginWay::basic},
    {"digest", LoginWay::digest},
    {"bearer", LoginWay::bearer},
    {"none", LoginWay::none},
}};

LoginWay way_named(std::string_view word) {
  for (const auto& [name, way] : login_words) {
    if (name == word) return way;
  }
  return LoginWay::automatic;
}

/// Whether what is needed to log in was said.
void check_login(const Setting& setting, AccountSettings& account, UsualKeys& keys) {
  const bool needs_secret = account.way != LoginWay::none;
  if (account.way == LoginWay::automatic && account.user.empty() && !account.secret) {
    account.way = LoginWay::none;
  } else if (needs_secret && !account.secret) {
    keys.complain(
        setting, "user",
        "`password` is missing; say where it is, for example password = { credential = \"" +
            account.name + "\" }, or write login = \"none\"");
  } else if (needs_secret && account.way != LoginWay::bearer && account.user.empty()) {
    keys.complain(setting, "password", "`user` is missing; write the name to log in with");
  }
}

}  // namespace

std::vector<Option> account_rows(const std::string& type) {
  std::vector<Option> rows = name_rows(type);
  const std::vector<Option> own = {
      {.path = "server",
       .fallback = "\"https://dav.example.com/\"",
       .help = "the server's address, or the domain of the mail address to find it by",
       .required = true},
      {.path = "user", .fallback = "\"tom@example.com\"", .help = "the name to log in with"},
      {.path = "password",
       .type = OptionType::secret,
       .help = "where the password or token is; many servers want an app password"},
      {.path = "login",
       .fallback = "\"auto\"",
       .help = "how to log in; auto takes basic, or digest where the server wants that"},
      {.path = "ca_file",
       .help = "a PEM file with the authority of a server that the system does not know"},
      {.path = "client_cert", .help = "a PEM file with our own certificate, where the server asks"},
      {.path = "client_key", .help = "the key of client_cert, if it is not in the same file"},
  };
  const std::vector<Option> hosts = host_rows();
  const std::vector<Option> limit = {
      {.path = "item_limit_kib",
       .type = OptionType::integer,
       .fallback = "16384",
       .help = "a larger event or card is reported and not read",
       .lowest = 16,
       .highest = 262144},
  };
  for (const auto& more : {own, hosts, limit}) rows.insert(rows.end(), more.begin(), more.end());
  for (Option& row : rows) {
    if (row.path != "login") continue;
    for (const auto& [word, way] : login_words) row.words.emplace_back(word);
  }
  return rows;
}

AccountSettings read_account(const Setting& setting, UsualKeys& keys) {
  AccountSettings account;
  account.name = keys.connector_name(setting);
  account.user = setting.text("user");
  account.way = way_named(setting.text("login", "auto"));
  if (const Setting* secret = setting.find("password")) account.secret = *secret;
  account.tls.ca_file = keys.path(setting, "ca_file");
  account.tls.client_cert = keys.path(setting, "client_cert");
  account.tls.client_key = keys.path(setting, "client_key");
  for (const Setting& host : setting.list("hosts"))
    account.hosts.push_back(*host.as<std::string>());
  account.tls.plain_loopback = allows_plain_loopback(setting);
  if (const Setting* limit = setting.find("item_limit_kib")) {
    account.item_bytes = static_cast<std::size_t>(*limit->as<std::int64_t>()) << 10U;
  }

  account.server_place = setting.find("server")->place;
  account.service = "_" + setting.text("type") + "s._tcp";
  if (is_domain(setting.text("server"))) {
    account.domain = core::ascii_lower(setting.text("server"));
    check_login(setting, account, keys);
    return account;
  }
  const auto server =
      keys.address(setting, "server", account.tls.plain_loopback, "https://dav.example.com/");
  if (!server) return account;
  account.server = *server;
  check_login(setting, account, keys);
  return account;
}

}  // namespace ioud::connectors::dav
