#include "connectors/usual_keys.hpp"

#include <algorithm>

namespace ioud::connectors {

std::vector<Option> name_rows(const std::string& kind) {
  return {{.path = "name",
           .fallback = "\"" + kind + "\"",
           .help = "how status and messages call this connector",
           .required = true},
          {.path = "type",
           .fallback = "\"" + kind + "\"",
           .help = "what kind of connector this is",
           .required = true}};
}

Option calendar_name_row() {
  return {.path = "calendars[].name",
          .fallback = "\"work\"",
          .help = "the calendar's name, once in all connectors",
          .required = true};
}

Option book_name_row() {
  return {.path = "contacts[].name",
          .fallback = "\"cards\"",
          .help = "the address book's name",
          .required = true};
}

void UsualKeys::complain(const Setting& at, std::string text) {
  complaints.push_back(complaint(at.place, std::move(text)));
}

void UsualKeys::complain(const Setting& table, std::string_view key, std::string text) {
  const Setting* found = table.find(key);
  complain(found == nullptr ? table : *found, std::move(text));
}

std::string UsualKeys::connector_name(const Setting& connector) {
  std::string name = connector.text("name");
  if (name.empty()) complain(connector, "name", "`name` is empty; give it a word");
  return name;
}

Calendar UsualKeys::calendar(const Setting& item) {
  Calendar calendar{name_once(item, "a calendar"), uses_in(item.list("use"))};
  if (calendar.uses.empty())
    complain(item, "use",
             "`use` is empty; say what the calendar is for, for example [\"read\"], or leave the "
             "calendar out");
  return calendar;
}

std::string UsualKeys::book_name(const Setting& item) { return name_once(item, "an address book"); }

std::string UsualKeys::name_once(const Setting& item, const std::string& sort) {
  std::string name = item.text("name");
  if (name.empty())
    complain(item, "name", "`name` is empty; give it a word");
  else
    once(sort + " " + name, *item.find("name"), "there is " + sort + " named \"" + name + "\"",
         "names must differ");
  return name;
}

void UsualKeys::once(const std::string& thing, const Setting& at, const std::string& complaint,
                     const std::string& advice) {
  const auto [first, is_new] = told_.emplace(thing, at.place);
  if (!is_new) complain(at, complaint + " already, at " + format(first->second) + "; " + advice);
}

std::optional<net::Url> UsualKeys::address(const Setting& table, std::string_view key,
                                           bool plain_loopback, const std::string& example) {
  const std::string name = "`" + std::string(key) + "`";
  auto url = net::parse_url(table.text(key));
  if (!url) {
    complain(
        table, key,
        name + " is \"" + table.text(key) + "\"; write an address such as \"" + example + "\"");
  } else if (url->scheme != "https" && !(plain_loopback && net::is_loopback(*url))) {
    complain(table, key,
             net::is_loopback(*url)
                 ? name + " has no TLS; write https://, or plain_loopback = true"
                 : name +
                       " has no TLS, so anybody on the way could read the password; "
                       "write https://");
  }
  return url;
}

std::filesystem::path UsualKeys::path(const Setting& text) {
  const auto& written = *text.as<std::string>();
  if (written.empty()) return {};
  std::filesystem::path path(written);
  if (written == "~" || written.starts_with("~/")) {
    if (surroundings_.home.empty())
      complain(text, "\"~\" has no meaning without a home folder; write the whole path");
    path = surroundings_.home / written.substr(std::min<std::size_t>(2, written.size()));
  } else if (path.is_relative()) {
    path = surroundings_.folder / path;
  }
  path = path.lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

std::string UsualKeys::path(const Setting& table, std::string_view key) {
  const Setting* text = table.find(key);
  return text == nullptr ? std::string() : path(*text).string();
}

}  // namespace ioud::connectors
