#pragma once
// What the program says to the shell and to systemd: one table of exit codes, the numbers of
// sysexits.h where they exist, so that a unit can tell "try again" from "mend the config first".

#include <array>
#include <string_view>

namespace ioud::app {

enum class ExitCode {
  ok = 0,
  usage = 64,      ///< EX_USAGE
  data = 65,       ///< EX_DATAERR
  internal = 70,   ///< EX_SOFTWARE
  try_again = 75,  ///< EX_TEMPFAIL
  config = 78,     ///< EX_CONFIG
};

struct ExitMeaning {
  ExitCode code;
  std::string_view meaning;
};

/// In rising order; the manual page prints it.
inline constexpr std::array<ExitMeaning, 6> exit_meanings = {{
    {ExitCode::ok, "done; bad mails, events or cards were reported and left alone"},
    {ExitCode::usage, "the command line cannot be understood"},
    {ExitCode::data, "what was asked for, or given to read, is not there or cannot be read"},
    {ExitCode::internal, "a bug in ioud; please report it"},
    {ExitCode::try_again, "a source or the disk could not be reached; the next pass carries on"},
    {ExitCode::config, "the config must be mended first; every complaint has been printed"},
}};

constexpr int number(ExitCode code) { return static_cast<int>(code); }

}  // namespace ioud::app
