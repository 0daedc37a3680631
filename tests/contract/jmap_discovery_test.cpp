// A mail account that gives a domain and nothing else, at a real name server and a real JMAP
// server: which server it finds (RFC 8620 2.2), and whom it shows no password.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "connectors/jmap/connector.hpp"
#include "fakes/may_skip.hpp"
#include "fakes/real_server.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::contract {
namespace {

using core::Fault;
using fakes::RealServer;
using fakes::reason;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Names below "localhost" are this machine in every resolver, and the certificates cover these.
const std::string domain = "rep.localhost";
const std::string host = "jmap.rep.localhost";

net::Task<core::Secret> secret() { co_return core::Secret("secret"); }

class JmapDiscovery : public testing::Test {
 protected:
  void SetUp() override {
    const bool is_there = std::filesystem::exists("/usr/lib/cyrus/bin/httpd");
    if (!is_there && fakes::may_skip()) GTEST_SKIP() << "cyrus-caldav is not installed";
    server_.emplace("cyrus_imap");
    // Cyrus makes an account with the first login by IMAP.
    fakes::output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                     std::to_string(server_->port("imap")) + " tom many INBOX 3");
  }

  std::string srv(const std::string& target, int port, int priority = 0) const {
    return "srv-host=_jmap._tcp." + domain + "," + target + "," + std::to_string(port) + "," +
           std::to_string(priority) + ",0";
  }
  int port() const { return server_->port("jmaps"); }

  /// An account of a domain with those records.
  connectors::Connector account(const std::vector<std::string>& records) {
    std::string arguments = domain;
    for (const std::string& record : records) arguments += " '" + record + "'";
    names_.emplace("dns", arguments);
    connectors::Surroundings surroundings;
    surroundings.find_services =
        net::system_services(net::NameServer{"127.0.0.1", names_->port("dns")});
    surroundings.find_secret = [](const connectors::Setting&) { return secret(); };
    fakes::SettingTree tree;
    return connectors::jmap::kind()
        .make(tree.table({{"name", tree.text("jmap")},
                          {"type", tree.text("jmap")},
                          {"server", tree.text(domain)},
                          {"user", tree.text("tom")},
                          {"password", tree.table({{"credential", tree.text("mail")}})},
                          {"ca_file", tree.text(server_->ca_file())}}),
              surroundings)
        .value();
  }
  static auto pull(connectors::Connector& connector) {
    return fakes::run(connector.mail_source->pull({}, core::Instant(), {}));
  }
  auto pull(const std::vector<std::string>& records) {
    connectors::Connector connector = account(records);
    return pull(connector);
  }
  std::size_t questions() const {
    return std::stoul(
        fakes::output_of("grep -c 'query.SRV. _jmap._tcp' " + names_->path() + "/out || true"));
  }

  std::optional<RealServer> server_;
  std::optional<RealServer> names_;
};

TEST_F(JmapDiscovery, ADomainLeadsToItsMailAndIsAskedOnce) {
  connectors::Connector connector = account({srv(host, port())});
  const auto page = pull(connector);
  ASSERT_TRUE(page.has_value()) << reason(page);
  EXPECT_THAT(page->seen, SizeIs(3));
  EXPECT_TRUE(pull(connector).has_value());
  EXPECT_THAT(fakes::run(connector.probe()), IsEmpty());
  EXPECT_EQ(questions(), 1U);
}

TEST_F(JmapDiscovery, WhereNobodyAnswersAtTheBestTheNextIsAsked) {
  const auto page = pull({srv("gone.rep.localhost", 1, 10), srv(host, port(), 20)});
  ASSERT_TRUE(page.has_value()) << reason(page);
  EXPECT_THAT(page->seen, SizeIs(3));
}

TEST_F(JmapDiscovery, AHostOutsideOfTheDomainIsNotShownThePassword) {
  const auto page = pull({srv("localhost", port())});
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().fault, Fault::config);
  EXPECT_THAT(page.error().text, HasSubstr("nothing proves that"));
}

TEST_F(JmapDiscovery, ADotMeansThatThereIsNone) {
  const auto page = pull({srv(".", 0)});
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().fault, Fault::config);
  EXPECT_THAT(page.error().text, HasSubstr("offers no such service"));
}

TEST_F(JmapDiscovery, ADomainWithoutRecordsIsAskedItself) {
  const auto page = pull(std::vector<std::string>{});
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().fault, Fault::transient) << "nobody takes calls at port 443 here";
  EXPECT_THAT(page.error().place, HasSubstr("https://rep.localhost/.well-known/jmap"));
}

}  // namespace
}  // namespace ioud::contract
