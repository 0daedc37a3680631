// The commands that need no state, as a person at the shell meets them.

#include <gmock/gmock.h>

#include <sstream>

#include "app/check_command.hpp"
#include "app/detect_command.hpp"
#include "fakes/sample_config.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::app {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What a command printed, and how it ended.
struct Answer {
  ExitCode code = ExitCode::ok;
  std::string out;
  std::string err;
};

template <class Run>
Answer answer(Run run, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = run(Terminal{in, out, err});
  return {code, out.str(), err.str()};
}

const std::string config = fakes::sample_config(R"([clients]
file = "clients.toml"
)" + fakes::disk_of_proposals);

class CheckCommand : public testing::Test {
 protected:
  CheckCommand() {
    folder_.write("ioud.toml", config);
    folder_.write("clients.toml", "[[client]]\nname = \"Acme\"\n");
    std::filesystem::create_directories(folder_.path() / "ious");
  }
  Answer check(bool offline = false) const {
    return answer([&](Terminal terminal) {
      return app::check({folder_.path() / "ioud.toml", "", "", offline}, terminal);
    });
  }
  fakes::TemporaryFolder folder_;
};

TEST_F(CheckCommand, AGoodConfigIsTriedAndNothingIsWritten) {
  const Answer tried = check();
  EXPECT_EQ(tried.code, ExitCode::ok) << tried.err;
  EXPECT_THAT(tried.out, HasSubstr("disk: ok\n"));
  EXPECT_THAT(tried.out, HasSubstr("ok, 1 connector, 1 client\n"));
  EXPECT_TRUE(folder_.names("state").empty());
  EXPECT_TRUE(folder_.names("ious").empty());
}

TEST_F(CheckCommand, OfflineLeavesTheConnectorsUntried) {
  std::filesystem::remove(folder_.path() / "ious");
  const Answer offline = check(true);
  EXPECT_EQ(offline.code, ExitCode::ok) << offline.err;
  EXPECT_THAT(offline.out, Not(HasSubstr("disk: ok")));
}

TEST_F(CheckCommand, WhatIsNoFolderIsNamedWithItsPlaceInTheConfig) {
  std::filesystem::remove(folder_.path() / "ious");
  folder_.write("ious", "a file");
  const Answer online = check();
  EXPECT_NE(online.code, ExitCode::ok);
  EXPECT_THAT(online.err, HasSubstr("ioud.toml:15:"));
}

TEST_F(CheckCommand, EverythingWrongIsToldAtOnce) {
  folder_.write("ioud.toml", std::string(config) +
                                 "[policy.limits]\nproposals_a_day = 5\n"
                                 "[policy.hours]\nholiday_files = [\"none.ics\"]\n"
                                 "[[connector]]\nname = \"web\"\ntype = \"locl\"\n");
  folder_.write("clients.toml", "[[client]]\nname = \"Acme\"\nstage = \"cold\"\n");
  const Answer bad = check();
  EXPECT_EQ(bad.code, ExitCode::config);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("proposals_per_day"));
  EXPECT_THAT(bad.err, HasSubstr("there is no such file"));
  EXPECT_THAT(bad.err, HasSubstr("did you mean \"local\"?"));
  EXPECT_THAT(bad.err, HasSubstr("clients.toml:3:9: "));
}

TEST_F(CheckCommand, WithoutAConfigThereIsOneComplaint) {
  std::filesystem::remove(folder_.path() / "ioud.toml");
  const Answer missing = check();
  EXPECT_EQ(missing.code, ExitCode::config);
  EXPECT_THAT(missing.err, HasSubstr("ioud.toml: cannot be read: No such file"));
}

class DetectCommand : public testing::Test {
 protected:
  Answer detect(DetectInput input, const std::string& file, const std::string& text) const {
    folder_.write(file, text);
    return answer([&](Terminal terminal) {
      return app::detect({input, "tom@rep.test", "", {(folder_.path() / file).string()}}, terminal);
    });
  }
  static std::string mail(const std::string& more, const std::string& from = "tom@rep.test",
                          const std::string& to = "Meg Alvarez <meg@acme.test>") {
    return "From: " + from + "\r\nTo: " + to +
           "\r\nDate: Wed, 4 Mar 2026 14:25:00 -0600\r\nMessage-ID: <1@rep.test>\r\n" + more +
           "\r\n\r\nI will fetch the roller first thing Saturday and bring it straight to your "
           "press room, no charge.\r\n";
  }
  fakes::TemporaryFolder folder_;
};

TEST_F(DetectCommand, FindsThePromiseInAMail) {
  const Answer found = detect(DetectInput::mail, "a.eml", mail("Subject: Press"));
  EXPECT_EQ(found.code, ExitCode::ok) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\"label\":\"rep_favour\""));
  EXPECT_THAT(found.out, HasSubstr("fetch the roller"));
  EXPECT_THAT(found.out, HasSubstr("\"time\":\"2026-03-07\""));
  EXPECT_THAT(found.out, HasSubstr("a.eml\""));
}

TEST_F(DetectCommand, ReadsNeitherBulkNorAutomaticMailNorThatOfColleagues) {
  for (const std::string& unread :
       {mail("List-Unsubscribe: <https://x.test>"), mail("Auto-Submitted: auto-replied"),
        mail("Subject: x", "tom@rep.test", "ann@rep.test"),
        mail("Subject: x", "ann@rep.test", "meg@acme.test, tom@rep.test")}) {
    const Answer found = detect(DetectInput::mail, "a.eml", unread);
    EXPECT_EQ(found.code, ExitCode::ok) << found.err;
    EXPECT_THAT(found.out, HasSubstr("\"detections\":[]")) << unread;
  }
}

std::string event(const std::string& more) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" +
         std::string(more.starts_with("METHOD") ? more + "\r\n" : "") +
         "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260304T150000Z\r\n"
         "DTEND:20260304T160000Z\r\nSUMMARY:Review\r\n"
         "ATTENDEE;CN=Tom Reyes:mailto:tom@rep.test\r\n"
         "ATTENDEE;CN=Meg Alvarez:mailto:meg@acme.test\r\n"
         "DESCRIPTION:- Tom to lend them the demo label printer until theirs is back\r\n" +
         (more.starts_with("METHOD") || more.empty() ? "" : more + "\r\n") +
         "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

TEST_F(DetectCommand, NotesWithoutATimeAreOfTheEventsDay) {
  const Answer found = detect(DetectInput::event, "a.ics", event(""));
  EXPECT_EQ(found.code, ExitCode::ok) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\"label\":\"rep_favour\""));
  EXPECT_THAT(found.out, HasSubstr("\"time\":\"2026-03-04\""));
}

TEST_F(DetectCommand, ReadsNoPrivateCancelledOrAnsweredEvent) {
  for (const char* unread : {"CLASS:PRIVATE", "STATUS:CANCELLED", "METHOD:REPLY"}) {
    const Answer found = detect(DetectInput::event, "a.ics", event(unread));
    EXPECT_EQ(found.code, ExitCode::ok) << found.err;
    EXPECT_THAT(found.out, HasSubstr("\"detections\":[]")) << unread;
  }
}

TEST_F(DetectCommand, AnswersEachLineInOrderAndNamesBadOnes) {
  const Answer found = answer(
      [](Terminal terminal) { return app::detect({DetectInput::jsonl, "", "", {}}, terminal); },
      "{\"id\": \"1\", \"context\": \"mail_sent\", \"author\": \"rep\", \"text\": \"I will fetch "
      "the roller first thing Saturday and bring it straight to your press room, no charge.\"}\n\n"
      "no json\n{\"id\": \"2\", \"text\": \"Thanks!\"}\n");
  EXPECT_EQ(found.code, ExitCode::data);
  EXPECT_LT(found.out.find("\"id\":\"1\""), found.out.find("\"id\":\"2\""));
  EXPECT_THAT(found.out, HasSubstr("rep_favour"));
  EXPECT_THAT(found.err, HasSubstr("-: line 3: "));
}

TEST_F(DetectCommand, WhatCannotBeReadCostsNothingOfTheRest) {
  folder_.write("good.eml", mail("Subject: x"));
  folder_.write("bad.eml", "no mail at all");
  const std::string root = folder_.path().string();
  for (const DetectInput input : {DetectInput::mail, DetectInput::event}) {
    const Answer found = answer([&](Terminal terminal) {
      return app::detect(
          {input, "tom@rep.test", "", {root + "/bad.eml", root + "/none.eml", root + "/good.eml"}},
          terminal);
    });
    EXPECT_EQ(found.code, ExitCode::data);
    EXPECT_THAT(found.err, HasSubstr("bad.eml"));
    EXPECT_THAT(found.err, HasSubstr("none.eml: cannot be read"));
    EXPECT_THAT(found.out, HasSubstr("good.eml"));
  }
}

}  // namespace
}  // namespace ioud::app
