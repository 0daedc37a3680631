#pragma once
// The texts about the config that are made from its option tables: config/all_keys.toml and the
// manual page ioud.toml(5). Pure; a test compares the shipped files with these byte for byte.

#include <span>
#include <string>

#include "connectors/options.hpp"

namespace ioud::app {

/// What the manual needs of one connector kind.
struct KindKeys {
  std::string name;
  std::string help;
  connectors::OptionTable options;
};

/// Every key with its default and its help, as a config that is valid by itself; keys of connectors
/// and keys without a default stand as comments.
std::string all_keys_toml(std::span<const KindKeys> kinds);

/// ioud.toml(5) in Markdown, as pandoc turns it into a manual page.
std::string config_man_page(std::span<const KindKeys> kinds);

/// The same for ioud(8), from the tables of commands and exit codes.
std::string command_man_page();

}  // namespace ioud::app
