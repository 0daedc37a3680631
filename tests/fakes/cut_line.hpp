#pragma once
// Stands between a program and a mail server it speaks to without TLS, and cuts the line once, at
// the worst moments of a mail; the program may be killed with it. Runs on the loop of fakes::run().

#include <signal.h>

#include <string>

#include "fakes/line_server.hpp"

namespace ioud::fakes {

class CutLine {
 public:
  enum class At {
    data,      ///< the server waits for the mail; nothing of it reaches it
    last_dot,  ///< the server has all but the last dot
    verdict,   ///< the server has taken the mail, and nobody is told
  };

  CutLine(int behind, At at) : behind_(behind), at_(at) {}

  int port() const { return server_.port(); }
  int cuts() const { return cuts_; }
  /// Whom to kill when the line is cut.
  void kill_too(pid_t program) { program_ = program; }

 private:
  using Tcp = boost::asio::ip::tcp;

  /// All lines of the server's next reply.
  static boost::asio::awaitable<std::string> reply(Call& server) {
    std::string whole;
    for (;;) {
      const std::string line = co_await server.line();
      whole += line + "\r\n";
      if (!server.is_open() || line.size() < 4 || line[3] != '-') co_return whole;
    }
  }

  bool cuts(At here) {
    const bool is_now = cuts_ == 0 && at_ == here;
    if (!is_now) return false;
    ++cuts_;
    if (program_ > 0) ::kill(program_, SIGKILL);
    return true;
  }

  boost::asio::awaitable<void> pass(Call& caller) {
    Tcp::socket socket(loop());
    const Tcp::endpoint behind(boost::asio::ip::address_v4::loopback(),
                               static_cast<std::uint16_t>(behind_));
    co_await socket.async_connect(behind, boost::asio::use_awaitable);
    Call server(std::move(socket));
    std::string said = co_await reply(server);
    co_await caller.say(said);
    for (bool is_mail = false;;) {
      std::string line = co_await caller.line();
      if (!caller.is_open()) co_return;
      const bool is_dot = is_mail && line == ".";
      if (is_mail && cuts(At::data)) co_return;
      if (is_dot && cuts(At::last_dot)) co_return;
      line += "\r\n";
      co_await server.say(line);
      if (is_mail && !is_dot) continue;
      said = co_await reply(server);
      if (is_dot && cuts(At::verdict)) co_return;
      co_await caller.say(said);
      is_mail = said.starts_with("354");
    }
  }

  int behind_;
  At at_;
  int cuts_ = 0;
  pid_t program_ = 0;
  LineServer server_{[this](Call& caller) { return pass(caller); }};
};

}  // namespace ioud::fakes
