#pragma once
// A server of lines that says what a test's script tells it to, on the loop of fakes::run(). Takes
// any number of calls; each gets the script from its beginning.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fakes/run_task.hpp"

namespace ioud::fakes {

/// One call, from the server's side.
class Call {
 public:
  explicit Call(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

  /// The next line without its end; "" where the caller has gone, see is_open().
  boost::asio::awaitable<std::string> line() {
    constexpr auto outcome = boost::asio::as_tuple(boost::asio::use_awaitable);
    auto buffer = boost::asio::dynamic_buffer(pending_);
    const auto [error, size] =
        co_await boost::asio::async_read_until(socket_, buffer, "\r\n", outcome);
    is_open_ = !error;
    if (error) co_return std::string();
    std::string line = pending_.substr(0, size - 2);
    pending_.erase(0, size);
    co_return line;
  }

  /// So many bytes; fewer where the caller has gone.
  boost::asio::awaitable<std::string> bytes(std::size_t count) {
    constexpr auto outcome = boost::asio::as_tuple(boost::asio::use_awaitable);
    while (pending_.size() < count) {
      std::string some(count - pending_.size(), '\0');
      const auto room = boost::asio::buffer(some);
      const auto [error, size] = co_await socket_.async_read_some(room, outcome);
      if (error) break;
      pending_ += some.substr(0, size);
    }
    std::string taken = pending_.substr(0, count);
    pending_.erase(0, count);
    co_return taken;
  }

  /// Says it whole, whatever becomes of it.
  boost::asio::awaitable<void> say(std::string text) {
    constexpr auto outcome = boost::asio::as_tuple(boost::asio::use_awaitable);
    const auto all = boost::asio::buffer(text);
    co_await boost::asio::async_write(socket_, all, outcome);
  }

  bool is_open() const { return is_open_; }
  void hang_up() {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  boost::asio::ip::tcp::socket socket_;
  std::string pending_;
  bool is_open_ = true;
};

class LineServer {
 public:
  /// Runs once for each call; the call is hung up when it ends.
  using Script = std::function<boost::asio::awaitable<void>(Call&)>;

  explicit LineServer(Script script)
      : shared_(std::make_shared<Shared>(std::move(script))), port_(shared_->port()) {
    boost::asio::co_spawn(loop(), serve(shared_), boost::asio::detached);
  }
  LineServer(const LineServer&) = delete;
  LineServer& operator=(const LineServer&) = delete;
  ~LineServer() {
    boost::system::error_code ignored;
    shared_->acceptor.close(ignored);
    for (const auto& call : shared_->calls)
      if (const auto living = call.lock()) living->hang_up();
  }

  int port() const { return port_; }
  int calls() const { return static_cast<int>(shared_->calls.size()); }

 private:
  using Tcp = boost::asio::ip::tcp;
  struct Shared {
    explicit Shared(Script told)
        : script(std::move(told)),
          acceptor(loop(), Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {}
    int port() const { return acceptor.local_endpoint().port(); }
    Script script;
    Tcp::acceptor acceptor;
    std::vector<std::weak_ptr<Call>> calls;
  };

  static boost::asio::awaitable<void> answer(std::shared_ptr<Shared> shared,
                                             std::shared_ptr<Call> call) {
    co_await shared->script(*call);
    call->hang_up();
  }

  static boost::asio::awaitable<void> serve(std::shared_ptr<Shared> shared) {
    constexpr auto outcome = boost::asio::as_tuple(boost::asio::use_awaitable);
    for (;;) {
      auto [error, socket] = co_await shared->acceptor.async_accept(outcome);
      if (error) co_return;
      auto call = std::make_shared<Call>(std::move(socket));
      shared->calls.push_back(call);
      boost::asio::co_spawn(loop(), answer(shared, call), boost::asio::detached);
    }
  }

  std::shared_ptr<Shared> shared_;
  int port_;
};

}  // namespace ioud::fakes
