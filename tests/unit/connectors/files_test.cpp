#include "connectors/local/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>

#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

using core::Fault;
using fakes::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

const auto any_name = [](std::string_view) { return true; };

TEST(Files, AnEtagChangesWithContentsAndFile) {
  const FileState state{1, 2, 3, 0600};
  EXPECT_EQ(etag_of(state), "1-2-3");
  EXPECT_EQ(etag_of({1, 2, 3, 0644}), etag_of(state));
  EXPECT_NE(etag_of({1, 2, 4, 0600}), etag_of(state));
}

TEST(Files, SaysHowToMendADisk) {
  for (const auto& [error, cure] :
       std::vector<std::pair<int, std::string>>{{ENOENT, "not mounted"},
                                                {EACCES, "chmod"},
                                                {ENOSPC, "free some space"},
                                                {EROFS, "mount it writable"},
                                                {EIO, "writing failed"}}) {
    const core::Error told = disk_error(error, "/x", "writing");
    EXPECT_EQ(told.fault, Fault::transient);
    EXPECT_EQ(told.place, "/x");
    EXPECT_THAT(told.text, HasSubstr(cure));
  }
}

TEST(Files, ListsFilesAndFolders) {
  const TemporaryFolder files;
  files.write("b", "1");
  files.write("a", "22");
  files.write("folder/x", "");
  const auto listed = list_files(files.path(), any_name);
  ASSERT_TRUE(listed.has_value());
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ(listed->front().name, "a");
  EXPECT_EQ(listed->front().state.size, 2U);
  EXPECT_THAT(*list_folders(files.path()), ElementsAre("folder"));
  EXPECT_FALSE(list_files(files.path() / "none", any_name).has_value());
  EXPECT_FALSE(list_folders(files.path() / "none").has_value());
}

TEST(Files, AListingWaitsUntilTheFolderRests) {
  const TemporaryFolder files;
  files.write("a", "1");
  int changes_left = 3;
  const auto settled = list_files(files.path(), [&](std::string_view) {
    if (changes_left-- > 0) files.write("new" + std::to_string(changes_left), "x");
    return true;
  });
  ASSERT_TRUE(settled.has_value());
  EXPECT_EQ(settled->size(), 4U);
  int number = 0;
  const auto restless = list_files(files.path(), [&](std::string_view) {
    files.write("more" + std::to_string(++number), "x");
    return true;
  });
  ASSERT_FALSE(restless.has_value());
  EXPECT_EQ(restless.error().fault, Fault::transient);
}

TEST(Files, ReadsOnlyWholeRegularFilesOfSense) {
  const TemporaryFolder files;
  files.write("a", "some text");
  EXPECT_EQ(read_whole(files.path() / "a", 100)->bytes, "some text");
  EXPECT_EQ(read_whole(files.path() / "a", 3).error().fault, Fault::rejected);
  EXPECT_EQ(read_whole(files.path() / "b", 3).error().fault, Fault::not_found);
  EXPECT_EQ(read_whole(files.path(), 3).error().fault, Fault::rejected);
  ASSERT_EQ(::mkfifo((files.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_whole(files.path() / "pipe", 3).error().fault, Fault::rejected);
  EXPECT_EQ(look_at(files.path()).error().fault, Fault::not_found);
  EXPECT_EQ(look_at(files.path() / "a/b").error().fault, Fault::transient);
}

TEST(Files, WritesNothingBesideTheFile) {
  const TemporaryFolder files;
  FileWriter writer(nullptr);
  const auto created = writer.create(files.path(), "a", "one");
  ASSERT_TRUE(created.has_value());
  EXPECT_EQ(etag_of(*created), etag_of(*look_at(files.path() / "a")));
  EXPECT_EQ(writer.create(files.path(), "a", "two").error().fault, Fault::conflict);
  fs::create_symlink("nowhere", files.path() / "link");
  EXPECT_EQ(writer.create(files.path(), "link", "two").error().fault, Fault::conflict);
  const auto replaced = writer.replace(files.path(), "a", etag_of(*created), "two");
  ASSERT_TRUE(replaced.has_value());
  EXPECT_EQ(files.read("a"), "two");
  EXPECT_EQ(writer.remove(files.path(), "a", etag_of(*created)).error().fault, Fault::conflict);
  EXPECT_TRUE(writer.remove(files.path(), "a", etag_of(*replaced)).has_value());
  EXPECT_THAT(files.names("."), ElementsAre("link"));
}

/// Lets somebody else write at a step.
class Meddler final : public core::Steps {
 public:
  Meddler(std::string step, std::function<void()> meddle)
      : step_(std::move(step)), meddle_(std::move(meddle)) {}
  void reached(std::string_view step) override {
    if (step == step_) meddle_();
  }

 private:
  std::string step_;
  std::function<void()> meddle_;
};

TEST(Files, WhatSomebodyElseWritesMeanwhileSurvives) {
  const TemporaryFolder files;
  Meddler meddler("file.write.after", [&] { files.write("a", "theirs, and longer"); });
  FileWriter writer(&meddler);
  EXPECT_EQ(writer.create(files.path(), "a", "ours").error().fault, Fault::conflict);
  EXPECT_EQ(files.read("a"), "theirs, and longer");
  files.write("a", "old");
  const std::string etag = etag_of(*look_at(files.path() / "a"));
  EXPECT_EQ(writer.replace(files.path(), "a", etag, "ours").error().fault, Fault::conflict);
  EXPECT_EQ(files.read("a"), "theirs, and longer");
  EXPECT_THAT(files.names("."), ElementsAre("a"));
}

/// Lets no file grow beyond so many bytes, as a full disk would.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit small = before_;
    small.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &small);
    signal_before_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }

 private:
  rlimit before_{};
  void (*signal_before_)(int) = nullptr;
};

TEST(Files, AFullDiskLeavesTheOldFileAndNothingElse) {
  const TemporaryFolder files;
  files.write("a", "old");
  FileWriter writer(nullptr);
  const std::string etag = etag_of(*look_at(files.path() / "a"));
  {
    const SmallDisk disk(10);
    const auto replaced = writer.replace(files.path(), "a", etag, std::string(100, 'x'));
    ASSERT_FALSE(replaced.has_value());
    EXPECT_EQ(replaced.error().fault, Fault::transient);
    EXPECT_FALSE(writer.create(files.path(), "b", std::string(100, 'x')).has_value());
  }
  EXPECT_EQ(files.read("a"), "old");
  EXPECT_THAT(files.names("."), ElementsAre("a"));
  EXPECT_TRUE(writer.replace(files.path(), "a", etag, "new").has_value());
}

TEST(Files, AFolderThatTakesNoFilesIsTriedAgain) {
  FileWriter writer(nullptr);
  const auto created = writer.create("/proc", "a", "one");
  ASSERT_FALSE(created.has_value());
  EXPECT_EQ(created.error().fault, Fault::transient);
}

TEST(Files, MakesFoldersForTheOwnerAlone) {
  const TemporaryFolder files;
  FileWriter writer(nullptr);
  ASSERT_TRUE(writer.make_folder(files.path() / "a/b").has_value());
  EXPECT_EQ(fs::status(files.path() / "a/b").permissions(), fs::perms::owner_all);
  EXPECT_TRUE(writer.make_folder(files.path() / "a/b").has_value());
  files.write("file", "x");
  EXPECT_FALSE(writer.make_folder(files.path() / "file/b").has_value());
}

}  // namespace
}  // namespace ioud::connectors::local
