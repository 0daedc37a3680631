#include "connectors/mail/settings.hpp"

namespace ioud::connectors::mail {
namespace {

std::vector<Option> imap_rows() {
  return {
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

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> table = name_rows("mail");
    const std::vector<Option> imap_row = {{.path = "imap",
                                           .type = OptionType::table,
                                           .help = "the server that mail is read from",
                                           .required = true}};
    for (const auto& more :
         {login_rows(), oauth::rows(), imap_row, server_rows("imap", "imap.rep.example", 993),
          imap_rows(), smtp_rows()})
      table.insert(table.end(), more.begin(), more.end());
    return table;
  }();
  return all;
}

Settings read(const Setting& setting, UsualKeys& keys) {
  Settings settings;
  settings.name = keys.connector_name(setting);
  settings.login = read_login(setting, keys, "oauth");
  if (const Setting* oauth = setting.find("oauth"))
    settings.oauth = oauth::read_settings(*oauth, keys);
  const Setting& imap = *setting.find("imap");
  settings.imap = read_server(imap, {993, 143, 143}, settings.login.ca_file, keys);
  settings.folders.sent = imap.text("sent");
  settings.folders.drafts = imap.text("drafts");
  for (const Setting& skip : imap.list("skip"))
    settings.folders.skip.push_back(*skip.as<std::string>());
  settings.first_mails = static_cast<std::size_t>(number(imap, "first_mails", 20'000));
  settings.watch.renew = std::chrono::seconds(number(imap, "renew_seconds", 240));
  settings.watch.poll = std::chrono::seconds(number(imap, "poll_seconds", 60));
  settings.smtp = read_smtp(setting, settings.login, keys);
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

}  // namespace ioud::connectors::mail
