#include "domain/wording.hpp"

#include <gtest/gtest.h>

#include "domain/wording_lint.hpp"
#include "unit/domain/wording_samples.hpp"

namespace ioud::domain {
namespace {

using samples::at;
using samples::chicago;
using samples::day;
using samples::favour;

TEST(Wording, SaysDurations) {
  EXPECT_EQ(duration_words(0), "0 min");
  EXPECT_EQ(duration_words(45), "45 min");
  EXPECT_EQ(duration_words(120), "2 h");
  EXPECT_EQ(duration_words(370), "6 h 10");
  EXPECT_EQ(duration_words(65), "1 h 05");
  EXPECT_EQ(duration_words(-30), "-30 min");
}

TEST(Wording, SaysNumbers) {
  EXPECT_EQ(number_words(1), "one");
  EXPECT_EQ(number_words(10), "ten");
  EXPECT_EQ(number_words(11), "11");
  EXPECT_EQ(number_words(0), "0");
  EXPECT_EQ(counted(1, "favour"), "1 favour");
  EXPECT_EQ(counted(0, "favour"), "0 favours");
}

TEST(Wording, GreetsByFirstName) {
  EXPECT_EQ(first_name("Meg Alvarez"), "Meg");
  EXPECT_EQ(first_name("Dr. Anke Vogel"), "Anke");
  EXPECT_EQ(first_name("Prof Dr Anke Vogel"), "Anke");
  EXPECT_EQ(first_name("Vogel, Anke"), "Anke");
  EXPECT_EQ(first_name("  Zoë "), "Zoë");
  EXPECT_EQ(first_name(""), "");
  EXPECT_EQ(greeting_words("Meg Alvarez"), "Hello Meg,\n\n");
  EXPECT_EQ(greeting_words(""), "Hello,\n\n");
}

TEST(Wording, SignsOffShortEnoughToFollowAQuestion) {
  EXPECT_EQ(sign_off("Tom Reyes"), "\n\nKind regards,\nTom Reyes");
  EXPECT_TRUE(ends_in_question("Is that fine?" + sign_off("Maria del Carmen de la Torre Vega")));
}

TEST(Wording, SaysTimesOnTheZonesClock) {
  const core::Instant start = at(2026, 3, 12, 10);
  EXPECT_EQ(span_words(start, 20, chicago()), "10:00 to 10:20");
  EXPECT_EQ(when_words(start, 20, *core::Zone::find("Pacific/Kiritimati")),
            "Friday 13 Mar, 05:00 to 05:20");
}

TEST(Wording, NamesTheThingInAFewWords) {
  const auto few = [](const char* thing) { return few_words(favour("errand", thing).favour); };
  EXPECT_EQ(few("the sample boards"), "sample boards");
  EXPECT_EQ(few("your rollout plan"), "rollout plan");
  EXPECT_EQ(few("the drive belt from the warehouse"), "drive belt");
  EXPECT_EQ(few("a big new bright blue drive belt"), "blue drive belt");
  EXPECT_EQ(few("a copy of the signed contract"), "copy");
  EXPECT_EQ(few("a box of toner"), "box of toner");
  EXPECT_EQ(few("The part."), "part");
  EXPECT_EQ(few("them"), "");
  EXPECT_EQ(few("it"), "");
  EXPECT_EQ(few("those"), "");
  EXPECT_EQ(few(""), "");
  EXPECT_EQ(few("one of"), "one");
}

TEST(Wording, ShowsAClientOnlyHarmlessThings) {
  const std::vector<std::string> others = {"Initech", "Omar Haddad"};
  const auto seen = [&others](const char* thing, const char* beneficiary = "") {
    FavourWords words = favour("errand", thing);
    words.beneficiary = beneficiary;
    return client_thing(words, others);
  };
  EXPECT_EQ(seen("the belt"), "the belt");
  EXPECT_EQ(seen("your rollout plan"), "your rollout plan");
  EXPECT_EQ(seen("free samples"), "");
  EXPECT_EQ(seen("the favour list"), "");
  EXPECT_EQ(seen("the Initech figures"), "");
  EXPECT_EQ(seen("Omar's figures"), "");
  EXPECT_EQ(seen("Karen's laptop", "Karen Bright"), "");
  EXPECT_EQ(seen("my dentist call"), "");
  EXPECT_EQ(seen("her questions"), "");
  EXPECT_EQ(seen("her"), "");
  EXPECT_EQ(seen("the very long list of all the things that we talked about last year in May"),
            "the very long list");
}

TEST(Wording, TellsTheRepTheThing) {
  EXPECT_EQ(rep_thing(favour("errand", "the belt").favour), "belt");
  EXPECT_EQ(rep_thing(favour("advice", "your rollout plan").favour), "their rollout plan");
  EXPECT_EQ(rep_thing(favour("schedule_bend", "my dentist").favour), "your dentist");
  EXPECT_EQ(rep_thing(favour("errand", "it").favour), "delivery");
  EXPECT_EQ(rep_thing(favour("van_wash", "", "wash the van").favour), "wash the van");
  EXPECT_EQ(rep_thing(favour("van_wash", "").favour), "favour");
}

TEST(Wording, SaysWhyWithoutClaimingThatSomebodyAsked) {
  FavourWords belt = favour("errand", "the belt");
  EXPECT_EQ(because_line(belt, {}, chicago()), "because the belt came up on 4 Mar");
  belt.asked_on = day(2026, 3, 3);
  EXPECT_EQ(because_line(belt, {}, chicago()), "because you asked about the belt on 3 Mar");
  FavourWords samples = favour("errand", "free samples");
  EXPECT_EQ(because_line(samples, {}, chicago()), "because of what came up on 4 Mar");
  samples.asked_on = day(2026, 3, 3);
  EXPECT_EQ(because_line(samples, {}, chicago()), "because of what you asked on 3 Mar");
}

TEST(Wording, KeepsAnAdminsTopicCleanForClients) {
  AskKind ask;
  ask.topic = "plant tour";
  EXPECT_EQ(client_topic(ask), "plant tour");
  EXPECT_EQ(purpose_words(ask), "on one topic, plant tour");
  ask.topic = "free trial";
  EXPECT_EQ(client_topic(ask), "a short talk");
  EXPECT_EQ(purpose_words(ask), "for a short talk");
  ask.topic = "";
  EXPECT_EQ(client_topic(ask), "a short talk");
}

TEST(Wording, FramesEveryAskAsTheClientsBenefit) {
  const Catalogue catalogue = Catalogue::standard();
  std::vector<std::string> kinds = {"", "van_wash"};
  for (const auto& [kind, rest] : catalogue.favours) kinds.push_back(kind);
  std::vector<std::string> asks = {"plant_tour"};
  for (const auto& [kind, rest] : catalogue.asks) asks.push_back(kind);
  for (const std::string& kind : kinds)
    for (const std::string& ask : asks) {
      const std::string line = benefit_line(kind, ask);
      EXPECT_TRUE(line.starts_with("so that ")) << line;
      EXPECT_EQ(line.find('{'), std::string::npos) << line;
      EXPECT_TRUE(lint(line).empty()) << line;
    }
}

}  // namespace
}  // namespace ioud::domain
