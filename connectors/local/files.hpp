#pragma once
// Files read whole and written so that a stop at any moment leaves the old one or the new one.
// Blocking calls; knows nothing of what the bytes mean. Steps announced: file.write (the temporary
// file is on the disk), file.place (it has its name), file.remove and file.sync (the folder is on
// the disk).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/step.hpp"

namespace ioud::connectors::local {

namespace fs = std::filesystem;
using core::Result;

constexpr std::uint64_t mebibyte = std::uint64_t{1024} * 1024;

/// A regular file as it stood when it was looked at.
struct FileState {
  std::int64_t modified_ns = 0;  ///< since 1970, UTC
  std::uint64_t size = 0;
  std::uint64_t inode = 0;
  std::uint32_t mode = 0;  ///< permission bits
};

/// Changes with every change of the contents that the file system lets us see.
std::string etag_of(const FileState& state);

struct ListedFile {
  std::string name;
  FileState state;
};

struct FileContents {
  std::string bytes;
  FileState state;
};

/// The fault that an errno means for the whole folder: disk full, unmounted and read-only pass by
/// themselves. The text says what to mend.
core::Error disk_error(int error, const fs::path& path, std::string_view doing);

/// False too where it cannot be looked at.
bool is_folder(const fs::path& path);

/// Follows links. Fault::not_found where nothing or no regular file is there.
Result<FileState> look_at(const fs::path& path);

/// The regular files of a folder whose names are wanted, sorted by name. Looks again while the
/// folder changes under its eyes, because a file renamed during a listing may be in neither half.
/// Fails transient where the folder is missing or never comes to rest.
Result<std::vector<ListedFile>> list_files(const fs::path& folder,
                                           const std::function<bool(std::string_view)>& wanted);

/// The names of the folders in a folder, sorted.
Result<std::vector<std::string>> list_folders(const fs::path& folder);

/// A whole file. Faults: not_found (gone meanwhile), transient (it changed while it was read),
/// rejected (not readable for us, or larger than the limit in bytes).
Result<FileContents> read_whole(const fs::path& path, std::uint64_t limit);

/// The first bytes of a file, at most so many; otherwise as read_whole.
Result<FileContents> read_beginning(const fs::path& path, std::uint64_t most);

/// Writes through a temporary file (".ioud-….tmp") in the same file system. New files are private
/// (0600) but for a folder with the set-group-id bit, which is shared on purpose: there the group
/// gets what it has of the folder. Temporary files that a killed program left are taken away before
/// the first write into a folder.
class FileWriter {
 public:
  /// When a change of a folder is put on the disk: before a call returns, or by settle(), once for
  /// many files.
  enum class Sync { at_once, at_settle };

  /// `steps` may be null.
  explicit FileWriter(core::Steps* steps, Sync sync = Sync::at_once) : steps_(steps), sync_(sync) {}

  /// Fault::conflict where the name is taken; then nothing was written.
  Result<FileState> create(const fs::path& folder, const std::string& name, std::string_view bytes);
  /// Fault::conflict where the file is not as `etag` says, or gone; then it was not touched. Keeps
  /// the permissions of the file.
  Result<FileState> replace(const fs::path& folder, const std::string& name,
                            const std::string& etag, std::string_view bytes);
  /// True also where it is gone already; Fault::conflict where it is not as `etag` says.
  Result<bool> remove(const fs::path& folder, const std::string& name, const std::string& etag);
  /// Makes a folder and those above it that are missing, for the owner alone.
  Result<bool> make_folder(const fs::path& folder);
  /// Puts on the disk what at_settle left. A folder that cannot be synced stays on the list.
  Result<bool> settle();

 private:
  void announce(std::string_view step);
  Result<bool> folder_changed(const fs::path& folder);
  /// Takes away what a killed program left half written, once for each folder.
  void sweep(const fs::path& folder);
  Result<bool> sync_folder(const fs::path& folder);
  Result<FileState> place(const fs::path& folder, const std::string& name, std::string_view bytes,
                          std::uint32_t mode, const std::string* replaced_etag);

  core::Steps* steps_;
  Sync sync_;
  std::set<fs::path> changed_;  ///< folders that wait for settle()
  std::set<fs::path> swept_;
};

}  // namespace ioud::connectors::local
