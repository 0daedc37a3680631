// A mailbox with push, which no server of the distribution has: mail comes in by LMTP and is told
// of at once by JMAP's stream of events. Prints "jmap=PORT lmtp=PORT" and serves until it is ended.

#include <condition_variable>
#include <iostream>
#include <mutex>

#include "core/text.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/line_server.hpp"

namespace ioud::bench {
namespace {

using boost::asio::awaitable;

core::Instant now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// What has come, for whoever waits for more.
class Arrivals {
 public:
  void add() {
    const std::lock_guard guard(mutex_);
    ++count_;
    more_.notify_all();
  }
  /// How many have come once they are others than `known`, or after a while.
  long wait(long known) {
    std::unique_lock guard(mutex_);
    more_.wait_for(guard, std::chrono::seconds(1), [&] { return count_ != known; });
    return count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  long count_ = 0;
};

/// One stream, from now on (RFC 8620 7.3).
fakes::Reply stream(Arrivals& arrivals, const std::string& account) {
  fakes::Reply reply;
  reply.headers = {{"Content-Type", "text/event-stream"}};
  auto known = std::make_shared<long>(arrivals.wait(-1));
  reply.live = [&arrivals, account, known]() -> std::string {
    const long newest = arrivals.wait(*known);
    // A comment now and then shows that the line is alive.
    if (newest == std::exchange(*known, newest)) return ":\n";
    return "event: state\ndata: {\"@type\":\"StateChange\",\"changed\":{\"" + account +
           "\":{\"Email\":\"" + std::to_string(newest) + "\"}}}\n\n";
  };
  return reply;
}

/// The lines up to the lone dot, each without the dot that stands for one.
awaitable<std::string> data(fakes::Call& call) {
  std::string bytes;
  for (;;) {
    std::string line = co_await call.line();
    if (line == "." || !call.is_open()) co_return bytes;
    if (line.starts_with('.')) line.erase(0, 1);
    bytes += line + "\r\n";
  }
}

/// LMTP (RFC 2033) as far as a peer that keeps to the rules uses it; every recipient is the one.
awaitable<void> take_mail(fakes::Call& call, fakes::JmapModel& model, Arrivals& arrivals) {
  co_await call.say("220 ready\r\n");
  int recipients = 0;
  for (;;) {
    const std::string line = co_await call.line();
    if (!call.is_open()) co_return;
    const std::string word = core::ascii_lower(line.substr(0, 4));
    std::string answer = word == "quit" ? "221 bye\r\n" : "250 OK\r\n";
    if (word == "rcpt") ++recipients;
    if (word == "data") {
      co_await call.say("354 go on\r\n");
      const std::string bytes = co_await data(call);
      model.put("in", bytes, core::format_utc(now()));
      arrivals.add();
      answer.clear();
      for (; recipients > 0; --recipients) answer += "250 taken\r\n";
    }
    co_await call.say(answer);
  }
}

int serve() {
  Arrivals arrivals;
  fakes::JmapModel model;
  model.instead = [&](const fakes::Ask& ask) -> std::optional<fakes::Reply> {
    if (ask.path.starts_with("/events")) return stream(arrivals, model.account);
    return std::nullopt;
  };
  const fakes::LineServer intake(
      [&](fakes::Call& call) { return take_mail(call, model, arrivals); });
  std::cout << "jmap=" << model.server().port() << " lmtp=" << intake.port() << std::endl;
  fakes::loop().run();
  return 0;
}

}  // namespace
}  // namespace ioud::bench

int main() { return ioud::bench::serve(); }
