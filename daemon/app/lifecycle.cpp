#include "app/lifecycle.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <vector>

#include "app/pass_times.hpp"
#include "app/state_commands.hpp"
#include "core/text.hpp"
#include "net/alarm.hpp"

namespace ioud::app {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

/// A clock that jumped or a machine that slept is noticed within this time.
constexpr milliseconds longest_sleep{60'000};
constexpr core::Minutes pace_without_news{5};
constexpr milliseconds patience_of_stop{1'000};  ///< for what is under way, before it is cancelled
constexpr milliseconds end_of_stop{800};         ///< after that; together under two seconds

/// One task that listens for the news of one connector, and the way to end it.
struct Listener {
  asio::cancellation_signal end;
};

/// A session with its listeners. Listeners hold it, so a session that was replaced lives until the
/// last of them has ended.
struct Shift {
  std::unique_ptr<Session> session;
  PassTimes times;
  std::vector<std::shared_ptr<Listener>> listeners;

  explicit Shift(std::unique_ptr<Session> opened)
      : session(std::move(opened)), times(times_of(*session)) {}

  static PassTimes times_of(Session& session) {
    const auto& placement = session.setting().policy.placement;
    std::optional<core::Minutes> pace;
    for (const connectors::Connector& connector : session.connectors())
      if (connector.news == nullptr) pace = pace_without_news;
    return PassTimes(core::Minutes{placement.settle_minutes}, placement.daily_pass,
                     session.setting().rep.zone, pace);
  }
};

class Daemon {
 public:
  Daemon(const SessionWish& wish, Notices& notices, Terminal terminal)
      : wish_(wish),
        notices_(notices),
        terminal_(terminal),
        signals_(loop_, SIGTERM, SIGINT, SIGHUP),
        alarm_(loop_.get_executor()),
        watch_alarm_(loop_.get_executor()),
        stop_alarm_(loop_.get_executor()) {}

  ExitCode run() {
    auto opened = Session::open(wish_);
    if (!opened) return complain(opened.error(), terminal_);
    begin_shift(std::move(*opened));
    listen_to_signals();
    start(keep_watch());
    asio::co_spawn(loop_, work(),
                   asio::bind_cancellation_slot(
                       work_end_.slot(), [this](std::exception_ptr bug, core::Result<bool> result) {
                         end_of_work(std::move(bug), std::move(result));
                       }));
    notices_.tell("READY=1\nSTATUS=" + standing());
    wish_.log.info("daemon.ready", {{"connectors", shift_->session->connectors().size()}});
    loop_.run();
    if (bug_) std::rethrow_exception(bug_);
    return code_;
  }

 private:
  std::string standing() const {
    return std::to_string(shift_->session->connectors().size()) + " connectors";
  }

  void begin_shift(std::unique_ptr<Session> session) {
    if (shift_) end_listening(*shift_);
    shift_ = std::make_shared<Shift>(std::move(session));
    for (connectors::Connector& connector : shift_->session->connectors())
      if (connector.news != nullptr) listen_to(shift_, *connector.news);
  }

  static void end_listening(Shift& shift) {
    // Emitting may end a listener at once, which takes it out of the list.
    const auto listeners = shift.listeners;
    for (const auto& listener : listeners) listener->end.emit(asio::cancellation_type::terminal);
  }

  void listen_to(const std::shared_ptr<Shift>& shift, connectors::News& news) {
    auto listener = std::make_shared<Listener>();
    shift->listeners.push_back(listener);
    auto ended = [shift, listener](const std::exception_ptr&, const core::Result<bool>&) {
      std::erase(shift->listeners, listener);
    };
    asio::co_spawn(loop_, hear(shift, news),
                   asio::bind_cancellation_slot(listener->end.slot(), std::move(ended)));
  }

  /// Until it is cancelled. A connector that cannot tell news just now is looked at now and then.
  net::Task<bool> hear(std::shared_ptr<Shift> shift, connectors::News& news) {
    net::Alarm pause(loop_.get_executor());
    while (!is_stopping_) {
      const core::Result<bool> told = co_await news.wait();
      if (!told) co_await pause.wait(pace_without_news);
      shift->times.news(wish_.clock.now());
      alarm_.ring();
    }
    co_return true;
  }

  void listen_to_signals() {
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
      if (error || is_stopping_) return;
      if (signal != SIGHUP) return stop();
      wants_reload_ = true;
      alarm_.ring();
      listen_to_signals();
    });
  }

  /// Runs a task of the daemon's own; a bug in it ends the daemon.
  void start(net::Task<bool> task) {
    asio::co_spawn(loop_, std::move(task),
                   [this](const std::exception_ptr& bug, const core::Result<bool>&) {
                     if (!bug) return;
                     bug_ = bug;
                     stop();
                   });
  }

  void stop() {
    if (is_stopping_) return;
    is_stopping_ = true;
    notices_.tell("STOPPING=1");
    wish_.log.info("daemon.stopping");
    end_listening(*shift_);
    signals_.cancel();
    watch_alarm_.ring();
    alarm_.ring();
    if (!has_ended_) start(hasten());
  }

  /// What is under way gets a second, then it is cancelled; what does not even heed that is left to
  /// the journal, which settles it at the next start.
  net::Task<bool> hasten() {
    const auto ended_by_itself = co_await stop_alarm_.wait(patience_of_stop);
    if (!*ended_by_itself) co_return true;
    work_end_.emit(asio::cancellation_type::terminal);
    const auto ended = co_await stop_alarm_.wait(end_of_stop);
    if (!*ended) co_return true;
    wish_.log.warning("daemon.stop_forced");
    std::_Exit(number(ExitCode::ok));
  }

  /// Tells the service manager that the loop turns, twice as often as it wants to hear it.
  net::Task<bool> keep_watch() {
    const auto pace = notices_.watchdog();
    while (pace && !is_stopping_) {
      notices_.tell("WATCHDOG=1");
      const milliseconds half = *pace / 2;
      const auto slept = co_await watch_alarm_.wait(half);
      if (!slept) co_return slept;
    }
    co_return true;
  }

  net::Task<bool> work() {
    while (!is_stopping_) {
      if (wants_reload_) reload();
      const std::shared_ptr<Shift> shift = shift_;
      const bool is_settled = shift->times.begin(wish_.clock.now());
      const auto report = co_await shift->session->engine().pass(is_settled);
      if (!report && !is_passing(report.error())) co_return tl::unexpected(report.error());
      note(*shift, report);
      co_await rest(shift);
    }
    co_return true;
  }

  static bool is_passing(const core::Error& error) {
    return error.fault != core::Fault::config && error.fault != core::Fault::auth;
  }

  void note(Shift& shift, const core::Result<engine::PassReport>& report) {
    const core::Instant now = wish_.clock.now();
    const bool is_done = report && !report->is_retryable;
    if (is_done)
      shift.times.passed(now, report->next_look);
    else
      shift.times.failed(now);
    if (!report) wish_.log.warning("pass.failed", {{"fault", core::name(report.error().fault)}});
    if (is_stopping_) return;
    notices_.tell("STATUS=" + standing() +
                  (is_done ? ", all reached" : ", some could not be reached; see ioud status"));
  }

  /// Sleeps until the next pass is due, a signal came, or the daemon stops.
  net::Task<bool> rest(std::shared_ptr<Shift> shift) {
    while (!is_stopping_ && !wants_reload_) {
      const milliseconds left = shift->times.next() - wish_.clock.now();
      if (left <= milliseconds::zero()) break;
      const milliseconds sleep = std::min(left, longest_sleep);
      const auto slept = co_await alarm_.wait(sleep);
      if (!slept) co_return slept;
    }
    co_return true;
  }

  void reload() {
    wants_reload_ = false;
    notices_.tell("RELOADING=1");
    auto opened = Session::open(wish_);
    if (opened) {
      begin_shift(std::move(*opened));
      wish_.log.info("config.taken_over", {{"connectors", shift_->session->connectors().size()}});
    } else {
      refuse(opened.error());
    }
    notices_.tell("READY=1\nSTATUS=" + standing() +
                  (opened ? "" : ", the new config was refused; see ioud check"));
  }

  /// A log holds no words of people, and a complaint may quote some: it names the places only.
  void refuse(const core::Error& error) {
    for (const std::string& line : core::split(error.text, '\n')) {
      const auto end = line.find(": ");
      if (end != std::string::npos)
        wish_.log.warning("config.refused", {{"place", line.substr(0, end)}});
    }
    wish_.log.warning("config.kept_old", {{"fault", core::name(error.fault)}});
  }

  void end_of_work(std::exception_ptr bug, core::Result<bool> result) {
    has_ended_ = true;
    // A task that was cancelled on the way out ends by an exception of its own.
    if (bug && !is_stopping_) bug_ = std::move(bug);
    if (!bug_ && !result) code_ = complain(result.error(), terminal_);
    stop();
    stop_alarm_.ring();
  }

  SessionWish wish_;
  Notices& notices_;
  Terminal terminal_;
  asio::io_context loop_{1};
  asio::signal_set signals_;
  net::Alarm alarm_;
  net::Alarm watch_alarm_;
  net::Alarm stop_alarm_;
  asio::cancellation_signal work_end_;
  std::shared_ptr<Shift> shift_;
  bool is_stopping_ = false;
  bool wants_reload_ = false;
  bool has_ended_ = false;
  std::exception_ptr bug_;
  ExitCode code_ = ExitCode::ok;
};

}  // namespace

ExitCode run_daemon(const SessionWish& wish, Notices& notices, Terminal terminal) {
  return Daemon(wish, notices, terminal).run();
}

}  // namespace ioud::app
