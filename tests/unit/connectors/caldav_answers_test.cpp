// The CalDAV connector against a server that is wrong in every way that real ones are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/kept_position.hpp"
#include "fakes/model_calendar.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::caldav {
namespace {

using core::Fault;
using fakes::Ask;
using fakes::DavModel;
using fakes::DavQuirks;
using Position = fakes::KeptPosition;
using fakes::hrefs;
using fakes::Reply;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAre;

std::string event(const std::string& uid, const std::string& summary = "Coffee") {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nSUMMARY:" + summary +
         "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

class CaldavAnswers : public testing::Test {
 protected:
  CaldavAnswers() { connect(); }

  void connect() { connector_ = fakes::connect_calendar(model_, clock_, {"read", "meetings"}, 64); }

  core::Result<Changes<Item>> pull() {
    return fakes::run(connector_.calendar_source->pull("work", position_));
  }
  /// Pulls all pages and keeps them as the engine would.
  core::Result<Changes<Item>> take() {
    Changes<Item> all;
    for (bool more = true; more;) {
      auto changes = pull();
      if (!changes) return changes;
      more = changes->more;
      position_.take(*changes);
      std::move(changes->seen.begin(), changes->seen.end(), std::back_inserter(all.seen));
      all.bad.insert(all.bad.end(), changes->bad.begin(), changes->bad.end());
      all.gone.insert(all.gone.end(), changes->gone.begin(), changes->gone.end());
      all.restarted = all.restarted || changes->restarted;
      all.other_store = all.other_store || changes->other_store;
    }
    return all;
  }
  core::Result<Stored> put(const std::string& uid, const std::string& bytes,
                           const std::string& href = {}, const std::string& etag = {}) {
    return fakes::run(connector_.calendar_sink->put({"work", uid, href, etag, bytes}));
  }
  core::Result<bool> remove(const std::string& href, const std::string& etag) {
    return fakes::run(connector_.calendar_sink->remove("work", href, etag));
  }
  void fill(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string name = "e" + std::to_string(i);
      model_.put(name + ".ics", event(name));
    }
  }

  DavModel model_;
  net::FrozenClock clock_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9}};
  Connector connector_;
  Position position_;
};

TEST_F(CaldavAnswers, OneRequestWhereNothingChanged) {
  fill(3);
  ASSERT_THAT(take()->seen, SizeIs(3));
  model_.clear();
  const auto changes = take();
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(changes->seen, IsEmpty());
  EXPECT_THAT(model_.asked(), ElementsAre("REPORT /home/work/"));
}

TEST_F(CaldavAnswers, ANewProcessNeedsOneRequestToo) {
  fill(3);
  ASSERT_TRUE(take().has_value());
  connect();
  model_.clear();
  ASSERT_TRUE(take().has_value());
  EXPECT_THAT(model_.asked(), ElementsAre("REPORT /home/work/"));
}

TEST_F(CaldavAnswers, EveryKindOfServerIsKeptUpWith) {
  std::vector<DavQuirks> kinds(8);
  kinds[1].has_sync = false;
  kinds[2].gives_bytes = false;
  kinds[3].multiget_omits = true;
  kinds[3].gives_bytes = false;
  kinds[4].multiget_status = 404;
  kinds[4].has_sync = false;
  kinds[5].has_etags = false;
  kinds[6].weak_etags = true;
  kinds[7].page = 2;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    SCOPED_TRACE(i);
    model_.set(kinds[i]);
    for (const auto& [name, bytes] : model_.objects()) model_.erase(name);
    position_ = {};
    connect();
    fill(7);
    auto changes = take();
    ASSERT_TRUE(changes.has_value()) << changes.error().text;
    EXPECT_THAT(changes->seen, SizeIs(7));
    EXPECT_FALSE(changes->restarted);
    model_.put("e1.ics", event("e1", "Moved"));
    model_.put("new.ics", event("new"));
    model_.erase("e2.ics");
    changes = take();
    ASSERT_TRUE(changes.has_value()) << changes.error().text;
    EXPECT_THAT(hrefs(*changes), UnorderedElementsAre("e1.ics", "new.ics"));
    EXPECT_THAT(changes->gone, ElementsAre("e2.ics"));
    changes = take();
    ASSERT_TRUE(changes.has_value());
    EXPECT_THAT(changes->seen, IsEmpty());
    EXPECT_THAT(changes->gone, IsEmpty());
  }
}

TEST_F(CaldavAnswers, ARejectedTokenEndsInAFullComparison) {
  for (const int status : {403, 409, 410, 500, 207}) {
    SCOPED_TRACE(status);
    DavQuirks quirks;
    quirks.status_of_bad_token = status;
    model_.set(quirks);
    position_ = {};
    connect();
    for (const auto& [name, bytes] : model_.objects()) model_.erase(name);
    fill(9);
    ASSERT_THAT(take()->seen, SizeIs(9));
    model_.put("e1.ics", event("e1", "Moved"));
    model_.erase("e2.ics");
    model_.forget_tokens();
    const auto changes = take();
    ASSERT_TRUE(changes.has_value()) << changes.error().text;
    EXPECT_THAT(hrefs(*changes), ElementsAre("e1.ics"));
    EXPECT_THAT(changes->gone, ElementsAre("e2.ics"));
    EXPECT_FALSE(changes->restarted);
    EXPECT_THAT(take()->seen, IsEmpty());
  }
}

TEST_F(CaldavAnswers, PagesAreBoundedAndGoneComesLast) {
  fill(2600);
  auto first = pull();
  ASSERT_TRUE(first.has_value());
  EXPECT_LE(first->seen.size(), 1024U);
  EXPECT_TRUE(first->more);
  EXPECT_THAT(take()->seen, SizeIs(2600));
  model_.erase("e7.ics");
  for (int i = 100; i < 1300; ++i) {
    const std::string name = "e" + std::to_string(i);
    model_.put(name + ".ics", event(name, "Moved"));
  }
  first = pull();
  ASSERT_TRUE(first.has_value());
  EXPECT_TRUE(first->more);
  EXPECT_THAT(first->gone, IsEmpty());
  EXPECT_THAT(take()->gone, ElementsAre("e7.ics"));
}

TEST_F(CaldavAnswers, ACrashBetweenPagesSkipsNothing) {
  fill(2600);
  for (int page = 0; page < 2; ++page) {
    const auto changes = pull();
    ASSERT_TRUE(changes.has_value());
    ASSERT_TRUE(changes->more);
    position_.take(*changes);
  }
  connect();
  ASSERT_TRUE(take().has_value());
  EXPECT_THAT(position_.known, SizeIs(2600));
}

TEST_F(CaldavAnswers, NothingIsGoneWhereTheAnswerIsWrong) {
  fill(20);
  ASSERT_TRUE(take().has_value());
  const std::string space = " xmlns:D=\"DAV:\"";
  const std::vector<Reply> wrong = {
      Reply{200, {}, "<!DOCTYPE html><html><body>Please log in</body></html>"},
      Reply{207, {}, "<html/>"},
      Reply{200, {}, ""},
      Reply{207, {}, ""},
      Reply{207, {}, "<D:multistatus" + space + "/>"},
      Reply{207, {}, "<D:multistatus" + space + "><D:response><D:href>/home/work/e1.ics</D:href>"},
      Reply{207, {}, "<D:error" + space + "/>"},
      Reply{200, {}, "<D:multistatus" + space + "/>"},
      Reply{502, {}, "Bad gateway"},
      Reply{302, {}, ""},
      Reply{301, {{"Location", "https://elsewhere.test/"}}, ""},
      Reply{301, {{"Location", "/home/work/"}}, ""},
      Reply{401, {}, ""},
      Reply{404, {}, ""},
      Reply{500, {}, ""},
  };
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    SCOPED_TRACE(i);
    model_.meddle([&wrong, i](const Ask&) { return wrong[i]; });
    const auto changes = pull();
    ASSERT_FALSE(changes.has_value());
    EXPECT_FALSE(changes.error().text.empty());
    EXPECT_FALSE(changes.error().place.empty());
  }
  model_.meddle(nullptr);
  const auto changes = take();
  ASSERT_TRUE(changes.has_value());
  EXPECT_THAT(changes->gone, IsEmpty());
}

TEST_F(CaldavAnswers, ABodyThatIsCutChangesNothing) {
  fill(20);
  ASSERT_TRUE(take().has_value());
  model_.put("e1.ics", event("e1", "Moved"));
  model_.spoil([](const Ask&, Reply& reply) { reply.cut_after = reply.body.size() / 2; });
  EXPECT_EQ(pull().error().fault, Fault::transient);
  model_.spoil(nullptr);
  EXPECT_THAT(hrefs(*take()), ElementsAre("e1.ics"));
}

TEST_F(CaldavAnswers, OneBadObjectKeepsNoOtherFromArriving) {
  for (const int status : {400, 413, 500}) {
    for (const bool gives_bytes : {true, false}) {
      SCOPED_TRACE(status);
      DavQuirks quirks;
      quirks.gives_bytes = gives_bytes;
      quirks.bad_objects["e3.ics"] = status;
      quirks.multiget_status = gives_bytes ? 207 : 500;
      model_.set(quirks);
      position_ = {};
      connect();
      fill(10);
      const auto changes = take();
      ASSERT_TRUE(changes.has_value()) << changes.error().text;
      EXPECT_THAT(changes->seen, SizeIs(9));
      ASSERT_THAT(changes->bad, SizeIs(1));
      EXPECT_EQ(changes->bad.front().href, "e3.ics");
      EXPECT_THAT(changes->bad.front().error.text, HasSubstr(std::to_string(status)));
    }
  }
}

TEST_F(CaldavAnswers, ABadObjectIsAskedForAgainThreeTimes) {
  fill(2);
  DavQuirks quirks;
  quirks.bad_objects["e1.ics"] = 500;
  model_.set(quirks);
  ASSERT_THAT(take()->bad, SizeIs(1));
  EXPECT_THAT(take()->bad, SizeIs(1));
  model_.set({});
  EXPECT_THAT(hrefs(*take()), ElementsAre("e1.ics"));
  EXPECT_THAT(take()->seen, IsEmpty());
}

TEST_F(CaldavAnswers, AServerThatFailsAtEverythingIsNoBadObject) {
  DavQuirks quirks;
  quirks.gives_bytes = false;
  quirks.multiget_status = 500;
  for (int i = 0; i < 5; ++i) quirks.bad_objects["e" + std::to_string(i) + ".ics"] = 500;
  model_.set(quirks);
  fill(5);
  EXPECT_EQ(pull().error().fault, Fault::transient);
}

TEST_F(CaldavAnswers, AServerThatWantsUsToWaitIsLeftAlone) {
  fill(1);
  model_.meddle([](const Ask&) { return Reply{429, {{"Retry-After", "120"}}, ""}; });
  auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::throttled);
  EXPECT_EQ(changes.error().retry_after, std::chrono::seconds{120});
  model_.meddle(nullptr);
  model_.clear();
  changes = pull();
  EXPECT_EQ(changes.error().fault, Fault::throttled);
  EXPECT_THAT(model_.asked(), IsEmpty());
  clock_.move_to(clock_.now() + std::chrono::seconds{121});
  EXPECT_TRUE(pull().has_value());
}

TEST_F(CaldavAnswers, ACalendarThatIsGoneIsAFaultNotAnEmptyOne) {
  fill(3);
  ASSERT_TRUE(take().has_value());
  model_.lose_calendar();
  const auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::transient);
  EXPECT_THAT(changes.error().text, HasSubstr("work"));
}

/// SOGo takes a client without a name for one that knows a single address book, and hides the rest.
TEST_F(CaldavAnswers, AServerIsToldWhoAsks) {
  DavQuirks quirks;
  quirks.wants_a_name = true;
  model_.set(quirks);
  fill(1);
  const auto changes = take();
  ASSERT_TRUE(changes.has_value()) << changes.error().text;
  EXPECT_THAT(changes->seen, SizeIs(1));
}

TEST_F(CaldavAnswers, TheSameUidTwiceArrivesTwice) {
  model_.put("a.ics", event("a"));
  model_.put("b.ics", event("a"));
  EXPECT_THAT(take()->seen, SizeIs(2));
}

TEST_F(CaldavAnswers, AnotherServerIsAnotherStore) {
  fill(3);
  ASSERT_TRUE(take().has_value());
  DavModel other;
  other.put("x.ics", event("e1"));
  std::string cursor = position_.cursor;
  cursor.replace(cursor.find(model_.url()), model_.url().size(), other.url());
  cursor.replace(cursor.find('\n') + 1, 4, "xxxx");  // a stamp of another config
  position_.cursor = cursor;
  const auto changes = take();
  ASSERT_TRUE(changes.has_value());
  EXPECT_TRUE(changes->other_store);
  EXPECT_TRUE(changes->restarted);
  EXPECT_THAT(changes->gone, IsEmpty());
  EXPECT_THAT(changes->seen, SizeIs(3));
}

TEST_F(CaldavAnswers, ALostReplyIsLookedUp) {
  model_.spoil([](const Ask& ask, Reply& reply) { reply.is_dropped = ask.method == "PUT"; });
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value()) << stored.error().text;
  EXPECT_THAT(model_.objects(), SizeIs(1));
  const auto update = put("iou-1@ioud", event("iou-1@ioud", "Moved"), stored->href, stored->etag);
  ASSERT_TRUE(update.has_value()) << update.error().text;
  EXPECT_NE(update->etag, stored->etag);
  model_.spoil([](const Ask& ask, Reply& reply) { reply.is_dropped = ask.method == "DELETE"; });
  EXPECT_TRUE(remove(update->href, update->etag).has_value());
  EXPECT_THAT(model_.objects(), IsEmpty());
}

TEST_F(CaldavAnswers, AWriteThatNeverArrivedIsTransient) {
  model_.meddle([](const Ask& ask) -> std::optional<Reply> {
    if (ask.method != "PUT") return std::nullopt;
    Reply dropped;
    dropped.is_dropped = true;
    return dropped;
  });
  EXPECT_EQ(put("iou-1@ioud", event("iou-1@ioud")).error().fault, Fault::transient);
  EXPECT_THAT(model_.objects(), IsEmpty());
}

TEST_F(CaldavAnswers, A500AfterTheWriteIsLookedUp) {
  model_.spoil([](const Ask& ask, Reply& reply) {
    if (ask.method == "PUT") reply.status = 500;
  });
  EXPECT_TRUE(put("iou-1@ioud", event("iou-1@ioud")).has_value());
}

TEST_F(CaldavAnswers, A207IsNoSuccessByItself) {
  DavQuirks quirks;
  quirks.put_says_207 = true;
  model_.set(quirks);
  EXPECT_EQ(put("iou-1@ioud", event("iou-1@ioud")).error().fault, Fault::rejected);
}

TEST_F(CaldavAnswers, ConditionsHoldWhereTheServerIgnoresThem) {
  DavQuirks quirks;
  quirks.ignores_conditions = true;
  model_.set(quirks);
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(put("iou-1@ioud", event("iou-1@ioud", "x")).error().fault, Fault::conflict);
  model_.put(stored->href, event("iou-1@ioud", "As the rep wants it"));
  EXPECT_EQ(put("iou-1@ioud", event("iou-1@ioud", "x"), stored->href, stored->etag).error().fault,
            Fault::conflict);
  EXPECT_EQ(remove(stored->href, stored->etag).error().fault, Fault::conflict);
  EXPECT_THAT(model_.objects().begin()->second, HasSubstr("As the rep wants it"));
  model_.erase(stored->href);
  EXPECT_EQ(put("iou-1@ioud", event("iou-1@ioud", "x"), stored->href, stored->etag).error().fault,
            Fault::conflict);
  EXPECT_THAT(model_.objects(), IsEmpty());
}

TEST_F(CaldavAnswers, WritesWhereTheServerHasNoEtags) {
  DavQuirks quirks;
  quirks.has_etags = false;
  quirks.gives_no_etag_on_put = true;
  model_.set(quirks);
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  EXPECT_FALSE(stored->etag.empty());
  const auto update = put("iou-1@ioud", event("iou-1@ioud", "Moved"), stored->href, stored->etag);
  ASSERT_TRUE(update.has_value()) << update.error().text;
  EXPECT_EQ(put("iou-1@ioud", event("iou-1@ioud", "x"), stored->href, stored->etag).error().fault,
            Fault::conflict);
  EXPECT_TRUE(remove(update->href, update->etag).has_value());
}

TEST_F(CaldavAnswers, AForeignObjectUnderOurNameIsLeftAlone) {
  model_.put("iou-1@ioud.ics", event("somebody else's"));
  const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
  ASSERT_TRUE(stored.has_value());
  EXPECT_NE(stored->href, "iou-1@ioud.ics");
  EXPECT_THAT(model_.objects().at("iou-1@ioud.ics"), HasSubstr("somebody else's"));
}

TEST_F(CaldavAnswers, ARefusedEventIsRejectedAndNamed) {
  for (const int status : {400, 403, 413, 415, 422, 507}) {
    model_.meddle([status](const Ask& ask) -> std::optional<Reply> {
      if (ask.method == "PUT") return Reply{status};
      return std::nullopt;
    });
    const auto stored = put("iou-1@ioud", event("iou-1@ioud"));
    ASSERT_FALSE(stored.has_value());
    EXPECT_EQ(stored.error().fault, Fault::rejected) << status;
    EXPECT_THAT(stored.error().place, HasSubstr("iou-1@ioud.ics"));
  }
}

TEST_F(CaldavAnswers, ASchedulingServerGetsNothingThatMakesItWrite) {
  DavQuirks quirks;
  quirks.dav = "1, calendar-access, calendar-auto-schedule";
  model_.set(quirks);
  std::string invited = event("iou-1@ioud");
  invited.insert(invited.find("SUMMARY"), "ATTENDEE:mailto:meg@acme.test\r\n");
  const auto refused = put("iou-1@ioud", invited);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().fault, Fault::rejected);
  EXPECT_THAT(model_.asked(), Not(Contains(StartsWith("PUT"))));
  std::string ours = invited;
  ours.replace(ours.find("ATTENDEE:"), 9, "ATTENDEE;SCHEDULE-AGENT=CLIENT:");
  EXPECT_TRUE(put("iou-1@ioud", ours).has_value());
}

TEST_F(CaldavAnswers, ARedirectIsFollowedOnThisServerOnly) {
  fill(2);
  model_.meddle([](const Ask& ask) -> std::optional<Reply> {
    if (ask.path != "/start/") return std::nullopt;
    return Reply{301, {{"Location", "/new/start/"}}, ""};
  });
  EXPECT_THAT(take()->seen, SizeIs(2));
  DavModel other;
  position_ = {};
  connect();
  model_.meddle([&other](const Ask&) { return Reply{301, {{"Location", other.url()}}, ""}; });
  const auto changes = pull();
  ASSERT_FALSE(changes.has_value());
  EXPECT_EQ(changes.error().fault, Fault::config);
  EXPECT_THAT(other.asked(), IsEmpty());
}

TEST_F(CaldavAnswers, ProbeSaysWhatIsWrong) {
  EXPECT_THAT(fakes::run(connector_.probe()), IsEmpty());
  model_.meddle([](const Ask&) { return Reply{200, {}, "<html>Hello</html>"}; });
  const auto troubles = fakes::run(connector_.probe());
  ASSERT_THAT(troubles, SizeIs(1));
  EXPECT_EQ(troubles.front().fault, Fault::config);
  EXPECT_THAT(troubles.front().place, StartsWith("ioud.toml:"));
  model_.meddle([](const Ask&) { return Reply{401}; });
  EXPECT_EQ(fakes::run(connector_.probe()).front().fault, Fault::auth);
}

}  // namespace
}  // namespace ioud::connectors::caldav
