#include "detection/slots.hpp"

#include <gtest/gtest.h>

#include <string>

#include "detection/act.hpp"
#include "detection/verbs.hpp"

namespace ioud::detection {
namespace {

using domain::Label;

Reckoning base() {
  Reckoning made;
  made.said = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));  // a Wednesday
  return made;
}

Sentence sentence(std::string_view text, Author author = Author::rep) {
  Sentence made;
  made.text = text;
  made.author = author;
  made.rep = "Tom Reyes";
  made.client = "Meg Alvarez";
  made.client_org = "Acme Press";
  return made;
}

domain::Slots slots(const Sentence& said, Label label = Label::rep_favour) {
  static const SlotReader reader(domain::Catalogue::standard());
  return reader.read(said, label, base());
}

domain::Slots promise(std::string_view text) { return slots(sentence(text)); }

struct Case {
  const char* text;
  const char* what;
  const char* thing;
  const char* lemma;
  const char* shape;
};

class Promise : public ::testing::TestWithParam<Case> {};

TEST_P(Promise, IsTakenApart) {
  const Case& wanted = GetParam();
  const domain::Slots found = promise(wanted.text);
  EXPECT_EQ(found.what, wanted.what) << wanted.text;
  EXPECT_EQ(found.thing, wanted.thing) << wanted.text;
  EXPECT_EQ(found.lemma, wanted.lemma) << wanted.text;
  EXPECT_EQ(found.shape, wanted.shape) << wanted.text;
}

INSTANTIATE_TEST_SUITE_P(
    Slots, Promise,
    ::testing::Values(
        Case{"No problem, I'll drop the part off Saturday.", "drop the part off", "the part",
             "drop part", "i will drop off"},
        Case{"I'll look over your rollout plan tonight.", "look over your rollout plan",
             "your rollout plan", "look rollout plan", "i will look over"},
        Case{"I'll look over your budget tonight.", "look over your budget", "your budget",
             "look budget", "i will look over"},
        Case{"I'll run the audit numbers for you tomorrow.", "run the audit numbers",
             "the audit numbers", "run audit number", "i will run"},
        Case{"I'll drop it off on Wednesday instead.", "drop it off", "", "drop it",
             "i will drop off"},
        Case{"I'll bring the sample boards over on Friday.", "bring the sample boards over",
             "the sample boards", "bring sample board", "i will bring over"},
        Case{"I'll fill in the customs form for you tomorrow.", "fill in the customs form",
             "the customs form", "fill custom form", "i will fill in"},
        Case{"I can bring the paper you need tonight at 6pm, but when I do, we have to sit down.",
             "bring the paper", "the paper", "bring paper", "i can bring"},
        Case{"I'm happy to lend you the demo printer", "lend you the demo printer",
             "the demo printer", "lend demo printer", "i happy to lend"},
        Case{"Dropping the part off on Saturday", "Dropping the part off", "the part", "drop part",
             "drop off"},
        Case{"Let me chase that for you", "chase that", "", "chase that", "let me chase"},
        Case{"I'll come by on Friday and fix the printer", "fix the printer", "the printer",
             "fix printer", "i will fix"},
        Case{"I'll be dropping off two boxes tomorrow", "dropping off two boxes", "two boxes",
             "drop two box", "i will drop off"}));

TEST(Slots, OfAWordingNuanceHaveTheSameLemma) {
  EXPECT_EQ(promise("I'll drop off the part on Saturday").lemma, "drop part");
  EXPECT_EQ(promise("I will be dropping the part off Saturday").lemma, "drop part");
  EXPECT_EQ(promise("I can drop your part off").lemma, "drop part");
}

TEST(Slots, HaveTheTimeAsSaid) {
  const domain::Slots found = promise("I'll bring the paper tonight at 6pm");
  ASSERT_TRUE(found.due);
  EXPECT_EQ(core::format(found.due->date), "2026-03-04");
  EXPECT_EQ(found.due->time, core::TimeOfDay(18, 0));
  EXPECT_EQ(found.time_text, "tonight at 6pm");
  EXPECT_EQ(found.time_value, "2026-03-04T18:00");
  EXPECT_EQ(found.kind, "rush");
  EXPECT_TRUE(found.is_visit);
}

TEST(Slots, StayEmptyWhereNothingIsSaid) {
  const domain::Slots found = promise("I'll send the drawing before your audit");
  EXPECT_FALSE(found.due);
  EXPECT_EQ(found.time_value, "");
  EXPECT_EQ(found.time_text, "before your audit");
  EXPECT_FALSE(found.effort_minutes);
  EXPECT_EQ(found.beneficiary, "");
  EXPECT_FALSE(found.is_visit);
}

TEST(Slots, OfARequestNameWhoIsHelped) {
  Sentence said = sentence(
      "Can you talk to my new assistant Karen about getting up to speed with your software?",
      Author::client);
  const domain::Slots found = slots(said, Label::favour_request);
  EXPECT_EQ(found.beneficiary, "Karen");
  EXPECT_EQ(found.kind, "help_colleague");
  EXPECT_EQ(found.what, "talk to my new assistant Karen");
  EXPECT_EQ(promise("I'll call Karen tomorrow").beneficiary, "Karen");
  EXPECT_EQ(promise("I'll show Maria the stopwatch trick").beneficiary, "Maria");
  EXPECT_EQ(promise("I'll call Meg tomorrow").beneficiary, "");
  EXPECT_EQ(promise("Monday I'll train the two new hires").beneficiary, "");
}

TEST(Slots, OfARequestAreTheListeners) {
  const domain::Slots found = slots(
      sentence("Our press is down, any chance you could get us the drive belt from the warehouse?",
               Author::client),
      Label::favour_request);
  EXPECT_EQ(found.what, "get us the drive belt");
  EXPECT_EQ(found.thing, "the drive belt");
  EXPECT_EQ(found.kind, "errand");
}

TEST(Slots, ReadEffort) {
  EXPECT_EQ(promise("I'll check it, takes me 2h").effort_minutes, 120);
  EXPECT_EQ(promise("promised him I'd key the whole thing into his new spreadsheet too, 1.5 hrs")
                .effort_minutes,
            90);
}

TEST(Slots, TakeThatEveningFromBefore) {
  Sentence said = sentence("I'll haul it to the recycler that evening");
  said.prev = {"Install crew: 9 March as per the PO."};
  const domain::Slots found = slots(said);
  ASSERT_TRUE(found.due);
  EXPECT_EQ(core::format(found.due->date), "2026-03-09");
}

TEST(Slots, OfABareYesHaveTheTimeOfTheRequest) {
  Sentence said = sentence("Will do!");
  said.prev = {"Meg: could you be there next Tuesday?"};
  const domain::Slots found = slots(said);
  ASSERT_TRUE(found.due);
  EXPECT_EQ(core::format(found.due->date), "2026-03-10");
  EXPECT_FALSE(slots(sentence("Will do!")).due);
}

TEST(Slots, StandOnWordsWhereThereIsNoVerb) {
  const domain::Slots found = promise("Pears-free tin coming, gratis.");
  EXPECT_FALSE(found.lemma.empty());
  EXPECT_FALSE(found.shape.empty());
}

TEST(Verbs, HaveBaseForms) {
  const std::pair<const char*, const char*> forms[] = {
      {"dropping", "drop"},         {"drops", "drop"},
      {"dropped", "drop"},          {"brought", "bring"},
      {"carries", "carry"},         {"fetches", "fetch"},
      {"leaving", "leave"},         {"writing", "write"},
      {"calling", "call"},          {"checked", "check"},
      {"translating", "translate"}, {"lent", "lend"},
      {"introducing", "introduce"}, {"measures", "measure"},
      {"passing", "pass"},          {"bring", "bring"}};
  for (const auto& [form, wanted] : forms) EXPECT_EQ(verb_base(form), wanted) << form;
}

TEST(Nouns, HaveSingulars) {
  EXPECT_EQ(noun_base("boards"), "board");
  EXPECT_EQ(noun_base("copies"), "copy");
  EXPECT_EQ(noun_base("boxes"), "box");
  EXPECT_EQ(noun_base("press"), "press");
  EXPECT_EQ(noun_base("Belt"), "belt");
}

TEST(Categories, AreToldByWords) {
  EXPECT_EQ(category_of("I'll lend you our till", Label::rep_favour), "loan");
  EXPECT_EQ(category_of("I'll train the new hires", Label::rep_favour), "training");
  EXPECT_EQ(category_of("I'll introduce you to my brother", Label::client_iou), "intro");
  EXPECT_EQ(category_of("I'll leave you five stars", Label::client_iou), "testimonial");
  EXPECT_EQ(category_of("hm", Label::rep_favour), "");
}

TEST(Act, SurvivesHostileText) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "I'll go and ";
  EXPECT_NO_FATAL_FAILURE(promise(text));
  EXPECT_NO_FATAL_FAILURE(promise(std::string(1'000'000, '\xFF')));
  EXPECT_NO_FATAL_FAILURE(promise(""));
}

}  // namespace
}  // namespace ioud::detection
