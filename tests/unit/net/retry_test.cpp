#include "net/retry.hpp"

#include <gtest/gtest.h>

namespace ioud::net {
namespace {

using core::Fault;
using std::chrono::seconds;

const core::Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 9} + seconds{3600};

Fault fault_of(int status, const std::string& retry_after = {}) {
  Response response;
  response.status = status;
  if (!retry_after.empty()) response.headers.push_back({"retry-after", retry_after});
  return error_of(response, "place", "asking", now).fault;
}

TEST(Retry, ReadsRetryAfterInSeconds) {
  EXPECT_EQ(parse_retry_after("120", now), seconds{120});
  EXPECT_EQ(parse_retry_after(" 5 ", now), seconds{5});
  EXPECT_EQ(parse_retry_after("0", now), seconds{1});
  EXPECT_EQ(parse_retry_after("1000000000", now), seconds{7200});
  EXPECT_EQ(parse_retry_after("99999999999999999999", now), seconds{7200});
}

TEST(Retry, ReadsRetryAfterAsADate) {
  EXPECT_EQ(parse_retry_after("Mon, 09 Mar 2026 01:02:00 GMT", now), seconds{120});
  EXPECT_EQ(parse_retry_after("Monday, 09-Mar-26 01:02:00 GMT", now), seconds{120});
  EXPECT_EQ(parse_retry_after("Mon Mar  9 01:02:00 2026", now), seconds{120});
  EXPECT_EQ(parse_retry_after("Sun, 08 Mar 2026 01:02:00 GMT", now), seconds{1});
  EXPECT_EQ(parse_retry_after("Mon, 09 Mar 2999 01:02:00 GMT", now), seconds{7200});
}

TEST(Retry, ReadsNothingIntoNonsense) {
  for (const char* text : {"", "soon", "-5", "1.5", "Mon, 32 Mar 2026 01:02:00 GMT",
                           "Mon, 09 Foo 2026 01:02:00 GMT", "Mon, 09 Mar 2026 25:02:00 GMT",
                           "Mon, 09 Mar 2026 01:02 GMT", "Mon, 09-Mar 01:02:00 GMT"}) {
    EXPECT_EQ(parse_retry_after(text, now), std::nullopt) << text;
  }
}

TEST(Retry, ReadsOldYears) {
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"),
            parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"));
}

TEST(Retry, TurnsStatusesIntoFaults) {
  EXPECT_EQ(fault_of(401), Fault::auth);
  EXPECT_EQ(fault_of(403), Fault::rejected);
  EXPECT_EQ(fault_of(404), Fault::not_found);
  EXPECT_EQ(fault_of(410), Fault::not_found);
  EXPECT_EQ(fault_of(409), Fault::conflict);
  EXPECT_EQ(fault_of(412), Fault::conflict);
  EXPECT_EQ(fault_of(429), Fault::throttled);
  EXPECT_EQ(fault_of(503, "30"), Fault::throttled);
  EXPECT_EQ(fault_of(503), Fault::transient);
  EXPECT_EQ(fault_of(500), Fault::transient);
  EXPECT_EQ(fault_of(408), Fault::transient);
  EXPECT_EQ(fault_of(507), Fault::rejected);
  EXPECT_EQ(fault_of(501), Fault::rejected);
  EXPECT_EQ(fault_of(400), Fault::rejected);
  EXPECT_EQ(fault_of(302), Fault::protocol);
  EXPECT_EQ(fault_of(200), Fault::protocol);
}

TEST(Retry, TellsWhatToDoAndForHowLong) {
  Response response;
  response.status = 429;
  response.headers.push_back({"Retry-After", "30"});
  const core::Error error = error_of(response, "https://h/", "listing", now);
  EXPECT_EQ(error.retry_after, seconds{30});
  EXPECT_EQ(error.place, "https://h/");
  EXPECT_EQ(error.text,
            "listing: the server answered 429; the server asks us to wait; it is tried again "
            "later");
}

}  // namespace
}  // namespace ioud::net
