#include "domain/note_line.hpp"

#include <gtest/gtest.h>

#include "unit/domain/agenda_samples.hpp"

namespace ioud::domain {
namespace {

using agenda_samples::day;

TEST(NoteLine, ReadsFixedWords) {
  EXPECT_EQ(read_stage("Customer"), Stage::customer);
  EXPECT_EQ(read_stage("prospect"), Stage::prospect);
  EXPECT_EQ(read_stage("former"), Stage::former);
  EXPECT_FALSE(read_stage("client"));
  EXPECT_EQ(read_tier("GOLD"), Tier::gold);
  EXPECT_EQ(read_tier("silver"), Tier::silver);
  EXPECT_EQ(read_tier("bronze"), Tier::bronze);
  EXPECT_FALSE(read_tier("platinum"));
  EXPECT_EQ(read_is_communal("friend"), true);
  EXPECT_EQ(read_is_communal("Family"), true);
  EXPECT_EQ(read_is_communal("exchange"), false);
  EXPECT_FALSE(read_is_communal("foe"));
}

TEST(NoteLine, ReadsDatesWithUnknownParts) {
  using P = PartialDate;
  EXPECT_EQ(read_partial_date("2015-06-01"), (P{2015, 6, 1}));
  EXPECT_EQ(read_partial_date("06-01"), (P{std::nullopt, 6, 1}));
  EXPECT_EQ(read_partial_date("--06-01"), (P{std::nullopt, 6, 1}));
  EXPECT_EQ(read_partial_date("6-1"), (P{std::nullopt, 6, 1}));
  EXPECT_EQ(read_partial_date("1979-05"), (P{1979, 5, std::nullopt}));
  EXPECT_EQ(read_partial_date("1979"), (P{1979, std::nullopt, std::nullopt}));
  EXPECT_EQ(read_partial_date(" 8-15 chinese "), (P{std::nullopt, 8, 15, "chinese"}));
  EXPECT_EQ(read_partial_date("5780-1-1 Hebrew"), (P{5780, 1, 1, "hebrew"}));
  EXPECT_EQ(read_partial_date("02-29"), (P{std::nullopt, 2, 29}));
  EXPECT_EQ(read_partial_date("1988-02-29"), (P{1988, 2, 29}));
}

TEST(NoteLine, RefusesDatesNoCalendarHas) {
  for (const char* bad : {"", "soon", "2015-13-01", "2015-06-31", "1987-02-29", "02-30", "0-1",
                          "1-0", "5", "2015-6-1-1", "8-15 martian", "8-31 chinese", "12-99", "-",
                          "--", "2015-", "12345-01-01", "01-2015"})
    EXPECT_FALSE(read_partial_date(bad)) << bad;
}

TEST(NoteLine, ReadsPurchases) {
  EXPECT_EQ(read_purchase("2026-02-11 starter  kit"), (Purchase{day("2026-02-11"), "starter kit"}));
  EXPECT_EQ(read_purchase("2026-02-11"), (Purchase{day("2026-02-11"), ""}));
  for (const char* bad : {"", "starter kit", "2026-02-30 kit", "2026-02-11kit"})
    EXPECT_FALSE(read_purchase(bad)) << bad;
}

TEST(NoteLine, ReadsChildren) {
  const auto nora = read_child("Nora 2015-06-01");
  ASSERT_TRUE(nora);
  EXPECT_EQ(nora->kind, "child");
  EXPECT_EQ(nora->label, "Nora");
  EXPECT_EQ(nora->when, (PartialDate{2015, 6, 1}));
  EXPECT_EQ(read_child("Nora")->when, PartialDate());
  EXPECT_EQ(read_child("Nora Gray 06-01")->label, "Nora");
  EXPECT_EQ(read_child("Mei 8-15 chinese")->when.calendar, "chinese");
  EXPECT_FALSE(read_child(""));
  EXPECT_FALSE(read_child("Nora soon"));
}

TEST(NoteLine, KnowsWhichKeysAreFacts) {
  for (const char* key : {"hobby", "team", "goals", "proud of"})
    EXPECT_TRUE(is_fact_key(key)) << key;
  for (const char* key : {"religion", "health", "stage", "looks", ""})
    EXPECT_FALSE(is_fact_key(key)) << key;
}

TEST(NoteLine, ScreensSpecialWords) {
  for (const char* text :
       {"sings in the church choir", "Catholic", "votes Republican", "bad back", "diabetic",
        "Trade  Union rep", "just divorced", "likes a drink", "in debt", "Pregnant"})
    EXPECT_TRUE(is_special(text)) << text;
  for (const char* text : {"sailing", "credit union bowling", "racing", "Labour Day picnic",
                           "Gayle's garden", "the Strokes", ""})
    EXPECT_FALSE(is_special(text)) << text;
}

}  // namespace
}  // namespace ioud::domain
