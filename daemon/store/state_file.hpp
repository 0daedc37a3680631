#pragma once
// Files of the state directory as the operating system sees them: made private, refused before they
// are touched where they are something else, and the lock that lets one process at a time run a
// pass.

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.hpp"

namespace ioud::store {

/// Makes the directory with mode 0700, and missing ones above it as the umask says.
core::Result<void> make_private_directory(const std::filesystem::path& directory);

/// Makes the file, empty and with mode 0600, in a private directory; one that exists gets that mode
/// and is not opened: closing a database file would drop the locks SQLite holds on it in this
/// process. Fault::transient where it cannot be reached or made, Fault::config where something that
/// is no file stands in its place.
core::Result<void> make_private_file(const std::filesystem::path& file);

/// The whole of a private file; empty where there is none. Fault::transient where it cannot be
/// read.
core::Result<std::string> read_private_file(const std::filesystem::path& file);

/// Puts the bytes into the file, mode 0600, in a private directory: after a crash or a power cut it
/// holds all of the old or all of the new. Blocks for two syncs. Faults as make_private_file.
core::Result<void> replace_private_file(const std::filesystem::path& file, std::string_view bytes);

/// The first bytes of a file as ASCII, others as `\xNN`: for telling what was found instead.
std::string shown_start(const std::filesystem::path& file);

/// An open file descriptor; closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();
  int get() const { return number_; }

 private:
  int number_;
};

/// Holds the advisory lock on `file` (made where missing) for as long as the descriptor lives, also
/// against other descriptors of this process. Tries for at most `patience`, blocking the thread; a
/// dead process holds no lock. Fault::transient, "another ioud is running".
core::Result<Descriptor> lock_file(const std::filesystem::path& file,
                                   std::chrono::milliseconds patience);

}  // namespace ioud::store
