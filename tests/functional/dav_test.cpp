// The whole job with the calendars and cards on real servers, and the real program killed around
// each of its writes.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "fakes/fault_proxy.hpp"
#include "fakes/may_skip.hpp"
#include "functional/dav_world.hpp"
#include "functional/stories.hpp"

extern char** environ;

namespace ioud::functional {
namespace {

using fakes::FaultProxy;
using testing::Contains;
using testing::IsEmpty;

/// A server by name, and whether its test goes on: a server that is missing skips it where that may
/// be, and fails it elsewhere.
class OnServer : public testing::Test {
 protected:
  void find(const std::string& name) {
    server_ = fakes::dav_server(name);
    if (!server_ && fakes::may_skip()) GTEST_SKIP() << name << " is not installed";
    ASSERT_TRUE(server_) << name << " was not started";
  }
  std::optional<fakes::DavServer> server_;
};

class DavStory : public OnServer, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override { find(GetParam()); }
};

void tell_as_in_folders(const Story& story, const fakes::DavServer& server) {
  World folders;
  DavWorld dav(server);
  core::NoSteps steps;
  for (const Moment& moment : story.moments) {
    moment.happens(folders);
    folders.pass(moment.at, steps);
    moment.happens(dav.world);
    dav.pass(moment.at, steps);
    ASSERT_EQ(difference(events_of(folders), events_of(dav.world)), "");
    ASSERT_EQ(dav.world.outbox().size(), folders.outbox().size());
    EXPECT_EQ(dav.world.open_intents(), 0U);
    const auto again = dav.pass(moment.at, steps);
    EXPECT_EQ(again.written + again.sent, 0U) << "a second pass wrote something";
  }
}

TEST_P(DavStory, ThePartGoesAsItDoesInFolders) { tell_as_in_folders(the_part(), *server_); }

TEST_P(DavStory, TheNumbersGoAsTheyDoInFolders) { tell_as_in_folders(the_numbers(), *server_); }

TEST_P(DavStory, ADeletedCacheWritesNothing) {
  DavWorld dav(*server_);
  core::NoSteps steps;
  const Story story = the_part();
  story.moments.front().happens(dav.world);
  dav.pass(story.moments.front().at, steps);
  const Picture before = events_of(dav.world);
  std::filesystem::remove_all(dav.world.root() / "state/cache");
  EXPECT_EQ(dav.pass(story.moments.front().at, steps).written, 0U);
  EXPECT_EQ(difference(before, events_of(dav.world)), "");
}

INSTANTIATE_TEST_SUITE_P(Every, DavStory, testing::Values("radicale", "xandikos", "cyrus", "sabre"),
                         [](const auto& name) { return name.param; });

/// A rep with many clients' birthdays: one pass writes an event for each.
class Birthdays {
 public:
  static constexpr int at_first = 15;
  static constexpr int writes_of_the_change = 25;

  Birthdays(const fakes::DavServer& server, const std::string& address) : dav_(server, address) {
    std::ofstream clients(dav_.world.root() / "clients.toml");
    clients << "[[client]]\nname = \"Many\"\nstage = \"customer\"\ncontacts = [";
    for (int i = 0; i < 40; ++i) clients << "\"c" << i << "@many.test\", ";
    clients << "]\n";
    for (const char* name : {"meg", "karen", "omar"}) {
      std::filesystem::remove(dav_.world.root() / "contacts/cards" / (std::string(name) + ".vcf"));
    }
    for (int i = 0; i < at_first; ++i) card(i, "Client", 1 + i);
    dav_.upload();
  }

  /// 10 new, 10 changed, 5 removed.
  void change() {
    for (int i = 0; i < 5; ++i) {
      std::filesystem::remove(path(i));
    }
    for (int i = 5; i < 15; ++i) card(i, "Renamed", 1 + i);
    for (int i = 15; i < 25; ++i) card(i, "Client", 1 + i);
    dav_.upload();
  }

  /// `ioud once` as a process of its own; true where it came to its end.
  bool run(FaultProxy& proxy) {
    const std::string config = (dav_.world.root() / "ioud.toml").string();
    std::vector<std::string> words = {
        IOUD_PROGRAM, "-c", config, "--at", "2026-01-15T08:00:00-06:00", "once"};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    const std::string log = (dav_.world.root() / "log").string();
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                       O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t id = 0;
    const int error =
        ::posix_spawn(&id, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("ioud cannot be started");
    proxy.watch(id);
    int status = 0;
    ::waitpid(id, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  Picture events() {
    dav_.download();
    return events_of(dav_.world);
  }
  const World& world() const { return dav_.world; }

 private:
  std::filesystem::path path(int i) const {
    return dav_.world.root() / "contacts/cards" / ("c" + std::to_string(i) + ".vcf");
  }
  void card(int i, const std::string& name, int day) const {
    const std::string number = std::to_string(i);
    const std::string address = "c" + number + "@many.test";
    std::ofstream(path(i), std::ios::binary)
        << "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:" << address << "\r\nFN:" << name << " " << number
        << "\r\nN:" << number << ";" << name << ";;;\r\nEMAIL:" << address << "\r\nBDAY:1980-0"
        << 6 + day / 28 << "-" << (day % 28 < 9 ? "0" : "") << 1 + day % 28 << "\r\nEND:VCARD\r\n";
  }

  DavWorld dav_;
};

/// Where the program is killed, and whether the server stores other bytes than it was sent.
struct Kill {
  const char* name;
  FaultProxy::Fault fault;
  bool rewrites;
};

class DavKill : public OnServer, public testing::WithParamInterface<Kill> {
 protected:
  void SetUp() override { find("cyrus"); }

  /// What stands after all changes when nobody is killed.
  Picture undisturbed(FaultProxy& proxy) {
    Birthdays rep(*server_, proxy.url());
    EXPECT_TRUE(rep.run(proxy));
    rep.change();
    proxy.fail(FaultProxy::Fault::none, 0);
    EXPECT_TRUE(rep.run(proxy));
    EXPECT_EQ(proxy.writes(), std::size_t{Birthdays::writes_of_the_change});
    return rep.events();
  }
};

TEST_P(DavKill, AtEachOf25WritesNothingIsLostOrDoubled) {
  FaultProxy proxy(*server_);
  proxy.rewrite_bodies(GetParam().rewrites);
  const Picture expected = undisturbed(proxy);
  ASSERT_EQ(expected.size(), 20U);
  for (std::size_t write = 1; write <= Birthdays::writes_of_the_change; ++write) {
    SCOPED_TRACE("killed at write " + std::to_string(write));
    Birthdays rep(*server_, proxy.url());
    proxy.fail(FaultProxy::Fault::none, 0);
    ASSERT_TRUE(rep.run(proxy));
    rep.change();
    proxy.fail(GetParam().fault, write);
    ASSERT_FALSE(rep.run(proxy));
    proxy.fail(FaultProxy::Fault::none, 0);
    ASSERT_TRUE(rep.run(proxy));
    ASSERT_EQ(difference(expected, rep.events()), "");
    EXPECT_EQ(rep.world().open_intents(), 0U);
    proxy.fail(FaultProxy::Fault::none, 0);
    ASSERT_TRUE(rep.run(proxy));
    EXPECT_EQ(proxy.writes(), 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cyrus, DavKill,
    testing::Values(Kill{"before", FaultProxy::Fault::kill_before, false},
                    Kill{"after", FaultProxy::Fault::kill_after, false},
                    Kill{"before_rewriting", FaultProxy::Fault::kill_before, true},
                    Kill{"after_rewriting", FaultProxy::Fault::kill_after, true}),
    [](const auto& one) { return one.param.name; });

class DavLost : public DavStory {};

TEST_P(DavLost, RepliesAndRequestsAreMadeGoodInOnePass) {
  FaultProxy proxy(*server_);
  Picture expected;
  {
    Birthdays undisturbed(*server_, proxy.url());
    ASSERT_TRUE(undisturbed.run(proxy));
    expected = undisturbed.events();
  }
  for (const std::size_t write : {3U, 8U, 17U}) {
    Birthdays rep(*server_, proxy.url());
    proxy.fail(FaultProxy::Fault::lose_reply, write);
    ASSERT_TRUE(rep.run(proxy)) << write;
    EXPECT_EQ(difference(expected, rep.events()), "") << write;
  }
}

INSTANTIATE_TEST_SUITE_P(Every, DavLost, testing::Values("radicale", "xandikos", "cyrus", "sabre"),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace ioud::functional
