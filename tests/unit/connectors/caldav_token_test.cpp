// Tokens that a server forgot, and answers with all it has instead of a refusal.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/kept_position.hpp"
#include "fakes/model_calendar.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::caldav {
namespace {

using fakes::hrefs;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr core::Instant morning = std::chrono::sys_days{std::chrono::year{2026} / 3 / 9};

std::string event(const std::string& summary) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:" + summary +
         "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

class CaldavToken : public testing::Test {
 protected:
  CaldavToken() {
    fakes::DavQuirks quirks;
    quirks.status_of_bad_token = 207;
    model_.set(quirks);
    model_.spoil([this](const fakes::Ask& ask, fakes::Reply&) {
      if (ask.body.find("<D:sync-token></D:sync-token>") != std::string::npos) ++wholes_;
    });
    connector_ = fakes::connect_calendar(model_, clock_, {"read"});
  }
  /// So many questions for everything were asked since the last take.
  int wholes() const { return wholes_; }
  void fill(int count) {
    for (int i = 0; i < count; ++i) model_.put("e" + std::to_string(i) + ".ics", event("Coffee"));
  }
  Changes<Item> take() {
    model_.clear();
    wholes_ = 0;
    Changes<Item> all;
    for (bool more = true; more;) {
      auto changes = fakes::run(connector_.calendar_source->pull("work", position_)).value();
      more = changes.more;
      position_.take(changes);
      std::move(changes.seen.begin(), changes.seen.end(), std::back_inserter(all.seen));
      std::move(changes.gone.begin(), changes.gone.end(), std::back_inserter(all.gone));
    }
    return all;
  }

  int wholes_ = 0;
  fakes::DavModel model_;
  net::FrozenClock clock_{morning};
  Connector connector_;
  fakes::KeptPosition position_;
};

TEST_F(CaldavToken, OfAFewNoneIsLostWhateverElseHappened) {
  fill(3);
  take();
  model_.put("e0.ics", event("Moved"));
  model_.erase("e1.ics");
  model_.erase("e2.ics");
  model_.forget_tokens();
  const Changes<Item> changes = take();
  EXPECT_THAT(hrefs(changes), ElementsAre("e0.ics"));
  EXPECT_THAT(changes.gone, UnorderedElementsAre("e1.ics", "e2.ics"));
}

TEST_F(CaldavToken, AnEmptyListingMayBeAll) {
  fill(2);
  take();
  model_.erase("e0.ics");
  model_.erase("e1.ics");
  model_.forget_tokens();
  EXPECT_THAT(take().gone, UnorderedElementsAre("e0.ics", "e1.ics"));
}

TEST_F(CaldavToken, AChangeAmongAFewCostsOneRequestMore) {
  fill(3);
  take();
  model_.put("e0.ics", event("Moved"));
  EXPECT_THAT(hrefs(take()), ElementsAre("e0.ics"));
  EXPECT_THAT(model_.asked(), SizeIs(2));
  take();
  EXPECT_THAT(model_.asked(), SizeIs(1));
}

TEST_F(CaldavToken, AmongManyAnOldOneIsNotBelieved) {
  fill(300);
  take();
  for (int i = 0; i < 200; ++i) model_.erase("e" + std::to_string(i) + ".ics");
  for (int i = 200; i < 300; ++i) model_.put("e" + std::to_string(i) + ".ics", event("Moved"));
  model_.forget_tokens();
  clock_.move_to(morning + std::chrono::days{7});
  const Changes<Item> changes = take();
  EXPECT_THAT(changes.seen, SizeIs(100));
  EXPECT_THAT(changes.gone, SizeIs(200));
}

TEST_F(CaldavToken, OneThatIsAskedWithEveryDayStaysYoung) {
  fill(300);
  take();
  for (int day = 1; day < 20; ++day) {
    clock_.move_to(morning + std::chrono::days{day} + std::chrono::hours{day});
    EXPECT_THAT(take().seen, IsEmpty());
    EXPECT_EQ(wholes(), 0) << day;
  }
  const std::string cursor = position_.cursor;
  take();
  EXPECT_EQ(position_.cursor, cursor) << "kept on disk once a day, not at every look";
  EXPECT_THAT(model_.asked(), SizeIs(1));
  clock_.move_to(clock_.now() + std::chrono::days{7});
  take();
  EXPECT_EQ(wholes(), 1);
}

}  // namespace
}  // namespace ioud::connectors::caldav
