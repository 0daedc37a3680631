#pragma once
// A disk that forgets: passes every file operation of SQLite on and remembers which writes were not
// yet synced. picture() puts down the files as they may be found after a power cut now: everything
// that was synced, and of the rest whatever the coin of that cut lets through, sector by sector.

#include <filesystem>
#include <functional>

namespace ioud::store {

class PowerCut {
 public:
  /// Every SQLite file opened from here on is watched, until this goes. One at a time.
  PowerCut();
  ~PowerCut();
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;

  /// Called before every write, truncation and sync of a watched file.
  void on_operation(std::function<void()> listener);
  /// Writes the files, with their names below `from`, into the folder `to`.
  void picture(const std::filesystem::path& from, const std::filesystem::path& to,
               unsigned coin) const;
};

}  // namespace ioud::store
