#include "app/lifecycle.hpp"

#include <gmock/gmock.h>

#include <csignal>
#include <functional>
#include <sstream>

#include "fakes/kept_log.hpp"
#include "fakes/sample_config.hpp"
#include "fakes/temporary_folder.hpp"
#include "net/clock.hpp"

namespace ioud::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Remembers what it was told; a test answers each word with what the outside world does next.
class FakeNotices final : public Notices {
 public:
  void tell(const std::string& lines) override {
    told.push_back(lines);
    if (on_told) on_told(lines);
  }
  std::optional<std::chrono::milliseconds> watchdog() const override { return pace; }

  std::size_t count(const std::string& start) const {
    return static_cast<std::size_t>(
        std::count_if(told.begin(), told.end(),
                      [&start](const std::string& line) { return line.starts_with(start); }));
  }

  std::vector<std::string> told;
  std::function<void(const std::string&)> on_told;
  std::optional<std::chrono::milliseconds> pace;
};

const std::string config = fakes::sample_config(R"([policy.placement]
settle_minutes = 0
)" + fakes::disk_of_proposals);

class Lifecycle : public testing::Test {
 protected:
  Lifecycle() {
    folder_.write("ioud.toml", config);
    std::filesystem::create_directories(folder_.path() / "ious");
  }

  ExitCode run() {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const SessionWish wish{folder_.path() / "ioud.toml", "", "", clock_, log_, steps_};
    const ExitCode code = run_daemon(wish, notices_, {in, out, err});
    err_ = err.str();
    return code;
  }

  fakes::TemporaryFolder folder_;
  net::SystemClock clock_;
  core::NoSteps steps_;
  fakes::KeptLog log_;
  FakeNotices notices_;
  std::string err_;
};

TEST_F(Lifecycle, IsNotReadyWithABadConfig) {
  folder_.write("ioud.toml", std::string(config) + "[polcy]\n");
  EXPECT_EQ(run(), ExitCode::config);
  EXPECT_THAT(err_, HasSubstr("did you mean `policy`?"));
  EXPECT_TRUE(notices_.told.empty());
}

TEST_F(Lifecycle, IsReadyOnceTheStateIsOpenAndStopsWhenTold) {
  for (const int signal : {SIGTERM, SIGINT}) {
    notices_.told.clear();
    notices_.on_told = [&](const std::string& lines) {
      if (!lines.starts_with("READY=1")) return;
      EXPECT_THAT(folder_.names("state"), Contains("ledger.db"));
      std::raise(signal);
    };
    EXPECT_EQ(run(), ExitCode::ok);
    EXPECT_THAT(notices_.told.front(), StartsWith("READY=1\nSTATUS=1 connectors"));
    EXPECT_THAT(notices_.told, Contains("STOPPING=1"));
  }
}

// Waits for ever now and then: the news of the second pass is missed.
TEST_F(Lifecycle, MakesAPassAtTheStartAndOneAfterNews) {
  std::size_t passes = 0;
  notices_.on_told = [&](const std::string& lines) {
    if (!lines.starts_with("STATUS=")) return;
    ++passes;
    // The watch may tell its own beginning and the first file as one piece of news.
    if (passes <= 2)
      folder_.write("ious/foreign-" + std::to_string(passes) + ".ics",
                    "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    if (passes == 3) std::raise(SIGTERM);
  };
  EXPECT_EQ(run(), ExitCode::ok);
  EXPECT_EQ(passes, 3U);
}

TEST_F(Lifecycle, AGoodConfigIsTakenOverOnSighup) {
  notices_.on_told = [&](const std::string& lines) {
    if (notices_.count("READY=1") == 1 && lines.starts_with("STATUS=")) std::raise(SIGHUP);
    if (notices_.count("READY=1") == 2) std::raise(SIGTERM);
  };
  EXPECT_EQ(run(), ExitCode::ok);
  EXPECT_EQ(notices_.count("RELOADING=1"), 1U);
  EXPECT_THAT(log_.lines, Contains("config.taken_over connectors=1"));
}

TEST_F(Lifecycle, ABadConfigIsRefusedAndTheOldOneGoesOn) {
  std::size_t passes_after = 0;
  notices_.on_told = [&](const std::string& lines) {
    const bool passed = lines.starts_with("STATUS=");
    if (notices_.count("READY=1") == 1 && passed && notices_.count("RELOADING=1") == 0) {
      folder_.write("ioud.toml", std::string(config) + "[policy.limits]\nproposals = \"Meg\"\n");
      std::raise(SIGHUP);
    }
    if (notices_.count("READY=1") == 2 && passed && ++passes_after == 1) std::raise(SIGTERM);
  };
  EXPECT_EQ(run(), ExitCode::ok);
  EXPECT_EQ(passes_after, 1U);
  EXPECT_THAT(
      log_.lines,
      Contains("config.refused place=" + (folder_.path() / "ioud.toml").string() + ":17:1"));
  EXPECT_THAT(log_.lines, Not(Contains(HasSubstr("Meg"))));
  EXPECT_THAT(log_.lines, Contains("config.kept_old fault=config"));
  EXPECT_THAT(notices_.told, Contains(HasSubstr("the new config was refused")));
}

TEST_F(Lifecycle, GivesASignOfLifeTwiceAsOftenAsAsked) {
  notices_.pace = std::chrono::milliseconds(20);
  notices_.on_told = [&](const std::string&) {
    if (notices_.count("WATCHDOG=1") == 3 && notices_.count("READY=1") == 1) std::raise(SIGTERM);
  };
  EXPECT_EQ(run(), ExitCode::ok);
  EXPECT_GE(notices_.count("WATCHDOG=1"), 3U);
}

}  // namespace
}  // namespace ioud::app
