#pragma once
// The admin's files as one immutable snapshot: ioud.toml and conf.d/*.toml beside it, every key
// checked by the option table (config_table.hpp), all complaints at once. It reads files and makes
// no other input or output; it never writes one, and never opens what a path names.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/settings.hpp"
#include "domain/policy.hpp"
#include "domain/setting.hpp"

namespace ioud::app {

struct Config {
  domain::Rep rep;
  std::string identity;                         ///< address that proposals come from, lower case
  std::filesystem::path state_directory;        ///< absolute
  std::filesystem::path clients_file;           ///< absolute; empty where none is named
  domain::Policy policy;                        ///< paths in it are absolute
  std::vector<connectors::Setting> connectors;  ///< the tables of [[connector]], in file order

  std::filesystem::path file;    ///< as given
  std::filesystem::path folder;  ///< of that file, absolute; where relative paths start
  std::filesystem::path home;    ///< what "~/" means, or empty
  connectors::Setting tree;      ///< all files merged, for the place of any key
};

/// Where the key "policy.placement.notice_hours" stands; the file as a whole where it is unsaid.
connectors::Place place_of(const Config& config, std::string_view path);

struct ConfigReading {
  /// To be used only where there is no complaint; before that it holds what could be read, so that
  /// its connectors and files can be looked at for more.
  Config config;
  connectors::Complaints complaints;
};

/// Reads and checks everything but what only a connector can judge (connectors::make does that).
/// `home` may be empty; then "~/" is a complaint.
ConfigReading read_config(const std::filesystem::path& file, const std::filesystem::path& home);

/// The same for one text that stands in no file: tests, the demo.
ConfigReading parse_config(std::string_view text, const std::filesystem::path& file,
                           const std::filesystem::path& home);

/// `file:line:column: what is wrong`, one a line, in the order of files and lines.
std::string format(const connectors::Complaints& complaints);

}  // namespace ioud::app
