#pragma once
// The common fixture on a desk: Tom, his clients, a ledger and facts that a test lays out, and the
// hour. `settle()` runs the planner as the engine does and lets a calendar and a Drafts folder in
// memory obey every step, so that whole stories can be told without input or output.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "agenda_samples.hpp"
#include "domain/planner.hpp"
#include "domain/sitdowns.hpp"

namespace ioud::domain {

using agenda_samples::day;
using agenda_samples::when;

inline Client client(std::string name, Stage stage, Tier tier, std::vector<std::string> contacts) {
  Client one;
  one.name = std::move(name);
  one.stage = stage;
  one.tier = tier;
  one.contacts = std::move(contacts);
  one.zone = "America/Chicago";
  one.opening_trust = 3;
  one.opening_delivered = 1;
  return one;
}

inline Card card(const std::string& name, const std::string& address) {
  Card one;
  one.uid = address;
  one.name = name;
  one.addresses = {address};
  return one;
}

class Desk {
 public:
  Desk() {
    setting.rep = {"Tom Reyes", {"tom@rep.test"}, agenda_samples::chicago(), {"rep.test"}, "en-US"};
    setting.identity = {"ioud for Tom Reyes", "tom+ioud@rep.test"};
    setting.proposals = "IOUs";
    setting.occasions = "Client dates";
    setting.meetings = "work";
    auto& on = setting.policy.features;
    on.cadence = on.referrals = on.after_sale = on.planning = on.occasions = on.parity = on.prep =
        false;
    clients = {
        client("Acme Press", Stage::customer, Tier::gold, {"meg@acme.test", "karen@acme.test"}),
        client("Initech", Stage::customer, Tier::bronze, {"omar@initech.test"}),
        client("Newco", Stage::prospect, Tier::bronze, {"lena@newco.test"})};
    for (Client& one : clients)
      if (one.stage == Stage::customer) one.purchases = {{day("2025-06-01"), "press"}};
    cards = {card("Meg Alvarez", "meg@acme.test"), card("Karen Bright", "karen@acme.test"),
             card("Omar Haddad", "omar@initech.test"), card("Lena Ortiz", "lena@newco.test")};
    facts.complete = {"IOUs", "Client dates", "work"};
    facts.drafts_complete = true;
    ledger.salt = "sixteen bytes of salt";
    meet_people();
  }

  /// After `clients` or `cards` were changed.
  void meet_people() { facts.directory = make_directory(clients, cards); }
  const Client& known(const std::string& name) const { return *facts.directory.client(name); }

  Pass pass() { return {ledger, facts, setting, now}; }
  void at(const char* time) { now = when(time); }

  /// A mail of the rep to a contact, sent at `now`, that holds these findings.
  Mail& sent(const std::string& id, const std::string& to, std::vector<Finding> findings = {},
             const std::string& answers = "") {
    return mail(id, "tom@rep.test", to, Box::sent, std::move(findings), answers);
  }
  Mail& received(const std::string& id, const std::string& from, std::vector<Finding> findings = {},
                 const std::string& answers = "") {
    return mail(id, from, "tom@rep.test", Box::inbox, std::move(findings), answers);
  }

  /// What was found where the rep promised something.
  static Finding promise(const std::string& kind, const std::string& what,
                         std::optional<Due> due = std::nullopt, double score = 0.95) {
    Finding one;
    one.label = Label::rep_favour;
    one.score = score;
    one.quote = "I'll " + what;
    one.slots.what = what;
    one.slots.thing = what.substr(what.find(' ') + 1);
    one.slots.lemma = what;
    one.slots.shape = "i will " + what.substr(0, what.find(' '));
    one.slots.kind = kind;
    one.slots.due = due;
    return one;
  }
  static Signal signal(SignalKind kind, const std::string& thing = "") {
    Signal one;
    one.kind = kind;
    one.quote = "words";
    one.thing = thing;
    return one;
  }
  static Due due(const char* date) { return {day(date), std::nullopt}; }

  /// The one favour or IOU there is; the test fails where there are others.
  Favour& favour() { return only(ledger.favours); }
  Iou& iou() { return only(ledger.ious); }
  IouState state() { return iou().state; }

  /// Plans once and lets everything obey it.
  Plan step() {
    Plan plan = domain::plan(ledger, facts, setting, now);
    ledger = plan.ledger;
    for (const CalendarStep& one : plan.calendar)
      if (!refuses_write || !refuses_write()) obey(one);
    for (const WantedDraft& draft : plan.drafts) {
      DraftRecord record = draft.record;
      record.hash = "as written";
      ledger.drafts[record.id] = record;
      facts.drafts.push_back({record.message_id, "d", "1", record.hash});
      written_drafts.push_back(draft);
    }
    for (const std::string& id : plan.drafts_to_remove) {
      const std::string mark = ledger.drafts.at(id).message_id;
      std::erase_if(facts.drafts, [&](const auto& one) { return one.message_id == mark; });
      ledger.drafts.at(id).state = "removed";
    }
    for (const DueMessage& message : plan.messages) {
      if (refuses_mail && refuses_mail()) continue;
      message_sent(ledger, setting, message, now);
      left.push_back(message);
    }
    return plan;
  }
  /// Plans until nothing is left to do; gives the number of plans that changed something.
  int settle() {
    for (int round = 0; round < 6; ++round) {
      const Plan plan = step();
      if (plan.calendar.empty() && plan.drafts.empty() && plan.messages.empty() &&
          plan.drafts_to_remove.empty())
        return round;
    }
    ADD_FAILURE() << "the plans do not come to rest";
    return 6;
  }
  int settle(const char* time) {
    at(time);
    return settle();
  }

  /// What stands under a UID that begins so; the first one.
  Standing* standing(const std::string& prefix) {
    for (Standing& one : facts.standing)
      if (one.item.uid.starts_with(prefix)) return &one;
    return nullptr;
  }
  CalendarItem& item(const std::string& prefix) {
    Standing* found = standing(prefix);
    if (found == nullptr) throw std::runtime_error("nothing stands as " + prefix);
    found->etag += "'";
    return found->item;
  }
  std::size_t count(const std::string& prefix) const {
    return static_cast<std::size_t>(
        std::count_if(facts.standing.begin(), facts.standing.end(),
                      [&](const Standing& one) { return one.item.uid.starts_with(prefix); }));
  }
  void remove(const std::string& prefix) {
    std::erase_if(facts.standing,
                  [&](const Standing& one) { return one.item.uid.starts_with(prefix); });
  }
  void answer_sitdown(const std::string& partstat) {
    item("iou-").guests.front().partstat = partstat;
  }

  /// A proposed sit-down about an errand for Saturday, as in the story of the part.
  void propose_errand() {
    at("2026-03-04 14:25");
    sent("promise", "meg@acme.test", {promise("errand", "drop belt", due("2026-03-07"))});
    settle("2026-03-04 14:30");
  }
  /// A promise that was noted down, not mailed.
  void propose_capture() {
    CaptureNote note;
    note.source = "event";
    note.id = "c";
    note.is_sure = true;
    note.client = "Acme Press";
    note.made = now;
    note.slots = promise("errand", "bring belt", due("2026-03-07")).slots;
    facts.captures = {note};
    settle();
  }
  /// On from propose_errand() to the invitation, which leaves after the hold.
  void invite() {
    propose_errand();
    answer_sitdown("ACCEPTED");
    settle("2026-03-05 10:00");
    settle("2026-03-05 10:12");
  }
  /// The client's calendar answers the invitation.
  void client_answers(const std::string& id, const std::string& partstat, int sequence = 0,
                      const std::string& method = "REPLY") {
    Mail& one = received(id, iou().contact);
    one.answer = CalendarAnswer{method,   iou().invitation->uid, sequence,    iou().contact,
                                partstat, std::nullopt,          std::nullopt};
  }

  std::vector<Client> clients;
  std::vector<Card> cards;
  Ledger ledger;
  Facts facts;
  Setting setting;
  core::Instant now = when("2026-03-04 14:30");
  std::vector<DueMessage> left;  ///< messages handed over, in order
  std::vector<WantedDraft> written_drafts;
  std::vector<CalendarStep> obeyed;
  std::function<bool()> refuses_write;  ///< asked before each step; empty: every one is taken
  std::function<bool()> refuses_mail;   ///< likewise of messages

 private:
  Mail& mail(const std::string& id, const std::string& from, const std::string& to, Box box,
             std::vector<Finding> findings, const std::string& answers) {
    Mail one;
    one.message_id = id;
    one.in_reply_to = answers;
    if (!answers.empty()) one.references = {answers};
    one.box = box;
    one.from = from;
    one.to = {to};
    one.date = now;
    one.subject = "Press down";
    one.reading.findings = std::move(findings);
    facts.mails.push_back(std::move(one));
    return facts.mails.back();
  }

  void obey(const CalendarStep& one) {
    obeyed.push_back(one);
    const std::string etag = std::to_string(obeyed.size());
    const std::string href = one.href.empty() ? one.after.uid + ".ics" : one.href;
    if (one.kind == CalendarStep::Kind::create) {
      facts.standing.push_back({one.after, one.calendar, href, etag});
    } else {
      const auto stands =
          std::find_if(facts.standing.begin(), facts.standing.end(),
                       [&](const Standing& other) { return other.item.uid == one.before.uid; });
      ASSERT_NE(stands, facts.standing.end());
      ASSERT_EQ(stands->etag, one.etag) << "a conditional write would have failed";
      if (one.kind == CalendarStep::Kind::remove) {
        facts.standing.erase(stands);
      } else {
        stands->item = one.after;
        stands->etag = etag;
      }
    }
    step_done(ledger, one, href, etag);
  }

  template <class Row>
  static Row& only(std::map<std::string, Row>& rows) {
    EXPECT_EQ(rows.size(), 1U);
    if (rows.empty()) throw std::runtime_error("there is none");
    return rows.begin()->second;
  }
};

}  // namespace ioud::domain
