#include "net/services.hpp"

#include <gtest/gtest.h>

namespace ioud::net {
namespace {

std::string two(int number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 255)};
}

std::string name(const std::string& dotted) {
  std::string bytes;
  for (std::size_t at = 0; at < dotted.size();) {
    const auto dot = std::min(dotted.find('.', at), dotted.size());
    bytes += static_cast<char>(dot - at);
    bytes += dotted.substr(at, dot - at);
    at = dot + 1;
  }
  return bytes + std::string(1, '\0');
}

/// A DNS answer with those records of one type.
std::string answer(int type, const std::vector<std::string>& records) {
  std::string bytes = two(7) + two(0x8180) + two(1) + two(static_cast<int>(records.size())) +
                      two(0) + two(0) + name("_caldavs._tcp.example.com") + two(type) + two(1);
  for (const std::string& record : records) {
    bytes += two(0xC00C) + two(type) + two(1) + two(0) + two(300) +
             two(static_cast<int>(record.size())) + record;
  }
  return bytes;
}

std::string srv(int priority, int weight, int port, const std::string& host) {
  return two(priority) + two(weight) + two(port) + name(host);
}

constexpr int type_srv = 33;
constexpr int type_txt = 16;

TEST(Services, ReadsHostsBestFirst) {
  const auto hosts = read_srv(
      answer(type_srv, {srv(20, 0, 443, "spare.example.com"), srv(10, 1, 8443, "Small.Example.com"),
                        srv(10, 9, 443, "dav.example.com")}));
  ASSERT_EQ(hosts.size(), 3U);
  EXPECT_EQ(hosts[0].host, "dav.example.com");
  EXPECT_EQ(hosts[1].host, "small.example.com");
  EXPECT_EQ(hosts[1].port, 8443);
  EXPECT_EQ(hosts[2].host, "spare.example.com");
}

TEST(Services, ADotMeansThereIsNone) {
  const std::string dot = answer(type_srv, {srv(0, 0, 0, "")});
  EXPECT_TRUE(read_srv(dot).empty());
  EXPECT_TRUE(declines(dot));
  // Some write a port beside it.
  EXPECT_TRUE(declines(answer(type_srv, {srv(0, 0, 443, "")})));
}

TEST(Services, NoRecordIsNotADot) {
  EXPECT_FALSE(declines(answer(type_srv, {})));
  EXPECT_FALSE(declines(""));
  EXPECT_FALSE(declines(answer(type_txt, {"\x09path=/dav"})));
}

TEST(Services, ADotBesideAHostDeclinesNothing) {
  const std::string both = answer(type_srv, {srv(0, 0, 0, ""), srv(10, 0, 443, "dav.example.com")});
  EXPECT_EQ(read_srv(both).size(), 1U);
  EXPECT_FALSE(declines(both));
}

TEST(Services, ReadsAPath) {
  EXPECT_EQ(read_txt_path(answer(type_txt, {"\x03"
                                            "a=b"
                                            "\x09"
                                            "path=/dav"})),
            "/dav");
  EXPECT_EQ(read_txt_path(answer(type_txt, {"\x08"
                                            "path=dav"})),
            "");
  EXPECT_EQ(read_txt_path(answer(type_txt, {"\xff"
                                            "path=/dav"})),
            "/dav");
  EXPECT_EQ(read_txt_path(answer(type_txt, {})), "");
}

TEST(Services, ReadsNothingIntoDamage) {
  const std::string whole = answer(type_srv, {srv(10, 1, 443, "dav.example.com")});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_LE(read_srv(whole.substr(0, size)).size(), 1U);
    EXPECT_FALSE(declines(whole.substr(0, size)));
    EXPECT_EQ(read_txt_path(whole.substr(0, size)), "");
  }
  EXPECT_TRUE(read_srv("").empty());
  EXPECT_TRUE(read_srv(std::string(600, '\xC0')).empty());
}

}  // namespace
}  // namespace ioud::net
