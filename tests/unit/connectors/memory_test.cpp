#include "connectors/memory/connector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "fakes/approved.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::memory {
namespace {

using core::Fault;
using Position = fakes::KeptPosition;
using testing::ElementsAre;
using testing::IsEmpty;

class MemoryTest : public testing::Test {
 protected:
  core::Result<Changes<Item>> pull(Position from = {}) {
    return fakes::run(connector_.calendar_source->pull("IOUs", std::move(from)));
  }
  core::Result<Stored> put(const std::string& uid) {
    return fakes::run(connector_.calendar_sink->put({"IOUs", uid, "", "", "UID:" + uid + "\n"}));
  }

  std::shared_ptr<Store> store_ = std::make_shared<Store>();
  Connector connector_ = connect("memory", {{"IOUs", {Use::proposals}}}, {"cards"}, store_);
};

TEST_F(MemoryTest, FailsAsOftenAsToldAndChangesNothing) {
  store_->script.failures = 2;
  store_->script.failure.fault = Fault::throttled;
  EXPECT_EQ(pull().error().fault, Fault::throttled);
  EXPECT_EQ(fakes::run(connector_.probe()).size(), 1U);
  EXPECT_EQ(put("a").error().fault, Fault::throttled);
  EXPECT_THAT(store_->calendars["IOUs"].objects, IsEmpty());
  EXPECT_TRUE(put("a").has_value());
  EXPECT_THAT(store_->calls, ElementsAre("pull IOUs", "put IOUs a.ics", "put IOUs a.ics"));
}

TEST_F(MemoryTest, LosesTheReplyAfterTheWriteWasApplied) {
  store_->script.lost_replies = 4;
  EXPECT_EQ(put("a").error().fault, Fault::transient);
  EXPECT_EQ(store_->calendars["IOUs"].objects.size(), 1U);
  const auto send = [&] {
    return fakes::run(connector_.mail_sink->send(ApprovedMessageMaker::make("m", "Subject: x")));
  };
  EXPECT_FALSE(send().has_value());
  EXPECT_TRUE(fakes::run(connector_.mail_sink->has_sent("m")).value());
  EXPECT_FALSE(fakes::run(connector_.draft_box->append("d", "x")).has_value());
  EXPECT_FALSE(send().has_value());
  EXPECT_TRUE(send().has_value());
  ASSERT_EQ(store_->sent.size(), 1U);
  EXPECT_THAT(store_->sent.front().recipients, ElementsAre("meg@acme.test"));
}

TEST_F(MemoryTest, TruncatesAListingThatLooksComplete) {
  for (const char* uid : {"a", "b", "c"}) ASSERT_TRUE(put(uid).has_value());
  const auto all = pull();
  Position position;
  position.take(*all);
  store_->script.truncated_to = 1;
  EXPECT_THAT(pull(position)->gone, ElementsAre("b.ics", "c.ics"));
}

TEST_F(MemoryTest, RewritesWhatItIsGiven) {
  store_->script.rewrite = [](const std::string& bytes) { return bytes + "X-SERVER:1\n"; };
  const auto stored = put("a");
  const auto changes = pull();
  EXPECT_EQ(changes->seen.front().bytes, "UID:a\nX-SERVER:1\n");
  EXPECT_EQ(changes->seen.front().etag, stored->etag);
}

TEST_F(MemoryTest, GivesPagesAndForgetsCursors) {
  for (const char* uid : {"a", "b", "c"}) ASSERT_TRUE(put(uid).has_value());
  store_->script.page_items = 2;
  const auto first = pull();
  EXPECT_TRUE(first->more);
  EXPECT_EQ(first->seen.size(), 2U);
  const auto second = pull({first->cursor, {}});
  EXPECT_FALSE(second->more);
  ASSERT_EQ(second->seen.size(), 1U);
  EXPECT_EQ(second->seen.front().href, "c.ics");
  store_->script.page_items = 10;
  store_->script.forgets_cursors = true;
  const auto third = pull({second->cursor, {{"gone.ics", "e9"}}});
  EXPECT_TRUE(third->restarted);
  EXPECT_EQ(third->seen.size(), 3U);
  EXPECT_THAT(third->gone, IsEmpty());
  EXPECT_FALSE(pull({third->cursor, {}})->restarted);
}

TEST_F(MemoryTest, LeavesOutOldMail) {
  const core::Instant since{std::chrono::seconds(1000)};
  store_->plant(store_->mail, "old", "x", domain::Box::inbox, since - std::chrono::seconds(1));
  store_->plant(store_->mail, "new", "y", domain::Box::inbox, since);
  const auto changes = fakes::run(connector_.mail_source->pull({}, since, {}));
  ASSERT_EQ(changes->seen.size(), 1U);
  EXPECT_EQ(changes->seen.front().href, "new");
}

TEST_F(MemoryTest, AnUnknownCalendarIsAConfigFault) {
  EXPECT_EQ(fakes::run(connector_.calendar_sink->put({"x", "a", "", "", ""})).error().fault,
            Fault::config);
  EXPECT_EQ(fakes::run(connector_.calendar_sink->remove("x", "a", "")).error().fault,
            Fault::config);
}

boost::asio::awaitable<void> count_news(News* news, int* count) {
  while (true) {
    const auto told = co_await news->wait();
    if (told) ++*count;
  }
}

TEST_F(MemoryTest, TellsNewsWheneverSomethingChanged) {
  boost::asio::io_context loop(1);
  int count = 0;
  store_->plant(store_->mail, "before", "x");
  boost::asio::co_spawn(loop, count_news(connector_.news.get(), &count), boost::asio::detached);
  loop.poll();
  EXPECT_EQ(count, 1);
  store_->plant(store_->mail, "a", "x");
  store_->erase(store_->mail, "a");
  loop.poll();
  EXPECT_EQ(count, 2);
}

}  // namespace
}  // namespace ioud::connectors::memory
