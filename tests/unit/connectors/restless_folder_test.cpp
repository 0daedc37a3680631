// Another program writes, renames and moves while we read: nothing half-written is given, and what
// only changed its name is never called gone.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "connectors/local/maildir.hpp"
#include "connectors/local/vdir.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

using fakes::TemporaryFolder;
using Position = fakes::KeptPosition;

constexpr std::chrono::milliseconds a_while{300};

std::string event(std::size_t filling) {
  return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDESCRIPTION:" + std::string(filling, 'x') +
         "\nEND:VEVENT\nEND:VCALENDAR\n";
}

/// Does something again and again on a thread of its own, for as long as it lives.
class Restless {
 public:
  explicit Restless(std::function<void()> act)
      : thread_([this, act = std::move(act)] {
          while (!is_over_) act();
        }) {}
  Restless(const Restless&) = delete;
  Restless& operator=(const Restless&) = delete;
  ~Restless() {
    is_over_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

constexpr std::chrono::seconds at_most{30};

/// Looks for a while, and on a busy machine until enough was seen.
template <class Look, class Enough>
void keep_looking(Look look, Enough has_enough) {
  const auto begin = std::chrono::steady_clock::now();
  for (auto now = begin; now < begin + a_while || (!has_enough() && now < begin + at_most);
       now = std::chrono::steady_clock::now())
    look();
}

Vdir calendar(const TemporaryFolder& files) {
  Vdir::Settings settings;
  settings.folder = files.path() / "c";
  return Vdir(settings, nullptr);
}

TEST(RestlessFolder, AFileWrittenInPlaceIsWholeOrReported) {
  const TemporaryFolder files;
  const std::string small = event(10);
  const std::string large = event(20000);
  files.write("c/a.ics", small);
  const std::string path = (files.path() / "c/a.ics").string();
  bool is_small = true;
  const Restless writer([&] {
    is_small = !is_small;
    const std::string& bytes = is_small ? small : large;
    const int file = ::open(path.c_str(), O_WRONLY | O_TRUNC);
    for (std::size_t at = 0; at < bytes.size(); at += 1000) {
      if (::write(file, bytes.data() + at, std::min<std::size_t>(1000, bytes.size() - at)) < 0)
        break;
    }
    ::close(file);
  });
  std::size_t whole = 0;
  std::size_t reported = 0;
  keep_looking(
      [&] {
        const auto changes = calendar(files).pull(Position{"", {{"a.ics", "known"}}});
        ASSERT_TRUE(changes.has_value());
        EXPECT_TRUE(changes->gone.empty());
        ASSERT_EQ(changes->seen.size() + changes->bad.size(), 1U);
        for (const Item& item : changes->seen) {
          ASSERT_TRUE(item.bytes == small || item.bytes == large) << item.bytes.size();
          ++whole;
        }
        reported += changes->bad.size();
      },
      [&] { return whole > 0 && reported > 0; });
  EXPECT_GT(whole, 0U);
  EXPECT_GT(reported, 0U);
}

TEST(RestlessFolder, AFileThatIsRenamedIsThereUnderOneName) {
  const TemporaryFolder files;
  files.write("c/a.ics", event(10));
  for (int i = 0; i < 50; ++i) files.write("c/m" + std::to_string(i) + ".ics", event(10));
  bool is_first = true;
  const Restless writer([&] {
    fs::rename(files.path() / (is_first ? "c/a.ics" : "c/z.ics"),
               files.path() / (is_first ? "c/z.ics" : "c/a.ics"));
    is_first = !is_first;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  });
  std::size_t looks = 0;
  keep_looking(
      [&] {
        const auto changes =
            calendar(files).pull(Position{"", {{"a.ics", "known"}, {"z.ics", "known"}}});
        if (!changes) {
          EXPECT_EQ(changes.error().fault, core::Fault::transient);
          return;
        }
        ++looks;
        EXPECT_LE(changes->gone.size(), 1U) << "it is under one of both names";
      },
      [&] { return looks > 0; });
  EXPECT_GT(looks, 0U);
}

TEST(RestlessFolder, AMailThatChangesItsFlagsIsNeverGone) {
  const TemporaryFolder files;
  files.write("mail/cur/1.1.h:2,", "From: a");
  for (int i = 10; i < 60; ++i) files.write("mail/cur/" + std::to_string(i) + ".1.h:2,S", "x");
  bool is_plain = true;
  const fs::path plain = files.path() / "mail/cur/1.1.h:2,";
  const fs::path flagged = files.path() / "mail/cur/1.1.h:2,S";
  const Restless writer([&] {
    fs::rename(is_plain ? plain : flagged, is_plain ? flagged : plain);
    is_plain = !is_plain;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  });
  Maildir::Settings settings;
  settings.folder = files.path() / "mail";
  std::size_t looks = 0;
  keep_looking(
      [&] {
        const auto changes =
            Maildir(settings, nullptr).pull(Position{"", {{"INBOX/1.1.h", "known"}}}, {}, {});
        if (!changes) {
          EXPECT_EQ(changes.error().fault, core::Fault::transient);
          return;
        }
        ++looks;
        EXPECT_TRUE(changes->gone.empty());
      },
      [&] { return looks > 0; });
  EXPECT_GT(looks, 0U);
}

}  // namespace
}  // namespace ioud::connectors::local
