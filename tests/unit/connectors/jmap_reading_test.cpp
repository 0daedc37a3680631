// Reading an account by JMAP: what is new, what moved, what is gone, and servers that forget,
// change meanwhile, have small limits or cannot give a mail.

#include "connectors/jmap/reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/jmap_account.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/kept_position.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;
using domain::Box;
using fakes::Ask;
using fakes::JmapModel;
using fakes::reason;
using fakes::Reply;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string mail(const std::string& id) {
  return "From: meg@acme.test\r\nMessage-ID: <" + id + "@acme.test>\r\n\r\nHello " + id + "\r\n";
}

class JmapReading : public testing::Test {
 protected:
  /// What all pages together brought.
  struct Read {
    std::vector<std::string> seen;
    std::vector<std::string> heads;  ///< of them, those without a body
    std::vector<std::string> bad;
    std::vector<std::string> gone;
    int pages = 0;
    bool is_other_store = false;
    std::optional<Fault> fault;
  };

  void start() {
    account_ = fakes::jmap_account(model_.url(), &clock_);
    reading_ = std::make_unique<Reading>(account_, wishes_, limits_);
  }
  /// To the last page; each page is kept, as the engine keeps it.
  Read read(core::Instant since = core::Instant()) {
    if (!reading_) start();
    Read all;
    for (bool more = true; more;) {
      const auto page = fakes::run(reading_->pull(position_, since, wants_));
      if (!page) {
        all.fault = page.error().fault;
        return all;
      }
      if (page->other_store) position_.known.clear();
      position_.take(*page);
      for (const MailItem& item : page->seen) {
        all.seen.push_back(item.href);
        bytes_[item.href] = item.bytes;
        if (!item.has_body) all.heads.push_back(item.href);
        boxes_[item.href] = item.box;
      }
      for (const ItemFault& fault : page->bad) all.bad.push_back(fault.href);
      all.gone.insert(all.gone.end(), page->gone.begin(), page->gone.end());
      EXPECT_TRUE(!page->more || page->gone.empty()) << "gone is told with the last page alone";
      all.is_other_store = all.is_other_store || page->other_store;
      more = page->more;
      ++all.pages;
    }
    return all;
  }
  /// What the engine holds is what the server has, once and whole.
  void expect_all_held() {
    Etags expected;
    for (const auto& [id, mail] : model_.mails()) {
      if (mail.boxes.contains("ju") || mail.boxes.contains("tr")) continue;
      ASSERT_TRUE(position_.known.contains(id)) << id << " was lost";
      EXPECT_EQ(bytes_[id], mail.bytes);
      expected[id] = position_.known[id];
    }
    EXPECT_EQ(position_.known, expected);
    EXPECT_THAT(model_.excesses(), IsEmpty());
  }
  void put_many(int count) {
    for (int i = 0; i < count; ++i) model_.put("in", mail("many" + std::to_string(i)));
  }

  JmapModel model_;
  net::FrozenClock clock_{core::parse_rfc3339("2026-03-10T00:00:00Z").value()};
  FolderWishes wishes_;
  MailLimits limits_;
  MailFilter wants_;
  SharedAccount account_;
  std::unique_ptr<Reading> reading_;
  fakes::KeptPosition position_;
  std::map<std::string, std::string> bytes_;
  std::map<std::string, Box> boxes_;
};

TEST_F(JmapReading, GivesWhatIsNewThenNothingInOneRequest) {
  model_.put("in", mail("a"));
  model_.put("se", mail("b"));
  model_.put("ju", mail("c"));
  EXPECT_THAT(read().seen, ElementsAre("M1", "M2"));
  EXPECT_EQ(boxes_["M2"], Box::sent);
  expect_all_held();
  const std::size_t before = model_.requests();
  const Read again = read();
  EXPECT_THAT(again.seen, IsEmpty());
  EXPECT_EQ(model_.requests(), before + 1);
  model_.put("ar", mail("d"));
  EXPECT_THAT(read().seen, ElementsAre("M4"));
  EXPECT_EQ(model_.requests(), before + 3) << "the changes with their mails, and the bytes";
  expect_all_held();
}

TEST_F(JmapReading, DownloadsNoMailThatNobodyWants) {
  model_.put("in",
             "From: a@shop.test\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\tfor you\r\n\r\nBuy\r\n");
  model_.put("in", mail("b"));
  std::vector<std::string> heads;
  wants_ = [&heads](const MailItem& head) {
    EXPECT_FALSE(head.has_body);
    heads.push_back(head.bytes);
    return head.bytes.find("meg@") != std::string::npos;
  };
  const Read first = read();
  EXPECT_THAT(first.seen, UnorderedElementsAre("M1", "M2"));
  EXPECT_THAT(first.heads, ElementsAre("M1"));
  EXPECT_EQ(bytes_["M2"], mail("b"));
  EXPECT_THAT(heads,
              ElementsAre("From: a@shop.test\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\tfor you\r\n",
                          "From: meg@acme.test\r\nMessage-ID: <b@acme.test>\r\n"));
  EXPECT_EQ(model_.count("GET blob"), 1U);
  const std::size_t before = model_.requests();
  model_.put("in", "From: a@shop.test\r\n\r\nMore\r\n");
  EXPECT_THAT(read().heads, ElementsAre("M3"));
  EXPECT_EQ(model_.requests(), before + 1) << "its head comes with the changes";
  EXPECT_THAT(read().seen, IsEmpty());
}

TEST_F(JmapReading, GivesAMailAgainWhereItsBoxChangesAndNotForItsFlags) {
  const std::string id = model_.put("in", mail("a"));
  read();
  const std::string etag = position_.known[id];
  model_.touch(id);
  EXPECT_THAT(read().seen, IsEmpty());
  EXPECT_EQ(model_.count("GET blob"), 1U);
  model_.move(id, "ar");
  EXPECT_THAT(read().seen, ElementsAre(id));
  EXPECT_EQ(boxes_[id], Box::other);
  EXPECT_NE(position_.known[id], etag);
  model_.move(id, "tr");
  EXPECT_THAT(read().gone, ElementsAre(id));
  model_.move(id, "in");
  EXPECT_THAT(read().seen, ElementsAre(id));
  model_.destroy(id);
  EXPECT_THAT(read().gone, ElementsAre(id));
  expect_all_held();
}

TEST_F(JmapReading, LooksAtAllAgainWhereAMailboxMeansSomethingElse) {
  const std::string id = model_.put("ar", mail("a"));
  model_.put("in", mail("b"));
  read();
  model_.set_role("ar", "junk");
  const Read after = read();
  EXPECT_THAT(after.gone, ElementsAre(id));
  EXPECT_THAT(after.seen, IsEmpty());
}

TEST_F(JmapReading, ListsAllWhereTheServerCannotTellWhatChanged) {
  for (const char* error : {"cannotCalculateChanges", "invalidArguments"}) {
    const std::string gone = model_.put("in", mail(std::string("gone") + error));
    const std::string moved = model_.put("in", mail(std::string("moved") + error));
    model_.changes_error.clear();
    read();
    model_.changes_error = error;
    model_.destroy(gone);
    model_.move(moved, "se");
    const std::string fresh = model_.put("in", mail(std::string("fresh") + error));
    const std::size_t fetched = model_.count("GET blob");
    const Read after = read();
    EXPECT_THAT(after.seen, UnorderedElementsAre(moved, fresh));
    EXPECT_THAT(after.gone, ElementsAre(gone));
    EXPECT_EQ(model_.count("GET blob"), fetched + 2) << "what is held is not fetched again";
    expect_all_held();
  }
}

TEST_F(JmapReading, ListsAllWhereACounterRunsBackwards) {
  model_.put("in", mail("a"));
  read();
  position_.cursor.replace(position_.cursor.find("\"state\":\"") + 9, 1, "99999");
  model_.is_counting_back = true;
  model_.put("in", mail("b"));
  EXPECT_THAT(read().seen, ElementsAre("M2"));
  expect_all_held();
}

TEST_F(JmapReading, KeepsMailsThatAreHeldAndOlderThanTheListing) {
  const std::string old = model_.put("in", mail("old"), "2020-01-01T00:00:00Z");
  const std::string gone = model_.put("in", mail("gone"), "2020-01-01T00:00:00Z");
  read();
  model_.changes_error = "cannotCalculateChanges";
  model_.destroy(gone);
  const Read after = read(core::parse_rfc3339("2026-01-01T00:00:00Z").value());
  EXPECT_THAT(after.gone, ElementsAre(gone));
  EXPECT_THAT(after.seen, IsEmpty());
  EXPECT_TRUE(position_.known.contains(old));
}

TEST_F(JmapReading, GivesNoMailOlderThanWasAskedForAlsoWhereItsFlagsChange) {
  const std::string old = model_.put("in", mail("old"), "2020-01-01T00:00:00Z");
  model_.put("in", mail("new"));
  const core::Instant since = core::parse_rfc3339("2026-01-01T00:00:00Z").value();
  EXPECT_THAT(read(since).seen, ElementsAre("M2"));
  model_.touch(old);
  EXPECT_THAT(read(since).seen, IsEmpty());
}

TEST_F(JmapReading, ReadsPageByPageWithinSmallLimits) {
  model_.objects_in_get = 3;
  model_.changes_at_once = 2;
  model_.listed_at_once = 4;
  limits_.page_mails = 5;
  put_many(23);
  const Read first = read();
  EXPECT_EQ(first.seen.size(), 23U);
  EXPECT_EQ(first.pages, 5);
  expect_all_held();
  put_many(11);
  model_.destroy("M3");
  model_.move("M4", "ar");
  const Read second = read();
  EXPECT_EQ(second.seen.size(), 12U);
  EXPECT_THAT(second.gone, ElementsAre("M3"));
  EXPECT_EQ(model_.count("Email/query"), 8U) << "changes were told, nothing was listed";
  expect_all_held();
}

TEST_F(JmapReading, LosesNothingWhereMailsLeaveTheListBetweenItsStretches) {
  model_.listed_at_once = 4;
  for (int i = 10; i < 30; ++i)
    model_.put("in", mail(std::to_string(i)), "2026-02-04T12:00:" + std::to_string(i) + "Z");
  int removed = 0;
  model_.between_listings = [&removed](JmapModel& model) {
    for (int i = 0; i < 3 && removed < 6; ++i) model.destroy("M" + std::to_string(++removed));
  };
  read();
  read();
  EXPECT_EQ(removed, 6);
  expect_all_held();
}

TEST_F(JmapReading, GoesOnAfterARestartOfTheProgramBetweenPages) {
  limits_.page_mails = 4;
  put_many(10);
  start();
  const auto page = fakes::run(reading_->pull(position_, core::Instant(), {}));
  ASSERT_TRUE(page.has_value() && page->more) << reason(page);
  position_.take(*page);
  for (const MailItem& item : page->seen) bytes_[item.href] = item.bytes;
  model_.destroy("M1");
  start();
  const Read rest = read();
  EXPECT_EQ(rest.seen.size(), 6U);
  read();
  expect_all_held();
  EXPECT_EQ(model_.count("GET blob"), 10U);
}

TEST_F(JmapReading, GivesTheNewestWhereThereAreTooMany) {
  for (int i = 0; i < 9; ++i)
    model_.put("in", mail(std::to_string(i)), "2026-02-0" + std::to_string(9 - i) + "T00:00:00Z");
  limits_.first_mails = 3;
  EXPECT_THAT(read().seen, ElementsAre("M3", "M2", "M1"));
}

TEST_F(JmapReading, GivesTheBeginningOfALargeMail) {
  limits_.mail_bytes = 1000;
  const std::string large = mail("large") + std::string(50'000, 'x');
  model_.put("in", large);
  model_.put("in", mail("small"));
  EXPECT_THAT(read().seen, ElementsAre("M1", "M2"));
  EXPECT_EQ(bytes_["M1"], large.substr(0, 1000));
}

TEST_F(JmapReading, ReportsAMailThatCannotBeHadAndGivesTheOthers) {
  for (const int status : {404, 400, 413, 500}) {
    SCOPED_TRACE(status);
    const std::string bad = model_.put("in", mail("bad" + std::to_string(status)));
    const std::string good = model_.put("in", mail("good" + std::to_string(status)));
    model_.missing_blobs = {bad};
    model_.blob_status = status;
    const Read first = read();
    EXPECT_FALSE(first.fault.has_value());
    EXPECT_THAT(first.bad, ElementsAre(bad));
    EXPECT_THAT(first.seen, ElementsAre(good));
    EXPECT_THAT(read().bad, ElementsAre(bad));
    EXPECT_THAT(read().bad, ElementsAre(bad));
    EXPECT_THAT(read().bad, IsEmpty()) << "three times is enough";
    EXPECT_NE(position_.known[bad], "");
  }
}

TEST_F(JmapReading, GivesAMailThatCouldNotBeHadForAWhile) {
  const std::string id = model_.put("in", mail("a"));
  model_.missing_blobs = {id};
  EXPECT_THAT(read().bad, ElementsAre(id));
  model_.missing_blobs.clear();
  EXPECT_THAT(read().seen, ElementsAre(id));
  expect_all_held();
}

TEST_F(JmapReading, StopsWhereTheServerIsInTroubleAndLosesNothing) {
  put_many(6);
  model_.missing_blobs = {"M3", "M4"};
  model_.blob_status = 503;
  EXPECT_EQ(read().fault, Fault::transient);
  model_.missing_blobs.clear();
  EXPECT_EQ(read().fault, std::nullopt);
  expect_all_held();
}

TEST_F(JmapReading, TakesAMailThatEndsTooSoonForOneThatCannotBeHad) {
  model_.put("in", mail("a"));
  model_.instead = [](const Ask& ask) -> std::optional<Reply> {
    if (!ask.path.starts_with("/blob/")) return std::nullopt;
    return Reply{.status = 200, .body = mail("a").substr(0, 20)};
  };
  EXPECT_THAT(read().bad, ElementsAre("M1"));
}

TEST_F(JmapReading, BeginsAnewWhereTheAccountIsAnother) {
  model_.put("in", mail("a"));
  read();
  model_.account = "A2";
  start();
  const Read other = read();
  EXPECT_TRUE(other.is_other_store);
  EXPECT_THAT(other.seen, ElementsAre("M1"));
  EXPECT_THAT(other.gone, IsEmpty());
  EXPECT_FALSE(read().is_other_store);
}

TEST_F(JmapReading, FollowsAnAccountThatChangesWhileItIsRead) {
  model_.put("in", mail("a"));
  read();
  model_.account = "A2";
  model_.session_state = "s2";
  EXPECT_EQ(read().fault, Fault::transient) << "the server does not know the old account";
  EXPECT_TRUE(read().is_other_store);
}

TEST_F(JmapReading, FailsWhereAListingIsNotWhole) {
  put_many(5);
  read();
  model_.changes_error = "cannotCalculateChanges";
  const auto break_off = [this](const std::string& what, const std::string& body) {
    model_.instead = [what, body](const Ask& ask) -> std::optional<Reply> {
      if (ask.path != "/api" || ask.body.find(what) == std::string::npos) return std::nullopt;
      return Reply{.status = 200, .body = body};
    };
    const Read after = read();
    EXPECT_TRUE(after.fault.has_value()) << body;
    EXPECT_THAT(after.gone, IsEmpty());
  };
  const std::string head = R"({"sessionState": "s1", "methodResponses": [)";
  const std::string tops =
      R"(["Mailbox/get", {"list": [{"id": "in", "name": "Inbox", "role": "inbox"}]}, "mailboxes"],
         ["Email/get", {"state": "9", "list": [], "notFound": []}, "state"],)";
  break_off("Email/query", "<html>Log in</html>");
  break_off("Email/query", head + tops + R"(["error", {"type": "serverFail"}, "query"]]})");
  break_off("Email/query", head + tops + R"(["Email/query", {"ids": [], "total": 5}, "query"]]})");
  break_off("Email/query", head + tops + "]}");
  // Mails that are asked for and neither shown nor said to be missing.
  break_off("\"ids\":[\"M",
            head + R"(["Email/get", {"state": "9", "list": [], "notFound": []}, "mails"]]})");
  model_.instead = nullptr;
  EXPECT_THAT(read().gone, IsEmpty());
  expect_all_held();
}

}  // namespace
}  // namespace ioud::connectors::jmap
