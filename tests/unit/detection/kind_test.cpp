#include "detection/kind.hpp"

#include <gtest/gtest.h>

#include <string>

#include "detection/slots.hpp"

namespace ioud::detection {
namespace {

std::string kind_of(std::string_view text) {
  static const SlotReader reader(domain::Catalogue::standard());
  Sentence sentence;
  sentence.text = text;
  sentence.rep = "Tom Reyes";
  sentence.client = "Meg Alvarez";
  Reckoning base;
  base.said = core::at(*core::parse_date("2026-03-04"), core::TimeOfDay(14, 25));
  return reader.read(sentence, domain::Label::rep_favour, base).kind;
}

struct Case {
  const char* text;
  const char* kind;
};

class Kind : public ::testing::TestWithParam<Case> {};

TEST_P(Kind, IsToldByTheHelpingVerb) {
  EXPECT_EQ(kind_of(GetParam().text), GetParam().kind) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Kind,
    ::testing::Values(
        Case{"No problem, I'll drop the part off Saturday.", "errand"},
        Case{"I'll get the part for you on Saturday", "errand"},
        Case{"I'll drop the badge reader off tomorrow.", "errand"},
        Case{"I'll drop it off on Wednesday instead.", "errand"},
        Case{"I'll pick up your badge printer on Wednesday.", "errand"},
        Case{"I'll bring the sample boards over on Friday.", "errand"},
        Case{"I'll run the spare over on Thursday", "errand"},
        Case{"I will fetch it first thing Saturday and bring it to your press room", "errand"},
        Case{"bring proofing paper tonight 6pm", "rush"},
        Case{"I can bring the paper you need tonight at 6pm", "rush"},
        Case{"I'll drop it round first thing tomorrow", "rush"},
        Case{"I'm bringing three cards to the atelier after hours on Friday", "rush"},
        Case{"I'm out today but I'll drop it off on Friday", "errand"},
        Case{"I'll run the audit numbers for you tomorrow.", "advice"},
        Case{"I'll run the load figures for you tomorrow.", "advice"},
        Case{"I'll look over your rollout plan tonight.", "advice"},
        Case{"I'll look your catalogue over tonight.", "advice"},
        Case{"I'll check the drawing for you on Saturday.", "advice"},
        Case{"I'll check your contract file tonight.", "advice"},
        Case{"Happy to proofread the leaflet", "advice"},
        Case{"I'll fill in the customs form for you tomorrow.", "paperwork"},
        Case{"I'll draft the letter for you", "paperwork"},
        Case{"train the two new hires on the portal", "help_colleague"},
        Case{"Good news, I can call her in 10 minutes.", "help_colleague"},
        Case{"I'll walk her through the reorder screen", "help_colleague"},
        Case{"I'll get him up to speed", "help_colleague"},
        Case{"Can you talk to my new assistant Karen about getting up to speed?", "help_colleague"},
        Case{"I'll track down a roller for you", "sourcing"},
        Case{"Let me call around for one", "sourcing"},
        Case{"I'll lend you our demo printer", "loan"},
        Case{"I'll sort it for you, no charge", "fix"},
        Case{"I'll put you in touch with the buyer in Leeds", "introduction"},
        Case{"I'll introduce you to our press engineer", "introduction"},
        Case{"I'll move my other meeting for you", "schedule_bend"},
        Case{"I'll stay late and wait for you", "schedule_bend"}));

TEST(KindReader, KnowsKindsAnAdminAdds) {
  domain::Catalogue catalogue = domain::Catalogue::standard();
  catalogue.favours["tuning"].words = {"tune up"};
  const KindReader reader(catalogue);
  EXPECT_EQ(reader.kind("tune the old press up", ""), "tuning");
  EXPECT_EQ(reader.kind("hum a song", ""), "");
}

TEST(KindReader, HasNoRushWhereTheCatalogueHasNone) {
  domain::Catalogue catalogue;
  catalogue.favours["errand"].words = {"bring"};
  EXPECT_EQ(KindReader(catalogue).kind("bring it", "tonight"), "errand");
}

TEST(Rush, IsANearTimeButNoNamedDay) {
  for (const char* text : {"tonight", "today", "this afternoon", "first thing tomorrow",
                           "after hours", "in 10 minutes", "within the hour", "right away"})
    EXPECT_TRUE(is_rush(text)) << text;
  for (const char* text : {"on Saturday", "tomorrow", "first thing Saturday", "next week", ""})
    EXPECT_FALSE(is_rush(text)) << text;
}

TEST(Visit, IsSomethingBroughtOrFetched) {
  for (const char* act : {"bring the paper", "drop the part off", "pick up your badge printer",
                          "run the spare over", "dropping it round"})
    EXPECT_TRUE(is_visit(act)) << act;
  for (const char* act :
       {"run the numbers", "look over your plan", "call her", "send the list", ""})
    EXPECT_FALSE(is_visit(act)) << act;
}

}  // namespace
}  // namespace ioud::detection
