#pragma once
// The option table: one row a config key, from which come the check of a config, its complaints,
// the man page and config/all_keys.toml. A row is a plain value; nothing here reads a file.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/settings.hpp"

namespace ioud::connectors {

enum class OptionType {
  text,
  integer,
  number,  ///< an integer will do
  boolean,
  date,         ///< 2026-05-25
  time_of_day,  ///< "08:30" as text, or a TOML local time
  instant,      ///< a date-time with an offset
  text_list,
  integer_list,
  date_list,
  secret,      ///< a reference: a table with one of `credential`, `keyring`, `command`, `file`
  table,       ///< its keys have rows of their own
  table_list,  ///< a list of tables
};

/// One key. `path` runs from the root of what the table describes: keys joined by dots, `[]` after
/// a list of tables, `*` for a key that the admin chooses: "calendars[].use", "asks.*.topic".
struct Option {
  std::string path;
  OptionType type = OptionType::text;
  std::string fallback = {};  ///< the default as it is written in TOML; empty where there is none
  std::string help = {};      ///< one line
  bool required = false;
  std::vector<std::string> words = {};  ///< the only texts allowed; empty: any
  /// Bounds of the number, or of each item of an integer_list.
  std::optional<double> lowest = {};
  std::optional<double> highest = {};
};

using OptionTable = std::span<const Option>;

/// How a person is told what to write: "a list of texts", "a time such as \"08:30\"".
std::string describe(OptionType type);

/// All that is wrong with the tree by that table: unknown keys (with the nearest known one), wrong
/// types, words and numbers that are not allowed, required keys that are missing.
Complaints check(const Setting& tree, OptionTable table);

/// The row of a path such as "calendars[].use" or "asks.plant_tour.topic"; null where none fits.
const Option* find_option(OptionTable table, std::string_view path);

}  // namespace ioud::connectors
