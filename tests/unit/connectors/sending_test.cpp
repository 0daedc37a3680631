// Each Message-ID is accepted at most once, whatever is lost, refused or killed on the way.

#include "connectors/smtp/sending.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "fakes/approved.hpp"
#include "fakes/line_server.hpp"
#include "fakes/reason.hpp"
#include "fakes/stop_at.hpp"
#include "net/alarm.hpp"

namespace ioud::connectors::smtp {
namespace {

using core::Fault;
using fakes::Call;
using fakes::LineServer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A folder of sent mail that outlives every kill.
struct Drawer {
  std::map<std::string, std::string> mails;
  bool refuses_removal = false;
  std::chrono::milliseconds takes{0};  ///< to file a copy
};

class SentInDrawer final : public SentFolder {
 public:
  SentInDrawer(Drawer& drawer, core::Steps* steps) : drawer_(drawer), steps_(steps) {}
  Task<Stored> find(std::string message_id) override {
    Stored stored;
    if (drawer_.mails.contains(message_id)) stored.href = message_id;
    co_return stored;
  }
  Task<Stored> file(std::string message_id, std::string bytes) override {
    if (steps_ != nullptr) steps_->reached("imap.append.before");
    net::Alarm pause(co_await boost::asio::this_coro::executor);
    if (drawer_.takes.count() > 0) co_await pause.wait(drawer_.takes);
    drawer_.mails.emplace(message_id, std::move(bytes));
    if (steps_ != nullptr) steps_->reached("imap.append.after");
    Stored stored;
    stored.href = std::move(message_id);
    co_return stored;
  }
  Task<bool> take_back(Stored copy) override {
    if (drawer_.refuses_removal) co_return core::fail(Fault::transient, "sent", "not now");
    drawer_.mails.erase(copy.href);
    co_return true;
  }

 private:
  Drawer& drawer_;
  core::Steps* steps_;
};

/// A submission server that hangs up before it answers the n-th command, or answers it badly.
class ScriptedSmtp {
 public:
  std::map<std::string, std::string> replies;  ///< by the first word of the command
  std::string greeting = "220 smtp.test\r\n";
  std::chrono::milliseconds thinks_for{0};  ///< about each mail
  std::optional<std::string>
      breaks_in;                      ///< said after a mail's first line, and the line is hung up
  int silent_at = -1;                 ///< hangs up there, after having done it
  std::vector<std::string> accepted;  ///< bodies
  std::vector<std::string> commands;

  int port() const { return server_.port(); }
  int calls() const { return server_.calls(); }

 private:
  boost::asio::awaitable<void> serve(Call& call) {
    commands.clear();
    co_await call.say(greeting);
    for (int turn = 0;; ++turn) {
      std::string line = co_await call.line();
      if (!call.is_open()) co_return;
      commands.push_back(line);
      const std::string word = line.substr(0, line.find(' '));
      if (turn == silent_at) co_return;
      std::string reply = "250 fine\r\n";
      if (word == "EHLO") reply = "250-smtp.test\r\n250-AUTH PLAIN\r\n250 SIZE 1000\r\n";
      if (word == "AUTH") reply = "235 in\r\n";
      if (const auto told = replies.find(word); told != replies.end()) reply = told->second;
      const bool takes_mail = word == "DATA" && reply == "250 fine\r\n";
      if (takes_mail) {
        co_await call.say("354 go\r\n");
        std::string body;
        for (;;) {
          std::string part = co_await call.line();
          if (!call.is_open()) co_return;
          if (part == ".") break;
          if (breaks_in) {
            co_await call.say(*breaks_in);
            co_return;
          }
          body += part + "\n";
        }
        const auto last = replies.find(".");
        if (last != replies.end()) {
          reply = last->second;
        } else {
          accepted.push_back(body);
        }
        net::Alarm thought(co_await boost::asio::this_coro::executor);
        if (thinks_for.count() > 0) co_await thought.wait(thinks_for);
        ++turn;
        if (turn == silent_at || reply == "hang up") co_return;
      }
      co_await call.say(reply);
    }
  }

  LineServer server_{[this](Call& call) { return serve(call); }};
};

Task<core::Secret> secret() { co_return core::Secret("secret"); }

class SendingTest : public testing::Test {
 protected:
  std::unique_ptr<Sending> make(core::Steps* steps = nullptr, bool keeps_copy = false) {
    Sending::Parts parts;
    parts.sent = std::make_unique<SentInDrawer>(drawer_, steps);
    parts.account.peer.host = "127.0.0.1";
    parts.account.peer.port = static_cast<std::uint16_t>(smtp_.port());
    parts.account.peer.security = net::Security::none;
    parts.account.patience.progress = patience_;
    parts.account.user = "tom";
    parts.account.find_secret = secret;
    parts.keeps_copy = keeps_copy;
    parts.clock = &clock_;
    parts.steps = steps;
    return std::make_unique<Sending>(std::move(parts));
  }
  static ApprovedMessage message(const std::string& id = "inv-1@ioud") {
    return ApprovedMessageMaker::make(id,
                                      "Message-ID: <" + id + ">\r\n\r\nSee you.\r\n.hidden\r\n");
  }
  static core::Result<bool> send(Sending& sending, const std::string& id = "inv-1@ioud") {
    return fakes::run(sending.send(message(id)));
  }

  ScriptedSmtp smtp_;
  Drawer drawer_;
  std::chrono::milliseconds patience_ = std::chrono::seconds(2);
  net::FrozenClock clock_{core::Instant(std::chrono::seconds(1'000'000))};
};

TEST_F(SendingTest, SendsOnceAndKeepsACopy) {
  const auto sending = make();
  const auto sent = send(*sending);
  ASSERT_TRUE(sent.has_value()) << fakes::reason(sent);
  ASSERT_TRUE(send(*sending).has_value());
  EXPECT_THAT(smtp_.accepted, ElementsAre(HasSubstr("..hidden")));
  EXPECT_EQ(drawer_.mails.size(), 1U);
  EXPECT_THAT(smtp_.commands, testing::Contains("MAIL FROM:<tom@rep.test> SIZE=47"));
}

TEST_F(SendingTest, CountsAsSentWhereTheReplyAfterTheLastDotIsLost) {
  smtp_.silent_at = 5;
  const auto sending = make();
  const auto first = send(*sending);
  ASSERT_FALSE(first.has_value());
  EXPECT_EQ(first.error().fault, Fault::transient);
  smtp_.silent_at = -1;
  EXPECT_TRUE(fakes::run(sending->has_sent("inv-1@ioud")).value());
  EXPECT_TRUE(send(*make()).has_value());
  EXPECT_EQ(smtp_.accepted.size(), 1U);
}

TEST_F(SendingTest, HandsOverAgainWhereTheServerLeftBeforeTheMailHadEnded) {
  for (const char* words : {"", "421 4.4.2 too slow\r\n"}) {
    const std::string id = std::string("inv-") + std::to_string(smtp_.calls()) + "@ioud";
    smtp_.breaks_in = words;
    drawer_.takes = std::chrono::milliseconds(50);
    const auto sending = make();
    const auto broken = send(*sending, id);
    ASSERT_FALSE(broken.has_value());
    EXPECT_EQ(broken.error().fault, Fault::transient) << fakes::reason(broken);
    EXPECT_THAT(drawer_.mails, IsEmpty());
    smtp_.breaks_in.reset();
    smtp_.accepted.clear();
    const auto sent = send(*sending, id);
    EXPECT_TRUE(sent.has_value()) << fakes::reason(sent);
    EXPECT_EQ(smtp_.accepted.size(), 1U);
    drawer_.mails.clear();
  }
}

TEST_F(SendingTest, LooksForTheServersOwnCopyWhereItKeepsOne) {
  smtp_.replies["."] = "hang up";
  const auto sending = make(nullptr, true);
  EXPECT_FALSE(send(*sending).has_value());
  EXPECT_TRUE(drawer_.mails.empty());
  EXPECT_FALSE(fakes::run(sending->has_sent("inv-1@ioud")).value());
  smtp_.replies.clear();
  EXPECT_TRUE(send(*sending).has_value());
  EXPECT_EQ(smtp_.accepted.size(), 1U);
  EXPECT_TRUE(drawer_.mails.empty());
}

TEST_F(SendingTest, TakesTheCopyBackWhereTheServerRefuses) {
  smtp_.replies["."] = "552 too large\r\n";
  const auto sending = make();
  const auto refused = send(*sending);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::rejected);
  EXPECT_TRUE(drawer_.mails.empty());
  EXPECT_FALSE(fakes::run(sending->has_sent("inv-1@ioud")).value());
}

TEST_F(SendingTest, DoesNotTakeACopyItCouldNotRemoveForProof) {
  smtp_.replies["."] = "451 later\r\n";
  drawer_.refuses_removal = true;
  const auto sending = make();
  EXPECT_EQ(send(*sending).error().fault, Fault::transient);
  EXPECT_EQ(drawer_.mails.size(), 1U);
  EXPECT_FALSE(fakes::run(sending->has_sent("inv-1@ioud")).has_value());
  drawer_.refuses_removal = false;
  smtp_.replies.clear();
  EXPECT_TRUE(send(*sending).has_value());
  EXPECT_EQ(smtp_.accepted.size(), 1U);
}

TEST_F(SendingTest, GivesRefusalsTheirPolicy) {
  const std::vector<std::tuple<std::string, std::string, Fault>> cases = {
      {"EHLO", "421 busy\r\n", Fault::transient},
      {"AUTH", "535 no\r\n", Fault::auth},
      {"AUTH", "454 later\r\n", Fault::transient},
      {"MAIL", "550 no\r\n", Fault::rejected},
      {"RCPT", "550 nobody\r\n", Fault::rejected},
      {"RCPT", "451 later\r\n", Fault::transient},
      {"DATA", "554 no\r\n", Fault::rejected},
      {"EHLO", "250-x\r\n250 AUTH GSSAPI\r\n", Fault::config},
      {"EHLO", "250-x\r\n250-AUTH PLAIN\r\n250 SIZE 10\r\n", Fault::rejected},
      {"MAIL", "what\r\n", Fault::protocol},
  };
  for (const auto& [word, reply, fault] : cases) {
    smtp_.replies = {{word, reply}};
    const auto refused = send(*make());
    ASSERT_FALSE(refused.has_value()) << word;
    EXPECT_EQ(refused.error().fault, fault) << fakes::reason(refused);
    EXPECT_THAT(drawer_.mails, IsEmpty());
  }
  EXPECT_THAT(smtp_.accepted, IsEmpty());
}

TEST_F(SendingTest, LosesNoMailWhereTheServerTurnsAwayWhoeverCalls) {
  for (const auto& [greeting, ehlo, fault] :
       {std::tuple("554 no service for you\r\n", "250 x\r\n", Fault::transient),
        std::tuple("421 busy\r\n", "250 x\r\n", Fault::transient),
        std::tuple("220 x\r\n", "502 no such thing\r\n", Fault::config)}) {
    smtp_.greeting = greeting;
    smtp_.replies = {{"EHLO", ehlo}};
    const auto refused = send(*make());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fault, fault) << fakes::reason(refused);
  }
  EXPECT_THAT(drawer_.mails, IsEmpty());
}

TEST_F(SendingTest, WaitsForAVerdictLongerThanForAnyOtherReply) {
  patience_ = std::chrono::milliseconds(150);
  smtp_.thinks_for = std::chrono::milliseconds(600);
  smtp_.replies["."] = "554 it looks like spam\r\n";
  const auto refused = send(*make());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::rejected) << fakes::reason(refused);
  EXPECT_THAT(drawer_.mails, IsEmpty());
  smtp_.replies.clear();
  const auto sent = send(*make());
  EXPECT_TRUE(sent.has_value()) << fakes::reason(sent);
}

TEST_F(SendingTest, DoesNotHammer) {
  smtp_.replies = {{"AUTH", "535 no\r\n"}};
  const auto sending = make();
  for (int second = 0; second < 600; ++second) {
    EXPECT_FALSE(send(*sending).has_value());
    clock_.move_to(clock_.now() + std::chrono::seconds(1));
  }
  EXPECT_LE(smtp_.calls(), 10);
}

TEST_F(SendingTest, IsAcceptedAtMostOnceWhereverItIsKilledOrTheReplyIsLost) {
  int trials = 0;
  int delivered = 0;
  const std::size_t steps = 6;
  for (int round = 0; round < 20; ++round) {
    for (std::size_t kill = 0; kill < steps; ++kill) {
      for (int silent = -1; silent <= 7; ++silent) {
        const std::string id = "inv-" + std::to_string(++trials) + "@ioud";
        smtp_.accepted.clear();
        smtp_.silent_at = silent;
        fakes::StopAt stop(kill);
        try {
          (void)send(*make(&stop), id);
        } catch (const fakes::Stopped&) {
          EXPECT_LT(stop.steps.size(), steps);
        }
        smtp_.silent_at = -1;
        for (int start = 0; start < 3; ++start) {
          const auto sending = make();
          const auto left = fakes::run(sending->has_sent(id));
          ASSERT_TRUE(left.has_value());
          const bool is_done = *left || send(*sending, id).has_value();
          ASSERT_TRUE(is_done);
        }
        ASSERT_LE(smtp_.accepted.size(), 1U) << "killed at " << kill << ", silent at " << silent;
        delivered += static_cast<int>(smtp_.accepted.size());
      }
    }
  }
  EXPECT_GE(trials, 1000);
  // All but those killed between the copy and the last dot.
  EXPECT_GE(delivered, trials / 2);
}

}  // namespace
}  // namespace ioud::connectors::smtp
