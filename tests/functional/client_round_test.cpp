// The round as a client's own program sees it: his mailbox is at Cyrus, which files what we send
// into his calendar, and a script of his answers from what it finds there.

#include <gmock/gmock.h>

#include "fakes/mail_listing.hpp"
#include "fakes/may_skip.hpp"
#include "functional/mail_round.hpp"

namespace ioud::functional {
namespace {

using fakes::output_of;
using fakes::RealServer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ClientRound : public FolderRound {
 protected:
  void SetUp() override {
    const bool is_there = std::filesystem::exists("/usr/lib/cyrus/bin/httpd");
    if (!is_there && fakes::may_skip()) GTEST_SKIP() << "cyrus-caldav is not installed";
    cyrus_.emplace("cyrus_imap", "", "INVITATIONS=acme.test");
    begin_in_folders(cyrus_->port("lmtp"));
    EXPECT_THAT(at_client(), IsEmpty());  // Cyrus makes an account with the first login by IMAP
    EXPECT_THAT(clients_calendar(), IsEmpty());
  }

  std::vector<formats::ParsedMail> at_client() const override {
    return mails_in(output_of("/usr/bin/python3 " + RealServer::place("mailbox.py") + " " +
                              std::to_string(cyrus_->port("imap")) + " meg list INBOX"));
  }
  std::string invitee(const std::string& rest) const {
    return output_of("/usr/bin/python3 " + RealServer::place("invitee.py") + " " +
                     std::to_string(cyrus_->port("jmap")) + " meg " + rest);
  }
  /// The events in the client's calendar, unfolded.
  std::vector<std::string> clients_calendar() const {
    std::vector<std::string> events = fakes::listed(invitee("show"));
    for (std::string& event : events) event = unfolded(event);
    return events;
  }
  /// The one event there. Where there is another number of them the test has failed.
  std::string clients_event() const {
    const auto events = clients_calendar();
    EXPECT_THAT(events, SizeIs(1));
    return events.empty() ? "" : events.front();
  }
  void client_answers(const std::string& partstat, const std::string& date) const {
    invitee("answer " + partstat + " " + std::to_string(smtp_->port("smtp")) + " '" + date + "'");
  }

  std::optional<RealServer> cyrus_;
};

TEST_F(ClientRound, HisCalendarFollowsTheInvitationTheMoveAndTheEnd) {
  promise();
  once("2026-03-04T14:30:00-06:00");
  accept_sitdown();
  for (const char* at : {"2026-03-05T10:00:00-06:00", "2026-03-05T10:12:00-06:00"}) once(at);
  ASSERT_THAT(at_client(), SizeIs(1));
  const std::string uid = value_of(event("work", "mtg-").second, "UID");
  const std::string invited = clients_event();
  EXPECT_EQ(value_of(invited, "UID"), uid);
  EXPECT_EQ(value_of(invited, "DTSTART"), "20260309T100000");
  EXPECT_THAT(value_of(invited, "SUMMARY"), HasSubstr("Tom Reyes / "));
  EXPECT_EQ(value_of(invited, "ORGANIZER"), "mailto:tom@rep.test");
  EXPECT_THAT(invited, HasSubstr("PARTSTAT=NEEDS-ACTION"));

  client_answers("ACCEPTED", "Thu, 05 Mar 2026 11:00:00 -0600");
  once("2026-03-05T11:05:00-06:00");
  EXPECT_EQ(state_of_iou(), "scheduled");
  EXPECT_THAT(event("work", "mtg-").second, HasSubstr("PARTSTAT=ACCEPTED"));

  change("work", "mtg-", "20260309T10", "20260310T14");
  for (const char* at : {"2026-03-06T09:00:00-06:00", "2026-03-06T09:11:00-06:00"}) once(at);
  EXPECT_THAT(at_client(), SizeIs(2));
  const std::string moved = clients_event();
  EXPECT_EQ(value_of(moved, "UID"), uid);
  EXPECT_EQ(value_of(moved, "DTSTART"), "20260310T140000");
  EXPECT_EQ(value_of(moved, "SEQUENCE"), "1");
  EXPECT_EQ(state_of_iou(), "offered");
  client_answers("ACCEPTED", "Fri, 06 Mar 2026 10:00:00 -0600");
  once("2026-03-06T10:05:00-06:00");
  EXPECT_EQ(state_of_iou(), "scheduled");

  change("work", "mtg-", "STATUS:CONFIRMED", "STATUS:CANCELLED");
  for (const char* at : {"2026-03-06T11:00:00-06:00", "2026-03-06T11:11:00-06:00"}) once(at);
  EXPECT_THAT(at_client(), SizeIs(3));
  EXPECT_THAT(clients_event(), HasSubstr("STATUS:CANCELLED"));
  EXPECT_EQ(value_of(clients_event(), "SEQUENCE"), "2");
}

TEST_F(ClientRound, HisNoEndsTheMatter) {
  promise();
  once("2026-03-04T14:30:00-06:00");
  accept_sitdown();
  for (const char* at : {"2026-03-05T10:00:00-06:00", "2026-03-05T10:12:00-06:00"}) once(at);
  client_answers("DECLINED", "Thu, 05 Mar 2026 11:00:00 -0600");
  once("2026-03-05T11:05:00-06:00");
  once("2026-03-06T11:05:00-06:00");
  EXPECT_EQ(state_of_iou(), "declined");
  EXPECT_THAT(at_client(), SizeIs(1));
}

}  // namespace
}  // namespace ioud::functional
