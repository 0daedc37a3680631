#include "connectors/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fakes/setting_tree.hpp"

namespace ioud::connectors {
namespace {

using fakes::SettingTree;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<Option> rows = {
    {.path = "name", .help = "how it is called", .required = true},
    {.path = "retries", .type = OptionType::integer, .fallback = "3", .lowest = 0, .highest = 10},
    {.path = "weight", .type = OptionType::number, .lowest = 0.5},
    {.path = "is_on", .type = OptionType::boolean},
    {.path = "from", .type = OptionType::date},
    {.path = "opens", .type = OptionType::time_of_day, .fallback = "\"08:30\""},
    {.path = "at", .type = OptionType::instant},
    {.path = "tags", .type = OptionType::text_list, .words = {"red", "green"}},
    {.path = "days", .type = OptionType::integer_list, .lowest = 1, .highest = 7},
    {.path = "holidays", .type = OptionType::date_list},
    {.path = "password", .type = OptionType::secret},
    {.path = "mail", .type = OptionType::table},
    {.path = "mail.path", .help = "the folder", .required = true},
    {.path = "calendars", .type = OptionType::table_list},
    {.path = "calendars[].use", .words = {"read", "proposals"}},
    {.path = "asks", .type = OptionType::table},
    {.path = "asks.*", .type = OptionType::table},
    {.path = "asks.*.topic"},
};

/// The texts of what is wrong with `name = "x"` and one more key.
std::vector<std::string> wrong_with(SettingTree& tree, const std::string& key, Setting value) {
  const Setting table = tree.table({{"name", tree.text("x")}, {key, std::move(value)}});
  std::vector<std::string> texts;
  for (const auto& error : check(table, rows)) texts.push_back(error.text);
  return texts;
}

TEST(Options, AcceptsEveryTypeAsItShouldBe) {
  SettingTree t;
  const core::Date date = std::chrono::year(2026) / 5 / 25;
  const std::vector<std::pair<std::string, Setting>> good = {
      {"retries", t.value(std::int64_t{10})},
      {"weight", t.value(0.5)},
      {"weight", t.value(std::int64_t{1})},
      {"is_on", t.value(true)},
      {"from", t.value(date)},
      {"opens", t.text("24:00")},
      {"opens", t.value(core::TimeOfDay(8, 30))},
      {"at", t.value(core::Instant())},
      {"tags", t.texts({"red", "green"})},
      {"days", t.list({t.value(std::int64_t{1}), t.value(std::int64_t{7})})},
      {"holidays", t.list({t.value(date)})},
      {"password", t.table({{"credential", t.text("imap")}})},
      {"mail", t.table({{"path", t.text("mail")}})},
      {"calendars", t.list({t.table({{"use", t.text("read")}})})},
      {"asks", t.table({{"plant_tour", t.table({{"topic", t.text("plant tour")}})}})},
  };
  for (const auto& [key, value] : good) {
    EXPECT_THAT(wrong_with(t, key, value), IsEmpty()) << key;
  }
}

TEST(Options, NamesWhatWasFoundAndWhatIsExpected) {
  SettingTree t;
  EXPECT_THAT(wrong_with(t, "retries", t.text("3")),
              ElementsAre("`retries` is a text, but must be a whole number, for example 3"));
  EXPECT_THAT(wrong_with(t, "is_on", t.text("yes")),
              ElementsAre("`is_on` is a text, but must be true or false"));
  EXPECT_THAT(wrong_with(t, "tags", t.text("red")), ElementsAre(HasSubstr("a list of texts")));
  EXPECT_THAT(wrong_with(t, "opens", t.text("25:00")), ElementsAre(HasSubstr("\"08:30\"")));
  EXPECT_THAT(wrong_with(t, "calendars", t.table({})),
              ElementsAre(HasSubstr("is a table, but must be a list of tables")));
  EXPECT_THAT(wrong_with(t, "mail", t.list({})), ElementsAre(HasSubstr("is a list")));
  EXPECT_THAT(wrong_with(t, "from", t.value(core::Instant())),
              ElementsAre(HasSubstr("is a date with a time, but must be a date")));
  EXPECT_THAT(wrong_with(t, "at", t.value(1.5)), ElementsAre(HasSubstr("is a number")));
  EXPECT_THAT(wrong_with(t, "weight", t.value(false)), ElementsAre(HasSubstr("is a boolean")));
  EXPECT_THAT(wrong_with(t, "holidays", t.list({t.value(core::TimeOfDay(8, 0))})),
              ElementsAre(HasSubstr("is a time of day")));
  EXPECT_THAT(wrong_with(t, "name", t.value(core::Date())), testing::SizeIs(1));
}

TEST(Options, HoldsNumbersToTheirRange) {
  SettingTree t;
  EXPECT_THAT(wrong_with(t, "retries", t.value(std::int64_t{11})),
              ElementsAre("`retries` is 11, but must be at least 0 and at most 10"));
  EXPECT_THAT(wrong_with(t, "weight", t.value(0.25)),
              ElementsAre("`weight` is 0.25, but must be at least 0.5"));
  EXPECT_THAT(wrong_with(t, "weight", t.value(std::nan(""))), testing::SizeIs(1));
  EXPECT_THAT(wrong_with(t, "days", t.list({t.value(std::int64_t{8})})), testing::SizeIs(1));
}

TEST(Options, NamesTheNearestWordAndKey) {
  SettingTree t;
  EXPECT_THAT(wrong_with(t, "tags", t.texts({"gren"})),
              ElementsAre(AllOf(HasSubstr("did you mean \"green\"?"), HasSubstr("red, green"))));
  EXPECT_THAT(wrong_with(t, "retrys", t.value(std::int64_t{1})),
              ElementsAre("`retrys` is no key here; did you mean `retries`?"));
  EXPECT_THAT(wrong_with(t, "calendars", t.list({t.table({{"used_for_this", t.text("read")}})})),
              ElementsAre(HasSubstr("`used_for_this`")));
  EXPECT_THAT(wrong_with(t, "asks", t.table({{"tour", t.table({{"qqq", t.text("x")}})}})),
              ElementsAre("`qqq` is no key here; known keys are topic"));
}

TEST(Options, TellsAllAtOnceAndWhere) {
  SettingTree t;
  const Setting table = t.table({{"retries", t.text("a")}, {"mail", t.table({})}});
  const Complaints wrong = check(table, rows);
  ASSERT_EQ(wrong.size(), 3U);
  EXPECT_EQ(wrong[0].place, "ioud.toml:1:9");
  EXPECT_EQ(wrong[1].place, "ioud.toml:2:9");
  EXPECT_THAT(wrong[1].text, HasSubstr("`path` is missing"));
  EXPECT_EQ(wrong[2].place, "ioud.toml:3:9");
  EXPECT_THAT(wrong[2].text, HasSubstr("`name` is missing"));
  EXPECT_EQ(wrong[0].fault, core::Fault::config);
}

TEST(Options, ASecretIsAReferenceInOneWay) {
  SettingTree t;
  EXPECT_THAT(wrong_with(t, "password", t.text("hunter2")), testing::SizeIs(1));
  EXPECT_THAT(wrong_with(t, "password", t.table({{"value", t.text("hunter2")}})),
              ElementsAre(HasSubstr("credential, keyring, command, file")));
  EXPECT_THAT(wrong_with(t, "password", t.table({{"file", t.text("a")}, {"keyring", t.text("b")}})),
              testing::SizeIs(1));
}

TEST(Options, AComplaintNeverShowsASecret) {
  SettingTree t;
  for (const std::string& text : wrong_with(t, "password", t.text("hunter2"))) {
    EXPECT_THAT(text, testing::Not(HasSubstr("hunter2")));
  }
}

TEST(Options, RefusesATreeThatIsNoTable) {
  SettingTree t;
  EXPECT_EQ(check(t.text("x"), rows).size(), 1U);
}

TEST(Options, FindsARowByPath) {
  EXPECT_EQ(find_option(rows, "mail.path"), &rows[12]);
  EXPECT_EQ(find_option(rows, "calendars[].use"), &rows[14]);
  EXPECT_EQ(find_option(rows, "asks.plant_tour.topic"), &rows[17]);
  EXPECT_EQ(find_option(rows, "asks.plant_tour.size"), nullptr);
}

TEST(Options, DescribesEveryType) {
  for (int type = 0; type <= static_cast<int>(OptionType::table_list); ++type) {
    EXPECT_NE(describe(static_cast<OptionType>(type)), "a value");
  }
}

TEST(Settings, FormatsPlaces) {
  EXPECT_EQ(format(Place{"ioud.toml", 3, 7}), "ioud.toml:3:7");
  EXPECT_EQ(format(Place{"ioud.toml", 0, 0}), "ioud.toml");
}

TEST(Settings, FindsValuesByKey) {
  SettingTree t;
  const Setting table = t.table({{"a", t.text("x")}, {"b", t.texts({"y"})}});
  EXPECT_EQ(table.text("a"), "x");
  EXPECT_EQ(table.text("b", "otherwise"), "otherwise");
  EXPECT_EQ(table.text("c", "otherwise"), "otherwise");
  EXPECT_EQ(table.list("b").size(), 1U);
  EXPECT_TRUE(table.list("a").empty());
  EXPECT_TRUE(table.list("c").empty());
  EXPECT_EQ(t.text("x").find("a"), nullptr);
}

}  // namespace
}  // namespace ioud::connectors
