#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/folder_names.hpp"
#include "connectors/login_pace.hpp"
#include "connectors/sasl.hpp"
#include "connectors/smtp/protocol.hpp"

namespace ioud::connectors {
namespace {

using core::Fault;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

TEST(Sasl, TakesTheBestThatIsOffered) {
  EXPECT_EQ(choose({"login", "plain", "XOAUTH2"}, false), Mechanism::plain);
  EXPECT_EQ(choose({"LOGIN"}, false), Mechanism::login);
  EXPECT_EQ(choose({"XOAUTH2", "OAUTHBEARER"}, true), Mechanism::oauthbearer);
  EXPECT_EQ(choose({"XOAUTH2", "PLAIN"}, true), Mechanism::xoauth2);
  EXPECT_FALSE(choose({"PLAIN"}, true).has_value());
  EXPECT_FALSE(choose({"GSSAPI"}, false).has_value());
}

TEST(Sasl, WordsTheResponses) {
  const Credentials credentials{"t=m,x", core::Secret("pw"), false};
  const auto words = [&](Mechanism mechanism) {
    std::vector<std::string> all;
    for (const core::Secret& one : responses(mechanism, credentials, "h", 993))
      all.push_back(one.reveal());
    return all;
  };
  EXPECT_THAT(words(Mechanism::plain), ElementsAre(std::string("\0t=m,x\0pw", 9)));
  EXPECT_THAT(words(Mechanism::login), ElementsAre("t=m,x", "pw"));
  EXPECT_THAT(words(Mechanism::xoauth2), ElementsAre("user=t=m,x\x01"
                                                     "auth=Bearer pw\x01\x01"));
  EXPECT_THAT(words(Mechanism::oauthbearer), ElementsAre("n,a=t=3Dm=2Cx,\x01host=h\x01port=993\x01"
                                                         "auth=Bearer pw\x01\x01"));
}

TEST(LoginPace, KnocksAtMostTenTimesInTenMinutesAndFortyInAnHour) {
  LoginPace pace;
  std::vector<core::Instant> logins;
  for (core::Instant now{seconds(1'000'000)}; now < core::Instant(seconds(1'007'200));
       now += seconds(1)) {
    while (!pace.begin(now)) logins.push_back(now);
  }
  for (std::size_t i = 0; i < logins.size(); ++i) {
    const auto within = [&](seconds span) {
      return std::count_if(logins.begin() + static_cast<std::ptrdiff_t>(i), logins.end(),
                           [&](core::Instant at) { return at < logins[i] + span; });
    };
    EXPECT_LE(within(minutes(10)), 10);
    EXPECT_LE(within(minutes(60)), 40);
  }
  EXPECT_GT(logins.size(), 20U);
}

TEST(LoginPace, SaysWhenToComeBack) {
  LoginPace pace;
  const core::Instant now{seconds(1'000'000)};
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(pace.begin(now).has_value());
  const auto next = pace.begin(now);
  ASSERT_TRUE(next.has_value());
  EXPECT_GT(*next, now);
  EXPECT_LE(*next, now + minutes(5));
  EXPECT_FALSE(pace.begin(*next).has_value());
}

TEST(LoginPace, LimitsNothingWhereAllGoesWell) {
  LoginPace pace;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_FALSE(pace.begin(core::Instant(seconds(1'000'000))).has_value()) << i;
    pace.went_well();
  }
}

TEST(FolderNames, AreKnownInAnyCase) {
  EXPECT_TRUE(is_skipped_folder_name(" Junk E-mail "));
  EXPECT_TRUE(is_sent_folder_name("SENT ITEMS"));
  EXPECT_TRUE(is_drafts_folder_name("Drafts"));
  EXPECT_FALSE(is_skipped_folder_name("Binder"));
}

}  // namespace

namespace smtp {
namespace {

Reply reply_of(const std::string& bytes) {
  ReplyReader reader;
  reader.feed(bytes);
  const auto reply = reader.next();
  EXPECT_TRUE(reply.has_value() && reply->has_value());
  return reply && *reply ? **reply : Reply{};
}

TEST(SmtpReply, IsReadWhereverItIsCut) {
  const std::string bytes = "250-mail.test\r\n250-SIZE 1000\r\n250 8BITMIME\r\n354 go\r\n";
  for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
    ReplyReader reader;
    std::vector<Reply> replies;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
      reader.feed(bytes.substr(at, chunk));
      for (;;) {
        auto reply = reader.next();
        ASSERT_TRUE(reply.has_value());
        if (!*reply) break;
        replies.push_back(**reply);
      }
    }
    ASSERT_EQ(replies.size(), 2U);
    EXPECT_THAT(replies[0].lines, ElementsAre("mail.test", "SIZE 1000", "8BITMIME"));
    EXPECT_EQ(replies[1].code, 354);
    EXPECT_TRUE(reader.is_empty());
  }
}

TEST(SmtpReply, RefusesWhatIsNone) {
  for (const std::string& bytes :
       {std::string("* OK IMAP4rev1\r\n"), std::string("25\r\n"), std::string("999 x\r\n"),
        std::string("250-a\r\n251 b\r\n"), std::string("\r\n"), std::string(5000, '2'),
        std::string("220+x\r\n"), "220 " + std::string(5000, 'x') + "\r\n"}) {
    ReplyReader reader;
    reader.feed(bytes);
    const auto reply = reader.next();
    ASSERT_FALSE(reply.has_value()) << bytes.substr(0, 20);
    EXPECT_EQ(reply.error().fault, Fault::protocol);
  }
  ReplyReader endless;
  for (int i = 0; i < 300; ++i) endless.feed("250-x\r\n");
  EXPECT_FALSE(endless.next().has_value());
}

TEST(SmtpAbilities, AreReadInAnyCase) {
  const Abilities abilities = abilities_of(
      reply_of("250-me\r\n250-size 2000\r\n250-StartTLS\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
               "250-AUTH PLAIN  XOAUTH2\r\n250 AUTH=LOGIN\r\n"));
  EXPECT_TRUE(abilities.starttls && abilities.eight_bit && abilities.utf8_addresses);
  EXPECT_EQ(abilities.size, 2000U);
  EXPECT_THAT(abilities.mechanisms, ElementsAre("PLAIN", "XOAUTH2", "LOGIN"));
}

TEST(SmtpCheck, RefusesBeforeAnythingIsSaid) {
  const Envelope good{"tom@rep.test", {"meg@acme.test"}};
  Abilities abilities;
  EXPECT_TRUE(check(good, "mail", abilities).has_value());
  EXPECT_FALSE(check({"tom@rep.test", {}}, "mail", abilities).has_value());
  EXPECT_FALSE(check({"", {"meg@acme.test"}}, "mail", abilities).has_value());
  EXPECT_FALSE(check({"tom@rep.test", {"x>\r\nDATA"}}, "mail", abilities).has_value());
  const Envelope unicode{"tom@rep.test", {"még@acme.test"}};
  EXPECT_FALSE(check(unicode, "mail", abilities).has_value());
  EXPECT_FALSE(check(good, "é", abilities).has_value());
  abilities.size = 3;
  EXPECT_FALSE(check(good, "mail", abilities).has_value());
  abilities.size = 0;
  abilities.eight_bit = abilities.utf8_addresses = true;
  EXPECT_TRUE(check(good, "é", abilities).has_value());
  EXPECT_TRUE(check(unicode, "mail", abilities).has_value());
  EXPECT_EQ(mail_from(unicode, "é", abilities),
            "MAIL FROM:<tom@rep.test> SIZE=2 BODY=8BITMIME SMTPUTF8");
  EXPECT_EQ(mail_from(good, "mail", Abilities{}), "MAIL FROM:<tom@rep.test>");
}

TEST(SmtpWire, TakesNoLineThatServersWouldCut) {
  const Envelope good{"tom@rep.test", {"meg@acme.test"}};
  const std::string longest(998, 'x');
  EXPECT_TRUE(check(good, longest + "\r\n" + longest + "\n" + longest, Abilities{}).has_value());
  const auto refused = check(good, "x\r\n" + longest + "x\r\n", Abilities{});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::rejected);
}

TEST(SmtpWire, StuffsDotsAndEndsLines) {
  EXPECT_EQ(dot_stuffed(".\r\n..a\r\nb.\n.c"), "..\r\n...a\r\nb.\r\n..c\r\n");
  EXPECT_EQ(dot_stuffed("a\r.\r\n"), "a\r\n..\r\n");
  EXPECT_EQ(dot_stuffed(""), "");
}

TEST(SmtpRefusal, IsAPolicy) {
  const auto fault = [](int code) { return refusal({code, {"x"}}, "h", "no").fault; };
  EXPECT_EQ(fault(421), Fault::transient);
  EXPECT_EQ(fault(451), Fault::transient);
  EXPECT_EQ(fault(535), Fault::auth);
  EXPECT_EQ(fault(550), Fault::rejected);
}

}  // namespace
}  // namespace smtp
}  // namespace ioud::connectors
