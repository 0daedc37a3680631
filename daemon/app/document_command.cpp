#include "app/document_command.hpp"

#include <ostream>
#include <vector>

#include "app/config_manual.hpp"
#include "connectors/registry.hpp"

namespace ioud::app {
namespace {

/// The kinds an admin may configure: what only tests use is not in the manual.
std::vector<KindKeys> documented_kinds() {
  std::vector<KindKeys> kinds;
  for (const connectors::Kind* kind : connectors::kinds())
    if (kind->name != "memory") kinds.push_back({kind->name, kind->help, kind->options});
  return kinds;
}

}  // namespace

ExitCode document(std::string_view what, Terminal terminal) {
  const std::vector<KindKeys> kinds = documented_kinds();
  if (what == "all_keys")
    terminal.out << all_keys_toml(kinds);
  else if (what == "man")
    terminal.out << config_man_page(kinds);
  else if (what == "commands")
    terminal.out << command_man_page();
  else {
    terminal.err << "ioud document: found \"" << what << "\", expected all_keys, man or commands\n";
    return ExitCode::usage;
  }
  return ExitCode::ok;
}

}  // namespace ioud::app
