#pragma once
// `ioud document all_keys|man|commands`: prints the texts that are made from the option tables, as
// they ship in config/. Not listed by --help; the packager's and the tests' tool.

#include <string_view>

#include "app/exit_code.hpp"
#include "app/terminal.hpp"

namespace ioud::app {

ExitCode document(std::string_view what, Terminal terminal);

}  // namespace ioud::app
