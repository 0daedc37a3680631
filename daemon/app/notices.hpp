#pragma once
// What the program tells the service manager that started it, and how often it wants a sign of
// life. Without one, every word falls silent.

#include <chrono>
#include <optional>
#include <string>

namespace ioud::app {

class Notices {
 public:
  virtual ~Notices() = default;
  /// Lines of sd_notify(3): "READY=1", "STATUS=…". Never fails; never holds a person's words.
  virtual void tell(const std::string& lines) = 0;
  /// A sign of life is due this often; empty where nobody watches.
  virtual std::optional<std::chrono::milliseconds> watchdog() const = 0;
};

/// systemd, by $NOTIFY_SOCKET and $WATCHDOG_USEC.
class SystemdNotices final : public Notices {
 public:
  void tell(const std::string& lines) override;
  std::optional<std::chrono::milliseconds> watchdog() const override;
};

}  // namespace ioud::app
