#include "app/config.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include <tl/expected.hpp>

#include "app/config_table.hpp"
#include "core/text.hpp"

namespace ioud::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* good = R"(
[rep]
name      = "Tom Reyes"
addresses = ["Tom@rep.test"]
time_zone = "America/Chicago"
colleagues = ["rep.test"]

[identity]
address = "tom+ioud@rep.test"

[state]
directory = "state"

[clients]
file = "clients.toml"

[[connector]]
name = "disk"
type = "local"
calendars = [ { name = "work", path = "calendars/work", use = ["read", "meetings"] } ]
)";

using Outcome = tl::expected<Config, connectors::Complaints>;

Outcome outcome(ConfigReading read) {
  if (!read.complaints.empty()) return tl::unexpected(std::move(read.complaints));
  return std::move(read.config);
}

Outcome parse(const std::string& text, const std::string& home = "/home/tom") {
  return outcome(parse_config(text, "/etc/x/ioud.toml", home));
}

Config parsed(const std::string& text) {
  auto config = parse(text);
  if (!config) {
    ADD_FAILURE() << format(config.error());
    return {};
  }
  return *std::move(config);
}

/// Everything complained of when this is added to a good config; "" where nothing is.
std::string complaints_after(const std::string& extra) {
  const auto config = parse(good + extra);
  return config ? "" : format(config.error());
}

TEST(Config, ReadsWhatTheContractNames) {
  const Config config = parsed(good);
  EXPECT_EQ(config.rep.name, "Tom Reyes");
  EXPECT_THAT(config.rep.addresses, ElementsAre("tom@rep.test"));
  EXPECT_EQ(config.rep.zone.name(), "America/Chicago");
  EXPECT_THAT(config.rep.colleagues, ElementsAre("rep.test"));
  EXPECT_EQ(config.rep.locale, "en-US");
  EXPECT_EQ(config.identity, "tom+ioud@rep.test");
  EXPECT_EQ(config.state_directory, "/etc/x/state");
  EXPECT_EQ(config.clients_file, "/etc/x/clients.toml");
  ASSERT_EQ(config.connectors.size(), 1U);
  EXPECT_EQ(config.connectors.front().text("name"), "disk");
  EXPECT_EQ(config.policy.placement.notice_hours, 16);
}

TEST(Config, StateHasAHomeOfItsOwnWhenUnsaid) {
  const std::string without = core::replaced(good, "directory = \"state\"", "");
  EXPECT_EQ(parsed(without).state_directory, "/home/tom/.local/state/ioud");
  const auto homeless = parse(without, "");
  ASSERT_FALSE(homeless);
  EXPECT_THAT(format(homeless.error()), HasSubstr("`directory` of [state] is missing"));
  const std::string tilde = core::replaced(good, "\"state\"", "\"~/ledger\"");
  EXPECT_EQ(parsed(tilde).state_directory, "/home/tom/ledger");
  const auto tilde_homeless = parse(tilde, "");
  ASSERT_FALSE(tilde_homeless);
  EXPECT_THAT(format(tilde_homeless.error()), HasSubstr("home folder is not known"));
}

TEST(Config, TakesEveryTypeOfPolicy) {
  const Config config = parsed(std::string(good) + R"(
[policy.features]
cadence = false
[policy.hours]
holidays = [2026-05-25]
holiday_files = ["us.ics", "~/h.ics", "/abs.ics"]
work_from = "08:30"
lunch_from = 11:30:00
[policy.detector]
floor = 1
[policy.trust]
delivered = [2, 3, 4]
late = -5
[policy.planning]
day = "Tuesday"
fallback = "Wed 08:15"
[policy.occasions]
alarms = ["-P1W", "PT9H", "-P6DT15H", "P1D", "-PT15M", "+PT1H30M"]
leap_day = "mar1"
[policy.privacy]
forget_file = "forget.txt"
)");
  EXPECT_FALSE(config.policy.features.cadence);
  EXPECT_THAT(config.policy.hours.holidays, ElementsAre(*core::parse_date("2026-05-25")));
  EXPECT_THAT(config.policy.hours.holiday_files,
              ElementsAre("/etc/x/us.ics", "/home/tom/h.ics", "/abs.ics"));
  EXPECT_EQ(config.policy.hours.work_from, core::TimeOfDay(8, 30));
  EXPECT_EQ(config.policy.hours.lunch_from, core::TimeOfDay(11, 30));
  EXPECT_EQ(config.policy.detector.floor, 1.0);
  EXPECT_THAT(config.policy.trust.delivered, ElementsAre(2, 3, 4));
  EXPECT_EQ(config.policy.trust.late, -5);
  EXPECT_EQ(config.policy.planning.day, "Tuesday");
  EXPECT_EQ(config.policy.planning.fallback_day, "Wednesday");
  EXPECT_EQ(config.policy.planning.fallback_at, core::TimeOfDay(8, 15));
  EXPECT_EQ(config.policy.occasions.alarms.size(), 6U);
  EXPECT_EQ(config.policy.occasions.leap_day, "mar1");
  EXPECT_EQ(config.policy.privacy.forget_file, "/etc/x/forget.txt");
}

TEST(Config, NamesTheRightKeyForAWrongOne) {
  const std::string text = complaints_after("[policy.limits]\nproposals_a_day = 5\n");
  EXPECT_THAT(text, HasSubstr("/etc/x/ioud.toml:22:1: "));
  EXPECT_THAT(text, HasSubstr("proposals_per_day"));
  EXPECT_THAT(complaints_after("[policy.limit]\n"), HasSubstr("did you mean `limits`?"));
  EXPECT_THAT(complaints_after("[stat]\n"), HasSubstr("did you mean `state`?"));
  EXPECT_THAT(complaints_after("[[connectors]]\nname=\"x\"\n"), HasSubstr("`connector`"));
  EXPECT_THAT(complaints_after("[policy.approval]\nhold_time = 5\n"), HasSubstr("hold_minutes"));
}

TEST(Config, NamesFileLineAndColumnOfAWrongType) {
  const std::string text = complaints_after("[policy.placement]\ngrid_minutes = \"often\"\n");
  EXPECT_THAT(text, HasSubstr("/etc/x/ioud.toml:22:16: `grid_minutes` is a text, but must be a "
                              "whole number, for example 15"));
}

TEST(Config, TellsEverythingAtOnceInTheOrderOfTheFile) {
  const std::string text = complaints_after(R"(
[policy.features]
cadence = "off"
[policy.hours]
work_from = "25:00"
holidays = ["soon"]
[policy.limits]
sitdowns_per_day = 400
[policy.approval]
on_accept = "invit"
)");
  EXPECT_EQ(core::split(text, '\n').size(), 6U) << text;
  EXPECT_LT(text.find("cadence"), text.find("work_from"));
  EXPECT_LT(text.find("holidays"), text.find("sitdowns_per_day"));
  EXPECT_THAT(text, HasSubstr("did you mean \"invite\"?"));
  EXPECT_THAT(text, HasSubstr("at most 50"));
}

TEST(Config, LetsOnlyThisMachineOrANamedHostReadCandidates) {
  const auto complaints = [](const std::string& url, const std::string& hosts = "") {
    return complaints_after("[policy.detector]\nsecond_opinion = \"" + url +
                            "\"\nsecond_opinion_hosts = [" + hosts + "]\n");
  };
  for (const char* url : {"http://127.0.0.1:8080/v1", "http://LOCALHOST/v1", "http://[::1]:9/v1"})
    EXPECT_EQ(complaints(url), "") << url;
  EXPECT_EQ(complaints("https://llm.example/v1", "\"llm.example\""), "");
  EXPECT_THAT(complaints("https://llm.example/v1"), HasSubstr("ioud.toml:"));
  EXPECT_THAT(complaints("https://llm.example/v1"), HasSubstr("add its host"));
  EXPECT_THAT(complaints("http://llm.example/v1", "\"llm.example\""), HasSubstr("in the clear"));
  EXPECT_THAT(complaints("http://127.0.0.1.evil.example/"), HasSubstr("another machine"));
  for (const char* url : {"http://localhost@evil.example/", "file:///etc/passwd", "127.0.0.1"})
    EXPECT_THAT(complaints(url), HasSubstr("no http://")) << url;
}

TEST(Config, ChecksWhatOnlySenseCanTell) {
  EXPECT_THAT(complaints_after("[policy.hours]\nwork_to = \"08:00\"\n"),
              HasSubstr("`work_from` is 09:00 and `work_to` is 08:00, but it must be later"));
  EXPECT_THAT(complaints_after("[policy.detector]\nreview_floor = 0.9\n"),
              HasSubstr("expected at most 0.8"));
  EXPECT_THAT(complaints_after("[policy.scope]\nkinds = [\"advise\"]\n"),
              HasSubstr("did you mean \"advice\"?"));
  EXPECT_THAT(complaints_after("[policy.trust]\ndelivered = [1, 2]\n"),
              HasSubstr("found 2 numbers, expected three"));
  EXPECT_THAT(complaints_after("[policy.after_sale]\nfirst = [1, 30, 7]\n"),
              HasSubstr("found 7 after 30"));
  EXPECT_THAT(complaints_after("[policy.occasions]\nalarms = [\"9 o'clock\"]\n"),
              HasSubstr("a trigger of RFC 5545"));
  EXPECT_THAT(complaints_after("[policy.planning]\nfallback = \"Monday\"\n"),
              HasSubstr("a day and an hour"));
}

TEST(Config, RefusesAlarmsThatAreNoDurations) {
  for (const char* bad : {"", "P", "PT", "-P1W2D", "P1DT", "1D", "PT1D", "P1H", "PT5", "PT1M2H"})
    EXPECT_THAT(complaints_after("[policy.occasions]\nalarms = [\"" + std::string(bad) + "\"]\n"),
                HasSubstr("RFC 5545"))
        << bad;
}

TEST(Config, ChecksWhoTheRepIs) {
  const auto with = [](const char* from, const char* to) {
    const auto config = parse(core::replaced(good, from, to));
    return config ? std::string() : format(config.error());
  };
  EXPECT_THAT(with("America/Chicago", "Chicago"), HasSubstr("no such time zone"));
  EXPECT_THAT(with("\"Tom@rep.test\"", "\"tom\""), HasSubstr("expected a mail address"));
  EXPECT_THAT(with("[\"Tom@rep.test\"]", "[]"), HasSubstr("found no address"));
  EXPECT_THAT(with("\"Tom Reyes\"", "\" \""), HasSubstr("found no name"));
  EXPECT_THAT(with("tom+ioud@rep.test", "tom@rep.test"), HasSubstr("rep's own addresses"));
  EXPECT_THAT(with("[\"rep.test\"]", "[\"x@rep.test\"]"), HasSubstr("expected a domain"));
  EXPECT_THAT(with("[\"rep.test\"]", "[]\nlocale = \"english\""), HasSubstr("\"en-GB\""));
  EXPECT_EQ(with("[\"rep.test\"]", "[]\nlocale = \"de\""), "");
  EXPECT_THAT(with("time_zone = \"America/Chicago\"", ""), HasSubstr("`time_zone` is missing"));
  EXPECT_THAT(with("\"state\"", "\"\""), HasSubstr("expected a path"));
}

TEST(Config, RefusesTwoThingsOfOneName) {
  EXPECT_THAT(complaints_after("[[connector]]\nname = \"disk\"\ntype = \"local\"\n"),
              HasSubstr("a connector of that name stands in /etc/x/ioud.toml:18:8"));
  EXPECT_THAT(
      complaints_after("[[connector]]\nname = \"b\"\ntype = \"local\"\n"
                       "calendars = [{ name = \"work\", path = \"p\", use = [\"busy\"] }]\n"),
      HasSubstr("a calendar of that name"));
}

TEST(Config, ReportsASyntaxErrorWithItsPlace) {
  EXPECT_THAT(complaints_after("[policy\n"), HasSubstr("/etc/x/ioud.toml:21:8: "));
  EXPECT_THAT(complaints_after("[policy\n"), HasSubstr("this is not TOML"));
  EXPECT_THAT(complaints_after("[policy.hours]\nholidays = [2026-13-45]\n"),
              HasSubstr("this is not TOML"));
  EXPECT_THAT(complaints_after("x = 2026-03-04T10:00:00\n"), HasSubstr("without an offset"));
}

TEST(Config, AddsAKindOfAsk) {
  const Config config = parsed(std::string(good) + R"(
[policy.asks.plant_tour]
size = "M"
minutes = 25
topic = "plant tour"
stages = ["customer"]
cooldown_days = 61
prompts = ["Would you show me the new line?"]
[policy.asks.feedback]
minutes = 20
[policy.favours.advice]
asks = ["plant_tour"]
[policy.favours.decorating]
words = ["Hang the banner"]
size = "M"
free = false
banked_first = true
)");
  const auto& asks = config.policy.catalogue.asks;
  ASSERT_TRUE(asks.contains("plant_tour"));
  const domain::AskKind& tour = asks.at("plant_tour");
  EXPECT_EQ(tour.size, domain::Size::M);
  EXPECT_EQ(tour.minutes, 25);
  EXPECT_EQ(tour.topic, "plant tour");
  EXPECT_THAT(tour.stages, ElementsAre("customer"));
  EXPECT_EQ(tour.cooldown_days, 61);
  EXPECT_EQ(tour.prompts.size(), 1U);
  EXPECT_EQ(asks.at("feedback").minutes, 20);
  EXPECT_EQ(asks.at("feedback").topic, "your view");
  const auto& favours = config.policy.catalogue.favours;
  EXPECT_THAT(favours.at("advice").asks, ElementsAre("plant_tour"));
  EXPECT_EQ(favours.at("advice").minutes, 60);
  EXPECT_THAT(favours.at("decorating").words, ElementsAre("hang the banner"));
  EXPECT_FALSE(favours.at("decorating").free);
  EXPECT_TRUE(favours.at("decorating").banked_first);
}

TEST(Config, ChecksKindsOfTheAdmin) {
  EXPECT_THAT(complaints_after("[policy.asks.tour]\nminutes = 10\n"), HasSubstr("has no topic"));
  EXPECT_THAT(complaints_after("[policy.asks.\"Plant tour\"]\ntopic = \"x\"\n"),
              HasSubstr("small letters"));
  EXPECT_THAT(complaints_after("[policy.asks.tour]\ntopic = \"x\"\nsize = \"XL\"\n"),
              HasSubstr("allowed: S, M, L"));
  EXPECT_THAT(complaints_after("[policy.asks.tour]\ntopic = \"x\"\nneeds = [\"two_rush\"]\n"),
              HasSubstr("did you mean \"two_rushes\"?"));
  EXPECT_THAT(complaints_after("[policy.favours.advice]\nasks = [\"plant_tuor\", \"feedbak\"]\n"),
              HasSubstr("did you mean \"feedback\"?"));
  EXPECT_THAT(complaints_after("[policy.favours.party]\nminutes = 10\n"),
              HasSubstr("has no words"));
}

TEST(Config, DefaultsInTheTableAreThoseOfThePolicy) {
  for (const ConfigRow& row : config_rows()) {
    EXPECT_FALSE(row.option.help.empty()) << row.option.path;
    EXPECT_THAT(row.option.help, Not(testing::EndsWith("."))) << row.option.path;
  }
}

class ConfigFolder : public testing::Test {
 protected:
  ConfigFolder() : folder_(std::filesystem::path(testing::TempDir()) / ("ioud-config-" + name())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "conf.d");
  }
  ~ConfigFolder() override { std::filesystem::remove_all(folder_); }

  static std::string name() {
    return testing::UnitTest::GetInstance()->current_test_info()->name();
  }
  void write(const std::string& path, const std::string& text) const {
    std::ofstream(folder_ / path) << text;
  }
  Outcome load() const { return outcome(read_config(folder_ / "ioud.toml", "/home/tom")); }

  std::filesystem::path folder_;
};

TEST_F(ConfigFolder, ReadsTheFilesBesideIt) {
  write("ioud.toml", good);
  write("conf.d/20-more.toml", "[[connector]]\nname = \"second\"\ntype = \"local\"\n");
  write("conf.d/10-policy.toml", "[policy.limits]\nproposals_per_day = 4\n");
  write("conf.d/notes.txt", "not TOML at all [");
  const auto config = load();
  ASSERT_TRUE(config) << format(config.error());
  EXPECT_EQ(config->connectors.size(), 2U);
  EXPECT_EQ(config->policy.limits.proposals_per_day, 4);
  EXPECT_EQ(place_of(*config, "policy.limits.proposals_per_day").line, 2);
  EXPECT_EQ(place_of(*config, "policy.limits.rolls").line, 0);
  EXPECT_EQ(config->state_directory, folder_ / "state");
}

TEST_F(ConfigFolder, RefusesAKeyThatTwoFilesSet) {
  write("ioud.toml", good);
  write("conf.d/again.toml", "[rep]\nname = \"Somebody\"\n");
  const auto config = load();
  ASSERT_FALSE(config);
  EXPECT_THAT(format(config.error()), HasSubstr("again.toml:2:1: `name` is set a second time"));
}

TEST_F(ConfigFolder, SaysWhyAFileCannotBeRead) {
  const auto missing = load();
  ASSERT_FALSE(missing);
  EXPECT_THAT(format(missing.error()), HasSubstr("cannot be read: No such file"));
  std::filesystem::create_directory(folder_ / "ioud.toml");
  const auto is_folder = load();
  ASSERT_FALSE(is_folder);
  EXPECT_THAT(format(is_folder.error()), HasSubstr("it is a folder"));
}

}  // namespace
}  // namespace ioud::app
