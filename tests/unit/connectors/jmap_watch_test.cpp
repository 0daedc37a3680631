// News by a stream of events that goes quiet, dies, ends or is not there.

#include "connectors/jmap/watch.hpp"

#include <gtest/gtest.h>

#include "connectors/jmap/event_stream.hpp"
#include "fakes/has_news.hpp"
#include "fakes/jmap_account.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/line_server.hpp"
#include "fakes/run_task.hpp"
#include "net/race.hpp"

namespace ioud::connectors::jmap {
namespace {

using fakes::has_news;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* stream_head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n";

std::string change(const std::string& account = "A1", const std::string& type = "Email") {
  return build_event(
      {"state", R"({"changed": {")" + account + R"(": {")" + type + R"(": "5"}}})", "1"});
}

/// A piece of what the server says, and how long it rests before.
struct Saying {
  milliseconds rest{0};
  std::string text;
};

/// A server whose stream says what it is told to, from the beginning at each call, and then waits
/// until the caller goes or, where it `ends`, hangs up.
class StreamServer {
  /// Lives as long as the last call, which may outlive the test on the loop of all tests.
  struct State {
    std::vector<Saying> sayings;
    bool ends = false;
    int streams = 0;
    std::string asked;
    int left = 0;
  };
  std::shared_ptr<State> state_;

 public:
  explicit StreamServer(std::vector<Saying> sayings, bool ends = false)
      : state_(std::make_shared<State>()),
        server_([state = state_](fakes::Call& call) { return answer(state, call); }) {
    state_->sayings = std::move(sayings);
    state_->ends = ends;
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/"; }
  int& streams = state_->streams;
  std::string& asked = state_->asked;  ///< the last request for a stream
  int& left = state_->left;            ///< streams that their callers hung up

 private:
  static boost::asio::awaitable<void> answer(std::shared_ptr<State> state, fakes::Call& call) {
    for (;;) {
      const std::string first = co_await call.line();
      if (!call.is_open()) co_return;
      for (std::string line = "x"; !line.empty();) line = co_await call.line();
      if (first.find("/events") == std::string::npos) {
        const std::string body = fakes::JmapModel().session_text();
        co_await call.say("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                          "\r\n\r\n" + body);
        continue;
      }
      ++state->streams;
      state->asked = first;
      for (const Saying& saying : state->sayings) {
        boost::asio::steady_timer timer(fakes::loop(), saying.rest);
        co_await timer.async_wait(boost::asio::use_awaitable);
        co_await call.say(saying.text);
      }
      if (state->ends) co_return;
      co_await call.line();
      ++state->left;
      co_return;
    }
  }

  fakes::LineServer server_;
};

WatchPace fast() {
  WatchPace pace;
  pace.tick = milliseconds(10);
  pace.grace = milliseconds(50);
  pace.poll = seconds(3600);
  return pace;
}

struct Watched {
  explicit Watched(const std::string& url, WatchPace pace = fast())
      : clock(core::Instant(seconds(1'000'000'000))),
        news(watch(fakes::jmap_account(url, &clock), pace)) {}
  net::FrozenClock clock;
  std::unique_ptr<News> news;
};

TEST(JmapWatch, TellsOnceThatItStandsAndThenEachChangeOverOneStream) {
  StreamServer server({{milliseconds(0), stream_head},
                       {milliseconds(100), change()},
                       {milliseconds(100), change("A1", "Mailbox")},
                       {milliseconds(100), change("A2")},
                       {milliseconds(0), change("A1", "Calendar")}});
  Watched watched(server.url());
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_FALSE(has_news(*watched.news, milliseconds(250)));
  EXPECT_EQ(server.streams, 1);
  EXPECT_NE(server.asked.find("ping=120"), std::string::npos) << server.asked;
}

TEST(JmapWatch, EndsAtOnceWithItsWaitAndTakesTheStreamAlong) {
  StreamServer server({{milliseconds(0), stream_head}});
  Watched watched(server.url());
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_FALSE(has_news(*watched.news, milliseconds(50)));
  fakes::run(fakes::give_up(milliseconds(50)));
  EXPECT_EQ(server.left, 1);
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000))) << "a new wait begins a new stream";
  EXPECT_EQ(server.streams, 2);
}

TEST(JmapWatch, NoticesAStreamThatDiedInSilence) {
  WatchPace pace = fast();
  pace.ping = seconds(0);  // dead after the grace
  StreamServer server({{milliseconds(0), stream_head}});
  Watched watched(server.url(), pace);
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000))) << "what was missed is not known";
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000))) << "stands again";
  EXPECT_EQ(server.streams, 2);
}

TEST(JmapWatch, BelievesPingsAndTheIntervalThatTheServerTells) {
  WatchPace pace = fast();
  pace.ping = seconds(0);
  std::vector<Saying> sayings = {{milliseconds(0), stream_head}};
  for (int i = 0; i < 20; ++i)
    sayings.push_back({milliseconds(20), i % 2 == 0 ? ": alive\n\n" : "event: ping\ndata: {}\n\n"});
  sayings.push_back({milliseconds(0), build_event({"ping", R"({"interval": 300})", ""})});
  StreamServer server(std::move(sayings));
  Watched watched(server.url(), pace);
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_FALSE(has_news(*watched.news, milliseconds(1000)));
  EXPECT_EQ(server.streams, 1);
}

TEST(JmapWatch, AsksAnewAfterTheMachineSlept) {
  StreamServer server({{milliseconds(0), stream_head}});
  Watched watched(server.url());
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  watched.clock.move_to(watched.clock.now() + std::chrono::hours(8));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_EQ(server.streams, 2);
}

TEST(JmapWatch, DoesNotRunInCirclesWhereStreamsEndAtOnce) {
  StreamServer server({{milliseconds(0), stream_head}}, true);
  Watched watched(server.url());
  for (int second = 0; second < 600; ++second) {
    has_news(*watched.news, milliseconds(3));
    watched.clock.move_to(watched.clock.now() + seconds(1));
  }
  EXPECT_LE(server.streams, 10);
  EXPECT_GE(server.streams, 3);
}

TEST(JmapWatch, LooksNowAndThenWhereThereIsNoStream) {
  const std::string none = "HTTP/1.1 204 No Content\r\n\r\n";
  const std::string page =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\nevent: state";
  const std::string trouble = "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n";
  for (const std::string& said : {none, page, trouble}) {
    StreamServer server({{milliseconds(0), said}});
    WatchPace pace = fast();
    Watched slow(server.url(), pace);
    EXPECT_FALSE(has_news(*slow.news, milliseconds(100))) << said;
    pace.poll = seconds(0);
    Watched quick(server.url(), pace);
    EXPECT_TRUE(has_news(*quick.news, milliseconds(2000))) << said;
    EXPECT_TRUE(has_news(*quick.news, milliseconds(2000))) << said;
  }
}

TEST(JmapWatch, DoesNotAskAgainAndAgainForAStreamThatIsNotThere) {
  StreamServer server({{milliseconds(0), "HTTP/1.1 204 No Content\r\n\r\n"}});
  WatchPace pace = fast();
  pace.poll = seconds(0);
  Watched watched(server.url(), pace);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_EQ(server.streams, 1);
  watched.clock.move_to(watched.clock.now() + std::chrono::hours(2));
  EXPECT_TRUE(has_news(*watched.news, milliseconds(2000)));
  EXPECT_EQ(server.streams, 2);
}

}  // namespace
}  // namespace ioud::connectors::jmap
