#include "app/passages.hpp"

#include <gmock/gmock.h>

namespace ioud::app {
namespace {

using detection::Author;
using detection::Context;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

formats::ParsedMail mail() {
  formats::ParsedMail mail;
  mail.from = {"Tom Reyes", "tom@rep.test"};
  mail.to = {{"Meg Alvarez", "meg@acme.test"}, {"", "karen.bright@acme.test"}};
  mail.cc = {{"Ann Cole", "ann@rep.test"}};
  mail.date = *core::parse_rfc3339("2026-03-04T20:25:00Z");
  mail.offset = std::chrono::hours{-6};
  mail.text = "I'll bring it.";
  return mail;
}

TEST(MailPassage, OfTheRepKnowsWhoIsWhoByTheAddresses) {
  const auto passages = passages_of(mail(), "TOM@rep.test");
  ASSERT_THAT(passages, SizeIs(1));
  const detection::Passage& passage = passages.front();
  EXPECT_EQ(passage.context, Context::mail_sent);
  EXPECT_EQ(passage.author, Author::rep);
  EXPECT_EQ(passage.rep, "Tom Reyes");
  EXPECT_EQ(passage.client, "Meg Alvarez");
  EXPECT_EQ(passage.client_org, "acme");
  EXPECT_THAT(passage.client_people, ElementsAre("Karen Bright"));
  EXPECT_THAT(passage.others, ElementsAre("Ann Cole"));
  EXPECT_EQ(passage.base, core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25)));
}

TEST(MailPassage, OfTheClientIsReceived) {
  formats::ParsedMail received = mail();
  std::swap(received.from, received.to.front());
  const auto passages = passages_of(received, "tom@rep.test");
  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_EQ(passages.front().context, Context::mail_received);
  EXPECT_EQ(passages.front().author, Author::client);
  EXPECT_EQ(passages.front().client, "Meg Alvarez");
  EXPECT_EQ(passages.front().rep, "Tom Reyes");
}

TEST(MailPassage, GuessesWhoseMailItIs) {
  EXPECT_EQ(passages_of(mail(), "").front().context, Context::mail_sent);
  formats::ParsedMail received = mail();
  std::swap(received.from, received.to.front());
  received.headers = {{"received", "by mx.rep.test"}};
  const auto passages = passages_of(received, "");
  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_EQ(passages.front().context, Context::mail_received);
  EXPECT_EQ(passages.front().rep, "Tom Reyes");
}

TEST(MailPassage, IsNoneWhereNothingMayBeRead) {
  const auto read = [](auto change) {
    formats::ParsedMail changed = mail();
    change(changed);
    return passages_of(changed, "tom@rep.test");
  };
  EXPECT_THAT(read([](auto& m) { m.is_bulk = true; }), IsEmpty());
  EXPECT_THAT(read([](auto& m) { m.is_automatic = true; }), IsEmpty());
  EXPECT_THAT(read([](auto& m) { m.is_encrypted = true; }), IsEmpty());
  EXPECT_THAT(read([](auto& m) { m.calendar_method = "REPLY"; }), IsEmpty());
  EXPECT_THAT(read([](auto& m) { m.from = {"Ann Cole", "ann@rep.test"}; }), IsEmpty());
  EXPECT_THAT(read([](auto& m) { m.to = {{"Ann Cole", "ann@rep.test"}}; }), IsEmpty());
}

domain::Series series() {
  domain::SeriesPart part;
  part.start.local = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(9, 0));
  part.description = "Tom: I'll bring it.";
  part.organizer = "tom@rep.test";
  part.guests = {{"meg@acme.test", "Meg Alvarez", "ACCEPTED", false, ""}};
  domain::Series series;
  series.uid = "1";
  series.master = part;
  return series;
}

TEST(EventPassage, HasTheMeetingsPeopleAndStart) {
  const auto passages = passages_of(series(), "", "tom@rep.test");
  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_EQ(passages.front().context, Context::event_description);
  EXPECT_EQ(passages.front().rep, "Tom");
  EXPECT_EQ(passages.front().client, "Meg Alvarez");
  EXPECT_EQ(passages.front().base, series().master->start.local);
  EXPECT_EQ(passages_of(series(), "PUBLISH", "").front().rep, "Tom");
}

TEST(EventPassage, AnOverrideCountsWhereItHasNotesOfItsOwn) {
  domain::Series changed = series();
  changed.overrides = {*changed.master, *changed.master};
  changed.overrides.back().description = "Tom: I'll bring two.";
  changed.overrides.back().start.all_day = true;
  changed.overrides.back().start.day = *core::parse_date("2026-03-11");
  const auto passages = passages_of(changed, "", "tom@rep.test");
  ASSERT_THAT(passages, SizeIs(2));
  EXPECT_EQ(core::date_of(passages.back().base), *core::parse_date("2026-03-11"));
  changed.master.reset();
  EXPECT_THAT(passages_of(changed, "", ""), SizeIs(2));
}

TEST(EventPassage, IsNoneWhereNothingMayBeRead) {
  const auto read = [](auto change, const char* method = "") {
    domain::Series changed = series();
    change(*changed.master);
    return passages_of(changed, method, "tom@rep.test");
  };
  const auto nothing = [](domain::SeriesPart&) {};
  EXPECT_THAT(read([](auto& part) { part.status = "CANCELLED"; }), IsEmpty());
  EXPECT_THAT(read([](auto& part) { part.access = "PRIVATE"; }), IsEmpty());
  EXPECT_THAT(read([](auto& part) { part.access = "CONFIDENTIAL"; }), IsEmpty());
  EXPECT_THAT(read([](auto& part) { part.description = " \n"; }), IsEmpty());
  EXPECT_THAT(read([](auto& part) { part.guests[0].address = "ann@rep.test"; }), IsEmpty());
  for (const char* method : {"REPLY", "CANCEL", "COUNTER"})
    EXPECT_THAT(read(nothing, method), IsEmpty());
  EXPECT_THAT(read([](auto& part) { part.guests.clear(); }), SizeIs(1));
}

}  // namespace
}  // namespace ioud::app
