#include "connectors/local/settings.hpp"

#include "connectors/usual_keys.hpp"

namespace ioud::connectors::local {
namespace {

std::vector<Option> folder_rows() {
  return {
      {.path = "calendars",
       .type = OptionType::table_list,
       .fallback = "[]",
       .help = "folders with one .ics file an event"},
      calendar_name_row(),
      {.path = "calendars[].path",
       .type = OptionType::text,
       .fallback = "\"calendars/work\"",
       .help = "its folder; a relative path starts at the config file",
       .required = true},
      use_option(),
      {.path = "contacts",
       .type = OptionType::table_list,
       .fallback = "[]",
       .help = "folders with one .vcf file a card; never written"},
      book_name_row(),
      {.path = "contacts[].path",
       .type = OptionType::text,
       .fallback = "\"contacts/cards\"",
       .help = "its folder; a relative path starts at the config file",
       .required = true},
  };
}

std::vector<Option> mail_rows() {
  return {
      {.path = "mail", .type = OptionType::table, .help = "a Maildir++ mailbox"},
      {.path = "mail.path",
       .type = OptionType::text,
       .fallback = "\"mail\"",
       .help = "the folder of the inbox, with .Sent and the others in it",
       .required = true},
      {.path = "mail.send",
       .type = OptionType::text,
       .fallback = "\"outbox\"",
       .help = "the folder that mail to be sent is put in; without it nothing is sent"},
      {.path = "mail.sent",
       .type = OptionType::text,
       .fallback = "\"Sent\"",
       .help = "the mail folder for copies of what was sent"},
      {.path = "mail.drafts",
       .type = OptionType::text,
       .fallback = "\"Drafts\"",
       .help = "the mail folder for drafts"},
      {.path = "mail.skip",
       .type = OptionType::text_list,
       .fallback = "[]",
       .help = "mail folders that are not read, besides spam, junk and trash"},
  };
}

const std::vector<Option>& rows() {
  static const std::vector<Option> all = [] {
    std::vector<Option> table = name_rows("local");
    for (auto& more : {folder_rows(), mail_rows()})
      table.insert(table.end(), more.begin(), more.end());
    return table;
  }();
  return all;
}

class Reader {
 public:
  explicit Reader(const Surroundings& surroundings) : keys(surroundings) {}

  Settings read(const Setting& setting) {
    Settings settings;
    settings.name = keys.connector_name(setting);
    for (const Setting& item : setting.list("calendars")) {
      settings.calendars.push_back(read_calendar(item));
    }
    for (const Setting& item : setting.list("contacts")) {
      settings.books.push_back({keys.book_name(item), folder(*item.find("path"))});
    }
    if (const Setting* mail = setting.find("mail")) settings.mail = read_mail(*mail);
    if (settings.calendars.empty() && settings.books.empty() && !settings.mail) {
      keys.complain(setting,
                    "the connector has no calendars, no contacts and no mail; give it one");
    }
    return settings;
  }

  UsualKeys keys;

 private:
  NamedFolder folder(const Setting& setting) {
    NamedFolder named{keys.path(setting), setting.place};
    if (named.path.empty())
      keys.complain(setting, "the path is empty; write the folder, for example \"calendars/work\"");
    return named;
  }

  CalendarFolder read_calendar(const Setting& item) {
    CalendarFolder calendar{keys.calendar(item), folder(*item.find("path"))};
    keys.once("folder " + calendar.folder.path.string(), *item.find("path"),
              "this folder is a calendar", "give that one all the uses");
    return calendar;
  }

  MailFolders read_mail(const Setting& mail) {
    MailFolders folders;
    folders.folder = folder(*mail.find("path"));
    if (const Setting* send = mail.find("send")) folders.outbox = folder(*send);
    folders.sent = folder_name(mail, "sent", "Sent");
    folders.drafts = folder_name(mail, "drafts", "Drafts");
    for (const Setting& name : mail.list("skip")) {
      folders.skip.push_back(*name.as<std::string>());
    }
    return folders;
  }

  std::string folder_name(const Setting& mail, std::string_view key, std::string_view otherwise) {
    std::string name = mail.text(key, otherwise);
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) {
      keys.complain(mail, key,
                    "`" + std::string(key) + "` is \"" + name +
                        "\"; write the folder's name alone, as \"" + std::string(otherwise) +
                        "\"; a folder within is \"One.Two\"");
    }
    return name;
  }
};

}  // namespace

OptionTable options() { return rows(); }

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings) {
  if (Complaints wrong = check(setting, options()); !wrong.empty()) {
    return tl::unexpected(std::move(wrong));
  }
  Reader reader(surroundings);
  Settings settings = reader.read(setting);
  if (!reader.keys.complaints.empty()) return tl::unexpected(std::move(reader.keys.complaints));
  return settings;
}

}  // namespace ioud::connectors::local
