#include "formats/mime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/text.hpp"
#include "formats/encoding.hpp"
#include "formats/flowed.hpp"
#include "formats/imip.hpp"

namespace ioud::formats {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view head =
    "From: Meg Alvarez <Meg@Acme.test>\r\nTo: tom@rep.test\r\n"
    "Date: Wed, 4 Mar 2026 14:25:00 -0600\r\nMessage-ID: <m1@acme.test>\r\n";

core::Instant at(std::string_view rfc3339) { return *core::parse_rfc3339(rfc3339); }

ParsedMail mail(std::string_view rest) {
  const auto parsed = parse_mail(std::string(head) + core::replaced(rest, "\n", "\r\n"));
  if (!parsed) {
    ADD_FAILURE() << parsed.error().text;
    return {};
  }
  return *parsed;
}

std::string part(std::string_view headers, std::string_view body) {
  return "--b\n" + std::string(headers) + "\n\n" + std::string(body) + "\n";
}

ParsedMail multipart(std::string_view subtype, std::initializer_list<std::string> parts) {
  std::string body = "Content-Type: multipart/" + std::string(subtype) + "; boundary=b\n\n";
  for (const std::string& each : parts) body += each;
  return mail(body + "--b--\n");
}

TEST(Mime, ReadsTheHeaders) {
  const auto read = mail(
      "Cc: \"Bright, Karen\" <Karen@acme.test>, Team: a@x.test, B <b@x.test>;\n"
      "Subject: =?utf-8?Q?Press_down_=E2=80=93?= =?utf-8?B?IG5vdw==?=\n"
      "In-Reply-To: <m0@rep.test>\nReferences: <a@x>\n <b@x>\n\nHello\n");
  EXPECT_EQ(read.message_id, "m1@acme.test");
  EXPECT_EQ(read.in_reply_to, "m0@rep.test");
  EXPECT_THAT(read.references, ElementsAre("a@x", "b@x"));
  EXPECT_EQ(read.from, (domain::Mailbox{"Meg Alvarez", "meg@acme.test"}));
  ASSERT_EQ(read.to.size(), 1U);
  ASSERT_EQ(read.cc.size(), 3U);
  EXPECT_EQ(read.cc[0], (domain::Mailbox{"Bright, Karen", "karen@acme.test"}));
  EXPECT_EQ(read.cc[2].address, "b@x.test");
  EXPECT_EQ(read.date, at("2026-03-04T20:25:00Z"));
  EXPECT_EQ(read.offset, std::chrono::hours{-6});
  EXPECT_EQ(read.subject, "Press down – now");
  EXPECT_EQ(read.text, "Hello\n");
  EXPECT_EQ(read.header("in-reply-to"), "<m0@rep.test>");
  EXPECT_EQ(read.header("x-none"), "");
  EXPECT_FALSE(read.is_bulk || read.is_automatic || read.is_encrypted);
}

TEST(Mime, IdsWithoutBracketsAndWithout) {
  EXPECT_EQ(mail("In-Reply-To: m0@rep.test\n\nx\n").in_reply_to, "m0@rep.test");
  EXPECT_EQ(mail("In-Reply-To: Your message of Monday\n\nx\n").in_reply_to, "");
  const std::string bytes =
      core::replaced(head, "Message-ID: <m1@acme.test>\r\n", "") + "\r\nx\r\n";
  EXPECT_EQ(parse_mail(bytes)->message_id, parse_mail(bytes)->message_id);
  EXPECT_THAT(parse_mail(bytes)->message_id, HasSubstr("@no-message-id"));
}

TEST(Mime, CharsetsAndTransferEncodings) {
  const std::string type = "Content-Type: text/plain; charset=";
  EXPECT_EQ(mail(type + "iso-8859-1\n\nit\x92s caf\xE9\n").text, "it’s café\n");
  EXPECT_EQ(mail(type + "us-ascii\n\ncafé\n").text, "café\n");
  EXPECT_EQ(
      mail(type + "windows-1251\nContent-Transfer-Encoding: quoted-printable\n\n=CF=F0=E8=\n=\n!\n")
          .text,
      "При!\n");
  EXPECT_EQ(mail(type + "utf-8\nContent-Transfer-Encoding: base64\n\nY2Fmw6kK\n").text, "café\n");
  EXPECT_EQ(mail(type + "utf-8\nContent-Transfer-Encoding: base64\n\nY2Fmw6\n").text.substr(0, 3),
            "caf");
  EXPECT_EQ(mail("Subject: caf\xE9 \xC3\xA9\n\nx\n").subject.substr(0, 3), "caf");
}

TEST(Mime, TheBestTextOfAlternatives) {
  const std::string plain = part("Content-Type: text/plain; charset=utf-8", "plain words");
  const std::string html = part("Content-Type: text/html; charset=utf-8",
                                "<p>html words, which are longer than the stub is</p>");
  EXPECT_THAT(multipart("alternative", {plain, html}).text, HasSubstr("plain words"));
  EXPECT_THAT(multipart("alternative", {part("Content-Type: text/plain", " "), html}).text,
              HasSubstr("html words"));
  EXPECT_THAT(multipart("alternative",
                        {part("Content-Type: text/plain", "Please use an HTML viewer"), html})
                  .text,
              HasSubstr("html words"));
  EXPECT_THAT(multipart("alternative",
                        {part("Content-Type: text/plain", std::string(400, 'x') + " html"), html})
                  .text,
              HasSubstr("xxx"));
  EXPECT_EQ(mail("Content-Type: text/html\n\n<p>a<blockquote>b</blockquote>\n").text, "a\n\n> b\n");
}

TEST(Mime, InlineTextsAreJoinedAndTheRestLeftOut) {
  const auto read = multipart(
      "mixed",
      {part("Content-Type: text/plain", "first"),
       part("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt", "file"),
       part("Content-Type: message/rfc822", "From: x@y\nSubject: forwarded\n\nforwarded words"),
       part("Content-Type: image/png", "\x89PNG"), part("Content-Type: text/html", "<b>last</b>")});
  EXPECT_EQ(core::squeezed(read.text), "first last");
}

TEST(Mime, RelatedAndSignedMailsHaveOneRoot) {
  EXPECT_EQ(core::squeezed(multipart("related; type=\"text/html\"",
                                     {part("Content-Type: text/html", "<p>root</p>"),
                                      part("Content-Type: text/plain", "not this")})
                               .text),
            "root");
  EXPECT_EQ(
      core::squeezed(multipart("signed", {part("Content-Type: text/plain", "words"),
                                          part("Content-Type: application/pgp-signature", "sig")})
                         .text),
      "words");
}

TEST(Mime, EncryptedMailIsNotRead) {
  EXPECT_TRUE(multipart("encrypted; protocol=\"application/pgp-encrypted\"",
                        {part("Content-Type: application/pgp-encrypted", "Version: 1"),
                         part("Content-Type: application/octet-stream", "x")})
                  .is_encrypted);
  EXPECT_TRUE(mail("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAG\n")
                  .is_encrypted);
  const auto inline_pgp = mail("\n-----BEGIN PGP MESSAGE-----\nabc\n");
  EXPECT_TRUE(inline_pgp.is_encrypted);
  EXPECT_EQ(inline_pgp.text, "");
}

TEST(Mime, BulkAndAutomaticMail) {
  for (const char* header : {"List-Id: <x>", "List-Unsubscribe: <mailto:x@y>", "Precedence: bulk",
                             "Precedence: List", "Precedence: junk"}) {
    EXPECT_TRUE(mail(std::string(header) + "\n\nx\n").is_bulk) << header;
  }
  for (const char* header : {"Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All",
                             "X-Autoreply: yes", "Precedence: auto_reply", "Return-Path: <>",
                             "X-Autorespond: 1", "Content-Type: multipart/report; boundary=b"}) {
    EXPECT_TRUE(mail(std::string(header) + "\n\nx\n").is_automatic) << header;
  }
  for (const char* header : {"Auto-Submitted: no", "X-Auto-Response-Suppress: None",
                             "Precedence: first-class", "Return-Path: <meg@acme.test>"}) {
    const auto read = mail(std::string(header) + "\n\nx\n");
    EXPECT_FALSE(read.is_bulk || read.is_automatic) << header;
  }
}

TEST(Mime, CalendarParts) {
  const std::string calendar = "BEGIN:VCALENDAR\nEND:VCALENDAR";
  const auto read = multipart(
      "alternative", {part("Content-Type: text/plain", "Accepted"),
                      part("Content-Type: text/calendar; charset=utf-8; method=reply", calendar)});
  EXPECT_THAT(read.calendar, HasSubstr("BEGIN:VCALENDAR"));
  EXPECT_EQ(read.calendar_method, "REPLY");
  EXPECT_EQ(core::squeezed(read.text), "Accepted");
  const auto attached = multipart(
      "mixed",
      {part("Content-Type: application/ics; name=invite.ics\nContent-Disposition: attachment",
            calendar)});
  EXPECT_THAT(attached.calendar, HasSubstr("BEGIN:VCALENDAR"));
  EXPECT_EQ(attached.calendar_method, "");
}

TEST(Mime, FlowedTextIsUnwrapped) {
  EXPECT_EQ(mail("Content-Type: text/plain; format=flowed\n\nI'll drop the \npart off. \n\n> "
                 "quoted \n> more\n-- \nTom\n")
                .text,
            "I'll drop the part off. \n\n> quoted more\n-- \nTom\n");
  EXPECT_EQ(unwrap_flowed("ein \nWort \n", true), "einWort\n");
  EXPECT_EQ(unwrap_flowed(" >stuffed\n From\n", false), ">stuffed\nFrom\n");
  EXPECT_EQ(unwrap_flowed("> a \n>> b \nc\n", false), "> a \n>> b \nc\n");
  EXPECT_EQ(unwrap_flowed("", false), "");
}

TEST(Mime, BadMailsNameTheHeader) {
  const auto error = [](std::string_view bytes) {
    const auto parsed = parse_mail(bytes, "inbox/1");
    if (parsed) return std::string("read without an error");
    EXPECT_EQ(parsed.error().fault, core::Fault::protocol);
    EXPECT_EQ(parsed.error().place, "inbox/1");
    return parsed.error().text;
  };
  EXPECT_THAT(error("From: tom@rep.test\r\nTo: meg@acme.test\r\nDate: not a date\r\n\r\nx"),
              HasSubstr("the header Date is \"not a date\", expected a date such as"));
  EXPECT_THAT(error("From: tom@rep.test\r\n\r\nx"), HasSubstr("the header Date is missing"));
  EXPECT_THAT(error("Date: Wed, 4 Mar 2026 14:25:00 -0600\r\n\r\nx"),
              HasSubstr("the header From is missing"));
  EXPECT_THAT(error("From: nobody\r\nDate: Wed, 4 Mar 2026 14:25:00 -0600\r\n\r\nx"),
              HasSubstr("the header From is \"nobody\""));
  EXPECT_THAT(error("From: a@b\r\nDate: Wed, 4 Mar 1950 14:25:00 -0600\r\n\r\nx"),
              HasSubstr("the header Date is"));
  EXPECT_THAT(error(""), HasSubstr("expected"));
  EXPECT_THAT(error(std::string_view(
                  "\xFF\xFF\xFF\xFF\xF8\x00\x01\x02\x03\x04\x05\r\n\r\n\r\n\x00\xFF", 19)),
              HasSubstr("expected"));
}

TEST(Mime, BrokenStructureIsReadAsFarAsItGoes) {
  EXPECT_THAT(
      mail("Content-Type: multipart/mixed; boundary=\"never\"\n\nwords without parts\n").text,
      HasSubstr("words without parts"));
  EXPECT_THAT(mail("Content-Type: multipart/mixed\n\nwords without boundary\n").text,
              HasSubstr("words without boundary"));
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 10'000; ++i)
    many += part("Content-Type: text/plain", "p" + std::to_string(i));
  const auto read = mail(many + "--b--\n");
  EXPECT_THAT(read.text, HasSubstr("p0"));
  EXPECT_THAT(read.text, Not(HasSubstr("p9999")));
  std::string deep;
  for (int i = 0; i < 5'000; ++i) {
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
            std::to_string(i) + "\n";
  }
  EXPECT_EQ(mail(deep + "Content-Type: text/plain\n\ndeep\n").text, "");
}

domain::OutgoingMail outgoing() {
  domain::OutgoingMail out;
  out.message_id = "draft-1@ioud";
  out.from = {"Tom Reyes", "tom@rep.test"};
  out.to = {{"Alvarez, \"Meg\"", "meg@acme.test"}, {"Ñandú Größe", "n@x.test"}};
  out.subject = "Re: Press down – " + std::string("können wir reden? ") + std::string(80, 'x');
  out.body = "Hi Meg,\n\nI'd like to help – would 9:30 suit?\n-- \nTom\n";
  out.in_reply_to = "m1@acme.test";
  for (int i = 0; i < 6; ++i)
    out.references.push_back("some-long-message-id-" + std::to_string(i) + "@acme.test");
  out.date = at("2026-03-04T14:25:07-06:00");
  out.zone = *core::Zone::find("America/Chicago");
  return out;
}

TEST(Mime, BuiltMailHasNoLineThatServersWouldCut) {
  auto out = outgoing();
  out.subject = "Re: " + std::string(3000, 'x');
  out.to.front().name = std::string(2000, 'y');
  out.in_reply_to = std::string(1500, 'm') + "@acme.test";
  out.references.push_back(out.in_reply_to);
  const std::string bytes = build_mail(out);
  for (const std::string& line : core::split(bytes, '\n')) EXPECT_LE(line.size(), 999U);
  const auto read = parse_mail(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->subject, out.subject);
  EXPECT_EQ(read->in_reply_to, "");
  EXPECT_THAT(read->references, testing::SizeIs(6));
}

TEST(Mime, BuiltMailReadsBack) {
  const auto out = outgoing();
  const std::string bytes = build_mail(out);
  EXPECT_EQ(bytes, build_mail(out));
  EXPECT_THAT(bytes, HasSubstr("Date: Wed, 04 Mar 2026 14:25:07 -0600\r\n"));
  for (const std::string& line : core::split(bytes, '\n')) {
    EXPECT_LE(line.size(), 79U);
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c > 0; })) << line;
    EXPECT_TRUE(line.empty() || line.back() == '\r') << line;
  }
  const auto read = parse_mail(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->message_id, out.message_id);
  EXPECT_EQ(read->in_reply_to, out.in_reply_to);
  EXPECT_EQ(read->references, out.references);
  EXPECT_EQ(read->from, out.from);
  EXPECT_EQ(read->to, out.to);
  EXPECT_EQ(read->subject, out.subject);
  EXPECT_EQ(read->text, out.body);
  EXPECT_EQ(read->date, out.date);
  EXPECT_EQ(read->offset, std::chrono::hours{-6});
  EXPECT_EQ(read->header("mime-version"), "1.0");
}

TEST(Mime, PlainWordsStayReadable) {
  auto out = outgoing();
  out.subject = "Plain";
  out.body = "Just words";
  out.references.clear();
  out.in_reply_to.clear();
  const std::string bytes = build_mail(out);
  EXPECT_THAT(bytes, HasSubstr("Content-Transfer-Encoding: 7bit\r\n\r\nJust words\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("References")));
  out.body = "From here on\n" + std::string(200, 'y') + "\ntrailing \n";
  EXPECT_THAT(build_mail(out), HasSubstr("quoted-printable"));
  EXPECT_EQ(parse_mail(build_mail(out))->text, out.body);
}

TEST(Mime, NoValueCanAddAHeader) {
  auto out = outgoing();
  out.subject = "a\r\nBcc: x@y.test";
  out.from.name = "Tom\nX: y";
  out.to = {{"", "meg@acme.test\r\nBcc: x@y.test"}};
  out.message_id = "a>\r\nX-Evil: 1\r\n<b";
  const std::string bytes = build_mail(out);
  EXPECT_THAT(bytes, Not(HasSubstr("\nBcc")));
  EXPECT_THAT(bytes, Not(HasSubstr("\nX")));
  EXPECT_EQ(parse_mail(bytes)->subject, "a Bcc: x@y.test");
}

TEST(Mime, InvitationsHaveTheFormThatProgramsAccept) {
  auto out = outgoing();
  out.method = "REQUEST";
  out.event.emplace();
  out.event->uid = "mtg-1@ioud";
  out.event->role = domain::Role::meeting;
  out.event->start = at("2026-03-09T11:15:00-05:00");
  out.event->end = at("2026-03-09T11:35:00-05:00");
  out.event->summary = "Tom Reyes / Meg Alvarez – belt, introductions";
  out.event->organizer = "tom@rep.test";
  out.event->guests = {{"meg@acme.test", "Meg", "NEEDS-ACTION", true, "CLIENT"}};
  const std::string bytes = build_mail(out);
  EXPECT_EQ(bytes, build_mail(out));
  const std::size_t plain = bytes.find("Content-Type: text/plain; charset=utf-8\r\n");
  const std::size_t shown =
      bytes.find("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n");
  const std::size_t file = bytes.find("Content-Type: application/ics; name=\"invite.ics\"\r\n");
  EXPECT_LT(bytes.find("Content-Type: multipart/mixed;"),
            bytes.find("Content-Type: multipart/alternative;"));
  EXPECT_LT(plain, shown);
  EXPECT_LT(shown, file);
  EXPECT_LT(file, bytes.size());
  const auto read = parse_mail(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text, out.body);
  EXPECT_EQ(read->calendar_method, "REQUEST");
  const auto answer = read_answer(read->calendar, read->calendar_method, "meg@acme.test", out.zone);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->uid, "mtg-1@ioud");
  EXPECT_EQ(answer->start, out.event->start);
}

}  // namespace
}  // namespace ioud::formats
