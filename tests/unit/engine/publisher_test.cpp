#include "engine/publisher.hpp"

#include <gmock/gmock.h>

#include "engine_desk.hpp"

namespace ioud::engine {
namespace {

using domain::CalendarStep;
using testing::ElementsAre;
using testing::IsEmpty;

class PublisherTest : public testing::Test, protected EngineDesk {
 protected:
  Published publish_steps(std::vector<CalendarStep> wanted) {
    domain::Ledger now = ledger();
    domain::Plan plan;
    plan.ledger = now;
    plan.calendar = std::move(wanted);
    const auto published = fakes::run(publish(setup, parts(), now, plan));
    EXPECT_TRUE(published.has_value());
    return published.value_or(Published());
  }
  static CalendarStep create(const std::string& uid) {
    CalendarStep step;
    step.calendar = "IOUs";
    step.owner = "owner";
    step.after.uid = uid;
    step.after.role = domain::Role::prep;
    step.after.start = instant("2026-03-09T15:30:00Z");
    step.after.end = instant("2026-03-09T15:45:00Z");
    step.after.summary = "Prep";
    step.wanted = step.after;
    return step;
  }
};

TEST_F(PublisherTest, ANewerVersionIsLeftAsItIs) {
  publish_steps({create("prep-a@ioud")});
  fakes::run(take_in(setup, parts(), *std::make_unique<domain::Ledger>(ledger())));
  CalendarStep step = create("prep-a@ioud");
  step.kind = CalendarStep::Kind::update;
  step.href = "prep-a@ioud.ics";
  step.etag = events().begin()->second.etag;
  step.before = step.after;
  step.after.summary = "Prep, changed by us";
  edit("prep-a", "SUMMARY:Prep", "SUMMARY:changed by the rep");
  const Published update = publish_steps({step});
  EXPECT_EQ(update.conflicts, 1U);
  EXPECT_EQ(update.written, 0U);
  step.kind = CalendarStep::Kind::remove;
  EXPECT_EQ(publish_steps({step}).conflicts, 1U);
  ASSERT_EQ(events().size(), 1U);
  EXPECT_NE(events().begin()->second.bytes.find("changed by the rep"), std::string::npos);
  EXPECT_EQ(open_intents(), 0U);
}

TEST_F(PublisherTest, AnEventThatStandsAlreadyIsNotMadeTwice) {
  publish_steps({create("prep-a@ioud")});
  const auto before = events().begin()->second.bytes;
  EXPECT_EQ(publish_steps({create("prep-a@ioud")}).conflicts, 1U);
  EXPECT_EQ(events().size(), 1U);
  EXPECT_EQ(events().begin()->second.bytes, before);
}

TEST_F(PublisherTest, AnUpdateOfWhatWasNotReadIsNotTried) {
  CalendarStep step = create("prep-a@ioud");
  step.kind = CalendarStep::Kind::update;
  step.href = "nowhere.ics";
  EXPECT_EQ(publish_steps({step}).written, 0U);
  EXPECT_THAT(events(), IsEmpty());
  EXPECT_EQ(log.count("event.not_written"), 1U);
}

TEST_F(PublisherTest, ACalendarWithoutASinkIsLeftAlone) {
  CalendarStep step = create("prep-a@ioud");
  step.calendar = "unknown";
  EXPECT_EQ(publish_steps({step}).written, 0U);
  EXPECT_EQ(open_intents(), 0U);
}

TEST_F(PublisherTest, ARefusedEventStopsNoOther) {
  server->script.failures = 1;
  server->script.failure.fault = core::Fault::rejected;
  const Published published =
      publish_steps({create("prep-a@ioud"), create("prep-b@ioud"), create("prep-c@ioud")});
  EXPECT_EQ(published.refused, 1U);
  EXPECT_EQ(published.written, 2U);
  EXPECT_FALSE(published.is_retryable);
  EXPECT_EQ(events().size(), 2U);
  EXPECT_THAT(log.lines,
              testing::Contains("write.failed connector=server kind=put fault=rejected"));
}

TEST_F(PublisherTest, ServersThatCannotBeReachedAreTriedAgain) {
  server->script.failures = 1;
  server->script.failure.fault = core::Fault::throttled;
  EXPECT_TRUE(publish_steps({create("prep-a@ioud")}).is_retryable);
}

TEST(LostReplies, OfAnyNumberOfWritesMakeNothingTwice) {
  for (int lost = 1; lost <= 4; ++lost) {
    SCOPED_TRACE(lost);
    EngineDesk desk;
    desk.promise();
    desk.server->script.lost_replies = lost;
    const PassReport first = desk.pass();
    EXPECT_EQ(first.is_retryable, lost == 4) << "the next round asked after the others";
    const PassReport second = desk.pass();
    EXPECT_EQ(second.is_retryable, false);
    EXPECT_THAT(desk.own(), ElementsAre("fav", "iou", "prep"));
    EXPECT_EQ(std::count_if(desk.server->mail.objects.begin(), desk.server->mail.objects.end(),
                            [](const auto& one) { return one.second.box == Box::drafts; }),
              1);
    const PassReport third = desk.pass();
    EXPECT_EQ(third.written, 0U);
    EXPECT_EQ(desk.open_intents(), 0U);
    EXPECT_EQ(desk.ledger().items.size(), 3U);
    EXPECT_EQ(desk.ledger().drafts.size(), 1U);
  }
}

TEST(Rewriting, ByTheServerComesToRest) {
  EngineDesk desk;
  desk.server->script.rewrite = [](std::string bytes) {
    const auto at = bytes.find("SUMMARY:");
    return bytes.insert(at, "X-SERVER;N=1:added\r\n");
  };
  desk.approve();
  desk.pass("2026-03-05T10:12:00-06:00");
  const PassReport again = desk.pass("2026-03-05T10:13:00-06:00");
  EXPECT_EQ(again.written + again.sent, 0U);
  EXPECT_EQ(desk.server->sent.size(), 1U);
  EXPECT_THAT(desk.own("work"), ElementsAre("mtg"));
  for (const auto& [href, object] : desk.events())
    EXPECT_NE(object.bytes.find("X-SERVER"), std::string::npos);
}

TEST(Foreign, EventsStayByteForByte) {
  EngineDesk desk;
  auto& work = desk.server->calendars["work"];
  auto& ours = desk.server->calendars["IOUs"];
  desk.server->plant(work, "a.ics", EngineDesk::event("a@work.test"));
  desk.server->plant(work, "b.ics", EngineDesk::event("prep-looks-like@ours.test"));
  desk.server->plant(ours, "c.ics", EngineDesk::event("dentist@home.test"));
  desk.server->plant(ours, "d.ics",
                     EngineDesk::event("prep-unknown@ioud", "a copy from elsewhere"));
  const auto before_work = desk.events("work");
  const auto before_ours = desk.events();
  desk.approve();
  desk.pass("2026-03-05T10:12:00-06:00");
  desk.edit("mtg-", "STATUS:CONFIRMED", "STATUS:CANCELLED", "work");
  desk.pass("2026-03-05T11:12:00-06:00");
  desk.pass("2026-03-05T11:30:00-06:00");
  for (const auto& [href, object] : before_work) {
    EXPECT_EQ(desk.events("work").at(href).bytes, object.bytes);
    EXPECT_EQ(desk.events("work").at(href).etag, object.etag);
  }
  for (const auto& [href, object] : before_ours)
    EXPECT_EQ(desk.events().at(href).etag, object.etag);
  for (const std::string& call : desk.server->calls)
    for (const char* href : {" a.ics", " b.ics", " c.ics", " d.ics"})
      EXPECT_FALSE(call.ends_with(href) && !call.starts_with("pull")) << call;
}

}  // namespace
}  // namespace ioud::engine
