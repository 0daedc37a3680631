#pragma once
// What the store's tests share: a folder of their own, a child process to be stopped or to run as
// an ordinary user, and captures of steps and log events.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/step.hpp"

namespace ioud::store {

class Scratch {
 public:
  Scratch() {
    std::string name = std::filesystem::temp_directory_path() / "ioud-store-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

inline void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

/// Names of the files below a folder that hold the text.
inline std::vector<std::string> files_holding(const std::filesystem::path& folder,
                                              const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && bytes_of(entry.path()).find(text) != std::string::npos)
      found.push_back(entry.path().filename());
  return found;
}

/// Runs `work` in a child process and returns its exit code: 0, or 1 where a check failed in it.
template <class Work>
int in_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/// As in_child, but never as root, whom no mode of a file keeps out. The folder becomes the user's.
template <class Work>
int as_ordinary_user(const std::filesystem::path& folder, Work work) {
  return in_child([&] {
    constexpr uid_t nobody = 65534;
    if (::geteuid() == 0) {
      ASSERT_EQ(::chown(folder.c_str(), nobody, nobody), 0);
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        ASSERT_EQ(::chown(entry.path().c_str(), nobody, nobody), 0);
      ASSERT_EQ(::setgid(nobody), 0);
      ASSERT_EQ(::setuid(nobody), 0);
    }
    work();
  });
}

/// Remembers the steps; ends the process with code 100 at the `stop`th, counted from 1.
class CountedSteps final : public core::Steps {
 public:
  explicit CountedSteps(std::size_t stop = 0) : stop_(stop) {}
  void reached(std::string_view step) override {
    seen.emplace_back(step);
    if (seen.size() == stop_) ::_exit(100);
  }
  std::vector<std::string> seen;

 private:
  std::size_t stop_;
};

}  // namespace ioud::store
