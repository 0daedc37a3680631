#include "connectors/mail_keys.hpp"

#include "net/url.hpp"

namespace ioud::connectors {
namespace {

constexpr double largest_port = 65535;
constexpr std::int64_t usual_first_mails = 20'000;
constexpr std::int64_t usual_poll = 60;  ///< seconds

/// "`password` or `token`", "`password`, `token` or `oauth`".
std::string listed(const std::vector<std::string>& keys, const std::string& last) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool is_last = i + 1 == keys.size();
    text += (i == 0 ? "" : is_last ? " " + last + " " : ", ") + "`" + keys[i] + "`";
  }
  return text;
}

/// Password or token, and which it is.
void read_secret(const Setting& connector, const std::string& further, MailLogin& login,
                 UsualKeys& keys) {
  std::vector<std::string> names = {"password", "token"};
  if (!further.empty()) names.push_back(further);
  std::vector<const Setting*> ways;
  for (const std::string& name : names)
    if (const Setting* found = connector.find(name)) ways.push_back(found);
  if (ways.empty())
    return keys.complain(connector, "the account has no " + listed(names, "or") +
                                        "; write one, for example "
                                        "password = { file = \"secrets/mail\" }");
  for (std::size_t i = 1; i < ways.size(); ++i)
    keys.complain(*ways[i],
                  "the account has more than one of " + listed(names, "and") + "; leave one");
  login.is_token = connector.find("password") == nullptr;
  if (further.empty() || connector.find(further) == nullptr) login.secret = *ways.front();
}

}  // namespace

std::vector<Option> login_rows() {
  return {
      {.path = "user",
       .fallback = "\"tom@rep.example\"",
       .help = "the name to log in with",
       .required = true},
      {.path = "password",
       .type = OptionType::secret,
       .help = "where the password is; or one of the others"},
      {.path = "token",
       .type = OptionType::secret,
       .help = "where an OAuth access token is; looked up at each login, not renewed by ioud"},
      {.path = "ca_file",
       .fallback = "\"\"",
       .help = "PEM file of the certificate authorities to believe instead of the system's"},
  };
}

std::vector<Option> server_rows(const std::string& path, const std::string& host,
                                std::int64_t usual_port) {
  return {
      {.path = path + ".host",
       .fallback = "\"" + host + "\"",
       .help = "its name, as its certificate has it",
       .required = true},
      {.path = path + ".port",
       .type = OptionType::integer,
       .fallback = std::to_string(usual_port),
       .help = "its port; the fallback follows `security`",
       .lowest = 1,
       .highest = largest_port},
      {.path = path + ".security",
       .type = OptionType::text,
       .fallback = "\"tls\"",
       .help = "tls from the first byte, starttls, or none (this machine alone)",
       .words = {"tls", "starttls", "none"}},
  };
}

std::vector<Option> reading_rows(const std::string& path) {
  return {
      {.path = path + "sent",
       .fallback = "\"\"",
       .help =
           "the folder of sent mail, where the server does not tell; by JMAP, levels are parted "
           "by /"},
      {.path = path + "drafts",
       .fallback = "\"\"",
       .help = "the folder of drafts, where the server does not tell"},
      {.path = path + "skip",
       .type = OptionType::text_list,
       .fallback = "[]",
       .help = "folders that are not read, besides spam, junk and trash"},
      {.path = path + "first_mails",
       .type = OptionType::integer,
       .fallback = std::to_string(usual_first_mails),
       .help = "at the first look at most so many mails, the newest; by IMAP, of each folder",
       .lowest = 1,
       .highest = 1'000'000},
      {.path = path + "poll_seconds",
       .type = OptionType::integer,
       .fallback = std::to_string(usual_poll),
       .help = "how often to look where the server does not tell news",
       .lowest = 10,
       .highest = 3600},
  };
}

std::vector<Option> smtp_rows() {
  std::vector<Option> rows = {
      {.path = "smtp",
       .type = OptionType::table,
       .help = "the server that mail is handed to; without it nothing is sent"}};
  const std::vector<Option> server = server_rows("smtp", "smtp.rep.example", 465);
  rows.insert(rows.end(), server.begin(), server.end());
  const std::vector<Option> own = {
      {.path = "smtp.login",
       .type = OptionType::boolean,
       .fallback = "true",
       .help = "whether the server asks for the account's login"},
      {.path = "smtp.user", .help = "the name to log in with there; absent: the account's"},
      {.path = "smtp.password",
       .type = OptionType::secret,
       .help = "where the password for it is; absent: the account's login"},
      {.path = "smtp.copy_to_sent",
       .type = OptionType::boolean,
       .help = "put a copy into the folder of sent mail; unset: unless the server does it itself"},
  };
  rows.insert(rows.end(), own.begin(), own.end());
  return rows;
}

std::int64_t number(const Setting& table, std::string_view key, std::int64_t otherwise) {
  const Setting* found = table.find(key);
  const auto* value = found == nullptr ? nullptr : found->as<std::int64_t>();
  return value == nullptr ? otherwise : *value;
}

MailLogin read_login(const Setting& connector, UsualKeys& keys, const std::string& further) {
  MailLogin login;
  login.user = connector.text("user");
  if (login.user.empty())
    keys.complain(connector, "user", "`user` is empty; write the name to log in with");
  read_secret(connector, further, login, keys);
  login.ca_file = keys.path(connector, "ca_file");
  return login;
}

MailServer read_server(const Setting& table, UsualPorts ports, const std::string& ca_file,
                       UsualKeys& keys) {
  MailServer server;
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

ReadingWishes read_reading(const Setting& table) {
  ReadingWishes wishes;
  wishes.folders.sent = table.text("sent");
  wishes.folders.drafts = table.text("drafts");
  for (const Setting& skip : table.list("skip"))
    wishes.folders.skip.push_back(*skip.as<std::string>());
  wishes.first_mails = static_cast<std::size_t>(number(table, "first_mails", usual_first_mails));
  wishes.poll = std::chrono::seconds(number(table, "poll_seconds", usual_poll));
  return wishes;
}

std::optional<SmtpServer> read_smtp(const Setting& connector, const MailLogin& login,
                                    UsualKeys& keys) {
  const Setting* table = connector.find("smtp");
  if (table == nullptr) return std::nullopt;
  SmtpServer smtp;
  static_cast<MailServer&>(smtp) = read_server(*table, {465, 587, 25}, login.ca_file, keys);
  const Setting* password = table->find("password");
  smtp.secret = password == nullptr ? login.secret : *password;
  smtp.is_token = password == nullptr && login.is_token;
  const auto flag = [table](std::string_view key) {
    const Setting* found = table->find(key);
    return found == nullptr ? nullptr : found->as<bool>();
  };
  const bool* logs_in = flag("login");
  if (logs_in == nullptr || *logs_in) smtp.user = table->text("user", login.user);
  if (const bool* copy = flag("copy_to_sent")) smtp.copy_to_sent = *copy;
  return smtp;
}

}  // namespace ioud::connectors
