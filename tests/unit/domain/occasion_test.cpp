#include "domain/occasion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "unit/domain/agenda_samples.hpp"
#include "unit/domain/people_samples.hpp"

namespace ioud::domain {
namespace {

using namespace people_samples;
using agenda_samples::day;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Notes customer = {{"stage", "customer"}};

std::vector<std::string> lines(const std::vector<Card>& cards, std::string_view today,
                               const Policy::Occasions& policy = {}) {
  std::vector<std::string> found;
  for (const Occasion& one : occasions_of(make_directory({}, cards), policy, day(today)).items)
    found.push_back(core::format(one.date) + " " + one.title);
  return found;
}

TEST(Occasions, AreThoseOfTheFixture) {
  Card ana = born(card("Ana Ruiz", "ana@ruiz.test", customer), 1988, 2, 29);
  Card again = born(card("Ana Ruiz", "ana@ruiz.test"), 1988, 2, 29);
  again.uid = "phone-book";
  Card dee = born(card("Dee Fox", "dee@fox.test", customer), 1950, 9, 1);
  dee.deceased = true;
  Card eli =
      card("Eli Gray", "eli@gray.test", {{"stage", "customer"}, {"child", "Nora 2015-06-01"}});
  eli.dates = {date("wedding", 2010, 6, 12)};
  Card hal = born(card("Hal Jay", "hal@jay.test", customer), 1980, 8, 8);
  hal.no_birthday = true;
  const std::vector<Card> cards = {
      ana,
      again,
      born(card("Ben Cole", "ben@cole.test", customer), std::nullopt, 3, 15),
      dee,
      eli,
      card("Fay Hu", "fay@hu.test", {{"stage", "customer"}, {"birthday", "8-15 chinese"}}),
      born(card("Gus Ito", "gus@ito.test", customer), 1979, 5, std::nullopt),
      hal,
      born(card("Ida Kay", "ida@kay.test", customer), 2001, 1, 20),
      born(card("Jon Lee", "jon@lee.test"), 1990, 3, 3)};
  EXPECT_THAT(
      lines(cards, "2026-01-15"),
      ElementsAre("2026-01-20 Birthday: Ida Kay (25)", "2026-02-28 Birthday: Ana Ruiz (38)",
                  "2026-03-15 Birthday: Ben Cole", "2026-06-01 Birthday: Nora (Gray family)",
                  "2026-06-12 Anniversary: Eli Gray (16)", "2026-09-25 Birthday: Fay Hu",
                  "2027-01-20 Birthday: Ida Kay (26)"));
}

TEST(Occasions, ReachFromTodayToTheHorizon) {
  const std::vector<Card> ben = {born(card("Ben Cole", "ben@cole.test", customer), 1990, 3, 15)};
  EXPECT_THAT(lines(ben, "2026-03-15"), ElementsAre("2026-03-15 Birthday: Ben Cole (36)",
                                                    "2027-03-15 Birthday: Ben Cole (37)"));
  EXPECT_THAT(lines(ben, "2026-03-16"), ElementsAre("2027-03-15 Birthday: Ben Cole (37)"));
  EXPECT_THAT(lines(ben, "2026-02-08"), ElementsAre("2026-03-15 Birthday: Ben Cole (36)",
                                                    "2027-03-15 Birthday: Ben Cole (37)"));
  EXPECT_THAT(lines(ben, "2026-02-07"), ElementsAre("2026-03-15 Birthday: Ben Cole (36)"));
}

TEST(Occasions, KeepTheLeapDayWhereTheRepWantsIt) {
  const std::vector<Card> ana = {born(card("Ana Ruiz", "ana@ruiz.test", customer), 1988, 2, 29)};
  EXPECT_THAT(lines(ana, "2027-12-01"), ElementsAre("2028-02-29 Birthday: Ana Ruiz (40)"));
  Policy::Occasions policy;
  policy.leap_day = "mar1";
  EXPECT_THAT(lines(ana, "2026-01-15", policy), ElementsAre("2026-03-01 Birthday: Ana Ruiz (38)"));
}

TEST(Occasions, EndWithAChildsEighteenth) {
  const std::vector<Card> eli = {
      card("Eli Gray", "eli@gray.test",
           {{"stage", "customer"}, {"child", "Nora 2008-06-01"}, {"child", "Max 06-02"}})};
  EXPECT_THAT(lines(eli, "2026-05-01"), ElementsAre("2026-06-01 Birthday: Nora (Gray family)",
                                                    "2026-06-02 Birthday: Max (Gray family)",
                                                    "2027-06-02 Birthday: Max (Gray family)"));
  EXPECT_THAT(lines(eli, "2026-07-01"), ElementsAre("2027-06-02 Birthday: Max (Gray family)"));
}

TEST(Occasions, NameWorkOrdersAndOtherDates) {
  Card ana = card("Ana Ruiz", "ana@ruiz.test", {{"bought", "2025-11-05 press"}});
  ana.dates = {date("work", 2020, 2, 1), date("custom", std::nullopt, 2, 3, "Name day"),
               date("custom", std::nullopt, 2, 4), date("custom", std::nullopt, 2, 5, "Boat day")};
  EXPECT_THAT(lines({ana}, "2026-01-15"),
              ElementsAre("2026-02-01 Work anniversary: Ana Ruiz", "2026-02-03 Name day: Ana Ruiz",
                          "2026-02-04 Date: Ana Ruiz", "2026-02-05 Boat day: Ana Ruiz",
                          "2026-11-05 First order: Ana Ruiz",
                          "2027-02-01 Work anniversary: Ana Ruiz", "2027-02-03 Name day: Ana Ruiz",
                          "2027-02-04 Date: Ana Ruiz", "2027-02-05 Boat day: Ana Ruiz"));
  // The day itself is no anniversary.
  EXPECT_THAT(lines({card("Ben", "ben@cole.test", {{"bought", "2026-02-05 kit"}})}, "2026-01-15"),
              ElementsAre("2027-02-05 First order: Ben"));
}

TEST(Occasions, TellNoAgeBeforeTheFirstBirthday) {
  EXPECT_THAT(lines({born(card("Ben", "ben@cole.test", customer), 2026, 3, 1)}, "2026-01-15"),
              IsEmpty());
}

TEST(Occasions, CountLunarYears) {
  Card fay = card("Fay Hu", "fay@hu.test", customer);
  fay.dates = {{"birthday", "", {1988, 8, 15, "chinese"}}};
  EXPECT_THAT(lines({fay}, "2026-01-15"), ElementsAre("2026-09-25 Birthday: Fay Hu (38)"));
  Card dov = card("Dov Katz", "dov@katz.test", customer);
  dov.dates = {{"birthday", "", {std::nullopt, 4, 10, "hebrew"}},
               {"custom", "Odd", {std::nullopt, 4, 10, "martian"}}};
  // Twice in one Gregorian year, and both are kept.
  EXPECT_THAT(lines({dov}, "2020-01-01"),
              ElementsAre("2020-01-07 Birthday: Dov Katz", "2020-12-25 Birthday: Dov Katz"));
}

TEST(Occasions, EndWhenTheClientGoes) {
  EXPECT_THAT(
      lines({born(card("Ben", "ben@cole.test", {{"stage", "former"}}), 1990, 3, 1)}, "2026-01-15"),
      IsEmpty());
}

TEST(Occasions, HaveKeysThatTellThemApartForEver) {
  Card eli = card("Eli Gray", "eli@gray.test",
                  {{"stage", "customer"}, {"child", "Nora 06-01"}, {"child", "Max 06-01"}});
  eli.dates = {date("birthday", 1970, 6, 1), date("wedding", 2010, 6, 1)};
  const auto before = occasions_of(make_directory({}, {eli}), {}, day("2026-05-25")).items;
  std::set<std::string> keys;
  for (const Occasion& one : before) keys.insert(one.key);
  EXPECT_EQ(keys.size(), 8U);
  EXPECT_EQ(before.size(), 8U);
  // A new day, another name and a second book change no key.
  Card book = card("Elias Gray", "eli@gray.test");
  book.uid = "another";
  for (const Occasion& one :
       occasions_of(make_directory({}, {book, eli}), {}, day("2026-05-26")).items)
    EXPECT_TRUE(keys.contains(one.key)) << one.key;
  const auto eighty = occasions_of(make_directory({}, {eli}), {}, day("2026-05-25")).items.front();
  EXPECT_EQ(eighty.person, "eli@gray.test");
  EXPECT_EQ(eighty.contact, "eli@gray.test");
  EXPECT_EQ(eighty.client, "Eli Gray");
  EXPECT_EQ(eighty.key, eighty.series + "|2026");
}

TEST(OccasionHints, ComeInTheFirstWeekOfTheMonth) {
  const Directory directory =
      make_directory({}, {born(card("Gus Ito", "gus@ito.test", customer), 1979, 5, std::nullopt),
                          card("Eli Gray", "eli@gray.test",
                               {{"stage", "customer"},
                                {"child", "Nora 2010-05"},
                                {"child", "Max 2000-05"},
                                {"wedding", "2010-05"},
                                {"work", "2010-05"}})});
  const auto hints = [&directory](std::string_view today) {
    std::vector<std::string> texts;
    for (const OccasionHint& hint : occasions_of(directory, {}, day(today)).hints)
      texts.push_back(hint.text);
    return texts;
  };
  EXPECT_THAT(hints("2026-05-01"),
              ElementsAre("Eli Gray: anniversary some time in May; which day?",
                          "Eli Gray: work anniversary some time in May; which day?",
                          "Gus Ito: birthday some time in May; which day?",
                          "Nora (Gray family): birthday some time in May; which day?"));
  EXPECT_EQ(hints("2026-05-07").size(), 4U);
  EXPECT_THAT(hints("2026-05-08"), IsEmpty());
  EXPECT_THAT(hints("2026-04-30"), IsEmpty());
  EXPECT_THAT(occasions_of(directory, {}, day("2026-05-01")).items, IsEmpty());
}

TEST(OccasionHints, NameOtherDatesByTheirLabel) {
  Card ana = card("Ana Ruiz", "ana@ruiz.test", customer);
  ana.dates = {date("custom", std::nullopt, 5, std::nullopt, "Boat day"),
               date("custom", std::nullopt, 5, std::nullopt)};
  const auto found = occasions_of(make_directory({}, {ana}), {}, day("2026-05-02")).hints;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].text, "Ana Ruiz: Boat day some time in May; which day?");
  EXPECT_EQ(found[1].text, "Ana Ruiz: date some time in May; which day?");
  EXPECT_EQ(found[0].client, "Ana Ruiz");
}

TEST(Occasions, SkipDatesNoYearHas) {
  Card ana = card("Ana Ruiz", "ana@ruiz.test", customer);
  ana.dates = {date("birthday", std::nullopt, 4, 31), date("work", std::nullopt, 0, 5),
               date("wedding", 2010, std::nullopt, std::nullopt)};
  EXPECT_THAT(lines({ana}, "2026-01-15"), IsEmpty());
}

}  // namespace
}  // namespace ioud::domain
