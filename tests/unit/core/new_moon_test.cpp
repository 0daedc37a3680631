#include "core/new_moon.hpp"

#include <gtest/gtest.h>

namespace ioud::core {
namespace {

using std::chrono::minutes;

Instant instant(std::string_view text) { return parse_rfc3339(text).value(); }

TEST(NewMoon, IsWhereTheAlmanacsHaveIt) {
  for (const char* known : {"2000-01-06T18:14:00Z", "2024-04-08T18:21:00Z", "2025-09-21T19:54:00Z",
                            "2026-08-12T17:37:00Z", "2027-02-06T15:56:00Z"}) {
    const Instant at = instant(known);
    for (const auto days : {-14, -3, 0, 3, 14}) {
      const Instant found = nearest_new_moon(at + std::chrono::days{days});
      EXPECT_LE(found > at ? found - at : at - found, minutes{1}) << known << " " << days;
    }
  }
}

TEST(NewMoon, ComesOnceAMonth) {
  Instant before = nearest_new_moon(instant("1990-01-01T00:00:00Z"));
  for (int i = 0; i < 1000; ++i) {
    const Instant next = nearest_new_moon(before + std::chrono::hours{708});
    const auto month = std::chrono::duration<double, std::ratio<86400>>(next - before).count();
    EXPECT_GT(month, 29.2);
    EXPECT_LT(month, 29.9);
    before = next;
  }
}

}  // namespace
}  // namespace ioud::core
