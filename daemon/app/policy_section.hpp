#pragma once
// How the rows of one [policy.TABLE] are written down: one call a key, with the member of
// domain::Policy it fills. The default in the manual is read from that member, never typed twice.

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/config_table.hpp"
#include "app/toml_file.hpp"
#include "domain/policy.hpp"

namespace ioud::app {

inline std::string as_toml(bool value) { return value ? "true" : "false"; }
inline std::string as_toml(int value) { return std::to_string(value); }
std::string as_toml(double value);
inline std::string as_toml(const std::string& value) { return toml_quoted(value); }
inline std::string as_toml(core::TimeOfDay value) { return toml_quoted(core::format(value)); }
inline std::string as_toml(core::Date value) { return core::format(value); }
template <class T>
std::string as_toml(const std::vector<T>& values) {
  std::string out = "[";
  for (const T& value : values) {
    if (out.size() > 1) out += ", ";
    out += as_toml(value);
  }
  return out + "]";
}

/// Copies a setting into a member of its type; false where the setting has another type.
bool assign(const connectors::Setting& from, bool& to);
bool assign(const connectors::Setting& from, int& to);
bool assign(const connectors::Setting& from, double& to);
bool assign(const connectors::Setting& from, std::string& to);
bool assign(const connectors::Setting& from, core::TimeOfDay& to);  ///< "08:30" or a TOML time
bool assign(const connectors::Setting& from, core::Date& to);
template <class T>
bool assign(const connectors::Setting& from, std::vector<T>& to) {
  const auto* items = from.as<connectors::Setting::List>();
  if (items == nullptr) return false;
  std::vector<T> values(items->size());
  for (std::size_t i = 0; i < items->size(); ++i)
    if (!assign((*items)[i], values[i])) return false;
  to = std::move(values);
  return true;
}

/// The row that allows a table, with what its keys are about.
ConfigRow table_row(std::string path, std::string help);

/// What is wrong with a list that must hold three numbers, or "".
std::string judge_three(const connectors::Setting& from);

/// The rows of one table, added to `rows` as they are named.
template <class Group>
class Section {
 public:
  using Type = connectors::OptionType;
  /// Looks at a value of the right type; returns what is wrong with it, or "".
  using Judge = std::function<std::string(const connectors::Setting&)>;

  Section(std::vector<ConfigRow>& rows, std::string table, Group domain::Policy::* group,
          const char* help)
      : rows_(rows), table_("policy." + std::move(table)), group_(group) {
    rows_.push_back(table_row(table_, help));
  }

  void flag(const char* key, bool Group::* member, const char* help) {
    add(key, member, Type::boolean, help);
  }
  void whole(const char* key, int Group::* member, int lowest, int highest, const char* help) {
    bounded(key, member, Type::integer, lowest, highest, help);
  }
  void share(const char* key, double Group::* member, double lowest, double highest,
             const char* help) {
    bounded(key, member, Type::number, lowest, highest, help);
  }
  void time(const char* key, core::TimeOfDay Group::* member, const char* help) {
    add(key, member, Type::time_of_day, help);
  }
  void wholes(const char* key, std::vector<int> Group::* member, int lowest, int highest,
              const char* help, Judge judge = nullptr) {
    bounded(key, member, Type::integer_list, lowest, highest, help, std::move(judge));
  }
  void word(const char* key, std::string Group::* member, std::vector<std::string> words,
            const char* help) {
    add(key, member, Type::text, help).words = std::move(words);
  }
  void words(const char* key, std::vector<std::string> Group::* member,
             std::vector<std::string> words, const char* help, Judge judge = nullptr) {
    add(key, member, Type::text_list, help, std::move(judge)).words = std::move(words);
  }
  void dates(const char* key, std::vector<core::Date> Group::* member, const char* help) {
    add(key, member, Type::date_list, help);
  }
  /// A path, made absolute when read; or a list of them.
  template <class T>
  void path(const char* key, T Group::* member, const char* help) {
    constexpr bool is_list = !std::is_same_v<T, std::string>;
    add(key, member, is_list ? Type::text_list : Type::text, help);
    rows_.back().bind = [group = group_, member](const connectors::Setting& from, Config& config,
                                                 connectors::Complaints&) {
      T& to = config.policy.*group.*member;
      if (!assign(from, to)) return;
      if constexpr (is_list) {
        for (std::string& item : to) item = resolved(config, item).string();
      } else {
        to = resolved(config, to).string();
      }
    };
  }

 private:
  template <class T>
  connectors::Option& add(const char* key, T Group::* member, Type type, const char* help,
                          Judge judge = nullptr) {
    ConfigRow row;
    row.option.path = table_ + "." + key;
    row.option.type = type;
    row.option.help = help;
    row.option.fallback = as_toml(defaults_.*group_.*member);
    row.bind = [group = group_, member, judge = std::move(judge)](
                   const connectors::Setting& from, Config& config,
                   connectors::Complaints& complaints) {
      const std::string wrong = judge ? judge(from) : std::string();
      if (!wrong.empty())
        complaints.push_back(connectors::complaint(from.place, wrong));
      else
        assign(from, config.policy.*group.*member);
    };
    rows_.push_back(std::move(row));
    return rows_.back().option;
  }

  template <class T, class Number>
  void bounded(const char* key, T Group::* member, Type type, Number lowest, Number highest,
               const char* help, Judge judge = nullptr) {
    connectors::Option& option = add(key, member, type, help, std::move(judge));
    option.lowest = static_cast<double>(lowest);
    option.highest = static_cast<double>(highest);
  }

  std::vector<ConfigRow>& rows_;
  std::string table_;
  Group domain::Policy::* group_;
  domain::Policy defaults_;
};

/// The rows of [policy.*] without the catalogue's, appended.
void add_policy_rows(std::vector<ConfigRow>& rows);
/// Those of the tables about care by the calendar; add_policy_rows calls it.
void add_care_rows(std::vector<ConfigRow>& rows);
/// The rows of [policy.asks.*] and [policy.favours.*], appended.
void add_catalogue_rows(std::vector<ConfigRow>& rows);

/// Puts the kinds of [policy.asks.*] and [policy.favours.*] over the standard catalogue and
/// complains where a new kind lacks something or a list names an unknown kind.
void bind_catalogue(const connectors::Setting& tree, Config& config,
                    connectors::Complaints& complaints);

/// Rules between keys: an hour before another, a floor not above another, known favour kinds.
void check_policy(const Config& config, connectors::Complaints& complaints);

}  // namespace ioud::app
