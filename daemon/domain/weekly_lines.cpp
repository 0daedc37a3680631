#include "domain/weekly_lines.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "domain/ask.hpp"
#include "domain/balance.hpp"
#include "domain/cadence.hpp"
#include "domain/care.hpp"
#include "domain/occasion.hpp"
#include "domain/review_book.hpp"
#include "domain/standard_of_care.hpp"
#include "domain/touches.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

using core::Date;

constexpr int most_of_a_kind = 3;
constexpr double quiet_factor = 1.5;
constexpr int balance_weeks = 3;
constexpr std::size_t signs_of_leaving = 2;

struct Line {
  std::string kind;
  std::string facts;  ///< other facts, another line; with kind and client its subject
  std::string client;
  std::string text;
};
using Lines = std::vector<Line>;

std::string about(const Line& line) {
  return line.kind + "|" + line.client + (line.facts.empty() ? "" : "|" + line.facts);
}

/// Months since the year 0, to count in.
int month_of(Date day) {
  return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month()));
}

bool was_collected_since(const Pass& pass, const std::string& client, int month) {
  return std::any_of(pass.ledger.ious.begin(), pass.ledger.ious.end(), [&](const auto& entry) {
    const Iou& iou = entry.second;
    return iou.client == client &&
           std::any_of(iou.history.begin(), iou.history.end(), [&](const Change& change) {
             return change.state == name(IouState::collected) &&
                    month_of(pass.day(change.at)) >= month;
           });
  });
}

/// Unpaid hours rose in each of the last three whole months, and nothing was collected.
void add_rising(const Pass& pass, const Client& client, Lines& lines) {
  const int newest = month_of(pass.today()) - 1;
  std::array<int, 4> minutes{};  // newest first
  for (const auto& [id, row] : pass.ledger.meter) {
    const int back = newest - month_of(row.date);
    if (row.client == client.name && back >= 0 && back < static_cast<int>(minutes.size()))
      minutes[static_cast<std::size_t>(back)] += row.minutes;
  }
  const bool rises =
      minutes[0] > minutes[1] && minutes[1] > minutes[2] && minutes[2] > std::max(0, minutes[3]);
  if (!rises || !may_be_asked(pass, client) || was_collected_since(pass, client.name, newest - 2))
    return;
  lines.push_back({"rising", std::to_string(newest), client.name,
                   rising_line(client.name, minutes[0] + minutes[1] + minutes[2])});
}

/// Praise was heard, nothing was ever asked, and nothing is about to be.
void add_never_asked(const Pass& pass, const Client& client, Lines& lines) {
  const auto praise = pass.ledger.marks.find("praise:" + client.name);
  const auto at =
      praise == pass.ledger.marks.end() ? std::nullopt : core::parse_rfc3339(praise->second);
  if (!at || client.stage == Stage::former || !may_be_asked(pass, client)) return;
  const bool is_asked =
      std::any_of(pass.ledger.ious.begin(), pass.ledger.ious.end(), [&](const auto& entry) {
        const Iou& iou = entry.second;
        const bool is_planned = is_live(iou.state) && iou.state != IouState::banked;
        return iou.client == client.name && (iou.asked_at || is_planned);
      });
  if (is_asked) return;
  const int quarter = (month_of(pass.day(*at)) - 1) / 3;
  lines.push_back(
      {"never_asked", std::to_string(quarter), client.name, never_asked_line(client.name)});
}

/// The rival that a card of the client's people names, "" where none does.
std::string rival_of(const Pass& pass, const Client& client) {
  const std::vector<const Person*> people = pass.facts.directory.contacts(client);
  for (const Person* person : people)
    for (const Fact& fact : person->facts)
      if (fact.key == "rival" || fact.key == "rivals") return fact.text;
  return {};
}

/// How things stand with one client, as several lines need it.
struct Situation {
  Date last_contact;
  std::string rival;          ///< set where the client is quiet and a rival was named
  std::optional<Date> lapse;  ///< the newest order, where the next is far overdue
};

Situation situation_of(const Pass& pass, const Client& client, const LastContact& contacts,
                       const std::vector<CareWish>& rhythm) {
  Situation now;
  const auto last = contacts.find(client.name);
  now.last_contact = pass.day(last == contacts.end() ? pass.now : last->second);
  const int quiet = core::days_between(now.last_contact, pass.today());
  if (pass.policy().features.cadence && client.stage != Stage::former &&
      quiet > quiet_factor * cadence_days(client, pass.policy().cadence))
    now.rival = rival_of(pass, client);
  if (pass.policy().features.after_sale)
    for (const CareWish& wish : rhythm)
      if (wish.client == client.name && wish.cause == NudgeCause::lapse && wish.due <= pass.today())
        now.lapse = client.purchases.back().date;
  return now;
}

/// At least two of: quiet with a rival, no order for long, answers behind the standard.
void add_leaving(const Pass& pass, const Client& client, const Situation& now, Lines& lines) {
  std::vector<std::string> signs;
  if (!now.rival.empty()) signs.push_back("rival " + core::format(now.last_contact));
  if (now.lapse) signs.push_back("lapse " + core::format(*now.lapse));
  if (const auto raised = reply_flag_since(pass, client.name))
    signs.push_back("replies " + core::format(*raised));
  if (signs.size() < signs_of_leaving) return;
  lines.push_back({"leaving", core::joined(signs, "|"), client.name, leaving_line(client.name)});
}

/// Whether anything with the client is to come: a meeting, a talk, a nudge that stands or will.
class Plans {
 public:
  Plans(const Pass& pass, const Agenda& agenda, const LastContact& contacts) {
    const Directory& directory = pass.facts.directory;
    for (const Occurrence& one : pass.facts.occurrences)
      if (one.readable && one.busy && !one.cancelled && one.end > pass.now)
        for (const Guest& guest : one.guests)
          if (const Client* client = directory.client_of(guest.address)) add(client->name);
    for (const auto& [id, iou] : pass.ledger.ious)
      if (is_live(iou.state) && iou.sitdown && iou.sitdown->start > pass.now) add(iou.client);
    for (const auto& [uid, item] : pass.ledger.items)
      if (const auto mark = pass.ledger.marks.find("nudge:" + uid);
          mark != pass.ledger.marks.end() && !item.gone && item.seen.start > pass.now)
        add(mark->second);
    const std::set<std::string> refused = refused_owners(pass, Role::nudge);
    const std::vector<CareWish> wishes = cadence_wishes(directory, pass.policy().cadence, agenda,
                                                        contacts, held_by_owner(pass, Role::nudge));
    for (const CareWish& wish : wishes)
      if (!refused.contains(wish.key)) add(wish.client);
  }
  bool has(const std::string& client) const { return clients_.contains(client); }

 private:
  void add(const std::string& client) { clients_.insert(client); }
  std::set<std::string> clients_;
};

void add_of_client(const Pass& pass, const Client& client, const Situation& now, const Plans& plans,
                   Lines& lines) {
  add_leaving(pass, client, now, lines);
  if (!now.rival.empty())
    lines.push_back(
        {"rival", core::format(now.last_contact), client.name, rival_line(client.name, now.rival)});
  add_rising(pass, client, lines);
  if (pass.policy().features.cadence && client.stage == Stage::customer && !plans.has(client.name))
    lines.push_back(
        {"no_plan", core::format(now.last_contact), client.name, no_plan_line(client.name)});
  add_never_asked(pass, client, lines);
  if (pass.policy().features.after_sale && client.stage == Stage::customer &&
      client.purchases.size() == 1 && client.purchases.front().date <= pass.today())
    lines.push_back({"second_purchase", core::format(client.purchases.front().date), client.name,
                     second_purchase_line(client.name)});
}

void add_balance(const Pass& pass, Lines& lines) {
  const auto percent = low_customer_percent(pass);
  if (!percent) return;
  const Line line{"balance", core::format(core::monday_of(pass.today())), "",
                  balance_line(*percent)};
  const core::Instant rested = pass.now - std::chrono::days{7 * balance_weeks - 1};
  const bool rests =
      std::any_of(pass.ledger.review.begin(), pass.ledger.review.end(), [&](const auto& entry) {
        return entry.second.kind == line.kind && entry.second.about != about(line) &&
               entry.second.at > rested;
      });
  if (!rests) lines.push_back(line);
}

/// Birthdays until the next review that get no draft. A date does not wait for another week, so
/// these are never too many.
void add_birthdays(Pass& pass) {
  if (!pass.policy().features.occasions) return;
  const Date last = core::add_days(pass.today(), 7);
  const Occasions all = occasions_of(pass.facts.directory, pass.policy().occasions, pass.today());
  for (const Occasion& one : all.items) {
    if (one.kind != "birthday" || one.date > last) continue;
    const Client* client = pass.facts.directory.client(one.client);
    const Person* person = pass.facts.directory.person(one.contact);
    if (client == nullptr || person == nullptr || client->no_greetings || person->no_greetings ||
        gets_greeting_draft(*client, pass.policy().occasions))
      continue;
    add_review_line(pass, "birthday", one.key, one.client, birthday_line(person->name, one.date));
  }
}

}  // namespace

void add_weekly_lines(Pass& pass, const Agenda& agenda) {
  if (!is_review_due(pass)) return;
  const Directory& directory = pass.facts.directory;
  const LastContact contacts = last_contacts(pass);
  const Plans plans(pass, agenda, contacts);
  const std::vector<CareWish> rhythm =
      purchase_rhythm_wishes(directory, pass.policy().after_sale, pass.today());
  Lines lines;
  for (const Client& client : directory.clients())
    add_of_client(pass, client, situation_of(pass, client, contacts, rhythm), plans, lines);
  add_balance(pass, lines);
  std::map<std::string, int> waiting;  // by kind
  for (const auto& [id, line] : pass.ledger.review)
    if (!line.done) ++waiting[line.kind];
  for (const Line& line : lines) {
    if (has_review_line(pass.ledger, line.kind, about(line))) continue;
    if (waiting[line.kind]++ >= most_of_a_kind) continue;
    add_review_line(pass, line.kind, about(line), line.client, line.text);
  }
  add_birthdays(pass);
}

}  // namespace ioud::domain
