// How a session is opened and who we say we are, on servers that offer little, refuse or cheat.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/imap/session.hpp"
#include "fakes/reason.hpp"
#include "fakes/scripted_imap.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;
using fakes::reason;
using fakes::ScriptedImap;
using Rows = fakes::ScriptedImap::Rows;
using testing::Contains;
using testing::HasSubstr;

core::Result<std::unique_ptr<Session>> open(const Account& account) {
  return fakes::run(Session::open(account));
}

TEST(ImapLogin, IsByWhatTheServerOffers) {
  ScriptedImap server;
  EXPECT_TRUE(open(server.account()).has_value());
  EXPECT_THAT(server.commands(), Contains("AUTHENTICATE PLAIN AHRvbQBzZWNyZXQ="));

  ScriptedImap old(Rows{{"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n$T OK\r\n"}});
  EXPECT_TRUE(open(old.account()).has_value());
  EXPECT_THAT(old.commands(), Contains("LOGIN \"tom\" \"secret\""));

  ScriptedImap asking(
      Rows{{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=LOGIN LOGINDISABLED\r\n$T OK\r\n"},
           {"AUTHENTICATE", "+ VXNlcm5hbWU6\r\n"},
           {"dG9t", "+ UGFzc3dvcmQ6\r\n"},
           {"c2VjcmV0", "A2 OK in\r\n"}});
  EXPECT_TRUE(open(asking.account()).has_value());
}

TEST(ImapLogin, TriesOnceMoreWithAnotherTokenOverTheSameConnection) {
  for (const std::string& second : {std::string("$T OK in\r\n"), std::string("$T NO\r\n")}) {
    ScriptedImap server(
        Rows{{"CAPABILITY", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n$T OK\r\n"},
             {"AUTHENTICATE XOAUTH2 dXNlcj10b20BYXV0aD1CZWFyZXIgb2xkAQE=", "$T NO no\r\n"},
             {"AUTHENTICATE XOAUTH2 dXNlcj10b20BYXV0aD1CZWFyZXIgbmV3AQE=", second}});
    Account account = server.account();
    account.is_token = true;
    std::string token = "old";
    account.find_secret = [&token]() -> Task<core::Secret> { co_return core::Secret(token); };
    account.give_back = [&token](const core::Secret& refused) {
      EXPECT_EQ(refused.reveal(), "old");
      token = "new";
    };
    const auto session = open(account);
    EXPECT_EQ(session.has_value(), second.find("OK") != std::string::npos) << reason(session);
    EXPECT_EQ(server.count("AUTHENTICATE"), 2U);
    EXPECT_EQ(server.calls(), 1);
    if (!session) {
      EXPECT_THAT(session.error().text, HasSubstr("its token is new"));
    }
  }
}

TEST(ImapLogin, AnswersTheErrorOfATokenAndParksTheAccount) {
  for (const auto& [mechanism, answer] :
       {std::pair{"XOAUTH2", "(nothing)"}, std::pair{"OAUTHBEARER", "AQ=="}}) {
    ScriptedImap server(Rows{{"CAPABILITY", std::string("* CAPABILITY IMAP4rev1 SASL-IR AUTH=") +
                                                mechanism + "\r\n$T OK\r\n"},
                             {"AUTHENTICATE", "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"},
                             {answer, "A2 NO [AUTHENTICATIONFAILED] no\r\n"}});
    Account account = server.account();
    account.is_token = true;
    const auto session = open(account);
    ASSERT_FALSE(session.has_value());
    EXPECT_EQ(session.error().fault, Fault::auth);
  }
}

TEST(ImapLogin, SaysWhatIsWrong) {
  struct Case {
    const char* greeting;
    ScriptedImap::Rows rows;
    Fault fault;
  };
  const std::vector<Case> cases = {
      {"* OK hi\r\n", {{"AUTHENTICATE", "$T NO [AUTHENTICATIONFAILED] no\r\n"}}, Fault::auth},
      {"* OK hi\r\n", {{"AUTHENTICATE", "$T NO whatever\r\n"}}, Fault::auth},
      {"* OK hi\r\n", {{"AUTHENTICATE", "$T NO [UNAVAILABLE] later\r\n"}}, Fault::transient},
      {"* OK hi\r\n", {{"AUTHENTICATE", "+ \r\n"}, {"(nothing)", "+ \r\n"}}, Fault::protocol},
      {"* OK hi\r\n", {{"AUTHENTICATE", "hang up"}}, Fault::transient},
      {"* OK hi\r\n", {{"AUTHENTICATE", "A9 OK someone else\r\n"}}, Fault::protocol},
      {"* OK hi\r\n", {{"CAPABILITY", "$T NO\r\n"}}, Fault::rejected},
      {"* OK hi\r\n",
       {{"CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=GSSAPI\r\n$T OK\r\n"}},
       Fault::config},
      {"* BYE too many\r\n", {}, Fault::transient},
      {"220 smtp.test ESMTP\r\n", {}, Fault::protocol},
      {"HTTP/1.1 400 Bad Request\r\n", {}, Fault::protocol},
  };
  for (const Case& one : cases) {
    ScriptedImap server(one.rows);
    server.set_greeting(one.greeting);
    Account account = server.account();
    account.patience.progress = std::chrono::milliseconds(300);
    const auto session = open(account);
    ASSERT_FALSE(session.has_value()) << one.greeting;
    EXPECT_EQ(session.error().fault, one.fault) << reason(session);
    EXPECT_THAT(session.error().text, testing::Not(HasSubstr("secret")));
  }
}

TEST(ImapLogin, DoesNotSpeakOfThePasswordBeforeTls) {
  ScriptedImap plain(Rows{{"STARTTLS", "$T BAD what\r\n"}});
  Account account = plain.account();
  account.peer.security = net::Security::starttls;
  const auto refused = open(account);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::config);
  EXPECT_EQ(plain.count("AUTHENTICATE") + plain.count("LOGIN"), 0U);

  ScriptedImap injecting(Rows{{"STARTTLS", "$T OK\r\n* CAPABILITY IMAP4rev1\r\n"}});
  account = injecting.account();
  account.peer.security = net::Security::starttls;
  const auto injected = open(account);
  ASSERT_FALSE(injected.has_value());
  EXPECT_EQ(injected.error().fault, Fault::protocol);

  ScriptedImap preauthenticated;
  preauthenticated.set_greeting("* PREAUTH welcome\r\n");
  account = preauthenticated.account();
  account.peer.security = net::Security::starttls;
  EXPECT_EQ(open(account).error().fault, Fault::config);
}

}  // namespace
}  // namespace ioud::connectors::imap
