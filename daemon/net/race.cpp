#include "net/race.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace ioud::net {

Task<bool> first_of(Task<bool> one, Task<bool> other) {
  using namespace boost::asio::experimental::awaitable_operators;
  auto both = std::move(one) || std::move(other);
  auto first = co_await std::move(both);
  co_return first.index() == 0 ? std::get<0>(std::move(first)) : std::get<1>(std::move(first));
}

}  // namespace ioud::net
