#pragma once
// `ioud check`: everything that is wrong with the config and the clients file at once, then each
// connector tried without writing anything. Prints complaints to the error stream, one a line.

#include <filesystem>

#include "app/exit_code.hpp"
#include "app/terminal.hpp"

namespace ioud::app {

struct CheckWish {
  std::filesystem::path config;
  std::filesystem::path home;
  std::filesystem::path credentials;  ///< $CREDENTIALS_DIRECTORY, or empty
  bool offline = false;               ///< leave the connectors untried
};

/// ok; config where a person must mend something; try_again where only a server could not be
/// reached.
ExitCode check(const CheckWish& wish, Terminal terminal);

}  // namespace ioud::app
