// The whole round with the rep's calendars on a real CalDAV server: what he does to the meeting
// there reaches the client's mailbox as exactly one mail, or as none.

#include <gmock/gmock.h>
#include <unistd.h>

#include "core/text.hpp"
#include "fakes/dav_hands.hpp"
#include "fakes/may_skip.hpp"
#include "functional/mail_round.hpp"

namespace ioud::functional {
namespace {

using core::replaced;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// An event on the server: where it lies, and its unfolded text.
struct Event {
  std::string url;
  std::string text;
};

class DavRound : public MailRound, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    const auto server = fakes::dav_server(GetParam());
    if (!server && fakes::may_skip()) GTEST_SKIP() << GetParam() << " is not installed";
    ASSERT_TRUE(server) << GetParam() << " was not started";
    hands_.emplace(*server);
    const std::string run = "r" + std::to_string(::getpid());
    work_ = hands_->calendars() + run + "-work/";
    hands_->make_calendar(work_, run + "-work");
    // This one is ioud's own, and it makes it.
    ious_ = hands_->calendars() + "ioud-" + run + "-ious/";
    const bool has_tls = server->url.starts_with("https");
    begin("[[connector]]\nname = \"dav\"\ntype = \"caldav\"\nserver = \"" + server->url +
          "\"\nuser = \"" + server->user + "\"\npassword = { file = \"password\" }\n" +
          (has_tls ? "ca_file = \"" + server->ca_file + "\"\n" : "plain_loopback = true\n") +
          "calendars = [\n  { name = \"work\", collection = \"" + run +
          "-work\", use = [\"read\", \"meetings\"] },\n  { name = \"IOUs\", collection = \"" + run +
          "-ious\", use = [\"proposals\"] },\n]\n");
    files_.write("password", server->password + "\n");
    std::filesystem::permissions(files_.path() / "password", std::filesystem::perms::owner_read);
  }
  void TearDown() override {
    if (!hands_) return;
    for (const std::string& calendar : {work_, ious_}) hands_->ask("DELETE", calendar);
  }

  /// The events of a calendar whose UID begins so.
  std::vector<Event> events(const std::string& calendar, const std::string& uid) const {
    std::vector<Event> found;
    for (const std::string& name : hands_->names(calendar)) {
      const auto bytes = hands_->get(calendar + name);
      if (!bytes) continue;
      const std::string text = unfolded(*bytes);
      if (value_of(text, "UID").starts_with(uid)) found.push_back({calendar + name, text});
    }
    return found;
  }
  /// The one event of that kind. Where there is another number of them the test has failed.
  Event event(const std::string& calendar, const std::string& uid) const {
    const auto found = events(calendar, uid);
    EXPECT_THAT(found, SizeIs(1)) << uid;
    return found.empty() ? Event{} : found.front();
  }
  /// The rep's program changes one part of an event.
  void change(const Event& event, const std::string& from, const std::string& to) const {
    ASSERT_THAT(event.text, HasSubstr(from));
    hands_->put(event.url, replaced(event.text, from, to));
  }
  void move(const Event& event, const std::string& start, const std::string& end) const {
    std::string text = replaced(event.text, value_of(event.text, "DTSTART"), start);
    text = replaced(text, value_of(event.text, "DTEND"), end);
    hands_->put(event.url, text);
  }
  /// Up to an accepted meeting; returns its UID.
  std::string come_to_a_meeting() const;

  std::optional<fakes::DavHands> hands_;
  std::string work_;  ///< addresses of the calendars
  std::string ious_;
};

std::string DavRound::come_to_a_meeting() const {
  promise();
  once("2026-03-04T14:30:00-06:00");
  EXPECT_THAT(at_client(), IsEmpty());
  const Event proposal = event(ious_, "iou-");
  EXPECT_THAT(proposal.text, HasSubstr("STATUS:TENTATIVE"));
  change(proposal, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED");
  once("2026-03-05T10:00:00-06:00");
  EXPECT_THAT(at_client(), IsEmpty());
  once("2026-03-05T10:12:00-06:00");
  once("2026-03-05T10:13:00-06:00");
  const auto mails = at_client();
  EXPECT_THAT(mails, SizeIs(1));
  if (mails.size() != 1) return {};
  EXPECT_EQ(mails.front().calendar_method, "REQUEST");
  EXPECT_EQ(value_of(mails.front().calendar, "SEQUENCE"), "0");
  EXPECT_EQ(state_of_iou(), "offered");
  EXPECT_THAT(events(ious_, "iou-"), IsEmpty());
  const std::string uid = value_of(mails.front().calendar, "UID");
  EXPECT_EQ(value_of(event(work_, "mtg-").text, "UID"), uid);
  answer("Fri, 06 Mar 2026 08:50:00 -0600", uid, "0", "meg@acme.test", "ACCEPTED");
  once("2026-03-06T09:00:00-06:00");
  EXPECT_EQ(state_of_iou(), "scheduled");
  EXPECT_THAT(event(work_, "mtg-").text, HasSubstr("PARTSTAT=ACCEPTED"));
  return uid;
}

TEST_P(DavRound, TheClientHearsOnceOfEachThingTheRepDoesToTheMeeting) {
  const std::string uid = come_to_a_meeting();
  ASSERT_FALSE(uid.empty());
  ASSERT_THAT(at_client(), SizeIs(1));

  move(event(work_, "mtg-"), "20260310T140000", "20260310T142000");
  once("2026-03-06T09:30:00-06:00");
  EXPECT_THAT(at_client(), SizeIs(1)) << "the hold was not kept";
  for (const char* at : {"2026-03-06T09:41:00-06:00", "2026-03-06T09:42:00-06:00"}) once(at);
  ASSERT_THAT(at_client(), SizeIs(2));
  const formats::ParsedMail update = at_client().back();
  EXPECT_EQ(update.calendar_method, "REQUEST");
  EXPECT_EQ(value_of(update.calendar, "UID"), uid);
  EXPECT_EQ(value_of(update.calendar, "SEQUENCE"), "1");
  EXPECT_EQ(value_of(update.calendar, "DTSTART"), "20260310T140000");
  EXPECT_EQ(value_of(update.calendar, "DTEND"), "20260310T142000");
  EXPECT_THAT(event(work_, "mtg-").text, HasSubstr("PARTSTAT=NEEDS-ACTION"));
  EXPECT_EQ(value_of(event(work_, "mtg-").text, "SEQUENCE"), "1");
  EXPECT_EQ(value_of(event(ious_, "prep-").text, "DTSTART"), "20260310T135000");
  EXPECT_EQ(state_of_iou(), "offered");

  // An answer to what stood before tells nothing of the new time.
  answer("Fri, 06 Mar 2026 10:00:00 -0600", uid, "0", "meg@acme.test", "DECLINED");
  once("2026-03-06T10:01:00-06:00");
  EXPECT_EQ(state_of_iou(), "offered");
  answer("Fri, 06 Mar 2026 10:05:00 -0600", uid, "1", "meg@acme.test", "ACCEPTED");
  once("2026-03-06T10:06:00-06:00");
  EXPECT_EQ(state_of_iou(), "scheduled");

  // His own title stays his, and stays here; the place is told after a fresh hold, and the client's
  // yes stands.
  const Event agreed = event(work_, "mtg-");
  const std::string title = value_of(agreed.text, "SUMMARY");
  change(agreed, "SUMMARY:" + title, "LOCATION:Back room\r\nSUMMARY:Meg at last");
  once("2026-03-06T10:30:00-06:00");
  EXPECT_THAT(at_client(), SizeIs(2)) << "the hold was not kept";
  for (const char* at : {"2026-03-06T10:41:00-06:00", "2026-03-06T10:42:00-06:00"}) once(at);
  ASSERT_THAT(at_client(), SizeIs(3));
  const formats::ParsedMail place = at_client().back();
  EXPECT_EQ(place.calendar_method, "REQUEST");
  EXPECT_EQ(value_of(place.calendar, "LOCATION"), "Back room");
  EXPECT_EQ(value_of(place.calendar, "SEQUENCE"), "2");
  EXPECT_EQ(place.calendar.find("Meg at last"), std::string::npos);
  EXPECT_EQ(value_of(event(work_, "mtg-").text, "SUMMARY"), "Meg at last");
  EXPECT_EQ(value_of(event(work_, "mtg-").text, "LOCATION"), "Back room");
  EXPECT_EQ(state_of_iou(), "scheduled");

  hands_->remove(event(work_, "mtg-").url);
  once("2026-03-06T12:00:00-06:00");
  EXPECT_THAT(at_client(), SizeIs(3)) << "the hold was not kept";
  for (const char* at : {"2026-03-06T12:15:00-06:00", "2026-03-06T12:30:00-06:00"}) once(at);
  ASSERT_THAT(at_client(), SizeIs(4));
  const formats::ParsedMail end = at_client().back();
  EXPECT_EQ(end.calendar_method, "CANCEL");
  EXPECT_EQ(value_of(end.calendar, "UID"), uid);
  EXPECT_EQ(value_of(end.calendar, "SEQUENCE"), "3");
  EXPECT_THAT(events(work_, "mtg-"), IsEmpty());
  EXPECT_EQ(state_of_iou(), "proposed");
  EXPECT_THAT(event(ious_, "iou-").text, HasSubstr("STATUS:TENTATIVE"));
}

INSTANTIATE_TEST_SUITE_P(Every, DavRound, testing::Values("radicale", "xandikos", "cyrus", "sabre"),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace ioud::functional
