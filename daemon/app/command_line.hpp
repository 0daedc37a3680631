#pragma once
// The command line as a value: which command, on which config, at which instant. Pure; it opens no
// file and reads no environment but what is handed in. The table of commands below is also what
// `ioud --help` and the manual print.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/log.hpp"
#include "core/result.hpp"

namespace ioud::app {

enum class Command {
  help,
  version,
  run,
  once,
  check,
  login,
  status,
  ledger,
  explain,
  learning,
  accept_loss,
  forget,
  export_,
  detect,
  demo,
  document,
};

/// What `ioud detect` is given to read.
enum class DetectInput { jsonl, mail, event };

struct Invocation {
  Command command = Command::help;
  std::optional<core::Instant> at;  ///< the frozen clock of --at or IOUD_AT
  std::string config;               ///< path of the config file
  core::Level lowest = core::Level::info;
  bool json = false;
  bool offline = false;
  bool reset = false;
  DetectInput detect_input = DetectInput::jsonl;
  std::string rep;                 ///< detect: the rep's address, "" when unsaid
  std::string model;               ///< detect: path of a model file, "" when unsaid
  std::vector<std::string> words;  ///< what follows the command: files, an id, an address, a folder
};

/// The few things the environment may say, read once by main.
struct Environment {
  std::string at;           ///< IOUD_AT
  std::string config_home;  ///< XDG_CONFIG_HOME
  std::string home;         ///< HOME
};

struct CommandRow {
  Command command;
  std::string_view name;
  std::string_view arguments;  ///< "ADDRESS", "[DIR]", as the synopsis shows them
  std::size_t least;           ///< how many words must follow
  std::size_t most;
  std::string_view help;  ///< one line
};

/// Every command a person types, in the order help prints them.
std::span<const CommandRow> commands();

/// `arguments` are those after the program's name. Fails with Fault::config and a text for the
/// person at the shell, with the nearest word where one was misspelt; that is exit code 64.
core::Result<Invocation> parse_command_line(const std::vector<std::string>& arguments,
                                            const Environment& environment);

/// The text of `ioud --help`, or of `ioud COMMAND --help`.
std::string help_text(std::string_view command = {});
std::string version_text();

}  // namespace ioud::app
