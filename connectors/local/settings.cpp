#include "connectors/local/settings.hpp"

#include <algorithm>
#include <map>

namespace ioud::connectors::local {
namespace {

const std::vector<Option>& rows() {
  static const std::vector<Option> all = {
      {.path = "name",
       .type = OptionType::text,
       .fallback = "\"disk\"",
       .help = "how status and messages call this connector",
       .required = true},
      {.path = "type",
       .type = OptionType::text,
       .fallback = "\"local\"",
       .help = "what kind of connector this is",
       .required = true},
      {.path = "calendars",
       .type = OptionType::table_list,
       .fallback = "[]",
       .help = "folders with one .ics file an event"},
      {.path = "calendars[].name",
       .type = OptionType::text,
       .fallback = "\"work\"",
       .help = "the calendar's name, once in all connectors",
       .required = true},
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
      {.path = "contacts[].name",
       .type = OptionType::text,
       .fallback = "\"cards\"",
       .help = "the address book's name",
       .required = true},
      {.path = "contacts[].path",
       .type = OptionType::text,
       .fallback = "\"contacts/cards\"",
       .help = "its folder; a relative path starts at the config file",
       .required = true},
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
  return all;
}

class Reader {
 public:
  explicit Reader(const Surroundings& surroundings) : surroundings_(surroundings) {}

  Settings read(const Setting& setting) {
    Settings settings;
    settings.name = setting.text("name");
    if (settings.name.empty()) complain(*setting.find("name"), "`name` is empty; give it a word");
    for (const Setting& item : setting.list("calendars")) {
      settings.calendars.push_back(read_calendar(item));
    }
    for (const Setting& item : setting.list("contacts")) {
      BookFolder book{item.text("name"), folder(*item.find("path"))};
      check_name(*item.find("name"), "an address book", books_);
      settings.books.push_back(std::move(book));
    }
    if (const Setting* mail = setting.find("mail")) settings.mail = read_mail(*mail);
    if (settings.calendars.empty() && settings.books.empty() && !settings.mail) {
      complain(setting, "the connector has no calendars, no contacts and no mail; give it one");
    }
    return settings;
  }

  Complaints complaints;

 private:
  using Seen = std::map<std::string, Place>;

  void complain(const Setting& at, std::string text) {
    complaints.push_back(complaint(at.place, std::move(text)));
  }

  void check_name(const Setting& name, const std::string& what, Seen& seen) {
    const auto& text = *name.as<std::string>();
    if (text.empty()) return complain(name, "`name` is empty; give it a word");
    const auto [first, is_new] = seen.emplace(text, name.place);
    if (!is_new) {
      complain(name, "there is " + what + " named \"" + text + "\" already, at " +
                         format(first->second) + "; names must differ");
    }
  }

  NamedFolder folder(const Setting& setting) {
    const auto& text = *setting.as<std::string>();
    NamedFolder named{fs::path(text), setting.place};
    if (text.empty()) {
      complain(setting, "the path is empty; write the folder, for example \"calendars/work\"");
    } else if (text == "~" || text.starts_with("~/")) {
      if (surroundings_.home.empty()) {
        complain(setting, "\"~\" has no meaning without a home folder; write the whole path");
      }
      named.path = surroundings_.home / text.substr(std::min<std::size_t>(2, text.size()));
    } else if (named.path.is_relative()) {
      named.path = surroundings_.folder / named.path;
    }
    named.path = named.path.lexically_normal();
    if (!named.path.has_filename()) named.path = named.path.parent_path();
    return named;
  }

  CalendarFolder read_calendar(const Setting& item) {
    const Setting& name = *item.find("name");
    CalendarFolder calendar{{item.text("name"), {}}, folder(*item.find("path"))};
    check_name(name, "a calendar", calendars_);
    calendar.calendar.uses = uses_in(item.list("use"));
    if (calendar.calendar.uses.empty()) {
      complain(*item.find("use"),
               "`use` is empty; say what the calendar is for, for example "
               "[\"read\"], or leave the calendar out");
    }
    const auto [first, is_new] =
        paths_.emplace(calendar.folder.path.string(), calendar.folder.place);
    if (!is_new) {
      complain(*item.find("path"), "this folder is a calendar already, at " +
                                       format(first->second) + "; give that one all the uses");
    }
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
      complain(*mail.find(key), "`" + std::string(key) + "` is \"" + name +
                                    "\"; write the folder's name alone, as \"" +
                                    std::string(otherwise) + "\"; a folder within is \"One.Two\"");
    }
    return name;
  }

  const Surroundings& surroundings_;
  Seen calendars_;
  Seen books_;
  Seen paths_;
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
  if (!reader.complaints.empty()) return tl::unexpected(std::move(reader.complaints));
  return settings;
}

}  // namespace ioud::connectors::local
