#include "connectors/dav/requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/dav/cursor.hpp"
#include "connectors/dav/multistatus.hpp"

namespace ioud::connectors::dav {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Every body is well-formed XML with that root.
std::string root_of(const std::string& body) {
  std::vector<Resource> none;
  const auto read = read_multistatus(body, none);
  return read ? read->root : "broken";
}

TEST(DavRequests, AreWellFormed) {
  EXPECT_EQ(root_of(propfind({property::etag, property::calendar_homes})), "D:propfind");
  EXPECT_EQ(root_of(sync_collection(Holds::events, "a<b>&\"", true)), "D:sync-collection");
  EXPECT_EQ(root_of(query_all_events()), "C:calendar-query");
  EXPECT_EQ(root_of(query_window(core::Date(), core::Date())), "C:calendar-query");
  EXPECT_EQ(root_of(query_uid("a]]>\x01<b>")), "C:calendar-query");
  EXPECT_EQ(root_of(multiget(Holds::events, {"/a&b.ics", "/c.ics"})), "C:calendar-multiget");
  EXPECT_EQ(root_of(multiget(Holds::cards, {"/a.vcf"})), "R:addressbook-multiget");
  EXPECT_EQ(root_of(mkcalendar("Tom's <IOUs> & \"more\"", "#7A5CFF")), "C:mkcalendar");
}

TEST(DavRequests, AskForBytesOfTheRightKind) {
  EXPECT_THAT(sync_collection(Holds::events, "", true), HasSubstr("<C:calendar-data/>"));
  EXPECT_THAT(sync_collection(Holds::cards, "", true), HasSubstr("<R:address-data/>"));
  EXPECT_THAT(sync_collection(Holds::events, "t", false), Not(HasSubstr("<C:calendar-data/>")));
  EXPECT_THAT(sync_collection(Holds::events, "t", false), HasSubstr("<D:sync-token>t</"));
}

TEST(DavRequests, AWindowIsOfEventsAndHasBothEnds) {
  using namespace std::chrono;
  const std::string body = query_window(year{2026} / 2 / 23, year{2026} / 6 / 7);
  EXPECT_THAT(body, HasSubstr("<C:comp-filter name=\"VEVENT\"><C:time-range "
                              "start=\"20260223T000000Z\" end=\"20260607T000000Z\"/>"));
  EXPECT_THAT(body, Not(HasSubstr("calendar-data")));
}

TEST(DavRequests, MakeACalendarForEventsAlone) {
  const std::string body = mkcalendar("IOUs", "#7A5CFF");
  EXPECT_THAT(body, HasSubstr("<D:displayname>IOUs</D:displayname>"));
  EXPECT_THAT(body, HasSubstr("<A:calendar-color>#7A5CFF</A:calendar-color>"));
  EXPECT_THAT(body, HasSubstr("<C:comp name=\"VEVENT\"/>"));
  EXPECT_THAT(mkcalendar("IOUs", ""), Not(HasSubstr("color")));
}

TEST(DavRequests, NameTheirContentType) {
  const auto request = xml_request("REPORT", *net::parse_url("https://h/"), "<a/>", "1");
  EXPECT_EQ(request.headers.find("Content-Type"), "application/xml; charset=utf-8");
  EXPECT_EQ(request.headers.find("Depth"), "1");
}

TEST(DavRequests, ComparePlainEtags) {
  EXPECT_EQ(plain_etag("\"abc\""), "\"abc\"");
  EXPECT_EQ(plain_etag(" W/\"abc\" "), "\"abc\"");
  EXPECT_EQ(plain_etag("gcs0000001"), "gcs0000001");
  for (const char* none : {"", "\"\"", "W/\"\"", "NULL", "\"null\"", "\"a\r\nEvil: 1\""}) {
    EXPECT_EQ(plain_etag(none), "") << none;
  }
}

TEST(DavRequests, NameMembersWithinTheirCollection) {
  const auto collection = *net::parse_url("https://h/dav/alice/work/");
  EXPECT_EQ(member_name("/dav/alice/work/a.ics", collection), "a.ics");
  EXPECT_EQ(member_name("https://h/dav/alice/work/a%20b.ics", collection), "a b.ics");
  EXPECT_EQ(member_name("/dav/alice/work/raw é.ics", collection), "raw é.ics");
  EXPECT_EQ(member_name("a.ics", collection), "a.ics");
  EXPECT_EQ(member_name("/dav/alice/work/", collection), "");
  EXPECT_EQ(member_name("/dav/alice/work", collection), "");
  EXPECT_EQ(member_name("/dav/alice/work/sub/", collection), "");
  EXPECT_EQ(member_name("/dav/alice/work/work", collection), "work");
  EXPECT_EQ(member_name("", collection), "");
  EXPECT_EQ(net::format(member_url(collection, "a b/é.ics")),
            "https://h/dav/alice/work/a%20b%2F%C3%A9.ics");
}

TEST(DavCursor, GoesThereAndBack) {
  for (const Cursor::Way way : {Cursor::Way::sync, Cursor::Way::tags, Cursor::Way::window}) {
    Cursor cursor;
    cursor.stamp = "stamp";
    cursor.url = "https://h/a/";
    cursor.way = way;
    cursor.page = 3;
    cursor.asked = core::Instant(std::chrono::seconds(1773000000));
    cursor.token = "line\nbreak\n";
    const Cursor read = Cursor::parse(cursor.text());
    EXPECT_EQ(read.stamp, cursor.stamp);
    EXPECT_EQ(read.url, cursor.url);
    EXPECT_EQ(read.way, cursor.way);
    EXPECT_EQ(read.page, cursor.page);
    EXPECT_EQ(read.asked, cursor.asked);
    EXPECT_EQ(read.token, cursor.token);
  }
}

TEST(DavCursor, ReadsTheFormOfOldStates) {
  const Cursor read = Cursor::parse("dav 1\nstamp\nhttps://h/a/\ntags\n3\ntoken");
  EXPECT_EQ(read.page, 3U);
  EXPECT_EQ(read.asked, core::Instant());
  EXPECT_EQ(read.token, "token");
}

TEST(DavCursor, IsEmptyForWhatIsNone) {
  for (const char* text : {"", "17", "dav 1\na\nb", "dav 2\na\nb\nsync\n0\nt"}) {
    EXPECT_EQ(Cursor::parse(text).url, "") << text;
  }
}

}  // namespace
}  // namespace ioud::connectors::dav
