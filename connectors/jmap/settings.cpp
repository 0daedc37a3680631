#include "connectors/jmap/settings.hpp"

#include "connectors/http_ways.hpp"
#include "core/text.hpp"

namespace ioud::connectors::jmap {
namespace {

constexpr const char* example = "https://api.fastmail.com/jmap/session";

std::vector<Option> server_row() {
  return {
      {.path = "server",
       .fallback = "\"" + std::string(example) + "\"",
       .help = "the address of the JMAP session, or the domain of the mail address to find it by",
       .required = true}};
}

std::vector<Option> ping_row() {
  return {{.path = "ping_seconds",
           .type = OptionType::integer,
           .fallback = "120",
           .help = "the server is asked for a sign of life this often while it tells news",
           .lowest = 10,
           .highest = 1500}};
}

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> table = name_rows("jmap");
    for (const auto& more : {server_row(), login_rows(), oauth::rows(), host_rows(),
                             reading_rows(""), ping_row(), smtp_rows()})
      table.insert(table.end(), more.begin(), more.end());
    return table;
  }();
  return all;
}

net::Url server_of(const Setting& setting, bool plain_loopback, UsualKeys& keys) {
  const std::string written = setting.text("server");
  std::optional<net::Url> server = is_domain(written)
                                       ? net::parse_url("https://" + core::ascii_lower(written))
                                       : keys.address(setting, "server", plain_loopback, example);
  if (!server) return {};
  const bool is_host_alone = server->path == "/" && server->query.empty();
  if (is_host_alone) server->path = well_known;
  return *server;
}

Settings read(const Setting& setting, UsualKeys& keys) {
  Settings settings;
  AccountSettings& account = settings.account;
  account.name = keys.connector_name(setting);
  account.login = read_login(setting, keys, "oauth");
  if (const Setting* oauth = setting.find("oauth"))
    account.oauth = oauth::read_settings(*oauth, keys);
  account.tls.ca_file = account.login.ca_file;
  account.tls.plain_loopback = allows_plain_loopback(setting);
  account.server = server_of(setting, account.tls.plain_loopback, keys);
  account.place = setting.find("server")->place;
  if (is_domain(setting.text("server"))) account.domain = core::ascii_lower(setting.text("server"));
  for (const Setting& host : setting.list("hosts"))
    account.hosts.push_back(*host.as<std::string>());
  settings.reading = read_reading(setting);
  settings.watch.ping = std::chrono::seconds(number(setting, "ping_seconds", 120));
  settings.watch.poll = settings.reading.poll;
  settings.smtp = read_smtp(setting, account.login, keys);
  return settings;
}

}  // namespace

OptionTable options() { return rows(); }

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings) {
  if (Complaints wrong = check(setting, options()); !wrong.empty())
    return tl::unexpected(std::move(wrong));
  UsualKeys keys(surroundings);
  Settings settings = read(setting, keys);
  if (!keys.complaints.empty()) return tl::unexpected(std::move(keys.complaints));
  return settings;
}

}  // namespace ioud::connectors::jmap
