#include "store/state_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <thread>

namespace ioud::store {
namespace {

using core::fail;
using core::Fault;
using core::Result;
namespace fs = std::filesystem;

constexpr mode_t private_file = 0600;
constexpr mode_t private_directory = 0700;

tl::unexpected<core::Error> refused(int error, const fs::path& path, const std::string& attempt) {
  const std::string why = std::generic_category().message(error);
  if (error == ENOTDIR || error == EISDIR || error == EEXIST || error == ELOOP ||
      error == ENAMETOOLONG)
    return fail(
        Fault::config, path.string(),
        attempt + " failed: " + why + "; set another state directory or move away what is there");
  return fail(
      Fault::transient, path.string(),
      attempt + " failed: " + why + "; check its owner, its mode and the space on the disk");
}

/// Makes a new name in the directory survive a power cut. Not every file system can; then the name
/// is as safe as it gets.
void sync_directory(const fs::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() >= 0) ::fsync(opened.get());
}

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(to, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

fs::path directory_of(const fs::path& file) {
  const fs::path parent = file.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Result<void> make_private_directory(const fs::path& directory) {
  if (std::error_code ignored; fs::is_directory(directory, ignored)) return {};
  if (const fs::path parent = directory_of(directory); !directory.has_filename()) {
    return make_private_directory(parent);  // "state/" names what "state" does
  } else {
    std::error_code failed;
    fs::create_directories(parent, failed);
    if (failed) return refused(failed.value(), parent, "making the folder");
    if (::mkdir(directory.c_str(), private_directory) != 0)
      return refused(errno, directory, "making the folder");
    sync_directory(parent);
  }
  return {};
}

Result<void> make_private_file(const fs::path& file) {
  const fs::path directory = directory_of(file);
  if (auto made = make_private_directory(directory); !made) return made;
  const Descriptor made(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, private_file));
  if (made.get() >= 0) {
    sync_directory(directory);
    return {};
  }
  if (errno != EEXIST) return refused(errno, file, "making the file");
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0) return refused(errno, file, "looking at the file");
  if (!S_ISREG(found.st_mode)) return refused(EISDIR, file, "using it as a file");
  if ((found.st_mode & 0777) != private_file && ::chmod(file.c_str(), private_file) != 0)
    return refused(errno, file, "making the file private");
  return {};
}

Result<std::string> read_private_file(const fs::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0 && errno == ENOENT) return {};
  if (opened.get() < 0) return refused(errno, file, "opening the file");
  std::string bytes;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(opened.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(errno, file, "reading the file");
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

Result<void> replace_private_file(const fs::path& file, std::string_view bytes) {
  const fs::path directory = directory_of(file);
  if (auto made = make_private_directory(directory); !made) return made;
  // One name, so that what a crash left is written over and never gathers.
  const fs::path draft = file.string() + ".new";
  ::unlink(draft.c_str());
  {
    const Descriptor made(
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, private_file));
    if (made.get() < 0) return refused(errno, draft, "making the file");
    if (!write_all(made.get(), bytes) || ::fsync(made.get()) != 0)
      return refused(errno, draft, "writing the file");
  }
  if (::rename(draft.c_str(), file.c_str()) != 0) return refused(errno, file, "writing the file");
  sync_directory(directory);
  return {};
}

std::string shown_start(const fs::path& file) {
  std::array<char, 16> start{};
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const ssize_t size = ::pread(opened.get(), start.data(), start.size(), 0);
  std::string out;
  for (ssize_t i = 0; i < size; ++i) {
    const char c = start[static_cast<std::size_t>(i)];
    if (c >= 0x20 && c < 0x7f) {
      out += c;
      continue;
    }
    std::array<char, 5> escaped{};
    std::snprintf(escaped.data(), escaped.size(), "\\x%02x",
                  static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += escaped.data();
  }
  return out;
}

Result<Descriptor> lock_file(const fs::path& file, std::chrono::milliseconds patience) {
  if (auto made = make_private_directory(directory_of(file)); !made)
    return tl::unexpected(made.error());
  Descriptor opened(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, private_file));
  if (opened.get() < 0) return refused(errno, file, "opening the lock");
  // Counted in tries, not read from a clock: a suspended machine must not use up the patience.
  constexpr std::chrono::milliseconds pause{10};
  for (auto left = patience;; left -= pause) {
    if (::flock(opened.get(), LOCK_EX | LOCK_NB) == 0) return opened;
    if (errno != EWOULDBLOCK && errno != EINTR) return refused(errno, file, "taking the lock");
    if (left <= std::chrono::milliseconds::zero()) break;
    std::this_thread::sleep_for(pause);
  }
  return fail(Fault::transient, file.string(),
              "another ioud is running a pass on this state directory; this one changed nothing. "
              "Try again when it is done");
}

}  // namespace ioud::store
