#include "net/alarm.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ioud::net {

Task<bool> Alarm::wait(std::chrono::milliseconds longest) {
  constexpr auto outcome = boost::asio::as_tuple(boost::asio::use_awaitable);
  bool is_over = false;
  if (!has_rung_) {
    timer_.expires_after(longest);
    const auto [stopped] = co_await timer_.async_wait(outcome);
    is_over = !stopped && !has_rung_;
  }
  has_rung_ = false;
  co_return is_over;
}

void Alarm::ring() {
  has_rung_ = true;
  timer_.cancel();
}

}  // namespace ioud::net
