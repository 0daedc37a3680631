#pragma once
// Stands between a program and a real server and does what lines and servers do on bad days: loses
// a request, loses the reply, kills the program around its k-th write, or stores other bytes than
// were sent. Speaks plain HTTP to the program and whatever the server speaks to the server.

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>

#include "fakes/dav_hands.hpp"
#include "fakes/http_server.hpp"

namespace ioud::fakes {

class FaultProxy {
 public:
  enum class Fault {
    none,
    lose_request,  ///< the write never reaches the server
    lose_reply,    ///< the server carries it out, and the program never hears of it
    kill_before,   ///< the program is killed, and the write never reaches the server
    kill_after,    ///< the program is killed once the server has carried the write out
  };

  /// Whether a request is a write, of which the k-th is counted; null: those of DAV.
  using IsWrite = std::function<bool(const Ask&)>;

  explicit FaultProxy(DavServer behind, IsWrite is_write = nullptr);

  /// The address to give to the program, in place of the server's.
  std::string url() const;
  /// The fault at the k-th write from now on, from 1.
  void fail(Fault fault, std::size_t at_write);
  /// Every PUT gains a line that nobody sent.
  void rewrite_bodies(bool on) { rewrites_ = on; }
  /// Whom to kill.
  void watch(pid_t program) { program_ = program; }
  std::size_t writes() const { return writes_; }

 private:
  Reply answer(const Ask& ask);
  Reply forward(const Ask& ask);

  DavServer behind_;
  IsWrite is_write_;
  std::atomic<bool> rewrites_{false};
  std::atomic<pid_t> program_{0};
  std::atomic<Fault> fault_{Fault::none};
  std::atomic<std::size_t> at_write_{0};
  std::atomic<std::size_t> writes_{0};
  HttpServer server_;  ///< last: its threads end first
};

}  // namespace ioud::fakes
