#include "app/config_table.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "app/policy_section.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using connectors::Complaints;
using connectors::OptionType;
using connectors::Setting;

using Bind = decltype(ConfigRow::bind);

ConfigRow row(std::string path, OptionType type, std::string help, Bind bind) {
  ConfigRow made;
  made.option.path = std::move(path);
  made.option.type = type;
  made.option.help = std::move(help);
  made.bind = std::move(bind);
  return made;
}

ConfigRow required(ConfigRow made) {
  made.option.required = true;
  return made;
}

void complain(Complaints& complaints, const Setting& about, std::string text) {
  complaints.push_back(connectors::complaint(about.place, std::move(text)));
}

/// A mail address of the setting, lower case; "" after a complaint.
std::string address_of(const Setting& from, Complaints& complaints) {
  const auto* text = from.as<std::string>();
  if (text != nullptr && is_address(*text)) return core::ascii_lower(*text);
  complain(complaints, from,
           "found " + (text == nullptr ? connectors::kind_of(from) : toml_quoted(*text)) +
               ", expected a mail address such as \"tom@example.com\"");
  return {};
}

void bind_name(const Setting& from, Config& config, Complaints& complaints) {
  config.rep.name = core::squeezed(*from.as<std::string>());
  if (config.rep.name.empty()) complain(complaints, from, "found no name, expected the rep's");
}

void bind_addresses(const Setting& from, Config& config, Complaints& complaints) {
  const auto& items = *from.as<Setting::List>();
  if (items.empty())
    complain(complaints, from,
             "found no address, expected at least the one that writes to clients");
  for (const Setting& item : items) {
    const std::string address = address_of(item, complaints);
    if (!address.empty()) config.rep.addresses.push_back(address);
  }
}

void bind_zone(const Setting& from, Config& config, Complaints& complaints) {
  const std::string& name = *from.as<std::string>();
  const core::Result<core::Zone> zone = core::Zone::find(name);
  if (zone)
    config.rep.zone = *zone;
  else
    complain(complaints, from, "found \"" + name + "\", but " + zone.error().text);
}

void bind_colleagues(const Setting& from, Config& config, Complaints& complaints) {
  for (const Setting& item : *from.as<Setting::List>()) {
    const std::string domain = core::ascii_lower(*item.as<std::string>());
    if (domain.empty() || domain.find_first_of("@ ") != std::string::npos)
      complain(complaints, item,
               "found " + toml_quoted(domain) + ", expected a domain such as \"example.com\"");
    else
      config.rep.colleagues.push_back(domain);
  }
}

/// BCP 47 in the form this needs: language, then region.
bool is_locale(std::string_view text) {
  const auto letters = [](std::string_view part) {
    return part.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
           std::string_view::npos;
  };
  const auto dash = std::min(text.find('-'), text.size());
  const std::string_view language = text.substr(0, dash);
  if ((language.size() != 2 && language.size() != 3) || !letters(language)) return false;
  if (dash == text.size()) return true;
  const std::string_view region = text.substr(dash + 1);
  return region.size() == 2 && letters(region);
}

void bind_locale(const Setting& from, Config& config, Complaints& complaints) {
  const std::string& text = *from.as<std::string>();
  if (is_locale(text))
    config.rep.locale = text;
  else
    complain(complaints, from,
             "found " + toml_quoted(text) +
                 ", expected a language and a region such as \"en-US\" or \"en-GB\"");
}

void bind_path(const Setting& from, Config& config, Complaints& complaints,
               std::filesystem::path& to) {
  const std::string& text = *from.as<std::string>();
  if (text.empty()) return complain(complaints, from, "found \"\", expected a path");
  if (text.starts_with("~/") && config.home.empty())
    return complain(complaints, from,
                    "found \"~/\", but the home folder is not known here; write the whole path");
  to = resolved(config, text);
}

void add_rep_rows(std::vector<ConfigRow>& rows) {
  rows.push_back(required(table_row("rep", "who the rep is")));
  rows.push_back(required(row("rep.name", OptionType::text, "the rep's name", bind_name)));
  rows.push_back(
      required(row("rep.addresses", OptionType::text_list,
                   "the rep's mail addresses; the first one writes to clients", bind_addresses)));
  rows.push_back(
      required(row("rep.time_zone", OptionType::text,
                   "the rep's time zone, an IANA name such as America/Chicago", bind_zone)));
  rows.push_back(row("rep.colleagues", OptionType::text_list,
                     "domains whose people are never clients", bind_colleagues));
  rows.back().option.fallback = "[]";
  rows.push_back(row("rep.locale", OptionType::text, "language and region, for dates such as 3/12",
                     bind_locale));
  rows.back().option.fallback = as_toml(domain::Rep{}.locale);

  rows.push_back(required(table_row("identity", "who ioud is in the calendar")));
  rows.push_back(required(row("identity.address", OptionType::text,
                              "proposals and the weekly review come from this address",
                              [](const Setting& from, Config& config, Complaints& complaints) {
                                config.identity = address_of(from, complaints);
                              })));

  rows.push_back(table_row("state", "where ioud remembers"));
  rows.push_back(row("state.directory", OptionType::text,
                     "folder of the ledger and the log files; its cache may be deleted any time",
                     [](const Setting& from, Config& config, Complaints& complaints) {
                       bind_path(from, config, complaints, config.state_directory);
                     }));
  rows.back().option.fallback = "\"~/.local/state/ioud\"";

  rows.push_back(table_row("clients", "the clients file"));
  rows.push_back(row("clients.file", OptionType::text,
                     "TOML file of clients: stage, tier, flags, time zone, purchases",
                     [](const Setting& from, Config& config, Complaints& complaints) {
                       bind_path(from, config, complaints, config.clients_file);
                     }));
  rows.push_back(row("connector", OptionType::table_list,
                     "accounts and folders; keys by type below", nullptr));
}

}  // namespace

std::string as_toml(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.10g", value);
  std::string text(buffer.data());
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

bool assign(const Setting& from, bool& to) {
  const auto* value = from.as<bool>();
  if (value != nullptr) to = *value;
  return value != nullptr;
}

bool assign(const Setting& from, int& to) {
  const auto* value = from.as<std::int64_t>();
  if (value == nullptr || *value < std::numeric_limits<int>::min() ||
      *value > std::numeric_limits<int>::max())
    return false;
  to = static_cast<int>(*value);
  return true;
}

bool assign(const Setting& from, double& to) {
  if (const auto* whole = from.as<std::int64_t>()) {
    to = static_cast<double>(*whole);
    return true;
  }
  const auto* value = from.as<double>();
  if (value != nullptr) to = *value;
  return value != nullptr;
}

bool assign(const Setting& from, std::string& to) {
  const auto* value = from.as<std::string>();
  if (value != nullptr) to = *value;
  return value != nullptr;
}

bool assign(const Setting& from, core::TimeOfDay& to) {
  if (const auto* time = from.as<core::TimeOfDay>()) {
    to = *time;
    return true;
  }
  const auto* text = from.as<std::string>();
  const auto parsed = text == nullptr ? std::nullopt : core::parse_time_of_day(*text);
  if (parsed) to = *parsed;
  return parsed.has_value();
}

bool assign(const Setting& from, core::Date& to) {
  const auto* value = from.as<core::Date>();
  if (value != nullptr) to = *value;
  return value != nullptr;
}

ConfigRow table_row(std::string path, std::string help) {
  return row(std::move(path), OptionType::table, std::move(help), nullptr);
}

std::string judge_three(const Setting& from) {
  const auto* items = from.as<Setting::List>();
  if (items == nullptr || items->size() == 3) return {};
  return "found " + std::to_string(items->size()) + " numbers, expected three";
}

std::vector<ConfigRow> config_rows() {
  std::vector<ConfigRow> rows;
  add_rep_rows(rows);
  rows.push_back(table_row("policy", "the rules; every key has a default"));
  add_policy_rows(rows);
  add_catalogue_rows(rows);
  return rows;
}

std::filesystem::path resolved(const Config& config, const std::string& path) {
  if (path.empty()) return {};
  if (path.starts_with("~/") && !config.home.empty())
    return (config.home / path.substr(2)).lexically_normal();
  return (config.folder / path).lexically_normal();
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos;
}

}  // namespace ioud::app
