#include "functional/mail_round.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "fakes/mail_listing.hpp"
#include "fakes/sample_config.hpp"

namespace ioud::functional {
namespace {

using fakes::output_of;
using fakes::RealServer;

const std::string config = fakes::sample_config(R"([clients]
file = "clients.toml"
)" + fakes::favours_alone + R"([policy.placement]
settle_minutes = 0
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

constexpr const char* disk = R"([[connector]]
name = "disk"
type = "local"
calendars = [
  { name = "work", path = "work", use = ["read", "meetings"] },
  { name = "IOUs", path = "ious", use = ["proposals"] },
]
)";

}  // namespace

void MailRound::begin(const std::string& calendars, int acme) {
  const std::string own = std::to_string(imap_.port("lmtp"));
  smtp_.emplace("smtp",
                "rep.test=" + own + " acme.test=" + (acme == 0 ? own : std::to_string(acme)));
  std::string text = core::replaced(config, "IMAPS", std::to_string(imap_.port("imaps")));
  text = core::replaced(text, "SMTP", std::to_string(smtp_->port("smtp")));
  files_.write("ioud.toml", core::replaced(text, "CA\"", imap_.ca_file() + "\"") + calendars);
  files_.write("clients.toml", clients);
  files_.write("secret", "secret\n");
  std::filesystem::permissions(files_.path() / "secret", std::filesystem::perms::owner_read);
}

std::string MailRound::command(const std::string& rest) const {
  return std::string(IOUD_PROGRAM) + " -c " + (files_.path() / "ioud.toml").string() +
         " --log error " + rest;
}

void MailRound::once(const std::string& at) const { output_of(command("--at " + at + " once")); }

std::string MailRound::hands(const std::string& user, const std::string& rest) const {
  return output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                   std::to_string(imap_.port("imap")) + " " + user + " " + rest);
}

void MailRound::put(const std::string& folder, const std::string& bytes) const {
  files_.write("mail", bytes);
  hands("tom@rep.test", "append " + folder + " <" + (files_.path() / "mail").string());
}

std::vector<formats::ParsedMail> MailRound::mails(const std::string& user,
                                                  const std::string& folder) const {
  return mails_in(hands(user, "list " + folder));
}

void MailRound::promise() const {
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

void MailRound::answer(const std::string& date, const std::string& uid, const std::string& sequence,
                       const std::string& from, const std::string& partstat) const {
  put("INBOX", "From: " + from + "\r\nTo: tom@rep.test\r\nSubject: Re\r\nDate: " + date +
                   "\r\nMessage-ID: <" + partstat + "." + sequence + "." + from +
                   ">\r\nMIME-Version: 1.0\r\n" +
                   "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n" +
                   "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nMETHOD:REPLY\r\n" +
                   "BEGIN:VEVENT\r\nUID:" + uid + "\r\nSEQUENCE:" + sequence +
                   "\r\nDTSTAMP:20260306T120000Z\r\nORGANIZER:mailto:tom@rep.test\r\n" +
                   "ATTENDEE;PARTSTAT=" + partstat + ":mailto:" + from +
                   "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

std::string MailRound::state_of_iou() const {
  const auto ledger = nlohmann::json::parse(output_of(command("ledger --json")));
  for (const auto& iou : ledger.at("ious"))
    if (iou.contains("state")) return iou.at("state").get<std::string>();
  return {};
}

void FolderRound::begin_in_folders(int acme) {
  begin(disk, acme);
  for (const char* folder : {"work", "ious"})
    std::filesystem::create_directories(files_.path() / folder);
}

std::pair<std::string, std::string> FolderRound::event(const std::string& folder,
                                                       const std::string& uid) const {
  for (const std::string& name : files_.names(folder)) {
    const std::string text = unfolded(files_.read(folder + "/" + name));
    if (value_of(text, "UID").starts_with(uid)) return {folder + "/" + name, text};
  }
  return {};
}

void FolderRound::change(const std::string& folder, const std::string& uid, const std::string& from,
                         const std::string& to) const {
  const auto [path, text] = event(folder, uid);
  ASSERT_NE(text.find(from), std::string::npos) << from << " is not in " << uid << "\n" << text;
  files_.write(path, core::replaced(text, from, to));
}

void FolderRound::accept_sitdown() const {
  change("ious", "iou-", "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED");
}

std::vector<formats::ParsedMail> mails_in(const std::string& listing) {
  std::vector<formats::ParsedMail> all;
  for (const std::string& bytes : fakes::listed(listing))
    if (const auto mail = formats::parse_mail(bytes)) all.push_back(*mail);
  return all;
}

std::string unfolded(const std::string& object) {
  const std::string lines = core::replaced(core::replaced(object, "\r\n", "\n"), "\n ", "");
  return core::replaced(lines, "\n", "\r\n");
}

std::string value_of(const std::string& object, const std::string& name) {
  const std::string text = unfolded(object);
  const std::string event = text.substr(std::min(text.find("BEGIN:VEVENT"), text.size()));
  for (const std::string& line : core::split(event, '\n'))
    if (line.starts_with(name + ":") || line.starts_with(name + ";"))
      return std::string(core::trimmed(std::string_view(line).substr(line.find(':') + 1)));
  return {};
}

}  // namespace ioud::functional
