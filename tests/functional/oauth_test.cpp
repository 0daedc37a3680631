// Mail accounts that log in with OAuth tokens: a real provider gives them, a real Dovecot and a
// submission server ask the provider about them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "app/secret_source.hpp"
#include "app/secret_vault.hpp"
#include "connectors/mail/connector.hpp"
#include "fakes/approved.hpp"
#include "fakes/kept_log.hpp"
#include "fakes/provider.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::functional {
namespace {

using connectors::Connector;
using connectors::Setting;
using core::Fault;
using fakes::Provider;
using fakes::RealServer;
using fakes::reason;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* user = "tom@rep.test";
const char* const granted = "granted refresh_token";

/// What stands in the world of one account: its config folder with the secrets, its state.
class OAuthAccount : public testing::Test {
 protected:
  void SetUp() override {
    if (!Provider::is_there()) GTEST_SKIP() << "oidc-provider is not installed";
  }

  void write_secret(const std::string& name, const std::string& text) const {
    files_.write(name, text + "\n");
    ::chmod((files_.path() / name).c_str(), 0600);
  }

  Setting peer(const RealServer& server, const std::string& port, const std::string& security) {
    return tree_.table({{"host", tree_.text("localhost")},
                        {"port", tree_.value(std::int64_t{server.port(port)})},
                        {"security", tree_.text(security)}});
  }

  /// As after a start of the program: nothing is known but what is on the disk.
  Connector account(const Provider& provider, const RealServer& imap,
                    const RealServer* smtp = nullptr, const std::string& client = "ioud") {
    const auto file = [this](const std::string& name) {
      return tree_.table({{"file", tree_.text(name)}});
    };
    std::vector<std::pair<std::string, Setting>> oauth = {
        {"token_url", tree_.text(provider.token_url())},
        {"client_id", tree_.text(client)},
        {"refresh_token", file("refresh")},
        {"plain_loopback", tree_.value(true)}};
    if (client == "desk") oauth.emplace_back("client_secret", file("client"));
    std::vector<std::pair<std::string, Setting>> entries = {
        {"name", tree_.text("mail")},
        {"type", tree_.text("mail")},
        {"user", tree_.text(user)},
        {"oauth", tree_.table(std::move(oauth))},
        {"ca_file", tree_.text(imap.ca_file())},
        {"imap", peer(imap, "imaps", "tls")}};
    if (smtp != nullptr) entries.emplace_back("smtp", peer(*smtp, "smtp", "none"));
    connectors::Surroundings surroundings;
    surroundings.clock = clock_.get();
    surroundings.log = &log_;
    app::SecretPlaces places;
    places.folder = files_.path();
    surroundings.find_secret = app::secret_finder(std::move(places));
    if (has_vault_) surroundings.vault = app::secret_vault(files_.path() / "state/secrets", {});
    return connectors::mail::kind().make(tree_.table(std::move(entries)), surroundings).value();
  }

  static core::Result<connectors::Changes<connectors::MailItem>> pull(Connector& connector) {
    return fakes::run(connector.mail_source->pull({}, core::Instant(), {}));
  }

  fakes::TemporaryFolder files_;
  fakes::SettingTree tree_;
  fakes::KeptLog log_;
  bool has_vault_ = true;
  std::unique_ptr<net::Clock> clock_ = std::make_unique<net::SystemClock>();
};

/// The one client has a secret, the other none; each server takes one kind of token login.
TEST_F(OAuthAccount, LogsInByXoauth2AndByOauthbearer) {
  const Provider provider;
  write_secret("client", Provider::client_secret);
  for (const std::string mechanism : {"XOAUTH2", "OAUTHBEARER"}) {
    const RealServer imap("dovecot", "", provider.introspection() + " MECHANISMS=" + mechanism);
    const RealServer smtp("smtp", "", provider.introspection() + " TOKEN_LOGIN=" + mechanism);
    for (const std::string client : {"ioud", "desk"}) {
      write_secret("refresh", provider.sign_in(user, client));
      Connector connector = account(provider, imap, &smtp, client);
      const int before = provider.count(granted);
      const auto pulled = pull(connector);
      EXPECT_TRUE(pulled.has_value()) << mechanism << " " << client << ": " << reason(pulled);
      EXPECT_THAT(fakes::run(connector.probe()), IsEmpty()) << mechanism << " " << client;
      EXPECT_EQ(provider.count(granted), before + 1) << "one token does for all connections";
    }
  }
}

TEST_F(OAuthAccount, SendsMailWithTheSameToken) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  const RealServer smtp("smtp", "", provider.introspection());
  write_secret("refresh", provider.sign_in(user));
  Connector connector = account(provider, imap, &smtp);
  auto message = connectors::ApprovedMessageMaker::make(
      "a@ioud", "From: tom@rep.test\r\nTo: meg@acme.test\r\nMessage-ID: <a@ioud>\r\n\r\nx\r\n",
      "meg@acme.test");
  const auto sent = fakes::run(connector.mail_sink->send(std::move(message)));
  EXPECT_TRUE(sent.has_value()) << reason(sent);
  EXPECT_EQ(provider.count(granted), 1);
}

/// By ioud's clock the token is good for ever, so that only the servers can tell.
TEST_F(OAuthAccount, RenewsATokenThatTheServersRefuseWithinThePass) {
  clock_ = std::make_unique<net::FrozenClock>(net::SystemClock().now());
  const Provider provider("LIFETIME=2");
  const RealServer imap("dovecot", "", provider.introspection());
  const RealServer smtp("smtp", "", provider.introspection());
  write_secret("refresh", provider.sign_in(user));
  Connector connector = account(provider, imap, &smtp);
  ASSERT_THAT(fakes::run(connector.probe()), IsEmpty());
  ASSERT_EQ(provider.count(granted), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  const auto pulled = pull(connector);  // by IMAP
  EXPECT_TRUE(pulled.has_value()) << reason(pulled);
  EXPECT_EQ(provider.count(granted), 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  auto message = connectors::ApprovedMessageMaker::make(
      "b@ioud", "From: tom@rep.test\r\nTo: meg@acme.test\r\nMessage-ID: <b@ioud>\r\n\r\nx\r\n",
      "meg@acme.test");
  const auto sent = fakes::run(connector.mail_sink->send(std::move(message)));  // by SMTP
  EXPECT_TRUE(sent.has_value()) << reason(sent);
  EXPECT_EQ(provider.count(granted), 3);
}

TEST_F(OAuthAccount, RenewsBeforeATokenRunsOut) {
  const Provider provider("LIFETIME=3");
  const RealServer imap("dovecot", "", provider.introspection());
  write_secret("refresh", provider.sign_in(user));
  Connector connector = account(provider, imap);
  for (int pass = 1; pass <= 2; ++pass) {
    EXPECT_THAT(fakes::run(connector.probe()), IsEmpty());
    EXPECT_EQ(provider.count(granted), pass);
    std::this_thread::sleep_for(std::chrono::milliseconds(3500));
  }
  const std::string log = fakes::output_of("cat " + imap.path() + "/log");
  EXPECT_THAT(log, Not(HasSubstr("auth failed"))) << log;
}

TEST_F(OAuthAccount, AsksOnceToSignInAgainWhereTheSignInWasRevoked) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  const std::string refresh = provider.sign_in(user);
  write_secret("refresh", refresh);
  provider.revoke(refresh);
  Connector connector = account(provider, imap);
  const std::string calls = "grep -c imap-login " + imap.path() + "/log";
  const std::string before = fakes::output_of(calls);
  for (int pass = 0; pass < 20; ++pass) {
    const auto pulled = pull(connector);
    ASSERT_FALSE(pulled.has_value());
    EXPECT_EQ(pulled.error().fault, Fault::auth);
    EXPECT_THAT(pulled.error().text, HasSubstr("sign in again"));
    EXPECT_THAT(pulled.error().text, Not(HasSubstr(refresh)));
  }
  EXPECT_EQ(provider.count("refused invalid_grant"), 1);
  EXPECT_EQ(fakes::output_of(calls), before) << "nobody calls the mail server in vain";
  EXPECT_THAT(log_.lines, testing::ElementsAre("oauth.sign_in_needed connector=mail"));
  write_secret("refresh", provider.sign_in(user));
  const auto pulled = pull(connector);
  EXPECT_TRUE(pulled.has_value()) << "a new sign-in is used at once: " << reason(pulled);
}

TEST_F(OAuthAccount, KeepsTheRefreshTokenThatReplacedTheConfiguredOne) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  const std::string refresh = provider.sign_in(user);
  write_secret("refresh", refresh);
  for (int start = 1; start <= 3; ++start) {
    Connector connector = account(provider, imap);
    const auto pulled = pull(connector);
    EXPECT_TRUE(pulled.has_value()) << "start " << start << ": " << reason(pulled);
    EXPECT_EQ(provider.count(granted), start);
  }
  const auto names = files_.names("state/secrets");
  ASSERT_THAT(names, SizeIs(2)) << "the secret and its lock";
  for (const std::string& name : names) {
    struct stat found{};
    ASSERT_EQ(::stat((files_.path() / "state/secrets" / name).c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600U) << name;
    EXPECT_THAT(files_.read("state/secrets/" + name), Not(HasSubstr(refresh)));
  }
  // This provider ends a sign-in whose old token comes back, which is what the vault prevents.
  has_vault_ = false;
  Connector forgetful = account(provider, imap);
  EXPECT_EQ(pull(forgetful).error().fault, Fault::auth);
}

TEST_F(OAuthAccount, LeavesAConfiguredTokenAloneThatTheProviderDoesNotReplace) {
  const Provider provider("ROTATE=0");
  const RealServer imap("dovecot", "", provider.introspection());
  write_secret("refresh", provider.sign_in(user));
  for (int start = 0; start < 2; ++start) {
    Connector connector = account(provider, imap);
    EXPECT_TRUE(pull(connector).has_value());
  }
}

}  // namespace
}  // namespace ioud::functional
