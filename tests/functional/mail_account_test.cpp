// The mail connector on a real Dovecot: what the contract does not ask of every connector.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "connectors/mail/connector.hpp"
#include "fakes/approved.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/real_server.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"
#include "net/race.hpp"

namespace ioud::functional {
namespace {

using connectors::Changes;
using connectors::Connector;
using connectors::MailItem;
using Position = fakes::KeptPosition;
using core::Fault;
using fakes::RealServer;
using fakes::reason;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* user = "tom@rep.test";

net::Task<core::Secret> secret(std::string text) { co_return core::Secret(std::move(text)); }

struct Wish {
  std::string security = "tls";
  std::string secret = "secret";
  bool is_token = false;
};

Connector account(const RealServer& imap, const RealServer* smtp = nullptr, const Wish& wish = {}) {
  fakes::SettingTree tree;
  const auto peer = [&](const RealServer& server, const std::string& port,
                        const std::string& security) {
    return tree.table({{"host", tree.text("localhost")},
                       {"port", tree.value(std::int64_t{server.port(port)})},
                       {"security", tree.text(security)}});
  };
  std::vector<std::pair<std::string, connectors::Setting>> entries = {
      {"name", tree.text("mail")},
      {"type", tree.text("mail")},
      {"user", tree.text(user)},
      {wish.is_token ? "token" : "password", tree.table({{"credential", tree.text("mail")}})},
      {"ca_file", tree.text(imap.ca_file())},
      {"imap", peer(imap, wish.security == "tls" ? "imaps" : "imap", wish.security)}};
  if (smtp != nullptr) entries.emplace_back("smtp", peer(*smtp, "smtp", "none"));
  connectors::Surroundings surroundings;
  surroundings.find_secret = [text = wish.secret](const connectors::Setting&) {
    return secret(text);
  };
  return connectors::mail::kind().make(tree.table(std::move(entries)), surroundings).value();
}

void hands(const RealServer& imap, const std::string& what) {
  fakes::output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                   std::to_string(imap.port("imap")) + " " + user + " " + what);
}

/// Everything to the last page.
struct Read {
  Position position;
  std::size_t seen = 0;
  std::vector<std::string> gone;
  bool other_store = false;
};

Read read_all(Connector& connector, Position from = {}) {
  Read read;
  read.position = std::move(from);
  for (bool more = true; more;) {
    const auto page = fakes::run(connector.mail_source->pull(read.position, core::Instant(), {}));
    if (!page) {
      ADD_FAILURE() << reason(page);
      return read;
    }
    read.position.take(*page);
    read.seen += page->seen.size();
    read.gone.insert(read.gone.end(), page->gone.begin(), page->gone.end());
    read.other_store = read.other_store || page->other_store;
    more = page->more;
  }
  return read;
}

net::Task<bool> give_up(std::chrono::milliseconds longest) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, longest);
  co_await timer.async_wait(boost::asio::use_awaitable);
  co_return false;
}

bool has_news(Connector& connector, int milliseconds) {
  return fakes::run(net::first_of(connector.news->wait(),
                                  give_up(std::chrono::milliseconds(milliseconds))))
      .value();
}

TEST(MailAccount, LogsInByPasswordAndByToken) {
  const RealServer tokens("tokens");
  const RealServer imap(
      "dovecot", "", "INTROSPECT=http://127.0.0.1:" + std::to_string(tokens.port("tokens")) + "/");
  for (const Wish& wish :
       {Wish{"tls", "secret", false}, Wish{"starttls", "secret", false},
        Wish{"none", "secret", false}, Wish{"tls", "good", true}, Wish{"starttls", "good", true}}) {
    Connector connector = account(imap, nullptr, wish);
    const auto pulled = fakes::run(connector.mail_source->pull({}, core::Instant(), {}));
    EXPECT_TRUE(pulled.has_value()) << wish.security << " " << reason(pulled);
    EXPECT_THAT(fakes::run(connector.probe()), IsEmpty());
  }
  for (const Wish& wish : {Wish{"tls", "wrong", false}, Wish{"tls", "expired", true}}) {
    Connector connector = account(imap, nullptr, wish);
    const auto pulled = fakes::run(connector.mail_source->pull({}, core::Instant(), {}));
    ASSERT_FALSE(pulled.has_value());
    EXPECT_EQ(pulled.error().fault, Fault::auth) << reason(pulled);
    EXPECT_THAT(fakes::run(connector.probe()), SizeIs(1));
  }
}

/// What servers can do, from all that Dovecot can to next to nothing.
const std::vector<std::string>& abilities() {
  static const std::vector<std::string> all = {
      "", "CAPABILITIES='IMAP4rev1 SASL-IR IDLE CONDSTORE UIDPLUS SPECIAL-USE'",
      "CAPABILITIES='IMAP4rev1'"};
  return all;
}

TEST(MailAccount, FindsWhatCameAndWhatWentOnLesserServersToo) {
  for (const std::string& ability : abilities()) {
    const RealServer imap("dovecot", "", ability);
    hands(imap, "many INBOX 40");
    Connector connector = account(imap);
    const Read first = read_all(connector);
    EXPECT_EQ(first.seen, 40U) << ability;
    hands(imap, "many Archive 3");
    const Read second = read_all(connector, first.position);
    EXPECT_EQ(second.seen, 3U);
    const std::string box = imap.path() + "/mail/" + user + "/mail";
    fakes::output_of("rm $(ls " + box + "/cur/* " + box + "/new/* 2>/dev/null | head -n 2)");
    const Read third = read_all(connector, second.position);
    EXPECT_EQ(third.seen, 0U) << ability;
    EXPECT_THAT(third.gone, SizeIs(second.position.known.size() - third.position.known.size()));
    const Read fourth = read_all(connector, third.position);
    EXPECT_EQ(fourth.seen + fourth.gone.size(), 0U);
    EXPECT_EQ(fourth.position.cursor, third.position.cursor);
  }
}

TEST(MailAccount, ReadsARenumberedFolderAnewWithoutLosingAnything) {
  const RealServer imap("dovecot");
  hands(imap, "many INBOX 600");
  Connector connector = account(imap);
  const Read first = read_all(connector);
  ASSERT_EQ(first.seen, 600U);
  EXPECT_FALSE(first.other_store);
  fakes::output_of("rm " + imap.path() + "/mail/" + user + "/mail/dovecot*");
  Connector later = account(imap);
  const Read second = read_all(later, first.position);
  EXPECT_EQ(second.seen, 600U);
  EXPECT_THAT(second.gone, SizeIs(600));
  EXPECT_TRUE(second.other_store);
  EXPECT_THAT(second.position.known, SizeIs(600));
  const Read third = read_all(later, second.position);
  EXPECT_EQ(third.seen + third.gone.size(), 0U);
}

TEST(MailAccount, HearsOfMailAtOnce) {
  const RealServer imap("dovecot");
  Connector connector = account(imap);
  EXPECT_TRUE(has_news(connector, 5000));  // the inbox is watched
  EXPECT_TRUE(has_news(connector, 5000));  // so is sent mail
  EXPECT_FALSE(has_news(connector, 300));
  for (const char* folder : {"INBOX", "Sent"}) {
    hands(imap, std::string("many ") + folder + " 1");
    EXPECT_TRUE(has_news(connector, 3000)) << folder;
  }
}

TEST(MailAccount, TellsWhyMailWasNotTaken) {
  const RealServer imap("dovecot");
  const RealServer smtp("smtp");
  Connector connector = account(imap, &smtp);
  const auto send = [&](const std::string& recipient) {
    auto message = connectors::ApprovedMessageMaker::make(
        "a@ioud",
        "From: tom@rep.test\r\nTo: " + recipient + "\r\nMessage-ID: <a@ioud>\r\n\r\nx\r\n",
        recipient);
    return fakes::run(connector.mail_sink->send(std::move(message)));
  };
  EXPECT_EQ(send("nouser@acme.test").error().fault, Fault::rejected);
  EXPECT_EQ(send("later@acme.test").error().fault, Fault::transient);
  EXPECT_EQ(send("heavy@acme.test").error().fault, Fault::rejected);
  EXPECT_FALSE(fakes::run(connector.mail_sink->has_sent("a@ioud")).value());
  EXPECT_EQ(read_all(connector).seen, 0U);  // no copy of what did not leave
  const auto sent = send("meg@acme.test");
  EXPECT_TRUE(sent.has_value()) << reason(sent);
  EXPECT_EQ(read_all(connector).seen, 1U);
}

TEST(MailAccount, ReadsOnlyTheBeginningOfAHugeMail) {
  const RealServer imap("dovecot");
  const fakes::TemporaryFolder folder;
  folder.write("huge", "From: meg@acme.test\r\nMessage-ID: <h@acme.test>\r\n\r\n" +
                           std::string(20U << 20U, 'x') + "\r\n");
  hands(imap, "append INBOX <" + (folder.path() / "huge").string());
  Connector connector = account(imap);
  const auto page = fakes::run(connector.mail_source->pull({}, core::Instant(), {}));
  ASSERT_TRUE(page.has_value()) << reason(page);
  ASSERT_THAT(page->seen, SizeIs(1));
  EXPECT_EQ(page->seen[0].bytes.size(), 512U << 10U);
  EXPECT_THAT(page->seen[0].bytes, HasSubstr("<h@acme.test>"));
}

}  // namespace
}  // namespace ioud::functional
