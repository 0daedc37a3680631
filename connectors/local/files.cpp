#include "connectors/local/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <system_error>

namespace ioud::connectors::local {
namespace {

constexpr int looks_at_most = 8;
constexpr std::uint32_t permissions = 07777;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

/// Takes the temporary name away again unless it was used up.
class TemporaryName {
 public:
  explicit TemporaryName(std::string path) : path_(std::move(path)) {}
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
  ~TemporaryName() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  const char* c_str() const { return path_.c_str(); }
  void is_used_up() { path_.clear(); }

 private:
  std::string path_;
};

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileState state_of(const struct stat& status) {
  FileState state;
  state.modified_ns = nanoseconds(status.st_mtim);
  state.size = static_cast<std::uint64_t>(status.st_size);
  state.inode = status.st_ino;
  state.mode = status.st_mode & permissions;
  return state;
}

constexpr const char* temporary_prefix = ".ioud-";
constexpr const char* temporary_suffix = ".tmp";
constexpr int temporary_suffix_size = 4;
constexpr std::size_t temporary_size = 16;  ///< of the whole name

std::string message(int error) { return std::generic_category().message(error); }

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

/// The names in an open folder that may be files (or folders), without those that begin with a dot
/// only where they are "." and "..".
Result<std::vector<std::string>> names_in(const Folder& folder, const fs::path& path) {
  std::vector<std::string> names;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return tl::unexpected(disk_error(errno, path, "listing the folder"));
  std::sort(names.begin(), names.end());
  return names;
}

Result<Folder> open_folder(const fs::path& path) {
  Folder folder(::opendir(path.c_str()), &::closedir);
  if (!folder) return tl::unexpected(disk_error(errno, path, "opening the folder"));
  return folder;
}

/// One look; `is_settled` tells whether the folder stood still meanwhile.
Result<std::vector<ListedFile>> look_through(const fs::path& path,
                                             const std::function<bool(std::string_view)>& wanted,
                                             bool& is_settled) {
  auto folder = open_folder(path);
  if (!folder) return tl::unexpected(folder.error());
  const int descriptor = ::dirfd(folder->get());
  struct stat before{};
  struct stat after{};
  ::fstat(descriptor, &before);
  auto names = names_in(*folder, path);
  if (!names) return tl::unexpected(names.error());

  std::vector<ListedFile> files;
  is_settled = true;
  for (const std::string& name : *names) {
    if (!wanted(name)) continue;
    struct stat status{};
    if (::fstatat(descriptor, name.c_str(), &status, 0) != 0) {
      // A dangling link stays as it is; anything else went away under our eyes.
      if (::fstatat(descriptor, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        is_settled = false;
      continue;
    }
    if (S_ISREG(status.st_mode)) files.push_back({name, state_of(status)});
  }
  ::fstat(descriptor, &after);
  if (nanoseconds(before.st_mtim) != nanoseconds(after.st_mtim)) is_settled = false;
  return files;
}

Result<bool> write_all(int descriptor, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(disk_error(errno, path, "writing"));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return tl::unexpected(disk_error(errno, path, "writing"));
  return true;
}

/// Gives the file its name where that is free; 0 or an errno.
int rename_exclusively(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // Network file systems know no such flag; a second name is as exclusive.
  if (::link(from, to) != 0) return errno;
  ::unlink(from);
  return 0;
}

std::uint32_t mode_for_new(const fs::path& folder) {
  struct stat status{};
  if (::stat(folder.c_str(), &status) != 0 || (status.st_mode & S_ISGID) == 0) return 0600;
  return 0600 | (status.st_mode & 0060);
}

}  // namespace

std::string etag_of(const FileState& state) {
  return std::to_string(state.modified_ns) + "-" + std::to_string(state.size) + "-" +
         std::to_string(state.inode);
}

core::Error disk_error(int error, const fs::path& path, std::string_view doing) {
  std::string text = std::string(doing) + " failed: " + message(error);
  switch (error) {
    case ENOENT:
      text += "; was it renamed, or is its disk not mounted?";
      break;
    case EACCES:
    case EPERM:
      text += "; give the user that runs ioud the right to it (chmod, chown)";
      break;
    case ENOSPC:
    case EDQUOT:
      text += "; free some space, nothing is lost until then";
      break;
    case EROFS:
      text += "; mount it writable, nothing is lost until then";
      break;
    default:
      break;
  }
  return core::Error{core::Fault::transient, path.string(), std::move(text), std::nullopt};
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

Result<FileState> look_at(const fs::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return tl::unexpected(disk_error(errno, path, "looking"));
    return core::fail(core::Fault::not_found, path.string(), "there is no such file");
  }
  if (!S_ISREG(status.st_mode)) {
    return core::fail(core::Fault::not_found, path.string(), "this is no regular file");
  }
  return state_of(status);
}

Result<std::vector<ListedFile>> list_files(const fs::path& folder,
                                           const std::function<bool(std::string_view)>& wanted) {
  for (int look = 0; look < looks_at_most; ++look) {
    bool is_settled = false;
    auto files = look_through(folder, wanted, is_settled);
    if (!files || is_settled) return files;
  }
  return core::fail(core::Fault::transient, folder.string(),
                    "another program keeps changing the folder; it is read when it comes to rest");
}

Result<std::vector<std::string>> list_folders(const fs::path& path) {
  auto folder = open_folder(path);
  if (!folder) return tl::unexpected(folder.error());
  auto names = names_in(*folder, path);
  if (!names) return names;
  std::erase_if(*names, [&](const std::string& name) {
    struct stat status{};
    return ::fstatat(::dirfd(folder->get()), name.c_str(), &status, 0) != 0 ||
           !S_ISDIR(status.st_mode);
  });
  return names;
}

namespace {

/// At most so many bytes; where more are there, they are left, or the file is refused.
Result<FileContents> read_file(const fs::path& path, std::uint64_t most, bool is_whole) {
  const auto refuse = [&](core::Fault fault, std::string text) {
    return core::fail(fault, path.string(), std::move(text));
  };
  // A pipe of that name must not make us wait.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) {
    if (errno == ENOENT) return refuse(core::Fault::not_found, "there is no such file");
    return refuse(core::Fault::rejected, disk_error(errno, path, "opening the file").text);
  }
  struct stat before{};
  if (::fstat(file.get(), &before) != 0 || !S_ISREG(before.st_mode)) {
    return refuse(core::Fault::rejected, "this is no regular file");
  }
  const auto size = static_cast<std::uint64_t>(before.st_size);
  if (is_whole && size > most) {
    return refuse(
        core::Fault::rejected,
        "the file is larger than " + std::to_string(most / mebibyte) + " MiB and is not read");
  }
  FileContents contents;
  contents.bytes.resize(static_cast<std::size_t>(std::min(size, most)));
  std::size_t filled = 0;
  while (filled < contents.bytes.size()) {
    const ssize_t got =
        ::read(file.get(), contents.bytes.data() + filled, contents.bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return refuse(core::Fault::rejected, disk_error(errno, path, "reading the file").text);
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  struct stat after{};
  ::fstat(file.get(), &after);
  if (filled != contents.bytes.size() || before.st_size != after.st_size ||
      nanoseconds(before.st_mtim) != nanoseconds(after.st_mtim)) {
    return refuse(core::Fault::transient, "the file changed while it was read");
  }
  contents.state = state_of(after);
  return contents;
}

}  // namespace

Result<FileContents> read_whole(const fs::path& path, std::uint64_t limit) {
  return read_file(path, limit, true);
}

Result<FileContents> read_beginning(const fs::path& path, std::uint64_t most) {
  return read_file(path, most, false);
}

void FileWriter::announce(std::string_view step) {
  if (steps_ != nullptr) steps_->reached(step);
}

Result<bool> FileWriter::sync_folder(const fs::path& folder) {
  announce("file.sync.before");
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot sync a folder (EINVAL); they order names by themselves.
  if (!opened || (::fsync(opened.get()) != 0 && errno != EINVAL)) {
    return tl::unexpected(disk_error(errno, folder, "writing the folder"));
  }
  announce("file.sync.after");
  return true;
}

Result<bool> FileWriter::folder_changed(const fs::path& folder) {
  if (sync_ == Sync::at_once) return sync_folder(folder);
  changed_.insert(folder);
  return true;
}

Result<bool> FileWriter::settle() {
  while (!changed_.empty()) {
    if (auto synced = sync_folder(*changed_.begin()); !synced) return synced;
    changed_.erase(changed_.begin());
  }
  return true;
}

void FileWriter::sweep(const fs::path& folder) {
  if (!swept_.insert(folder).second) return;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.size() == temporary_size && name.starts_with(temporary_prefix) &&
        name.ends_with(temporary_suffix) && entry.is_regular_file(error))
      ::unlink(entry.path().c_str());
  }
}

Result<FileState> FileWriter::place(const fs::path& folder, const std::string& name,
                                    std::string_view bytes, std::uint32_t mode,
                                    const std::string* replaced_etag) {
  const fs::path target = folder / name;
  sweep(folder);
  announce("file.write.before");
  std::string pattern = (folder / temporary_prefix).string() + "XXXXXX" + temporary_suffix;
  const Descriptor file(::mkostemps(pattern.data(), temporary_suffix_size, O_CLOEXEC));
  if (!file) return tl::unexpected(disk_error(errno, folder, "creating a file"));
  TemporaryName temporary(pattern);
  ::fchmod(file.get(), mode);
  if (auto written = write_all(file.get(), bytes, target); !written) {
    return tl::unexpected(written.error());
  }
  struct stat status{};
  ::fstat(file.get(), &status);
  announce("file.write.after");

  announce("file.place.before");
  int error = 0;
  if (replaced_etag == nullptr) {
    error = rename_exclusively(temporary.c_str(), target.c_str());
    if (error == EEXIST) {
      return core::fail(core::Fault::conflict, target.string(), "the file exists already");
    }
  } else {
    // Looked at again at the last moment: what another program wrote meanwhile must survive.
    const auto now = look_at(target);
    if (!now || etag_of(*now) != *replaced_etag) {
      return core::fail(core::Fault::conflict, target.string(),
                        "the file changed since it was read");
    }
    error = ::rename(temporary.c_str(), target.c_str()) == 0 ? 0 : errno;
  }
  if (error != 0) return tl::unexpected(disk_error(error, target, "writing"));
  temporary.is_used_up();
  announce("file.place.after");
  if (auto synced = folder_changed(folder); !synced) return tl::unexpected(synced.error());
  return state_of(status);
}

Result<FileState> FileWriter::create(const fs::path& folder, const std::string& name,
                                     std::string_view bytes) {
  if (look_at(folder / name)) {
    return core::fail(core::Fault::conflict, (folder / name).string(), "the file exists already");
  }
  return place(folder, name, bytes, mode_for_new(folder), nullptr);
}

Result<FileState> FileWriter::replace(const fs::path& folder, const std::string& name,
                                      const std::string& etag, std::string_view bytes) {
  const auto now = look_at(folder / name);
  if (!now || etag_of(*now) != etag) {
    return core::fail(core::Fault::conflict, (folder / name).string(),
                      "the file changed since it was read");
  }
  return place(folder, name, bytes, now->mode, &etag);
}

Result<bool> FileWriter::remove(const fs::path& folder, const std::string& name,
                                const std::string& etag) {
  sweep(folder);
  const fs::path target = folder / name;
  const auto now = look_at(target);
  if (!now && now.error().fault == core::Fault::not_found) {
    std::error_code error;
    if (fs::is_directory(folder, error)) return true;
    return tl::unexpected(disk_error(ENOENT, folder, "opening the folder"));
  }
  if (!now) return tl::unexpected(now.error());
  if (etag_of(*now) != etag) {
    return core::fail(core::Fault::conflict, target.string(), "the file changed since it was read");
  }
  announce("file.remove.before");
  if (::unlink(target.c_str()) != 0 && errno != ENOENT) {
    return tl::unexpected(disk_error(errno, target, "removing"));
  }
  announce("file.remove.after");
  return folder_changed(folder);
}

Result<bool> FileWriter::make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return true;
  const fs::path parent = folder.parent_path();
  if (parent != folder && !parent.empty()) {
    if (auto made = make_folder(parent); !made) return made;
  }
  announce("file.folder.before");
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return tl::unexpected(disk_error(errno, folder, "creating the folder"));
  }
  announce("file.folder.after");
  return sync_folder(parent);
}

}  // namespace ioud::connectors::local
