// The program itself sending through a real Postfix: the invitation as it arrives, and the program
// killed around the moment the server takes it.

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "core/text.hpp"
#include "fakes/cut_line.hpp"
#include "fakes/may_skip.hpp"
#include "fakes/postfix.hpp"
#include "functional/mail_round.hpp"

namespace ioud::functional {
namespace {

using fakes::CutLine;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* meg = "meg@acme.test";

class PostfixRound : public FolderRound, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    if (!fakes::Postfix::is_there() && fakes::may_skip()) GTEST_SKIP() << "no postfix here";
    postfix_.emplace(imap_);
    begin_in_folders();
    send_through(postfix_->port("smtps"), "tls");
  }

  /// From now on mail leaves by that port of this machine.
  void send_through(int port, const std::string& security) {
    std::string text;
    for (const std::string& line : core::split(files_.read("ioud.toml"), '\n')) {
      if (line.starts_with("smtp = "))
        text += "smtp = { host = \"localhost\", port = " + std::to_string(port) +
                ", security = \"" + security + "\" }\n";
      else if (line.starts_with("ca_file = "))
        text += "ca_file = \"" + postfix_->ca_file() + "\"\n";
      else
        text += line + "\n";
    }
    files_.write("ioud.toml", text);
  }

  void go_to_the_invitation() {
    promise();
    once("2026-03-04T14:30:00-06:00");
    accept_sitdown();
    once("2026-03-05T10:00:00-06:00");
  }

  std::vector<std::string> sent_to_meg() const {
    std::vector<std::string> all;
    for (const std::string& bytes : fakes::listed(
             fakes::output_of("/usr/bin/python3 " + fakes::RealServer::place("mailbox.py") + " " +
                              std::to_string(imap_.port("imap")) + " tom@rep.test list Sent")))
      if (bytes.find("text/calendar") != std::string::npos) all.push_back(bytes);
    return all;
  }

  /// One pass that ends by a kill when the line is cut.
  void once_and_die(const std::string& at, CutLine& line) const {
    const std::string command = this->command("--at " + at + " once");
    const pid_t program = ::fork();
    ASSERT_GE(program, 0);
    if (program == 0) {
      ::execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
      ::_exit(127);
    }
    line.kill_too(program);
    int status = 0;
    while (::waitpid(program, &status, WNOHANG) == 0) {
      fakes::loop().restart();
      fakes::loop().run_for(std::chrono::milliseconds(5));
    }
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }

  std::optional<fakes::Postfix> postfix_;
};

/// By each way of TLS.
class PostfixInvitation : public PostfixRound {
 protected:
  void SetUp() override {
    PostfixRound::SetUp();
    if (!IsSkipped())
      send_through(postfix_->port(GetParam() == "tls" ? "smtps" : "smtp"), GetParam());
  }
};

TEST_P(PostfixInvitation, ArrivesByteForByteAsItWasBuilt) {
  go_to_the_invitation();
  EXPECT_THAT(postfix_->delivered(meg), IsEmpty());
  once("2026-03-05T10:12:00-06:00");
  once("2026-03-05T10:13:00-06:00");
  EXPECT_EQ(postfix_->delivered(meg), sent_to_meg());
  ASSERT_THAT(at_client(), SizeIs(1));
  const formats::ParsedMail invitation = at_client().front();
  EXPECT_EQ(invitation.calendar_method, "REQUEST");
  EXPECT_THAT(unfolded(invitation.calendar), HasSubstr("ATTENDEE;"));
  EXPECT_EQ(value_of(invitation.calendar, "UID"), value_of(event("work", "mtg-").second, "UID"));
  EXPECT_EQ(state_of_iou(), "offered");
}

TEST_P(PostfixRound, KilledAtTheLastDotItSendsNoSecondInvitation) {
  const bool is_taken = GetParam() == "after_the_dot";
  go_to_the_invitation();
  CutLine line(postfix_->port("clear"), is_taken ? CutLine::At::verdict : CutLine::At::last_dot);
  send_through(line.port(), "none");
  once_and_die("2026-03-05T10:12:00-06:00", line);
  EXPECT_EQ(line.cuts(), 1);
  send_through(postfix_->port("smtps"), "tls");
  for (const char* at :
       {"2026-03-05T10:13:00-06:00", "2026-03-05T10:20:00-06:00", "2026-03-05T11:00:00-06:00"})
    once(at);
  EXPECT_EQ(state_of_iou(), "offered");
  EXPECT_THAT(sent_to_meg(), SizeIs(1));
  // Killed before the dot nobody can tell, and the copy counts: she is asked after, not told twice.
  EXPECT_THAT(at_client(), SizeIs(is_taken ? 1 : 0));
}

INSTANTIATE_TEST_SUITE_P(Nightly, PostfixInvitation, testing::Values("starttls", "tls"),
                         [](const auto& way) { return way.param; });
INSTANTIATE_TEST_SUITE_P(Nightly, PostfixRound, testing::Values("before_the_dot", "after_the_dot"),
                         [](const auto& moment) { return moment.param; });

}  // namespace
}  // namespace ioud::functional
