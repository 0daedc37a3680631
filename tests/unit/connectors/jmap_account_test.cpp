// The way of every request: the session, redirects, faults, the pace of logins, and what must never
// be told to anybody.

#include "connectors/jmap/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/jmap/requests.hpp"
#include "fakes/jmap_account.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;
using fakes::Ask;
using fakes::JmapModel;
using fakes::reason;
using fakes::Reply;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

class JmapAccount : public testing::Test {
 protected:
  core::Result<Answers> ask() { return fakes::run(account_->ask(ask_mailboxes("A1"))); }
  /// Answers each request so from now on.
  void answer(const Reply& reply, const std::string& path = "/") {
    model_.instead = [reply, path](const Ask& ask) -> std::optional<Reply> {
      return ask.path.starts_with(path) ? std::optional(reply) : std::nullopt;
    };
  }
  void begin_anew() { account_ = fakes::jmap_account(model_.url(), &clock_); }

  JmapModel model_;
  net::FrozenClock clock_{core::parse_rfc3339("2026-03-10T00:00:00Z").value()};
  SharedAccount account_ = fakes::jmap_account(model_.url(), &clock_);
};

TEST_F(JmapAccount, ReadsTheSessionOnceAndAgainWhenItChanges) {
  ASSERT_TRUE(ask().has_value());
  ASSERT_TRUE(ask().has_value());
  EXPECT_EQ(model_.count("GET session"), 1U);
  model_.session_state = "s2";
  ASSERT_TRUE(ask().has_value());
  ASSERT_TRUE(ask().has_value());
  ASSERT_TRUE(ask().has_value());
  EXPECT_EQ(model_.count("GET session"), 2U);
}

TEST_F(JmapAccount, DoesNotReadTheSessionForEverWhereItsStatesNeverAgree) {
  const std::string told = R"({"sessionState": "other", "methodResponses": []})";
  answer({.status = 200, .body = told}, "/api");
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(ask().has_value());
  EXPECT_EQ(model_.count("GET session"), 2U);
}

TEST_F(JmapAccount, FollowsRedirectsOnItsHostAndNoOthers) {
  model_.instead = [](const Ask& ask) -> std::optional<Reply> {
    if (ask.path != "/.well-known/jmap") return std::nullopt;
    return Reply{.status = 301, .headers = {{"Location", "/jmap/session"}}};
  };
  const auto lost = ask();
  ASSERT_FALSE(lost.has_value());
  EXPECT_EQ(lost.error().fault, Fault::not_found) << "the model has nothing at /jmap/session";
  begin_anew();
  answer({.status = 302, .headers = {{"Location", "http://127.0.0.2:1/session"}}});
  const auto elsewhere = ask();
  ASSERT_FALSE(elsewhere.has_value());
  EXPECT_EQ(elsewhere.error().fault, Fault::config);
  EXPECT_THAT(elsewhere.error().text, HasSubstr("`hosts`"));
  begin_anew();
  answer({.status = 302, .headers = {{"Location", "/.well-known/jmap"}}});
  EXPECT_EQ(ask().error().fault, Fault::protocol);
}

TEST_F(JmapAccount, DoesNotTakeItsLoginToAHostThatTheSessionNames) {
  answer({.status = 200,
          .body = R"({"apiUrl": "http://127.0.0.2:1/api", "downloadUrl": "/d", "uploadUrl": "/u",
            "primaryAccounts": {"urn:ietf:params:jmap:mail": "A1"}, "accounts": {},
            "capabilities": {"urn:ietf:params:jmap:core": {}, "urn:ietf:params:jmap:mail": {}}})"});
  const auto asked = ask();
  ASSERT_FALSE(asked.has_value());
  EXPECT_EQ(asked.error().fault, Fault::config);
}

TEST_F(JmapAccount, TurnsAnswersIntoFaults) {
  const auto fault = [this](const Reply& reply, const std::string& path) {
    begin_anew();
    answer(reply, path);
    const auto asked = ask();
    return asked ? std::optional<Fault>() : asked.error().fault;
  };
  for (const char* path : {"/.well-known", "/api"}) {
    SCOPED_TRACE(path);
    EXPECT_EQ(fault({.status = 401}, path), Fault::auth);
    EXPECT_EQ(fault({.status = 403}, path), Fault::auth);
    EXPECT_EQ(fault({.status = 429, .headers = {{"Retry-After", "70"}}}, path), Fault::throttled);
    EXPECT_EQ(fault({.status = 503, .headers = {{"Retry-After", "70"}}}, path), Fault::throttled);
    EXPECT_EQ(fault({.status = 500}, path), Fault::transient);
    EXPECT_EQ(fault({.status = 503}, path), Fault::transient);
    EXPECT_EQ(fault({.status = 200, .body = "<html>Log in, please</html>"}, path), Fault::protocol);
    EXPECT_EQ(fault({.status = 204}, path), Fault::protocol);
    EXPECT_EQ(fault({.status = 200, .body = std::string(900'000, '[')}, path), Fault::protocol);
    EXPECT_EQ(fault({.status = 200, .body = std::string(100'000, 'x'), .never_ends = true}, path),
              Fault::protocol);
    EXPECT_EQ(fault({.status = 200, .body = R"({"a": "b"})", .cut_after = 5}, path),
              Fault::transient);
    EXPECT_EQ(fault({.is_dropped = true}, path), Fault::transient);
  }
  EXPECT_EQ(
      fault({.status = 400, .body = R"({"type": "urn:ietf:params:jmap:error:limit"})"}, "/api"),
      Fault::throttled);
}

TEST_F(JmapAccount, WaitsAsLongAsItWasAskedTo) {
  answer({.status = 429, .headers = {{"Retry-After", "70"}}});
  EXPECT_EQ(ask().error().retry_after, seconds(70));
  model_.instead = nullptr;
  const std::size_t before = model_.requests();
  clock_.move_to(clock_.now() + seconds(69));
  EXPECT_EQ(ask().error().fault, Fault::throttled);
  EXPECT_EQ(model_.requests(), before) << "nobody was asked";
  clock_.move_to(clock_.now() + seconds(1));
  EXPECT_TRUE(ask().has_value());
}

TEST_F(JmapAccount, AsksAServerInTroubleTenTimesInTenMinutesAtMost) {
  for (const Reply& trouble :
       {Reply{.status = 500}, Reply{.is_dropped = true}, Reply{.status = 401}}) {
    clock_.move_to(clock_.now() + minutes(120));
    begin_anew();
    model_.instead = nullptr;
    // On a line that was in use libcurl repeats what was dropped, once and unseen.
    if (!trouble.is_dropped) {
      ASSERT_TRUE(ask().has_value());
    }
    answer(trouble);
    const std::size_t before = model_.requests();
    for (int second = 0; second < 600; ++second) {
      ASSERT_FALSE(ask().has_value());
      clock_.move_to(clock_.now() + seconds(1));
    }
    const std::size_t asked = model_.requests() - before;
    EXPECT_LE(asked, 10U);
    EXPECT_GE(asked, 5U);
  }
}

TEST_F(JmapAccount, AsksOnceMoreWithANewSecretWhereAKeptOneIsRefused) {
  ASSERT_TRUE(ask().has_value());
  int refused = 0;
  model_.instead = [&refused](const Ask&) -> std::optional<Reply> {
    if (refused++ > 0) return std::nullopt;
    return Reply{.status = 401};
  };
  EXPECT_TRUE(ask().has_value());
  answer({.status = 401});
  const std::size_t before = model_.requests();
  EXPECT_EQ(ask().error().fault, Fault::auth);
  EXPECT_EQ(model_.requests(), before + 2);
}

TEST_F(JmapAccount, TellsNoSecretAndNobodysWordsInErrors) {
  for (const char* path : {"/.well-known", "/api"})
    for (const int status : {200, 400, 401, 403, 404, 500}) {
      begin_anew();
      answer({.status = status, .body = "Dear Meg, the secret plan"}, path);
      const auto asked = ask();
      ASSERT_FALSE(asked.has_value());
      const std::string told = reason(asked);
      EXPECT_THAT(told, Not(HasSubstr("secret")));
      EXPECT_THAT(told, Not(HasSubstr("Meg")));
    }
}

TEST_F(JmapAccount, LeavesAMailThatIsTooLargeForTheServer) {
  answer({.status = 200, .body = R"({"apiUrl": "/api", "downloadUrl": "/d", "uploadUrl": "/u",
            "primaryAccounts": {"urn:ietf:params:jmap:mail": "A1"}, "accounts": {},
            "capabilities": {"urn:ietf:params:jmap:core": {"maxSizeUpload": 10},
                             "urn:ietf:params:jmap:mail": {}}})"},
         "/.well-known");
  const auto left = fakes::run(account_->upload("more than ten bytes"));
  ASSERT_FALSE(left.has_value());
  EXPECT_EQ(left.error().fault, Fault::rejected);
  EXPECT_EQ(model_.count("POST blob"), 0U);
}

}  // namespace
}  // namespace ioud::connectors::jmap
