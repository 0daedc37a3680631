#include "connectors/oauth/loopback.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "net/alarm.hpp"
#include "net/race.hpp"

namespace ioud::connectors::oauth {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using core::Fault;
using core::Secret;
using net::Task;

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t longest_request = std::size_t{32} * 1024;
/// Browsers open spare lines and say nothing on them; the one with the code waits behind.
constexpr std::chrono::seconds longest_visit{2};

Task<bool> sleep(std::chrono::milliseconds time) {
  net::Alarm alarm(co_await asio::this_coro::executor);
  co_return co_await alarm.wait(time);
}

/// The target of "GET target HTTP/1.1"; empty where it is no such request.
std::string target_in(std::string_view request) {
  constexpr std::string_view method = "GET ";
  if (!request.starts_with(method)) return {};
  request.remove_prefix(method.size());
  return std::string(request.substr(0, request.find_first_of(" \r\n")));
}

std::string page(std::string_view status, std::string_view words) {
  const std::string body =
      "<!doctype html><meta charset=\"utf-8\"><title>ioud</title><p>" + std::string(words) + "</p>";
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
         "Connection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// One request of one browser and the page it gets.
Task<bool> talk(tcp::socket& line, const Loopback::Take& take,
                std::optional<core::Result<Secret>>& brought) {
  std::string request;
  const auto [unread, size] = co_await asio::async_read_until(
      line, asio::dynamic_buffer(request, longest_request), "\r\n\r\n", outcome);
  if (unread) co_return true;
  brought = take(target_in(request));
  std::string answer = page("404 Not Found", "Nothing is here but the end of a sign-in.");
  if (brought && *brought) answer = page("200 OK", "You are signed in. You may close this tab.");
  if (brought && !*brought)
    answer =
        page("200 OK", "You are not signed in; the terminal says why. You may close this tab.");
  co_await asio::async_write(line, asio::buffer(answer), outcome);
  boost::system::error_code ignored;
  line.shutdown(tcp::socket::shutdown_send, ignored);
  co_return true;
}

}  // namespace

core::Result<std::unique_ptr<Loopback>> Loopback::open(const asio::any_io_executor& loop) {
  std::unique_ptr<Loopback> opened(new Loopback(loop));
  boost::system::error_code failed;
  const tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);
  opened->door_.open(any_port.protocol(), failed);
  if (!failed) opened->door_.bind(any_port, failed);
  if (!failed) opened->door_.listen(asio::socket_base::max_listen_connections, failed);
  if (failed)
    return core::fail(Fault::transient, "127.0.0.1",
                      "no port can be had for the browser: " + failed.message());
  return opened;
}

int Loopback::port() const { return door_.local_endpoint().port(); }

Task<bool> Loopback::serve(Take take, std::optional<core::Result<Secret>>& brought) {
  while (!brought) {
    auto [failed, line] = co_await door_.async_accept(outcome);
    if (failed) co_return core::fail(Fault::transient, "127.0.0.1", failed.message());
    auto visit = talk(line, take, brought);
    auto end = sleep(longest_visit);
    co_await net::first_of(std::move(visit), std::move(end));
  }
  co_return true;
}

Task<Secret> Loopback::wait(Take take, std::chrono::seconds patience) {
  std::optional<core::Result<Secret>> brought;
  auto serving = serve(std::move(take), brought);
  auto end = sleep(patience);
  co_await net::first_of(std::move(serving), std::move(end));
  if (brought) co_return std::move(*brought);
  co_return core::fail(
      Fault::transient, "127.0.0.1",
      "nobody signed in within " + std::to_string(patience.count() / 60) + " minutes; try again");
}

}  // namespace ioud::connectors::oauth
