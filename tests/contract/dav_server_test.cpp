// What CalDAV owes beyond the contract, on real servers: certificates, logins, calendars that are
// made, and invitations that no server sends.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "connectors/caldav/connector.hpp"
#include "connectors/dav/listing.hpp"
#include "fakes/dav_hands.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/may_skip.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::contract {
namespace {

using connectors::Connector;
using connectors::Setting;
using core::Fault;
using fakes::DavHands;
using fakes::DavServer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

net::Task<core::Secret> password_of(std::string text) { co_return core::Secret(std::move(text)); }

std::string meeting(const std::string& uid, const std::string& attendee) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" + uid +
         "\r\nDTSTAMP:20260301T120000Z\r\nDTSTART:20260309T150000Z\r\nDTEND:20260309T160000Z\r\n"
         "SUMMARY:Coffee\r\nORGANIZER;SCHEDULE-AGENT=CLIENT:mailto:alice@rep.test\r\n" +
         attendee + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

class DavServerTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto server = fakes::dav_server(GetParam());
    if (!server && fakes::may_skip()) GTEST_SKIP() << GetParam() << " is not installed";
    ASSERT_TRUE(server) << GetParam() << " was not started";
    server_ = *server;
    static int count = 0;
    name_ = "own" + std::to_string(::getpid()) + "x" + std::to_string(count++);
  }
  void TearDown() override {
    if (server_.url.empty()) return;
    const DavHands hands(server_);
    hands.ask("DELETE", hands.calendars() + "ioud-" + name_ + "/");
  }

  Connector connect() {
    fakes::SettingTree tree;
    const auto calendar = tree.table({{"name", tree.text(name_)},
                                      {"use", tree.texts({"proposals"})},
                                      {"colour", tree.text("#2E9E6B")}});
    std::vector<std::pair<std::string, Setting>> entries = {
        {"name", tree.text("dav")},
        {"type", tree.text("caldav")},
        {"server", tree.text(server_.url)},
        {"user", tree.text(server_.user)},
        {"password", tree.table({{"credential", tree.text(server_.password)}})},
        {"plain_loopback", tree.value(true)},
        {"ca_file", tree.text(server_.ca_file)},
        {"calendars", tree.list({calendar})}};
    connectors::Surroundings surroundings;
    surroundings.folder = "/";
    surroundings.clock = &clock_;
    surroundings.find_secret = [](Setting reference) {
      return password_of(reference.text("credential"));
    };
    return connectors::caldav::kind().make(tree.table(std::move(entries)), surroundings).value();
  }
  connectors::dav::SharedAccount account() {
    connectors::dav::AccountSettings settings;
    settings.server = *net::parse_url(server_.url);
    settings.user = server_.user;
    settings.secret = tree_.text(server_.password);
    settings.tls.ca_file = server_.ca_file;
    settings.tls.plain_loopback = true;
    connectors::Surroundings surroundings;
    surroundings.clock = &clock_;
    surroundings.find_secret = [](Setting reference) {
      return password_of(*reference.as<std::string>());
    };
    return std::make_shared<connectors::dav::Account>(settings, surroundings);
  }
  core::Result<connectors::Stored> put(Connector& connector, const std::string& uid,
                                       const std::string& bytes) {
    return fakes::run(connector.calendar_sink->put({name_, uid, {}, {}, bytes}));
  }

  DavServer server_;
  std::string name_;
  net::SystemClock clock_;
  fakes::SettingTree tree_;
};

TEST_P(DavServerTest, MakesTheCalendarOfOursOnceAndFindsItAgain) {
  Connector first = connect();
  EXPECT_THAT(fakes::run(first.probe()), IsEmpty());
  ASSERT_TRUE(fakes::run(first.calendar_source->pull(name_, {})).has_value());
  const DavHands hands(server_);
  const std::string url = hands.calendars() + "ioud-" + name_ + "/";
  EXPECT_EQ(hands.ask("PROPFIND", url, "", {"Depth: 0"}).body.find("getetag"), std::string::npos);
  const auto stored = put(first, "iou-a@ioud", meeting("iou-a@ioud", "X-NOBODY:1"));
  ASSERT_TRUE(stored.has_value()) << stored.error().text;
  Connector second = connect();
  const auto again = put(second, "iou-b@ioud", meeting("iou-b@ioud", "X-NOBODY:1"));
  ASSERT_TRUE(again.has_value()) << again.error().text;
  const auto changes = fakes::run(second.calendar_source->pull(name_, {}));
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(changes->seen, SizeIs(2));
}

TEST_P(DavServerTest, AWindowOfDaysHoldsTheEventsInIt) {
  using namespace std::chrono;
  const DavHands hands(server_);
  const std::string url = hands.calendars() + "ioud-" + name_ + "/";
  hands.make_calendar(url, name_);
  std::string old = meeting("old-" + name_, "X-NOBODY:1");
  for (std::size_t at = 0; (at = old.find("2026030", at)) != std::string::npos; ++at)
    old.replace(at, 4, "2018");
  hands.put(url + "old.ics", old);
  hands.put(url + "new.ics", meeting("new-" + name_, "X-NOBODY:1"));
  connectors::dav::Lister lister(account(), connectors::dav::Holds::events);
  const auto listing =
      fakes::run(lister.between(*net::parse_url(url), year{2026} / 2 / 23, year{2026} / 6 / 7));
  ASSERT_TRUE(listing.has_value()) << listing.error().text;
  EXPECT_FALSE(listing->was_refused);
  ASSERT_THAT(listing->members, SizeIs(1));
  EXPECT_EQ(listing->members.front().name, "new.ics");
  EXPECT_FALSE(listing->members.front().etag.empty());
}

TEST_P(DavServerTest, ATokenThatTheServerDoesNotKnowLosesNothing) {
  Connector first = connect();
  std::vector<connectors::Stored> stored;
  for (const std::string uid : {"a@ioud", "b@ioud", "c@ioud"})
    stored.push_back(put(first, uid, meeting(uid, "X-NOBODY:1")).value());
  fakes::KeptPosition position;
  position.take(fakes::run(first.calendar_source->pull(name_, {})).value());
  ASSERT_THAT(position.known, SizeIs(3));
  // The token is what stands last.
  position.cursor.erase(position.cursor.rfind('\n') + 1);
  position.cursor += "data:,424242";
  const DavHands hands(server_);
  const std::string url = hands.calendars() + "ioud-" + name_ + "/";
  hands.put(url + stored[0].href, meeting("a@ioud", "X-NOBODY:2"));
  hands.remove(url + stored[1].href);
  hands.remove(url + stored[2].href);
  Connector second = connect();
  const auto changes = fakes::run(second.calendar_source->pull(name_, position));
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  ASSERT_THAT(changes->seen, SizeIs(1));
  EXPECT_EQ(changes->seen.front().href, stored[0].href);
  EXPECT_THAT(changes->gone, testing::UnorderedElementsAre(stored[1].href, stored[2].href));
}

/// Xandikos asks for no password.
class DavPassword : public DavServerTest {};

TEST_P(DavPassword, AWrongOneIsAnAuthFault) {
  server_.password = "wrong";
  Connector connector = connect();
  const auto changes = fakes::run(connector.calendar_source->pull(name_, {}));
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::auth);
  EXPECT_THAT(changes.error().text, Not(HasSubstr("wrong")));
  server_.password = server_.user;
}

INSTANTIATE_TEST_SUITE_P(Most, DavPassword, testing::Values("radicale", "cyrus", "sabre"),
                         [](const auto& name) { return name.param; });

INSTANTIATE_TEST_SUITE_P(Nightly, DavPassword, testing::Values("sogo", "davical"),
                         [](const auto& name) { return name.param; });

INSTANTIATE_TEST_SUITE_P(Nightly, DavServerTest, testing::Values("sogo", "davical"),
                         [](const auto& name) { return name.param; });

INSTANTIATE_TEST_SUITE_P(Every, DavServerTest,
                         testing::Values("radicale", "xandikos", "cyrus", "sabre"),
                         [](const auto& name) { return name.param; });

class DavTls : public DavServerTest {};

TEST_P(DavTls, AnUnknownAuthorityIsAConfigFaultAndLearnsNothing) {
  const std::string right = server_.ca_file;
  server_.ca_file = "/etc/ssl/certs/ca-certificates.crt";
  Connector connector = connect();
  const auto changes = fakes::run(connector.calendar_source->pull(name_, {}));
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::config);
  EXPECT_THAT(changes.error().text, HasSubstr("ca_file"));
  server_.ca_file = right;
}

TEST_P(DavTls, AnotherHostNameIsAConfigFault) {
  const std::string right = server_.url;
  server_.url.replace(server_.url.find("localhost"), 9, "127.0.0.2");
  Connector connector = connect();
  const auto changes = fakes::run(connector.calendar_source->pull(name_, {}));
  server_.url = right;
  ASSERT_FALSE(changes.has_value());
  // Where nobody listens on that address, the certificate is never seen.
  EXPECT_TRUE(changes.error().fault == Fault::config || changes.error().fault == Fault::transient);
}

INSTANTIATE_TEST_SUITE_P(Tls, DavTls, testing::Values("radicale"),
                         [](const auto& name) { return name.param; });

class DavScheduling : public DavServerTest {
 protected:
  /// What lies in the inbox of the other user, who would be invited.
  std::string inbox() {
    DavServer other = server_;
    other.user = other.password = "bob";
    const DavHands hands(other);
    return hands.ask("PROPFIND", hands.calendars() + "Inbox/", "", {"Depth: 1"}).body;
  }
};

TEST_P(DavScheduling, NoServerInvitesWhomWeInvite) {
  Connector connector = connect();
  const std::string uid = name_ + "@ioud";
  const auto refused = put(connector, uid, meeting(uid, "ATTENDEE;RSVP=TRUE:mailto:bob@rep.test"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::rejected);
  const auto stored = put(
      connector, uid, meeting(uid, "ATTENDEE;RSVP=TRUE;SCHEDULE-AGENT=CLIENT:mailto:bob@rep.test"));
  ASSERT_TRUE(stored.has_value()) << stored.error().text;
  EXPECT_THAT(inbox(), Not(HasSubstr(".ics")));
  EXPECT_TRUE(fakes::run(connector.calendar_sink->remove(name_, stored->href, stored->etag)));
  EXPECT_THAT(inbox(), Not(HasSubstr(".ics")));
}

TEST_P(DavScheduling, TheInboxShowsWhatAServerSends) {
  const DavHands hands(server_);
  const std::string url = hands.calendars() + "ioud-" + name_ + "/";
  hands.make_calendar(url, name_);
  std::string bytes = meeting("real-" + name_, "ATTENDEE;RSVP=TRUE:mailto:bob@rep.test");
  bytes.erase(bytes.find(";SCHEDULE-AGENT=CLIENT"), 22);
  hands.put(url + "real.ics", bytes);
  EXPECT_THAT(inbox(), HasSubstr(".ics")) << "the test above would see nothing";
  DavServer other = server_;
  other.user = other.password = "bob";
  const DavHands his(other);
  const std::string body = inbox();
  for (std::size_t at = 0; (at = body.find("Inbox/", at)) != std::string::npos; ++at) {
    const std::string name = body.substr(at, body.find('<', at) - at);
    if (name.ends_with(".ics")) his.ask("DELETE", his.calendars() + name);
  }
}

INSTANTIATE_TEST_SUITE_P(Cyrus, DavScheduling, testing::Values("cyrus"),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace ioud::contract
