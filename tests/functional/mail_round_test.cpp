// The program itself between real mail servers and a calendar folder: from a promise in a mail to
// the client's answer, with exactly one mail for each thing he has to know.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/text.hpp"
#include "fakes/real_server.hpp"
#include "fakes/sample_config.hpp"
#include "formats/mime.hpp"

namespace ioud::functional {
namespace {

using fakes::output_of;
using fakes::RealServer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string config = fakes::sample_config(R"([clients]
file = "clients.toml"
[policy.features]
cadence = false
referrals = false
after_sale = false
planning = false
parity = false
prep = false
[policy.placement]
settle_minutes = 0
[[connector]]
name = "disk"
type = "local"
calendars = [
  { name = "work", path = "work", use = ["read", "meetings"] },
  { name = "IOUs", path = "ious", use = ["proposals"] },
]
[[connector]]
name = "mail"
type = "mail"
user = "tom@rep.test"
password = { file = "secret" }
ca_file = "CA"
imap = { host = "localhost", port = IMAPS }
smtp = { host = "localhost", port = SMTP, security = "none" }
)");

constexpr const char* clients = R"([[client]]
name = "Acme Press"
stage = "customer"
tier = "gold"
contacts = ["meg@acme.test"]
time_zone = "America/Chicago"
history = { trust = 3, delivered = 1 }
purchases = [ { date = 2025-06-01, what = "press" } ]
)";

class MailRound : public testing::Test {
 protected:
  MailRound() {
    std::string text = core::replaced(config, "IMAPS", std::to_string(imap_.port("imaps")));
    text = core::replaced(text, "SMTP", std::to_string(smtp_.port("smtp")));
    files_.write("ioud.toml", core::replaced(text, "CA\"", imap_.ca_file() + "\""));
    files_.write("clients.toml", clients);
    files_.write("secret", "secret\n");
    std::filesystem::permissions(files_.path() / "secret", std::filesystem::perms::owner_read);
    for (const char* folder : {"work", "ious"})
      std::filesystem::create_directories(files_.path() / folder);
  }

  std::string command(const std::string& rest) const {
    return std::string(IOUD_PROGRAM) + " -c " + (files_.path() / "ioud.toml").string() +
           " --log error " + rest;
  }
  void once(const std::string& at) const { output_of(command("--at " + at + " once")); }

  std::string hands(const std::string& user, const std::string& rest) const {
    return output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                     std::to_string(imap_.port("imap")) + " " + user + " " + rest);
  }
  void put(const std::string& folder, const std::string& bytes) const {
    files_.write("mail", bytes);
    hands("tom@rep.test", "append " + folder + " <" + (files_.path() / "mail").string());
  }
  std::vector<formats::ParsedMail> mails(const std::string& user, const std::string& folder) const {
    std::vector<formats::ParsedMail> all;
    std::string left = hands(user, "list " + folder);
    while (!left.empty()) {
      const auto end = left.find('\n');
      const std::size_t size = std::stoul(left.substr(0, end));
      const auto mail = formats::parse_mail(left.substr(end + 1, size));
      if (mail) all.push_back(*mail);
      left.erase(0, end + 1 + size);
    }
    return all;
  }
  /// What the client's mailbox holds.
  std::vector<formats::ParsedMail> at_client() const { return mails("meg@acme.test", "INBOX"); }

  void promise() const {
    put("INBOX",
        "From: Meg <meg@acme.test>\r\nTo: tom@rep.test\r\nSubject: Press down\r\n"
        "Date: Wed, 04 Mar 2026 14:10:00 -0600\r\nMessage-ID: <ask@acme.test>\r\n\r\n"
        "Our press is down. Any chance you could get us the drive belt from the warehouse before "
        "the weekend is over?\r\n");
    put("Sent",
        "From: Tom Reyes <tom@rep.test>\r\nTo: meg@acme.test\r\nSubject: Re: Press down\r\n"
        "Date: Wed, 04 Mar 2026 14:25:00 -0600\r\nMessage-ID: <promise@rep.test>\r\n"
        "In-Reply-To: <ask@acme.test>\r\n\r\nNo problem, I'll drop the part off Saturday.\r\n");
  }

  /// The file of the one event whose UID begins so, and its unfolded text.
  std::pair<std::string, std::string> event(const std::string& folder,
                                            const std::string& uid) const {
    for (const std::string& name : files_.names(folder)) {
      const std::string text = core::replaced(files_.read(folder + "/" + name), "\r\n ", "");
      if (text.find("\r\nUID:" + uid) != std::string::npos) return {folder + "/" + name, text};
    }
    return {};
  }
  void accept_sitdown() const {
    const auto [path, text] = event("ious", "iou-");
    ASSERT_FALSE(path.empty());
    files_.write(path, core::replaced(text, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED"));
  }
  void answer(const std::string& uid, const std::string& sequence, const std::string& from,
              const std::string& partstat) const {
    put("INBOX", "From: " + from + "\r\nTo: tom@rep.test\r\nSubject: Re\r\n" +
                     "Date: Fri, 06 Mar 2026 08:50:00 -0600\r\nMessage-ID: <" + partstat + "." +
                     from + ">\r\nMIME-Version: 1.0\r\n" +
                     "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n" +
                     "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nMETHOD:REPLY\r\n" +
                     "BEGIN:VEVENT\r\nUID:" + uid + "\r\nSEQUENCE:" + sequence +
                     "\r\nDTSTAMP:20260306T120000Z\r\nORGANIZER:mailto:tom@rep.test\r\n" +
                     "ATTENDEE;PARTSTAT=" + partstat + ":mailto:" + from +
                     "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  }
  std::string state_of_iou() const {
    const auto ledger = nlohmann::json::parse(output_of(command("ledger --json")));
    for (const auto& iou : ledger.at("ious"))
      if (iou.contains("state")) return iou.at("state").get<std::string>();
    return {};
  }

  RealServer imap_{"dovecot"};
  RealServer smtp_{"smtp", "rep.test=" + std::to_string(imap_.port("lmtp")) +
                               " acme.test=" + std::to_string(imap_.port("lmtp"))};
  fakes::TemporaryFolder files_;
};

std::string value_of(const std::string& text, const std::string& name) {
  const auto begin = text.find("\n" + name + ":") + name.size() + 2;
  return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

TEST_F(MailRound, GoesFromAPromiseToAMeetingWithOneMailForEachThing) {
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
  answer(uid, "0", "karen@elsewhere.test", "DECLINED");
  answer("other-" + uid, "0", "meg@acme.test", "DECLINED");
  once("2026-03-06T08:55:00-06:00");
  EXPECT_EQ(state_of_iou(), "offered");
  answer(uid, "0", "meg@acme.test", "ACCEPTED");
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

TEST_F(MailRound, AMailSentThroughTheServerIsAProposalAtOnceInTheRunningProgram) {
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
            std::to_string(smtp_.port("smtp")));
  EXPECT_TRUE(wait_for([&] { return !event("ious", "iou-").first.empty(); }, 5));
  ::kill(daemon, SIGTERM);
  int status = 0;
  ::waitpid(daemon, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_THAT(at_client(), SizeIs(1));  // the rep's own mail, and none of ours
}

}  // namespace
}  // namespace ioud::functional
