#include "connectors/oauth/grant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/oauth/kept.hpp"
#include "fakes/reason.hpp"

namespace ioud::connectors::oauth {
namespace {

using core::Fault;
using core::Secret;
using fakes::reason;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Settings settings_of_a_public_client() {
  Settings settings;
  settings.place = {"ioud.toml", 7, 9};
  settings.token_url = *net::parse_url("https://login.test/token");
  settings.client_id = "ioud&co";
  return settings;
}

core::Result<Grant> answered(int status, const std::string& body,
                             const net::Headers& headers = {}) {
  net::Response response;
  response.status = status;
  response.headers = headers;
  response.body = body;
  return read_answer(response, settings_of_a_public_client(), core::Instant(seconds(1'000'000)));
}

TEST(OAuthRequest, OfAPublicClientNamesItInTheBody) {
  const net::Request request =
      refresh_request(settings_of_a_public_client(), Secret(), Secret("r+t/1="));
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(format(request.url), "https://login.test/token");
  EXPECT_EQ(request.headers.find("content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(request.body,
            "grant_type=refresh_token&refresh_token=r%2Bt%2F1%3D&client_id=ioud%26co");
  EXPECT_EQ(request.credentials.login, net::Login::none);
  EXPECT_FALSE(request.tls.plain_loopback);
}

TEST(OAuthRequest, OfAClientWithASecretProvesItByHttpBasic) {
  Settings settings = settings_of_a_public_client();
  settings.scope = "mail offline_access";
  const net::Request request = refresh_request(settings, Secret("p:w d"), Secret("rt"));
  EXPECT_EQ(request.body, "grant_type=refresh_token&refresh_token=rt&scope=mail%20offline_access");
  EXPECT_EQ(request.credentials.login, net::Login::basic);
  EXPECT_EQ(request.credentials.user, "ioud%26co");
  EXPECT_EQ(request.credentials.secret.reveal(), "p%3Aw%20d");
}

TEST(OAuthAnswer, GivesAToken) {
  const auto grant = answered(
      200, R"({"access_token":"at","token_type":"bearer","expires_in":3600,"refresh_token":"r2"})");
  ASSERT_TRUE(grant.has_value()) << reason(grant);
  EXPECT_EQ(grant->access.reveal(), "at");
  EXPECT_EQ(grant->lifetime, seconds(3600));
  EXPECT_EQ(grant->refresh.reveal(), "r2");
}

TEST(OAuthAnswer, MayLeaveOutLifetimeAndRefreshToken) {
  const auto lifetime = [](const std::string& json) {
    const auto grant = answered(200, R"({"access_token":"at","token_type":"Bearer")" + json + "}");
    EXPECT_TRUE(grant.has_value()) << json << reason(grant);
    EXPECT_TRUE(grant->refresh.empty());
    return grant->lifetime;
  };
  EXPECT_EQ(lifetime(""), std::nullopt);
  EXPECT_EQ(lifetime(R"(,"expires_in":"3599")"), seconds(3599));
  EXPECT_EQ(lifetime(R"(,"expires_in":59.9)"), seconds(59));
  EXPECT_EQ(lifetime(R"(,"expires_in":1e300)"), seconds(1'000'000'000));
  for (const char* odd : {"0", "-1", "\"soon\"", "null", "[]", "\"\""})
    EXPECT_EQ(lifetime(std::string(",\"expires_in\":") + odd), std::nullopt) << odd;
}

TEST(OAuthAnswer, ThatIsNoneIsAProtocolFault) {
  for (const std::string& body : std::vector<std::string>{
           "", "<html>", "[]", "{}", R"({"access_token":"at"})",
           R"({"access_token":"at","token_type":"mac"})",
           R"({"access_token":"","token_type":"bearer"})",
           R"({"access_token":5,"token_type":"bearer"})",
           R"({"access_token":"a\r\nb","token_type":"bearer"})",
           R"({"access_token":"a\u0001b","token_type":"bearer"})",
           R"({"access_token":"at","token_type":"bearer","refresh_token":"a b"})"}) {
    const auto grant = answered(200, body);
    ASSERT_FALSE(grant.has_value()) << body;
    EXPECT_EQ(grant.error().fault, Fault::protocol) << body;
    EXPECT_EQ(grant.error().place, "ioud.toml:7:9");
  }
}

TEST(OAuthAnswer, SaysWhatToDoAboutARefusal) {
  const auto fault = [](int status, const std::string& error) {
    return answered(status, "{\"error\":\"" + error + "\"}").error().fault;
  };
  EXPECT_EQ(fault(400, "invalid_grant"), Fault::auth);
  EXPECT_EQ(fault(400, "interaction_required"), Fault::auth);
  EXPECT_EQ(fault(401, "invalid_client"), Fault::config);
  EXPECT_EQ(fault(400, "unauthorized_client"), Fault::config);
  EXPECT_EQ(fault(400, "invalid_scope"), Fault::config);
  EXPECT_EQ(fault(503, "temporarily_unavailable"), Fault::transient);
  EXPECT_EQ(fault(500, ""), Fault::transient);
  EXPECT_EQ(answered(404, "").error().fault, Fault::config);
  EXPECT_EQ(answered(302, "").error().fault, Fault::config);
  const auto busy = answered(429, "", {{"Retry-After", "17"}});
  EXPECT_EQ(busy.error().fault, Fault::throttled);
  EXPECT_EQ(busy.error().retry_after, seconds(17));
}

TEST(OAuthAnswer, QuotesTheProviderButNoToken) {
  const std::string token(43, 'x');
  const auto refused =
      answered(400, R"({"error":"invalid_grant","error_description":"AADSTS700082: The token )" +
                        token + R"( has expired due to inactivity."})");
  EXPECT_THAT(refused.error().text,
              AllOf(HasSubstr("AADSTS700082"), HasSubstr("sign in again"), Not(HasSubstr(token))));
}

TEST(OAuthAnswer, TellsTheTerminalNothing) {
  const auto refused =
      answered(400, R"({"error":"invalid_grant","error_description":"no \u001b[2J go"})");
  EXPECT_THAT(refused.error().text, AllOf(HasSubstr("no … go"), Not(HasSubstr("\x1b"))));
}

TEST(OAuthKept, WinsOverTheConfiguredTokenItComesFrom) {
  const Secret configured("first");
  const Kept kept{origin_of(configured), Secret("second")};
  const auto read = read_kept(written(kept));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(latest(configured, origin_of(configured), read).reveal(), "second");
  EXPECT_EQ(latest(Secret("signed in anew"), origin_of(Secret("signed in anew")), read).reveal(),
            "signed in anew");
  EXPECT_EQ(latest(configured, origin_of(configured), std::nullopt).reveal(), "first");
  EXPECT_THAT(written(kept).reveal(), Not(HasSubstr("first")));
  for (const char* odd : {"", "{}", "[1]", "{\"origin\":1,\"refresh_token\":\"x\"}"})
    EXPECT_FALSE(read_kept(Secret(odd)).has_value()) << odd;
}

}  // namespace
}  // namespace ioud::connectors::oauth
