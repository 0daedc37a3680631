#include "net/stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/line_server.hpp"
#include "fakes/reason.hpp"
#include "fakes/tls_server.hpp"
#include "net/race.hpp"

namespace ioud::net {
namespace {

namespace asio = boost::asio;

using core::Fault;
using fakes::Call;
using fakes::LineServer;
using fakes::reason;
using fakes::TlsServer;
using std::chrono::milliseconds;
using testing::HasSubstr;

Patience short_patience() {
  Patience patience;
  patience.connect = patience.progress = milliseconds(300);
  return patience;
}

core::Result<std::unique_ptr<Stream>> open(Peer peer) {
  return fakes::run(Stream::open(std::move(peer), short_patience()));
}

Task<std::string> echoed(Stream& stream, std::string text) {
  auto sent = co_await stream.write(std::move(text));
  if (!sent) co_return tl::unexpected(sent.error());
  co_return co_await stream.read();
}

Peer peer_of(const TlsServer& server, const std::string& ca_file) {
  Peer peer;
  peer.host = "localhost";
  peer.port = server.port();
  peer.ca_file = ca_file;
  return peer;
}

std::string own_authority() { return fakes::certificate("ca"); }

TEST(Stream, SpeaksTlsWithWhomItTrusts) {
  const TlsServer server("good");
  auto stream = open(peer_of(server, own_authority()));
  ASSERT_TRUE(stream.has_value()) << reason(stream);
  EXPECT_TRUE((*stream)->is_secure());
  EXPECT_EQ(fakes::run(echoed(**stream, "hello")).value(), "hello");
  const auto ended = fakes::run((*stream)->read());
  EXPECT_EQ(ended.error().fault, Fault::transient);
}

TEST(Stream, GoesOnInTlsWhereItBeganWithout) {
  const TlsServer server("good", {.starts_plain = true});
  Peer peer = peer_of(server, own_authority());
  peer.security = Security::starttls;
  auto stream = open(peer);
  ASSERT_TRUE(stream.has_value()) << reason(stream);
  EXPECT_FALSE((*stream)->is_secure());
  ASSERT_TRUE(fakes::run((*stream)->write("STARTTLS\r\n")).has_value());
  const auto secured = fakes::run((*stream)->start_tls());
  ASSERT_TRUE(secured.has_value()) << reason(secured);
  EXPECT_EQ(fakes::run(echoed(**stream, "hello")).value(), "hello");
}

TEST(Stream, TakesACertificateItCannotBelieveForAFaultOfTheConfig) {
  const TlsServer good("good");
  const TlsServer other("other");
  const TlsServer old("old");
  for (const Peer& peer : {peer_of(good, ""), peer_of(other, own_authority()),
                           peer_of(old, own_authority()), peer_of(good, "/nowhere/ca.pem")}) {
    const auto stream = open(peer);
    ASSERT_FALSE(stream.has_value());
    EXPECT_EQ(stream.error().fault, Fault::config) << reason(stream);
  }
  EXPECT_THAT(open(peer_of(old, own_authority())).error().text, HasSubstr("expired"));
}

Peer plain(int port) {
  Peer peer;
  peer.host = "127.0.0.1";
  peer.port = static_cast<std::uint16_t>(port);
  peer.security = Security::none;
  return peer;
}

TEST(Stream, FailsInTimeWhereNobodyAnswers) {
  int port = 0;
  {
    const LineServer gone([](Call&) -> asio::awaitable<void> { co_return; });
    port = gone.port();
  }
  fakes::loop().restart();
  fakes::loop().poll();
  const auto refused = open(plain(port));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::transient);

  const LineServer silent([](Call& call) -> asio::awaitable<void> { co_await call.line(); });
  Peer peer = plain(silent.port());
  peer.security = Security::tls;
  const auto stuck = open(peer);
  ASSERT_FALSE(stuck.has_value());
  EXPECT_EQ(stuck.error().fault, Fault::transient);
  EXPECT_EQ(open({"no-such-host.invalid", 993, Security::tls, ""}).error().fault, Fault::transient);
}

TEST(Stream, WaitsForBytesAsLongAsItIsTold) {
  const LineServer server([](Call& call) -> asio::awaitable<void> {
    co_await call.line();
    co_await call.say("there\r\n");
    co_await call.line();
  });
  auto stream = open(plain(server.port()));
  ASSERT_TRUE(stream.has_value()) << reason(stream);
  EXPECT_EQ(fakes::run((*stream)->read_within(milliseconds(20))).value(), "");
  EXPECT_EQ(fakes::run(echoed(**stream, "hi\r\n")).value(), "there\r\n");
  const auto silence = fakes::run((*stream)->read());
  ASSERT_FALSE(silence.has_value());
  EXPECT_THAT(silence.error().text, HasSubstr("silent"));
  (*stream)->close();
  EXPECT_FALSE(fakes::run((*stream)->write("x")).has_value());
}

TEST(Stream, FailsWhereThePeerTakesNoMoreBytes) {
  const LineServer server([](Call& call) -> asio::awaitable<void> {
    asio::steady_timer timer(co_await asio::this_coro::executor, milliseconds(1500));
    co_await timer.async_wait(asio::use_awaitable);
    co_await call.say("x");
  });
  auto stream = open(plain(server.port()));
  ASSERT_TRUE(stream.has_value());
  const auto sent = fakes::run((*stream)->write(std::string(32U << 20U, 'x')));
  ASSERT_FALSE(sent.has_value());
  EXPECT_EQ(sent.error().fault, Fault::transient);
}

TEST(Stream, IsClosedWhereItsLoopHasEnded) {
  const LineServer server([](Call& call) -> asio::awaitable<void> { co_await call.line(); });
  std::unique_ptr<Stream> stream;
  {
    asio::io_context other(1);
    asio::co_spawn(other, Stream::open(plain(server.port()), short_patience()),
                   [&](const std::exception_ptr&, core::Result<std::unique_ptr<Stream>> opened) {
                     stream = std::move(*opened);
                   });
    other.run();
  }
  ASSERT_NE(stream, nullptr);
  EXPECT_EQ(fakes::run(stream->read()).error().fault, Fault::transient);
  EXPECT_EQ(fakes::run(stream->write("x")).error().fault, Fault::transient);
}

Task<bool> soon(bool value, milliseconds when) {
  asio::steady_timer timer(co_await asio::this_coro::executor, when);
  co_await timer.async_wait(asio::use_awaitable);
  co_return value;
}

Task<bool> failing(core::Fault fault, milliseconds when) {
  co_await soon(true, when);
  co_return core::fail(fault, "here", "it failed");
}

TEST(Race, WaitsForAllAndGivesTheFailureThatStandsFirst) {
  const auto all = [](milliseconds first, bool fails) {
    std::vector<Task<bool>> tasks;
    tasks.push_back(soon(true, milliseconds(1)));
    if (fails) tasks.push_back(failing(Fault::auth, first));
    if (fails) tasks.push_back(failing(Fault::config, milliseconds(5)));
    return fakes::run(all_of(std::move(tasks)));
  };
  EXPECT_TRUE(all(milliseconds(1), false).value());
  EXPECT_EQ(all(milliseconds(1), true).error().fault, Fault::auth);
  EXPECT_EQ(all(milliseconds(30), true).error().fault, Fault::auth);
  EXPECT_TRUE(fakes::run(all_of({})).value());
}

TEST(Race, GivesTheFirstToEnd) {
  EXPECT_FALSE(
      fakes::run(first_of(soon(true, milliseconds(5000)), soon(false, milliseconds(1)))).value());
  EXPECT_TRUE(
      fakes::run(first_of(soon(true, milliseconds(1)), soon(false, milliseconds(5000)))).value());
}

}  // namespace
}  // namespace ioud::net
