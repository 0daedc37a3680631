#include "engine/reading.hpp"

#include <gmock/gmock.h>

#include "connectors/mail_head.hpp"
#include "engine/envelope.hpp"
#include "engine_desk.hpp"
#include "store/record.hpp"

namespace ioud::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ReadingTest : public testing::Test, protected EngineDesk {
 protected:
  ReadingTest() {
    ledger_.salt = "sixteen bytes of salt";
    domain::Card one;
    one.uid = "meg";
    one.name = "Meg Alvarez";
    one.addresses = {"meg@acme.test"};
    directory_ = domain::make_directory(setup.clients, {one});
  }
  Reader reader() { return {setup.setting, directory_, ledger_, shared_detector()}; }

  /// One mail read alone; `head` comes after From, To and Date. That it is read alike where only
  /// its head is fetched first is a part of every test.
  store::MirrorRow mail_row(const std::string& from, const std::string& to, const std::string& text,
                            Box box = Box::inbox, const std::string& head = "Subject: Press\r\n") {
    connectors::MailItem item;
    item.href = "h";
    item.etag = "e";
    item.box = box;
    item.bytes = "From: " + from + "\r\nTo: " + to +
                 "\r\nDate: Wed, 04 Mar 2026 14:25:00 -0600\r\nMessage-ID: <m@post.test>\r\n" +
                 head + "MIME-Version: 1.0\r\n\r\n" + text + "\r\n";
    connectors::MailItem first = item;
    first.bytes = connectors::head_in(item.bytes);
    first.has_body = false;
    is_wanted_ = wants_body(first, reader());
    const store::MirrorRow of_head = row_of(std::move(first));
    store::MirrorRow row = row_of(std::move(item));
    EXPECT_TRUE(is_wanted_ || row == of_head) << "its body was needed";
    return row;
  }
  store::MirrorRow row_of(connectors::MailItem item) {
    std::vector<connectors::MailItem> items;
    items.push_back(std::move(item));
    return read_mails(items, reader()).front();
  }
  /// A mail from a stranger about the meeting "Tom Reyes / Meg Alvarez – belt, introductions".
  store::MirrorRow answer_row(const std::string& from, const std::string& uid,
                              const std::string& head) {
    domain::ItemRecord meeting;
    meeting.written.role = domain::Role::meeting;
    meeting.written.summary = "Tom Reyes / Meg Alvarez – belt, introductions";
    ledger_.items["mtg-1@ioud"] = meeting;
    return mail_row(from, "tom@rep.test",
                    "--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
                    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" +
                        uid + "\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:" + from +
                        "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--",
                    Box::inbox, head + "Content-Type: multipart/mixed; boundary=b\r\n");
  }
  static domain::Mail mail_in(const store::MirrorRow& row) {
    EXPECT_EQ(row.kind, row_kind::mail);
    return store::from_record<domain::Mail>(row.record, "").value_or(domain::Mail());
  }
  store::MirrorRow event_row(const std::string& lines, std::set<Use> uses = {Use::read}) {
    return read_event({"h", "e",
                       "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u@work.test\r\n"
                       "DTSTAMP:20260301T000000Z\r\nDTSTART:20260304T150000Z\r\n"
                       "DTEND:20260304T160000Z\r\n" +
                           lines + "END:VEVENT\r\nEND:VCALENDAR\r\n"},
                      uses, reader());
  }
  static store::CalendarRecord record_in(const store::MirrorRow& row) {
    EXPECT_TRUE(row.kind == row_kind::event || row.kind == row_kind::busy) << row.kind;
    return store::from_record<store::CalendarRecord>(row.record, "")
        .value_or(store::CalendarRecord());
  }

  domain::Directory directory_;
  domain::Ledger ledger_;
  bool is_wanted_ = false;  ///< whether more than the head of the last mail would be fetched
};

constexpr const char* tom = "Tom <tom@rep.test>";
constexpr const char* meg = "Meg <meg@acme.test>";

TEST_F(ReadingTest, APromiseIsFoundAndNoBodyIsKept) {
  const auto row = mail_row(
      tom, meg, "I'll drop the part off Saturday.\r\n\r\nMy mother says hello.", Box::sent);
  const domain::Mail mail = mail_in(row);
  ASSERT_THAT(mail.reading.findings, SizeIs(1));
  EXPECT_EQ(mail.reading.findings.front().label, domain::Label::rep_favour);
  EXPECT_THAT(row.record, Not(HasSubstr("mother")));
  EXPECT_EQ(mail.box, Box::sent);
  EXPECT_EQ(mail.offset, std::chrono::hours(-6));
}

TEST_F(ReadingTest, StrangersAndColleaguesAreSkippedWithoutAWord) {
  for (const auto& [from, to] :
       {std::pair("x@stranger.test", "tom@rep.test"), std::pair("tom@rep.test", "x@stranger.test"),
        std::pair("boss@rep.test", "tom@rep.test")}) {
    const auto row = mail_row(from, to, "I'll drop the part off Saturday.");
    EXPECT_EQ(row.kind, row_kind::skipped) << from;
    EXPECT_THAT(row.record, IsEmpty());
    EXPECT_FALSE(is_wanted_) << from;
  }
}

TEST_F(ReadingTest, AStrangersAnswerToAnInvitationOfOursIsKeptAndNothingElseOfHim) {
  const std::string subject =
      "Subject: =?utf-8?q?Zusage:_Tom_Reyes_/_Meg_Alvarez_=E2=80=93_belt,_introductions?=\r\n";
  const auto row = answer_row("sam@stranger.test", "mtg-1@ioud", subject);
  const domain::Mail mail = mail_in(row);
  ASSERT_TRUE(mail.answer.has_value());
  EXPECT_EQ(mail.answer->uid, "mtg-1@ioud");
  EXPECT_EQ(mail.from, "sam@stranger.test");
  EXPECT_THAT(row.record, Not(HasSubstr("belt")));
  EXPECT_EQ(answer_row("sam@stranger.test", "lunch@stranger.test", subject).kind,
            row_kind::skipped);
  EXPECT_EQ(answer_row("sam@stranger.test", "mtg-1@ioud", "Subject: Buy now\r\n").kind,
            row_kind::skipped);
  EXPECT_FALSE(is_wanted_);
  domain::erase_person(ledger_, "sam@stranger.test", "", false, clock.now());
  EXPECT_EQ(answer_row("sam@stranger.test", "mtg-1@ioud", subject).kind, row_kind::skipped);
}

TEST_F(ReadingTest, TheNeverReadListNamesAddressesAndDomains) {
  for (const char* one : {"meg@acme.test", "ACME.test"}) {
    setup.setting.policy.privacy.never_read = {one};
    EXPECT_EQ(mail_row(meg, tom, "Could you bring the belt?").kind, row_kind::skipped);
    EXPECT_EQ(mail_row(tom, meg, "I'll bring the belt.").kind, row_kind::skipped);
    EXPECT_FALSE(is_wanted_);
  }
}

TEST_F(ReadingTest, BulkAutomaticAndEncryptedMailIsNotReadForWords) {
  for (const char* head : {"List-Id: <x>\r\nSubject: s\r\n", "Precedence: bulk\r\nSubject: s\r\n",
                           "Auto-Submitted: auto-replied\r\nSubject: s\r\n"}) {
    const domain::Mail mail =
        mail_in(mail_row(meg, tom, "Could you bring me the belt on Friday?", Box::inbox, head));
    EXPECT_THAT(mail.reading.findings, IsEmpty());
    EXPECT_TRUE(mail.is_bulk || mail.is_automatic);
  }
  const domain::Mail secret =
      mail_in(mail_row(meg, tom, "x", Box::inbox,
                       "Subject: s\r\nContent-Type: multipart/encrypted; boundary=b\r\n"));
  EXPECT_THAT(secret.reading.findings, IsEmpty());
}

TEST_F(ReadingTest, WhatWeSentIsNotRead) {
  ledger_.sent["m@post.test"] = {};
  EXPECT_EQ(mail_row(tom, meg, "I'll bring the belt.", Box::sent).kind, row_kind::skipped);
  EXPECT_FALSE(is_wanted_);
}

TEST_F(ReadingTest, TheForgottenAreStrangers) {
  domain::erase_person(ledger_, "meg@acme.test", "Acme Press", false, clock.now());
  EXPECT_EQ(mail_row(meg, tom, "Could you bring the belt?").kind, row_kind::skipped);
  const auto row = read_card({"h", "e", server->books["cards"].objects["meg"].bytes}, ledger_);
  EXPECT_THAT(row.record, Not(HasSubstr("Meg")));
}

TEST_F(ReadingTest, ANoteToHimselfMayBeACapture) {
  EXPECT_EQ(mail_in(mail_row(tom, "tom+ioud@rep.test", "", Box::sent,
                             "Subject: favour Meg: belt, Friday\r\n"))
                .capture,
            "favour Meg: belt, Friday");
  EXPECT_EQ(mail_in(mail_row(tom, tom, "\r\nfavour Meg: belt, 2h", Box::inbox, "Subject: memo\r\n"))
                .capture,
            "favour Meg: belt, 2h");
  EXPECT_EQ(mail_row(tom, tom, "buy milk", Box::inbox, "Subject: memo\r\n").kind,
            row_kind::skipped);
}

TEST_F(ReadingTest, AnAnswerToTheReviewIsKeptLineByLine) {
  const domain::Mail mail =
      mail_in(mail_row(tom, "tom+ioud@rep.test", "2 ok\r\n\r\n never Acme\r\n> 1. quoted",
                       Box::sent, "Subject: Re: Weekly review\r\nIn-Reply-To: <r@rep.test>\r\n"));
  EXPECT_THAT(mail.review_answers, ElementsAre("2 ok", "never Acme"));
  ledger_.sent["r@rep.test"] = {};
  EXPECT_THAT(mail_in(mail_row(tom, "tom+ioud@rep.test", "1 no", Box::sent,
                               "Subject: other\r\nIn-Reply-To: <r@rep.test>\r\n"))
                  .review_answers,
              ElementsAre("1 no"));
}

TEST_F(ReadingTest, ACalendarAnswerIsNoText) {
  const std::string calendar = "Subject: Accepted\r\nContent-Type: text/calendar; method=REPLY\r\n";
  const domain::Mail mail = mail_in(mail_row(
      meg, tom,
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:mtg-1@ioud\r\n"
      "SEQUENCE:2\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:meg@acme.test\r\nEND:VEVENT\r\n"
      "END:VCALENDAR",
      Box::inbox, calendar));
  ASSERT_TRUE(mail.answer.has_value());
  EXPECT_EQ(mail.answer->partstat, "ACCEPTED");
  EXPECT_EQ(mail.answer->sequence, 2);
  EXPECT_THAT(mail.reading.findings, IsEmpty());
  const domain::Mail broken = mail_in(mail_row(meg, tom, "no calendar", Box::inbox, calendar));
  ASSERT_TRUE(broken.answer.has_value());
  EXPECT_EQ(broken.answer->uid, "");
}

TEST_F(ReadingTest, ABadMailIsARowWithItsFault) {
  std::vector<connectors::MailItem> items;
  items.push_back({"h", "e", "nothing", Box::inbox});
  const auto row = read_mails(std::move(items), reader()).front();
  EXPECT_EQ(row.kind, row_kind::bad);
  EXPECT_THAT(row.fault, Not(IsEmpty()));
  EXPECT_EQ(bad_row("h", "e", {}).fault, "unreadable");
}

TEST_F(ReadingTest, OfADraftOnlyAMarkIsKept) {
  const auto row = mail_row(tom, meg, "secret words", Box::drafts);
  EXPECT_EQ(row.kind, row_kind::draft);
  EXPECT_TRUE(row.record.starts_with(draft_mark("m@post.test") + " "));
  EXPECT_THAT(row.record, Not(HasSubstr("secret")));
}

TEST_F(ReadingTest, HeadersNameContactsWithoutACard) {
  const domain::Mail mail =
      mail_in(mail_row("\"Meg A.\" <meg@acme.test>", tom, "Could you bring the belt?"));
  EXPECT_THAT(mail.names,
              ElementsAre(std::pair<std::string, std::string>("meg@acme.test", "Meg A.")));
}

TEST_F(ReadingTest, AReplyOfTheRepLeavesMarksOfItsLines) {
  const std::string reply = "Subject: Re: Press\r\nIn-Reply-To: <a@post.test>\r\n";
  EXPECT_THAT(mail_in(mail_row(tom, meg, "One.\r\nTwo.", Box::sent, reply)).line_marks, SizeIs(2));
  EXPECT_THAT(mail_in(mail_row(tom, meg, "One.\r\nTwo.", Box::sent)).line_marks, IsEmpty());
}

TEST_F(ReadingTest, NotesOfAMeetingWithAContactAreRead) {
  const auto row = event_row(
      "SUMMARY:Acme visit\r\nDESCRIPTION:Tom: I'll bring the belt on Friday.\r\n"
      "ATTENDEE:mailto:meg@acme.test\r\nATTENDEE;CN=Sam:mailto:sam@stranger.test\r\n"
      "ATTENDEE:mailto:tom@rep.test\r\nORGANIZER:mailto:sam@stranger.test\r\n");
  const store::CalendarRecord record = record_in(row);
  ASSERT_THAT(record.notes, SizeIs(1));
  EXPECT_THAT(record.notes.front().reading.findings, SizeIs(1));
  EXPECT_THAT(row.record, Not(HasSubstr("stranger.test")));
  EXPECT_THAT(row.record, Not(HasSubstr("Sam")));
  EXPECT_EQ(record.series.front().master->summary, "Acme visit");
}

TEST_F(ReadingTest, PrivateBusyAndStrangersEventsKeepNoWords) {
  const std::string notes =
      "SUMMARY:Clinic\r\nDESCRIPTION:I'll bring the belt.\r\nLOCATION:Ward 3\r\n";
  const std::string guest = "ATTENDEE:mailto:meg@acme.test\r\n";
  for (const auto& row :
       {event_row(notes + guest + "CLASS:PRIVATE\r\n"), event_row(notes + guest, {Use::busy}),
        event_row(notes + guest + "CLASS:CONFIDENTIAL\r\n")}) {
    EXPECT_THAT(record_in(row).notes, IsEmpty());
    EXPECT_THAT(row.record, Not(HasSubstr("Clinic")));
    EXPECT_THAT(row.record, Not(HasSubstr("Ward")));
    EXPECT_THAT(row.record, Not(HasSubstr("belt")));
  }
  const auto alone = event_row(notes);
  EXPECT_THAT(alone.record, Not(HasSubstr("Clinic")));
  EXPECT_THAT(alone.record, HasSubstr("Ward"));
}

TEST_F(ReadingTest, ATitleMayBeACapture) {
  const store::CalendarRecord record =
      record_in(event_row("SUMMARY:favour Meg: belt\r\nCREATED:20260303T120000Z\r\n"));
  ASSERT_THAT(record.captures, SizeIs(1));
  EXPECT_EQ(record.captures.front().line, "favour Meg: belt");
  EXPECT_EQ(record.captures.front().made, instant("2026-03-03T12:00:00Z"));
  EXPECT_THAT(record_in(event_row("SUMMARY:favour Meg: belt\r\n", {Use::busy})).captures,
              IsEmpty());
}

TEST_F(ReadingTest, AnEventMattersUntilItIsOver) {
  const std::string guest = "ATTENDEE:mailto:meg@acme.test\r\n";
  const auto meeting = event_row(guest);
  EXPECT_EQ(meeting.kind, row_kind::event);
  EXPECT_EQ(meeting.last, instant("2026-03-04T16:00:00Z"));
  EXPECT_EQ(event_row(guest, {Use::busy}).kind, row_kind::busy);
  EXPECT_EQ(event_row("ATTENDEE:mailto:nobody@else.test\r\n").kind, row_kind::busy);
  EXPECT_EQ(event_row("SUMMARY:favour Meg: belt\r\n").kind, row_kind::event);
  EXPECT_EQ(event_row("RRULE:FREQ=DAILY;COUNT=3\r\n").last, instant("2026-03-06T16:00:00Z"));
  EXPECT_EQ(event_row("RRULE:FREQ=DAILY\r\n").last, core::Instant::max());
}

TEST_F(ReadingTest, OursIsKeptAsItIsAndOthersWithoutUseAreSkipped) {
  const std::string own = event("iou-1@ioud");
  const auto row = read_event({"h", "e", own}, {Use::proposals}, reader());
  EXPECT_EQ(row.kind, row_kind::own);
  EXPECT_EQ(row.record, own);
  const auto other = read_event({"h", "e", event("a@b.test")}, {Use::proposals}, reader());
  EXPECT_EQ(other.kind, row_kind::skipped);
  EXPECT_THAT(other.record, IsEmpty());
}

TEST_F(ReadingTest, ABadEventOrCardIsARowWithItsFault) {
  EXPECT_EQ(read_event({"h", "e", "BEGIN:NOTHING"}, {Use::read}, reader()).kind, row_kind::bad);
  EXPECT_EQ(read_card({"h", "e", "nothing"}, ledger_).kind, row_kind::bad);
  const auto half = read_card(
      {"h", "e", server->books["cards"].objects["meg"].bytes + "BEGIN:VCARD\r\nVERSION:4.0\r\n"},
      ledger_);
  EXPECT_EQ(half.kind, row_kind::card);
  EXPECT_THAT(half.fault, Not(IsEmpty()));
}

TEST(OwnUid, IsOneOfOursAlone) {
  for (const char* uid : {"iou-1@ioud", "prep-x@ioud", "fav-x@ioud", "care-x@ioud", "plan-x@ioud",
                          "date-x@ioud", "mtg-x@ioud"})
    EXPECT_TRUE(is_own_uid(uid)) << uid;
  for (const char* uid : {"", "iou-1", "iou-1@ioud.test", "x-iou-1@ioud", "1@ioud", "IOU-1@ioud"})
    EXPECT_FALSE(is_own_uid(uid)) << uid;
}

}  // namespace
}  // namespace ioud::engine
