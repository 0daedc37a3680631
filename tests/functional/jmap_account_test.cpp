// The connector "jmap" on a real Cyrus, beside the connector "mail" on the same mailbox: both ways
// give the same mails, whatever became of them meanwhile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "connectors/jmap/connector.hpp"
#include "connectors/mail/connector.hpp"
#include "fakes/fault_proxy.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/mail_listing.hpp"
#include "fakes/may_skip.hpp"
#include "fakes/real_server.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"
#include "fakes/stop_at.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::functional {
namespace {

using connectors::Connector;
using connectors::MailItem;
using domain::Box;
using fakes::RealServer;
using fakes::reason;
using testing::IsEmpty;
using testing::SizeIs;

net::Task<core::Secret> secret() { co_return core::Secret("secret"); }

/// What one way shows of the mailbox, page by page, as the engine keeps it.
class Reader {
 public:
  explicit Reader(Connector connector) : connector_(std::move(connector)) {}

  /// How many mails were given.
  std::size_t read() {
    std::size_t given = 0;
    for (bool more = true; more;) {
      const auto page = fakes::run(connector_.mail_source->pull(position, core::Instant(), {}));
      if (!page) {
        ADD_FAILURE() << reason(page);
        return given;
      }
      position.take(*page);
      for (const MailItem& item : page->seen) held_[item.href] = item;
      for (const std::string& href : page->gone) held_.erase(href);
      given += page->seen.size();
      ++pages;
      more = page->more;
    }
    return given;
  }
  /// Box and bytes. JMAP has one mail where the same bytes lie in two mailboxes.
  std::set<std::pair<Box, std::string>> mails() const {
    std::set<std::pair<Box, std::string>> all;
    for (const auto& [href, item] : held_) all.emplace(item.box, item.bytes);
    return all;
  }
  std::size_t count() const { return held_.size(); }

  fakes::KeptPosition position;
  std::size_t pages = 0;

 private:
  Connector connector_;
  std::map<std::string, MailItem> held_;
};

class JmapAccountOnCyrus : public testing::Test {
 protected:
  void SetUp() override {
    const bool is_there = std::filesystem::exists("/usr/lib/cyrus/bin/httpd");
    if (!is_there && fakes::may_skip()) GTEST_SKIP() << "cyrus-caldav is not installed";
    server_ = std::make_unique<RealServer>("cyrus_imap");
    hands("list Drafts");  // Cyrus makes an account with the first login by IMAP
  }
  Reader by_imap() { return Reader(connector("mail", connectors::mail::kind())); }
  Reader by_jmap() { return Reader(connector("jmap", connectors::jmap::kind())); }

  /// `server` in place of Cyrus's own address, for who stands before it; `steps` may be null.
  Connector connector(const std::string& type, const connectors::Kind& kind,
                      const std::string& server = {}, core::Steps* steps = nullptr) {
    std::vector<std::pair<std::string, connectors::Setting>> entries = {
        {"name", tree_.text(type)},
        {"type", tree_.text(type)},
        {"user", tree_.text("tom")},
        {"password", tree_.table({{"credential", tree_.text("mail")}})},
        {"ca_file", tree_.text(server_->ca_file())}};
    if (!server.empty()) {
      entries.emplace_back("server", tree_.text(server));
      entries.emplace_back("plain_loopback", tree_.value(true));
    } else if (type == "jmap")
      entries.emplace_back(
          "server",
          tree_.text("https://localhost:" + std::to_string(server_->port("jmaps")) + "/"));
    else
      entries.emplace_back(
          "imap", tree_.table({{"host", tree_.text("localhost")},
                               {"port", tree_.value(std::int64_t{server_->port("imaps")})}}));
    connectors::Surroundings surroundings;
    surroundings.find_secret = [](const connectors::Setting&) { return secret(); };
    surroundings.steps = steps;
    return kind.make(tree_.table(std::move(entries)), surroundings).value();
  }
  void hands(const std::string& what) {
    fakes::output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                     std::to_string(server_->port("imap")) + " tom " + what);
  }
  void put(const std::string& folder, const std::string& bytes) {
    files_.write("mail", bytes);
    hands("append " + folder + " <" + (files_.path() / "mail").string());
  }

  fakes::SettingTree tree_;
  fakes::TemporaryFolder files_;
  std::unique_ptr<RealServer> server_;
};

std::string mail(const std::string& id, const std::string& text = "See you Saturday.") {
  return "From: Meg <meg@acme.test>\r\nTo: tom@rep.test\r\nMessage-ID: <" + id +
         "@acme.test>\r\nDate: Wed, 4 Mar 2026 14:25:00 -0600\r\nSubject: Proofs\r\n\r\n" + text +
         "\r\n";
}

TEST_F(JmapAccountOnCyrus, GivesTheSameMailsAsImap) {
  put("INBOX", mail("plain"));
  put("INBOX", mail("eight-bit",
                    "Gr\xc3\xbc\xc3\x9f"
                    "e aus K\xf6ln \xf0\x9f\x91\x8b"));
  put("INBOX", mail("no-end", "cut").substr(0, mail("no-end", "cut").size() - 2));
  put("INBOX", "From: meg@acme.test\r\n\r\nno id, no date\r\n");
  put("INBOX", mail("large", std::string(3'000'000, 'x')));
  put("INBOX", mail("twice"));
  put("Archive", mail("twice"));
  put("Archive", mail("archived"));
  put("Sent", mail("sent"));
  put("Drafts", mail("draft"));
  put("Junk", mail("junk"));
  Reader imap = by_imap();
  Reader jmap = by_jmap();
  EXPECT_EQ(imap.read(), 10U);
  EXPECT_EQ(jmap.read(), 9U);
  auto expected = imap.mails();
  expected.erase({Box::other, mail("twice")});
  EXPECT_EQ(jmap.mails(), expected);
  EXPECT_THAT(expected, SizeIs(9));
  EXPECT_EQ(jmap.read(), 0U);
}

TEST_F(JmapAccountOnCyrus, FollowsWhatIsMovedAndRemovedAsImapDoes) {
  for (const char* id : {"a", "b", "c"}) put("INBOX", mail(id));
  put("Archive", mail("d"));
  Reader imap = by_imap();
  Reader jmap = by_jmap();
  imap.read();
  jmap.read();
  hands("move INBOX Archive");
  put("INBOX", mail("e"));
  imap.read();
  EXPECT_EQ(jmap.read(), 4U);
  EXPECT_EQ(jmap.mails(), imap.mails());
  EXPECT_EQ(jmap.count(), 5U);
  hands("move Archive Junk");
  imap.read();
  EXPECT_EQ(jmap.read(), 0U);
  EXPECT_EQ(jmap.mails(), imap.mails());
  EXPECT_EQ(jmap.count(), 1U);
}

TEST_F(JmapAccountOnCyrus, LosesAndDoublesNothingWhereTheStateIsNoneOfTheServers) {
  hands("many INBOX 30");
  Reader jmap = by_jmap();
  EXPECT_EQ(jmap.read(), 30U);
  const std::string good = jmap.position.cursor;
  for (const std::string state : {"nonsense", "99999999", "-1"}) {
    const auto begin = good.find("\"state\":\"") + 9;
    std::string cursor = good;
    cursor.replace(begin, cursor.find('"', begin) - begin, state);
    jmap.position.cursor = cursor;
    put("INBOX", mail(state));
    EXPECT_EQ(jmap.read(), 1U) << state;
    EXPECT_EQ(jmap.read(), 0U) << state;
  }
  Reader imap = by_imap();
  imap.read();
  EXPECT_EQ(jmap.mails(), imap.mails());
  EXPECT_EQ(jmap.count(), 33U);
}

TEST_F(JmapAccountOnCyrus, ReadsLargeMailsPageByPage) {
  constexpr std::size_t count = 18;  // of 512 KiB each, more than a page holds
  for (std::size_t i = 0; i < count; ++i)
    put("INBOX", mail(std::to_string(i), std::string(600'000, 'x')));
  Reader jmap = by_jmap();
  EXPECT_EQ(jmap.read(), count);
  EXPECT_EQ(jmap.pages, 2U);
  Reader imap = by_imap();
  imap.read();
  EXPECT_EQ(jmap.mails(), imap.mails());
}

/// Drafts are put there and taken away with something going wrong at each write in turn.
class JmapDraftsOnCyrus : public JmapAccountOnCyrus {
 protected:
  Connector jmap(const std::string& server = {}, core::Steps* steps = nullptr) {
    return connector("jmap", connectors::jmap::kind(), server, steps);
  }
  core::Result<bool> append(Connector by) {
    const auto stored = fakes::run(by.draft_box->append("d@acme.test", mail("d")));
    if (!stored) return tl::unexpected(stored.error());
    return true;
  }
  core::Result<bool> remove(Connector by) {
    const auto page = fakes::run(by.mail_source->pull({}, core::Instant(), {}));
    if (!page) return tl::unexpected(page.error());
    for (const MailItem& item : page->seen)
      if (item.bytes == mail("d") && item.box == Box::drafts)
        return fakes::run(by.draft_box->remove(item.href, item.etag));
    return true;
  }
  std::multiset<std::string> mails_in(const std::string& folder) {
    const auto all = fakes::listed(
        fakes::output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                         std::to_string(server_->port("imap")) + " tom list " + folder));
    return {all.begin(), all.end()};
  }
  void expect_the_rest_untouched() {
    EXPECT_EQ(mails_in("INBOX"), std::multiset<std::string>{mail("in")});
    EXPECT_EQ(mails_in("Archive"), std::multiset<std::string>{mail("kept")});
  }
  /// Done again by a program that was started anew, one way and then the other.
  void expect_to_recover(bool is_append) {
    if (is_append) {
      EXPECT_TRUE(append(jmap()).has_value());
      EXPECT_EQ(mails_in("Drafts"), (std::multiset<std::string>{mail("d"), mail("own")}));
    }
    EXPECT_TRUE(remove(jmap()).has_value());
    EXPECT_EQ(mails_in("Drafts"), std::multiset<std::string>{mail("own")});
    expect_the_rest_untouched();
  }
  void fill() {
    put("INBOX", mail("in"));
    put("Archive", mail("kept"));
    put("Drafts", mail("own"));
  }
};

TEST_F(JmapDraftsOnCyrus, AreThereOnceOrNotAtAllWhereverItStops) {
  fill();
  for (const bool is_append : {true, false}) {
    std::size_t stops = 0;
    for (bool is_stopped = true; is_stopped; ++stops) {
      if (!is_append) {
        EXPECT_TRUE(append(jmap()).has_value());
      }
      fakes::StopAt steps(stops);
      try {
        is_stopped = false;
        EXPECT_TRUE((is_append ? append(jmap({}, &steps)) : remove(jmap({}, &steps))).has_value());
      } catch (const fakes::Stopped&) {
        is_stopped = true;
      }
      SCOPED_TRACE("after " + (steps.steps.empty() ? "no step" : steps.steps.back()));
      EXPECT_LE(mails_in("Drafts").size(), 2U);
      expect_to_recover(is_append);
    }
    EXPECT_GE(stops, is_append ? 5U : 3U);
  }
}

TEST_F(JmapDraftsOnCyrus, AreThereOnceOrNotAtAllWhereverTheLineBreaks) {
  using fakes::FaultProxy;
  fill();
  const std::string behind = "http://localhost:" + std::to_string(server_->port("jmap")) + "/";
  FaultProxy proxy({"cyrus", behind, "tom", "secret", ""}, [](const fakes::Ask& ask) {
    return ask.path.find("/upload/") != std::string::npos ||
           ask.body.find("\"Email/import\"") != std::string::npos ||
           ask.body.find("\"Email/set\"") != std::string::npos;
  });
  for (const auto fault : {FaultProxy::Fault::lose_request, FaultProxy::Fault::lose_reply})
    for (const bool is_append : {true, false})
      for (std::size_t at = 1; at <= (is_append ? 3U : 1U); ++at) {
        SCOPED_TRACE("write " + std::to_string(at) +
                     (is_append ? " of an append" : " of a removal"));
        if (!is_append) {
          EXPECT_TRUE(append(jmap()).has_value());
        }
        proxy.fail(fault, at);
        // It may recover by itself, since libcurl sends some requests again.
        (void)(is_append ? append(jmap(proxy.url() + "jmap/"))
                         : remove(jmap(proxy.url() + "jmap/")));
        EXPECT_GE(proxy.writes(), at);
        expect_to_recover(is_append);
      }
}

TEST_F(JmapAccountOnCyrus, ChecksWithoutTrouble) {
  EXPECT_THAT(fakes::run(connector("jmap", connectors::jmap::kind()).probe()), IsEmpty());
}

}  // namespace
}  // namespace ioud::functional
