#include "connectors/local/watch.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using fakes::TemporaryFolder;
using std::chrono::milliseconds;

constexpr WatchPace fast{milliseconds(10), milliseconds(100), milliseconds(20)};
constexpr milliseconds long_enough{5000};
constexpr milliseconds a_while{80};

/// Waits for news for at most so long, and cancels the wait where none comes.
class Listener {
 public:
  explicit Listener(std::unique_ptr<News> news) : news_(std::move(news)) {}

  /// True where news came within the time.
  bool hears(milliseconds time) {
    asio::cancellation_signal cancel;
    bool has_come = false;
    timer_.expires_after(time);
    timer_.async_wait([&](boost::system::error_code error) {
      if (!error) cancel.emit(asio::cancellation_type::terminal);
    });
    asio::co_spawn(loop_, news_->wait(),
                   asio::bind_cancellation_slot(cancel.slot(), [&](const std::exception_ptr& thrown,
                                                                   const core::Result<bool>& told) {
                     has_come = !thrown && told.has_value();
                     timer_.cancel();
                   }));
    loop_.restart();
    loop_.run();
    return has_come;
  }

 private:
  asio::io_context loop_{1};
  asio::steady_timer timer_{loop_};
  std::unique_ptr<News> news_;
};

class WatchTest : public testing::Test {
 protected:
  WatchTest() {
    fs::create_directories(files_.path() / "calendar");
    fs::create_directories(files_.path() / "mail/new");
    fs::create_directories(files_.path() / "mail/cur");
  }
  Watched all() const {
    return {{files_.path() / "calendar", files_.path() / "missing/deep"}, {files_.path() / "mail"}};
  }
  TemporaryFolder files_;
};

TEST_F(WatchTest, IsSilentWhereNothingChanges) {
  Listener listener(watch(all(), fast));
  EXPECT_TRUE(listener.hears(long_enough)) << "the first wait tells that the watches stand";
  EXPECT_FALSE(listener.hears(a_while));
}

TEST_F(WatchTest, HearsChangesRenamesAndRemovals) {
  Listener made(watch(all(), fast));
  ASSERT_TRUE(made.hears(long_enough));
  files_.write("calendar/a.ics", "x");
  EXPECT_TRUE(made.hears(long_enough));
  EXPECT_FALSE(made.hears(a_while)) << "a burst is told once";
  fs::rename(files_.path() / "calendar/a.ics", files_.path() / "calendar/b.ics");
  EXPECT_TRUE(made.hears(long_enough));
  fs::remove(files_.path() / "calendar/b.ics");
  EXPECT_TRUE(made.hears(long_enough));
  files_.write("mail/new/1.1.h", "x");
  EXPECT_TRUE(made.hears(long_enough));
}

TEST_F(WatchTest, ChangesBetweenTwoWaitsAreNotLost) {
  Listener made(watch(all(), fast));
  ASSERT_TRUE(made.hears(long_enough));
  files_.write("calendar/a.ics", "x");
  files_.write("calendar/b.ics", "x");
  EXPECT_TRUE(made.hears(long_enough));
}

TEST_F(WatchTest, TemporaryFilesAreNoNews) {
  Listener made(watch(all(), fast));
  ASSERT_TRUE(made.hears(long_enough));
  files_.write("calendar/.ioud-abcdef.tmp", "x");
  EXPECT_FALSE(made.hears(a_while));
}

TEST_F(WatchTest, FollowsFoldersThatComeAndGo) {
  Listener made(watch(all(), fast));
  ASSERT_TRUE(made.hears(long_enough));
  fs::remove_all(files_.path() / "calendar");
  EXPECT_TRUE(made.hears(long_enough));
  fs::create_directories(files_.path() / "calendar");
  EXPECT_TRUE(made.hears(long_enough));
  files_.write("calendar/a.ics", "x");
  EXPECT_TRUE(made.hears(long_enough));
  fs::create_directories(files_.path() / "missing");
  EXPECT_TRUE(made.hears(long_enough));
  fs::create_directories(files_.path() / "missing/deep");
  EXPECT_TRUE(made.hears(long_enough));
  files_.write("missing/deep/a.ics", "x");
  EXPECT_TRUE(made.hears(long_enough));
}

TEST_F(WatchTest, FollowsNewMailFolders) {
  Listener made(watch(all(), fast));
  ASSERT_TRUE(made.hears(long_enough));
  fs::create_directories(files_.path() / "mail/.Project/cur");
  EXPECT_TRUE(made.hears(long_enough));
  files_.write("mail/.Project/cur/1.1.h:2,S", "x");
  EXPECT_TRUE(made.hears(long_enough));
}

TEST_F(WatchTest, PollsWhereTheFoldersAreTooMany) {
  WatchPace pace = fast;
  pace.most_folders = 1;
  Listener made(watch(all(), pace));
  EXPECT_TRUE(made.hears(long_enough));
  EXPECT_TRUE(made.hears(long_enough)) << "nothing changed, and yet the engine is told to look";
}

TEST_F(WatchTest, APollTellsAtItsPace) {
  Listener made(poll(milliseconds(5)));
  EXPECT_TRUE(made.hears(long_enough));
  EXPECT_TRUE(made.hears(long_enough));
  Listener slow(poll(long_enough));
  EXPECT_FALSE(slow.hears(a_while));
}

}  // namespace
}  // namespace ioud::connectors::local
