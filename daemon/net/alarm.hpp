#pragma once
// Waiting that somebody else may cut short: a task sleeps, and news or a signal rings. Runs on the
// loop's one thread; knows nothing of what it wakes for.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "net/task.hpp"

namespace ioud::net {

class Alarm {
 public:
  explicit Alarm(const boost::asio::any_io_executor& loop) : timer_(loop) {}

  /// Returns true when the time is over and false when it rang, also before the wait began. One
  /// task waits at a time. After cancellation it returns false, and the task's next wait throws.
  Task<bool> wait(std::chrono::milliseconds longest);

  /// Ends the wait under way, or the next one.
  void ring();

 private:
  boost::asio::steady_timer timer_;
  bool has_rung_ = false;
};

}  // namespace ioud::net
