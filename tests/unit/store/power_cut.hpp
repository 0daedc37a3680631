#pragma once
// A disk that forgets: passes every file operation of SQLite on and remembers which writes were not
// yet synced. picture() puts down the files as they may be found after a power cut now: everything
// that was synced, and of the rest whatever the coin of that cut lets through, sector by sector.
// Syncs nothing itself, so tests that stop only the program use it to be quick.

#include <filesystem>
#include <functional>

namespace ioud::store {

class PowerCut {
 public:
  /// SQLite uses this disk from here on, until this goes. One at a time.
  PowerCut();
  ~PowerCut();
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;

  /// Watches every file opened from here on and calls `listener` before every write, truncation,
  /// sync and removal; an empty one ends it.
  void on_operation(std::function<void()> listener);
  /// Writes the files, with their names below `from`, into the folder `to`.
  void picture(const std::filesystem::path& from, const std::filesystem::path& to,
               unsigned coin) const;
};

}  // namespace ioud::store
