#pragma once
// Runs one waiting thing to its end, so that a test reads top to bottom. All runs of a program
// share one loop, because a connector's connections live on it from one run to the next.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

namespace ioud::fakes {

inline boost::asio::io_context& loop() {
  static boost::asio::io_context shared(1);
  return shared;
}

/// The task's value; what it throws is thrown. What else runs on the loop goes on meanwhile.
template <class T>
T run(boost::asio::awaitable<T> task) {
  std::optional<T> value;
  std::exception_ptr thrown;
  bool is_done = false;
  boost::asio::co_spawn(loop(), std::move(task), [&](std::exception_ptr exception, T result) {
    thrown = exception;
    value = std::move(result);
    is_done = true;
  });
  loop().restart();
  while (!is_done && loop().run_one() > 0) {
  }
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*value);
}

}  // namespace ioud::fakes
