#pragma once
// The invented fortnight of `ioud demo`: one rep's mail, calendars, cards and config, compiled into
// the program from daemon/app/demo. Only bytes; what is done with them is the demo's business.

#include <span>
#include <string_view>

namespace ioud::app {

/// One file of the sample data. Calendars, cards and mails have CRLF line ends, as on the wire.
struct DemoFile {
  std::string_view path;  ///< below the demo's folder: "mail/new/0304-press-down"
  std::string_view bytes;
};

/// When the sample data is looked at: the Monday morning on which the newest mail came in.
inline constexpr std::string_view demo_time = "2026-03-09T08:00:00-04:00";

/// All files by path. Lives as long as the program.
std::span<const DemoFile> demo_files();

}  // namespace ioud::app
