// A sign-in with a browser: the address it visits, what it brings back, and the port it comes back
// to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <thread>

#include "connectors/oauth/attempt.hpp"
#include "connectors/oauth/form.hpp"
#include "connectors/oauth/loopback.hpp"
#include "connectors/oauth/sign_in.hpp"
#include "fakes/http_server.hpp"
#include "fakes/memory_vault.hpp"
#include "fakes/real_server.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::connectors::oauth {
namespace {

using core::Fault;
using core::Secret;
using fakes::reason;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

Settings settings() {
  Settings settings;
  settings.place = {"ioud.toml", 7, 9};
  settings.client_id = "ioud & sons";
  settings.scope = "mail offline_access";
  settings.authorize_url = net::parse_url("https://login.test/authorize?access_type=offline");
  settings.redirect = "http://127.0.0.1/callback";
  return settings;
}

TEST(OAuthAttempt, TellsTheProviderAllThatItNeeds) {
  Attempt attempt = new_attempt(settings(), 4711, std::string(32, '\0'), std::string(32, '\xff'));
  EXPECT_EQ(attempt.redirect, "http://127.0.0.1:4711/callback");
  EXPECT_EQ(attempt.state, std::string(43, 'A'));
  EXPECT_EQ(attempt.verifier.reveal(), std::string(42, '_') + "8");
  // The example of RFC 7636, appendix B.
  attempt.verifier = Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  const std::string address = authorize_address(settings(), attempt);
  const auto query = std::string_view(address).substr(address.find('?') + 1);
  EXPECT_TRUE(address.starts_with("https://login.test/authorize?access_type=offline&"));
  EXPECT_EQ(field_in(query, "client_id"), "ioud & sons");
  EXPECT_EQ(field_in(query, "redirect_uri"), "http://127.0.0.1:4711/callback");
  EXPECT_EQ(field_in(query, "scope"), "mail offline_access");
  EXPECT_EQ(field_in(query, "response_type"), "code");
  EXPECT_EQ(field_in(query, "code_challenge"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  EXPECT_THAT(address, Not(HasSubstr(attempt.verifier.reveal())));
}

TEST(OAuthAttempt, KeepsTheRedirectAddressAsItIsRegistered) {
  Settings plain = settings();
  for (const auto& [registered, sent] : {std::pair("http://localhost", "http://localhost:80"),
                                         std::pair("http://localhost/", "http://localhost:80/"),
                                         std::pair("http://[::1]/a/b", "http://[::1]:80/a/b")}) {
    plain.redirect = registered;
    EXPECT_EQ(new_attempt(plain, 80, "x", "y").redirect, sent);
  }
}

TEST(OAuthAttempt, HearsOnlyWhoKnowsTheState) {
  const Attempt attempt{"http://127.0.0.1:1/callback", "st", Secret("v")};
  const auto heard = [&](const std::string& target) {
    return brought_back(target, attempt, settings());
  };
  for (const char* other : {"", "/", "/favicon.ico", "/callback?code=c", "/callback?code=c&state=s",
                            "/callback?state=&code=c", "/callback?xstate=st&code=c"})
    EXPECT_FALSE(heard(other).has_value()) << other;
  const auto code = heard("/callback?code=a%2Fb+c&state=st&session_state=x");
  ASSERT_TRUE(code && *code);
  EXPECT_EQ((*code)->reveal(), "a/b c");
  const std::string token(60, 'x');
  const auto denied = heard("/callback?error=access_denied&error_description=AADSTS65004%3a+No+" +
                            token + "%1b&state=st");
  ASSERT_TRUE(denied && !*denied);
  EXPECT_EQ(denied->error().fault, Fault::auth);
  EXPECT_THAT(denied->error().text, HasSubstr("AADSTS65004"));
  EXPECT_THAT(denied->error().text, Not(HasSubstr(token)));
  const auto nothing = heard("/?state=st");
  EXPECT_TRUE(nothing && !*nothing) << "neither a code nor a reason";
}

/// Visits the door with a browser of few words while the loop runs; what it was shown.
class Visits {
 public:
  explicit Visits(std::string script)
      : thread_([this, script = std::move(script)] { shown_ = fakes::output_of(script); }) {}
  ~Visits() {
    if (thread_.joinable()) thread_.join();
  }
  const std::string& shown() {
    if (thread_.joinable()) thread_.join();
    return shown_;
  }

 private:
  std::string shown_;
  std::thread thread_;
};

Loopback::Take takes_yes() {
  return [](std::string_view target) -> std::optional<core::Result<Secret>> {
    if (target == "/yes") return Secret("code");
    return std::nullopt;
  };
}

TEST(OAuthLoopback, AnswersWhoeverComesAndGoesOnUntilTheRightOneDoes) {
  const auto door = Loopback::open(fakes::loop().get_executor());
  ASSERT_TRUE(door.has_value()) << reason(door);
  const std::string at = "http://127.0.0.1:" + std::to_string((*door)->port());
  Visits visits("for path in /favicon.ico /no; do curl -s -o /dev/null -w '%{http_code} ' " + at +
                "$path; done; curl -s -X POST " + at +
                "/yes; printf 'rubbish\\r\\n\\r\\n' | "
                "timeout 2 curl -s telnet://" +
                at.substr(7) + "; curl -s " + at + "/yes");
  const auto code = fakes::run((*door)->wait(takes_yes(), seconds(20)));
  ASSERT_TRUE(code.has_value()) << reason(code);
  EXPECT_EQ(code->reveal(), "code");
  EXPECT_TRUE(visits.shown().starts_with("404 404 "));
  EXPECT_THAT(visits.shown(), HasSubstr("You are signed in."));
}

TEST(OAuthLoopback, IsOpenToThisMachineAloneAndNotForEver) {
  int port = 0;
  {
    const auto door = Loopback::open(fakes::loop().get_executor());
    ASSERT_TRUE(door.has_value()) << reason(door);
    port = (*door)->port();
    const std::string listening = fakes::output_of("cat /proc/net/tcp /proc/net/tcp6");
    std::array<char, 16> hex{};
    std::snprintf(hex.data(), hex.size(), ":%04X", static_cast<unsigned>(port));
    EXPECT_THAT(listening, HasSubstr("0100007F" + std::string(hex.data()) + " 00000000:0000 0A"));
    EXPECT_THAT(listening, Not(HasSubstr("00000000" + std::string(hex.data()) + " ")));
    const auto nobody = fakes::run((*door)->wait(takes_yes(), seconds(1)));
    ASSERT_FALSE(nobody.has_value());
    EXPECT_EQ(nobody.error().fault, Fault::transient);
  }
  EXPECT_THAT(fakes::output_of("curl -s http://127.0.0.1:" + std::to_string(port) + "; echo $?"),
              HasSubstr("7"));
}

/// A sign-in at a provider that answers as it is told; the browser comes straight back.
class OAuthSignIn : public testing::Test {
 protected:
  core::Result<bool> sign_in_with(const Settings& wanted) {
    Tokens::Parts parts;
    parts.connector = "mail";
    parts.settings = wanted;
    parts.settings.token_url = *net::parse_url(provider_.url());
    parts.settings.tls.plain_loopback = true;
    parts.vault = vault_;
    parts.http = std::make_shared<net::HttpPool>();
    parts.clock = std::make_shared<net::FrozenClock>(core::Instant(seconds(1'000'000)));
    std::optional<Visits> browser;
    auto done = fakes::run(sign_in(std::move(parts), [&](const std::string& address) {
      const auto query = std::string_view(address).substr(address.find('?') + 1);
      browser.emplace("curl -s '" + field_in(query, "redirect_uri") +
                      "?code=c0&state=" + field_in(query, "state") + "'");
    }));
    return done;
  }
  std::optional<Kept> kept() {
    const auto found = vault_->secrets.find(drawer_name("mail"));
    return found == vault_->secrets.end() ? std::nullopt : read_kept(found->second);
  }

  std::shared_ptr<fakes::MemoryVault> vault_ = std::make_shared<fakes::MemoryVault>();
  std::string answer_ = R"({"access_token":"a","token_type":"Bearer","refresh_token":"r1"})";
  std::string asked_;
  fakes::HttpServer provider_{[this](const fakes::Ask& ask) {
    asked_ = ask.body;
    fakes::Reply reply;
    reply.body = answer_;
    return reply;
  }};
};

TEST_F(OAuthSignIn, RedeemsTheCodeAndKeepsWhatItBrings) {
  const auto done = sign_in_with(settings());
  ASSERT_TRUE(done.has_value()) << reason(done);
  EXPECT_EQ(field_in(asked_, "grant_type"), "authorization_code");
  EXPECT_EQ(field_in(asked_, "code"), "c0");
  EXPECT_EQ(field_in(asked_, "client_id"), "ioud & sons");
  EXPECT_THAT(field_in(asked_, "redirect_uri"), testing::StartsWith("http://127.0.0.1:"));
  EXPECT_EQ(field_in(asked_, "code_verifier").size(), 43U);
  const auto now = kept();
  ASSERT_TRUE(now.has_value());
  EXPECT_EQ(now->origin, signed_in_here);
  EXPECT_EQ(now->refresh.reveal(), "r1");
  EXPECT_EQ(latest(Secret(), signed_in_here, now).reveal(), "r1");
}

TEST_F(OAuthSignIn, SaysWhatIsMissing) {
  answer_ = R"({"access_token":"a","token_type":"Bearer"})";
  const auto brief = sign_in_with(settings());
  ASSERT_FALSE(brief.has_value());
  EXPECT_EQ(brief.error().fault, Fault::protocol);
  EXPECT_THAT(brief.error().text, HasSubstr("offline_access"));
  Settings elsewhere = settings();
  fakes::SettingTree tree;
  elsewhere.refresh_token = tree.text("refresh");
  EXPECT_THAT(sign_in_with(elsewhere).error().text, HasSubstr("remove that line"));
  Settings nowhere = settings();
  nowhere.authorize_url.reset();
  EXPECT_EQ(sign_in_with(nowhere).error().fault, Fault::config);
  EXPECT_FALSE(kept().has_value());
}

TEST_F(OAuthSignIn, WhatCannotBeKeptIsNoSignIn) {
  vault_->is_full = true;
  EXPECT_FALSE(sign_in_with(settings()).has_value());
}

}  // namespace
}  // namespace ioud::connectors::oauth
