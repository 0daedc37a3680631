#include "domain/reconcile.hpp"

#include <algorithm>

#include "domain/retention.hpp"
#include "domain/wording.hpp"

namespace ioud::domain {
namespace {

template <class T>
const T& pick(const T& wanted, const T& base, const T& standing) {
  return wanted == base ? standing : wanted;
}

/// Words of ours, unless the rep wrote his own over them.
const std::string& pick_words(const std::string& wanted, const std::string& base,
                              const std::string& standing) {
  const bool rep_wrote = standing != base;
  return rep_wrote ? standing : wanted;
}

bool same_time(const CalendarItem& a, const CalendarItem& b) {
  return a.day == b.day && (a.day || (a.start == b.start && a.end == b.end));
}

void take_time(CalendarItem& into, const CalendarItem& from) {
  into.day = from.day;
  into.start = from.start;
  into.end = from.end;
}

bool has(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> merged_list(const std::vector<std::string>& wanted,
                                     const std::vector<std::string>& base,
                                     const std::vector<std::string>& standing) {
  std::vector<std::string> all;
  for (const std::string& one : standing)
    if (has(wanted, one) || !has(base, one)) all.push_back(one);
  for (const std::string& one : wanted)
    if (!has(all, one) && !has(base, one)) all.push_back(one);
  return all;
}

const Guest* guest_in(const std::vector<Guest>& guests, const std::string& address) {
  for (const Guest& guest : guests)
    if (guest.address == address) return &guest;
  return nullptr;
}

std::vector<Guest> merged_guests(const std::vector<Guest>& wanted, const std::vector<Guest>& base,
                                 const std::vector<Guest>& standing) {
  std::vector<Guest> all;
  for (const Guest& guest : standing) {
    const Guest* now = guest_in(wanted, guest.address);
    const Guest* was = guest_in(base, guest.address);
    if (now == nullptr) {
      if (was == nullptr) all.push_back(guest);  // added by hand
      continue;
    }
    Guest one = guest;
    const Guest& old = was == nullptr ? *now : *was;
    one.name = pick(now->name, old.name, guest.name);
    one.partstat = pick(now->partstat, old.partstat, guest.partstat);
    one.rsvp = pick(now->rsvp, old.rsvp, guest.rsvp);
    one.schedule_agent = pick(now->schedule_agent, old.schedule_agent, guest.schedule_agent);
    all.push_back(one);
  }
  for (const Guest& guest : wanted)
    if (guest_in(standing, guest.address) == nullptr && guest_in(base, guest.address) == nullptr)
      all.push_back(guest);
  return all;
}

const WantedItem* find_wanted(const std::vector<WantedItem>& wanted, const std::string& uid) {
  for (const WantedItem& one : wanted)
    if (one.item.uid == uid) return &one;
  return nullptr;
}

CalendarStep removal(const Settled& standing, const std::string& owner) {
  CalendarStep step;
  step.kind = CalendarStep::Kind::remove;
  step.calendar = standing.calendar;
  step.owner = owner;
  step.href = standing.href;
  step.etag = standing.etag;
  step.before = standing.raw;
  return step;
}

/// What is left of a past event when its person was forgotten.
CalendarStep scrubbing(const Settled& standing) {
  CalendarStep step;
  step.kind = CalendarStep::Kind::update;
  step.calendar = standing.calendar;
  step.owner = forgotten_owner;
  step.href = standing.href;
  step.etag = standing.etag;
  step.before = standing.raw;
  step.after = standing.raw;
  step.after.summary = neutral_title;
  step.after.description.clear();
  step.after.location.clear();
  step.after.guests.clear();
  step.after.organizer.clear();
  step.wanted = step.after;
  return step;
}

}  // namespace

bool says_the_same(const CalendarItem& a, const CalendarItem& b) {
  CalendarItem left = a;
  CalendarItem right = b;
  left.role = right.role;
  left.sequence = right.sequence;
  if (left.day && right.day) take_time(left, right), left.day = a.day;
  std::sort(left.categories.begin(), left.categories.end());
  std::sort(right.categories.begin(), right.categories.end());
  const auto by_address = [](const Guest& x, const Guest& y) { return x.address < y.address; };
  std::sort(left.guests.begin(), left.guests.end(), by_address);
  std::sort(right.guests.begin(), right.guests.end(), by_address);
  return left == right;
}

CalendarItem merged(const CalendarItem& wanted, const CalendarItem& base,
                    const CalendarItem& standing) {
  CalendarItem item = standing;
  item.role = wanted.role;
  if (!same_time(wanted, base)) take_time(item, wanted);
  item.summary = pick_words(wanted.summary, base.summary, standing.summary);
  item.description = pick_words(wanted.description, base.description, standing.description);
  item.location = pick_words(wanted.location, base.location, standing.location);
  item.status = pick(wanted.status, base.status, standing.status);
  item.opaque = pick(wanted.opaque, base.opaque, standing.opaque);
  item.is_private = pick(wanted.is_private, base.is_private, standing.is_private);
  item.categories = merged_list(wanted.categories, base.categories, standing.categories);
  item.organizer = pick(wanted.organizer, base.organizer, standing.organizer);
  item.organizer_name = pick(wanted.organizer_name, base.organizer_name, standing.organizer_name);
  item.organizer_agent =
      pick(wanted.organizer_agent, base.organizer_agent, standing.organizer_agent);
  item.guests = merged_guests(wanted.guests, base.guests, standing.guests);
  item.alarms = pick(wanted.alarms, base.alarms, standing.alarms);
  item.related_to = pick(wanted.related_to, base.related_to, standing.related_to);
  if (wanted.role == Role::meeting)
    item.sequence = std::max(wanted.sequence, standing.sequence);
  else if (!same_time(item, standing) || item.status != standing.status ||
           item.location != standing.location)
    item.sequence = std::max(base.sequence, standing.sequence) + 1;
  return item;
}

std::vector<CalendarStep> reconcile(Pass& pass, const std::vector<Settled>& standing,
                                    const std::vector<WantedItem>& wanted) {
  std::vector<CalendarStep> steps;
  std::set<std::string> stands;
  for (const Settled& one : standing) {
    const std::string& uid = one.raw.uid;
    stands.insert(uid);
    const WantedItem* want = find_wanted(wanted, uid);
    auto record = pass.ledger.items.find(uid);
    if (want == nullptr) {
      if (record == pass.ledger.items.end()) continue;
      if (is_to_go(pass, record->second))
        steps.push_back(removal(one, record->second.owner));
      else if (record->second.owner == forgotten_owner && one.raw.summary != neutral_title)
        steps.push_back(scrubbing(one));
      continue;
    }
    if (record == pass.ledger.items.end()) {
      ItemRecord adopted{uid,      one.calendar, want->owner, one.href,
                         one.etag, want->item,   one.item,    false};
      record = pass.ledger.items.emplace(uid, std::move(adopted)).first;
    }
    CalendarStep step;
    step.kind = CalendarStep::Kind::update;
    step.calendar = one.calendar;
    step.owner = want->owner;
    step.href = one.href;
    step.etag = one.etag;
    step.before = one.raw;
    step.wanted = want->item;
    step.after = merged(want->item, record->second.written, one.item);
    step.wanted.sequence = step.after.sequence;
    if (!says_the_same(step.after, one.raw)) {
      steps.push_back(std::move(step));
    } else {
      record->second.written = step.wanted;
      record->second.owner = want->owner;
    }
  }
  for (const WantedItem& want : wanted) {
    const std::string& uid = want.item.uid;
    if (want.calendar.empty() || stands.contains(uid) || is_tombstoned(pass.ledger, uid) ||
        !pass.facts.complete.contains(want.calendar))
      continue;
    const auto record = pass.ledger.items.find(uid);
    const bool is_new = record == pass.ledger.items.end();
    if (!is_new && !record->second.gone && !pass.facts.is_settled) continue;
    CalendarStep step;
    step.kind = CalendarStep::Kind::create;
    step.calendar = want.calendar;
    step.owner = want.owner;
    step.after = want.item;
    step.wanted = want.item;
    if (!is_new && want.item.role != Role::meeting)
      step.after.sequence = step.wanted.sequence = record->second.seen.sequence + 1;
    steps.push_back(std::move(step));
  }
  return steps;
}

void step_done(Ledger& ledger, const CalendarStep& step, const std::string& href,
               const std::string& etag) {
  if (step.kind == CalendarStep::Kind::remove) {
    const auto record = ledger.items.find(step.before.uid);
    if (record == ledger.items.end()) return;
    record->second.gone = true;
    if (step.owner == forgotten_owner) ledger.items.erase(record);
    return;
  }
  ItemRecord record{step.after.uid, step.calendar, step.owner, href,
                    etag,           step.wanted,   step.after, false};
  ledger.items[record.uid] = std::move(record);
}

}  // namespace ioud::domain
