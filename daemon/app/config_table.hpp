#pragma once
// The one table of every key outside [[connector]]: its name, type, default, range, help, and where
// its value goes in a Config. Parsing, `ioud check`, all_keys.toml and the manual are all made from
// it, so none can disagree. Defaults are read out of domain::Policy itself.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "connectors/options.hpp"

namespace ioud::app {

/// One key: how it is checked and documented, and how a value of the right type gets into a Config.
struct ConfigRow {
  connectors::Option option;
  /// Called only with a setting that connectors::check found no fault with by its type; adds a
  /// complaint where the value makes no sense. Null for tables.
  std::function<void(const connectors::Setting&, Config&, connectors::Complaints&)> bind;
};

/// Every row in the order of the manual.
std::vector<ConfigRow> config_rows();

/// Makes a path of the config absolute: "~/" from home, others from the config's folder.
std::filesystem::path resolved(const Config& config, const std::string& path);

/// True where the text looks like one mail address.
bool is_address(std::string_view text);

}  // namespace ioud::app
