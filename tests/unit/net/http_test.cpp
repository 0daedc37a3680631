#include "net/http.hpp"

#include <gtest/gtest.h>

namespace ioud::net {
namespace {

Request asked(const std::string& method = "PROPFIND") {
  Request request;
  request.method = method;
  request.url = *parse_url("https://h/dav/");
  request.body = "body";
  request.credentials.login = Login::basic;
  request.credentials.user = "tom";
  return request;
}

Response sent_to(const std::string& location, int status = 301) {
  Response response;
  response.status = status;
  response.headers.push_back({"location", location});
  return response;
}

TEST(Redirect, GoesToTheSameServerWithTheLogin) {
  const auto next = redirected(asked(), sent_to("/new/"));
  ASSERT_TRUE(next);
  EXPECT_EQ(format(next->url), "https://h/new/");
  EXPECT_EQ(next->method, "PROPFIND");
  EXPECT_EQ(next->body, "body");
  EXPECT_EQ(next->credentials.user, "tom");
}

TEST(Redirect, LeavesTheLoginBehindAtAnotherServer) {
  for (const char* place : {"https://evil/", "https://h:8443/", "//evil/x"}) {
    const auto next = redirected(asked(), sent_to(place));
    ASSERT_TRUE(next) << place;
    EXPECT_EQ(next->credentials.login, Login::none) << place;
    EXPECT_TRUE(next->credentials.user.empty()) << place;
  }
}

TEST(Redirect, NeverLeavesTls) { EXPECT_FALSE(redirected(asked(), sent_to("http://h/new/"))); }

TEST(Redirect, NeverRepeatsAWrite) {
  for (const char* method : {"PUT", "DELETE", "MKCALENDAR", "POST"}) {
    EXPECT_FALSE(redirected(asked(method), sent_to("/new/"))) << method;
  }
}

TEST(Redirect, IsNoneWithoutAPlaceOrStatus) {
  EXPECT_FALSE(redirected(asked(), Response{301, {}, {}}));
  EXPECT_FALSE(redirected(asked(), sent_to("/new/", 200)));
  EXPECT_FALSE(redirected(asked(), sent_to("javascript:x")));
}

TEST(Headers, AreFoundWithoutCase) {
  const Headers headers = {{"DAV", "1, 2"}, {"dav", "calendar-access"}, {"ETag", "\"a\""}};
  EXPECT_EQ(headers.find("etag"), "\"a\"");
  EXPECT_EQ(headers.find("Location"), std::nullopt);
  EXPECT_EQ(headers.all("Dav"), "1, 2, calendar-access");
}

}  // namespace
}  // namespace ioud::net
