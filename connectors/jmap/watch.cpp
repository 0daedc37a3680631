#include "connectors/jmap/watch.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include "connectors/jmap/event_stream.hpp"
#include "core/text.hpp"
#include "net/alarm.hpp"

namespace ioud::connectors::jmap {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::chrono::minutes proof_of_life{5};
constexpr std::chrono::hours without_stream{1};  ///< until it is asked for again
constexpr seconds longest_silence = std::chrono::minutes(30);
constexpr std::string_view stream_type = "text/event-stream";

/// One stream, from the request to its end. It goes on between two waits, so that no event is lost,
/// and whoever holds the watch holds it.
class Line final : public net::BodySink {
 public:
  Line(SharedAccount account, const asio::any_io_executor& loop, seconds ping)
      : alarm(loop), account_(std::move(account)), ping_(ping) {}

  static void start(const std::shared_ptr<Line>& line, const asio::any_io_executor& loop) {
    auto ended = [line](const std::exception_ptr& bug, const core::Result<bool>&) {
      line->is_over = true;
      line->alarm.ring();
      if (bug) line->bug = bug;
    };
    asio::co_spawn(loop, run(line),
                   asio::bind_cancellation_slot(line->end_.slot(), std::move(ended)));
  }
  void end() { end_.emit(asio::cancellation_type::terminal); }

  void begin(const net::Response& head) override {
    const std::string type =
        core::ascii_lower(head.headers.find("Content-Type").value_or(std::string()));
    stands = head.status == 200 && type.starts_with(stream_type);
    if (stands) alarm.ring();
  }
  bool take(std::string_view bytes) override {
    if (!stands) return false;
    is_alive = true;
    for (const StreamEvent& event : stream_.feed(bytes)) {
      if (const auto interval = interval_in(event)) ping_ = seconds(*interval);
      if (!is_about_mail(event, mail_account_)) continue;
      has_news = true;
      alarm.ring();
    }
    return !stream_.is_too_large();
  }

  /// How long the stream may be silent: a ping that comes late is no death.
  milliseconds patience(milliseconds grace) const {
    return std::min<milliseconds>(ping_ * 3 / 2 + grace, longest_silence);
  }

  net::Alarm alarm;  ///< rings at news and at the end
  bool stands = false;
  bool has_news = false;
  bool is_alive = false;  ///< bytes came since this was last set to false
  bool is_over = false;
  bool is_absent = false;  ///< the server has no stream
  std::optional<core::Error> error;
  std::exception_ptr bug;

 private:
  static Task<bool> run(std::shared_ptr<Line> line) {
    const auto session = co_await line->account_->session();
    if (session) line->mail_account_ = session->account;
    auto response =
        co_await line->account_->listen(static_cast<int>(line->ping_.count()), line.get());
    if (!response)
      line->error = response.error();
    else
      line->is_absent = response->status != 200;
    co_return true;
  }

  SharedAccount account_;
  std::string mail_account_;
  EventStream stream_;
  seconds ping_;
  asio::cancellation_signal end_;
};

class Watch final : public News {
 public:
  Watch(SharedAccount account, WatchPace pace) : account_(std::move(account)), pace_(pace) {}
  ~Watch() override { drop(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  Task<bool> wait() override {
    const asio::any_io_executor loop = co_await asio::this_coro::executor;
    if (!line_) {
      const core::Instant now = account_->clock().now();
      if (now < absent_until_) co_return co_await look_after(pace_.poll);
      const core::Instant next = opened_.begin(now).value_or(now);
      const seconds rest = std::min(next - now, pace_.poll);
      if (rest.count() > 0) co_return co_await look_after(rest);
      line_ = std::make_shared<Line>(account_, loop, pace_.ping);
      Line::start(line_, loop);
      born_ = seen_ = now;
      was_told_ = is_proven_ = false;
      quiet_ = milliseconds(0);
    }
    co_return co_await hear();
  }

 private:
  Task<bool> look_after(milliseconds time) {
    net::Alarm pause(co_await asio::this_coro::executor);
    co_return co_await pause.wait(time);
  }

  Task<bool> hear() {
    for (;;) {
      if (line_->is_over) co_return co_await end_of_line();
      const bool is_news = line_->has_news || (line_->stands && !was_told_);
      if (is_news) {
        if (line_->has_news) prove_life();
        was_told_ = true;
        line_->has_news = false;
        co_return true;
      }
      auto waited = co_await line_->alarm.wait(pace_.tick);
      const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
      if (state.cancelled() != asio::cancellation_type::none) {
        drop();
        co_return false;
      }
      if (!waited || !*waited) continue;
      if (is_dead()) {
        drop();
        co_return true;
      }
    }
  }

  /// After a tick: whether the machine slept, or the stream has been silent for too long.
  bool is_dead() {
    const core::Instant now = account_->clock().now();
    const bool has_slept = now - seen_ > pace_.tick + pace_.jump;
    seen_ = now;
    quiet_ = std::exchange(line_->is_alive, false) ? milliseconds(0) : quiet_ + pace_.tick;
    if (now - born_ >= proof_of_life) prove_life();
    // Until it stands, the exchange has deadlines of its own.
    return line_->stands && (has_slept || quiet_ > line_->patience(pace_.grace));
  }

  Task<bool> end_of_line() {
    const std::shared_ptr<Line> line = std::exchange(line_, nullptr);
    if (line->bug) std::rethrow_exception(line->bug);
    if (line->is_absent) {
      prove_life();
      absent_until_ = account_->clock().now() + without_stream;
    }
    if (line->stands) co_return true;
    co_return co_await look_after(pace_.poll);
  }

  void prove_life() {
    if (!std::exchange(is_proven_, true)) opened_.went_well();
  }

  void drop() {
    if (line_) line_->end();
    line_.reset();
  }

  SharedAccount account_;
  WatchPace pace_;
  std::shared_ptr<Line> line_;
  LoginPace opened_;  ///< streams that brought nothing
  core::Instant born_;
  core::Instant seen_;
  milliseconds quiet_{0};  ///< since the last bytes
  bool was_told_ = false;  ///< that the line stands
  bool is_proven_ = false;
  core::Instant absent_until_;
};

}  // namespace

std::unique_ptr<News> watch(SharedAccount account, WatchPace pace) {
  return std::make_unique<Watch>(std::move(account), pace);
}

}  // namespace ioud::connectors::jmap
