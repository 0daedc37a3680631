#pragma once
// Whether a connector tells news within a time.

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "connectors/capability.hpp"
#include "fakes/run_task.hpp"
#include "net/race.hpp"

namespace ioud::fakes {

inline net::Task<bool> give_up(std::chrono::milliseconds longest) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, longest);
  co_await timer.async_wait(boost::asio::use_awaitable);
  co_return false;
}

/// True where news came within the time.
inline bool has_news(connectors::News& news,
                     std::chrono::milliseconds longest = std::chrono::milliseconds(150)) {
  return run(net::first_of(news.wait(), give_up(longest))).value();
}

}  // namespace ioud::fakes
