// The files of config/: each is loaded as an admin would, and the generated ones are byte for byte
// what the program prints.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "app/clients_file.hpp"
#include "app/command_line.hpp"
#include "app/config.hpp"
#include "app/config_manual.hpp"
#include "app/config_table.hpp"
#include "app/document_command.hpp"
#include "app/setup.hpp"
#include "app/toml_file.hpp"
#include "core/step.hpp"
#include "core/text.hpp"
#include "fakes/kept_log.hpp"
#include "net/clock.hpp"

namespace ioud::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path folder = IOUD_CONFIG_FOLDER;

std::string text_of(const fs::path& file) {
  const auto text = read_text(file);
  return text ? *text : "(" + text.error().front().text + ")";
}

std::string printed(const char* what) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(document(what, {in, out, err}), ExitCode::ok) << err.str();
  return out.str();
}

/// Everything complained of when the file is set up like `ioud check --offline` does.
std::string complaints_of(const fs::path& file) {
  const net::FrozenClock clock{core::Instant{}};
  fakes::KeptLog log;
  core::NoSteps steps;
  connectors::Surroundings surroundings;
  surroundings.clock = &clock;
  surroundings.log = &log;
  surroundings.steps = &steps;
  const SetupReading read = read_setup({file, "/home/tom", {}}, surroundings);
  return format(read.config_complaints) + format(read.client_complaints);
}

TEST(ShippedConfig, TheDefaultIsValidAsItIs) { EXPECT_EQ(complaints_of(folder / "ioud.toml"), ""); }

TEST(ShippedConfig, EveryExampleIsValid) {
  std::size_t found = 0;
  for (const auto& item : fs::directory_iterator(folder / "examples")) {
    if (item.path().extension() != ".toml" || item.path().filename() == "clients.toml") continue;
    ++found;
    EXPECT_EQ(complaints_of(item.path()), "") << item.path();
  }
  EXPECT_GE(found, 1U);
}

TEST(ShippedConfig, TheClientsExampleIsValid) {
  const ClientsFile file =
      read_clients(folder / "examples/clients.toml", domain::Catalogue::standard());
  EXPECT_EQ(format(file.complaints), "");
  EXPECT_GE(file.clients.size(), 3U);
}

TEST(ShippedConfig, AllKeysIsWhatTheProgramPrints) {
  EXPECT_EQ(text_of(folder / "all_keys.toml"), printed("all_keys"))
      << "made by: ioud document all_keys > config/all_keys.toml";
}

TEST(ShippedConfig, ManualsAreWhatTheProgramPrints) {
  EXPECT_EQ(text_of(folder / "man/ioud.toml.5.md"), printed("man"))
      << "made by: ioud document man > config/man/ioud.toml.5.md";
  EXPECT_EQ(text_of(folder / "man/ioud.8.md"), printed("commands"))
      << "made by: ioud document commands > config/man/ioud.8.md";
}

TEST(ShippedConfig, AllKeysIsAConfigOfDefaultsOnly) {
  const ConfigReading read = read_config(folder / "all_keys.toml", "/home/tom");
  ASSERT_EQ(format(read.complaints), "");
  const domain::Policy& policy = read.config.policy;
  const domain::Policy defaults;
  EXPECT_EQ(policy.placement.notice_hours, defaults.placement.notice_hours);
  EXPECT_EQ(policy.planning.fallback_day, defaults.planning.fallback_day);
  EXPECT_EQ(policy.planning.fallback_at, defaults.planning.fallback_at);
  EXPECT_EQ(policy.detector.floor, defaults.detector.floor);
  EXPECT_EQ(policy.occasions.alarms, defaults.occasions.alarms);
  EXPECT_EQ(policy.privacy.forget_file, defaults.privacy.forget_file);
  ASSERT_EQ(policy.catalogue.asks.size(), defaults.catalogue.asks.size());
  for (const auto& [kind, ask] : defaults.catalogue.asks) {
    const domain::AskKind& read_ask = policy.catalogue.asks.at(kind);
    EXPECT_EQ(read_ask.size, ask.size) << kind;
    EXPECT_EQ(read_ask.minutes, ask.minutes) << kind;
    EXPECT_EQ(read_ask.topic, ask.topic) << kind;
    EXPECT_EQ(read_ask.stages, ask.stages) << kind;
    EXPECT_EQ(read_ask.needs, ask.needs) << kind;
    EXPECT_EQ(read_ask.prompts, ask.prompts) << kind;
  }
  for (const auto& [kind, favour] : defaults.catalogue.favours) {
    const domain::FavourKind& read_favour = policy.catalogue.favours.at(kind);
    EXPECT_EQ(read_favour.words, favour.words) << kind;
    EXPECT_EQ(read_favour.asks, favour.asks) << kind;
    EXPECT_EQ(read_favour.banked_first, favour.banked_first) << kind;
  }
}

TEST(ShippedConfig, EveryKeyStandsInBothGeneratedTexts) {
  const std::string keys = printed("all_keys");
  const std::string manual = printed("man");
  for (const ConfigRow& row : config_rows()) {
    const std::string key = row.option.path.substr(row.option.path.rfind('.') + 1);
    if (key == "*" || key == "policy" || key == "connector") continue;
    EXPECT_THAT(keys, HasSubstr(key)) << row.option.path;
    if (row.bind) {
      EXPECT_THAT(manual, HasSubstr("**" + key + "**")) << row.option.path;
    }
  }
  for (const connectors::Option& option : client_options())
    EXPECT_THAT(manual, HasSubstr("**" + option.path + "**"));
  const std::string command_page = printed("commands");
  for (const CommandRow& row : commands())
    EXPECT_THAT(command_page, HasSubstr("**" + std::string(row.name) + "**"));
}

TEST(ShippedConfig, ReadmeNamesEveryCommandAndExitCode) {
  const std::string readme = text_of(folder.parent_path() / "README.md");
  for (const CommandRow& row : commands())
    EXPECT_THAT(readme, testing::ContainsRegex("\n\\| [^|]*`" + std::string(row.name) + "[ `]"));
  for (const ExitMeaning& row : exit_meanings)
    EXPECT_THAT(readme, HasSubstr("| " + std::to_string(number(row.code)) + " | " +
                                  std::string(row.meaning) + " |"));
}

TEST(ShippedConfig, DocumentKnowsNoOtherPage) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(document("all", {in, out, err}), ExitCode::usage);
  EXPECT_THAT(err.str(), HasSubstr("all_keys, man or commands"));
}

}  // namespace
}  // namespace ioud::app
