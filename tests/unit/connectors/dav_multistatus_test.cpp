#include "connectors/dav/multistatus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/dav/names.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Reading {
  core::Result<Multistatus> answer = core::fail(Fault::protocol, "", "");
  std::vector<Resource> resources;
};

Reading read(const std::string& bytes, std::size_t chunk = 0, MultistatusLimits limits = {}) {
  Reading reading;
  MultistatusReader reader(
      [&](Resource one) {
        reading.resources.push_back(std::move(one));
        return true;
      },
      limits);
  if (chunk == 0) chunk = bytes.size() + 1;
  for (std::size_t at = 0; at < bytes.size(); at += chunk) {
    if (!reader.take(std::string_view(bytes).substr(at, chunk))) break;
  }
  reading.answer = reader.finish();
  return reading;
}

const std::string listing = R"(<?xml version="1.0" encoding="utf-8"?>
<multistatus xmlns="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/">
 <response>
  <href>/alice/w%C3%B6rk/</href>
  <propstat>
   <status>HTTP/1.1 200 OK</status>
   <prop>
    <resourcetype><collection/><cal:calendar/></resourcetype>
    <displayname>W&#246;rk &amp; more</displayname>
    <cal:supported-calendar-component-set><cal:comp name="VEVENT"/><cal:comp name="VTODO"/></cal:supported-calendar-component-set>
    <current-user-principal><href> /principals/alice/ </href></current-user-principal>
    <cs:getctag>abc</cs:getctag>
   </prop>
  </propstat>
  <propstat>
   <prop><getetag/><sync-token/></prop>
   <status>HTTP/1.1 404 Not Found</status>
  </propstat>
 </response>
 <response>
  <href>/alice/work/a.ics</href>
  <propstat><prop><getetag>"1"</getetag><cal:calendar-data>BEGIN:VCALENDAR&#13;
<![CDATA[X:<&>]]>&#13;
END:VCALENDAR</cal:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat>
 </response>
 <response><href>/alice/work/gone.ics</href><status>HTTP/1.1 404 Not Found</status></response>
 <sync-token>http://x/7</sync-token>
</multistatus>)";

TEST(Multistatus, ReadsPropertiesWithTheirStatus) {
  const Reading reading = read(listing);
  ASSERT_TRUE(reading.answer.has_value()) << reading.answer.error().text;
  EXPECT_EQ(reading.answer->root, "D:multistatus");
  EXPECT_EQ(reading.answer->sync_token, "http://x/7");
  ASSERT_EQ(reading.resources.size(), 3U);
  const Resource& calendar = reading.resources[0];
  EXPECT_EQ(calendar.href, "/alice/w%C3%B6rk/");
  EXPECT_EQ(calendar.status, 0);
  EXPECT_EQ(calendar.text(property::display_name), "Wörk & more");
  EXPECT_EQ(calendar.text(property::ctag), "abc");
  EXPECT_TRUE(calendar.find(property::kind)->has("C:calendar"));
  EXPECT_TRUE(calendar.find(property::components)->has("C:comp=VTODO"));
  EXPECT_THAT(calendar.find(property::principal)->hrefs, ElementsAre("/principals/alice/"));
  EXPECT_EQ(calendar.find(property::etag), nullptr);
  EXPECT_EQ(reading.resources[1].text(property::calendar_bytes),
            "BEGIN:VCALENDAR\r\nX:<&>\r\nEND:VCALENDAR");
  EXPECT_EQ(reading.resources[2].status, 404);
}

TEST(Multistatus, ReadsTheSameInChunksOfAnySize) {
  for (std::size_t chunk = 1; chunk < 40; ++chunk) {
    const Reading reading = read(listing, chunk);
    ASSERT_TRUE(reading.answer.has_value()) << chunk;
    ASSERT_EQ(reading.resources.size(), 3U) << chunk;
    EXPECT_EQ(reading.resources[1].text(property::calendar_bytes),
              "BEGIN:VCALENDAR\r\nX:<&>\r\nEND:VCALENDAR");
  }
}

TEST(Multistatus, ReadsAnEmptyOne) {
  const Reading reading = read("<multistatus xmlns='DAV:'/>");
  ASSERT_TRUE(reading.answer.has_value());
  EXPECT_THAT(reading.resources, IsEmpty());
  EXPECT_EQ(reading.answer->sync_token, "");
}

TEST(Multistatus, ReadsErrors) {
  Reading reading = read(
      "<D:error xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><C:no-uid-conflict>"
      "<D:href>/x</D:href></C:no-uid-conflict></D:error>");
  ASSERT_TRUE(reading.answer.has_value());
  EXPECT_EQ(reading.answer->errors.front(), "C:no-uid-conflict");
  reading = read(
      "<D:multistatus xmlns:D='DAV:'><D:response><D:href>/a</D:href><D:status>HTTP/1.1 507 x"
      "</D:status><D:error><D:number-of-matches-within-limits/></D:error></D:response>"
      "</D:multistatus>");
  ASSERT_EQ(reading.resources.size(), 1U);
  EXPECT_EQ(reading.resources.front().status, 507);
  EXPECT_THAT(reading.resources.front().errors, ElementsAre("D:number-of-matches-within-limits"));
}

TEST(Multistatus, KeepsNamesOfOtherSpacesApart) {
  const Reading reading = read(
      "<multistatus xmlns='DAV:'><response><href>/a</href><propstat><prop><getetag "
      "xmlns='urn:x'>\"evil\"</getetag></prop><status>HTTP/1.1 200 OK</status></propstat>"
      "</response></multistatus>");
  ASSERT_EQ(reading.resources.size(), 1U);
  EXPECT_EQ(reading.resources.front().text(property::etag), "");
}

TEST(Multistatus, ALoginPageIsNamedAsOne) {
  for (const char* page :
       {"<!DOCTYPE html><html><body>Log in</body></html>", "<html><body>Log in</body></html>",
        "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/\">",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>"}) {
    const Reading reading = read(page);
    ASSERT_FALSE(reading.answer.has_value()) << page;
    EXPECT_EQ(reading.answer.error().fault, Fault::protocol);
    EXPECT_THAT(reading.answer.error().text, HasSubstr("page")) << page;
  }
}

TEST(Multistatus, WhatIsNoXmlIsAProtocolFault) {
  for (const char* text : {"", "hello", "{\"error\": 1}", "\x89PNG\r\n", "   "}) {
    const Reading reading = read(text);
    ASSERT_FALSE(reading.answer.has_value()) << text;
    EXPECT_EQ(reading.answer.error().fault, Fault::protocol) << text;
  }
}

TEST(Multistatus, ACutAnswerIsTransientWhereverItIsCut) {
  const auto root = listing.find("<response>");
  for (std::size_t size = root; size + 1 < listing.size(); size += 7) {
    const Reading reading = read(listing.substr(0, size));
    ASSERT_FALSE(reading.answer.has_value()) << size;
    EXPECT_EQ(reading.answer.error().fault, Fault::transient) << size;
  }
}

TEST(Multistatus, RefusesEntitiesAndDocumentTypes) {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE m [<!ENTITY a 'aaaaaaaaaa'>";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " '";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "'>";
  }
  bomb += "]><multistatus xmlns='DAV:'><response><href>&j;</href></response></multistatus>";
  const std::string file =
      "<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><multistatus xmlns='DAV:'>"
      "<response><href>&x;</href></response></multistatus>";
  const std::string unknown =
      "<multistatus xmlns='DAV:'><response><href>&x;</href></response></multistatus>";
  for (const std::string& bytes : {bomb, file, unknown}) {
    const Reading reading = read(bytes);
    ASSERT_FALSE(reading.answer.has_value());
    EXPECT_EQ(reading.answer.error().fault, Fault::protocol);
    EXPECT_THAT(reading.resources, IsEmpty());
  }
}

TEST(Multistatus, BoundsDepthCountAndSizes) {
  std::string deep = "<multistatus xmlns='DAV:'>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(read(deep).answer.error().fault, Fault::protocol);

  std::string many = "<multistatus xmlns='DAV:'>";
  for (int i = 0; i < 20; ++i) many += "<response><href>/a</href></response>";
  many += "</multistatus>";
  MultistatusLimits limits;
  limits.resources = 10;
  EXPECT_EQ(read(many, 0, limits).answer.error().fault, Fault::protocol);

  limits = {};
  limits.property_bytes = 100;
  const Reading large = read(
      "<multistatus xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><response><href>/a</href>"
      "<propstat><prop><C:calendar-data>" +
          std::string(101, 'x') +
          "</C:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
          "</multistatus>",
      0, limits);
  ASSERT_TRUE(large.answer.has_value());
  EXPECT_TRUE(large.resources.front().find(property::calendar_bytes)->is_too_large);
  EXPECT_EQ(large.resources.front().text(property::calendar_bytes), "");

  const Reading href = read("<multistatus xmlns='DAV:'><response><href>" +
                            std::string(100'000, 'x') + "</href></response></multistatus>");
  EXPECT_EQ(href.answer.error().fault, Fault::protocol);
}

TEST(Multistatus, StopsWhereTheTakerHasEnough) {
  int taken = 0;
  MultistatusReader reader([&](const Resource&) { return ++taken < 2; });
  EXPECT_FALSE(reader.take(listing));
  EXPECT_TRUE(reader.finish().has_value());
  EXPECT_EQ(taken, 2);
}

TEST(Multistatus, ReadsALargeObjectWhole) {
  const std::string bytes(12U << 20U, 'x');
  const Reading reading = read(
      "<multistatus xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><response><href>/a</href>"
      "<propstat><prop><C:calendar-data>" +
      bytes +
      "</C:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
      "</multistatus>");
  ASSERT_TRUE(reading.answer.has_value());
  EXPECT_EQ(reading.resources.front().text(property::calendar_bytes).size(), bytes.size());
}

}  // namespace
}  // namespace ioud::connectors::dav
