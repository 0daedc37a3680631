// A JMAP account that logs in with OAuth tokens: a real provider gives them, a server of ours looks
// at every request for them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "connectors/jmap/connector.hpp"
#include "fakes/approved.hpp"
#include "fakes/has_news.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/provider.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::functional {
namespace {

using connectors::Connector;
using connectors::Setting;
using core::Fault;
using fakes::Ask;
using fakes::Provider;
using fakes::RealServer;
using fakes::reason;
using fakes::Reply;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr const char* user = "tom@rep.test";
const char* const granted = "granted refresh_token";

net::Task<core::Secret> secret(std::string text) { co_return core::Secret(std::move(text)); }

class JmapOAuth : public testing::Test {
 protected:
  void SetUp() override {
    if (!Provider::is_there()) GTEST_SKIP() << "oidc-provider is not installed";
    provider_.emplace();
    model_.instead = [this](const Ask& ask) { return check(ask); };
  }

  /// Nobody gets in without a token, nor with one that was taken from him.
  std::optional<Reply> check(const Ask& ask) {
    const std::string shown = ask.header("Authorization");
    shown_.insert(shown);
    ++asked_[ask.path.substr(0, ask.path.find_first_of("?", 1))];
    if (refuses_all_ || !shown.starts_with("Bearer ") || refused_.contains(shown))
      return Reply{.status = 401, .headers = {{"WWW-Authenticate", "Bearer"}}};
    return std::nullopt;
  }

  Connector account(const RealServer* smtp = nullptr) {
    const std::string refresh = provider_->sign_in(user);
    std::vector<std::pair<std::string, Setting>> entries = {
        {"name", tree_.text("jmap")},
        {"type", tree_.text("jmap")},
        {"server", tree_.text(model_.url())},
        {"plain_loopback", tree_.value(true)},
        {"user", tree_.text(user)},
        {"oauth", tree_.table({{"token_url", tree_.text(provider_->token_url())},
                               {"client_id", tree_.text("ioud")},
                               {"refresh_token", tree_.table({{"file", tree_.text("refresh")}})},
                               {"plain_loopback", tree_.value(true)}})}};
    if (smtp != nullptr)
      entries.emplace_back("smtp",
                           tree_.table({{"host", tree_.text("localhost")},
                                        {"port", tree_.value(std::int64_t{smtp->port("smtp")})},
                                        {"security", tree_.text("none")}}));
    connectors::Surroundings surroundings;
    surroundings.find_secret = [refresh](const Setting&) { return secret(refresh); };
    return connectors::jmap::kind().make(tree_.table(std::move(entries)), surroundings).value();
  }
  static auto pull(Connector& connector) {
    return fakes::run(connector.mail_source->pull({}, core::Instant(), {}));
  }

  fakes::SettingTree tree_;
  std::optional<Provider> provider_;
  std::set<std::string> shown_;    ///< what stood in "Authorization"
  std::set<std::string> refused_;  ///< of those
  std::map<std::string, int> asked_;
  bool refuses_all_ = false;
  fakes::JmapModel model_;
};

TEST_F(JmapOAuth, ShowsOneTokenWithEveryRequest) {
  model_.put("in", "From: meg@acme.test\r\nMessage-ID: <a@acme.test>\r\n\r\nHello\r\n");
  Connector connector = account();
  const auto page = pull(connector);
  ASSERT_TRUE(page.has_value()) << reason(page);
  EXPECT_THAT(page->seen, SizeIs(1));
  EXPECT_TRUE(fakes::run(connector.draft_box->append(
                             "d@ioud", "From: tom@rep.test\r\nMessage-ID: <d@ioud>\r\n\r\nx\r\n"))
                  .has_value());
  EXPECT_THAT(fakes::run(connector.probe()), IsEmpty());
  EXPECT_THAT(shown_, SizeIs(1));
  EXPECT_THAT(*shown_.begin(), StartsWith("Bearer "));
  EXPECT_EQ(provider_->count(granted), 1);
}

TEST_F(JmapOAuth, RenewsATokenThatTheServerRefusesOnceAndWithinThePass) {
  Connector connector = account();
  ASSERT_TRUE(pull(connector).has_value());
  refused_ = shown_;
  const auto again = pull(connector);
  ASSERT_TRUE(again.has_value()) << reason(again);
  EXPECT_THAT(shown_, SizeIs(2));
  EXPECT_EQ(provider_->count(granted), 2);
  refuses_all_ = true;
  const auto refused = pull(connector);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::auth) << reason(refused);
  EXPECT_EQ(provider_->count(granted), 3) << "a new token is refused as well, and that is that";
}

TEST_F(JmapOAuth, ShowsItToTheStreamOfEventsToo) {
  Connector connector = account();
  ASSERT_TRUE(pull(connector).has_value());
  refused_ = shown_;
  fakes::has_news(*connector.news, std::chrono::milliseconds(1500));
  EXPECT_EQ(asked_["/events"], 2) << "refused with the old token, asked again with a new one";
  EXPECT_EQ(provider_->count(granted), 2);
}

TEST_F(JmapOAuth, SendsMailWithTheSameToken) {
  const RealServer smtp("smtp", "", provider_->introspection());
  Connector connector = account(&smtp);
  ASSERT_TRUE(pull(connector).has_value());
  auto message = connectors::ApprovedMessageMaker::make(
      "a@ioud", "From: tom@rep.test\r\nTo: meg@acme.test\r\nMessage-ID: <a@ioud>\r\n\r\nx\r\n",
      "meg@acme.test");
  const auto sent = fakes::run(connector.mail_sink->send(std::move(message)));
  EXPECT_TRUE(sent.has_value()) << reason(sent);
  EXPECT_EQ(provider_->count(granted), 1);
}

}  // namespace
}  // namespace ioud::functional
