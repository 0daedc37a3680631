#include "domain/client_zone.hpp"

#include <gtest/gtest.h>

#include "unit/domain/agenda_samples.hpp"

namespace ioud::domain {
namespace {

using namespace agenda_samples;

std::vector<SeenOffset> mails(const core::Zone& from, int count) {
  std::vector<SeenOffset> seen;
  for (int i = 0; i < count; ++i) {
    const core::Instant at = when("2026-02-01 12:00") + std::chrono::days{40 * i};
    seen.push_back({at, from.offset(at)});
  }
  return seen;
}

TEST(ClientZone, IsTheFilesThenTheCardsThenTheMailsThenTheCountrysThenTheReps) {
  Client client;
  Person person;
  const auto found = [&](const std::vector<SeenOffset>& seen = {}) {
    return client_zone(client, &person, seen, chicago()).name();
  };
  EXPECT_EQ(found(), "America/Chicago");
  EXPECT_EQ(client_zone(client, nullptr, {}, chicago()), chicago());
  person.country = "Deutschland";
  EXPECT_EQ(found(), "Europe/Berlin");
  EXPECT_EQ(found(mails(zone("Asia/Tokyo"), 4)), "Europe/Berlin");
  EXPECT_EQ(found(mails(zone("Asia/Tokyo"), 5)), "Asia/Tokyo");
  person.zone = "Africa/Johannesburg";
  EXPECT_EQ(found(mails(zone("Asia/Tokyo"), 5)), "Africa/Johannesburg");
  client.zone = "Europe/London";
  EXPECT_EQ(found(), "Europe/London");
}

TEST(ClientZone, PassesOverWhatItCannotRead) {
  Client client;
  client.zone = "Middle-earth/Shire";
  Person person;
  person.zone = "half past nine";
  person.country = "United States";
  EXPECT_EQ(client_zone(client, &person, {}, zone("Asia/Tokyo")).name(), "Asia/Tokyo");
}

TEST(ClientZone, TakesTheRepsOwnWhereMailsFitIt) {
  const Client client;
  EXPECT_EQ(
      client_zone(client, nullptr, mails(zone("America/Chicago"), 6), zone("America/Winnipeg"))
          .name(),
      "America/Winnipeg");
  std::vector<SeenOffset> odd = mails(chicago(), 6);
  odd[2].east = std::chrono::seconds{1234};
  EXPECT_EQ(client_zone(client, nullptr, odd, zone("Asia/Tokyo")).name(), "Asia/Tokyo");
}

TEST(CardZone, IsANameOrAWholeHour) {
  const auto read = [](std::string_view text) {
    const auto found = zone_from_card(text);
    return found ? found->name() : std::string("none");
  };
  EXPECT_EQ(read(" Africa/Johannesburg "), "Africa/Johannesburg");
  EXPECT_EQ(zone_from_card("-05:00")->offset(when("2026-03-01 00:00")), std::chrono::hours{-5});
  EXPECT_EQ(zone_from_card("+0200")->offset(when("2026-03-01 00:00")), std::chrono::hours{2});
  EXPECT_EQ(zone_from_card("+02")->offset(when("2026-03-01 00:00")), std::chrono::hours{2});
  EXPECT_EQ(zone_from_card("+00:00")->offset(when("2026-03-01 00:00")), std::chrono::hours{0});
  EXPECT_EQ(read("+05:30"), "none");
  EXPECT_EQ(read("+25:00"), "none");
  EXPECT_EQ(read("+19:00"), "none");
  EXPECT_EQ(read(""), "none");
  EXPECT_EQ(read("5"), "none");
  EXPECT_EQ(read("-"), "none");
}

}  // namespace
}  // namespace ioud::domain
