#include "connectors/oauth/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>

#include "core/text.hpp"
#include "fakes/http_server.hpp"
#include "fakes/kept_log.hpp"
#include "fakes/memory_vault.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"
#include "fakes/stop_at.hpp"
#include "net/race.hpp"

namespace ioud::connectors::oauth {
namespace {

namespace asio = boost::asio;
using core::Fault;
using core::Secret;
using fakes::Ask;
using fakes::HttpServer;
using fakes::reason;
using fakes::Reply;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

net::Task<bool> pass(milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::use_awaitable);
  co_return false;
}

net::Task<bool> use(std::shared_ptr<Tokens> tokens) {
  auto token = co_await tokens->token();
  if (!token) co_return tl::unexpected(token.error());
  co_return true;
}

/// A provider that gives the tokens a1, a2, … and, where it rotates, refresh tokens r1, r2, …
class OAuthTokens : public testing::Test {
 protected:
  Reply answer(const Ask& ask) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(ask.body);
    const std::string number = std::to_string(asked_.size());
    if (refusal_) return *refusal_;
    Reply reply;
    reply.body = "{\"access_token\":\"a" + number +
                 "\",\"token_type\":\"Bearer\",\"expires_in\":600" +
                 (rotates_ ? ",\"refresh_token\":\"r" + number + "\"}" : "}");
    reply.delay = delay_;
    return reply;
  }

  /// As after a start of the program.
  std::shared_ptr<Tokens> tokens() {
    Tokens::Parts parts;
    parts.connector = "mail";
    parts.settings.place = {"ioud.toml", 7, 9};
    parts.settings.token_url = *net::parse_url(server_.url());
    parts.settings.tls.plain_loopback = true;
    parts.settings.client_id = "ioud";
    parts.settings.refresh_token = tree_.text("refresh");
    parts.find_secret = [this](Setting) { return configured(); };
    parts.vault = vault_;
    parts.http = std::make_shared<net::HttpPool>();
    parts.clock = clock_;
    parts.log = &log_;
    parts.steps = steps_;
    return std::make_shared<Tokens>(std::move(parts));
  }
  net::Task<Secret> configured() const { co_return Secret(configured_); }

  static std::string got(Tokens& tokens) {
    const auto token = fakes::run(tokens.token());
    return token ? token->reveal() : core::name(token.error().fault) + (": " + token.error().text);
  }
  std::vector<std::string> asked_with() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> refresh;
    for (const std::string& body : asked_)
      refresh.push_back(core::split(core::split(body, '&')[1], '=')[1]);
    return refresh;
  }
  void later(seconds time) { clock_->move_to(clock_->now() + time); }

  fakes::SettingTree tree_;
  fakes::KeptLog log_;
  core::Steps* steps_ = nullptr;
  std::shared_ptr<net::FrozenClock> clock_ =
      std::make_shared<net::FrozenClock>(core::Instant(seconds(1'000'000)));
  std::shared_ptr<fakes::MemoryVault> vault_ = std::make_shared<fakes::MemoryVault>();
  std::string configured_ = "r0";
  std::mutex mutex_;
  std::vector<std::string> asked_;
  bool rotates_ = true;
  std::atomic<milliseconds> delay_{milliseconds(0)};
  std::optional<Reply> refusal_;
  HttpServer server_{[this](const Ask& ask) { return answer(ask); }};
};

TEST_F(OAuthTokens, AreUsedUntilShortlyBeforeTheyRunOut) {
  const auto tokens = this->tokens();
  EXPECT_EQ(got(*tokens), "a1");
  later(seconds(539));
  EXPECT_EQ(got(*tokens), "a1");
  later(seconds(1));
  EXPECT_EQ(got(*tokens), "a2");
  EXPECT_THAT(asked_with(), ElementsAre("r0", "r1"));
}

TEST_F(OAuthTokens, AreAskedForOnceForAllWhoWait) {
  const auto tokens = this->tokens();
  delay_ = milliseconds(100);
  int served = 0;
  for (int i = 0; i < 20; ++i)
    asio::co_spawn(fakes::loop(), use(tokens),
                   [&](const std::exception_ptr&, const core::Result<bool>& done) {
                     if (done) ++served;
                   });
  EXPECT_EQ(got(*tokens), "a1");
  fakes::run(pass(milliseconds(10)));
  EXPECT_EQ(served, 20);
  EXPECT_THAT(asked_with(), ElementsAre("r0"));
}

TEST_F(OAuthTokens, AreRenewedWhereAServerRefusesThem) {
  const auto tokens = this->tokens();
  const auto first = fakes::run(tokens->token());
  tokens->give_back(*first);
  EXPECT_EQ(got(*tokens), "a2");
  tokens->give_back(*first);  // by another connection, late
  EXPECT_EQ(got(*tokens), "a2");
}

TEST_F(OAuthTokens, KeepALaterRefreshTokenOverARestart) {
  EXPECT_EQ(got(*tokens()), "a1");
  EXPECT_EQ(got(*tokens()), "a2");
  rotates_ = false;
  EXPECT_EQ(got(*tokens()), "a3");
  EXPECT_EQ(got(*tokens()), "a4");
  configured_ = "s0";
  EXPECT_EQ(got(*tokens()), "a5");
  EXPECT_THAT(asked_with(), ElementsAre("r0", "r1", "r2", "r2", "s0"));
}

TEST_F(OAuthTokens, FollowARefreshTokenThatAnotherProcessKept) {
  const auto one = tokens();
  const auto other = tokens();
  EXPECT_EQ(got(*one), "a1");
  EXPECT_EQ(got(*other), "a2");
  later(minutes(10));
  EXPECT_EQ(got(*one), "a3");
  EXPECT_THAT(asked_with(), ElementsAre("r0", "r1", "r2"));
}

TEST_F(OAuthTokens, RememberALaterRefreshTokenWithoutAVault) {
  vault_ = nullptr;
  const auto tokens = this->tokens();
  EXPECT_EQ(got(*tokens), "a1");
  later(minutes(10));
  EXPECT_EQ(got(*tokens), "a2");
  EXPECT_THAT(asked_with(), ElementsAre("r0", "r1"));
}

TEST_F(OAuthTokens, AreNotUsedBeforeTheLaterRefreshTokenIsKept) {
  const auto tokens = this->tokens();
  vault_->is_full = true;
  for (int i = 0; i < 2; ++i) EXPECT_THAT(got(*tokens), HasSubstr("transient"));
  EXPECT_THAT(log_.lines, testing::Contains("oauth.token_not_kept connector=mail"));
  vault_->is_full = false;
  EXPECT_EQ(got(*tokens), "a1");
  EXPECT_THAT(asked_with(), ElementsAre("r0"));
}

TEST_F(OAuthTokens, SurviveAStopAfterTheLaterRefreshTokenWasKept) {
  fakes::StopAt stop(1);
  steps_ = &stop;
  EXPECT_THROW(got(*tokens()), fakes::Stopped);
  EXPECT_THAT(stop.steps, ElementsAre("oauth.keep.before", "oauth.keep.after"));
  steps_ = nullptr;
  EXPECT_EQ(got(*tokens()), "a2");
  EXPECT_THAT(asked_with(), ElementsAre("r0", "r1"));
}

TEST_F(OAuthTokens, TellOnceThatAPersonMustSignInAgain) {
  refusal_ = Reply{400, {}, R"({"error":"invalid_grant"})"};
  const auto tokens = this->tokens();
  for (int i = 0; i < 50; ++i) {
    EXPECT_THAT(got(*tokens), testing::StartsWith("auth: the sign-in is no longer good"));
    later(minutes(30));
  }
  EXPECT_THAT(asked_with(), ElementsAre("r0"));
  EXPECT_THAT(log_.lines, ElementsAre("oauth.sign_in_needed connector=mail"));
  refusal_.reset();
  configured_ = "s0";
  EXPECT_EQ(got(*tokens), "a2");
}

TEST_F(OAuthTokens, AreNotAskedForTooOften) {
  refusal_ = Reply{500, {}, "out of order"};
  const auto tokens = this->tokens();
  for (int i = 0; i < 600; ++i) {
    got(*tokens);
    later(seconds(1));
  }
  EXPECT_THAT(asked_with(), SizeIs(testing::Le(10)));
  got(*tokens);
  const auto refused = fakes::run(tokens->token());
  EXPECT_EQ(refused.error().fault, Fault::throttled);
  EXPECT_GT(refused.error().retry_after, seconds(0));
}

/// Each is a request more, so a server that refuses all of them cannot make us hammer the provider.
TEST_F(OAuthTokens, AreNotRenewedWithoutEndWhereAServerRefusesThemAll) {
  const auto tokens = this->tokens();
  for (int i = 0; i < 50; ++i) {
    const auto token = fakes::run(tokens->token());
    if (token) tokens->give_back(*token);
  }
  EXPECT_THAT(asked_with(), SizeIs(testing::Le(10)));
}

TEST_F(OAuthTokens, HeedTheWaitThatTheProviderAsksFor) {
  refusal_ = Reply{429, {{"Retry-After", "100"}}, ""};
  const auto tokens = this->tokens();
  got(*tokens);
  refusal_.reset();
  later(seconds(99));
  EXPECT_THAT(got(*tokens), HasSubstr("throttled"));
  later(seconds(1));
  EXPECT_EQ(got(*tokens), "a2");
}

TEST_F(OAuthTokens, LoseNoAnswerWhereTheOneWhoAskedIsCancelled) {
  const auto tokens = this->tokens();
  delay_ = milliseconds(200);
  EXPECT_FALSE(*fakes::run(net::first_of(use(tokens), pass(milliseconds(50)))));
  EXPECT_EQ(got(*tokens), "a1");
  EXPECT_THAT(asked_with(), ElementsAre("r0"));
}

TEST_F(OAuthTokens, LetARequestGoThatNobodyWaitsFor) {
  const auto tokens = this->tokens();
  delay_ = milliseconds(2500);
  EXPECT_FALSE(*fakes::run(net::first_of(use(tokens), pass(milliseconds(50)))));
  fakes::run(pass(milliseconds(1000)));
  EXPECT_EQ(tokens.use_count(), 1) << "the request still holds the tokens";
}

}  // namespace
}  // namespace ioud::connectors::oauth
