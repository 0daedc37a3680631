#include "app/config.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "app/config_table.hpp"
#include "app/policy_section.hpp"
#include "app/toml_file.hpp"
#include "connectors/options.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using connectors::Complaints;
using connectors::Entry;
using connectors::Place;
using connectors::Setting;

namespace fs = std::filesystem;

void append(Complaints& to, Complaints from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Entry* entry_of(Setting::Table& table, const std::string& key) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&key](const Entry& entry) { return entry.key == key; });
  return found == table.end() ? nullptr : &*found;
}

/// Puts another file's keys beside those already read: tables are joined, [[connector]] lists too;
/// the same key in two files is a mistake, since nobody could say which one holds.
void merge(Setting::Table& into, Setting::Table from, bool is_root, Complaints& complaints) {
  for (Entry& entry : from) {
    Entry* known = entry_of(into, entry.key);
    if (known == nullptr) {
      into.push_back(std::move(entry));
      continue;
    }
    auto* here = std::get_if<Setting::Table>(&known->value.value);
    auto* there = std::get_if<Setting::Table>(&entry.value.value);
    if (here != nullptr && there != nullptr) {
      merge(*here, std::move(*there), false, complaints);
      continue;
    }
    auto* list = std::get_if<Setting::List>(&known->value.value);
    auto* more = std::get_if<Setting::List>(&entry.value.value);
    if (is_root && entry.key == "connector" && list != nullptr && more != nullptr) {
      std::move(more->begin(), more->end(), std::back_inserter(*list));
      continue;
    }
    complaints.push_back(connectors::complaint(
        entry.place, "`" + entry.key + "` is set a second time; it stands already in " +
                         connectors::format(known->place)));
  }
}

/// The value at a dotted path; null where some part is absent.
const Setting* find_path(const Setting& tree, std::string_view path) {
  const Setting* at = &tree;
  for (const std::string& key : core::split(path, '.')) {
    at = at->find(key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

/// The tree without [[connector]], whose keys depend on its type and are the registry's to check.
Setting without_connectors(const Setting& tree) {
  Setting rest = tree;
  auto& table = std::get<Setting::Table>(rest.value);
  if (Entry* entry = entry_of(table, "connector"))
    if (auto* list = std::get_if<Setting::List>(&entry->value.value))
      list->erase(
          std::remove_if(list->begin(), list->end(),
                         [](const Setting& item) { return item.as<Setting::Table>() != nullptr; }),
          list->end());
  return rest;
}

std::vector<connectors::Option> options_of(const std::vector<ConfigRow>& rows) {
  std::vector<connectors::Option> options;
  for (const ConfigRow& row : rows) options.push_back(row.option);
  return options;
}

/// Whether the row's own check finds no fault with this setting, so that it may be bound.
bool is_sound(const Setting& value, connectors::Option option) {
  option.path = "value";
  Setting root;
  root.value = Setting::Table{Entry{"value", value.place, value}};
  return connectors::check(root, std::span(&option, 1)).empty();
}

void bind_rows(const std::vector<ConfigRow>& rows, Config& config, Complaints& complaints) {
  for (const ConfigRow& row : rows) {
    if (!row.bind) continue;
    const Setting* value = find_path(config.tree, row.option.path);
    if (value != nullptr && is_sound(*value, row.option)) row.bind(*value, config, complaints);
  }
}

/// Names and uses that may stand once among all connectors. Whether the names of one connector
/// differ is its own kind's to see to.
class Once {
 public:
  explicit Once(Complaints& complaints) : complaints_(complaints) {}

  void next_connector() { ++connector_; }
  void take_name(const std::string& what, const Setting* name) {
    const auto* text = name == nullptr ? nullptr : name->as<std::string>();
    if (text != nullptr) take(what, *text, "a " + what + " of that name", name->place);
  }
  /// Proposals, occasions and client meetings go to one calendar each.
  void take_uses(const Setting& calendar) {
    for (const Setting& use : calendar.list("use")) {
      const auto* word = use.as<std::string>();
      if (word != nullptr && (*word == "proposals" || *word == "occasions" || *word == "meetings"))
        take("use", *word, "the one calendar for it", use.place);
    }
  }

 private:
  struct Owner {
    Place place;
    int connector = 0;
  };

  void take(const std::string& what, const std::string& word, const std::string& twin,
            const Place& place) {
    const auto [known, is_new] = owners_.try_emplace(what + " " + word, Owner{place, connector_});
    const bool is_ours = what == "connector" || what == "use";
    if (is_new || (known->second.connector == connector_ && !is_ours)) return;
    complaints_.push_back(connectors::complaint(
        place, "found the " + what + " " + toml_quoted(word) + " a second time; " + twin +
                   " stands in " + connectors::format(known->second.place)));
  }

  Complaints& complaints_;
  std::map<std::string, Owner> owners_;
  int connector_ = 0;
};

void bind_connectors(Config& config, Complaints& complaints) {
  Once once(complaints);
  for (const Setting& connector : config.tree.list("connector")) {
    if (connector.as<Setting::Table>() == nullptr) continue;
    once.next_connector();
    once.take_name("connector", connector.find("name"));
    for (const Setting& calendar : connector.list("calendars")) {
      once.take_name("calendar", calendar.find("name"));
      once.take_uses(calendar);
    }
    for (const Setting& book : connector.list("contacts"))
      once.take_name("address book", book.find("name"));
    config.connectors.push_back(connector);
  }
}

/// Rules between keys of [rep] and [identity].
void check_people(const Config& config, Complaints& complaints) {
  const auto& mine = config.rep.addresses;
  if (std::find(mine.begin(), mine.end(), config.identity) == mine.end()) return;
  complaints.push_back(connectors::complaint(
      place_of(config, "identity.address"),
      "found one of the rep's own addresses, expected another such as \"tom+ioud@…\": nobody can "
      "answer a proposal that comes from himself"));
}

void set_defaults(Config& config) {
  if (!config.home.empty()) config.state_directory = config.home / ".local/state/ioud";
}

void bind(ConfigReading& read) {
  Config& config = read.config;
  Complaints& complaints = read.complaints;
  const std::vector<ConfigRow> rows = config_rows();
  set_defaults(config);
  append(complaints, connectors::check(without_connectors(config.tree), options_of(rows)));
  bind_rows(rows, config, complaints);
  bind_catalogue(config.tree, config, complaints);
  bind_connectors(config, complaints);
  if (!config.identity.empty()) check_people(config, complaints);
  check_policy(config, complaints);
  if (config.state_directory.empty() && find_path(config.tree, "state.directory") == nullptr)
    complaints.push_back(connectors::complaint(
        config.tree.place, "`directory` of [state] is missing, and no home folder is known here"));
}

Config empty_config(const fs::path& file, const fs::path& home) {
  Config config;
  config.file = file;
  config.folder = fs::absolute(file).lexically_normal().parent_path();
  config.home = home;
  config.tree.place = Place{file.string(), 0, 0};
  config.tree.value = Setting::Table{};
  return config;
}

void add_text(Config& config, std::string_view text, const fs::path& file, Complaints& complaints) {
  tl::expected<Setting, Complaints> parsed = parse_toml(text, file.string());
  if (!parsed) return append(complaints, std::move(parsed.error()));
  merge(std::get<Setting::Table>(config.tree.value),
        std::move(std::get<Setting::Table>(parsed->value)), true, complaints);
}

/// conf.d/*.toml beside the file, by name.
std::vector<fs::path> files_beside(const fs::path& file) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& item : fs::directory_iterator(file.parent_path() / "conf.d", error))
    if (item.path().extension() == ".toml" && item.is_regular_file(error))
      found.push_back(item.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// "file:line:column" taken apart, for sorting.
std::tuple<std::string, int, int> sort_key(const std::string& place) {
  const auto number_after = [&place](std::size_t colon, std::size_t end) {
    int value = 0;
    std::from_chars(place.data() + colon + 1, place.data() + end, value);
    return value;
  };
  const auto second = place.rfind(':');
  if (second == std::string::npos || second == 0) return {place, 0, 0};
  const auto first = place.rfind(':', second - 1);
  if (first == std::string::npos) return {place, 0, 0};
  return {place.substr(0, first), number_after(first, second), number_after(second, place.size())};
}

}  // namespace

Place place_of(const Config& config, std::string_view path) {
  const Setting* found = find_path(config.tree, path);
  return found == nullptr ? config.tree.place : found->place;
}

ConfigReading read_config(const fs::path& file, const fs::path& home) {
  ConfigReading read{empty_config(file, home), {}};
  std::vector<fs::path> files = {file};
  for (fs::path& beside : files_beside(file)) files.push_back(std::move(beside));
  for (const fs::path& each : files) {
    tl::expected<std::string, Complaints> text = read_text(each);
    if (text)
      add_text(read.config, *text, each, read.complaints);
    else
      append(read.complaints, std::move(text.error()));
  }
  // Half a tree would only add complaints about keys that stand in the unreadable part.
  if (read.complaints.empty()) bind(read);
  return read;
}

ConfigReading parse_config(std::string_view text, const fs::path& file, const fs::path& home) {
  ConfigReading read{empty_config(file, home), {}};
  add_text(read.config, text, file, read.complaints);
  if (read.complaints.empty()) bind(read);
  return read;
}

std::string format(const Complaints& complaints) {
  std::vector<std::pair<std::tuple<std::string, int, int>, std::size_t>> order;
  for (std::size_t i = 0; i < complaints.size(); ++i)
    order.emplace_back(sort_key(complaints[i].place), i);
  std::sort(order.begin(), order.end());
  std::string out;
  for (const auto& [key, i] : order)
    out.append(complaints[i].place).append(": ").append(complaints[i].text).append("\n");
  return out;
}

}  // namespace ioud::app
