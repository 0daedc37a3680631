#include "connectors/jmap/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/jmap/connector.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::connectors::jmap {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Entries = std::vector<std::pair<std::string, Setting>>;

net::Task<core::Secret> secret() { co_return core::Secret("secret"); }

class JmapSettings : public testing::Test {
 protected:
  /// A good account, with entries replaced or added.
  Setting account(const Entries& changed = {}) {
    Entries entries = {{"name", tree_.text("jmap")},
                       {"type", tree_.text("jmap")},
                       {"server", tree_.text("https://api.rep.test/jmap/session")},
                       {"user", tree_.text("tom@rep.test")},
                       {"password", tree_.table({{"file", tree_.text("secret")}})}};
    for (const auto& [key, value] : changed) {
      std::erase_if(entries, [&name = key](const auto& one) { return one.first == name; });
      entries.emplace_back(key, value);
    }
    return tree_.table(std::move(entries));
  }
  std::string address(const std::string& server) {
    const auto read = read_settings(account({{"server", tree_.text(server)}}), surroundings_);
    return read ? net::format(read->account.server) : read.error().front().text;
  }
  std::vector<std::string> complaints(const Setting& setting) {
    std::vector<std::string> texts;
    const auto read = read_settings(setting, surroundings_);
    if (read) return texts;
    for (const core::Error& error : read.error()) {
      EXPECT_THAT(error.place, HasSubstr("ioud.toml:")) << error.text;
      texts.push_back(error.text);
    }
    return texts;
  }

  fakes::SettingTree tree_;
  Surroundings surroundings_;
};

TEST_F(JmapSettings, FindTheSessionByItsAddressOrItsHost) {
  EXPECT_EQ(address("https://api.rep.test/jmap/session"), "https://api.rep.test/jmap/session");
  EXPECT_EQ(address("https://rep.test"), "https://rep.test/.well-known/jmap");
  EXPECT_EQ(address("https://rep.test:8443/"), "https://rep.test:8443/.well-known/jmap");
  EXPECT_EQ(address("Rep.Test"), "https://rep.test/.well-known/jmap");
  EXPECT_THAT(address("ftp://rep.test"), HasSubstr("write an address"));
  EXPECT_THAT(address(""), HasSubstr("write an address"));
}

TEST_F(JmapSettings, LookUpTheServerOfADomainAndOfNothingElse) {
  const auto domain = [this](const std::string& server) {
    return read_settings(account({{"server", tree_.text(server)}}), surroundings_)->account.domain;
  };
  EXPECT_EQ(domain("Rep.Test"), "rep.test");
  EXPECT_EQ(domain("https://rep.test"), "");
  EXPECT_EQ(domain("https://api.rep.test/jmap/session"), "");
}

TEST_F(JmapSettings, TakeAnOAuthSignInInPlaceOfTheSecret) {
  const Setting oauth =
      tree_.table({{"token_url", tree_.text("https://login.rep.test/token")},
                   {"client_id", tree_.text("ioud")},
                   {"refresh_token", tree_.table({{"file", tree_.text("refresh")}})}});
  const auto both = complaints(account({{"oauth", oauth}}));
  EXPECT_THAT(both, Contains(HasSubstr("more than one of")));
  const Setting alone = tree_.table({{"name", tree_.text("jmap")},
                                     {"type", tree_.text("jmap")},
                                     {"server", tree_.text("rep.test")},
                                     {"user", tree_.text("tom@rep.test")},
                                     {"oauth", oauth},
                                     {"smtp", tree_.table({{"host", tree_.text("s")}})}});
  const auto read = read_settings(alone, surroundings_);
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->account.login.is_token);
  ASSERT_TRUE(read->account.oauth.has_value());
  EXPECT_EQ(net::format(read->account.oauth->token_url), "https://login.rep.test/token");
  EXPECT_TRUE(read->smtp->is_token);
}

TEST_F(JmapSettings, WantTlsButOnThisMachineWhereItIsAllowed) {
  EXPECT_THAT(address("http://rep.test/"), HasSubstr("has no TLS"));
  EXPECT_THAT(address("http://127.0.0.1:8080/"), HasSubstr("plain_loopback"));
  const auto plain = [this](const std::string& server) {
    return complaints(
        account({{"server", tree_.text(server)}, {"plain_loopback", tree_.value(true)}}));
  };
  EXPECT_THAT(plain("http://127.0.0.1:8080/"), IsEmpty());
  EXPECT_THAT(plain("http://rep.test/"), SizeIs(1));
}

TEST_F(JmapSettings, TakeFoldersPacesAndTheServerToSendBy) {
  surroundings_.folder = "/etc/ioud";
  const auto smtp =
      tree_.table({{"host", tree_.text("smtp.rep.test")}, {"security", tree_.text("starttls")}});
  const auto read = read_settings(account({{"sent", tree_.text("Gesendet")},
                                           {"drafts", tree_.text("Entwürfe")},
                                           {"skip", tree_.texts({"Lists"})},
                                           {"hosts", tree_.texts({"*.content.test"})},
                                           {"ca_file", tree_.text("ca.pem")},
                                           {"first_mails", tree_.value(std::int64_t{10})},
                                           {"ping_seconds", tree_.value(std::int64_t{30})},
                                           {"poll_seconds", tree_.value(std::int64_t{300})},
                                           {"smtp", smtp}}),
                                  surroundings_);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->reading.folders.sent, "Gesendet");
  EXPECT_EQ(read->reading.folders.drafts, "Entwürfe");
  EXPECT_THAT(read->reading.folders.skip, Contains("Lists"));
  EXPECT_THAT(read->account.hosts, Contains("*.content.test"));
  EXPECT_EQ(read->account.tls.ca_file, "/etc/ioud/ca.pem");
  EXPECT_EQ(read->reading.first_mails, 10U);
  EXPECT_EQ(read->watch.ping, std::chrono::seconds(30));
  EXPECT_EQ(read->watch.poll, std::chrono::seconds(300));
  ASSERT_TRUE(read->smtp.has_value());
  EXPECT_EQ(read->smtp->peer.port, 587);
  EXPECT_EQ(read->smtp->peer.ca_file, "/etc/ioud/ca.pem");
  EXPECT_EQ(read->smtp->user, "tom@rep.test");
}

TEST_F(JmapSettings, SayAllThatIsWrongAtOnce) {
  EXPECT_THAT(complaints(account({{"name", tree_.text("")},
                                  {"user", tree_.text("")},
                                  {"server", tree_.text("nowhere")},
                                  {"token", tree_.table({{"file", tree_.text("t")}})},
                                  {"smtp", tree_.table({{"host", tree_.text("")}})}})),
              AllOf(SizeIs(5), Contains(HasSubstr("`name` is empty")),
                    Contains(HasSubstr("`user` is empty")), Contains(HasSubstr("`server` is")),
                    Contains(HasSubstr("more than one of `password`, `token` and `oauth`")),
                    Contains(HasSubstr("`host` is empty"))));
  EXPECT_THAT(complaints(account({{"sever", tree_.text("x")}})), SizeIs(1));
  EXPECT_THAT(complaints(account({{"ping_seconds", tree_.value(std::int64_t{1})}})), SizeIs(1));
}

TEST_F(JmapSettings, MakeAnAccountThatSendsOnlyWhereItIsToldHow) {
  const auto reading = kind().make(account(), surroundings_);
  ASSERT_TRUE(reading.has_value());
  EXPECT_NE(reading->mail_source, nullptr);
  EXPECT_NE(reading->draft_box, nullptr);
  EXPECT_NE(reading->news, nullptr);
  EXPECT_EQ(reading->mail_sink, nullptr);
  const auto smtp = tree_.table({{"host", tree_.text("s")}});
  EXPECT_NE(kind().make(account({{"smtp", smtp}}), surroundings_)->mail_sink, nullptr);
}

TEST_F(JmapSettings, ProbeSaysAtItsPlaceWhatIsMissingOnTheServer) {
  surroundings_.find_secret = [](const Setting&) { return secret(); };
  fakes::JmapModel model;
  const Setting server = tree_.text(model.url());
  const Entries here = {{"server", server}, {"plain_loopback", tree_.value(true)}};
  const auto good = kind().make(account(here), surroundings_);
  ASSERT_TRUE(good.has_value());
  EXPECT_THAT(fakes::run(good->probe()), IsEmpty());
  model.set_role("dr", "trash");
  const auto troubles = fakes::run(good->probe());
  ASSERT_THAT(troubles, SizeIs(1));
  EXPECT_EQ(troubles[0].place, format(server.place));
  EXPECT_THAT(troubles[0].text, HasSubstr("`drafts`"));

  const Setting nowhere = tree_.text("http://127.0.0.1:1/");
  const Setting smtp = tree_.table({{"host", tree_.text("127.0.0.1")},
                                    {"port", tree_.value(std::int64_t{1})},
                                    {"security", tree_.text("none")}});
  const auto away = kind().make(
      account({{"server", nowhere}, {"plain_loopback", tree_.value(true)}, {"smtp", smtp}}),
      surroundings_);
  const auto both = fakes::run(away->probe());
  ASSERT_THAT(both, SizeIs(2));
  EXPECT_EQ(both[0].place, format(nowhere.place));
  EXPECT_EQ(both[1].place, format(smtp.place));
  EXPECT_EQ(both[0].fault, core::Fault::transient);
}

}  // namespace
}  // namespace ioud::connectors::jmap
