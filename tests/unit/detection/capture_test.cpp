#include "detection/capture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ioud::detection {
namespace {

using Outcome = Capture::Outcome;

Reckoning made() {
  Reckoning base;
  base.said = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(10, 0));  // a Wednesday
  return base;
}

std::vector<CaptureName> names() {
  return {{"Acme Press", "Acme Press", ""},
          {"Meg Alvarez", "Acme Press", "meg@acme.test"},
          {"Meg", "Acme Press", "meg@acme.test"},
          {"meg@acme.test", "Acme Press", "meg@acme.test"},
          {"Karen Bright", "Acme Press", "karen@acme.test"},
          {"Karen", "Acme Press", "karen@acme.test"},
          {"Omar Haddad", "Initech", "omar@initech.test"},
          {"Omar", "Initech", "omar@initech.test"},
          {"Initech", "Initech", ""},
          {"Kabelo", "Joburg Signs", "kabelo@joburg.test"}};
}

Capture read(std::string_view line, const std::vector<CaptureName>& who = names()) {
  static const CaptureReader reader(domain::Catalogue::standard());
  return reader.read(line, who, made());
}

TEST(Capture, ReadsTheWholeLine) {
  const Capture found = read("favour Meg: bring proofing paper tonight 6pm 2h @there");
  ASSERT_EQ(found.outcome, Outcome::read);
  EXPECT_EQ(found.whom.client, "Acme Press");
  EXPECT_EQ(found.whom.contact, "meg@acme.test");
  EXPECT_EQ(found.slots.what, "bring proofing paper");
  EXPECT_EQ(found.slots.thing, "proofing paper");
  EXPECT_EQ(found.slots.lemma, "bring proofing paper");
  EXPECT_EQ(found.slots.kind, "rush");
  EXPECT_EQ(found.slots.time_value, "2026-03-04T18:00");
  EXPECT_EQ(found.slots.effort_minutes, 120);
  EXPECT_TRUE(found.slots.at_delivery);
  EXPECT_TRUE(found.slots.is_visit);
  EXPECT_EQ(found.ask, "");
}

struct Case {
  const char* line;
  const char* client;
  const char* what;
};

class CaptureLine : public ::testing::TestWithParam<Case> {};

TEST_P(CaptureLine, IsRead) {
  const Capture found = read(GetParam().line);
  ASSERT_EQ(found.outcome, Outcome::read) << GetParam().line;
  EXPECT_EQ(found.whom.client, GetParam().client);
  EXPECT_EQ(found.slots.what, GetParam().what);
}

INSTANTIATE_TEST_SUITE_P(
    Spellings, CaptureLine,
    ::testing::Values(
        Case{"Favor Omar, check the drawing, Friday, 45min", "Initech", "check the drawing"},
        Case{"FAVOUR Meg Alvarez - bring the paper", "Acme Press", "bring the paper"},
        Case{"favour meg bring the paper", "Acme Press", "bring the paper"},
        Case{"favour: Meg: bring the paper", "Acme Press", "bring the paper"},
        Case{"favour for Meg: bring the paper", "Acme Press", "bring the paper"},
        Case{"favour meg@acme.test: bring the paper", "Acme Press", "bring the paper"},
        Case{"favour Acme Press: bring the paper", "Acme Press", "bring the paper"},
        Case{"favour Omar: train the two new hires on the portal 59min", "Initech",
             "train the two new hires on the portal"},
        Case{"favuor Meg: bring the paper", "Acme Press", "bring the paper"},
        Case{"favou Omar: call her", "Initech", "call her"},
        Case{"favour Omra: call her", "Initech", "call her"},
        Case{"favour Kabello: call her", "Joburg Signs", "call her"},
        Case{"favour Meg \xE2\x80\x93 run the numbers, tomorrow", "Acme Press",
             "run the numbers"}));

TEST(Capture, TakesAnAskAndADate) {
  const Capture found = read("favour Omar: run the numbers #ask next_order by Friday 1h30");
  ASSERT_EQ(found.outcome, Outcome::read);
  EXPECT_EQ(found.ask, "next_order");
  EXPECT_EQ(found.slots.effort_minutes, 90);
  EXPECT_EQ(found.slots.time_value, "2026-03-06");
  EXPECT_EQ(found.slots.what, "run the numbers");
  EXPECT_EQ(found.slots.kind, "advice");
  EXPECT_FALSE(found.slots.at_delivery);
}

TEST(Capture, HasNoDateWhereNoneIsSaid) {
  const Capture found = read("favour Omar: train the two new hires on the portal 61min");
  ASSERT_EQ(found.outcome, Outcome::read);
  EXPECT_FALSE(found.slots.due);
  EXPECT_EQ(found.slots.effort_minutes, 61);
  EXPECT_EQ(found.slots.kind, "help_colleague");
}

TEST(Capture, IsUnsureWhereNobodyOrTwoClientsFit) {
  EXPECT_EQ(read("favour Zed: bring the paper").outcome, Outcome::unsure);
  EXPECT_EQ(read("favour").outcome, Outcome::unsure);
  EXPECT_EQ(read("favour Meg").outcome, Outcome::unsure);
  EXPECT_EQ(read("favour Meg: bring it #ask nonsense").outcome, Outcome::unsure);
  std::vector<CaptureName> two = names();
  two.push_back({"Meg", "Newco", "meg@newco.test"});
  EXPECT_EQ(read("favour Meg: bring the paper", two).outcome, Outcome::unsure);
  EXPECT_EQ(read("favour Meg Alvarez: bring the paper", two).outcome, Outcome::read);
}

TEST(Capture, KnowsTheClientWhereTwoOfItsPeopleFit) {
  std::vector<CaptureName> two = names();
  two.push_back({"Meg", "Acme Press", "meg.b@acme.test"});
  const Capture found = read("favour Meg: bring the paper", two);
  ASSERT_EQ(found.outcome, Outcome::read);
  EXPECT_EQ(found.whom.contact, "");
}

TEST(Capture, TakesOneSlipAlone) {
  EXPECT_EQ(read("favuor Omra: call her").outcome, Outcome::unsure);
  EXPECT_EQ(read("favour Omrra: call her").outcome, Outcome::unsure);
}

TEST(Capture, LeavesOtherLinesAlone) {
  for (const char* line : {"Flavour of the month", "Favourite things", "Meeting with Meg",
                           "A favour Meg asked", "", "   "})
    EXPECT_EQ(read(line).outcome, Outcome::none) << line;
  EXPECT_TRUE(looks_like_capture("favour Meg: x"));
  EXPECT_TRUE(looks_like_capture("  FAVOR Meg"));
  EXPECT_FALSE(looks_like_capture("Lunch"));
}

TEST(Capture, SurvivesHostileText) {
  std::string line = "favour Meg: ";
  for (int i = 0; i < 500'000; ++i) line += "bring ";
  EXPECT_EQ(read(line).outcome, Outcome::read);
  EXPECT_EQ(read("favour " + std::string(1'000'000, ':')).outcome, Outcome::unsure);
}

}  // namespace
}  // namespace ioud::detection
