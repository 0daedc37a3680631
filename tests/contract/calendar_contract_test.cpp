// What every connector owes for calendars: conditional writes, honest listings, nothing twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/subject.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/run_task.hpp"

namespace ioud::contract {
namespace {

using connectors::Changes;
using connectors::Item;
using Position = fakes::KeptPosition;
using connectors::Stored;
using core::Fault;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string event(const std::string& uid, const std::string& summary = "Coffee") {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:" + uid +
         "\r\nDTSTAMP:20260301T120000Z\r\nDTSTART:20260309T150000Z\r\nDTEND:"
         "20260309T160000Z\r\nSUMMARY:" +
         summary + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::vector<std::string> hrefs(const Changes<Item>& changes) {
  std::vector<std::string> all;
  for (const Item& item : changes.seen) all.push_back(item.href);
  return all;
}

class CalendarContract : public testing::TestWithParam<Candidate> {
 protected:
  void SetUp() override {
    if (is_missing(subject_)) GTEST_SKIP() << GetParam().name << " is not installed";
    ASSERT_NE(subject_, nullptr) << GetParam().name << " was not started";
  }
  /// Whether that object stands under the href.
  bool stands(const std::string& collection, const std::string& href, const std::string& bytes) {
    const auto stored = subject_->bytes_of(collection, href);
    return stored && subject_->is_same(bytes, *stored);
  }
  core::Result<Changes<Item>> pull(const std::string& calendar, const Position& from = {}) {
    return fakes::run(subject_->connector.calendar_source->pull(calendar, from));
  }
  core::Result<Stored> put(const std::string& uid, const std::string& bytes,
                           const std::string& href = {}, const std::string& etag = {}) {
    return fakes::run(subject_->connector.calendar_sink->put({"IOUs", uid, href, etag, bytes}));
  }
  core::Result<bool> remove(const Stored& stored) {
    return fakes::run(subject_->connector.calendar_sink->remove("IOUs", stored.href, stored.etag));
  }
  /// What the engine would keep after these changes.
  static Position after(const Changes<Item>& changes, Position position = {}) {
    position.take(changes);
    return position;
  }

  std::unique_ptr<Subject> subject_ = GetParam().make();
};

TEST_P(CalendarContract, SettlesWhatWasWrittenAndNothingAtAll) {
  EXPECT_TRUE(fakes::run(subject_->connector.calendar_sink->settle()).has_value());
  ASSERT_TRUE(put("iou-1@ioud", event("iou-1@ioud")).has_value());
  EXPECT_TRUE(fakes::run(subject_->connector.calendar_sink->settle()).has_value());
  EXPECT_EQ(pull("IOUs")->seen.size(), 1U);
}

TEST_P(CalendarContract, FindsNothingInAnEmptyCalendar) {
  const auto changes = pull("work");
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(changes->seen, IsEmpty());
  EXPECT_THAT(changes->gone, IsEmpty());
  EXPECT_FALSE(changes->more);
  EXPECT_FALSE(changes->restarted);
}

TEST_P(CalendarContract, GivesObjectsByteForByteAndOnce) {
  subject_->plant("work", "a.ics", event("a"));
  subject_->plant("work", "b.ics", event("b"));
  const auto first = pull("work");
  ASSERT_TRUE(first.has_value());
  EXPECT_THAT(hrefs(*first), UnorderedElementsAre("a.ics", "b.ics"));
  for (const Item& item : first->seen) {
    EXPECT_TRUE(stands("work", item.href, item.bytes));
    EXPECT_FALSE(item.etag.empty());
  }
  const auto second = pull("work", after(*first));
  ASSERT_TRUE(second.has_value());
  EXPECT_THAT(second->seen, IsEmpty());
  EXPECT_THAT(second->gone, IsEmpty());
}

TEST_P(CalendarContract, TellsWhatChangedAndWhatIsGone) {
  for (const char* uid : {"a", "b", "c"}) {
    subject_->plant("work", std::string(uid) + ".ics", event(uid));
  }
  const auto first = pull("work");
  ASSERT_TRUE(first.has_value());
  subject_->plant("work", "b.ics", event("b", "Moved to the evening"));
  subject_->erase("work", "c.ics");
  const auto second = pull("work", after(*first));
  ASSERT_TRUE(second.has_value());
  EXPECT_THAT(hrefs(*second), ElementsAre("b.ics"));
  EXPECT_THAT(second->gone, ElementsAre("c.ics"));
}

TEST_P(CalendarContract, ShowsARenamedObjectUnderItsNewName) {
  subject_->plant("work", "a.ics", event("a"));
  const auto first = pull("work");
  ASSERT_TRUE(first.has_value());
  subject_->rename("work", "a.ics", "0007-edited.ics");
  const auto second = pull("work", after(*first));
  ASSERT_TRUE(second.has_value());
  EXPECT_THAT(hrefs(*second), ElementsAre("0007-edited.ics"));
  EXPECT_THAT(second->gone, ElementsAre("a.ics"));
  EXPECT_TRUE(subject_->is_same(event("a"), second->seen.front().bytes));
}

TEST_P(CalendarContract, ReportsABadObjectAndGivesTheOthers) {
  subject_->plant("work", "a.ics", event("a"));
  subject_->plant("work", "b.ics", event("b"));
  subject_->spoil("work", "a.ics");
  const auto changes = pull("work");
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(hrefs(*changes), ElementsAre("b.ics"));
  ASSERT_EQ(changes->bad.size(), 1U);
  EXPECT_EQ(changes->bad.front().href, "a.ics");
  EXPECT_FALSE(changes->bad.front().error.text.empty());
}

TEST_P(CalendarContract, ABadObjectIsNotGone) {
  subject_->plant("work", "a.ics", event("a"));
  const auto first = pull("work");
  ASSERT_TRUE(first.has_value());
  subject_->plant("work", "a.ics", event("a", "Longer than before"));
  subject_->spoil("work", "a.ics");
  const auto second = pull("work", after(*first));
  ASSERT_TRUE(second.has_value());
  EXPECT_THAT(second->gone, IsEmpty());
  EXPECT_EQ(second->bad.size(), 1U);
}

TEST_P(CalendarContract, AMissingCollectionIsAFaultAndNothingIsGone) {
  subject_->plant("work", "a.ics", event("a"));
  const auto first = pull("work");
  ASSERT_TRUE(first.has_value());
  subject_->lose("work");
  const auto second = pull("work", after(*first));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().fault, Fault::transient);
  EXPECT_FALSE(second.error().text.empty());
}

TEST_P(CalendarContract, AMissingCalendarOfOursIsAFaultOnceItHeldSomething) {
  ASSERT_TRUE(put("iou-1@ioud", event("iou-1@ioud")).has_value());
  const auto first = pull("IOUs");
  ASSERT_TRUE(first.has_value());
  subject_->lose("IOUs");
  EXPECT_FALSE(pull("IOUs", after(*first)).has_value());
}

TEST_P(CalendarContract, AnUnknownCollectionIsAConfigFault) {
  const auto changes = pull("nowhere");
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::config);
}

TEST_P(CalendarContract, CreatesOnceAndThenConflicts) {
  const auto first = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(first.has_value());
  EXPECT_TRUE(stands("IOUs", first->href, event("iou-1@ioud")));
  const auto second = put("iou-1@ioud", event("iou-1@ioud", "Another"));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().fault, Fault::conflict);
  EXPECT_TRUE(stands("IOUs", first->href, event("iou-1@ioud")));
}

TEST_P(CalendarContract, DoesNotCreateAUidThatStandsUnderAnotherName) {
  subject_->plant("IOUs", "A003-edited.ics", event("iou-1@ioud"));
  const auto stored = put("iou-1@ioud", event("iou-1@ioud", "Again"));
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().fault, Fault::conflict);
  const auto changes = pull("IOUs");
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(hrefs(*changes), ElementsAre("A003-edited.ics"));
}

TEST_P(CalendarContract, UpdatesTheVersionItSaw) {
  const auto first = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(first.has_value());
  const auto second = put("iou-1@ioud", event("iou-1@ioud", "Moved"), first->href, first->etag);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->href, first->href);
  EXPECT_NE(second->etag, first->etag);
  EXPECT_TRUE(stands("IOUs", first->href, event("iou-1@ioud", "Moved")));
}

TEST_P(CalendarContract, UpdatesAnObjectUnderTheNameItWasPulledBy) {
  subject_->plant("IOUs", "A003-edited.ics", event("iou-1@ioud"));
  const auto changes = pull("IOUs");
  ASSERT_TRUE(changes.has_value());
  ASSERT_EQ(changes->seen.size(), 1U);
  const Item& item = changes->seen.front();
  const auto stored = put("iou-1@ioud", event("iou-1@ioud", "Moved"), item.href, item.etag);
  ASSERT_TRUE(stored.has_value());
  const auto again = pull("IOUs");
  ASSERT_TRUE(again.has_value());
  EXPECT_THAT(hrefs(*again), ElementsAre("A003-edited.ics"));
}

TEST_P(CalendarContract, AStaleUpdateConflictsAndTouchesNothing) {
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  const std::string edited = event("iou-1@ioud", "As the rep wants it");
  subject_->plant("IOUs", stored->href, edited);
  const auto update =
      put("iou-1@ioud", event("iou-1@ioud", "As we want it"), stored->href, stored->etag);
  ASSERT_FALSE(update.has_value());
  EXPECT_EQ(update.error().fault, Fault::conflict);
  EXPECT_TRUE(stands("IOUs", stored->href, edited));
}

TEST_P(CalendarContract, AnUpdateOfWhatIsGoneConflictsAndCreatesNothing) {
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  subject_->erase("IOUs", stored->href);
  const auto update = put("iou-1@ioud", event("iou-1@ioud"), stored->href, stored->etag);
  ASSERT_FALSE(update.has_value());
  EXPECT_EQ(update.error().fault, Fault::conflict);
  EXPECT_EQ(subject_->bytes_of("IOUs", stored->href), std::nullopt);
}

TEST_P(CalendarContract, ShowsAnOwnWriteOnce) {
  const auto before = pull("IOUs");
  ASSERT_TRUE(before.has_value());
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  const auto first = pull("IOUs", after(*before));
  ASSERT_TRUE(first.has_value());
  ASSERT_THAT(hrefs(*first), ElementsAre(stored->href));
  EXPECT_EQ(first->seen.front().etag, stored->etag);
  const auto second = pull("IOUs", after(*first));
  ASSERT_TRUE(second.has_value());
  EXPECT_THAT(second->seen, IsEmpty());
}

TEST_P(CalendarContract, AnOwnWriteThatIsKnownIsNotShown) {
  const auto before = pull("IOUs");
  ASSERT_TRUE(before.has_value());
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  Position position = after(*before);
  position.known[stored->href] = stored->etag;
  const auto changes = pull("IOUs", position);
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(changes->seen, IsEmpty());
  EXPECT_THAT(changes->gone, IsEmpty());
}

TEST_P(CalendarContract, RemovesAndIsContentWhereItIsGoneAlready) {
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  EXPECT_TRUE(remove(*stored).has_value());
  EXPECT_EQ(subject_->bytes_of("IOUs", stored->href), std::nullopt);
  EXPECT_TRUE(remove(*stored).has_value());
}

TEST_P(CalendarContract, DoesNotRemoveANewerVersion) {
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  const std::string edited = event("iou-1@ioud", "As the rep wants it");
  subject_->plant("IOUs", stored->href, edited);
  const auto removed = remove(*stored);
  ASSERT_FALSE(removed.has_value());
  EXPECT_EQ(removed.error().fault, Fault::conflict);
  EXPECT_TRUE(stands("IOUs", stored->href, edited));
}

TEST_P(CalendarContract, ProbesWithoutTrouble) {
  EXPECT_THAT(fakes::run(subject_->connector.probe()), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Every, CalendarContract, testing::ValuesIn(calendar_subjects()),
                         [](const auto& candidate) { return candidate.param.name; });
INSTANTIATE_TEST_SUITE_P(Nightly, CalendarContract, testing::ValuesIn(nightly_subjects()),
                         [](const auto& candidate) { return candidate.param.name; });

}  // namespace
}  // namespace ioud::contract
