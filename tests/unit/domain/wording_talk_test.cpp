#include "domain/wording_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "domain/wording_draft.hpp"
#include "domain/wording_lint.hpp"
#include "unit/domain/wording_samples.hpp"

namespace ioud::domain {
namespace {

using samples::at;
using samples::chicago;
using samples::day;
using samples::favour;
using samples::talk;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

LintRules rules(const Talk& talk, bool must_ask) {
  return {talk.others, {talk.contact, talk.rep}, must_ask};
}

std::string problems(const std::vector<Blemish>& blemishes) {
  std::string out;
  for (const Blemish& blemish : blemishes) out += blemish.what + ": " + blemish.where + "; ";
  return out;
}

/// Everything of a talk that a client may read, judged.
void expect_clean(const Talk& talk) {
  const core::Instant start = at(2026, 3, 12, 10);
  for (const Text& text :
       {sitdown_text(talk), meeting_text(talk), invitation_mail(talk, start),
        update_mail(talk, start), cancel_mail(talk, start), second_mail(talk, start),
        place_mail(talk, start, "Corner Coffee, 5 Main Street"), place_mail(talk, start, ""),
        length_mail(talk, start), ask_draft(talk, "Press down"), recap_draft(talk, "Press down")}) {
    EXPECT_EQ(problems(lint(text.title, rules(talk, false))), "") << text.title;
    EXPECT_EQ(problems(lint(text.body, rules(talk, true))), "") << text.body;
    EXPECT_THAT(refusal_advice(text.body), IsEmpty()) << text.body;
  }
  for (const bool before : {false, true}) {
    const std::string spoken = core::joined(script(talk, before), "\n");
    EXPECT_EQ(problems(lint(spoken, rules(talk, true))), "") << spoken;
    EXPECT_THAT(spoken, HasSubstr("so that "));
  }
}

TEST(WordingTalk, EveryKindAndAskIsCleanForClients) {
  const Catalogue catalogue = Catalogue::standard();
  for (const auto& [ask, rest] : catalogue.asks) {
    expect_clean(talk(ask, {}));
    for (const auto& [kind, more] : catalogue.favours)
      for (const char* thing : {"the belt", "free samples",
                                "a very long list of things that nobody can say in a breath"}) {
        FavourWords words = favour(kind, thing, "see to it");
        words.favour.delivered_at = at(2026, 3, 7, 9);
        if (words.favour.thing == "the belt") words.asked_on = day(2026, 3, 3);
        expect_clean(talk(ask, {words}));
      }
  }
}

TEST(WordingTalk, ALargeBundleStaysWithinNinetyWords) {
  std::vector<FavourWords> favours;
  for (int i = 0; i < 12; ++i)
    favours.push_back(
        favour("errand", "the blue carton of sample boards number " + std::to_string(i)));
  expect_clean(talk("introductions", favours));
}

TEST(WordingTalk, SitdownNamesContactTopicAndThing) {
  FavourWords belt = favour("errand", "the belt");
  belt.asked_on = day(2026, 3, 4);
  const Text text = sitdown_text(talk("introductions", {belt}));
  EXPECT_EQ(text.title, "Sit-down: Meg Alvarez – introductions");
  EXPECT_EQ(text.body,
            "20 minutes to talk about introductions,\n"
            "because you asked about the belt on 4 Mar.\n"
            "Would that be all right with you?");
}

TEST(WordingTalk, SitdownSaysEachReasonOnceAndMarksOddHours) {
  Talk both = talk("feedback", {favour("loan", "the trolley"), favour("loan", "the trolley"),
                                favour("errand", "the ink")});
  both.hours = "early";
  const Text text = sitdown_text(both);
  EXPECT_EQ(text.title, "Sit-down: Meg Alvarez – your view (early)");
  EXPECT_THAT(text.body, HasSubstr("because the trolley came up on 4 Mar,\n"
                                   "and because the ink came up on 4 Mar.\n"));
}

TEST(WordingTalk, ContractInOneLine) {
  EXPECT_EQ(contract_line(talk("introductions", {favour("errand", "the belt")})),
            "You: belt on Sat. They: 20 min on introductions.");
  EXPECT_EQ(contract_line(talk("introductions", {})), "They: 20 min on introductions.");
  FavourWords friday = favour("advice", "your plan");
  friday.favour.due.date = day(2026, 3, 6);
  EXPECT_EQ(contract_line(talk("network", {favour("errand", "the belt"), friday})),
            "You: belt on Sat; their plan on Fri. They: 10 min on who else could use this.");
  Talk unnamed = talk("feedback", {});
  unnamed.ask.topic = "";
  EXPECT_EQ(contract_line(unnamed), "They: 15 min on a short talk.");
}

TEST(WordingTalk, PrepHoldsWhatTheRepNeedsAndEndsWithTheQuestion) {
  FavourWords help = favour("help_colleague", "Karen", "call Karen");
  help.beneficiary = "Karen Bright";
  PrepNotes notes;
  notes.facts = {"hobby: sailing"};
  notes.effort_minutes = 120;
  notes.open_question = "Which shows do they visit?";
  const Text text = prep_text(talk("feedback", {help}), notes);
  EXPECT_EQ(text.title, "Prep: Meg Alvarez – your view");
  EXPECT_EQ(text.body,
            "You: Karen on Sat. They: 15 min on your view.\n"
            "\n"
            "Meg Alvarez, Acme Press\n"
            "- hobby: sailing\n"
            "Helps Karen Bright: Karen\n"
            "Effort so far: 2 h\n"
            "Seen: mail of 4 Mar, \"Re: Press down\"\n"
            "Worth learning: Which shows do they visit?\n"
            "\n"
            "I hope the help was of use to your team.\n"
            "I would like to ask one thing, so that it goes better still the next time you need "
            "help for your team.\n"
            "Could you spare 15 minutes to hear your view? What went well, and what should I do "
            "differently?\n"
            "Another day is fine if now is bad. Would that be all right?");
}

TEST(WordingTalk, PrepWithoutFavourHasNoFavourLines) {
  const Text text = prep_text(talk("testimonial", {}), {});
  EXPECT_THAT(text.body, Not(HasSubstr("Effort")));
  EXPECT_THAT(text.body, Not(HasSubstr("You: ")));
  EXPECT_THAT(text.body, HasSubstr("Thank you for working with me."));
  EXPECT_TRUE(text.body.ends_with("?"));
}

TEST(WordingTalk, PrepPointsAtEveryKindOfEvidence) {
  FavourWords words = favour("errand", "the belt");
  words.favour.evidence = {{"event", "e1", "", "Weekly", at(2026, 3, 4, 9)},
                           {"capture", "c1", "", "", at(2026, 3, 5, 9)}};
  const Text text = prep_text(talk("feedback", {words}), {});
  EXPECT_THAT(text.body, HasSubstr("Seen: meeting of 4 Mar, \"Weekly\"\nSeen: note of 5 Mar\n"));
}

TEST(WordingTalk, ScriptAsksWhatIsAtStakeOnlyBeforeDelivery) {
  const Talk belt = talk("introductions", {favour("errand", "the belt")});
  const std::vector<std::string> before = script(belt, true);
  ASSERT_EQ(before.size(), 5U);
  EXPECT_EQ(before[0], "I am glad to help with the belt.");
  EXPECT_EQ(before[1], "What hangs on it for you?");
  EXPECT_THAT(before[2], HasSubstr("so that "));
  EXPECT_THAT(before[3], HasSubstr("20 minutes"));
  EXPECT_THAT(before[4], testing::EndsWith("?"));
  EXPECT_EQ(script(belt).size(), 4U);
  EXPECT_EQ(script(belt)[0], "I hope the belt reached you in good time.");
  EXPECT_EQ(script(talk("feedback", {favour("errand", "")}), true)[0], "I am glad to help.");
  EXPECT_EQ(script(talk("feedback", {favour("van_wash", "the van")}))[0], "I hope the van helped.");
}

TEST(WordingTalk, AnAdminsPromptsAreSpoken) {
  Talk tour = talk("feedback", {favour("advice", "your layout")});
  tour.ask_kind = "plant_tour";
  tour.ask.topic = "plant tour";
  tour.ask.prompts = {"Would you show me the new line, so that the next proposal fits it?"};
  EXPECT_THAT(prep_text(tour, {}).body, HasSubstr("show me the new line"));
  EXPECT_EQ(sitdown_text(tour).title, "Sit-down: Meg Alvarez – plant tour");
}

TEST(WordingTalk, MeetingNamesRepContactThingAndTopic) {
  EXPECT_EQ(meeting_text(talk("next_order", {favour("advice", "the audit numbers")})).title,
            "Tom Reyes / Meg Alvarez – audit numbers, next steps");
  EXPECT_EQ(meeting_text(talk("next_order", {favour("advice", "free samples")})).title,
            "Tom Reyes / Meg Alvarez – next steps");
  EXPECT_EQ(meeting_text(talk("introductions", {})).title,
            "Tom Reyes / Meg Alvarez – introductions");
}

TEST(WordingTalk, MailsSpeakOnTheClientsClock) {
  Talk far = talk("next_order", {favour("advice", "the audit numbers")});
  const core::Instant start = at(2026, 3, 12, 10);
  EXPECT_EQ(invitation_mail(far, start).body,
            "Hello Meg,\n\n"
            "May I suggest Thursday 12 Mar, 10:00 to 10:20, to talk about next steps,\n"
            "because the audit numbers came up on 4 Mar?\n\n"
            "Another day is fine as well. Does this one suit you?\n\n"
            "Kind regards,\nTom Reyes");
  far.client_zone = *core::Zone::find("Africa/Johannesburg");
  EXPECT_THAT(invitation_mail(far, start).body,
              HasSubstr("Thursday 12 Mar, 17:00 to 17:20 (Africa/Johannesburg)"));
  EXPECT_EQ(cancel_mail(far, start).title,
            "Cancelled: Tom Reyes / Meg Alvarez – audit numbers, next steps");
}

}  // namespace
}  // namespace ioud::domain
