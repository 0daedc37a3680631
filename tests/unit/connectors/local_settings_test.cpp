#include "connectors/local/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/local/probe.hpp"
#include "connectors/registry.hpp"
#include "fakes/run_task.hpp"
#include "fakes/setting_tree.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

using fakes::SettingTree;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LocalSettings : public testing::Test {
 protected:
  LocalSettings() {
    surroundings_.folder = "/rep";
    surroundings_.home = "/home/tom";
  }
  Setting calendar(const std::string& name, const std::string& path,
                   const std::vector<std::string>& uses) {
    return t_.table({{"name", t_.text(name)}, {"path", t_.text(path)}, {"use", t_.texts(uses)}});
  }
  Setting connector(std::vector<std::pair<std::string, Setting>> more) {
    more.insert(more.begin(), {{"name", t_.text("disk")}, {"type", t_.text("local")}});
    return t_.table(std::move(more));
  }
  std::vector<std::string> wrong_with(const Setting& setting) {
    std::vector<std::string> texts;
    const auto read = read_settings(setting, surroundings_);
    if (read) return texts;
    for (const auto& error : read.error()) {
      EXPECT_THAT(error.place, testing::StartsWith("ioud.toml:"));
      texts.push_back(error.text);
    }
    return texts;
  }

  SettingTree t_;
  Surroundings surroundings_;
};

TEST_F(LocalSettings, ReadsCalendarsBooksAndMail) {
  const auto read = read_settings(
      connector({{"calendars", t_.list({calendar("work", "calendars/work", {"read", "meetings"}),
                                        calendar("IOUs", "/abs/ious/", {"proposals"}),
                                        calendar("home", "~/calendars/home", {"busy"})})},
                 {"contacts", t_.list({t_.table({{"name", t_.text("cards")},
                                                 {"path", t_.text("./c/../cards")}})})},
                 {"mail", t_.table({{"path", t_.text("mail")},
                                    {"send", t_.text("outbox")},
                                    {"drafts", t_.text("Entwürfe")},
                                    {"skip", t_.texts({"Lists"})}})}}),
      surroundings_);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->calendars.size(), 3U);
  EXPECT_EQ(read->calendars[0].folder.path, "/rep/calendars/work");
  EXPECT_EQ(read->calendars[1].folder.path, "/abs/ious");
  EXPECT_EQ(read->calendars[2].folder.path, "/home/tom/calendars/home");
  EXPECT_THAT(read->calendars[0].calendar.uses, ElementsAre(Use::read, Use::meetings));
  EXPECT_EQ(read->books[0].folder.path, "/rep/cards");
  EXPECT_EQ(read->mail->folder.path, "/rep/mail");
  EXPECT_EQ(read->mail->outbox->path, "/rep/outbox");
  EXPECT_EQ(read->mail->sent, "Sent");
  EXPECT_EQ(read->mail->drafts, "Entwürfe");
  EXPECT_THAT(read->mail->skip, ElementsAre("Lists"));
}

TEST_F(LocalSettings, KnowsWhatIsOurs) {
  EXPECT_FALSE(is_ours({"work", {Use::read, Use::busy}}));
  EXPECT_TRUE(is_ours({"work", {Use::read, Use::meetings}}));
  EXPECT_FALSE(is_ours_alone({"work", {Use::read, Use::meetings}}));
  EXPECT_TRUE(is_ours_alone({"IOUs", {Use::proposals, Use::occasions}}));
}

TEST_F(LocalSettings, NamesAnUnknownUse) {
  EXPECT_THAT(wrong_with(connector({{"calendars", t_.list({calendar("a", "a", {"proposal"})})}})),
              ElementsAre(AllOf(HasSubstr("cannot be \"proposal\""),
                                HasSubstr("did you mean \"proposals\"?"))));
}

TEST_F(LocalSettings, NamesAMissingPathAndAnEmptyOne) {
  EXPECT_THAT(wrong_with(connector({{"mail", t_.table({})}})),
              ElementsAre(HasSubstr("`path` is missing")));
  EXPECT_THAT(wrong_with(connector({{"mail", t_.table({{"path", t_.text("")}})}})),
              ElementsAre(HasSubstr("the path is empty")));
}

TEST_F(LocalSettings, NamesMustDifferAndSoMustFolders) {
  EXPECT_THAT(
      wrong_with(connector(
          {{"calendars", t_.list({calendar("a", "a", {"read"}), calendar("a", "b", {"read"})})}})),
      ElementsAre(HasSubstr("named \"a\" already, at ioud.toml:1:9")));
  EXPECT_THAT(wrong_with(connector({{"calendars", t_.list({calendar("a", "a", {"read"}),
                                                           calendar("b", "./a/", {"busy"})})}})),
              ElementsAre(HasSubstr("is a calendar already")));
  const auto book = [&] {
    return t_.table({{"name", t_.text("cards")}, {"path", t_.text("cards")}});
  };
  EXPECT_THAT(wrong_with(connector({{"contacts", t_.list({book(), book()})}})),
              ElementsAre(HasSubstr("an address book named \"cards\"")));
}

TEST_F(LocalSettings, NamesWhatHasNoSense) {
  EXPECT_THAT(wrong_with(connector({})), ElementsAre(HasSubstr("no calendars, no contacts")));
  EXPECT_THAT(wrong_with(connector({{"calendars", t_.list({calendar("", "a", {})})}})),
              ElementsAre(HasSubstr("`name` is empty"), HasSubstr("`use` is empty")));
  EXPECT_THAT(wrong_with(connector(
                  {{"mail", t_.table({{"path", t_.text("m")}, {"sent", t_.text(".Sent")}})}})),
              ElementsAre(HasSubstr("write the folder's name alone")));
  EXPECT_THAT(wrong_with(t_.table({{"name", t_.text("")},
                                   {"type", t_.text("local")},
                                   {"mail", t_.table({{"path", t_.text("m")}})}})),
              ElementsAre(HasSubstr("`name` is empty")));
}

TEST_F(LocalSettings, ATildeNeedsAHome) {
  surroundings_.home.clear();
  EXPECT_THAT(wrong_with(connector({{"mail", t_.table({{"path", t_.text("~/mail")}})}})),
              ElementsAre(HasSubstr("write the whole path")));
}

TEST_F(LocalSettings, MakesOnlyThePortsThatAreConfigured) {
  const auto reading =
      make(connector({{"calendars", t_.list({calendar("a", "a", {"read"})})}}), surroundings_);
  ASSERT_TRUE(reading.has_value());
  EXPECT_NE(reading->calendar_source, nullptr);
  EXPECT_EQ(reading->calendar_sink, nullptr);
  EXPECT_EQ(reading->contact_source, nullptr);
  EXPECT_EQ(reading->mail_source, nullptr);
  EXPECT_NE(reading->news, nullptr);
  const auto mail =
      make(connector({{"mail", t_.table({{"path", t_.text("mail")}})}}), surroundings_);
  ASSERT_TRUE(mail.has_value());
  EXPECT_NE(mail->draft_box, nullptr);
  EXPECT_EQ(mail->mail_sink, nullptr);
}

TEST_F(LocalSettings, MakingAConnectorTouchesNoDisk) {
  const fakes::TemporaryFolder files;
  surroundings_.folder = files.path();
  ASSERT_TRUE(
      make(
          connector({{"calendars", t_.list({calendar("a", "a", {"proposals"})})},
                     {"mail", t_.table({{"path", t_.text("mail")}, {"send", t_.text("outbox")}})}}),
          surroundings_)
          .has_value());
  EXPECT_THAT(files.names("."), IsEmpty());
}

TEST_F(LocalSettings, ProbeFindsEachFolderThatIsNotReady) {
  const fakes::TemporaryFolder files;
  surroundings_.folder = files.path();
  files.write("file", "x");
  files.write("mail/Inbox/x", "x");
  const auto connector_made = make(
      connector(
          {{"calendars",
            t_.list({calendar("work", "work", {"read"}),
                     calendar("IOUs", "new/ious", {"proposals"}), calendar("bad", "file", {"busy"}),
                     calendar("stuck", "file/x", {"occasions"})})},
           {"contacts",
            t_.list({t_.table({{"name", t_.text("cards")}, {"path", t_.text("cards")}})})},
           {"mail", t_.table({{"path", t_.text("mail")}, {"send", t_.text("file/outbox")}})}}),
      surroundings_);
  ASSERT_TRUE(connector_made.has_value());
  const auto troubles = fakes::run(connector_made->probe());
  std::vector<std::string> texts;
  for (const auto& trouble : troubles) {
    EXPECT_THAT(trouble.place, testing::StartsWith("ioud.toml:"));
    texts.push_back(trouble.text);
  }
  EXPECT_THAT(texts, ElementsAre(AllOf(HasSubstr("work does not exist"), HasSubstr("create it")),
                                 HasSubstr("is no folder"), HasSubstr("cannot be written"),
                                 HasSubstr("contacts folder"), HasSubstr("this is no Maildir"),
                                 HasSubstr("outbox folder")));
  EXPECT_THAT(files.names("."), ElementsAre("file", "mail"));
}

TEST(Registry, KnowsItsKinds) {
  for (const char* name : {"local", "memory", "caldav", "carddav", "mail"})
    EXPECT_NE(find_kind(name).value_or(nullptr), nullptr) << name;
  EXPECT_EQ(find_kind("imap9").value(), nullptr);
  for (const Kind* kind : kinds()) {
    EXPECT_FALSE(kind->help.empty());
    EXPECT_NE(find_option(kind->options, "name"), nullptr);
    EXPECT_NE(find_option(kind->options, "type"), nullptr);
    for (const Option& option : kind->options) EXPECT_FALSE(option.help.empty()) << option.path;
  }
}

TEST(Registry, NamesAnUnknownOrMissingType) {
  SettingTree t;
  const Setting misspelt = t.table({{"name", t.text("x")}, {"type", t.text("lokal")}});
  const auto first = make(misspelt, {});
  ASSERT_FALSE(first.has_value());
  EXPECT_EQ(first.error().front().place, "ioud.toml:2:9");
  EXPECT_THAT(first.error().front().text, HasSubstr("did you mean \"local\"?"));
  const auto second = make(t.table({{"name", t.text("x")}}), {});
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().front().text,
              HasSubstr("known types: local, memory, caldav, carddav, jmap, mail"));
}

TEST(Registry, MakesAMemoryConnector) {
  SettingTree t;
  const Setting settings =
      t.table({{"name", t.text("m")},
               {"type", t.text("memory")},
               {"calendars",
                t.list({t.table({{"name", t.text("IOUs")}, {"use", t.texts({"proposals"})}})})},
               {"contacts", t.texts({"cards"})}});
  const auto connector = make(settings, {});
  ASSERT_TRUE(connector.has_value());
  EXPECT_EQ(connector->name, "m");
  EXPECT_EQ(connector->calendars.front().uses, std::set<Use>{Use::proposals});
  EXPECT_TRUE(fakes::run(connector->contact_source->pull("cards", {})).has_value());
  EXPECT_FALSE(make(t.table({{"type", t.text("memory")}}), {}).has_value());
}

}  // namespace
}  // namespace ioud::connectors::local
