#include "app/command_line.hpp"

#include <gmock/gmock.h>

#include "app/exit_code.hpp"

namespace ioud::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

core::Result<Invocation> parse(std::vector<std::string> arguments, Environment environment = {}) {
  return parse_command_line(arguments, environment);
}

std::string complaint_about(std::vector<std::string> arguments, Environment environment = {}) {
  const auto parsed = parse(std::move(arguments), std::move(environment));
  return parsed ? "understood" : parsed.error().text;
}

TEST(CommandLine, ReadsOptionsBeforeAndAfterTheCommand) {
  const auto parsed =
      parse({"--at", "2026-03-04T14:25:00-06:00", "-c", "a.toml", "ledger", "--json"});
  ASSERT_TRUE(parsed) << parsed.error().text;
  EXPECT_EQ(parsed->command, Command::ledger);
  EXPECT_EQ(parsed->config, "a.toml");
  EXPECT_EQ(parsed->at, core::parse_rfc3339("2026-03-04T20:25:00Z"));
  EXPECT_TRUE(parsed->json);
  const auto after = parse({"once", "--config=b.toml", "--log=debug"});
  ASSERT_TRUE(after);
  EXPECT_EQ(after->config, "b.toml");
  EXPECT_EQ(after->lowest, core::Level::debug);
}

TEST(CommandLine, TakesClockAndConfigFromTheEnvironment) {
  const auto parsed = parse({"once"}, {"2026-03-04T20:25:00Z", "/xdg", "/home/tom"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->at, core::parse_rfc3339("2026-03-04T20:25:00Z"));
  EXPECT_EQ(parsed->config, "/xdg/ioud/ioud.toml");
  EXPECT_EQ(parse({"once"}, {"", "", "/home/tom"})->config, "/home/tom/.config/ioud/ioud.toml");
  EXPECT_EQ(parse({"once"})->config, "/etc/ioud/ioud.toml");
  EXPECT_THAT(complaint_about({"once"}, {"soon", "", ""}), HasSubstr("IOUD_AT: found \"soon\""));
}

TEST(CommandLine, TheOptionBeatsTheEnvironment) {
  const auto parsed =
      parse({"--at=2026-01-01T00:00:00Z", "once"}, {"2026-03-04T20:25:00Z", "", ""});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->at, core::parse_rfc3339("2026-01-01T00:00:00Z"));
}

TEST(CommandLine, NamesTheNearestCommandAndOption) {
  EXPECT_THAT(complaint_about({"leger"}), HasSubstr("did you mean \"ledger\"?"));
  EXPECT_THAT(complaint_about({"check", "--offlin"}), HasSubstr("did you mean \"--offline\"?"));
  EXPECT_THAT(complaint_about({"once", "--log=loud"}), HasSubstr("expected debug, info, warning"));
  EXPECT_THAT(complaint_about({"zzzzz"}), HasSubstr("ioud --help"));
}

TEST(CommandLine, ComplainsOfWordsTooFewOrTooMany) {
  EXPECT_THAT(complaint_about({}), HasSubstr("a command is missing"));
  EXPECT_THAT(complaint_about({"forget"}), HasSubstr("forget needs ADDRESS"));
  EXPECT_THAT(complaint_about({"once", "more"}), HasSubstr("\"more\" is one word too many"));
  EXPECT_THAT(complaint_about({"once", "-c"}), HasSubstr("-c needs a value"));
  EXPECT_THAT(complaint_about({"--at", "yesterday", "once"}), HasSubstr("found \"yesterday\""));
  EXPECT_THAT(complaint_about({"--at"}), HasSubstr("--at needs a value"));
  EXPECT_THAT(complaint_about({"once", "--log"}), HasSubstr("--log needs a value"));
}

TEST(CommandLine, KeepsTheOptionsOfACommandToItself) {
  EXPECT_THAT(complaint_about({"once", "--mail"}), HasSubstr("belong to detect"));
  EXPECT_THAT(complaint_about({"once", "--rep", "a@b"}), HasSubstr("belongs to detect"));
  EXPECT_THAT(complaint_about({"once", "--offline"}), HasSubstr("belongs to check"));
  EXPECT_THAT(complaint_about({"forget", "a@b", "--reset"}), HasSubstr("belongs to learning"));
  EXPECT_THAT(complaint_about({"learning", "--reset", "--json"}), HasSubstr("exclude each other"));
  EXPECT_THAT(complaint_about({"detect", "--mail", "--event"}), HasSubstr("exclude each other"));
}

TEST(CommandLine, TakesAnyNumberOfFilesToDetectIn) {
  const auto parsed = parse({"detect", "--mail", "--rep", "tom@rep.test", "a.eml", "--", "-b.eml"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->detect_input, DetectInput::mail);
  EXPECT_EQ(parsed->rep, "tom@rep.test");
  EXPECT_THAT(parsed->words, ElementsAre("a.eml", "-b.eml"));
}

TEST(CommandLine, ADashAloneIsAWord) {
  const auto parsed = parse({"detect", "-"});
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->words, ElementsAre("-"));
}

TEST(CommandLine, HelpAndVersionNeedNothingElse) {
  EXPECT_EQ(parse({"--help"})->command, Command::help);
  EXPECT_EQ(parse({"help"})->command, Command::help);
  EXPECT_EQ(parse({"--version"})->command, Command::version);
  const auto of_forget = parse({"forget", "--help"});
  ASSERT_TRUE(of_forget);
  EXPECT_THAT(of_forget->words, ElementsAre("forget"));
  EXPECT_THAT(help_text("forget"), HasSubstr("forget ADDRESS"));
  EXPECT_THAT(version_text(), testing::MatchesRegex("ioud [0-9.]+\n"));
}

TEST(CommandLine, HelpNamesEveryCommandAndExitCode) {
  const std::string text = help_text();
  for (const CommandRow& row : commands())
    EXPECT_THAT(text, HasSubstr("\n  " + std::string(row.name) +
                                (row.arguments.empty() ? "" : " ") + std::string(row.arguments)));
  for (const ExitMeaning& row : exit_meanings)
    EXPECT_THAT(text, HasSubstr(std::string(row.meaning)));
  for (const CommandRow& row : commands()) EXPECT_TRUE(parse({std::string(row.name), "--help"}));
}

}  // namespace
}  // namespace ioud::app
