#include "domain/care.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "domain/ask.hpp"
#include "domain/birthday_cards.hpp"
#include "domain/cadence.hpp"
#include "domain/favours.hpp"
#include "domain/gesture.hpp"
#include "domain/iou.hpp"
#include "domain/occasion.hpp"
#include "domain/referrals.hpp"
#include "domain/review_book.hpp"
#include "domain/sitdowns.hpp"
#include "domain/standard_of_care.hpp"
#include "domain/talk.hpp"
#include "domain/touches.hpp"
#include "domain/trust.hpp"
#include "domain/unanswered.hpp"
#include "domain/visits.hpp"
#include "domain/wording_care.hpp"

namespace ioud::domain {
namespace {

constexpr int repaired_days = 1;
constexpr int care_reward_days = 7;

std::string uid_of(const char* prefix, const std::string& key) {
  return std::string(prefix) + "-" + core::ident({key}) + "@ioud";
}

void add_planning(Pass& pass, Agenda& agenda, std::vector<WantedItem>& wanted) {
  if (!pass.policy().features.planning) return;
  std::map<core::Date, HeldTime> held;
  for (const auto& [owner, time] : held_by_owner(pass, Role::planning))
    if (const auto week = core::parse_date(owner)) held[*week] = time;
  std::set<core::Date> skipped;
  for (const std::string& owner : refused_owners(pass, Role::planning))
    if (const auto week = core::parse_date(owner)) skipped.insert(*week);
  const Text text = planning_text();
  for (const PlanningTime& time : planning_times(agenda, pass.policy().planning, held, skipped)) {
    const std::string week = core::format(time.week);
    CalendarItem item = private_item(uid_of("plan", week), Role::planning, time.start,
                                     pass.policy().planning.minutes);
    item.summary = text.title;
    item.description = text.body;
    item.opaque = true;
    agenda.busy.add({item.uid, item.start, item.end, "", std::nullopt});
    wanted.push_back({std::move(item), pass.setting.proposals, week});
  }
}

Nudge nudge_of(const Pass& pass, const CareWish& wish) {
  Nudge nudge;
  nudge.contact = contact_name(pass, wish.contact);
  nudge.client = wish.client;
  nudge.cause = wish.cause;
  nudge.about = wish.about;
  nudge.about_on = wish.on;
  if (const Client* client = pass.facts.directory.client(wish.client)) {
    if (const auto last = last_touch(pass.ledger, *client)) nudge.last_contact = pass.day(*last);
    if (!client->purchases.empty()) {
      nudge.last_thing = client->purchases.back().what;
      nudge.last_thing_on = client->purchases.back().date;
    }
  }
  for (const auto& [id, favour] : pass.ledger.favours) {
    if (favour.client != wish.client || !favour.delivered_at) continue;
    const core::Date day = pass.day(*favour.delivered_at);
    if (nudge.last_thing_on && *nudge.last_thing_on >= day) continue;
    nudge.last_thing = favour.thing;
    nudge.last_thing_on = day;
  }
  return nudge;
}

/// After a complaint: the next business day, whatever else is on.
void add_make_good(const Pass& pass, std::vector<CareWish>& wishes) {
  for (const auto& [id, row] : pass.ledger.trust) {
    if (row.cause != "complaint") continue;
    const Client* client = pass.facts.directory.client(row.client);
    const Person* contact =
        client == nullptr ? nullptr : pass.facts.directory.main_contact(*client);
    if (contact == nullptr) continue;
    const core::Date due = core::add_business_days(
        pass.day(row.at), pass.policy().limits.make_good_days, pass.setting.holidays);
    if (due < pass.today()) continue;
    wishes.push_back(
        {"make_good:" + id, row.client, contact->address(), NudgeCause::make_good, due, true, ""});
  }
}

/// An invitation that nobody answered for two business days.
void add_silence(const Pass& pass, std::vector<CareWish>& wishes) {
  for (const auto& [id, iou] : pass.ledger.ious) {
    if (iou.state != IouState::offered || !iou.invitation || !iou.invitation->sent_at ||
        iou.invitation->partstat != "NEEDS-ACTION" || is_bare(pass.ledger, iou))
      continue;
    const core::Date due =
        core::add_business_days(pass.day(*iou.invitation->sent_at),
                                pass.policy().limits.silence_days, pass.setting.holidays);
    if (due > pass.today()) continue;
    wishes.push_back({"silence:" + id + std::to_string(iou.invitation->sequence), iou.client,
                      iou.contact, NudgeCause::silence, due, true, ""});
  }
}

void append(std::vector<CareWish>& all, std::vector<CareWish> more) {
  all.insert(all.end(), more.begin(), more.end());
}

void add_nudges(Pass& pass, const Agenda& agenda, std::vector<WantedItem>& wanted) {
  const Policy& policy = pass.policy();
  const Directory& directory = pass.facts.directory;
  const auto held = held_by_owner(pass, Role::nudge);
  std::vector<CareWish> wishes;
  if (policy.features.cadence) {
    append(wishes, cadence_wishes(directory, policy.cadence, agenda, last_contacts(pass), held));
    append(wishes, review_talk_wishes(directory, policy.cadence, pass.today()));
  }
  if (policy.features.after_sale) {
    append(wishes, first_purchase_wishes(directory, policy.after_sale, agenda, held));
    append(wishes, purchase_rhythm_wishes(directory, policy.after_sale, pass.today()));
  }
  if (policy.features.parity) append(wishes, parity_wishes(pass, held));
  if (policy.features.referrals) append(wishes, referral_nudges(pass, held));
  if (policy.features.occasions) append(wishes, card_wishes(pass, held));
  add_make_good(pass, wishes);
  add_silence(pass, wishes);
  if (policy.features.after_sale) append(wishes, visit_wishes(pass, wishes, held));
  std::erase_if(wishes, [&](const CareWish& wish) { return is_paused(pass, wish.client); });
  const auto met = meeting_days(directory, pass.facts.occurrences, pass.zone());
  for (const CareTime& time :
       care_times(agenda, policy.cadence, wishes, met, held, refused_owners(pass, Role::nudge))) {
    const Text text = nudge_text(nudge_of(pass, time.wish));
    CalendarItem item = private_item(uid_of("care", time.wish.key), Role::nudge, time.start,
                                     policy.cadence.nudge_minutes);
    item.summary = text.title;
    item.description = text.body;
    pass.ledger.marks["nudge:" + item.uid] = time.wish.client;
    wanted.push_back({std::move(item), pass.setting.proposals, time.wish.key});
  }
}

std::string stage_word(Stage stage) {
  switch (stage) {
    case Stage::prospect:
      return "prospect";
    case Stage::customer:
      return "customer";
    case Stage::former:
      return "former customer";
  }
  return {};
}

void add_meeting_preps(const Pass& pass, const Agenda& agenda, std::vector<WantedItem>& wanted) {
  if (!pass.policy().features.prep) return;
  for (const PrepTime& time :
       prep_times(agenda, pass.policy().prep, pass.facts.directory, pass.facts.occurrences)) {
    const std::string uid = uid_of("prep", time.key);
    const auto record = pass.ledger.items.find(uid);
    const bool is_standing = record != pass.ledger.items.end() && !record->second.gone;
    if (!time.is_in_time && !is_standing) continue;
    const Client* client = pass.facts.directory.client(time.client);
    if (client == nullptr || time.contacts.empty()) continue;
    MeetingPrep prep;
    prep.contact = contact_name(pass, time.contacts.front());
    prep.client = client->name;
    prep.stage = stage_word(client->stage);
    for (const Occurrence& one : pass.facts.occurrences)
      if (one.uid == time.meeting && one.recurrence == time.recurrence) prep.meeting = one.summary;
    if (const Person* person = pass.facts.directory.person(time.contacts.front()))
      prep.facts = facts_for_prep(*person, pass.policy().prep.facts);
    if (const auto last = last_touch(pass.ledger, *client)) prep.last_contact = pass.day(*last);
    for (const auto& [id, iou] : pass.ledger.ious) {
      if (iou.client != client->name || !is_live(iou.state)) continue;
      const auto favours = live_favours(pass.ledger, iou);
      const auto ask = pass.policy().catalogue.asks.find(iou.ask);
      prep.open.push_back(open_line(
          favours.empty() ? nullptr : favours.front(), iou,
          ask == pass.policy().catalogue.asks.end() ? "" : ask->second.topic, pass.zone()));
    }
    const Text text = meeting_prep_text(prep);
    CalendarItem item = private_item(uid, Role::prep, time.start, pass.policy().prep.minutes);
    item.summary = text.title;
    item.description = text.body;
    wanted.push_back({std::move(item), pass.setting.proposals, time.key});
  }
}

void add_occasions(Pass& pass, std::vector<WantedItem>& wanted) {
  if (!pass.policy().features.occasions || pass.setting.occasions.empty()) return;
  std::map<std::string, int> deletions;
  for (const auto& [uid, record] : pass.ledger.items)
    if (record.written.role == Role::occasion && record.gone && is_tombstoned(pass.ledger, uid))
      ++deletions[record.owner];
  const Occasions all = occasions_of(pass.facts.directory, pass.policy().occasions, pass.today());
  for (const Occasion& occasion : all.items) {
    const auto deleted = deletions.find(occasion.series);
    if (deleted != deletions.end() && deleted->second >= 2) continue;
    CalendarItem item;
    item.uid = uid_of("date", occasion.key);
    item.role = Role::occasion;
    item.day = occasion.date;
    item.summary = occasion.title;
    item.categories = {category(Role::occasion)};
    item.alarms = pass.policy().occasions.alarms;
    wanted.push_back({std::move(item), pass.setting.occasions, occasion.series});
  }
  for (const OccasionHint& hint : all.hints)
    add_review_line(pass, "month", hint.key, hint.client, hint.text);
}

bool has_live_iou(const Pass& pass, const std::string& client) {
  return std::any_of(pass.ledger.ious.begin(), pass.ledger.ious.end(), [&](const auto& entry) {
    return entry.second.client == client && is_live(entry.second.state);
  });
}

/// The last introductions ask of this client, a dismissed one too.
std::optional<core::Instant> last_introductions(const Pass& pass, const std::string& client) {
  std::optional<core::Instant> last;
  for (const auto& [id, iou] : pass.ledger.ious)
    if (iou.client == client && iou.ask == "introductions")
      last = std::max(last.value_or(iou.opened), iou.opened);
  return last;
}

void propose_referrals(Pass& pass, Agenda& agenda) {
  const Policy::Referrals& policy = pass.policy().referrals;
  const core::Date monday = core::monday_of(pass.today());
  int this_week = 0;
  for (const auto& [id, iou] : pass.ledger.ious)
    if (iou.cause == "referral" && core::monday_of(pass.day(iou.opened)) == monday) ++this_week;
  std::vector<const Client*> clients;
  for (const Client& client : pass.facts.directory.clients()) {
    const auto last = last_introductions(pass, client.name);
    const bool rests =
        last && core::days_between(pass.day(*last), pass.today()) < policy.every_days;
    if (client.stage == Stage::customer && !rests && !has_live_iou(pass, client.name))
      clients.push_back(&client);
  }
  const auto balance = [&](const Client* client) {
    return trust_balance(pass.ledger, *client, pass.policy().trust, pass.now);
  };
  std::sort(clients.begin(), clients.end(), [&](const Client* a, const Client* b) {
    return std::pair(-balance(a), a->name) < std::pair(-balance(b), b->name);
  });
  for (const Client* client : clients) {
    if (this_week >= policy.per_week) return;
    const std::size_t before = pass.ledger.ious.size();
    open_favourless(pass, agenda, *client, "introductions", "referral", core::format(pass.today()),
                    {});
    if (pass.ledger.ious.size() > before) ++this_week;
  }
}

}  // namespace

std::map<std::string, HeldTime> held_by_owner(const Pass& pass, Role role) {
  std::map<std::string, HeldTime> held;
  for (const auto& [uid, item] : pass.ledger.items)
    if (item.written.role == role && !item.gone && !item.seen.day)
      held[item.owner] = {item.seen.start, item.seen.start != item.written.start, uid};
  return held;
}

std::set<std::string> refused_owners(const Pass& pass, Role role) {
  std::set<std::string> refused;
  for (const auto& [uid, item] : pass.ledger.items)
    if (item.written.role == role && item.gone && is_tombstoned(pass.ledger, uid))
      refused.insert(item.owner);
  return refused;
}

std::vector<WantedItem> care_items(Pass& pass, Agenda& agenda) {
  std::vector<WantedItem> wanted;
  add_planning(pass, agenda, wanted);
  add_nudges(pass, agenda, wanted);
  add_meeting_preps(pass, agenda, wanted);
  add_occasions(pass, wanted);
  return wanted;
}

void propose_care_asks(Pass& pass, Agenda& agenda) {
  if (pass.policy().features.after_sale) {
    for (const AfterSaleAsk& ask :
         after_sale_asks(pass.facts.directory, pass.policy().after_sale, agenda)) {
      const Client* client = pass.facts.directory.client(ask.client);
      if (client == nullptr) continue;
      Wish wish;
      wish.not_before = core::instant_in(pass.zone(), ask.from, core::TimeOfDay(0));
      open_favourless(pass, agenda, *client, ask.ask, "after_sale", ask.key, wish);
    }
  }
  if (pass.policy().features.referrals) propose_referrals(pass, agenda);
}

void reward_care(Pass& pass) {
  for (const auto& [uid, item] : pass.ledger.items) {
    if (item.written.role != Role::nudge || item.gone || item.seen.end > pass.now) continue;
    const bool is_repair = item.owner.starts_with("make_good:");
    const auto mark = pass.ledger.marks.find("nudge:" + uid);
    const Client* client =
        mark == pass.ledger.marks.end() ? nullptr : pass.facts.directory.client(mark->second);
    if (client == nullptr) continue;
    const auto touched = last_touch(pass.ledger, *client);
    if (!touched || *touched < item.seen.start) continue;
    const int days = is_repair ? repaired_days : care_reward_days;
    if (*touched - item.seen.start > std::chrono::days{days}) continue;
    const Policy::Trust& trust = pass.policy().trust;
    post_trust(pass.ledger, client->name, is_repair ? trust.repaired : trust.care,
               is_repair ? "repaired" : "care", uid, *touched);
  }
}

}  // namespace ioud::domain
