#pragma once
// `ioud login NAME`: lets the rep sign in to a connector's account with a browser, once. What comes
// of it is kept in the state directory, where an ioud that runs already finds it at its next try.

#include <filesystem>
#include <string>

#include "app/exit_code.hpp"
#include "app/terminal.hpp"

namespace ioud::app {

struct LoginWish {
  std::filesystem::path config;
  std::filesystem::path home;
  std::filesystem::path credentials;  ///< $CREDENTIALS_DIRECTORY, or empty
  std::string connector;              ///< its name; may be empty where only one can be signed in to
};

/// ok; config where a person must mend something or said no; data where there is no such connector
/// to sign in to; try_again where the provider could not be reached or nobody came.
ExitCode login(const LoginWish& wish, Terminal terminal);

}  // namespace ioud::app
