#include "store/state_file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "unit/store/scratch.hpp"

namespace ioud::store {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

mode_t mode_of(const std::filesystem::path& path) {
  struct stat found{};
  EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
  return found.st_mode & 07777U;
}

TEST(StateFile, IsMadePrivateWhateverTheUmask) {
  const Scratch scratch;
  const mode_t before = ::umask(0);
  EXPECT_TRUE(make_private_file(scratch / "a/b/state/ledger.db"));
  ::umask(before);
  EXPECT_EQ(mode_of(scratch / "a/b/state"), 0700U);
  EXPECT_EQ(mode_of(scratch / "a/b/state/ledger.db"), 0600U);
}

TEST(StateFile, BecomesPrivateWhereItWasNot) {
  const Scratch scratch;
  write_bytes(scratch / "ledger.db", "words");
  std::filesystem::permissions(scratch / "ledger.db", std::filesystem::perms{0644});
  EXPECT_TRUE(make_private_file(scratch / "ledger.db"));
  EXPECT_EQ(mode_of(scratch / "ledger.db"), 0600U);
  EXPECT_EQ(bytes_of(scratch / "ledger.db"), "words");
}

TEST(StateFile, IsReplacedAsAWholeAndStaysPrivate) {
  const Scratch scratch;
  const auto file = scratch / "state/secret";
  EXPECT_EQ(read_private_file(file), "");
  const mode_t before = ::umask(0);
  EXPECT_TRUE(replace_private_file(file, "one"));
  write_bytes(scratch / "state/secret.new", "what a crash left");
  EXPECT_TRUE(replace_private_file(file, "two"));
  ::umask(before);
  EXPECT_EQ(read_private_file(file), "two");
  EXPECT_EQ(mode_of(file), 0600U);
  EXPECT_FALSE(std::filesystem::exists(scratch / "state/secret.new"));
  std::filesystem::create_directory(scratch / "folder");
  EXPECT_FALSE(replace_private_file(scratch / "folder", "x"));
  EXPECT_FALSE(read_private_file(scratch / "folder"));
}

TEST(StateFile, SaysWhatStandsInItsPlace) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "ledger.db");
  const auto folder = make_private_file(scratch / "ledger.db");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().fault, core::Fault::config);
  EXPECT_EQ(folder.error().place, (scratch / "ledger.db").string());
  EXPECT_THAT(folder.error().text, HasSubstr("move away"));

  write_bytes(scratch / "state", "a file");
  const auto below_file = make_private_file(scratch / "state/ledger.db");
  ASSERT_FALSE(below_file);
  EXPECT_EQ(below_file.error().fault, core::Fault::config);
  EXPECT_EQ(bytes_of(scratch / "state"), "a file");
  EXPECT_FALSE(make_private_directory(scratch / "state/deeper/still"));
  EXPECT_FALSE(lock_file(scratch / "state/lock", 0ms));
}

TEST(StateFile, TakesAFolderWithASlashAtItsEnd) {
  const Scratch scratch;
  EXPECT_TRUE(make_private_directory((scratch / "state").string() + "/"));
  EXPECT_TRUE(std::filesystem::is_directory(scratch / "state"));
}

TEST(StateFile, WaitsForAFolderThatCannotBeWritten) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "closed");
  EXPECT_EQ(as_ordinary_user(scratch.path(),
                             [&] {
                               ::chmod((scratch / "closed").c_str(), 0500);
                               const auto made =
                                   make_private_file(scratch / "closed/state/ledger.db");
                               ASSERT_FALSE(made);
                               EXPECT_EQ(made.error().fault, core::Fault::transient);
                               const auto lock = lock_file(scratch / "closed/lock", 0ms);
                               ASSERT_FALSE(lock);
                               EXPECT_EQ(lock.error().fault, core::Fault::transient);
                             }),
            0);
}

TEST(Lock, IsHeldOnceAndGivenBack) {
  const Scratch scratch;
  auto first = lock_file(scratch / "state/lock", 0ms);
  ASSERT_TRUE(first);
  const auto second = lock_file(scratch / "state/lock", 30ms);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, core::Fault::transient);
  EXPECT_THAT(second.error().text, HasSubstr("another ioud is running"));
  first = tl::unexpected(core::Error{});
  EXPECT_TRUE(lock_file(scratch / "state/lock", 0ms));
  EXPECT_EQ(mode_of(scratch / "state/lock"), 0600U);
}

TEST(Lock, IsNotHeldByTheDead) {
  const Scratch scratch;
  EXPECT_EQ(in_child([&] {
              const auto held = lock_file(scratch / "lock", 0ms);
              ::_exit(held ? 100 : 1);
            }),
            100);
  EXPECT_TRUE(lock_file(scratch / "lock", 0ms));
}

TEST(Lock, IsWaitedFor) {
  const Scratch scratch;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto held = lock_file(scratch / "lock", 0ms);
    write_bytes(scratch / "held", "");
    ::usleep(100'000);
    ::_exit(held ? 0 : 1);
  }
  while (!std::filesystem::exists(scratch / "held")) ::usleep(1000);
  EXPECT_TRUE(lock_file(scratch / "lock", 30s));
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace ioud::store
