// The program: arguments and environment become a value, and the value picks a command.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "app/check_command.hpp"
#include "app/command_line.hpp"
#include "app/demo_command.hpp"
#include "app/detect_command.hpp"
#include "app/document_command.hpp"
#include "app/exit_code.hpp"
#include "app/lifecycle.hpp"
#include "app/login_command.hpp"
#include "app/notices.hpp"
#include "app/state_commands.hpp"

namespace {

using namespace ioud;
using app::Command;
using app::ExitCode;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// The commands that open the state; `--at` stands for the clock.
ExitCode run_on_state(const app::Invocation& wish, const app::Environment& environment,
                      app::Terminal terminal) {
  const net::SystemClock system;
  const net::FrozenClock frozen(wish.at.value_or(core::Instant{}));
  const net::Clock& clock =
      wish.at ? static_cast<const net::Clock&>(frozen) : static_cast<const net::Clock&>(system);
  core::StandardLog log(wish.lowest);
  core::NoSteps steps;
  const app::SessionWish session{
      wish.config, environment.home, variable("CREDENTIALS_DIRECTORY"), clock, log, steps};
  app::SystemdNotices systemd;
  switch (wish.command) {
    case Command::run:
      return app::run_daemon(session, systemd, terminal);
    case Command::status:
      return app::show_status(session, wish.json, terminal);
    case Command::ledger:
      return app::show_ledger(session, wish.json, terminal);
    case Command::explain:
      return app::explain(session, wish.words.front(), terminal);
    case Command::learning:
      return app::learning(session, wish.json, wish.reset, terminal);
    case Command::accept_loss:
      return app::accept_loss(session, wish.words, terminal);
    case Command::forget:
      return app::forget(session, wish.words.front(), terminal);
    case Command::export_:
      return app::export_person(session, wish.words.front(), terminal);
    default:
      return app::run_once(session, terminal);
  }
}

ExitCode run(const app::Invocation& wish, const app::Environment& environment,
             app::Terminal terminal) {
  switch (wish.command) {
    case Command::help:
      terminal.out << app::help_text(wish.words.empty() ? "" : wish.words.front());
      return ExitCode::ok;
    case Command::version:
      terminal.out << app::version_text();
      return ExitCode::ok;
    case Command::check:
      return app::check(
          {wish.config, environment.home, variable("CREDENTIALS_DIRECTORY"), wish.offline},
          terminal);
    case Command::login:
      return app::login({wish.config, environment.home, variable("CREDENTIALS_DIRECTORY"),
                         wish.words.empty() ? "" : wish.words.front()},
                        terminal);
    case Command::detect:
      return app::detect({wish.detect_input, wish.rep, wish.model, wish.words}, terminal);
    case Command::document:
      return app::document(wish.words.front(), terminal);
    case Command::run:
    case Command::once:
    case Command::status:
    case Command::ledger:
    case Command::explain:
    case Command::learning:
    case Command::accept_loss:
    case Command::forget:
    case Command::export_:
      return run_on_state(wish, environment, terminal);
    case Command::demo: {
      core::StandardLog log(core::Level::warning);
      return app::demo({wish.words.empty() ? "" : wish.words.front(), wish.at}, log, terminal);
    }
  }
  terminal.err << "ioud: this command is not in this build\n";
  return ExitCode::internal;
}

}  // namespace

int main(int count, char** arguments) {
  const app::Environment environment{variable("IOUD_AT"), variable("XDG_CONFIG_HOME"),
                                     variable("HOME")};
  const app::Terminal terminal{std::cin, std::cout, std::cerr};
  try {
    const auto wish = app::parse_command_line(
        std::vector<std::string>(arguments + (count > 0 ? 1 : 0), arguments + count), environment);
    if (!wish) {
      std::cerr << "ioud: " << wish.error().text << "\n";
      return app::number(ExitCode::usage);
    }
    const ExitCode code = run(*wish, environment, terminal);
    std::cout.flush();
    return app::number(code);
  } catch (const std::exception& bug) {
    std::cerr << "ioud: this is a bug in ioud, please report it: " << bug.what() << "\n";
    return app::number(ExitCode::internal);
  }
}
