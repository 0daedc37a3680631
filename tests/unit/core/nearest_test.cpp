#include "core/nearest.hpp"

#include <gtest/gtest.h>

namespace ioud::core {
namespace {

TEST(Nearest, FindsByLettersAndByWords) {
  const std::vector<std::string> keys = {"sitdowns_per_day", "proposals_per_day",
                                         "messages_per_day", "hold_minutes", "time_zone"};
  EXPECT_EQ(nearest("proposals_a_day", keys), "proposals_per_day");
  EXPECT_EQ(nearest("hold_time", keys), "hold_minutes");
  EXPECT_EQ(nearest("timezone", keys), "time_zone");
  EXPECT_EQ(nearest("TIME-ZONE", keys), "time_zone");
  EXPECT_EQ(nearest("per_day_sitdown", keys), "sitdowns_per_day");
}

TEST(Nearest, NamesNothingThatIsNotNear) {
  EXPECT_EQ(nearest("xyzzy", {"check", "status"}), "");
  EXPECT_EQ(nearest("check", {}), "");
  EXPECT_EQ(nearest("", {"check"}), "");
  EXPECT_EQ(nearest("__", {"a"}), "");
}

TEST(Nearest, OfEqualsTheFirstWins) { EXPECT_EQ(nearest("ab", {"ac", "ad"}), "ac"); }

}  // namespace
}  // namespace ioud::core
