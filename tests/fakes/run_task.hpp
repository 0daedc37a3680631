#pragma once
// Runs one waiting thing to its end on a loop of its own, so that a test reads top to bottom.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

namespace ioud::fakes {

/// The task's value; what it throws is thrown.
template <class T>
T run(boost::asio::awaitable<T> task) {
  boost::asio::io_context loop(1);
  std::optional<T> value;
  std::exception_ptr thrown;
  boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr exception, T result) {
    thrown = exception;
    value = std::move(result);
  });
  loop.run();
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*value);
}

}  // namespace ioud::fakes
