#include "connectors/mail/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/mail/connector.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::connectors::mail {
namespace {

using fakes::SettingTree;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

using Entries = std::vector<std::pair<std::string, Setting>>;

class MailSettings : public testing::Test {
 protected:
  Setting server(const std::string& host, Entries more = {}) {
    Entries entries = {{"host", tree_.text(host)}};
    entries.insert(entries.end(), more.begin(), more.end());
    return tree_.table(std::move(entries));
  }
  Setting reference() { return tree_.table({{"file", tree_.text("secret")}}); }
  /// A good account, with entries replaced or added.
  Setting account(const Entries& changed) {
    Entries entries = {{"name", tree_.text("mail")},
                       {"type", tree_.text("mail")},
                       {"user", tree_.text("tom@rep.test")},
                       {"password", reference()},
                       {"imap", server("imap.rep.test")}};
    for (const auto& [key, value] : changed) {
      std::erase_if(entries, [&name = key](const auto& one) { return one.first == name; });
      entries.emplace_back(key, value);
    }
    return tree_.table(std::move(entries));
  }
  std::vector<std::string> complaints(const Setting& setting) {
    std::vector<std::string> texts;
    const auto read = read_settings(setting, surroundings_);
    if (read) return texts;
    for (const core::Error& error : read.error()) texts.push_back(error.text);
    return texts;
  }

  SettingTree tree_;
  Surroundings surroundings_;
};

TEST_F(MailSettings, FollowTheUsualPorts) {
  const auto read = read_settings(account({{"smtp", server("smtp.rep.test")}}), surroundings_);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->imap.peer.port, 993);
  EXPECT_EQ(read->smtp->peer.port, 465);
  EXPECT_EQ(read->imap.peer.security, net::Security::tls);
  EXPECT_EQ(read->smtp->user, "tom@rep.test");
  EXPECT_FALSE(read->smtp->copy_to_sent.has_value());
  const auto started =
      read_settings(account({{"imap", server("i", {{"security", tree_.text("starttls")}})},
                             {"smtp", server("s", {{"security", tree_.text("starttls")},
                                                   {"login", tree_.value(false)},
                                                   {"copy_to_sent", tree_.value(false)}})}}),
                    surroundings_);
  ASSERT_TRUE(started.has_value());
  EXPECT_EQ(started->imap.peer.port, 143);
  EXPECT_EQ(started->smtp->peer.port, 587);
  EXPECT_EQ(started->smtp->user, "");
  EXPECT_EQ(started->smtp->copy_to_sent, false);
}

TEST_F(MailSettings, LogInToTheServerThatSendsAsToTheAccountUnlessToldOtherwise) {
  const auto sender = [this](const Entries& more) {
    return read_settings(account({{"smtp", server("s", more)}}), surroundings_)->smtp;
  };
  EXPECT_EQ(sender({})->user, "tom@rep.test");
  EXPECT_EQ(sender({})->secret.text("file"), "secret");
  const Setting own = tree_.table({{"credential", tree_.text("smtp")}});
  const auto other = sender({{"user", tree_.text("tom.smtp")}, {"password", own}});
  EXPECT_EQ(other->user, "tom.smtp");
  EXPECT_EQ(other->secret.text("credential"), "smtp");
  const auto by_token = [this](const Entries& more) {
    Entries entries = {{"name", tree_.text("mail")}, {"type", tree_.text("mail")},
                       {"user", tree_.text("tom")},  {"token", reference()},
                       {"imap", server("i")},        {"smtp", server("s", more)}};
    return read_settings(tree_.table(std::move(entries)), surroundings_)->smtp->is_token;
  };
  EXPECT_TRUE(by_token({}));
  EXPECT_FALSE(by_token({{"password", own}}));
}

TEST_F(MailSettings, TakeFoldersPacesAndPaths) {
  surroundings_.folder = "/etc/ioud";
  surroundings_.home = "/home/tom";
  const auto read =
      read_settings(account({{"ca_file", tree_.text("~/ca.pem")},
                             {"imap", server("i", {{"drafts", tree_.text("Entwürfe")},
                                                   {"skip", tree_.texts({"Lists"})},
                                                   {"first_mails", tree_.value(std::int64_t{10})},
                                                   {"renew_seconds", tree_.value(std::int64_t{60})},
                                                   {"port", tree_.value(std::int64_t{1993})}})}}),
                    surroundings_);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->imap.peer.ca_file, "/home/tom/ca.pem");
  EXPECT_EQ(read->reading.folders.drafts, "Entwürfe");
  EXPECT_THAT(read->reading.folders.skip, Contains("Lists"));
  EXPECT_EQ(read->reading.first_mails, 10U);
  EXPECT_EQ(read->watch.renew, std::chrono::minutes(1));
  EXPECT_EQ(read->imap.peer.port, 1993);
}

TEST_F(MailSettings, NeverSendAPasswordInTheClear) {
  const auto in_the_clear = [&](const std::string& host) {
    return complaints(account({{"imap", server(host, {{"security", tree_.text("none")}})}}));
  };
  EXPECT_THAT(in_the_clear("imap.rep.test"), Contains(HasSubstr("in the clear")));
  EXPECT_THAT(in_the_clear("192.0.2.7"), SizeIs(1));
  for (const char* here : {"localhost", "127.0.0.1", "::1"})
    EXPECT_THAT(in_the_clear(here), SizeIs(0)) << here;
}

TEST_F(MailSettings, SayAllThatIsWrongAtOnce) {
  const auto found = complaints(account({{"name", tree_.text("")},
                                         {"user", tree_.text("")},
                                         {"token", reference()},
                                         {"imap", server("")}}));
  EXPECT_THAT(found, AllOf(SizeIs(4), Contains(HasSubstr("`name` is empty")),
                           Contains(HasSubstr("`user` is empty")),
                           Contains(HasSubstr("more than one of `password`, `token`")),
                           Contains(HasSubstr("`host` is empty"))));
  const Setting bare = tree_.table({{"name", tree_.text("mail")},
                                    {"type", tree_.text("mail")},
                                    {"user", tree_.text("tom")},
                                    {"imap", server("i")}});
  EXPECT_THAT(complaints(bare), Contains(HasSubstr("no `password`, `token` or `oauth`")));
  EXPECT_THAT(complaints(account({{"imap", server("i", {{"security", tree_.text("ssl")}})}})),
              SizeIs(1));
  EXPECT_THAT(complaints(account({{"pasword", reference()}})), SizeIs(1));
}

TEST_F(MailSettings, TakeAnOAuthSignIn) {
  const auto sign_in = [this](const std::string& url, Entries more) {
    more.emplace_back("token_url", tree_.text(url));
    more.emplace_back("refresh_token", reference());
    Entries entries = {{"name", tree_.text("mail")},
                       {"type", tree_.text("mail")},
                       {"user", tree_.text("tom@rep.test")},
                       {"oauth", tree_.table(std::move(more))},
                       {"imap", server("imap.rep.test")}};
    return tree_.table(std::move(entries));
  };
  const auto read =
      read_settings(sign_in("https://login.test/token",
                            {{"client_id", tree_.text("ioud")}, {"scope", tree_.text("mail")}}),
                    surroundings_);
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->login.is_token);
  EXPECT_EQ(read->oauth->client_id, "ioud");
  EXPECT_EQ(read->oauth->scope, "mail");
  EXPECT_EQ(net::format(read->oauth->token_url), "https://login.test/token");
  EXPECT_THAT(complaints(sign_in("http://login.test/token", {{"client_id", tree_.text("")}})),
              AllOf(SizeIs(2), Contains(HasSubstr("`client_id` is empty")),
                    Contains(HasSubstr("`token_url` has no TLS, so anybody"))));
  const Entries here = {{"client_id", tree_.text("ioud")}};
  EXPECT_THAT(complaints(sign_in("http://localhost/token", here)),
              Contains(HasSubstr("plain_loopback")));
  Entries allowed = here;
  allowed.emplace_back("plain_loopback", tree_.value(true));
  EXPECT_THAT(complaints(sign_in("http://localhost/token", allowed)), SizeIs(0));
  EXPECT_THAT(complaints(sign_in("login.test", here)),
              Contains(HasSubstr("write an address such as")));
  EXPECT_THAT(complaints(sign_in("https://login.test/token", {})),
              Contains(HasSubstr("client_id")));
}

TEST_F(MailSettings, MakeAnAccountThatSendsOnlyWhereItIsToldHow) {
  const auto reading = kind().make(account({}), surroundings_);
  ASSERT_TRUE(reading.has_value());
  EXPECT_NE(reading->mail_source, nullptr);
  EXPECT_NE(reading->draft_box, nullptr);
  EXPECT_NE(reading->news, nullptr);
  EXPECT_EQ(reading->mail_sink, nullptr);
  const auto sending = kind().make(account({{"smtp", server("s")}}), surroundings_);
  ASSERT_TRUE(sending.has_value());
  EXPECT_NE(sending->mail_sink, nullptr);
  EXPECT_FALSE(kind().make(account({{"user", tree_.text("")}}), surroundings_).has_value());
}

TEST_F(MailSettings, ProbeNamesThePlaceOfEachServerItCannotReach) {
  const auto nowhere = [&] {
    return server("127.0.0.1",
                  {{"port", tree_.value(std::int64_t{1})}, {"security", tree_.text("none")}});
  };
  const Setting imap = nowhere();
  const Setting smtp = nowhere();
  const auto connector = kind().make(account({{"imap", imap}, {"smtp", smtp}}), surroundings_);
  ASSERT_TRUE(connector.has_value());
  const auto troubles = fakes::run(connector->probe());
  ASSERT_THAT(troubles, SizeIs(2));
  EXPECT_EQ(troubles[0].place, format(imap.place));
  EXPECT_EQ(troubles[1].place, format(smtp.place));
  EXPECT_EQ(troubles[0].fault, core::Fault::transient);
}

}  // namespace
}  // namespace ioud::connectors::mail
