// The program itself between real mail servers and a calendar folder: from a promise in a mail to
// the client's answer, with exactly one mail for each thing he has to know.

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "core/text.hpp"
#include "functional/mail_round.hpp"

namespace ioud::functional {
namespace {

using fakes::output_of;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* morning = "Fri, 06 Mar 2026 08:50:00 -0600";

TEST_F(FolderRound, GoesFromAPromiseToAMeetingWithOneMailForEachThing) {
  promise();
  once("2026-03-04T14:30:00-06:00");
  EXPECT_THAT(at_client(), IsEmpty());
  accept_sitdown();
  once("2026-03-05T10:00:00-06:00");
  EXPECT_THAT(at_client(), IsEmpty());
  once("2026-03-05T10:12:00-06:00");
  once("2026-03-05T10:13:00-06:00");
  ASSERT_THAT(at_client(), SizeIs(1));
  const formats::ParsedMail invitation = at_client().front();
  EXPECT_EQ(invitation.calendar_method, "REQUEST");
  EXPECT_THAT(invitation.calendar, HasSubstr("METHOD:REQUEST"));
  const std::string uid = value_of(invitation.calendar, "UID");
  EXPECT_EQ(state_of_iou(), "offered");
  std::size_t copies = 0;
  for (const auto& mail : mails("tom@rep.test", "Sent"))
    if (mail.message_id == invitation.message_id) ++copies;
  EXPECT_EQ(copies, 1U);

  // Somebody else, and an answer to something else, change nothing.
  answer(morning, uid, "0", "karen@elsewhere.test", "DECLINED");
  answer(morning, "other-" + uid, "0", "meg@acme.test", "DECLINED");
  once("2026-03-06T08:55:00-06:00");
  EXPECT_EQ(state_of_iou(), "offered");
  answer(morning, uid, "0", "meg@acme.test", "ACCEPTED");
  once("2026-03-06T09:00:00-06:00");
  EXPECT_EQ(state_of_iou(), "scheduled");
  EXPECT_THAT(at_client(), SizeIs(1));

  std::filesystem::remove(files_.path() / event("work", uid).first);
  for (const char* at : {"2026-03-06T12:00:00-06:00", "2026-03-06T12:15:00-06:00",
                         "2026-03-06T12:30:00-06:00", "2026-03-06T12:45:00-06:00"})
    once(at);
  const auto all = at_client();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all.back().calendar_method, "CANCEL");
  EXPECT_EQ(value_of(all.back().calendar, "UID"), uid);
}

TEST_F(FolderRound, AMailSentThroughTheServerIsAProposalAtOnceInTheRunningProgram) {
  const std::string line = command("run");
  const pid_t daemon = ::fork();
  ASSERT_GE(daemon, 0);
  if (daemon == 0) {
    ::execl("/bin/sh", "sh", "-c", ("exec " + line).c_str(), nullptr);
    ::_exit(127);
  }
  const auto wait_for = [](const std::function<bool()>& claim, int seconds) {
    for (int turn = 0; turn < seconds * 100; ++turn) {
      if (claim()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  };
  EXPECT_TRUE(wait_for(
      [&] {
        return output_of("grep -c 'Login: .*imap-login' " + imap_.path() + "/log || true") != "" &&
               std::stoi(output_of("grep -c 'Login: ' " + imap_.path() + "/log || true")) >= 3;
      },
      20));
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  EXPECT_THAT(files_.names("ious"), IsEmpty());
  files_.write("send.py",
               "import smtplib, sys, email.utils\n"
               "with smtplib.SMTP('127.0.0.1', int(sys.argv[1])) as peer:\n"
               "    peer.login('tom', 'secret')\n"
               "    peer.sendmail('tom@rep.test', ['meg@acme.test', 'tom@rep.test'],\n"
               "        'From: tom@rep.test\\r\\nTo: meg@acme.test\\r\\nSubject: Belt\\r\\n'\n"
               "        'Message-ID: <p@rep.test>\\r\\nDate: ' + email.utils.formatdate() +\n"
               "        '\\r\\n\\r\\nNo problem, I will drop the drive belt off at your shop on "
               "Friday.\\r\\n')\n");
  output_of("/usr/bin/python3 " + (files_.path() / "send.py").string() + " " +
            std::to_string(smtp_->port("smtp")));
  EXPECT_TRUE(wait_for([&] { return !event("ious", "iou-").first.empty(); }, 5));
  ::kill(daemon, SIGTERM);
  int status = 0;
  ::waitpid(daemon, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_THAT(at_client(), SizeIs(1));  // the rep's own mail, and none of ours
}

}  // namespace
}  // namespace ioud::functional
