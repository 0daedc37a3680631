#include "connectors/mail/settings.hpp"

namespace ioud::connectors::mail {
namespace {

std::vector<Option> renew_row() {
  return {{.path = "imap.renew_seconds",
           .type = OptionType::integer,
           .fallback = "240",
           .help = "a line that waits for news is asked for a sign of life this often",
           .lowest = 10,
           .highest = 1500}};
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
          reading_rows("imap."), renew_row(), smtp_rows()})
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
  settings.reading = read_reading(imap);
  settings.watch.renew = std::chrono::seconds(number(imap, "renew_seconds", 240));
  settings.watch.poll = settings.reading.poll;
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
