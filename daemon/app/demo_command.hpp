#pragma once
// `ioud demo`: the main job on the embedded fortnight of an invented rep. Lays its folders out,
// runs one real pass over them, and shows the week before and after, the ledger, and where the
// files lie. No server, no account, no network.

#include <filesystem>

#include "app/exit_code.hpp"
#include "app/terminal.hpp"
#include "core/civil_time.hpp"
#include "core/log.hpp"

namespace ioud::app {

struct DemoWish {
  std::filesystem::path folder;     ///< empty: "ioud-demo" in the current directory
  std::optional<core::Instant> at;  ///< else the demo's own Monday morning
};

/// data where the folder holds something that is not a demo of ours: it is left as it is.
ExitCode demo(const DemoWish& wish, core::Log& log, Terminal terminal);

}  // namespace ioud::app
