#include "connectors/imap/watch.hpp"

#include <boost/asio/this_coro.hpp>

#include "connectors/imap/reading.hpp"
#include "net/alarm.hpp"
#include "net/race.hpp"

namespace ioud::connectors::imap {
namespace {

using domain::Box;
using std::chrono::milliseconds;
using std::chrono::seconds;

Session::Each ignore() {
  return [](Response&) -> core::Result<bool> { return true; };
}

bool is_about_mails(const Response& response) {
  return response.status == Status::none &&
         (response.name == "EXISTS" || response.name == "EXPUNGE" || response.name == "VANISHED");
}

Task<bool> pause(milliseconds longest) {
  net::Alarm alarm(co_await boost::asio::this_coro::executor);
  co_return co_await alarm.wait(longest);
}

/// One folder's line.
class Line {
 public:
  Line(const Account& account, const FolderWishes& wishes, const std::shared_ptr<LoginPace>& pace,
       const net::Clock& clock, WatchPace watch_pace, Box box)
      : connection_(account, pace, clock),
        wishes_(wishes),
        clock_(clock),
        pace_(watch_pace),
        box_(box) {}

  bool is_absent() const { return is_absent_; }
  bool stands() const { return session_ != nullptr && session_->is_idling(); }

  /// Waits until the line stands, or there is news for want of one. False: there is nothing to
  /// watch here.
  Task<bool> stand() {
    while (!is_absent_) {
      auto stood = co_await try_to_stand();
      if (stood) co_return !is_absent_;
      session_ = nullptr;
      connection_.drop();
      const milliseconds rest = stood.error().retry_after.value_or(pace_.retry);
      co_await pause(rest);
    }
    co_return false;
  }

  /// Returns when something may have changed, also where the line was lost: what happened
  /// meanwhile is not known.
  Task<bool> listen() {
    while (is_absent_) co_await pause(hour);
    auto told = co_await hear_mails();
    if (!told) {
      session_ = nullptr;
      connection_.drop();
    }
    co_return true;
  }

  /// The next wait asks for a sign of life first.
  void doubt() { is_doubted_ = true; }
  bool has_slept() const { return has_slept_; }

 private:
  Task<bool> try_to_stand() {
    auto session = co_await connection_.session();
    if (!session) co_return tl::unexpected(session.error());
    std::string host = connection_.account().peer.host;
    FolderWishes wishes = wishes_;
    auto folders = co_await list_folders(**session, std::move(wishes), std::move(host));
    if (!folders) co_return tl::unexpected(folders.error());
    const Folder* folder = find_box(*folders, box_);
    const bool has_idle = (*session)->can("IDLE");
    if (folder == nullptr || !has_idle) {
      co_await connection_.log_out();
      const bool is_polling = box_ == Box::inbox;
      is_absent_ = !is_polling;
      if (is_polling) co_await pause(pace_.poll);
      co_return true;
    }
    Command open = select(folder->name, true);
    auto opened = co_await (*session)->run(std::move(open), ignore());
    if (!opened) co_return tl::unexpected(opened.error());
    auto idling = co_await (*session)->start_idling();
    if (!idling) co_return idling;
    session_ = *session;
    begin_quiet();
    co_return true;
  }

  Task<bool> hear_mails() {
    for (;;) {
      has_slept_ = clock_.now() - seen_ > pace_.tick + pace_.jump;
      seen_ = clock_.now();
      if (has_slept_ || is_doubted_ || quiet_ >= pace_.renew) {
        const bool is_urgent = has_slept_ || is_doubted_;
        is_doubted_ = false;
        auto alive = co_await prove_life();
        if (!alive || is_urgent) co_return alive;
      }
      auto heard = co_await session_->hear(pace_.tick);
      if (!heard) co_return tl::unexpected(heard.error());
      if (!*heard)
        quiet_ += pace_.tick;
      else if (is_about_mails(**heard))
        co_return true;
    }
  }

  /// A new IDLE also keeps a router from forgetting the line.
  Task<bool> prove_life() {
    auto stopped = co_await session_->stop_idling(pace_.answer);
    if (!stopped) co_return stopped;
    begin_quiet();
    co_return co_await session_->start_idling();
  }

  void begin_quiet() {
    quiet_ = milliseconds(0);
    seen_ = clock_.now();
  }

  static constexpr std::chrono::hours hour{1};

  Connection connection_;
  FolderWishes wishes_;
  const net::Clock& clock_;
  WatchPace pace_;
  Box box_;
  Session* session_ = nullptr;  ///< while it idles; the connection's
  milliseconds quiet_{0};       ///< since the last sign of life
  core::Instant seen_;
  bool is_doubted_ = false;
  bool is_absent_ = false;  ///< the server has no such folder, or no IDLE for a second one
  bool has_slept_ = false;
};

class Watch final : public News {
 public:
  Watch(const Account& account, const FolderWishes& wishes, const std::shared_ptr<LoginPace>& pace,
        const net::Clock& clock, WatchPace watch_pace)
      : inbox_(account, wishes, pace, clock, watch_pace, Box::inbox),
        sent_(account, wishes, pace, clock, slow(watch_pace), Box::sent) {}

  Task<bool> wait() override {
    if (!inbox_.stands()) co_return co_await inbox_.stand();
    if (!sent_.stands() && !sent_.is_absent()) {
      auto stood = co_await sent_.stand();
      if (!stood || *stood) co_return stood;
    }
    auto told = co_await net::first_of(inbox_.listen(), sent_.listen());
    if (inbox_.has_slept()) sent_.doubt();
    co_return told;
  }

 private:
  /// One of the two looks at the clock; the other wakes for its renewal alone.
  static WatchPace slow(WatchPace pace) {
    pace.tick = pace.renew;
    return pace;
  }

  Line inbox_;
  Line sent_;
};

}  // namespace

std::unique_ptr<News> watch(const Account& account, const FolderWishes& wishes,
                            const std::shared_ptr<LoginPace>& pace, const net::Clock& clock,
                            WatchPace watch_pace) {
  return std::make_unique<Watch>(account, wishes, pace, clock, watch_pace);
}

}  // namespace ioud::connectors::imap
