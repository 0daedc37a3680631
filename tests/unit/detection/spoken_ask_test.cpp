#include "detection/spoken_ask.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ioud::detection {
namespace {

Reckoning base() {
  Reckoning made;
  made.said = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));  // a Wednesday
  return made;
}

std::optional<domain::SpokenAsk> read(std::string_view text) {
  static const SpokenAskReader reader(domain::Catalogue::standard());
  return reader.read(text, base());
}

struct Case {
  const char* text;
  const char* ask;
};

class SpokenAsk : public ::testing::TestWithParam<Case> {};

TEST_P(SpokenAsk, IsReadByItsTopic) {
  const auto spoken = read(GetParam().text);
  ASSERT_TRUE(spoken) << GetParam().text;
  EXPECT_EQ(spoken->ask, GetParam().ask) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Topics, SpokenAsk,
    ::testing::Values(
        Case{"But when I do, we have to sit down and work out an ordering schedule.",
             "ordering_schedule"},
        Case{"In return I need you to sit down with me to tell me whom, if you were me, you'd call "
             "on.",
             "introductions"},
        Case{"When I get there I'd like a few minutes to hear who else could use this.", "network"},
        Case{"In return, could you write a few lines about us for the website?", "testimonial"},
        Case{"While I'm there let's go through the rest of the set-up.", "second_product"},
        Case{"When I come, we should sit down about your next order.", "next_order"},
        Case{"In exchange I'd love an hour with your buying team, meet your team properly.",
             "decision_maker"},
        Case{"All I ask is ten minutes of your time for some honest feedback.", "feedback"},
        Case{"In return give me one name I should know.", "introduction_back"}));

TEST(SpokenAsk, MayBeAtDelivery) {
  const auto spoken = read(
      "I can bring the paper you need tonight at 6pm, but when I do, we have to sit down and work "
      "out an ordering schedule so that this doesn't happen to you again.");
  ASSERT_TRUE(spoken);
  EXPECT_EQ(spoken->ask, "ordering_schedule");
  EXPECT_TRUE(spoken->at_delivery);
  EXPECT_FALSE(spoken->day);
}

TEST(SpokenAsk, MayNameItsDay) {
  const auto spoken = read(
      "I'll get the part for you on Saturday, but in return I need you to sit down with me on "
      "Monday morning to tell me whom, if you were me, you'd call on.");
  ASSERT_TRUE(spoken);
  EXPECT_EQ(spoken->ask, "introductions");
  EXPECT_FALSE(spoken->at_delivery);
  ASSERT_TRUE(spoken->day);
  EXPECT_EQ(core::format(*spoken->day), "2026-03-09");
}

TEST(SpokenAsk, IsNoneWithoutAReturnOrATopic) {
  for (const char* text : {"I'll drop the part off Saturday.",
                           "Nothing in return, no feedback needed.", "In return I'm buying lunch.",
                           "The ordering schedule is attached.", "When I come I'll ring.", ""})
    EXPECT_FALSE(read(text)) << text;
}

TEST(SpokenAsk, KnowsKindsAnAdminAdds) {
  domain::Catalogue catalogue = domain::Catalogue::standard();
  catalogue.asks["plant_tour"].topic = "plant tour";
  const SpokenAskReader reader(catalogue);
  const auto spoken = reader.read("In return I'd like you to give me a plant tour.", base());
  ASSERT_TRUE(spoken);
  EXPECT_EQ(spoken->ask, "plant_tour");
}

}  // namespace
}  // namespace ioud::detection
