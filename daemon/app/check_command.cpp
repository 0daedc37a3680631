#include "app/check_command.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <ostream>

#include "app/setup.hpp"
#include "app/try_out.hpp"

namespace ioud::app {
namespace {

/// Runs one probe to its end on a loop of its own, so that no connector waits for another's.
std::vector<core::Error> probe(const connectors::Connector& connector) {
  boost::asio::io_context loop(1);
  std::vector<core::Error> found;
  boost::asio::co_spawn(loop, connector.probe(),
                        [&found](const std::exception_ptr& bug, std::vector<core::Error> result) {
                          if (bug) std::rethrow_exception(bug);
                          found = std::move(result);
                        });
  loop.run();
  return found;
}

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

ExitCode try_connectors(const Setup& setup, Terminal terminal) {
  bool is_config = false;
  bool is_away = false;
  for (const connectors::Connector& connector : setup.connectors) {
    if (!connector.probe) continue;
    const std::vector<core::Error> found = probe(connector);
    if (found.empty()) terminal.out << connector.name << ": ok\n";
    for (const core::Error& error : found) {
      (is_passing(error.fault) ? is_away : is_config) = true;
      terminal.err << told(error, connector.name);
    }
  }
  return is_config ? ExitCode::config : is_away ? ExitCode::try_again : ExitCode::ok;
}

}  // namespace

ExitCode check(const CheckWish& wish, Terminal terminal) {
  TryOut parts;
  SetupReading read = read_setup({wish.config, wish.home, wish.credentials}, parts.surroundings());
  connectors::Complaints all = std::move(read.config_complaints);
  std::move(read.client_complaints.begin(), read.client_complaints.end(), std::back_inserter(all));
  if (!all.empty()) {
    terminal.err << format(all);
    return ExitCode::config;
  }
  if (!wish.offline) {
    const ExitCode tried = try_connectors(read.setup, terminal);
    if (tried != ExitCode::ok) return tried;
  }
  terminal.out << wish.config.string() << ": ok, "
               << counted(read.setup.connectors.size(), "connector") << ", "
               << counted(read.setup.clients.size(), "client") << "\n";
  return ExitCode::ok;
}

}  // namespace ioud::app
