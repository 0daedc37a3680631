// What JMAP servers say and what is said to them, without any server.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/jmap/answers.hpp"
#include "connectors/jmap/cursor.hpp"
#include "connectors/jmap/event_stream.hpp"
#include "connectors/jmap/requests.hpp"
#include "connectors/jmap/session.hpp"
#include "fakes/reason.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;
using domain::Box;
using fakes::reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const net::Url found_at = *net::parse_url("https://api.rep.test/jmap/session");

std::string session_text(const std::string& core = R"("maxObjectsInGet": 500)",
                         const std::string& more = "") {
  return R"({"apiUrl": "/jmap/", "downloadUrl": "/d/{accountId}/{blobId}/{name}?accept={type}",
    "uploadUrl": "https://up.rep.test/{accountId}/", "eventSourceUrl": "/e?types={types}",
    "state": "s", "accounts": {"A1": {"isReadOnly": true, "accountCapabilities": {}}},
    "primaryAccounts": {"urn:ietf:params:jmap:mail": "A1"},
    "capabilities": {"urn:ietf:params:jmap:core": {)" +
         core + R"(}, "urn:ietf:params:jmap:mail": {}})" + more + "}";
}

TEST(JmapSession, ReadsRelativeAddressesAndWhoTheAccountIs) {
  const auto session = read_session(session_text(), found_at);
  ASSERT_TRUE(session.has_value()) << reason(session);
  EXPECT_EQ(session->account, "A1");
  EXPECT_TRUE(session->is_read_only);
  EXPECT_EQ(session->state, "s");
  EXPECT_EQ(net::format(session->api), "https://api.rep.test/jmap/");
  const auto blob = session->download.fill(
      {{"accountId", "A1"}, {"blobId", "B?/1"}, {"type", "message/rfc822"}, {"name", "m"}});
  ASSERT_TRUE(blob.has_value());
  EXPECT_EQ(net::format(*blob), "https://api.rep.test/d/A1/B%3F%2F1/m?accept=message%2Frfc822");
  EXPECT_EQ(net::format(session->upload.fill({{"accountId", "A1"}}).value()),
            "https://up.rep.test/A1/");
}

TEST(JmapSession, TakesTheAccountWithMailWhereNoneIsPrimary) {
  std::string text = session_text();
  text.replace(text.find(R"("urn:ietf:params:jmap:mail": "A1")"), 33, "");
  text.replace(text.find(R"("accountCapabilities": {})"), 25,
               R"("accountCapabilities": {"urn:ietf:params:jmap:mail": {}})");
  const auto session = read_session(text, found_at);
  ASSERT_TRUE(session.has_value()) << reason(session);
  EXPECT_EQ(session->account, "A1");
}

TEST(JmapSession, HeedsLimitsInWhatItAsksAtOnce) {
  const auto ids = [](const std::string& core) {
    const auto session = read_session(session_text(core), found_at);
    return session ? session->ids_in_request() : 0;
  };
  EXPECT_EQ(ids(R"("maxObjectsInGet": 4096)"), 500U);
  EXPECT_EQ(ids(R"("maxObjectsInGet": 7)"), 7U);
  EXPECT_EQ(ids(R"("maxObjectsInGet": 0)"), 1U);
  EXPECT_LT(ids(R"("maxSizeRequest": 30000)") * 258, 30000U);
  EXPECT_EQ(ids("\"maxObjectsInGet\": \"many\""), 500U);
}

TEST(JmapSession, SaysWhatIsWrongWithIt) {
  const auto fault = [](const std::string& text) {
    const auto session = read_session(text, found_at);
    return session ? std::optional<Fault>() : session.error().fault;
  };
  EXPECT_EQ(fault("<html>Log in</html>"), Fault::protocol);
  EXPECT_EQ(fault("{}"), Fault::protocol);
  EXPECT_EQ(fault(session_text().substr(0, 200)), Fault::protocol);
  EXPECT_EQ(fault(session_text(R"("maxCallsInRequest": 3)")), Fault::config);
  EXPECT_EQ(fault(session_text(R"("maxCallsInRequest": 4)")), std::nullopt);
  std::string other = session_text();
  for (auto at = other.find("jmap:mail"); at != std::string::npos; at = other.find("jmap:mail"))
    other.replace(at, 9, "jmap:task");
  EXPECT_EQ(fault(other), Fault::config);
  std::string odd = session_text();
  odd.replace(odd.find(R"("A1"})"), 5, R"("../x"})");
  EXPECT_EQ(fault(odd), Fault::protocol);
}

TEST(JmapJson, EndsWhereItIsNestedTooDeep) {
  EXPECT_TRUE(Json::parse("[[[[1]]]]").has_value());
  EXPECT_FALSE(Json::parse(std::string(1'000'000, '[')).has_value());
  EXPECT_FALSE(Json::parse(std::string(100, '[') + "1" + std::string(100, ']')).has_value());
}

std::vector<Mailbox> usual() {
  return {
      {"i", "Inbox", "", "inbox"}, {"d", "Entwürfe", "", "drafts"}, {"s", "Gesendet", "", "sent"},
      {"t", "Bin", "", "trash"},   {"j", "Junk", "", "junk"},       {"a", "All", "", "all"},
      {"x", "Lists", "", ""},      {"y", "Old", "t", ""},           {"z", "Sent", "", ""}};
}

TEST(JmapMailboxes, TellTheBoxOfAMailByRolesAndLeaveOutWhatWasThrownAway) {
  const Mailboxes boxes(usual(), {});
  EXPECT_EQ(boxes.box_of({"i"}), Box::inbox);
  EXPECT_EQ(boxes.box_of({"x", "i"}), Box::inbox);
  EXPECT_EQ(boxes.box_of({"i", "s"}), Box::sent);
  EXPECT_EQ(boxes.box_of({"s", "d"}), Box::drafts);
  EXPECT_EQ(boxes.box_of({"x"}), Box::other);
  EXPECT_EQ(boxes.box_of({"z"}), Box::other) << "the server tells which one is sent mail";
  EXPECT_EQ(boxes.box_of({"new"}), Box::other);
  EXPECT_EQ(boxes.box_of({"t"}), std::nullopt);
  EXPECT_EQ(boxes.box_of({"j"}), std::nullopt);
  EXPECT_EQ(boxes.box_of({"y"}), std::nullopt) << "below the trash";
  EXPECT_EQ(boxes.box_of({"t", "i"}), Box::inbox);
  EXPECT_EQ(boxes.box_of({"a"}), Box::other);
  EXPECT_EQ(boxes.box_of({"a", "t"}), std::nullopt);
  EXPECT_EQ(boxes.holding(Box::drafts), "d");
  EXPECT_EQ(boxes.holding(Box::sent), "s");
  EXPECT_THAT(boxes.places_among({"a", "d"}), ElementsAre("d"));
}

TEST(JmapMailboxes, GoByNamesWhereThereAreNoRolesAndByWishesFirst) {
  std::vector<Mailbox> plain = {{"i", "INBOX", "", ""},      {"d", "Drafts", "", ""},
                                {"s", "Sent Items", "", ""}, {"j", "Spam", "", ""},
                                {"w", "Mine", "x", ""},      {"x", "Team", "", ""}};
  const Mailboxes named(plain, {});
  EXPECT_EQ(named.box_of({"i"}), Box::inbox);
  EXPECT_EQ(named.holding(Box::drafts), "d");
  EXPECT_EQ(named.holding(Box::sent), "s");
  EXPECT_EQ(named.box_of({"j"}), std::nullopt);
  FolderWishes wishes;
  wishes.drafts = "team/MINE";
  wishes.skip = {"Sent Items"};
  const Mailboxes wished(plain, wishes);
  EXPECT_EQ(wished.holding(Box::drafts), "w");
  EXPECT_EQ(wished.box_of({"s"}), std::nullopt);
  EXPECT_EQ(wished.holding(Box::sent), "");
}

TEST(JmapMailboxes, ChangeTheirStampWhereMailsChangeTheirBox) {
  const std::string stamp = Mailboxes(usual(), {}).stamp();
  std::vector<Mailbox> more = usual();
  more.push_back({"n", "New", "", ""});
  EXPECT_EQ(Mailboxes(more, {}).stamp(), stamp);
  std::reverse(more.begin(), more.end());
  EXPECT_EQ(Mailboxes(more, {}).stamp(), stamp);
  std::vector<Mailbox> other = usual();
  other[6].role = "junk";
  EXPECT_NE(Mailboxes(other, {}).stamp(), stamp);
  // A circle of parents ends.
  EXPECT_EQ(Mailboxes({{"p", "P", "q", ""}, {"q", "Q", "p", ""}}, {}).box_of({"p"}), Box::other);
}

TEST(JmapCursor, ComesBackAsItWas) {
  Cursor cursor{"https://a/ A1", "77", "ii ss", 3};
  const Cursor read = Cursor::parse(cursor.text());
  EXPECT_EQ(read.text(), cursor.text());
  EXPECT_EQ(read.state, "77");
  EXPECT_EQ(read.page, 3U);
  for (const char* text : {"", "{", "[]", R"({"v": 2, "state": "7"})", "dav 1\n\n"})
    EXPECT_EQ(Cursor::parse(text).state, "") << text;
}

TEST(JmapRequests, AskForChangesAndTheirMailsInOneRequest) {
  const std::string text = ask_changes("A1", "17", 30);
  for (const char* part : {R"("using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:mail"])",
                           R"("sinceState":"17")", R"("maxChanges":30)", R"("path":"/created")",
                           R"("path":"/updated")", R"("resultOf":"changes")", R"(["Mailbox/get",)"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST(JmapRequests, AskForAllMailsOnlyWithATimeWhereThereIsOne) {
  Stretch stretch{core::Instant(), 5, 100};
  EXPECT_THAT(ask_first_listing("A1", stretch), Not(HasSubstr("filter")));
  stretch.since = core::parse_rfc3339("2026-01-02T03:04:05Z").value();
  const std::string text = ask_first_listing("A1", stretch);
  EXPECT_THAT(text, HasSubstr(R"("filter":{"after":"2026-01-02T03:04:05Z"})"));
  EXPECT_THAT(text, HasSubstr(R"("position":5)"));
  EXPECT_LT(text.find("\"state\"]"), text.find("\"query\"]"));
}

TEST(JmapRequests, WriteOnlyUnderTheStateThatWasSeen) {
  EXPECT_THAT(ask_destroy("A1", "9", "M1"), HasSubstr(R"("ifInState":"9")"));
  const std::string leave = ask_leave("A1", "9", "M1", "d");
  EXPECT_THAT(leave, HasSubstr(R"("ifInState":"9")"));
  EXPECT_THAT(leave, HasSubstr(R"({"M1":{"mailboxIds/d":null}})"));
  EXPECT_THAT(ask_import("A1", {"B", "d", true}, "7"), HasSubstr(R"("$draft":true)"));
  EXPECT_THAT(ask_import("A1", {"B", "d", true}, "7"), HasSubstr(R"("ifInState":"7")"));
  EXPECT_THAT(ask_import("A1", {"B", "s", false}, ""), Not(HasSubstr("$draft")));
  EXPECT_THAT(ask_import("A1", {"B", "s", false}, ""), Not(HasSubstr("ifInState")));
  EXPECT_THAT(ask_message_id("A1", "d", "\xff\"@x", 3), HasSubstr("\\\"@x")) << "odd bytes";
}

std::string response(const std::string& calls) {
  return R"({"sessionState": "s", "methodResponses": [)" + calls + "]}";
}
core::Result<Answers> answers(const std::string& calls) {
  return Answers::read(response(calls), "here");
}
constexpr const char* mail =
    R"({"id": "M1", "blobId": "B1", "size": 12, "receivedAt": "2026-01-02T03:04:05Z",
        "mailboxIds": {"i": true, "x": false}, "messageId": ["a@b"]})";

TEST(JmapAnswers, AreFoundByTheNameOfTheirCall) {
  const auto read = answers(std::string(R"(["Email/get", {"state": "5", "list": [)") + mail +
                            R"(], "notFound": ["M2"]}, "mails"])");
  ASSERT_TRUE(read.has_value()) << reason(read);
  EXPECT_EQ(read->session_state(), "s");
  const auto mails = read->mails("mails");
  ASSERT_TRUE(mails.has_value()) << reason(mails);
  EXPECT_EQ(mails->state, "5");
  EXPECT_THAT(mails->not_found, ElementsAre("M2"));
  ASSERT_EQ(mails->found.size(), 1U);
  EXPECT_EQ(mails->found[0].blob, "B1");
  EXPECT_EQ(mails->found[0].size, 12U);
  EXPECT_THAT(mails->found[0].mailboxes, ElementsAre("i"));
  EXPECT_THAT(mails->found[0].message_ids, ElementsAre("a@b"));
  EXPECT_EQ(read->mails("other").error().fault, Fault::protocol);
  EXPECT_EQ(read->changes("mails").error().fault, Fault::protocol);
}

TEST(JmapAnswers, ThatMakeNoSenseAreFaults) {
  for (const char* text : {"<html>", "{}", R"({"methodResponses": {}})",
                           R"({"methodResponses": [["Email/get", {}]]})"})
    EXPECT_FALSE(Answers::read(text, "here").has_value()) << text;
  const auto fails = [](const std::string& calls, auto ask) {
    const auto read = answers(calls);
    return !read || !ask(*read).has_value();
  };
  const auto mails = [](const Answers& read) { return read.mails("n"); };
  const auto changes = [](const Answers& read) { return read.changes("n"); };
  const auto mailboxes = [](const Answers& read) { return read.mailboxes("n"); };
  const auto listing = [](const Answers& read) { return read.listing("n"); };
  EXPECT_TRUE(fails(R"(["Email/get", {"state": "5"}, "n"])", mails));
  EXPECT_TRUE(fails(R"(["Email/get", {"list": []}, "n"])", mails));
  EXPECT_TRUE(fails(R"(["Email/get", {"state": "5", "list": [{"id": "M1"}]}, "n"])", mails));
  EXPECT_TRUE(fails(R"(["Email/changes", {"newState": "5"}, "n"])", changes));
  EXPECT_TRUE(fails(
      R"(["Email/changes", {"newState": "5", "created": ["../"], "updated": [], "destroyed": []},
          "n"])",
      changes));
  EXPECT_TRUE(fails(R"(["Mailbox/get", {"list": []}, "n"])", mailboxes));
  EXPECT_TRUE(fails(R"(["Email/query", {}, "n"])", listing));
  EXPECT_FALSE(fails(R"(["Email/query", {"ids": []}, "n"])", listing));
}

TEST(JmapAnswers, TurnErrorsOfCallsIntoFaults) {
  const auto fault = [](const std::string& type) {
    return answers(R"(["error", {"type": ")" + type + R"("}, "n"])")->mails("n").error().fault;
  };
  EXPECT_EQ(fault("serverUnavailable"), Fault::transient);
  EXPECT_EQ(fault("rateLimit"), Fault::throttled);
  EXPECT_EQ(fault("accountReadOnly"), Fault::config);
  EXPECT_EQ(fault("stateMismatch"), Fault::conflict);
  EXPECT_EQ(fault("somethingNew"), Fault::protocol);
  EXPECT_TRUE(answers(R"(["error", {"type": "accountNotFound"}, "n"])")->is_account_unknown());
  EXPECT_FALSE(answers(R"(["error", {"type": "serverFail"}, "n"])")->is_account_unknown());
}

TEST(JmapAnswers, SayWhatBecameOfAWrite) {
  const auto written = [](const std::string& arguments) {
    return answers(R"(["Email/set", )" + arguments + R"(, "write"])")->written(call::write);
  };
  EXPECT_TRUE(written(R"({"updated": {"M1": null}})")->is_done);
  EXPECT_TRUE(written(R"({"destroyed": ["M1"], "notDestroyed": {}})")->is_done);
  EXPECT_EQ(written(R"({"created": {"mail": {"id": "M7"}}})")->id, "M7");
  const auto there = written(R"({"created": {}, "notCreated": {"mail": {"type": "alreadyExists",
                  "existingId": "M3"}}})");
  EXPECT_FALSE(there->is_done);
  EXPECT_EQ(there->error, "alreadyExists");
  EXPECT_EQ(there->id, "M3");
  EXPECT_FALSE(written("{}").has_value());
}

TEST(JmapResync, FollowsErrorsOfBothKindsAndACounterThatRunsBackwards) {
  for (const char* type : {"cannotCalculateChanges", "invalidArguments", "tooManyChanges"})
    EXPECT_TRUE(means_listing(type));
  for (const char* type : {"", "serverFail", "accountNotFound"}) EXPECT_FALSE(means_listing(type));
  EXPECT_TRUE(goes_on("9", "10"));
  EXPECT_TRUE(goes_on("10", "10"));
  EXPECT_FALSE(goes_on("10", "9"));
  EXPECT_FALSE(goes_on("99999", "22"));
  EXPECT_TRUE(goes_on("b", "a")) << "only numbers are compared";
}

TEST(JmapProblem, IsReadFromTheBodyOfARefusedRequest) {
  const auto fault = [](const std::string& type) {
    const auto problem = problem_in(R"({"type": ")" + type + R"("})", "here");
    return problem ? std::optional(problem->fault) : std::nullopt;
  };
  EXPECT_EQ(fault("urn:ietf:params:jmap:error:limit"), Fault::throttled);
  EXPECT_EQ(fault("urn:ietf:params:jmap:error:unknownCapability"), Fault::config);
  EXPECT_EQ(fault("about:blank"), std::nullopt);
  EXPECT_EQ(problem_in("<html>", "here"), std::nullopt);
}

std::vector<StreamEvent> events_in(const std::string& bytes, std::size_t step) {
  EventStream stream;
  std::vector<StreamEvent> all;
  for (std::size_t at = 0; at < bytes.size(); at += step)
    for (const StreamEvent& event : stream.feed(bytes.substr(at, step))) all.push_back(event);
  return all;
}

TEST(JmapEvents, AreReadWhereverTheBytesAreCut) {
  const StreamEvent state{"state", "{\"a\":\n1}", "7"};
  const StreamEvent ping{"ping", R"({"interval": 30})", "7"};
  const std::string bytes = "\xEF\xBB\xBF: hello\r\n" + build_event(state) +
                            "event: ping\r\ndata: {\"interval\": 30}\r\n\r\nretry: 5\n\n"
                            "data\rdata:x\r\r";
  for (std::size_t step = 1; step <= bytes.size(); ++step)
    ASSERT_THAT(events_in(bytes, step),
                ElementsAre(state, ping, StreamEvent{"message", "\nx", "7"}))
        << step;
  EXPECT_THAT(events_in("event: state\ndata: cut off", 3), IsEmpty());
}

TEST(JmapEvents, HaveABound) {
  EventStream stream;
  const std::string flood(100'000, 'x');
  for (int i = 0; i < 10; ++i) stream.feed(flood);
  EXPECT_TRUE(stream.is_too_large());
  EventStream lines;
  for (int i = 0; i < 10; ++i) lines.feed("data: " + flood + "\n");
  EXPECT_TRUE(lines.is_too_large());
}

TEST(JmapEvents, AreNewsWhereMailOfTheAccountChanged) {
  const auto is_news = [](const std::string& text) {
    return is_about_mail({"state", text, ""}, "A1");
  };
  EXPECT_TRUE(is_news(R"({"changed": {"A1": {"Email": "5"}}})"));
  EXPECT_TRUE(is_news(R"({"changed": {"A1": {"Mailbox": "5"}}})"));
  EXPECT_FALSE(is_news(R"({"changed": {"A1": {"Calendar": "5"}}})"));
  EXPECT_FALSE(is_news(R"({"changed": {"A2": {"Email": "5"}}})"));
  EXPECT_TRUE(is_news("gibberish"));
  EXPECT_FALSE(is_about_mail({"ping", "{}", ""}, "A1"));
  EXPECT_EQ(interval_in({"ping", R"({"interval": 30})", ""}), 30);
  EXPECT_EQ(interval_in({"ping", R"({"interval": 0})", ""}), std::nullopt);
  EXPECT_EQ(interval_in({"ping", R"({"interval": 99999999})", ""}), std::nullopt);
  EXPECT_EQ(interval_in({"state", R"({"interval": 30})", ""}), std::nullopt);
}

}  // namespace
}  // namespace ioud::connectors::jmap
