#include "connectors/mail/settings.hpp"

#include "connectors/usual_keys.hpp"
#include "net/url.hpp"

namespace ioud::connectors::mail {
namespace {

constexpr double largest_port = 65535;

Option security_row(const std::string& path) {
  return {.path = path,
          .type = OptionType::text,
          .fallback = "\"tls\"",
          .help = "tls from the first byte, starttls, or none (this machine alone)",
          .words = {"tls", "starttls", "none"}};
}

Option port_row(const std::string& path, const std::string& usual) {
  return {.path = path,
          .type = OptionType::integer,
          .fallback = usual,
          .help = "its port; the fallback follows `security`",
          .lowest = 1,
          .highest = largest_port};
}

std::vector<Option> login_rows() {
  return {
      {.path = "user",
       .fallback = "\"tom@rep.example\"",
       .help = "the name to log in with",
       .required = true},
      {.path = "password",
       .type = OptionType::secret,
       .help = "where the password is; or `token`, or `oauth`"},
      {.path = "token",
       .type = OptionType::secret,
       .help = "where an OAuth access token is; looked up at each login, not renewed by ioud"},
      {.path = "ca_file",
       .fallback = "\"\"",
       .help = "PEM file of the certificate authorities to believe instead of the system's"},
  };
}

std::vector<Option> imap_rows() {
  return {
      {.path = "imap",
       .type = OptionType::table,
       .help = "the server that mail is read from",
       .required = true},
      {.path = "imap.host",
       .fallback = "\"imap.rep.example\"",
       .help = "its name, as its certificate has it",
       .required = true},
      port_row("imap.port", "993"),
      security_row("imap.security"),
      {.path = "imap.sent",
       .fallback = "\"\"",
       .help = "the folder of sent mail, where the server does not tell"},
      {.path = "imap.drafts",
       .fallback = "\"\"",
       .help = "the folder of drafts, where the server does not tell"},
      {.path = "imap.skip",
       .type = OptionType::text_list,
       .fallback = "[]",
       .help = "folders that are not read, besides spam, junk and trash"},
      {.path = "imap.first_mails",
       .type = OptionType::integer,
       .fallback = "20000",
       .help = "at the first look at most so many mails of a folder, the newest",
       .lowest = 1,
       .highest = 1'000'000},
      {.path = "imap.renew_seconds",
       .type = OptionType::integer,
       .fallback = "240",
       .help = "a line that waits for news is asked for a sign of life this often",
       .lowest = 10,
       .highest = 1500},
      {.path = "imap.poll_seconds",
       .type = OptionType::integer,
       .fallback = "60",
       .help = "how often to look where the server does not tell news",
       .lowest = 10,
       .highest = 3600},
  };
}

std::vector<Option> smtp_rows() {
  return {
      {.path = "smtp",
       .type = OptionType::table,
       .help = "the server that mail is handed to; without it nothing is sent"},
      {.path = "smtp.host",
       .fallback = "\"smtp.rep.example\"",
       .help = "its name, as its certificate has it",
       .required = true},
      port_row("smtp.port", "465"),
      security_row("smtp.security"),
      {.path = "smtp.login",
       .type = OptionType::boolean,
       .fallback = "true",
       .help = "whether the server asks for the account's login"},
      {.path = "smtp.copy_to_sent",
       .type = OptionType::boolean,
       .help = "put a copy into the folder of sent mail; unset: unless the server does it itself"},
  };
}

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> table = name_rows("mail");
    for (auto& more : {login_rows(), oauth::rows(), imap_rows(), smtp_rows()})
      table.insert(table.end(), more.begin(), more.end());
    return table;
  }();
  return all;
}

std::int64_t number(const Setting& table, std::string_view key, std::int64_t otherwise) {
  const Setting* found = table.find(key);
  const auto* value = found == nullptr ? nullptr : found->as<std::int64_t>();
  return value == nullptr ? otherwise : *value;
}

struct Ports {
  std::int64_t tls = 0;
  std::int64_t starttls = 0;
  std::int64_t none = 0;
};

class Reader {
 public:
  explicit Reader(const Surroundings& surroundings) : keys(surroundings) {}

  Settings read(const Setting& setting) {
    Settings settings;
    settings.name = keys.connector_name(setting);
    settings.user = setting.text("user");
    if (settings.user.empty())
      keys.complain(setting, "user", "`user` is empty; write the name to log in with");
    read_secret(setting, settings);
    const std::string ca_file = keys.path(setting, "ca_file");
    const Setting& imap = *setting.find("imap");
    settings.imap = server(imap, {993, 143, 143}, ca_file);
    settings.folders.sent = imap.text("sent");
    settings.folders.drafts = imap.text("drafts");
    for (const Setting& skip : imap.list("skip"))
      settings.folders.skip.push_back(*skip.as<std::string>());
    settings.first_mails = static_cast<std::size_t>(number(imap, "first_mails", 20'000));
    settings.watch.renew = std::chrono::seconds(number(imap, "renew_seconds", 240));
    settings.watch.poll = std::chrono::seconds(number(imap, "poll_seconds", 60));
    if (const Setting* smtp = setting.find("smtp")) read_smtp(*smtp, ca_file, settings);
    return settings;
  }

  UsualKeys keys;

 private:
  void read_secret(const Setting& setting, Settings& settings) {
    std::vector<const Setting*> ways;
    for (const char* key : {"password", "token", "oauth"})
      if (const Setting* found = setting.find(key)) ways.push_back(found);
    if (ways.empty())
      return keys.complain(setting,
                           "the account has no `password`, `token` or `oauth`; write one, for "
                           "example password = { file = \"secrets/mail\" }");
    for (std::size_t i = 1; i < ways.size(); ++i)
      keys.complain(*ways[i],
                    "the account has more than one of `password`, `token` and `oauth`; leave one");
    settings.is_token = setting.find("password") == nullptr;
    if (const Setting* table = setting.find("oauth"))
      settings.oauth = oauth::read_settings(*table, keys);
    else
      settings.secret = *ways.front();
  }

  Server server(const Setting& table, Ports ports, const std::string& ca_file) {
    Server server;
    server.place = table.place;
    server.peer.host = table.text("host");
    server.peer.ca_file = ca_file;
    if (server.peer.host.empty())
      keys.complain(table, "host", "`host` is empty; write the server's name");
    const std::string security = table.text("security", "tls");
    std::int64_t usual = ports.tls;
    if (security == "starttls") {
      server.peer.security = net::Security::starttls;
      usual = ports.starttls;
    } else if (security == "none") {
      server.peer.security = net::Security::none;
      usual = ports.none;
      if (!net::is_loopback(server.peer.host))
        keys.complain(table, "security",
                      "without TLS the password would cross the network to " + server.peer.host +
                          " in the clear; write \"tls\" or \"starttls\"");
    }
    server.peer.port = static_cast<std::uint16_t>(number(table, "port", usual));
    return server;
  }

  void read_smtp(const Setting& smtp, const std::string& ca_file, Settings& settings) {
    settings.smtp = server(smtp, {465, 587, 25}, ca_file);
    const auto flag = [&smtp](std::string_view key) {
      const Setting* found = smtp.find(key);
      return found == nullptr ? nullptr : found->as<bool>();
    };
    const bool* logs_in = flag("login");
    if (logs_in == nullptr || *logs_in) settings.smtp_user = settings.user;
    if (const bool* copy = flag("copy_to_sent")) settings.copy_to_sent = *copy;
  }
};

}  // namespace

OptionTable options() { return rows(); }

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings) {
  if (Complaints wrong = check(setting, options()); !wrong.empty())
    return tl::unexpected(std::move(wrong));
  Reader reader(surroundings);
  Settings settings = reader.read(setting);
  if (!reader.keys.complaints.empty()) return tl::unexpected(std::move(reader.keys.complaints));
  return settings;
}

}  // namespace ioud::connectors::mail
