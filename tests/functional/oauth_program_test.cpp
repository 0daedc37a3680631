// The program itself with an account that logs in by OAuth: from one process to the next, several
// at once, and stopped while the provider dawdles.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "core/text.hpp"
#include "fakes/http_server.hpp"
#include "fakes/provider.hpp"
#include "fakes/sample_config.hpp"

namespace ioud::functional {
namespace {

using fakes::output_of;
using fakes::Provider;
using fakes::RealServer;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

constexpr const char* user = "tom@rep.test";

const std::string config = fakes::sample_config(fakes::disk_of_proposals + R"([[connector]]
name = "mail"
type = "mail"
user = "tom@rep.test"
ca_file = "CA"
imap = { host = "localhost", port = IMAPS }
[connector.oauth]
token_url = "TOKENS"
client_id = "ioud"
refresh_token = { file = "refresh" }
plain_loopback = true
)");

class OAuthProgram : public testing::Test {
 protected:
  void SetUp() override {
    if (!Provider::is_there()) GTEST_SKIP() << "oidc-provider is not installed";
  }

  void write_config(const RealServer& imap, const std::string& token_url,
                    const std::string& refresh) const {
    std::string text = core::replaced(config, "IMAPS", std::to_string(imap.port("imaps")));
    text = core::replaced(text, "TOKENS", token_url);
    files_.write("ioud.toml", core::replaced(text, "CA\"", imap.ca_file() + "\""));
    files_.write("refresh", refresh + "\n");
    std::filesystem::permissions(files_.path() / "refresh", std::filesystem::perms::owner_read);
    std::filesystem::create_directories(files_.path() / "ious");
  }
  /// Its log and its words together.
  std::string command(const std::string& rest) const {
    return std::string(IOUD_PROGRAM) + " -c " + (files_.path() / "ioud.toml").string() +
           " --log debug " + rest + " 2>&1";
  }
  /// What the program kept.
  std::string kept() const {
    for (const std::string& name : files_.names("state/secrets"))
      if (!name.ends_with(".lock")) return files_.read("state/secrets/" + name);
    return {};
  }

  fakes::TemporaryFolder files_;
};

TEST_F(OAuthProgram, GoesOnFromOneProcessToTheNextAndPrintsNoToken) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  const std::string refresh = provider.sign_in(user);
  write_config(imap, provider.token_url(), refresh);
  std::vector<std::string> tokens = {refresh};
  std::string printed;
  for (const char* what : {"check", "once", "check"}) {
    printed += output_of(command(what));
    const std::string now = kept();
    const auto begin = now.find("refresh_token\":\"") + 16;
    tokens.push_back(now.substr(begin, now.find('"', begin) - begin));
    EXPECT_GT(tokens.back().size(), 20U) << now;
  }
  EXPECT_EQ(provider.count("granted refresh_token"), 3);
  for (const std::string& token : tokens) EXPECT_THAT(printed, Not(HasSubstr(token)));
  EXPECT_THAT(printed, HasSubstr("mail: ok"));
}

TEST_F(OAuthProgram, TakesTurnsWithOtherProcesses) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  write_config(imap, provider.token_url(), provider.sign_in(user));
  const std::string one = command("check") + " >/dev/null";
  // Each alone would use the same refresh token, and this provider ends a sign-in for that.
  const std::string printed =
      output_of("for i in 1 2 3 4; do ( " + one + " || echo failed ) & done; wait");
  EXPECT_EQ(printed, "");
  EXPECT_EQ(provider.count("granted refresh_token"), 4);
  EXPECT_EQ(provider.count("refused"), 0);
}

TEST_F(OAuthProgram, StopsInTwoSecondsWhileTheProviderDawdles) {
  std::atomic<int> asked = 0;
  const fakes::HttpServer dawdling([&asked](const fakes::Ask&) {
    ++asked;
    fakes::Reply reply;
    reply.delay = std::chrono::seconds(8);
    return reply;
  });
  const RealServer imap("dovecot");
  write_config(imap, dawdling.url(), "r0");
  const std::string line = command("run") + " >/dev/null";
  const pid_t daemon = ::fork();
  ASSERT_GE(daemon, 0);
  if (daemon == 0) {
    ::execl("/bin/sh", "sh", "-c", ("exec " + line).c_str(), nullptr);
    ::_exit(127);
  }
  for (int turn = 0; turn < 1000 && asked == 0; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(asked, 1) << "one request for all connections";
  const auto begin = steady_clock::now();
  ::kill(daemon, SIGTERM);
  int status = 0;
  ::waitpid(daemon, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::milliseconds(2300));
}

}  // namespace
}  // namespace ioud::functional
