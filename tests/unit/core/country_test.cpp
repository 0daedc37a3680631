#include "core/country.hpp"

#include <gtest/gtest.h>

namespace ioud::core {
namespace {

std::string zone_of(std::string_view country) {
  const auto zone = only_zone_of(country);
  return zone ? zone->name() : "none";
}

TEST(Country, WithOneClockHasAZone) {
  EXPECT_EQ(zone_of("Germany"), "Europe/Berlin");
  EXPECT_EQ(zone_of("deutschland"), "Europe/Berlin");
  EXPECT_EQ(zone_of("de"), "Europe/Berlin");
  EXPECT_EQ(zone_of(" South  Africa "), "Africa/Johannesburg");
  EXPECT_EQ(zone_of("Japón"), "Asia/Tokyo");
  EXPECT_EQ(zone_of("Polska"), "Europe/Warsaw");
}

TEST(Country, WithSeveralClocksHasNone) {
  for (const char* country : {"United States", "US", "Australia", "Brazil", "Russia"})
    EXPECT_EQ(zone_of(country), "none") << country;
}

TEST(Country, MustBeOne) {
  for (const char* word : {"", "Atlantis", "xx", "D"}) EXPECT_EQ(zone_of(word), "none") << word;
}

}  // namespace
}  // namespace ioud::core
