#include "connectors/caldav/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/caldav/connector.hpp"
#include "connectors/carddav/connector.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::connectors::caldav {
namespace {

using core::Fault;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class CaldavSettings : public testing::Test {
 protected:
  CaldavSettings() {
    surroundings_.folder = "/etc/ioud";
    surroundings_.home = "/home/tom";
    entries_ = {{"name", tree_.text("cloud")},
                {"type", tree_.text("caldav")},
                {"server", tree_.text("https://dav.example.com/")},
                {"user", tree_.text("tom")},
                {"password", tree_.table({{"credential", tree_.text("cloud")}})},
                {"calendars", tree_.list({calendar("work", "read")})}};
  }

  Setting calendar(const std::string& name, const std::string& use) {
    return tree_.table({{"name", tree_.text(name)}, {"use", tree_.texts({use})}});
  }
  void set(const std::string& key, Setting value) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.first == key; });
    entries_.emplace_back(key, std::move(value));
  }
  void drop(const std::string& key) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.first == key; });
  }
  tl::expected<Settings, Complaints> read() {
    return read_settings(tree_.table(entries_), surroundings_);
  }
  std::vector<std::string> complaints() {
    std::vector<std::string> all;
    auto settings = read();
    if (!settings) {
      for (const core::Error& one : settings.error()) all.push_back(one.text);
    }
    return all;
  }

  fakes::SettingTree tree_;
  Surroundings surroundings_;
  std::vector<std::pair<std::string, Setting>> entries_;
};

TEST_F(CaldavSettings, ReadsAnAccount) {
  set("ca_file", tree_.text("ca.pem"));
  set("client_cert", tree_.text("~/me.pem"));
  set("hosts", tree_.texts({"*.example.com"}));
  const auto settings = read();
  ASSERT_TRUE(settings.has_value());
  const dav::AccountSettings& account = settings->account;
  EXPECT_EQ(account.name, "cloud");
  EXPECT_EQ(net::format(account.server), "https://dav.example.com/");
  EXPECT_EQ(account.way, dav::LoginWay::automatic);
  EXPECT_EQ(account.tls.ca_file, "/etc/ioud/ca.pem");
  EXPECT_EQ(account.tls.client_cert, "/home/tom/me.pem");
  EXPECT_EQ(account.service, "_caldavs._tcp");
  EXPECT_TRUE(account.domain.empty());
  ASSERT_THAT(settings->calendars, SizeIs(1));
  EXPECT_EQ(settings->calendars.front().wanted.collection, "work");
  EXPECT_FALSE(settings->calendars.front().wanted.may_be_missing);
}

TEST_F(CaldavSettings, OnlyACalendarOfOursAloneMayBeMissing) {
  set("calendars", tree_.list({calendar("IOUs", "proposals"), calendar("work", "meetings")}));
  auto both =
      tree_.table({{"name", tree_.text("both")}, {"use", tree_.texts({"read", "meetings"})}});
  set("calendars", tree_.list({calendar("IOUs", "proposals"), both}));
  const auto settings = read();
  ASSERT_TRUE(settings.has_value());
  EXPECT_TRUE(settings->calendars[0].wanted.may_be_missing);
  EXPECT_FALSE(settings->calendars[1].wanted.may_be_missing);
}

TEST_F(CaldavSettings, RefusesServersWithoutTls) {
  set("server", tree_.text("http://dav.example.com/"));
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("https://")));
  set("plain_loopback", tree_.value(true));
  EXPECT_THAT(complaints(), SizeIs(1));
  set("server", tree_.text("http://127.0.0.1:5232/"));
  EXPECT_THAT(complaints(), SizeIs(0));
  set("plain_loopback", tree_.value(false));
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("plain_loopback")));
}

TEST_F(CaldavSettings, RefusesWhatIsNoServer) {
  for (const char* text : {"", "dav", "ftp://x.example.com/", "https://tom:pw@x.example.com/"}) {
    set("server", tree_.text(text));
    EXPECT_THAT(complaints(), ElementsAre(HasSubstr("`server`"))) << text;
  }
}

TEST_F(CaldavSettings, WantsALoginUnlessThereIsNone) {
  drop("password");
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("`password` is missing")));
  drop("user");
  EXPECT_THAT(complaints(), SizeIs(0));
  set("login", tree_.text("basic"));
  EXPECT_THAT(complaints(), SizeIs(1));
  set("password", tree_.table({{"credential", tree_.text("cloud")}}));
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("`user` is missing")));
  set("login", tree_.text("bearer"));
  EXPECT_THAT(complaints(), SizeIs(0));
  set("login", tree_.text("kerberos"));
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("allowed: auto, basic")));
}

TEST_F(CaldavSettings, NamesAllThatIsWrongWithCalendarsAtOnce) {
  Setting odd = tree_.table({{"name", tree_.text("work")},
                             {"collection", tree_.text("Work")},
                             {"colour", tree_.text("blue")},
                             {"use", tree_.texts({})}});
  Setting same = tree_.table({{"name", tree_.text("other")},
                              {"collection", tree_.text("Work")},
                              {"use", tree_.texts({"read"})}});
  set("calendars", tree_.list({calendar("work", "read"), odd, same}));
  const auto all = complaints();
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_THAT(all[0], HasSubstr("already"));
  EXPECT_THAT(all[1], HasSubstr("`use` is empty"));
  EXPECT_THAT(all[2], HasSubstr("#7A5CFF"));
  EXPECT_THAT(all[3], HasSubstr("this collection is a calendar already"));
  set("calendars", tree_.list({}));
  EXPECT_THAT(complaints(), ElementsAre(HasSubstr("no calendars")));
}

/// None for a domain that has no such service, "." for one that says so.
net::Task<net::Services> services(std::vector<std::string> hosts) {
  net::Services found;
  for (const std::string& host : hosts) {
    if (host == ".") {
      found.is_declined = true;
      continue;
    }
    net::ServiceHost one;
    one.host = host;
    one.port = 8443;
    found.hosts.push_back(one);
    found.path = "/dav/";
  }
  co_return found;
}

dav::Account account_at(const dav::AccountSettings& settings, std::vector<std::string> hosts) {
  Surroundings surroundings;
  surroundings.find_services = [hosts = std::move(hosts)](std::string service, std::string domain) {
    EXPECT_EQ(service, "_caldavs._tcp");
    EXPECT_EQ(domain, "example.com");
    return services(hosts);
  };
  return {settings, surroundings};
}

std::string server_of(dav::Account& account) {
  const auto server = fakes::run(account.server());
  return server ? net::format(*server) : core::name(server.error().fault);
}

std::string server_of(const dav::AccountSettings& settings, const std::string& host) {
  dav::Account account = account_at(settings, {host});
  return server_of(account);
}

TEST_F(CaldavSettings, ADomainIsLookedUpAndOnlyItsOwnHostsAreBelieved) {
  set("server", tree_.text("Example.com"));
  auto settings = read();
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->account.domain, "example.com");
  EXPECT_EQ(server_of(settings->account, "dav.example.com"), "https://dav.example.com:8443/dav/");
  EXPECT_EQ(server_of(settings->account, "example.com"), "https://example.com:8443/dav/");
  EXPECT_EQ(server_of(settings->account, "evil.test"), "config");
  EXPECT_EQ(server_of(settings->account, "evilexample.com"), "config");
  set("hosts", tree_.texts({"*.provider.test"}));
  settings = read();
  EXPECT_EQ(server_of(settings->account, "dav.provider.test"),
            "https://dav.provider.test:8443/dav/");
  dav::Account bare = account_at(settings->account, {});
  EXPECT_EQ(server_of(bare), "https://example.com/");
  EXPECT_FALSE(bare.change_server());
  EXPECT_EQ(server_of(bare), "https://example.com/");
}

TEST_F(CaldavSettings, ADomainThatOffersNoneIsNotAskedItself) {
  set("server", tree_.text("example.com"));
  dav::Account account = account_at(read()->account, {"."});
  const auto server = fakes::run(account.server());
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().fault, core::Fault::config);
  EXPECT_THAT(server.error().text, HasSubstr("example.com says that it offers no such service"));
}

TEST_F(CaldavSettings, TheServersOfADomainAreTakenInTurnAndStrangersLeftOut) {
  set("server", tree_.text("example.com"));
  dav::Account account =
      account_at(read()->account, {"evil.test", "a.example.com", "b.example.com"});
  EXPECT_EQ(server_of(account), "https://a.example.com:8443/dav/");
  EXPECT_TRUE(account.change_server());
  EXPECT_EQ(server_of(account), "https://b.example.com:8443/dav/");
  EXPECT_FALSE(account.change_server());
  EXPECT_EQ(server_of(account), "https://a.example.com:8443/dav/");
}

TEST_F(CaldavSettings, BooksAreCheckedToo) {
  drop("calendars");
  set("type", tree_.text("carddav"));
  const auto book = [&](const std::string& name) {
    return tree_.table({{"name", tree_.text(name)}});
  };
  set("contacts", tree_.list({book("cards"), book("cards"), book("")}));
  auto made = carddav::kind().make(tree_.table(entries_), surroundings_);
  ASSERT_FALSE(made.has_value());
  EXPECT_THAT(made.error(), SizeIs(2));
  set("contacts", tree_.list({}));
  EXPECT_FALSE(carddav::kind().make(tree_.table(entries_), surroundings_).has_value());
  set("contacts", tree_.list({book("cards")}));
  made = carddav::kind().make(tree_.table(entries_), surroundings_);
  ASSERT_TRUE(made.has_value());
  EXPECT_THAT(made->books, ElementsAre("cards"));
  EXPECT_EQ(made->calendar_source, nullptr);
}

TEST_F(CaldavSettings, AKindThatWritesNothingHasNoSink) {
  auto made = kind().make(tree_.table(entries_), surroundings_);
  ASSERT_TRUE(made.has_value());
  EXPECT_NE(made->calendar_source, nullptr);
  EXPECT_EQ(made->calendar_sink, nullptr);
  set("calendars", tree_.list({calendar("IOUs", "proposals")}));
  made = kind().make(tree_.table(entries_), surroundings_);
  ASSERT_TRUE(made.has_value());
  EXPECT_NE(made->calendar_sink, nullptr);
}

}  // namespace
}  // namespace ioud::connectors::caldav
