#include "app/secret_vault.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::app {
namespace {

using connectors::Drawer;
using core::Secret;

net::Task<bool> wait_for(std::shared_ptr<connectors::Vault> vault, bool& is_open) {
  auto drawer = co_await vault->open("mail");
  is_open = drawer.has_value();
  co_return is_open;
}

TEST(SecretVault, KeepsASecretInAFileOfItsOwn) {
  const fakes::TemporaryFolder folder;
  {
    const auto vault = secret_vault(folder.path() / "secrets", {});
    EXPECT_TRUE(folder.names("secrets").empty());
    const auto drawer = fakes::run(vault->open("mail"));
    ASSERT_TRUE(drawer.has_value()) << fakes::reason(drawer);
    EXPECT_TRUE((*drawer)->kept().empty());
    EXPECT_TRUE(fakes::run((*drawer)->keep(Secret("one"))).has_value());
    EXPECT_EQ((*drawer)->kept().reveal(), "one");
  }
  EXPECT_EQ(folder.read("secrets/mail"), "one");
  struct stat found{};
  ASSERT_EQ(::stat((folder.path() / "secrets/mail").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
  const auto later = fakes::run(secret_vault(folder.path() / "secrets", {})->open("mail"));
  EXPECT_EQ((*later)->kept().reveal(), "one");
}

/// What the drawer of that name holds, or why it cannot be opened.
core::Result<std::string> kept_in(const fakes::TemporaryFolder& folder,
                                  const std::optional<store::Seal>& seal) {
  const auto drawer = fakes::run(secret_vault(folder.path(), seal)->open("mail"));
  if (!drawer) return tl::unexpected(drawer.error());
  return (*drawer)->kept().reveal();
}

TEST(SecretVault, SealsWhatItKeepsWhereThereIsAKey) {
  const fakes::TemporaryFolder folder;
  const store::Seal seal("the key of the service manager");
  folder.write("mail", "written before there was a key");
  ::chmod((folder.path() / "mail").c_str(), 0600);
  EXPECT_EQ(kept_in(folder, seal), "written before there was a key");
  {
    const auto drawer = fakes::run(secret_vault(folder.path(), seal)->open("mail"));
    ASSERT_TRUE(drawer.has_value()) << fakes::reason(drawer);
    ASSERT_TRUE(fakes::run((*drawer)->keep(Secret("refresh-1"))).has_value());
    EXPECT_EQ((*drawer)->kept().reveal(), "refresh-1");
  }
  EXPECT_TRUE(store::Seal::is_sealed(folder.read("mail")));
  EXPECT_THAT(folder.read("mail"), testing::Not(testing::HasSubstr("refresh")));
  EXPECT_EQ(kept_in(folder, seal), "refresh-1");
  for (const auto& wrong : {std::optional<store::Seal>(), std::optional(store::Seal("another"))}) {
    const auto failed = kept_in(folder, wrong);
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().fault, core::Fault::config);
    EXPECT_THAT(failed.error().text, testing::HasSubstr("key"));
  }
}

TEST(SecretVault, OpensADrawerToOneAtATime) {
  const fakes::TemporaryFolder folder;
  const auto vault = secret_vault(folder.path(), {});
  const auto other = secret_vault(folder.path(), {});
  auto held = fakes::run(vault->open("mail"));
  EXPECT_TRUE(fakes::run(other->open("another")).has_value());
  bool is_open = false;
  boost::asio::co_spawn(fakes::loop(), wait_for(other, is_open),
                        [](const std::exception_ptr&, const core::Result<bool>&) {});
  fakes::loop().restart();
  fakes::loop().run_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(is_open);
  held->reset();
  fakes::loop().run_for(std::chrono::milliseconds(600));
  EXPECT_TRUE(is_open);
}

TEST(SecretVault, SaysThatItsFolderCannotBeMade) {
  const fakes::TemporaryFolder folder;
  folder.write("secrets", "a file");
  const auto drawer = fakes::run(secret_vault(folder.path() / "secrets", {})->open("mail"));
  ASSERT_FALSE(drawer.has_value());
  EXPECT_THAT(drawer.error().place, testing::HasSubstr("secrets"));
}

}  // namespace
}  // namespace ioud::app
