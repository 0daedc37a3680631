#include "connectors/options.hpp"

#include <algorithm>

#include "core/nearest.hpp"
#include "core/text.hpp"

namespace ioud::connectors {
namespace {

std::string child_path(std::string_view parent, std::string_view key) {
  return parent.empty() ? std::string(key) : std::string(parent) + "." + std::string(key);
}

/// The key of a row that stands directly below `parent`; empty where it does not.
std::string_view key_below(const Option& option, std::string_view parent) {
  std::string_view path = option.path;
  if (!parent.empty()) {
    if (path.size() <= parent.size() + 1 || !path.starts_with(parent) ||
        path[parent.size()] != '.') {
      return {};
    }
    path.remove_prefix(parent.size() + 1);
  }
  return path.find_first_of(".[") == std::string_view::npos ? path : std::string_view{};
}

std::string number_text(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

class Checker {
 public:
  explicit Checker(OptionTable table) : table_(table) {}

  void check_table(const Setting& setting, std::string_view path) {
    const auto& entries = *setting.as<Setting::Table>();
    for (const Entry& entry : entries) check_entry(entry, path);
    for (const Option& option : table_) {
      const std::string_view key = key_below(option, path);
      if (option.required && !key.empty() && setting.find(key) == nullptr) {
        complain(setting.place, "`" + std::string(key) + "` is missing; write " + std::string(key) +
                                    " = " + describe(option.type) + " (" + option.help + ")");
      }
    }
  }

  Complaints complaints;

 private:
  void complain(const Place& place, std::string text) {
    complaints.push_back(complaint(place, std::move(text)));
  }

  const Option* row(std::string_view path) const {
    const auto found = std::find_if(table_.begin(), table_.end(),
                                    [&](const Option& option) { return option.path == path; });
    return found == table_.end() ? nullptr : &*found;
  }

  void check_entry(const Entry& entry, std::string_view parent) {
    const Option* option = row(child_path(parent, entry.key));
    if (option == nullptr) option = row(child_path(parent, "*"));
    if (option == nullptr) return unknown(entry, parent);
    check_value(entry.value, *option, entry.key);
  }

  void unknown(const Entry& entry, std::string_view parent) {
    std::vector<std::string> known;
    for (const Option& option : table_) {
      if (const auto key = key_below(option, parent); !key.empty() && key != "*") {
        known.emplace_back(key);
      }
    }
    std::string text = "`" + entry.key + "` is no key here; ";
    const std::string near = core::nearest(entry.key, known);
    text += near.empty() ? "known keys are " + core::joined(known, ", ")
                         : "did you mean `" + near + "`?";
    complain(entry.place, std::move(text));
  }

  void wrong_type(const Setting& setting, const Option& option, const std::string& key) {
    complain(setting.place,
             "`" + key + "` is " + kind_of(setting) + ", but must be " + describe(option.type) +
                 (option.fallback.empty() ? "" : ", for example " + option.fallback));
  }

  void check_word(const Setting& setting, const Option& option, const std::string& key) {
    const auto& word = *setting.as<std::string>();
    if (option.words.empty()) return;
    if (std::find(option.words.begin(), option.words.end(), word) != option.words.end()) return;
    std::string text = "`" + key + "` cannot be \"" + word + "\"; ";
    const std::string near = core::nearest(word, option.words);
    if (!near.empty()) text += "did you mean \"" + near + "\"? ";
    complain(setting.place, text + "allowed: " + core::joined(option.words, ", "));
  }

  void check_range(const Setting& setting, const Option& option, const std::string& key) {
    const auto* whole = setting.as<std::int64_t>();
    const double number = whole != nullptr ? static_cast<double>(*whole) : *setting.as<double>();
    const bool is_low = option.lowest && !(number >= *option.lowest);
    const bool is_high = option.highest && !(number <= *option.highest);
    if (!is_low && !is_high) return;
    std::string allowed;
    if (option.lowest) allowed = "at least " + number_text(*option.lowest);
    if (option.highest) {
      allowed += (allowed.empty() ? "at most " : " and at most ") + number_text(*option.highest);
    }
    complain(setting.place, "`" + key + "` is " + number_text(number) + ", but must be " + allowed);
  }

  /// Each item of a list through one check of its type; other things than lists are complained of.
  template <class Item, class Then>
  void check_list(const Setting& setting, const Option& option, const std::string& key, Then then) {
    const auto* list = setting.as<Setting::List>();
    if (list == nullptr) return wrong_type(setting, option, key);
    for (const Setting& item : *list) {
      if (item.as<Item>() == nullptr) {
        wrong_type(item, option, key);
      } else {
        then(item);
      }
    }
  }

  void check_secret(const Setting& setting, const Option& option, const std::string& key) {
    static const std::vector<std::string> ways = {"credential", "keyring", "command", "file"};
    const auto* table = setting.as<Setting::Table>();
    if (table == nullptr) return wrong_type(setting, option, key);
    if (table->size() != 1 ||
        std::find(ways.begin(), ways.end(), table->front().key) == ways.end()) {
      complain(setting.place, "`" + key + "` must say in one way where the secret is: " +
                                  core::joined(ways, ", "));
    }
  }

  void check_value(const Setting& setting, const Option& option, const std::string& key) {
    const auto expect = [&](bool is_right) {
      if (!is_right) wrong_type(setting, option, key);
      return is_right;
    };
    const auto accept = [](const Setting&) {};
    switch (option.type) {
      case OptionType::text:
        if (expect(setting.as<std::string>() != nullptr)) check_word(setting, option, key);
        return;
      case OptionType::integer:
        if (expect(setting.as<std::int64_t>() != nullptr)) check_range(setting, option, key);
        return;
      case OptionType::number:
        if (expect(setting.as<std::int64_t>() != nullptr || setting.as<double>() != nullptr)) {
          check_range(setting, option, key);
        }
        return;
      case OptionType::boolean:
        expect(setting.as<bool>() != nullptr);
        return;
      case OptionType::date:
        expect(setting.as<core::Date>() != nullptr);
        return;
      case OptionType::time_of_day: {
        const auto* text = setting.as<std::string>();
        expect(setting.as<core::TimeOfDay>() != nullptr ||
               (text != nullptr && core::parse_time_of_day(*text).has_value()));
        return;
      }
      case OptionType::instant:
        expect(setting.as<core::Instant>() != nullptr);
        return;
      case OptionType::text_list:
        return check_list<std::string>(setting, option, key,
                                       [&](const Setting& item) { check_word(item, option, key); });
      case OptionType::integer_list:
        return check_list<std::int64_t>(
            setting, option, key, [&](const Setting& item) { check_range(item, option, key); });
      case OptionType::date_list:
        return check_list<core::Date>(setting, option, key, accept);
      case OptionType::secret:
        return check_secret(setting, option, key);
      case OptionType::table:
        if (expect(setting.as<Setting::Table>() != nullptr)) check_table(setting, option.path);
        return;
      case OptionType::table_list:
        return check_list<Setting::Table>(setting, option, key, [&](const Setting& item) {
          check_table(item, option.path + "[]");
        });
    }
  }

  OptionTable table_;
};

}  // namespace

std::string describe(OptionType type) {
  switch (type) {
    case OptionType::text:
      return "a text in quotes";
    case OptionType::integer:
      return "a whole number";
    case OptionType::number:
      return "a number";
    case OptionType::boolean:
      return "true or false";
    case OptionType::date:
      return "a date such as 2026-05-25";
    case OptionType::time_of_day:
      return "a time such as \"08:30\"";
    case OptionType::instant:
      return "a date and time such as 2026-05-25T08:30:00-05:00";
    case OptionType::text_list:
      return "a list of texts such as [\"a\", \"b\"]";
    case OptionType::integer_list:
      return "a list of whole numbers such as [1, 2]";
    case OptionType::date_list:
      return "a list of dates such as [2026-05-25]";
    case OptionType::secret:
      return "a reference such as { credential = \"name\" }";
    case OptionType::table:
      return "a table such as { key = \"value\" }";
    case OptionType::table_list:
      return "a list of tables such as [ { key = \"value\" } ]";
  }
  return "a value";
}

Complaints check(const Setting& tree, OptionTable table) {
  Checker checker(table);
  if (tree.as<Setting::Table>() == nullptr) {
    return {complaint(tree.place, "found " + kind_of(tree) + ", but a table must stand here")};
  }
  checker.check_table(tree, "");
  return std::move(checker.complaints);
}

const Option* find_option(OptionTable table, std::string_view path) {
  const auto wanted = core::split(path, '.');
  const auto fits = [&](const Option& option) {
    const auto parts = core::split(option.path, '.');
    return std::equal(parts.begin(), parts.end(), wanted.begin(), wanted.end(),
                      [](const std::string& part, const std::string& word) {
                        return part == "*" || part == word;
                      });
  };
  const auto found = std::find_if(table.begin(), table.end(), fits);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace ioud::connectors
