#pragma once
// A port on 127.0.0.1 that a browser is sent back to after a sign-in (RFC 8252 7.3). Nobody but
// this machine can reach it, and it is closed when it goes.

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/secret.hpp"
#include "net/task.hpp"

namespace ioud::connectors::oauth {

class Loopback {
 public:
  /// What the target of a request brings; nothing where it is about something else.
  using Take = std::function<std::optional<core::Result<core::Secret>>(std::string_view target)>;

  /// Fails transient where no port can be had.
  static core::Result<std::unique_ptr<Loopback>> open(const boost::asio::any_io_executor& loop);

  int port() const;

  /// Answers browsers, one at a time and none for long, until one brings what is waited for. Fails
  /// transient where none did in that time.
  net::Task<core::Secret> wait(Take take, std::chrono::seconds patience);

 private:
  explicit Loopback(const boost::asio::any_io_executor& loop) : door_(loop) {}
  net::Task<bool> serve(Take take, std::optional<core::Result<core::Secret>>& brought);

  boost::asio::ip::tcp::acceptor door_;
};

}  // namespace ioud::connectors::oauth
