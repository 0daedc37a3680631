#include "net/http_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include "fakes/http_server.hpp"
#include "fakes/run_task.hpp"

namespace ioud::net {
namespace {

namespace asio = boost::asio;
using core::Fault;
using fakes::Ask;
using fakes::HttpServer;
using fakes::Reply;
using std::chrono::milliseconds;

Request request_to(const HttpServer& server, const std::string& method = "GET") {
  Request request;
  request.method = method;
  request.url = *parse_url(server.url());
  request.tls.plain_loopback = true;
  return request;
}

class Collected final : public BodySink {
 public:
  explicit Collected(std::size_t most = 1U << 30U) : most_(most) {}
  bool take(std::string_view bytes) override {
    body += bytes;
    return body.size() < most_;
  }
  std::string body;

 private:
  std::size_t most_;
};

TEST(HttpPool, CarriesARequestThereAndTheAnswerBack) {
  Ask asked;
  const HttpServer server([&](const Ask& ask) {
    asked = ask;
    return Reply{207, {{"ETag", "\"1\""}, {"DAV", "1"}}, "<x/>"};
  });
  HttpPool pool;
  Request request = request_to(server, "REPORT");
  request.url.path = "/a%20b/";
  request.headers.push_back({"Depth", "1"});
  request.headers.push_back({"Content-Type", "application/xml"});
  request.body = "<q/>";
  request.credentials.login = Login::basic;
  request.credentials.user = "tom";
  request.credentials.secret = core::Secret("pass word");
  const auto response = fakes::run(pool.fetch(request));
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->status, 207);
  EXPECT_EQ(response->headers.find("etag"), "\"1\"");
  EXPECT_EQ(response->body, "<x/>");
  EXPECT_EQ(asked.method, "REPORT");
  EXPECT_EQ(asked.path, "/a%20b/");
  EXPECT_EQ(asked.body, "<q/>");
  EXPECT_EQ(asked.header("Depth"), "1");
  EXPECT_EQ(asked.header("Authorization"), "Basic dG9tOnBhc3Mgd29yZA==");
  EXPECT_NE(asked.header("Accept-Encoding").find("gzip"), std::string::npos);
  EXPECT_EQ(asked.header("Expect"), "");
}

TEST(HttpPool, SendsATokenAsBearer) {
  std::string seen;
  const HttpServer server([&](const Ask& ask) {
    seen = ask.header("Authorization");
    return Reply{};
  });
  HttpPool pool;
  Request request = request_to(server);
  request.credentials.login = Login::bearer;
  request.credentials.secret = core::Secret("t0ken");
  ASSERT_TRUE(fakes::run(pool.fetch(request)).has_value());
  EXPECT_EQ(seen, "Bearer t0ken");
}

TEST(HttpPool, KeepsOneConnectionOverManyLoops) {
  const HttpServer server([](const Ask&) { return Reply{200, {}, "x"}; });
  HttpPool pool;
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(fakes::run(pool.fetch(request_to(server))).has_value());
  }
  EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpPool, SendsNothingToOthersWithoutTls) {
  HttpPool pool;
  Request request;
  for (const char* url : {"http://example.com/", "http://127.0.0.1.example.com/"}) {
    request.url = *parse_url(url);
    request.tls.plain_loopback = true;
    const auto response = fakes::run(pool.fetch(request));
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().fault, Fault::config);
  }
  bool was_asked = false;
  const HttpServer server([&](const Ask&) {
    was_asked = true;
    return Reply{};
  });
  Request plain = request_to(server);
  plain.tls.plain_loopback = false;
  EXPECT_EQ(fakes::run(pool.fetch(plain)).error().fault, Fault::config);
  EXPECT_FALSE(was_asked);
}

TEST(HttpPool, FollowsNoRedirect) {
  const HttpServer server([](const Ask&) { return Reply{302, {{"Location", "/x"}}, ""}; });
  HttpPool pool;
  EXPECT_EQ(fakes::run(pool.fetch(request_to(server)))->status, 302);
}

TEST(HttpPool, GivesASinkTheBodyOfASuccessAlone) {
  int status = 200;
  const HttpServer server([&](const Ask&) { return Reply{status, {}, "body"}; });
  HttpPool pool;
  Collected sink;
  auto response = fakes::run(pool.fetch(request_to(server), &sink));
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(sink.body, "body");
  status = 403;
  Collected none;
  response = fakes::run(pool.fetch(request_to(server), &none));
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->body, "body");
  EXPECT_EQ(none.body, "");
}

TEST(HttpPool, EndsWhenTheSinkHasSeenEnough) {
  const HttpServer server([](const Ask&) {
    Reply reply{200, {}, std::string(100'000, 'x')};
    reply.never_ends = true;
    return reply;
  });
  HttpPool pool;
  Collected sink(200'000);
  EXPECT_TRUE(fakes::run(pool.fetch(request_to(server), &sink)).has_value());
}

TEST(HttpPool, BoundsABodyThatNeverEnds) {
  const HttpServer server([](const Ask&) {
    Reply reply{200, {}, std::string(100'000, 'x')};
    reply.never_ends = true;
    return reply;
  });
  HttpPool pool;
  Request request = request_to(server);
  request.limits.body_bytes = 1U << 20U;
  const auto response = fakes::run(pool.fetch(request));
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().fault, Fault::protocol);
}

TEST(HttpPool, ACutBodyIsTransient) {
  const HttpServer server([](const Ask&) {
    Reply reply{200, {}, std::string(1000, 'x')};
    reply.cut_after = 500;
    return reply;
  });
  HttpPool pool;
  const auto response = fakes::run(pool.fetch(request_to(server)));
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().fault, Fault::transient);
}

TEST(HttpPool, NobodyThereIsTransient) {
  std::string url;
  {
    const HttpServer gone([](const Ask&) { return Reply{}; });
    url = gone.url();
  }
  HttpPool pool;
  Request request;
  request.url = *parse_url(url);
  request.tls.plain_loopback = true;
  EXPECT_EQ(fakes::run(pool.fetch(request)).error().fault, Fault::transient);
}

TEST(HttpPool, ASilentServerIsTransientAfterItsTime) {
  const HttpServer server([](const Ask&) {
    Reply reply;
    reply.delay = milliseconds{10'000};
    return reply;
  });
  HttpPool pool;
  Request request = request_to(server);
  request.limits.connect = milliseconds{100};
  request.limits.first_byte = milliseconds{200};
  const auto response = fakes::run(pool.fetch(request));
  ASSERT_FALSE(response.has_value());
  EXPECT_EQ(response.error().fault, Fault::transient);
}

TEST(HttpPool, ADrippingServerIsCutOff) {
  const HttpServer server([](const Ask&) {
    Reply reply{200, {}, std::string(10'000, 'x')};
    reply.drip = milliseconds{20};
    return reply;
  });
  HttpPool pool;
  Request request = request_to(server);
  request.limits.stall = milliseconds{300};
  request.limits.stall_bytes = 100;
  EXPECT_EQ(fakes::run(pool.fetch(request)).error().fault, Fault::transient);
}

TEST(HttpPool, ASlowButSteadyBodyArrives) {
  const HttpServer server([](const Ask&) {
    Reply reply{200, {}, std::string(60, 'x')};
    reply.drip = milliseconds{20};
    return reply;
  });
  HttpPool pool;
  Request request = request_to(server);
  request.limits.stall = milliseconds{300};
  request.limits.stall_bytes = 3;
  const auto response = fakes::run(pool.fetch(request));
  ASSERT_TRUE(response.has_value());
  EXPECT_EQ(response->body.size(), 60U);
}

TEST(HttpPool, CancellingEndsTheExchangeAtOnce) {
  const HttpServer server([](const Ask&) {
    Reply reply;
    reply.delay = milliseconds{20'000};
    return reply;
  });
  HttpPool pool;
  asio::io_context loop(1);
  asio::cancellation_signal end;
  int ended = 0;
  std::vector<std::unique_ptr<asio::cancellation_signal>> signals;
  for (int i = 0; i < 20; ++i) {
    signals.push_back(std::make_unique<asio::cancellation_signal>());
    asio::co_spawn(
        loop, pool.fetch(request_to(server)),
        asio::bind_cancellation_slot(
            signals.back()->slot(),
            [&ended](const std::exception_ptr&, const core::Result<Response>&) { ++ended; }));
  }
  asio::steady_timer timer(loop, milliseconds{100});
  timer.async_wait([&](const boost::system::error_code&) {
    for (const auto& one : signals) one->emit(asio::cancellation_type::terminal);
  });
  loop.run_for(milliseconds{3000});
  EXPECT_EQ(ended, 20);
}

TEST(HttpPool, ALoopThatGoesLeavesNothingBehind) {
  const HttpServer server([](const Ask&) {
    Reply reply;
    reply.delay = milliseconds{20'000};
    return reply;
  });
  HttpPool pool;
  {
    asio::io_context loop(1);
    asio::co_spawn(loop, pool.fetch(request_to(server)),
                   [](const std::exception_ptr&, const core::Result<Response>&) {});
    loop.run_for(milliseconds{100});
  }
  const HttpServer other([](const Ask&) { return Reply{200, {}, "x"}; });
  EXPECT_TRUE(fakes::run(pool.fetch(request_to(other))).has_value());
}

}  // namespace
}  // namespace ioud::net
