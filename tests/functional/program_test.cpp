// The program from a shell: every command over one small state, its exit code and what it prints.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "fakes/sample_config.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::functional {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string config = fakes::sample_config(R"([clients]
file = "clients.toml"
[[connector]]
name = "disk"
type = "local"
calendars = [
  { name = "work", path = "work", use = ["read", "meetings"] },
  { name = "IOUs", path = "ious", use = ["proposals"] },
]
mail = { path = "mail", send = "outbox" }
)");

constexpr const char* promise =
    "From: Tom Reyes <tom@rep.test>\r\nTo: Meg Alvarez <meg@acme.test>\r\nSubject: Press down\r\n"
    "Date: Wed, 4 Mar 2026 14:25:00 -0600\r\nMessage-ID: <promise@rep.test>\r\n\r\n"
    "Hi Meg, no problem, I'll drop the part off at your press room on Saturday, no charge.\r\n";

struct Answer {
  int code = -1;
  std::string out;
  std::string err;
};

class Program : public testing::Test {
 protected:
  Program() {
    folder_.write("ioud.toml", config);
    folder_.write("clients.toml",
                  "[[client]]\nname = \"Acme Press\"\nstage = \"customer\"\n"
                  "contacts = [\"meg@acme.test\"]\n");
    for (const char* one : {"work", "ious", "outbox", "mail/cur", "mail/new", "mail/tmp",
                            "mail/.Sent/new", "mail/.Sent/tmp"})
      std::filesystem::create_directories(folder_.path() / one);
    folder_.write("mail/.Sent/cur/1772655900.M1.rep:2,S", promise);
  }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  Answer shell(const std::string& command) const {
    const std::string errors = path("stderr");
    FILE* pipe = ::popen(("HOME=" + path("home") + " " + command + " 2>" + errors).c_str(), "r");
    Answer answer;
    std::array<char, 4096> some{};
    while (const std::size_t count = std::fread(some.data(), 1, some.size(), pipe))
      answer.out.append(some.data(), count);
    const int status = ::pclose(pipe);
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    answer.err = folder_.read("stderr");
    return answer;
  }

  Answer ioud(const std::string& arguments) const {
    return shell(std::string(IOUD_PROGRAM) + " -c " + path("ioud.toml") +
                 " --at 2026-03-04T15:00:00-06:00 " + arguments);
  }

  void make_a_pass() const {
    const Answer pass = ioud("once");
    ASSERT_EQ(pass.code, 0) << pass.err;
  }

  std::vector<std::string> events_about(const std::string& word) const {
    std::vector<std::string> names = folder_.names("ious");
    std::erase_if(names, [&](const std::string& name) {
      return folder_.read("ious/" + name).find(word) == std::string::npos;
    });
    return names;
  }

  json ledger() const { return json::parse(ioud("ledger --json").out); }

  fakes::TemporaryFolder folder_;
};

TEST_F(Program, NeedsNothingToSayWhatItIs) {
  EXPECT_THAT(shell(std::string(IOUD_PROGRAM) + " --version").out, HasSubstr("ioud 0."));
  EXPECT_THAT(shell(std::string(IOUD_PROGRAM) + " --help").out, HasSubstr("usage: ioud"));
  EXPECT_THAT(ioud("forget --help").out, HasSubstr("forget ADDRESS"));
  EXPECT_THAT(ioud("document commands").out, HasSubstr("IOUD(8)"));
}

TEST_F(Program, ExitsAsTheManualSays) {
  EXPECT_EQ(ioud("leger").code, 64);
  EXPECT_EQ(ioud("explain nothing-of-that-name").code, 65);
  std::filesystem::remove(folder_.path() / "ioud.toml");
  for (const char* command : {"once", "check", "status", "ledger", "explain x", "learning",
                              "accept-loss disk", "export a@b.test", "forget a@b.test", "run"}) {
    const Answer answer = ioud(command);
    EXPECT_EQ(answer.code, 78) << command;
    EXPECT_THAT(answer.err, HasSubstr("ioud.toml: cannot be read")) << command;
  }
}

TEST_F(Program, KeepsWhatIsSuddenlyMissingUntilItIsAccepted) {
  for (int i = 0; i < 30; ++i) {
    const std::string name = "call-" + std::to_string(i);
    folder_.write(
        "work/" + name + ".ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nBEGIN:VEVENT\r\nUID:" + name +
            "\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260309T153000Z\r\n"
            "DTEND:20260309T160000Z\r\nSUMMARY:Call\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  }
  make_a_pass();
  EXPECT_EQ(ioud("accept-loss disk").code, 65) << "nothing is missing";
  for (int i = 0; i < 20; ++i)
    std::filesystem::remove(folder_.path() / ("work/call-" + std::to_string(i) + ".ics"));
  make_a_pass();
  const std::string status = ioud("status").out;
  EXPECT_THAT(status, HasSubstr("disk: degraded"));
  EXPECT_THAT(status, HasSubstr("20 of 30"));
  EXPECT_THAT(status, HasSubstr("ioud accept-loss disk work"));
  EXPECT_THAT(ioud("ledger").out, HasSubstr("ioud accept-loss disk work"));
  EXPECT_EQ(ioud("accept-loss disk IOUs").code, 65);
  EXPECT_EQ(ioud("accept-loss other").code, 65);
  const Answer accepted = ioud("accept-loss disk work");
  EXPECT_EQ(accepted.code, 0) << accepted.err;
  EXPECT_THAT(accepted.out, HasSubstr("20 of 30"));
  make_a_pass();
  EXPECT_THAT(ioud("status").out, HasSubstr("disk: ok"));
  EXPECT_THAT(ioud("ledger").out, Not(HasSubstr("accept-loss")));
  EXPECT_EQ(ioud("accept-loss disk").code, 65);
}

TEST_F(Program, SaysOnceThatSeveralMailsWaitForAnAnswer) {
  const auto write = [this](int day) {
    const std::string id = std::to_string(day);
    folder_.write("mail/.Sent/cur/" + id + ":2,S",
                  "From: Tom Reyes <tom@rep.test>\r\nTo: Meg Alvarez <meg@acme.test>\r\n"
                  "Subject: Paper\r\nDate: " +
                      id + " Feb 2026 10:00:00 -0600\r\nMessage-ID: <wait-" + id +
                      "@rep.test>\r\n\r\nHow did the paper turn out?\r\n");
  };
  for (const int day : {23, 24}) write(day);
  make_a_pass();
  EXPECT_THAT(ioud("ledger").out, Not(HasSubstr("for a reply")));
  write(25);
  make_a_pass();
  const std::string told = ioud("ledger").out;
  EXPECT_THAT(told, HasSubstr("3 mails of yours wait for a reply"));
  make_a_pass();
  EXPECT_EQ(ioud("ledger").out, told);
}

TEST_F(Program, TellsOfAPromiseInEveryReport) {
  EXPECT_EQ(ioud("check").code, 0);
  make_a_pass();
  EXPECT_THAT(ioud("status").out, HasSubstr("disk: ok\n"));
  EXPECT_EQ(json::parse(ioud("status --json").out)["connectors"][0]["health"], "ok");
  EXPECT_THAT(ioud("ledger").out, HasSubstr("Acme Press: drop the part off"));
  const json found = ledger();
  ASSERT_EQ(found["favours"].size(), 1U);
  ASSERT_EQ(found["ious"].size(), 1U);
  const Answer why = ioud("explain " + found["ious"][0]["id"].get<std::string>());
  EXPECT_EQ(why.code, 0) << why.err;
  EXPECT_THAT(why.out, HasSubstr("drop the part off"));
  EXPECT_THAT(ioud("explain policy.limits.proposals_per_day").out, HasSubstr("proposals_per_day"));
  EXPECT_EQ(ioud("learning").out, "no answers yet\n");
  EXPECT_EQ(ioud("learning --reset").out, "forgotten: 0 answers\n");
  EXPECT_EQ(json::parse(ioud("export MEG@acme.test").out)["favours"].size(), 1U);
}

TEST_F(Program, ForgetsAPersonForGood) {
  make_a_pass();
  EXPECT_FALSE(events_about("Meg").empty());
  EXPECT_THAT(ioud("forget Meg@acme.test").out, HasSubstr("forgotten: 1 favours, 1 IOUs"));
  make_a_pass();
  EXPECT_TRUE(ledger()["favours"].empty());
  EXPECT_THAT(events_about("Meg"), testing::IsEmpty());
}

TEST_F(Program, DetectsInWhatItIsGiven) {
  const Answer found =
      ioud("detect --mail --rep tom@rep.test " + path("mail/.Sent/cur/1772655900.M1.rep:2,S"));
  EXPECT_EQ(found.code, 0) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\"label\":\"rep_favour\""));
}

TEST_F(Program, ShowsTheSampleFortnight) {
  const Answer demo = ioud("demo " + path("demo"));
  EXPECT_EQ(demo.code, 0) << demo.err;
  EXPECT_THAT(demo.out, HasSubstr(path("demo")));
}

/// `ioud run` in the background; told to end at the latest when this goes.
class Running {
 public:
  Running(const std::string& file, const std::string& log) : child_(::fork()) {
    if (child_ != 0) return;
    ::freopen(log.c_str(), "w", stderr);
    ::execl(IOUD_PROGRAM, IOUD_PROGRAM, "-c", file.c_str(), "--log", "info", "run", nullptr);
    ::_exit(127);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (child_ > 0) end();
  }

  /// The exit code; -1 where a signal ended it.
  int end() {
    ::kill(child_, SIGTERM);
    int status = 0;
    ::waitpid(std::exchange(child_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_;
};

template <class Claim>
bool comes_true(Claim claim) {
  for (int i = 0; i < 600 && !claim(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  return claim();
}

TEST_F(Program, RunsUntilItIsTold) {
  Running daemon(path("ioud.toml"), path("log"));
  EXPECT_TRUE(
      comes_true([&] { return folder_.read("log").find("pass.done") != std::string::npos; }));
  const auto told = std::chrono::steady_clock::now();
  EXPECT_EQ(daemon.end(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - told, std::chrono::seconds{2});
  EXPECT_THAT(folder_.read("log"), Not(HasSubstr("Meg")));
}

TEST_F(Program, ProposesAtOnceAndWaitsBeforeItBelievesADeletion) {
  std::filesystem::remove(folder_.path() / "mail/.Sent/cur/1772655900.M1.rep:2,S");
  Running daemon(path("ioud.toml"), path("log"));
  const auto passes = [&] {
    const std::string log = folder_.read("log");
    std::size_t count = 0;
    for (auto at = log.find("pass.done"); at != std::string::npos;
         at = log.find("pass.done", at + 1))
      ++count;
    return count;
  };
  ASSERT_TRUE(comes_true([&] { return passes() > 0; }));
  std::string mail = promise;
  mail.replace(mail.find("Wed, 4"), std::string_view("Wed, 4 Mar 2026 14:25:00 -0600").size(),
               shell("date -R | tr -d '\\n'").out);
  folder_.write("mail/.Sent/tmp/new", mail);
  const std::string arrived = shell("date +%s | tr -d '\\n'").out;
  std::filesystem::rename(folder_.path() / "mail/.Sent/tmp/new",
                          folder_.path() / ("mail/.Sent/cur/" + arrived + ".M2.rep:2,S"));
  ASSERT_TRUE(comes_true([&] { return !events_about("Sit-down: Meg").empty(); }))
      << folder_.read("log");
  const std::string proposal = "ious/" + events_about("Sit-down: Meg").front();
  const std::string bytes = folder_.read(proposal);
  const std::size_t before = passes();
  std::filesystem::remove(folder_.path() / proposal);
  ASSERT_TRUE(comes_true([&] { return passes() > before; }));
  EXPECT_THAT(events_about("Sit-down: Meg"), testing::IsEmpty()) << "nothing is written twice";
  folder_.write(proposal, bytes);
  EXPECT_EQ(daemon.end(), 0);
  const json ledger = json::parse(
      shell(std::string(IOUD_PROGRAM) + " -c " + path("ioud.toml") + " ledger --json").out);
  EXPECT_EQ(ledger["ious"][0]["state"], "proposed");
}

}  // namespace
}  // namespace ioud::functional
