#include "detection/when.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ioud::detection {
namespace {

using core::TimeOfDay;

/// Wednesday 12 March 2025, 14:25 in the rep's zone.
Reckoning base(DateOrder order = DateOrder::day_first) {
  Reckoning made;
  made.said = core::at(*core::parse_date("2025-03-12"), TimeOfDay(14, 25));
  made.order = order;
  return made;
}

std::string value(std::string_view text, const Reckoning& said = base()) {
  const auto when = main_time(find_times(text, said));
  return when ? when->value : "";
}

struct Case {
  const char* text;
  const char* value;
};

class WhenWords : public ::testing::TestWithParam<Case> {};

TEST_P(WhenWords, AreReadAgainstTheDayTheyWereWritten) {
  EXPECT_EQ(value(GetParam().text), GetParam().value) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Days, WhenWords,
    ::testing::Values(
        Case{"I'll drop the part off Saturday.", "2025-03-15"},
        Case{"I'll look it over today", "2025-03-12"}, Case{"tonight, done", "2025-03-12"},
        Case{"I'll run the numbers for you tomorrow.", "2025-03-13"},
        Case{"back to him tmrw", "2025-03-13"}, Case{"the day after tomorrow", "2025-03-14"},
        Case{"I'll bring it on Wednesday instead", "2025-03-19"},
        Case{"they land tues", "2025-03-18"}, Case{"by Fri", "2025-03-14"},
        Case{"next Tuesday", "2025-03-18"}, Case{"Thursday week", "2025-03-20"},
        Case{"Friday next week", "2025-03-21"}, Case{"next week Friday", "2025-03-21"},
        Case{"on tomorrow's truck", "2025-03-13"}, Case{"at Thursday's breakfast", "2025-03-13"},
        Case{"first thing Saturday", "2025-03-15"}, Case{"first thing tomorrow", "2025-03-13"},
        Case{"I'll be round first thing.", "2025-03-13"},
        Case{"I'll call you in the morning", "2025-03-13"},
        Case{"she'll be here all morning", "2025-03-12"},
        Case{"this weekend", "2025-03-15/2025-03-16"},
        Case{"over the weekend", "2025-03-15/2025-03-16"},
        Case{"before the weekend is over", "2025-03-16"}, Case{"before the weekend", "2025-03-14"},
        Case{"by the end of the week", "2025-03-14"}, Case{"end of next week", "2025-03-21"},
        Case{"by the middle of next week", "2025-03-19"},
        Case{"next week", "2025-03-17/2025-03-21"}, Case{"this week", "2025-03-10/2025-03-14"},
        Case{"every morning this week", "2025-03-10/2025-03-14"}, Case{"in 3 days", "2025-03-15"},
        Case{"in two weeks", "2025-03-26"}, Case{"in three working days", "2025-03-17"},
        Case{"a week from Friday", "2025-03-21"}, Case{"in a couple of days", "2025-03-14"},
        Case{"within 2 days", "2025-03-14"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, WhenWords,
    ::testing::Values(Case{"on 12 April", "2025-04-12"}, Case{"12th of April", "2025-04-12"},
                      Case{"April 12", "2025-04-12"}, Case{"by August 15", "2025-08-15"},
                      Case{"on 3 January", "2026-01-03"}, Case{"Mon 24 Nov", "2025-11-24"},
                      Case{"Friday 4 April 2025", "2025-04-04"},
                      Case{"March 14, 2026", "2026-03-14"}, Case{"on the 3rd", "2025-04-03"},
                      Case{"before he comes on the 24th", "2025-03-24"},
                      Case{"on the twentieth", "2025-03-20"}, Case{"Thurs 20th", "2025-03-20"},
                      Case{"12-14 April", "2025-04-12/2025-04-14"},
                      Case{"by 2025-04-01", "2025-04-01"}, Case{"due 28/3", "2025-03-28"},
                      Case{"due 5/16", "2025-05-16"}, Case{"on 3/12", "2025-12-03"},
                      Case{"by 1.4.2025", "2025-04-01"}, Case{"w/c 24 March", "2025-03-24"},
                      Case{"in October", "2025-10"}, Case{"in the new year", "2026-01"},
                      Case{"the first week of September", "2025-09-01/2025-09-05"},
                      Case{"by the end of the month", "2025-03-31"},
                      Case{"by month end", "2025-03-31"},
                      Case{"Monday to Wednesday", "2025-03-17/2025-03-19"}));

INSTANTIATE_TEST_SUITE_P(
    Hours, WhenWords,
    ::testing::Values(
        Case{"tonight at 6pm", "2025-03-12T18:00"}, Case{"by six tonight", "2025-03-12T18:00"},
        Case{"Friday noon", "2025-03-14T12:00"}, Case{"tomorrow at 18:00", "2025-03-13T18:00"},
        Case{"Tuesday at 3", "2025-03-18T15:00"}, Case{"at 8 on Monday", "2025-03-17T08:00"},
        Case{"tomorrow around half 8", "2025-03-13T08:30"},
        Case{"tomorrow at 15h", "2025-03-13T15:00"},
        Case{"Thu 6am w/ the papers", "2025-03-13T06:00"}, Case{"Friday 9.30", "2025-03-14T09:30"},
        Case{"8 o'clock Thursday", "2025-03-13T08:00"},
        Case{"Sat 8-12", "2025-03-15T08:00/2025-03-15T12:00"},
        Case{"Monday then, six till eight", "2025-03-17T18:00/2025-03-17T20:00"},
        Case{"I can call her in 10 minutes", "2025-03-12T14:35"},
        Case{"in half an hour", "2025-03-12T14:55"},
        Case{"half past six tonight", "2025-03-12T18:30"},
        Case{"quarter to nine tomorrow", "2025-03-13T08:45"}));

INSTANTIATE_TEST_SUITE_P(
    Nothing, WhenWords,
    ::testing::Values(Case{"I'll send it before your audit", ""}, Case{"as soon as it lands", ""},
                      Case{"call me any time", ""}, Case{"I dropped it off yesterday", ""},
                      Case{"the first thing I'll do is ask", ""},
                      Case{"we sat down in the sun", ""}, Case{"I may march on", ""},
                      Case{"Good morning Meg", ""}, Case{"at 20 euros a piece", ""},
                      Case{"by 10 boxes", ""}, Case{"the 3rd time", ""}, Case{"24/7 support", ""},
                      Case{"1/2 a box", ""}, Case{"Thursdays are busy", ""},
                      Case{"[14:07] Hector: I'll mend it", ""}, Case{"bring it next time", ""},
                      Case{"she renewed it in January", ""}, Case{"", ""}));

TEST(When, GivesTheHourOnlyWhereAnHourWasGiven) {
  const auto evening = main_time(find_times("Friday morning", base()));
  ASSERT_TRUE(evening);
  EXPECT_FALSE(evening->due->time);
  EXPECT_EQ(evening->day_part, "morning");
  const auto tonight = main_time(find_times("I'll look over your plan tonight.", base()));
  ASSERT_TRUE(tonight);
  EXPECT_FALSE(tonight->due->time);
  EXPECT_EQ(tonight->day_part, "evening");
}

TEST(When, ReadsNumbersByTheRepsLocale) {
  EXPECT_EQ(date_order("en-US"), DateOrder::month_first);
  EXPECT_EQ(date_order("en_US.UTF-8"), DateOrder::month_first);
  EXPECT_EQ(date_order("en-GB"), DateOrder::day_first);
  EXPECT_EQ(date_order(""), DateOrder::day_first);
  EXPECT_EQ(value("on 4/12", base(DateOrder::month_first)), "2025-04-12");
  EXPECT_EQ(value("on 4/12", base(DateOrder::day_first)), "2025-12-04");
}

TEST(When, ReadsThatEveningFromTheDaySpokenOf) {
  EXPECT_EQ(value("I'll haul it away that evening"), "");
  Reckoning said = base();
  said.mentioned = core::parse_date("2025-04-09");
  EXPECT_EQ(value("I'll haul it away that evening", said), "2025-04-09");
  EXPECT_EQ(value("I'll bring it the day before", said), "2025-04-08");
  EXPECT_EQ(value("He starts on the 4th, let me come in that morning"), "2025-04-04");
}

TEST(When, KeepsTheEndOfARange) {
  const auto weekend = main_time(find_times("this weekend", base()));
  ASSERT_TRUE(weekend && weekend->until);
  EXPECT_EQ(core::format(weekend->due->date), "2025-03-15");
  EXPECT_EQ(core::format(weekend->until->date), "2025-03-16");
  const auto week = main_time(find_times("I'll do it this week", base()));
  ASSERT_TRUE(week);
  EXPECT_EQ(core::format(week->due->date), "2025-03-14");
}

TEST(When, PrefersTheTimeOfTheAct) {
  const std::string text = "The nurse comes on Monday and I'll train her next Thursday at 1";
  const auto when = main_time(find_times(text, base()), text.find("train"));
  ASSERT_TRUE(when);
  EXPECT_EQ(when->value, "2025-03-13T13:00");
  EXPECT_EQ(when->text, "next Thursday at 1");
}

TEST(When, PutsAnHourSaidApartWithItsDay) {
  EXPECT_EQ(value("I'm in your area tomorrow so I'll drop in at 9am with it"), "2025-03-13T09:00");
}

TEST(When, TakesThePlaceOfTheWordsWithTheirLead) {
  const std::string text = "I'll send it by Friday, promise";
  const auto times = find_times(text, base());
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(text.substr(times[0].begin, times[0].end - times[0].begin), "by Friday");
  EXPECT_TRUE(times[0].is_deadline);
}

TEST(When, NamesAnEventWithoutADate) {
  const auto times = find_times("You'll have it before your audit, promise", base());
  ASSERT_EQ(times.size(), 1U);
  EXPECT_TRUE(times[0].is_event);
  EXPECT_EQ(times[0].text, "before your audit");
  EXPECT_FALSE(times[0].due);
}

TEST(When, AnHourAlreadyOverIsTomorrows) {
  EXPECT_EQ(value("see you at 9am"), "2025-03-13T09:00");
  EXPECT_EQ(value("see you at 6pm"), "2025-03-12T18:00");
}

TEST(When, SurvivesHostileText) {
  std::string text(10'000'000, '7');
  EXPECT_EQ(value(text), "");
  std::string words;
  for (int i = 0; i < 200'000; ++i) words += "on the 3rd of ";
  EXPECT_LE(find_times(words, base()).size(), 400U);
}

struct Length {
  const char* text;
  int minutes;
};

class EffortWords : public ::testing::TestWithParam<Length> {};

TEST_P(EffortWords, AreMinutes) {
  const auto effort = find_effort(GetParam().text);
  EXPECT_EQ(effort ? effort->minutes : 0, GetParam().minutes) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    When, EffortWords,
    ::testing::Values(Length{"takes me 2h", 120}, Length{"90min", 90}, Length{"1h30", 90},
                      Length{"1h30m", 90}, Length{"1.5 hrs", 90}, Length{"59min", 59},
                      Length{"an hour and a half", 90}, Length{"twenty minutes", 20},
                      Length{"half an hour", 30}, Length{"a quarter of an hour", 15},
                      Length{"a couple of hours", 120}, Length{"a 40-minute walk", 40},
                      Length{"in 10 minutes", 0}, Length{"at 18h", 0}, Length{"in half an hour", 0},
                      Length{"two boxes", 0}, Length{"", 0}));

TEST(Effort, HasItsPlace) {
  const std::string text = "bring paper tonight 6pm 1h30 @there";
  const auto effort = find_effort(text);
  ASSERT_TRUE(effort);
  EXPECT_EQ(text.substr(effort->begin, effort->end - effort->begin), "1h30");
}

}  // namespace
}  // namespace ioud::detection
