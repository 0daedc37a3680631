// A large calendar at a server that knows neither sync-collection nor a ctag: what a look at it
// costs, and what is not concluded from it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/dav/window.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/model_calendar.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::caldav {
namespace {

using fakes::Ask;
using fakes::DavModel;
using fakes::DavQuirks;
using fakes::hrefs;
using fakes::Reply;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr core::Instant morning = std::chrono::sys_days{std::chrono::year{2026} / 3 / 9};
const std::string inside = "20260316T150000Z";
const std::string outside = "20180316T150000Z";
const char* const listing = "PROPFIND /home/work/";
const char* const query = "REPORT /home/work/";

std::string event(const std::string& start, const std::string& summary = "Coffee") {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:" + start +
         "\r\nSUMMARY:" + summary + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

class CaldavWindow : public testing::Test {
 protected:
  CaldavWindow() {
    quirks_.has_sync = false;
    quirks_.has_ctag = false;
    model_.set(quirks_);
    model_.spoil([this](const Ask& ask, Reply& reply) {
      bytes_ += reply.body.size();
      if (ask.body.find("time-range") != std::string::npos) ++windows_;
    });
    for (std::size_t i = 0; i < dav::large_calendar; ++i)
      model_.put("old" + std::to_string(i) + ".ics", event(outside));
    for (int i = 0; i < 5; ++i) model_.put("new" + std::to_string(i) + ".ics", event(inside));
    connect();
  }

  void connect(const std::string& use = "read") {
    connector_ = fakes::connect_calendar(model_, clock_, {use});
  }
  core::Result<Changes<Item>> pull() {
    return fakes::run(connector_.calendar_source->pull("work", position_));
  }
  /// Pulls all pages and keeps them; what was asked is counted from here on.
  Changes<Item> take() {
    model_.clear();
    bytes_ = 0;
    windows_ = 0;
    Changes<Item> all;
    for (bool more = true; more;) {
      auto changes = pull().value();
      more = changes.more;
      position_.take(changes);
      std::move(changes.seen.begin(), changes.seen.end(), std::back_inserter(all.seen));
      std::move(changes.gone.begin(), changes.gone.end(), std::back_inserter(all.gone));
    }
    return all;
  }
  void wait(std::chrono::seconds seconds) { clock_.move_to(clock_.now() + seconds); }

  DavModel model_;
  DavQuirks quirks_;
  std::size_t bytes_ = 0;  ///< of the answers
  int windows_ = 0;        ///< questions for one
  net::FrozenClock clock_{morning};
  Connector connector_;
  fakes::KeptPosition position_;
};

TEST_F(CaldavWindow, AllIsReadOnceAndThenTheCostFollowsTheWindow) {
  EXPECT_THAT(take().seen, SizeIs(dav::large_calendar + 5));
  const std::size_t whole = bytes_;
  const Changes<Item> none = take();
  EXPECT_THAT(none.seen, IsEmpty());
  EXPECT_THAT(none.gone, IsEmpty());
  EXPECT_THAT(model_.asked(), ElementsAre(query));
  EXPECT_LT(bytes_ * 100, whole);
}

TEST_F(CaldavWindow, WhatIsNewOrChangedInItIsSeenAtOnce) {
  take();
  model_.put("new1.ics", event(inside, "Moved"));
  model_.put("more.ics", event(inside));
  const Changes<Item> changes = take();
  EXPECT_THAT(hrefs(changes), testing::UnorderedElementsAre("new1.ics", "more.ics"));
  EXPECT_THAT(model_.asked(), ElementsAre(query, query));
  EXPECT_THAT(take().seen, IsEmpty());
}

TEST_F(CaldavWindow, WhatIsOutsideOfItIsNeverGone) {
  take();
  for (int day = 0; day < 120; day += 30) {
    EXPECT_THAT(take().gone, IsEmpty()) << day;
    wait(std::chrono::days{30});
  }
  EXPECT_THAT(position_.known, SizeIs(dav::large_calendar + 5));
}

TEST_F(CaldavWindow, WhatIsRemovedFromItIsGoneByAListing) {
  take();
  model_.erase("new3.ics");
  EXPECT_THAT(take().gone, ElementsAre("new3.ics"));
  EXPECT_THAT(model_.asked(), Contains(listing));
  EXPECT_THAT(take().gone, IsEmpty());
  EXPECT_THAT(model_.asked(), ElementsAre(query));
}

TEST_F(CaldavWindow, WhatIsMovedOutOfItIsMovedAndNotGone) {
  take();
  model_.put("new3.ics", event(outside));
  const Changes<Item> changes = take();
  EXPECT_THAT(hrefs(changes), ElementsAre("new3.ics"));
  EXPECT_THAT(changes.gone, IsEmpty());
}

TEST_F(CaldavWindow, OutsideOfItAllIsSeenWithinTheHour) {
  take();
  model_.put("old7.ics", event(outside, "Moved"));
  model_.erase("old8.ics");
  wait(std::chrono::minutes{59});
  EXPECT_THAT(take().seen, IsEmpty());
  wait(std::chrono::minutes{1});
  const Changes<Item> changes = take();
  EXPECT_THAT(hrefs(changes), ElementsAre("old7.ics"));
  EXPECT_THAT(changes.gone, ElementsAre("old8.ics"));
}

TEST_F(CaldavWindow, AClockThatWasSetBackDelaysNoListing) {
  take();
  wait(-std::chrono::days{30});
  take();
  EXPECT_THAT(model_.asked(), Contains(listing));
}

TEST_F(CaldavWindow, AnotherProcessBeginsWithAListing) {
  take();
  model_.erase("new3.ics");
  connect();
  EXPECT_THAT(take().gone, ElementsAre("new3.ics"));
  EXPECT_THAT(take().seen, IsEmpty());
  EXPECT_THAT(model_.asked(), ElementsAre(query));
}

TEST_F(CaldavWindow, AListingThatWasNotKeptIsAskedForAgain) {
  take();
  model_.put("old7.ics", event(outside, "Moved"));
  wait(std::chrono::hours{1});
  ASSERT_THAT(hrefs(*pull()), ElementsAre("old7.ics"));
  EXPECT_THAT(hrefs(take()), ElementsAre("old7.ics"));
}

TEST_F(CaldavWindow, WhereOneIsRefusedEverythingIsListed) {
  for (const int status : {403, 500, 503}) {
    SCOPED_TRACE(status);
    quirks_.status_of_window = status;
    model_.set(quirks_);
    position_ = {};
    connect();
    take();
    EXPECT_EQ(windows_, 1);
    wait(std::chrono::hours{1});
    model_.put("old7.ics", event(outside, "Moved " + std::to_string(status)));
    EXPECT_THAT(hrefs(take()), ElementsAre("old7.ics"));
    EXPECT_EQ(windows_, 0);
  }
}

TEST_F(CaldavWindow, OneThatFailsLaterIsAListingTheNextTime) {
  take();
  quirks_.status_of_window = 502;
  model_.set(quirks_);
  EXPECT_FALSE(pull().has_value());
  model_.erase("old8.ics");
  EXPECT_THAT(take().gone, ElementsAre("old8.ics"));
}

/// A filter that finds nothing at all may be one that never does.
TEST_F(CaldavWindow, AnEmptyOneIsNotRelyedOn) {
  for (int i = 0; i < 5; ++i) model_.put("new" + std::to_string(i) + ".ics", event(outside));
  take();
  model_.put("more.ics", event(inside));
  EXPECT_THAT(hrefs(take()), ElementsAre("more.ics"));
  EXPECT_THAT(model_.asked(), Contains(listing));
}

TEST_F(CaldavWindow, ACalendarThatWeWriteIsListed) {
  connect("proposals");
  take();
  take();
  EXPECT_EQ(windows_, 0);
  EXPECT_THAT(model_.asked(), ElementsAre(listing));
}

TEST_F(CaldavWindow, ASmallCalendarIsListed) {
  model_.erase("old0.ics");
  for (int i = 0; i < 5; ++i) model_.erase("new" + std::to_string(i) + ".ics");
  take();
  take();
  EXPECT_EQ(windows_, 0);
}

TEST_F(CaldavWindow, ACtagIsBetterThanAWindow) {
  quirks_.has_ctag = true;
  model_.set(quirks_);
  take();
  take();
  EXPECT_EQ(windows_, 0);
  EXPECT_THAT(model_.asked(), ElementsAre(listing));
}

TEST_F(CaldavWindow, ALostCalendarIsAFaultAndNothingIsGone) {
  take();
  model_.lose_calendar();
  const auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, core::Fault::transient);
}

TEST(DavWindow, StandsForOneListingAndOneHour) {
  const dav::Window window(morning);
  EXPECT_EQ(core::format(window.begin()), "2026-02-23");
  EXPECT_EQ(core::format(window.end()), "2026-06-07");
  EXPECT_TRUE(window.holds(window.token(), morning + std::chrono::minutes{59}));
  EXPECT_FALSE(window.holds(window.token(), morning + std::chrono::hours{1}));
  EXPECT_FALSE(window.holds(window.token(), morning - std::chrono::seconds{1}));
  EXPECT_FALSE(window.holds("c1.1", morning));
}

}  // namespace
}  // namespace ioud::connectors::caldav
