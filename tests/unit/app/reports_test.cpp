#include "app/reports.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "sample_ledger.hpp"

namespace ioud::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

int points_of(const domain::Client& client) { return client.name == "Acme Press" ? 3 : -2; }

json ledger_of(const SampleLedger& sample) {
  return json::parse(ledger_json(sample.source(), points_of));
}

TEST(LedgerReport, HasTheShapeOfTheContract) {
  const json out = ledger_of(SampleLedger());
  const json expected = {{"id", "favbelt111"},
                         {"client", "Acme Press"},
                         {"debtor", "meg@acme.test"},
                         {"beneficiary", nullptr},
                         {"kind", "errand"},
                         {"size", "L"},
                         {"text", "drop the part off"},
                         {"offered_at", "2026-03-04T14:25:00-06:00"},
                         {"due", "2026-03-07"},
                         {"state", "offered"},
                         {"effort_minutes", 120},
                         {"effort_source", "estimate"},
                         {"confidence", 0.97},
                         {"evidence",
                          {{{"source", "mail"},
                            {"id", "promise@rep.test"},
                            {"quote", "I'll drop the part off Saturday"}}}}};
  EXPECT_EQ(out["favours"][1], expected);
  const json iou = {{"id", "ioubelt222"},
                    {"client", "Acme Press"},
                    {"ask", "introductions"},
                    {"state", "proposed"},
                    {"favours", {"favbelt111"}},
                    {"sitdown",
                     {{"uid", "iou-1@ioud"},
                      {"calendar", "IOUs"},
                      {"start", "2026-03-09T11:15:00-05:00"},
                      {"minutes", 20}}}};
  EXPECT_EQ(out["ious"][1], iou);
}

TEST(LedgerReport, ADueHourIsATimeInTheRepsZone) {
  const json favour = ledger_of(SampleLedger())["favours"][0];
  EXPECT_EQ(favour["due"], "2026-03-11T18:00:00-05:00");
  EXPECT_EQ(favour["beneficiary"], "Karen Bright");
}

TEST(LedgerReport, ABankedIouHasNoAskAndNoSitdown) {
  SampleLedger sample;
  sample.ledger.ious["iouaudit444"].ask = "feedback";
  const json iou = ledger_of(sample)["ious"][0];
  EXPECT_EQ(iou["state"], "banked");
  EXPECT_TRUE(iou["ask"].is_null());
  EXPECT_TRUE(iou["sitdown"].is_null());
}

TEST(LedgerReport, TotalsMeterAndTouches) {
  const json out = ledger_of(SampleLedger());
  EXPECT_EQ(out["meter"], json::parse(R"([{"client": "Acme Press", "minutes": 120},
                                          {"client": "Initech", "minutes": 60}])"));
  EXPECT_EQ(out["trust"], json::parse(R"([{"client": "Acme Press", "points": 3},
                                          {"client": "Initech", "points": -2}])"));
  EXPECT_EQ(out["touches"][0], json::parse(R"({"contact": "meg@acme.test", "held": 2,
                            "last": "2026-03-04T14:25:00-06:00"})"));
}

TEST(LedgerReport, NumbersTheLinesThatWaitForTheReview) {
  EXPECT_EQ(ledger_of(SampleLedger())["review"],
            json({"1. Initech: offer the paid route", "2. Acme Press: due when?"}));
}

TEST(LedgerReport, AnEmptyLedgerIsListsOfNothing) {
  const domain::Ledger ledger;
  const std::vector<domain::Client> clients;
  const json out = json::parse(ledger_json({&ledger, &clients, core::Zone()}, points_of));
  EXPECT_EQ(out, json::parse(R"({"favours": [], "ious": [], "meter": [], "trust": [],
                                 "touches": [], "review": []})"));
}

TEST(LedgerReport, AQuoteThatIsNoUtf8BreaksNothing) {
  SampleLedger sample;
  sample.ledger.favours["favbelt111"].evidence.front().quote = "drop \xff it";
  EXPECT_THAT(ledger_json(sample.source(), points_of), HasSubstr("\xEF\xBF\xBD"));
}

TEST(LedgerReport, ReadsWellForAPerson) {
  const std::string text = ledger_text(SampleLedger().source(), points_of);
  EXPECT_THAT(text, HasSubstr("favbelt1  Acme Press: drop the part off (errand, offered, due "
                              "2026-03-07)"));
  EXPECT_THAT(text, HasSubstr("introductions (proposed), Mon 9 Mar 2026 11:15, 20 min"));
  EXPECT_THAT(text, HasSubstr("no ask chosen (banked)"));
  EXPECT_THAT(text, HasSubstr("Acme Press: 2 h 00"));
  EXPECT_THAT(text, HasSubstr("Initech: -2"));
  EXPECT_THAT(text, HasSubstr("meg@acme.test: 2, last Wed 4 Mar 2026 14:25"));
  EXPECT_THAT(text, HasSubstr("1. Initech: offer the paid route"));
}

TEST(StatusReport, HasTheShapeOfTheContract) {
  const Status status = {{{"disk", Health::ok, 0, ""},
                          {"mail", Health::degraded, 3, "x.eml: no date"},
                          {"web", Health::down, 0, "not there"}},
                         1,
                         2};
  EXPECT_EQ(json::parse(status_json(status)), json::parse(R"({
    "connectors": [
      {"name": "disk", "health": "ok", "bad_items": 0, "last_error": null},
      {"name": "mail", "health": "degraded", "bad_items": 3, "last_error": "x.eml: no date"},
      {"name": "web", "health": "down", "bad_items": 0, "last_error": "not there"}],
    "queues": {"hold": 1, "send": 2}})"));
  EXPECT_EQ(status_text(status),
            "disk: ok\nmail: degraded, 3 unreadable; x.eml: no date\nweb: down; not there\n"
            "waiting: 1 on hold, 2 to send\n");
}

TEST(ExportReport, HoldsThePersonAndNobodyElse) {
  const SampleLedger sample;
  const std::string text = export_json(sample.source(), "Omar@initech.test", nullptr);
  EXPECT_THAT(text, HasSubstr("run the audit numbers"));
  EXPECT_THAT(text, HasSubstr("omar@initech.test"));
  for (const char* other :
       {"meg@", "karen@", "Karen", "Acme", "drop the part", "Alvarez", "Whitfield"})
    EXPECT_THAT(text, Not(HasSubstr(other)));
  const json out = json::parse(text);
  EXPECT_EQ(out["client"]["flags"], json({"no_asks"}));
  EXPECT_EQ(out["favours"].size(), 1U);
  EXPECT_EQ(out["ious"].size(), 1U);
  EXPECT_EQ(out["meter"][0]["minutes"], 60);
  EXPECT_EQ(out["trust"][0]["cause"], "delivered");
  EXPECT_EQ(out["touches"].size(), 1U);
  EXPECT_EQ(out["review"], json({"Initech: offer the paid route"}));
  EXPECT_TRUE(out["person"].is_null());
}

TEST(ExportReport, HoldsEventsDraftsMailAndTheCard) {
  const SampleLedger sample;
  domain::Person meg;
  meg.name = "Meg Alvarez";
  meg.addresses = {"meg@acme.test", "meg@home.test"};
  meg.phones = {"+1 555"};
  meg.dates = {{"birthday", "", {std::nullopt, 4, 12, "gregorian"}}};
  meg.facts = {{"hobby", "sailing"}};
  const json out = json::parse(export_json(sample.source(), "meg@home.test", &meg));
  EXPECT_EQ(out["address"], "meg@home.test");
  EXPECT_EQ(out["person"]["dates"][0]["date"], "-----04-12");
  EXPECT_EQ(out["person"]["facts"][0]["text"], "sailing");
  EXPECT_EQ(out["client"]["tier"], "gold");
  EXPECT_EQ(out["favours"][0]["evidence"][0]["subject"], "Press down");
  EXPECT_EQ(out["ious"][0]["sitdown"], "2026-03-09T11:15:00-05:00");
  EXPECT_EQ(out["events"].size(), 2U);
  EXPECT_EQ(out["approvals"][0]["gesture"], "accepted");
  EXPECT_EQ(out["drafts"][0]["state"], "standing");
  EXPECT_EQ(out["sent"][0]["message_id"], "s1");
  ASSERT_EQ(out["referrals"].size(), 1U);
  EXPECT_EQ(out["referrals"][0]["name"], "Dana Whitfield");
}

TEST(ExportReport, ABeneficiaryIsAPersonToo) {
  const SampleLedger sample;
  domain::Person karen;
  karen.name = "Karen Bright";
  karen.addresses = {"karen@acme.test"};
  const json out = json::parse(export_json(sample.source(), "karen@acme.test", &karen));
  ASSERT_EQ(out["favours"].size(), 1U);
  EXPECT_EQ(out["favours"][0]["role"], "beneficiary");
  EXPECT_EQ(out["ious"].size(), 0U);
}

TEST(ExportReport, ANobodyHasEmptySections) {
  const json out = json::parse(export_json(SampleLedger().source(), "no@body.test", nullptr));
  EXPECT_TRUE(out["client"].is_null());
  EXPECT_TRUE(out["favours"].empty());
  EXPECT_TRUE(out["events"].empty());
}

}  // namespace
}  // namespace ioud::app
