#include "connectors/jmap/settings.hpp"

#include "connectors/http_ways.hpp"
#include "core/text.hpp"

namespace ioud::connectors::jmap {
namespace {

constexpr const char* example = "https://api.fastmail.com/jmap/session";
/// Where the session lies on a host of which nothing else is known (RFC 8620 2.2).
constexpr const char* well_known = "/.well-known/jmap";

std::vector<Option> server_row() {
  return {{.path = "server",
           .fallback = "\"" + std::string(example) + "\"",
           .help = "the address of the JMAP session, or the host alone",
           .required = true}};
}

std::vector<Option> reading_rows() {
  return {
      {.path = "sent",
       .fallback = "\"\"",
       .help = "the mailbox of sent mail, where the server does not tell; levels parted by /"},
      {.path = "drafts",
       .fallback = "\"\"",
       .help = "the mailbox of drafts, where the server does not tell"},
      {.path = "skip",
       .type = OptionType::text_list,
       .fallback = "[]",
       .help = "mailboxes that are not read, besides spam, junk and trash"},
      {.path = "first_mails",
       .type = OptionType::integer,
       .fallback = "20000",
       .help = "at the first look at most so many mails, the newest",
       .lowest = 1,
       .highest = 1'000'000},
      {.path = "ping_seconds",
       .type = OptionType::integer,
       .fallback = "120",
       .help = "the server is asked for a sign of life this often while it tells news",
       .lowest = 10,
       .highest = 1500},
      {.path = "poll_seconds",
       .type = OptionType::integer,
       .fallback = "60",
       .help = "how often to look where the server does not tell news",
       .lowest = 10,
       .highest = 3600},
  };
}

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> table = name_rows("jmap");
    for (const auto& more : {server_row(), login_rows(), host_rows(), reading_rows(), smtp_rows()})
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
  account.login = read_login(setting, keys);
  account.tls.ca_file = account.login.ca_file;
  account.tls.plain_loopback = allows_plain_loopback(setting);
  account.server = server_of(setting, account.tls.plain_loopback, keys);
  account.place = setting.find("server")->place;
  for (const Setting& host : setting.list("hosts"))
    account.hosts.push_back(*host.as<std::string>());
  settings.folders.sent = setting.text("sent");
  settings.folders.drafts = setting.text("drafts");
  for (const Setting& skip : setting.list("skip"))
    settings.folders.skip.push_back(*skip.as<std::string>());
  settings.first_mails = static_cast<std::size_t>(number(setting, "first_mails", 20'000));
  settings.watch.ping = std::chrono::seconds(number(setting, "ping_seconds", 120));
  settings.watch.poll = std::chrono::seconds(number(setting, "poll_seconds", 60));
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
