#pragma once
// A small ledger for the tests of reports: one client with a delivered favour on a sit-down, one
// with a banked favour, and something of every kind of row.

#include "app/reports.hpp"

namespace ioud::app {

inline core::Instant instant(const char* text) { return *core::parse_rfc3339(text); }
inline core::Date date(const char* text) { return *core::parse_date(text); }

struct SampleLedger {
  domain::Ledger ledger;
  std::vector<domain::Client> clients;

  SampleLedger() {
    add_clients();
    add_belt();
    add_numbers();
    add_rest();
  }

  ReportSource source() const { return {&ledger, &clients, *core::Zone::find("America/Chicago")}; }

 private:
  void add_clients() {
    domain::Client acme;
    acme.name = "Acme Press";
    acme.stage = domain::Stage::customer;
    acme.tier = domain::Tier::gold;
    acme.contacts = {"meg@acme.test", "karen@acme.test"};
    domain::Client initech;
    initech.name = "Initech";
    initech.contacts = {"omar@initech.test"};
    initech.no_asks = true;
    clients = {acme, initech};
  }

  void add_belt() {
    domain::Favour favour;
    favour.id = "favbelt111";
    favour.client = "Acme Press";
    favour.debtor = "meg@acme.test";
    favour.kind = "errand";
    favour.size = domain::Size::L;
    favour.text = "drop the part off";
    favour.offered_at = instant("2026-03-04T20:25:00Z");
    favour.due = {date("2026-03-07"), std::nullopt};
    favour.due_stated = true;
    favour.effort_minutes = 120;
    favour.effort_source = "estimate";
    favour.confidence = 0.96789;
    favour.evidence = {{"mail", "promise@rep.test", "I'll drop the part off Saturday", "Press down",
                        instant("2026-03-04T20:25:00Z")}};
    favour.reasons = {"first person and a promise: \"I'll\""};
    favour.history = {{instant("2026-03-04T20:30:00Z"), "offered", "mail"}};
    ledger.favours[favour.id] = favour;

    domain::Iou iou;
    iou.id = "ioubelt222";
    iou.client = "Acme Press";
    iou.contact = "meg@acme.test";
    iou.favours = {favour.id};
    iou.ask = "introductions";
    iou.cause = "favour";
    iou.state = domain::IouState::proposed;
    iou.opened = instant("2026-03-04T20:30:00Z");
    iou.sitdown = domain::Sitdown{};
    iou.sitdown->uid = "iou-1@ioud";
    iou.sitdown->start = instant("2026-03-09T16:15:00Z");
    iou.sitdown->minutes = 20;
    iou.history = {{instant("2026-03-04T20:30:00Z"), "proposed", "ask introductions"}};
    ledger.ious[iou.id] = iou;

    domain::ItemRecord item;
    item.uid = "iou-1@ioud";
    item.calendar = "IOUs";
    item.owner = iou.id;
    item.written.uid = item.uid;
    item.written.start = iou.sitdown->start;
    item.written.summary = "Sit-down: Meg Alvarez";
    ledger.items[item.uid] = item;
    item.uid = "prep-1@ioud";
    ledger.items[item.uid] = item;
  }

  void add_numbers() {
    domain::Favour favour;
    favour.id = "favaudit333";
    favour.client = "Initech";
    favour.debtor = "omar@initech.test";
    favour.beneficiary = "Karen Bright";
    favour.kind = "advice";
    favour.size = domain::Size::M;
    favour.text = "run the audit numbers";
    favour.offered_at = instant("2026-03-10T15:30:00Z");
    favour.due = {date("2026-03-11"), core::TimeOfDay(18, 0)};
    favour.state = domain::FavourState::delivered;
    favour.delivered_at = instant("2026-03-11T23:00:00Z");
    ledger.favours[favour.id] = favour;
    domain::Iou iou;
    iou.id = "iouaudit444";
    iou.client = "Initech";
    iou.contact = "omar@initech.test";
    iou.favours = {favour.id};
    iou.opened = instant("2026-03-10T16:00:00Z");
    ledger.ious[iou.id] = iou;
  }

  void add_rest() {
    ledger.meter["m1"] = {"m1", "Acme Press", "favbelt111",      "work",
                          90,   "estimate",   date("2026-03-04")};
    ledger.meter["m2"] = {"m2", "Acme Press", "favbelt111",      "travel",
                          30,   "estimate",   date("2026-03-04")};
    ledger.meter["m3"] = {"m3", "Initech", "favaudit333", "work", 60, "typed", date("2026-03-10")};
    ledger.trust["t1"] = {"t1",        "Initech",     2,
                          "delivered", "favaudit333", instant("2026-03-11T23:00:00Z")};
    ledger.referrals["r1"] = {"r1", "Acme Press", "meg@acme.test", "Dana Whitfield",
                              instant("2026-03-05T16:00:00Z")};
    ledger.touches["h1"] = {"h1", "meg@acme.test", instant("2026-03-04T20:25:00Z"), "mail", true};
    ledger.touches["h2"] = {"h2", "meg@acme.test", instant("2026-02-04T20:25:00Z"), "mail", true};
    ledger.touches["h3"] = {"h3", "omar@initech.test", instant("2026-03-10T15:00:00Z"), "mail",
                            true};
    ledger.review["r1"] = {"r1",
                           "scope",
                           "favaudit333",
                           "Initech",
                           "Initech: offer the paid route",
                           instant("2026-03-10T16:00:00Z"),
                           std::nullopt,
                           0,
                           "",
                           false};
    ledger.review["r0"] = {"r0",
                           "due",
                           "favbelt111",
                           "Acme Press",
                           "Acme Press: due when?",
                           instant("2026-03-11T16:00:00Z"),
                           std::nullopt,
                           0,
                           "",
                           false};
    ledger.review["r2"] = {"r2",
                           "due",
                           "x",
                           "Acme Press",
                           "mailed already",
                           instant("2026-03-01T16:00:00Z"),
                           instant("2026-03-02T16:00:00Z"),
                           1,
                           "m",
                           true};
    ledger.approvals["a1"] = {"a1",
                              "ioubelt222",
                              "REQUEST",
                              "accepted",
                              instant("2026-03-05T15:00:00Z"),
                              instant("2026-03-05T15:10:00Z"),
                              instant("2026-03-09T16:15:00Z"),
                              0,
                              std::nullopt,
                              false,
                              std::nullopt};
    domain::DraftRecord& draft = ledger.drafts["d1"];
    draft.id = "d1";
    draft.kind = "ask";
    draft.about = "ioubelt222";
    draft.contact = "meg@acme.test";
    draft.at = instant("2026-03-04T20:30:00Z");
    draft.state = "standing";
    domain::SentRecord& mail = ledger.sent["s1"];
    mail.message_id = "s1";
    mail.kind = "invitation";
    mail.about = "ioubelt222";
    mail.contact = "meg@acme.test";
    mail.at = instant("2026-03-05T15:10:00Z");
  }
};

}  // namespace ioud::app
