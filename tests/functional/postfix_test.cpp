// Sending through a real Postfix: what only such a server shows of TLS, refusals, bounds and lines
// that break off, and that no mail is delivered twice whatever happens.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/mail/connector.hpp"
#include "fakes/approved.hpp"
#include "fakes/cut_line.hpp"
#include "fakes/may_skip.hpp"
#include "fakes/postfix.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"

namespace ioud::functional {
namespace {

using connectors::Connector;
using core::Fault;
using fakes::CutLine;
using fakes::reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* meg = "meg@acme.test";

net::Task<core::Secret> secret(std::string text) { co_return core::Secret(std::move(text)); }

std::string mail(const std::string& id, const std::string& body = "See you Saturday.",
                 const std::string& to = meg, const std::string& more = "") {
  return "From: Tom <tom@rep.test>\r\nTo: " + to +
         "\r\nSubject: Proofs\r\nDate: Wed, 04 Mar 2026 14:25:00 -0600\r\nMessage-ID: <" + id +
         ">\r\n" + more + "\r\n" + body + "\r\n";
}

/// Where and how the server is spoken to.
struct Way {
  std::string name;
  std::string port;
  std::string security;
};

void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

class PostfixTest : public testing::TestWithParam<Way> {
 protected:
  void SetUp() override {
    if (!fakes::Postfix::is_there() && fakes::may_skip()) GTEST_SKIP() << "no postfix here";
    imap_ = std::make_unique<fakes::RealServer>("dovecot");
    postfix_ = std::make_unique<fakes::Postfix>(*imap_);
    account_ = account(postfix_->port(GetParam().port), GetParam().security);
  }

  /// `password` is what Postfix is told; Dovecot is told the right one.
  Connector account(int port, const std::string& security, const std::string& password = "secret") {
    connectors::Surroundings surroundings;
    surroundings.find_secret = [password](const connectors::Setting& reference) {
      return secret(reference.text("credential") == "postfix" ? password : "secret");
    };
    const auto peer = [&](const std::string& server, int at, const std::string& how) {
      std::vector<std::pair<std::string, connectors::Setting>> entries = {
          {"host", tree_.text("localhost")},
          {"port", tree_.value(std::int64_t{at})},
          {"security", tree_.text(how)}};
      if (server == "postfix")
        entries.emplace_back("password", tree_.table({{"credential", tree_.text(server)}}));
      return tree_.table(std::move(entries));
    };
    return connectors::mail::kind()
        .make(tree_.table({{"name", tree_.text("mail")},
                           {"type", tree_.text("mail")},
                           {"user", tree_.text("tom@rep.test")},
                           {"password", tree_.table({{"credential", tree_.text("mail")}})},
                           {"ca_file", tree_.text(postfix_->ca_file())},
                           {"imap", peer("dovecot", imap_->port("imaps"), "tls")},
                           {"smtp", peer("postfix", port, security)}}),
              surroundings)
        .value();
  }

  core::Result<bool> send(const std::string& id, const std::string& bytes,
                          const std::string& to = meg) {
    return send_by(account_, id, bytes, to);
  }
  static core::Result<bool> send_by(Connector& connector, const std::string& id,
                                    const std::string& bytes, const std::string& to = meg) {
    auto message = connectors::ApprovedMessageMaker::make(id, bytes, to);
    return fakes::run(connector.mail_sink->send(std::move(message)));
  }
  bool has_sent(const std::string& id) {
    return fakes::run(account_.mail_sink->has_sent(id)).value();
  }
  /// The copies in the folder of sent mail.
  std::vector<std::string> copies() const {
    return fakes::listed(
        fakes::output_of("/usr/bin/python3 " + fakes::RealServer::place("mailbox.py") + " " +
                         std::to_string(imap_->port("imap")) + " tom@rep.test list Sent"));
  }
  std::vector<std::string> at_meg() const { return postfix_->delivered(meg); }

  fakes::SettingTree tree_;
  std::unique_ptr<fakes::RealServer> imap_;
  std::unique_ptr<fakes::Postfix> postfix_;
  Connector account_;
};

TEST_P(PostfixTest, TakesAMailOverTlsAndDeliversItByteForByte) {
  const auto sent = send("a@ioud", mail("a@ioud"));
  ASSERT_TRUE(sent.has_value()) << reason(sent);
  ASSERT_TRUE(send("a@ioud", mail("a@ioud")).has_value());
  EXPECT_THAT(at_meg(), ElementsAre(mail("a@ioud")));
  EXPECT_THAT(copies(), ElementsAre(mail("a@ioud")));
  EXPECT_THAT(fakes::run(account_.probe()), IsEmpty());
}

TEST_P(PostfixTest, TakesNoPasswordInTheClearAndNoWrongOne) {
  Connector open = account(postfix_->port("smtp"), "none");
  const auto in_the_clear = send_by(open, "a@ioud", mail("a@ioud"));
  ASSERT_FALSE(in_the_clear.has_value());
  EXPECT_EQ(in_the_clear.error().fault, Fault::config) << reason(in_the_clear);
  Connector wrong = account(postfix_->port(GetParam().port), GetParam().security, "wrong");
  const auto refused = send_by(wrong, "a@ioud", mail("a@ioud"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::auth) << reason(refused);
  EXPECT_THAT(postfix_->log(), HasSubstr("SASL PLAIN authentication failed"));
  EXPECT_THAT(fakes::run(wrong.probe()), SizeIs(1));
  EXPECT_FALSE(has_sent("a@ioud"));
  EXPECT_THAT(at_meg(), IsEmpty());
}

TEST_P(PostfixTest, RefusesWhatIsTooLargeBeforeABitOfItGoesOut) {
  std::string body;
  while (body.size() < 1'000'001) body += std::string(70, 'x') + "\r\n";
  const auto refused = send("a@ioud", mail("a@ioud", body));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::rejected) << reason(refused);
  EXPECT_THAT(postfix_->log(), Not(HasSubstr("data=")));
  EXPECT_THAT(copies(), IsEmpty());
  const std::string just = mail("b@ioud", body.substr(0, 999'000));
  EXPECT_TRUE(send("b@ioud", just).has_value());
  EXPECT_THAT(at_meg(), ElementsAre(just));
}

TEST_P(PostfixTest, TellsWhatIsRefusedForGoodFromWhatMayComeLater) {
  const auto unknown = send("a@ioud", mail("a@ioud"), "nouser@acme.test");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().fault, Fault::rejected) << reason(unknown);
  const auto elsewhere = send("b@ioud", mail("b@ioud"), "meg@elsewhere.test");
  ASSERT_FALSE(elsewhere.has_value());
  EXPECT_EQ(elsewhere.error().fault, Fault::rejected) << reason(elsewhere);
  const auto later = send("c@ioud", mail("c@ioud"), "later@acme.test");
  ASSERT_FALSE(later.has_value());
  EXPECT_EQ(later.error().fault, Fault::transient) << reason(later);
  const auto judged =
      send("d@ioud", mail("d@ioud", "See you Saturday.", meg, "X-Refused: yes\r\n"));
  ASSERT_FALSE(judged.has_value());
  EXPECT_EQ(judged.error().fault, Fault::rejected) << reason(judged);
  for (const char* id : {"a@ioud", "b@ioud", "c@ioud", "d@ioud"}) EXPECT_FALSE(has_sent(id)) << id;
  EXPECT_THAT(copies(), IsEmpty());
  EXPECT_THAT(at_meg(), IsEmpty());
}

TEST_P(PostfixTest, DeliversOnceWhatWasGreylisted) {
  const std::string bytes = mail("a@ioud", "See you Saturday.", "grey@acme.test");
  const auto first = send("a@ioud", bytes, "grey@acme.test");
  ASSERT_FALSE(first.has_value());
  EXPECT_EQ(first.error().fault, Fault::transient) << reason(first);
  EXPECT_FALSE(has_sent("a@ioud"));
  for (int turn = 0; turn < 3; ++turn) {
    const auto again = send("a@ioud", bytes, "grey@acme.test");
    ASSERT_TRUE(again.has_value()) << reason(again);
  }
  EXPECT_THAT(postfix_->delivered("grey@acme.test"), ElementsAre(bytes));
  EXPECT_THAT(copies(), ElementsAre(bytes));
}

TEST_P(PostfixTest, WritesToAddressesInUtf8) {
  const std::string to = "jürgen@utf8.test";
  const std::string bytes = mail("a@ioud", "Grüße aus Köln", to,
                                 "MIME-Version: 1.0\r\nContent-Type: text/plain; "
                                 "charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n");
  const auto sent = send("a@ioud", bytes, to);
  ASSERT_TRUE(sent.has_value()) << reason(sent);
  postfix_->settle();
  EXPECT_THAT(postfix_->log(), HasSubstr("to=<" + to + ">, relay=virtual"));
  const std::string box = postfix_->server().path() + "/utf8/new";
  std::string found = fakes::output_of("cat " + box + "/*");
  EXPECT_THAT(found, HasSubstr("To: " + to + "\n"));
  EXPECT_THAT(found, HasSubstr("Grüße aus Köln\n"));
}

TEST_P(PostfixTest, ChangesNoByteOfABodyOnItsWay) {
  const std::string kind =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: 8bit\r\n";
  const std::string bytes = mail("a@ioud",
                                 ".\r\n..\r\n.a line with a dot\r\n \r\n\tGrüße \r\n" +
                                     std::string(998, 'x') + "\r\nFrom here on\r\n\r\n.",
                                 meg, kind);
  const auto sent = send("a@ioud", bytes);
  ASSERT_TRUE(sent.has_value()) << reason(sent);
  EXPECT_THAT(at_meg(), ElementsAre(bytes));
  const auto cut = send("b@ioud", mail("b@ioud", std::string(999, 'x')));
  ASSERT_FALSE(cut.has_value());
  EXPECT_EQ(cut.error().fault, Fault::rejected) << reason(cut);
  EXPECT_THAT(postfix_->log(), Not(HasSubstr("breaking line")));
  EXPECT_THAT(copies(), SizeIs(1));
}

TEST_P(PostfixTest, DeliversAtMostOnceWhereTheLineBreaksAtTheLastDot) {
  for (const auto cut : {CutLine::At::last_dot, CutLine::At::verdict}) {
    const bool is_taken = cut == CutLine::At::verdict;
    const std::string id = is_taken ? "taken@ioud" : "lost@ioud";
    CutLine line(postfix_->port("clear"), cut);
    Connector broken = account(line.port(), "none");
    const auto sent = send_by(broken, id, mail(id));
    ASSERT_FALSE(sent.has_value());
    EXPECT_EQ(sent.error().fault, Fault::transient) << reason(sent);
    EXPECT_EQ(line.cuts(), 1);
    // Whoever comes next finds the copy and hands nothing over, before a restart and after.
    EXPECT_TRUE(has_sent(id));
    for (Connector* next : {&broken, &account_}) {
      const auto again = send_by(*next, id, mail(id));
      EXPECT_TRUE(again.has_value()) << reason(again);
    }
    EXPECT_EQ(at_meg().size(), is_taken ? 1U : 0U);
  }
  EXPECT_THAT(at_meg(), ElementsAre(mail("taken@ioud")));
  EXPECT_THAT(copies(), SizeIs(2));
}

TEST_P(PostfixTest, HandsOverAgainWhereTheLineBreaksBeforeTheWholeMailIsThere) {
  CutLine line(postfix_->port("clear"), CutLine::At::data);
  Connector broken = account(line.port(), "none");
  const auto sent = send_by(broken, "a@ioud", mail("a@ioud"));
  ASSERT_FALSE(sent.has_value());
  EXPECT_EQ(sent.error().fault, Fault::transient) << reason(sent);
  EXPECT_FALSE(has_sent("a@ioud"));
  EXPECT_TRUE(send_by(broken, "a@ioud", mail("a@ioud")).has_value());
  EXPECT_THAT(at_meg(), ElementsAre(mail("a@ioud")));
  EXPECT_THAT(copies(), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Nightly, PostfixTest,
                         testing::Values(Way{"starttls", "smtp", "starttls"},
                                         Way{"tls", "smtps", "tls"}),
                         [](const auto& way) { return way.param.name; });

}  // namespace
}  // namespace ioud::functional
