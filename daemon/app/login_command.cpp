#include "app/login_command.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <ostream>

#include "app/setup.hpp"
#include "app/try_out.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using connectors::Connector;

std::vector<std::string> names_to_sign_in(const std::vector<Connector>& connectors) {
  std::vector<std::string> names;
  for (const Connector& one : connectors)
    if (one.sign_in) names.push_back("\"" + one.name + "\"");
  return names;
}

/// The connector that is meant; null, and why, where none is.
const Connector* meant(const std::vector<Connector>& connectors, const std::string& name,
                       std::ostream& err) {
  const std::vector<std::string> names = names_to_sign_in(connectors);
  const auto found = std::find_if(connectors.begin(), connectors.end(), [&](const Connector& one) {
    return name.empty() ? bool(one.sign_in) : one.name == name;
  });
  const bool is_clear =
      found != connectors.end() && found->sign_in && (!name.empty() || names.size() == 1);
  if (is_clear) return &*found;
  if (names.empty()) {
    err << "ioud: no connector of this config signs in with a browser; that needs `oauth` with "
           "`authorize_url` (ioud.toml(5))\n";
    return nullptr;
  }
  const std::string choice = core::joined(names, ", ");
  if (name.empty())
    err << "ioud: which connector? write one of " << choice << "\n";
  else if (found != connectors.end())
    err << "ioud: \"" << name << "\" needs no sign-in with a browser; " << choice << " would\n";
  else
    err << "ioud: there is no connector \"" << name << "\"; found " << choice << "\n";
  return nullptr;
}

core::Result<bool> sign_in(const Connector& connector, std::ostream& out) {
  boost::asio::io_context loop(1);
  core::Result<bool> done = false;
  auto show = [&out](const std::string& address) {
    out << "Visit this address with a browser on this machine, within five minutes:\n\n"
        << address << "\n\n"
        << std::flush;
  };
  boost::asio::co_spawn(loop, connector.sign_in(std::move(show)),
                        [&done](const std::exception_ptr& bug, core::Result<bool> result) {
                          if (bug) std::rethrow_exception(bug);
                          done = std::move(result);
                        });
  loop.run();
  return done;
}

}  // namespace

ExitCode login(const LoginWish& wish, Terminal terminal) {
  TryOut parts;
  SetupReading read = read_setup({wish.config, wish.home, wish.credentials}, parts.surroundings());
  if (!read.config_complaints.empty()) {
    terminal.err << format(read.config_complaints);
    return ExitCode::config;
  }
  const Connector* connector = meant(read.setup.connectors, wish.connector, terminal.err);
  if (connector == nullptr) return ExitCode::data;
  const auto done = sign_in(*connector, terminal.out);
  if (!done) {
    terminal.err << told(done.error(), connector->name);
    return is_passing(done.error().fault) ? ExitCode::try_again : ExitCode::config;
  }
  terminal.out << connector->name << ": signed in\n";
  return ExitCode::ok;
}

}  // namespace ioud::app
