#pragma once
// One connection to a mail server: TCP, TLS or STARTTLS, with a deadline on every wait.
// Certificates are always checked, against the system's authorities and one file of the admin's
// own. Knows no protocol; never reconnects by itself.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "net/task.hpp"

namespace ioud::net {

enum class Security {
  tls,       ///< from the first byte
  starttls,  ///< the protocol asks for it and then calls start_tls()
  none,      ///< in the clear; only for a server on this machine
};

struct Peer {
  std::string host;
  std::uint16_t port = 0;
  Security security = Security::tls;
  std::string ca_file;  ///< PEM, believed instead of the system's authorities; empty: the system's
};

/// How long a wait may take before the line counts as dead. Each is for progress, not for a whole
/// exchange, so that a large mail on a slow line arrives.
struct Patience {
  std::chrono::milliseconds connect{20'000};  ///< all addresses of the host and TLS together
  std::chrono::milliseconds progress{60'000};
};

/// May outlive the loop it was opened on; it is closed then.
class Stream {
 public:
  /// Connects, and speaks TLS where the peer wants it from the start. Fails transient where the
  /// host cannot be reached, config where its certificate does not hold.
  static Task<std::unique_ptr<Stream>> open(Peer peer, Patience patience);

  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Goes on in TLS (RFC 8314 3). Whatever the peer sent before must have been read.
  Task<bool> start_tls();

  /// The next bytes, at most 64 KiB and at least one. Fails transient where the peer closed the
  /// line or said nothing for the progress time.
  Task<std::string> read();
  /// The same, but empty after `longest` of silence; the line goes on. Cancelling the task ends the
  /// wait with boost::system::system_error and leaves the line as it was.
  Task<std::string> read_within(std::chrono::milliseconds longest);

  /// Fails transient where the peer does not take them. May be called once the last one ended.
  Task<bool> write(std::string bytes);

  /// Ends at once, without a farewell.
  void close();

  bool is_secure() const;
  const Peer& peer() const;

  struct Wire;  ///< its inside

 private:
  explicit Stream(std::unique_ptr<Wire> wire);
  std::unique_ptr<Wire> wire_;
};

}  // namespace ioud::net
