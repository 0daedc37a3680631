#include "net/race.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ioud::net {

Task<bool> first_of(Task<bool> one, Task<bool> other) {
  using namespace boost::asio::experimental::awaitable_operators;
  auto both = std::move(one) || std::move(other);
  auto first = co_await std::move(both);
  co_return first.index() == 0 ? std::get<0>(std::move(first)) : std::get<1>(std::move(first));
}

Task<bool> all_of(std::vector<Task<bool>> tasks) {
  namespace asio = boost::asio;
  if (tasks.empty()) co_return true;
  const auto loop = co_await asio::this_coro::executor;
  using Started = decltype(asio::co_spawn(loop, std::move(tasks.front()), asio::deferred));
  std::vector<Started> started;
  for (Task<bool>& task : tasks)
    started.push_back(asio::co_spawn(loop, std::move(task), asio::deferred));
  auto group = asio::experimental::make_parallel_group(std::move(started));
  auto [order, bugs, results] =
      co_await group.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& bug : bugs)
    if (bug) std::rethrow_exception(bug);
  for (core::Result<bool>& result : results)
    if (!result) co_return std::move(result);
  co_return true;
}

}  // namespace ioud::net
