#pragma once
// `ioud run`: opens the session, tells the service manager "ready", makes passes when they are due,
// and listens to signals. SIGTERM and SIGINT end it within two seconds, SIGHUP takes over a good
// config and keeps the old one for a bad one. Decides nothing about favours.

#include "app/exit_code.hpp"
#include "app/notices.hpp"
#include "app/session.hpp"
#include "app/terminal.hpp"

namespace ioud::app {

/// Returns when it was told to stop, or when the config or the state must be mended first. What was
/// being written then is settled at the next start.
ExitCode run_daemon(const SessionWish& wish, Notices& notices, Terminal terminal);

}  // namespace ioud::app
