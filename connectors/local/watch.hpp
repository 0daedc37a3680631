#pragma once
// Tells that something changed in a set of folders, by inotify. Waits until a burst of changes is
// over, follows folders that are removed and made again, and falls back to a fixed pace where the
// machine has no more watches to give or the folders are too many.

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "connectors/capability.hpp"

namespace ioud::connectors::local {

struct WatchPace {
  std::chrono::milliseconds quiet{250};     ///< this long without a change ends a burst
  std::chrono::milliseconds longest{2000};  ///< but no burst is waited for longer
  std::chrono::milliseconds poll{30000};    ///< where inotify is not to be had
  std::size_t most_folders{4096};           ///< more than these are polled: watches are shared
};

/// What to watch. A mailbox brings the `cur` and `new` of each of its folders, new folders
/// included.
struct Watched {
  std::vector<std::filesystem::path> folders;
  std::vector<std::filesystem::path> mailboxes;
};

/// The first wait returns as soon as the watches stand, because whatever happened before is not
/// known to them. Cancelling a wait ends it with boost::system::system_error.
std::unique_ptr<News> watch(Watched watched, WatchPace pace = {});

/// News at a fixed pace, whether anything changed or not.
std::unique_ptr<News> poll(std::chrono::milliseconds pace);

}  // namespace ioud::connectors::local
