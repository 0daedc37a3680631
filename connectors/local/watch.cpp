#include "connectors/local/watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>
#include <string_view>

#include "connectors/local/files.hpp"

namespace ioud::connectors::local {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::uint32_t content_events =
    IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
constexpr std::uint32_t folder_events = content_events | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

asio::awaitable<void> sleep(milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(time);
  co_await timer.async_wait(asio::use_awaitable);
}

/// The folders to watch as they stand now: those asked for, the places of each mailbox, and in the
/// stead of a missing folder the nearest one above it, where it will be made.
std::set<fs::path> folders_of(const Watched& watched) {
  std::set<fs::path> folders;
  const auto add = [&](fs::path folder) {
    while (!is_folder(folder) && folder.has_relative_path()) folder = folder.parent_path();
    folders.insert(folder);
  };
  for (const fs::path& folder : watched.folders) add(folder);
  for (const fs::path& mailbox : watched.mailboxes) {
    add(mailbox);
    std::vector<fs::path> boxes = {mailbox};
    std::error_code error;
    for (auto entry = fs::directory_iterator(mailbox, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (entry->path().filename().string().starts_with('.')) boxes.push_back(entry->path());
    }
    for (const fs::path& box : boxes) {
      if (is_folder(box)) folders.insert(box);
      for (const char* place : {"cur", "new"}) {
        if (is_folder(box / place)) folders.insert(box / place);
      }
    }
  }
  return folders;
}

class Poll final : public News {
 public:
  explicit Poll(milliseconds pace) : pace_(pace) {}

  Task<bool> wait() override {
    co_await sleep(pace_);
    co_return true;
  }

 private:
  milliseconds pace_;
};

class Watch final : public News {
 public:
  Watch(Watched watched, WatchPace pace) : watched_(std::move(watched)), pace_(pace) {}

  Task<bool> wait() override {
    if (!is_started_) {
      is_started_ = true;
      const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
      const auto executor = co_await asio::this_coro::executor;
      if (descriptor >= 0) events_.emplace(executor, descriptor);
      place_watches();
      co_return true;
    }
    if (is_polling()) {
      co_await sleep(pace_.poll);
      place_watches();
      co_return true;
    }
    while (true) {
      co_await events_->async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
      if (drain()) break;
    }
    for (milliseconds waited{0}; waited < pace_.longest; waited += pace_.quiet) {
      co_await sleep(pace_.quiet);
      if (!drain()) break;
    }
    if (is_layout_changed_) place_watches();
    co_return true;
  }

 private:
  bool is_polling() const { return !events_ || is_out_of_watches_; }

  /// Adding a folder that is watched already changes nothing.
  void place_watches() {
    is_layout_changed_ = false;
    is_out_of_watches_ = false;
    if (!events_) return;
    const std::set<fs::path> folders = folders_of(watched_);
    if (folders.size() > pace_.most_folders) {
      is_out_of_watches_ = true;
      return;
    }
    for (const fs::path& folder : folders) {
      if (::inotify_add_watch(events_->native_handle(), folder.c_str(), folder_events) >= 0) {
        continue;
      }
      // A folder that went away meanwhile shows itself by an event of the one above it.
      if (errno == ENOSPC || errno == ENOMEM) is_out_of_watches_ = true;
    }
  }

  /// Takes all events that wait; true where one of them is news.
  bool drain() {
    bool is_news = false;
    alignas(inotify_event) std::array<char, std::size_t{16} * 1024> buffer;
    while (true) {
      const ssize_t got = ::read(events_->native_handle(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return is_news;
      for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const char* name = buffer.data() + at + sizeof event;
        if (is_news_in(event, event.len == 0 ? std::string_view() : std::string_view(name))) {
          is_news = true;
        }
        at += sizeof event + event.len;
      }
    }
  }

  bool is_news_in(const inotify_event& event, std::string_view name) {
    if ((event.mask & (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_Q_OVERFLOW)) !=
        0) {
      is_layout_changed_ = true;
      return true;
    }
    return !name.starts_with('.');  // temporary files of ours and others
  }

  Watched watched_;
  WatchPace pace_;
  bool is_started_ = false;
  bool is_out_of_watches_ = false;
  bool is_layout_changed_ = false;
  std::optional<asio::posix::stream_descriptor> events_;
};

}  // namespace

std::unique_ptr<News> watch(Watched watched, WatchPace pace) {
  return std::make_unique<Watch>(std::move(watched), pace);
}

std::unique_ptr<News> poll(milliseconds pace) { return std::make_unique<Poll>(pace); }

}  // namespace ioud::connectors::local
