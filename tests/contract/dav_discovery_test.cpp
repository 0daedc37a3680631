// An account that gives a domain and nothing else, at a real name server and a real CalDAV server:
// which server it finds, whom it believes, and what it says where there is none.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "connectors/caldav/connector.hpp"
#include "connectors/carddav/connector.hpp"
#include "connectors/dav/account.hpp"
#include "fakes/dav_hands.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/may_skip.hpp"
#include "fakes/real_server.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::contract {
namespace {

using connectors::Changes;
using connectors::Connector;
using connectors::Item;
using connectors::Setting;
using core::Fault;
using fakes::DavHands;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Names below "localhost" are this machine in every resolver, and the certificates cover these.
const std::string domain = "rep.localhost";
const std::string host = "dav.rep.localhost";
const std::string calendars = "_caldavs._tcp." + domain;
const std::string books = "_carddavs._tcp." + domain;

net::Task<core::Secret> password_of(std::string text) { co_return core::Secret(std::move(text)); }

std::string srv(const std::string& name, const std::string& target, int port, int priority = 0,
                int weight = 0) {
  return "srv-host=" + name + "," + target + "," + std::to_string(port) + "," +
         std::to_string(priority) + "," + std::to_string(weight);
}

std::string txt(const std::string& name, const std::string& text) {
  return "txt-record=" + name + "," + text;
}

const char* const event =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTAMP:20260301T120000Z\r\nDTSTART:20260309T150000Z\r\nDTEND:20260309T160000Z\r\n"
    "SUMMARY:Coffee\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
const char* const card =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c\r\nN:Webb;Dana;;;\r\nFN:Dana Webb\r\nEND:VCARD\r\n";

class DavDiscovery : public testing::Test {
 protected:
  void SetUp() override {
    const auto server = fakes::dav_server("radicale");
    if (!server && fakes::may_skip()) GTEST_SKIP() << "radicale is not installed";
    ASSERT_TRUE(server) << "radicale was not started";
    hands_.emplace(*server);
    const std::string& url = server->url;
    port_ = std::stoi(url.substr(url.rfind(':') + 1));
    static int count = 0;
    name_ = "found" + std::to_string(::getpid()) + "x" + std::to_string(count++);
    hands_->make_calendar(hands_->calendars() + name_ + "/", name_);
    hands_->put(hands_->calendars() + name_ + "/a.ics", event);
  }
  void TearDown() override {
    if (hands_) hands_->ask("DELETE", hands_->calendars() + name_ + "/");
  }

  /// A name server with those records; a port of nobody's is `nobody()`.
  void publish(const std::vector<std::string>& records) {
    std::string arguments = domain;
    for (const std::string& record : records) arguments += " '" + record + "'";
    names_.emplace("dns", arguments);
    find_services_ = net::system_services(net::NameServer{"127.0.0.1", names_->port("dns")});
  }
  static int nobody() { return 1; }

  connectors::Surroundings surroundings() {
    connectors::Surroundings all;
    all.folder = "/";
    all.clock = clock_;
    all.find_services = [this](std::string service, std::string of) {
      return find_services_(std::move(service), std::move(of));
    };
    all.find_secret = [](Setting reference) { return password_of(reference.text("credential")); };
    return all;
  }
  Connector connect(const connectors::Kind& kind, const std::string& type, const std::string& key,
                    const std::string& collection) {
    fakes::SettingTree tree;
    std::vector<std::pair<std::string, Setting>> item = {{"name", tree.text("it")},
                                                         {"collection", tree.text(collection)}};
    if (key == "calendars") item.emplace_back("use", tree.texts({"read"}));
    const fakes::DavServer& server = hands_->server();
    std::vector<std::pair<std::string, Setting>> entries = {
        {"name", tree.text("dav")},
        {"type", tree.text(type)},
        {"server", tree.text(domain)},
        {"user", tree.text(server.user)},
        {"password", tree.table({{"credential", tree.text(server.password)}})},
        {"ca_file", tree.text(server.ca_file)},
        {key, tree.list({tree.table(std::move(item))})}};
    return kind.make(tree.table(std::move(entries)), surroundings()).value();
  }
  Connector calendar(const std::string& collection) {
    return connect(connectors::caldav::kind(), "caldav", "calendars", collection);
  }
  static core::Result<Changes<Item>> pull(Connector& connector) {
    return fakes::run(connector.calendar_source->pull("it", {}));
  }
  core::Result<Changes<Item>> pull() {
    Connector connector = calendar(name_);
    return pull(connector);
  }
  net::Services services(const std::string& service) {
    return fakes::run(find_services_(service, domain)).value();
  }
  /// How often the name server was asked for such records.
  int questions(const std::string& type) const {
    std::ifstream in(names_->path() + "/out");
    int count = 0;
    for (std::string line; std::getline(in, line);)
      count += line.find("query[" + type + "]") != std::string::npos ? 1 : 0;
    return count;
  }

  std::optional<DavHands> hands_;
  std::optional<fakes::RealServer> names_;
  net::FindServices find_services_;
  net::SystemClock machine_;
  const net::Clock* clock_ = &machine_;
  std::string name_;
  int port_ = 0;
};

TEST_F(DavDiscovery, ADomainLeadsToItsCalendars) {
  publish({srv(calendars, host, port_), txt(calendars, "path=/alice/")});
  const auto changes = pull();
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  ASSERT_THAT(changes->seen, SizeIs(1));
  EXPECT_EQ(changes->seen.front().href, "a.ics");
}

TEST_F(DavDiscovery, ADomainLeadsToItsAddressBooks) {
  const std::string book = name_ + "-cards";
  hands_->make_book(hands_->books() + book + "/", book);
  hands_->put(hands_->books() + book + "/c.vcf", card);
  publish({srv(books, host, port_), srv(calendars, host, nobody())});
  Connector connector = connect(connectors::carddav::kind(), "carddav", "contacts", book);
  const auto changes = fakes::run(connector.contact_source->pull("it", {}));
  hands_->ask("DELETE", hands_->books() + book + "/");
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  EXPECT_THAT(changes->seen, SizeIs(1));
}

TEST_F(DavDiscovery, ThePathOfTheTextRecordIsWhereItStarts) {
  publish({srv(calendars, host, port_), txt(calendars, "path=/alice/" + name_ + "/")});
  // Found by no name but by the path, which is the calendar's own.
  Connector connector = calendar("of any name");
  const auto changes = pull(connector);
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  EXPECT_THAT(changes->seen, SizeIs(1));
}

TEST_F(DavDiscovery, APathThatLeadsNowhereFallsBackToTheWellKnownOne) {
  publish({srv(calendars, host, port_), txt(calendars, "path=/alice/nothing/")});
  const auto changes = pull();
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  EXPECT_THAT(changes->seen, SizeIs(1));
}

TEST_F(DavDiscovery, RecordsComeByPriorityAndThenByWeight) {
  publish({srv(calendars, "spare.rep.localhost", 443, 20, 99),
           srv(calendars, "small.rep.localhost", 8443, 10, 1),
           srv(calendars, "large.rep.localhost", 443, 10, 60)});
  std::vector<std::string> order;
  for (const net::ServiceHost& one : services("_caldavs._tcp").hosts)
    order.push_back(one.host + ":" + std::to_string(one.port));
  EXPECT_THAT(order, testing::ElementsAre("large.rep.localhost:443", "small.rep.localhost:8443",
                                          "spare.rep.localhost:443"));
}

TEST_F(DavDiscovery, WhereNobodyAnswersAtTheBestTheNextIsAsked) {
  publish({srv(calendars, "gone.rep.localhost", nobody(), 10, 60),
           srv(calendars, "gone.rep.localhost", nobody(), 10, 1), srv(calendars, host, port_, 20)});
  const auto first = pull();
  ASSERT_TRUE(first.has_value()) << first.error().text;
  EXPECT_THAT(first->seen, SizeIs(1));
  // Another process goes on where this one was, at the second-best server.
  Connector later = calendar(name_);
  fakes::KeptPosition position;
  position.take(*first);
  const auto second = fakes::run(later.calendar_source->pull("it", position));
  ASSERT_TRUE(second.has_value()) << second.error().text;
  EXPECT_FALSE(second->restarted);
  EXPECT_THAT(second->seen, IsEmpty());
}

TEST_F(DavDiscovery, ADomainThatMovedIsFollowed) {
  const std::string other = "new.rep.localhost";
  publish({srv(calendars, host, port_)});
  fakes::KeptPosition position;
  position.take(pull().value());
  publish({srv(calendars, other, port_)});
  Connector later = calendar(name_);
  const auto changes = fakes::run(later.calendar_source->pull("it", position));
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  EXPECT_THAT(changes->seen, SizeIs(1));
  EXPECT_THAT(changes->cursor, HasSubstr(other));
}

TEST_F(DavDiscovery, ADomainThatMovesMeanwhileIsFollowedWithinTheHour) {
  net::FrozenClock clock(net::SystemClock().now());
  clock_ = &clock;
  publish({srv(calendars, host, nobody())});
  Connector connector = calendar(name_);
  EXPECT_EQ(pull(connector).error().fault, Fault::transient);
  publish({srv(calendars, host, port_)});
  EXPECT_EQ(pull(connector).error().fault, Fault::transient);
  clock.move_to(clock.now() + std::chrono::hours{1});
  EXPECT_EQ(pull(connector).error().fault, Fault::transient);
  EXPECT_TRUE(pull(connector).has_value());
}

TEST_F(DavDiscovery, AHostOutsideOfTheDomainIsNotShownThePassword) {
  publish({srv(calendars, "localhost", port_)});
  const auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::config);
  EXPECT_THAT(changes.error().text, HasSubstr("nothing proves that"));
}

TEST_F(DavDiscovery, ADotMeansThatThereIsNone) {
  publish({srv(calendars, ".", 0)});
  EXPECT_TRUE(services("_caldavs._tcp").is_declined);
  const auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::config);
  EXPECT_THAT(changes.error().text, HasSubstr("offers no such service"));
}

TEST_F(DavDiscovery, ADomainWithoutRecordsIsAskedItself) {
  // A service without TLS is no record to follow.
  publish({srv("_caldav._tcp." + domain, host, port_)});
  const net::Services found = services("_caldavs._tcp");
  EXPECT_THAT(found.hosts, IsEmpty());
  EXPECT_FALSE(found.is_declined);
  connectors::dav::AccountSettings settings;
  settings.domain = domain;
  settings.service = "_caldavs._tcp";
  connectors::dav::Account account(settings, surroundings());
  EXPECT_EQ(net::format(fakes::run(account.server()).value()), "https://rep.localhost/");
}

TEST_F(DavDiscovery, WhatWasFoundIsNotAskedForAgain) {
  publish({srv(calendars, host, port_), txt(calendars, "path=/")});
  Connector connector = calendar(name_);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(pull(connector).has_value());
  EXPECT_EQ(questions("SRV"), 1);
  EXPECT_EQ(questions("TXT"), 1);
  names_->stop();
  EXPECT_TRUE(pull(connector).has_value());
}

TEST_F(DavDiscovery, ANameServerThatIsAwayIsWaitedFor) {
  publish({srv(calendars, host, port_)});
  names_->stop();
  Connector connector = calendar(name_);
  const auto changes = pull(connector);
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::transient);
  publish({srv(calendars, host, port_)});
  EXPECT_TRUE(pull().has_value());
}

}  // namespace
}  // namespace ioud::contract
