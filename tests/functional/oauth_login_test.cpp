// `ioud login`: a person signs in at a real provider with a browser, and the account works from
// then on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/text.hpp"
#include "fakes/provider.hpp"
#include "fakes/sample_config.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::functional {
namespace {

using fakes::output_of;
using fakes::Provider;
using fakes::RealServer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string config = fakes::sample_config(fakes::disk_of_proposals + R"([[connector]]
name = "work mail"
type = "mail"
user = "tom@rep.test"
ca_file = "CA"
imap = { host = "localhost", port = IMAPS }
[connector.oauth]
token_url = "TOKENS"
authorize_url = "SIGN_IN?prompt=consent"
client_id = "ioud"
scope = "openid offline_access mail"
redirect = "http://127.0.0.1/callback"
plain_loopback = true
)");

class OAuthLogin : public testing::Test {
 protected:
  void SetUp() override {
    if (!Provider::is_there()) GTEST_SKIP() << "oidc-provider is not installed";
  }

  void write_config(const Provider& provider, const RealServer& imap) const {
    std::string text = core::replaced(config, "IMAPS", std::to_string(imap.port("imaps")));
    text = core::replaced(text, "TOKENS", provider.token_url());
    text = core::replaced(text, "SIGN_IN", provider.sign_in_url());
    files_.write("ioud.toml", core::replaced(text, "CA\"", imap.ca_file() + "\""));
    std::filesystem::create_directories(files_.path() / "ious");
  }
  /// What the program printed, and "code N" for how it ended.
  std::string command(const std::string& rest) const {
    return "( " + std::string(IOUD_PROGRAM) + " -c " + (files_.path() / "ioud.toml").string() +
           " " + rest + "; echo code $? ) 2>&1";
  }
  /// What the program printed while the person said yes or no, and what the browser showed.
  std::string login(const std::string& answer) const {
    const std::string out = (files_.path() / "printed").string();
    return output_of(command("login") + " >" + out + " & for i in $(seq 200); do grep -q ^http " +
                     out + " && break; sleep 0.05; done; node " + RealServer::place("visit.mjs") +
                     " \"$(grep ^http " + out + ")\" tom@rep.test " + answer + "; wait; cat " +
                     out);
  }

  fakes::TemporaryFolder files_;
};

TEST_F(OAuthLogin, AnAccountWorksOnceSomebodySignedIn) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  write_config(provider, imap);
  const std::string before = output_of(command("check"));
  EXPECT_THAT(before, HasSubstr("nobody has signed in to \"work mail\" yet"));
  EXPECT_THAT(before, HasSubstr("ioud login \"work mail\""));

  const std::string signed_in = login("yes");
  EXPECT_THAT(signed_in, HasSubstr("You are signed in. You may close this tab."));
  EXPECT_THAT(signed_in, HasSubstr("work mail: signed in\ncode 0\n"));
  EXPECT_THAT(signed_in, HasSubstr("code_challenge_method=S256"));
  for (int start = 0; start < 2; ++start)
    EXPECT_THAT(output_of(command("check")), HasSubstr("work mail: ok"));
  EXPECT_THAT(output_of(command("once")), HasSubstr("code 0\n"));

  EXPECT_THAT(login("yes"), HasSubstr("code 0\n")) << "again, over the sign-in that is there";
  EXPECT_THAT(output_of(command("check")), HasSubstr("work mail: ok"));
}

TEST_F(OAuthLogin, ANoKeepsWhatWasThereAndSaysSo) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  write_config(provider, imap);
  const std::string refused = login("no");
  EXPECT_THAT(refused, HasSubstr("You are not signed in"));
  EXPECT_THAT(refused, HasSubstr("the provider did not let you sign in"));
  EXPECT_THAT(refused, HasSubstr("code 78\n"));
  ASSERT_THAT(login("yes"), HasSubstr("code 0\n"));
  ASSERT_THAT(login("no"), HasSubstr("code 78\n"));
  EXPECT_THAT(output_of(command("check")), HasSubstr("work mail: ok"));
}

TEST_F(OAuthLogin, SaysWhichConnectorsThereAreToSignInTo) {
  const Provider provider;
  const RealServer imap("dovecot", "", provider.introspection());
  write_config(provider, imap);
  const std::string unknown = output_of(command("login work"));
  EXPECT_THAT(unknown, HasSubstr("there is no connector \"work\"; found \"work mail\""));
  EXPECT_THAT(unknown, HasSubstr("code 65\n"));
  EXPECT_THAT(output_of(command("login disk")), HasSubstr("\"disk\" needs no sign-in"));
  const std::string text = files_.read("ioud.toml");
  files_.write("ioud.toml", text.substr(0, text.find("[[connector]]\nname = \"work")));
  EXPECT_THAT(output_of(command("login")), HasSubstr("no connector of this config signs in"));
  const auto sign_in = text.find("authorize_url");
  files_.write("ioud.toml", text.substr(0, sign_in) + text.substr(text.find('\n', sign_in) + 1));
  EXPECT_THAT(output_of(command("check --offline")),
              HasSubstr("nobody can sign in: write `authorize_url`"));
}

}  // namespace
}  // namespace ioud::functional
