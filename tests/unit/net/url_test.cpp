#include "net/url.hpp"

#include <gtest/gtest.h>

namespace ioud::net {
namespace {

std::string read(const std::string& text) {
  const auto url = parse_url(text);
  return url ? format(*url) : "none";
}

TEST(Url, ReadsWhatServersAreCalled) {
  EXPECT_EQ(read("https://dav.example.com"), "https://dav.example.com/");
  EXPECT_EQ(read("HTTPS://DAV.Example.com:443/a/b/"), "https://dav.example.com/a/b/");
  EXPECT_EQ(read("http://127.0.0.1:5232/x?y=1#z"), "http://127.0.0.1:5232/x?y=1");
  EXPECT_EQ(read("https://[2001:db8::1]:8443/a"), "https://[2001:db8::1]:8443/a");
  EXPECT_EQ(read("https://h/a/./b/../c"), "https://h/a/c");
  EXPECT_EQ(read("https://h/../../etc"), "https://h/etc");
}

TEST(Url, RefusesWhatIsNone) {
  for (const char* text :
       {"", "dav.example.com", "ftp://h/", "https://", "https:///a", "https://user:pass@h/",
        "https://h:0/", "https://h:70000/", "https://h:12x/", "https://a b/",
        "https://h/\r\nHost: x", "file:///etc/passwd", "https://h\\evil/"}) {
    EXPECT_EQ(parse_url(text), std::nullopt) << text;
  }
}

TEST(Url, ResolvesReferences) {
  const Url base = *parse_url("https://h/dav/alice/work/");
  const auto at = [&](const std::string& reference) {
    const auto url = resolve(base, reference);
    return url ? format(*url) : "none";
  };
  EXPECT_EQ(at("/principals/alice/"), "https://h/principals/alice/");
  EXPECT_EQ(at("a.ics"), "https://h/dav/alice/work/a.ics");
  EXPECT_EQ(at("../home/"), "https://h/dav/alice/home/");
  EXPECT_EQ(at("https://other:8443/x"), "https://other:8443/x");
  EXPECT_EQ(at("//other/x"), "https://other/x");
  EXPECT_EQ(at("?q=1"), "https://h/dav/alice/work/?q=1");
  EXPECT_EQ(at(""), "https://h/dav/alice/work/");
  EXPECT_EQ(at("a:b.ics"), "none");
  EXPECT_EQ(at("javascript:alert(1)"), "none");
  EXPECT_EQ(at("/a b"), "none");
}

TEST(Url, KnowsOneServerFromAnother) {
  const Url base = *parse_url("https://h/");
  EXPECT_TRUE(same_origin(base, *parse_url("https://H:443/x")));
  EXPECT_FALSE(same_origin(base, *parse_url("http://h/")));
  EXPECT_FALSE(same_origin(base, *parse_url("https://h:8443/")));
  EXPECT_FALSE(same_origin(base, *parse_url("https://h.evil/")));
}

TEST(Url, KnowsThisMachine) {
  for (const char* text :
       {"http://localhost/", "http://127.0.0.1:1/", "http://127.9.8.7/", "http://[::1]/"}) {
    EXPECT_TRUE(is_loopback(*parse_url(text))) << text;
  }
  for (const char* text : {"http://localhost.evil.com/", "http://127.0.0.1.evil.com/",
                           "http://127.evil.0.1/", "http://10.0.0.1/", "http://1270.0.1/"}) {
    EXPECT_FALSE(is_loopback(*parse_url(text))) << text;
  }
}

TEST(Url, EncodesSegmentsThereAndBack) {
  for (const std::string name :
       {"a.ics", "sp ace.ics", "p%41lus+.ics", "é/ü?#.ics", "100%.ics", "iou-1@ioud.ics"}) {
    EXPECT_EQ(decode_segment(encode_segment(name)), name);
    EXPECT_EQ(encode_segment(name).find('/'), std::string::npos);
  }
  EXPECT_EQ(encode_segment("a b/c"), "a%20b%2Fc");
  EXPECT_EQ(decode_segment("a%2520b"), "a%20b");
  EXPECT_EQ(decode_segment("100%"), "100%");
  EXPECT_EQ(decode_segment("%zz%4"), "%zz%4");
}

TEST(Url, ComparesPathsInOneSpelling) {
  EXPECT_EQ(normal_path("/%7Ealice/a%20b/"), normal_path("/~alice/a b/"));
  EXPECT_NE(normal_path("/a%2Fb"), normal_path("/a/b"));
}

}  // namespace
}  // namespace ioud::net
