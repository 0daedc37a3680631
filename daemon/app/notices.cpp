#include "app/notices.hpp"

#include <systemd/sd-daemon.h>

#include <cstdint>

namespace ioud::app {

void SystemdNotices::tell(const std::string& lines) { ::sd_notify(0, lines.c_str()); }

std::optional<std::chrono::milliseconds> SystemdNotices::watchdog() const {
  std::uint64_t microseconds = 0;
  if (::sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 1000);
}

}  // namespace ioud::app
