#include "app/secret_source.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "app/toml_file.hpp"

namespace ioud::app {
namespace {

namespace fs = std::filesystem;
using core::Fault;
using testing::HasSubstr;
using testing::Not;

class SecretSource : public testing::Test {
 protected:
  SecretSource() : folder_(fs::path(testing::TempDir()) / "ioud-secret-test") {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "credentials");
    fs::create_directories(folder_ / "home");
    places_.credentials = folder_ / "credentials";
    places_.folder = folder_;
    places_.home = folder_ / "home";
  }
  ~SecretSource() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const fs::path file = folder_ / name;
    std::ofstream(file) << text;
    ::chmod(file.c_str(), mode);
  }

  core::Result<core::Secret> find(const std::string& reference) const {
    const auto root = parse_toml("password = " + reference, "x.toml");
    if (!root) return core::fail(Fault::protocol, "test", root.error().front().text);
    return find_secret(*root->find("password"), places_);
  }
  std::string revealed(const std::string& reference) const {
    const auto secret = find(reference);
    return secret ? secret->reveal() : secret.error().text;
  }
  Fault fault(const std::string& reference) const { return find(reference).error().fault; }

  fs::path folder_;
  SecretPlaces places_;
};

TEST_F(SecretSource, ReadsACredential) {
  write("credentials/imap", "s3cret\nsecond line\n");
  EXPECT_EQ(revealed("{ credential = \"imap\" }"), "s3cret");
  EXPECT_EQ(fault("{ credential = \"smtp\" }"), Fault::config);
  EXPECT_THAT(revealed("{ credential = \"../imap\" }"), HasSubstr("without a slash"));
  places_.credentials.clear();
  EXPECT_THAT(revealed("{ credential = \"imap\" }"), HasSubstr("LoadCredential=imap:PATH"));
}

TEST_F(SecretSource, ReadsAFileThatOnlyItsOwnerMayRead) {
  write("home/pass", "open sesame");
  write("pass", "beside the config\r\n");
  EXPECT_EQ(revealed("{ file = \"~/pass\" }"), "open sesame");
  EXPECT_EQ(revealed("{ file = \"pass\" }"), "beside the config");
  write("shared", "x", 0644);
  EXPECT_THAT(revealed("{ file = \"shared\" }"), HasSubstr("chmod 600"));
  write("empty", "");
  EXPECT_THAT(revealed("{ file = \"empty\" }"), HasSubstr("is empty"));
  EXPECT_THAT(revealed("{ file = \"missing\" }"), HasSubstr("No such file"));
  EXPECT_EQ(fault("{ file = \"missing\" }"), Fault::config);
}

TEST_F(SecretSource, RunsAProgramWithoutAShell) {
  EXPECT_EQ(revealed("{ command = [\"printf\", \"a b;c $HOME\\nrest\"] }"), "a b;c $HOME");
  EXPECT_EQ(fault("{ command = [\"false\"] }"), Fault::auth);
  EXPECT_EQ(fault("{ command = [\"true\"] }"), Fault::auth);
  EXPECT_EQ(fault("{ command = [\"no-such-program-here\"] }"), Fault::config);
}

TEST_F(SecretSource, WaitsForAProgramNoLongerThanItMust) {
  places_.patience = std::chrono::milliseconds(50);
  EXPECT_EQ(fault("{ command = [\"sleep\", \"30\"] }"), Fault::transient);
}

TEST_F(SecretSource, TheKeyringIsAskedByItsOwnProgram) {
  EXPECT_THAT(revealed("{ keyring = \"ioud-test-no-such\" }"), HasSubstr("secret-tool"));
}

TEST_F(SecretSource, NamesThePlaceAndNeverASecret) {
  const auto failed = find("\"hunter2\"");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().place, "x.toml:1:12");
  EXPECT_THAT(failed.error().text, HasSubstr("{ credential = "));
  EXPECT_THAT(failed.error().text, Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace ioud::app
