#pragma once
// The commands that work on an open session: `once`, `status`, `ledger`, `explain`,
// `learning`, `accept-loss`, `forget` and `export`. Each prints to the terminal and gives back its
// exit code; only `once` and `forget` make a pass.

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/session.hpp"
#include "app/terminal.hpp"

namespace ioud::app {

ExitCode run_once(const SessionWish& wish, Terminal terminal);
ExitCode show_status(const SessionWish& wish, bool json, Terminal terminal);
ExitCode show_ledger(const SessionWish& wish, bool json, Terminal terminal);
ExitCode explain(const SessionWish& wish, const std::string& what, Terminal terminal);
/// Prints the lessons, or forgets them all.
ExitCode learning(const SessionWish& wish, bool json, bool reset, Terminal terminal);
/// The next pass believes the one loss that waits there; `place` is a connector and perhaps a
/// collection of it.
ExitCode accept_loss(const SessionWish& wish, const std::vector<std::string>& place,
                     Terminal terminal);
ExitCode forget(const SessionWish& wish, const std::string& address, Terminal terminal);
ExitCode export_person(const SessionWish& wish, const std::string& address, Terminal terminal);

/// The exit code for a failure, its text printed.
ExitCode complain(const core::Error& error, Terminal terminal);

}  // namespace ioud::app
