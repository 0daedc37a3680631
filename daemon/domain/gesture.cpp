#include "domain/gesture.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "domain/approval.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/learning.hpp"
#include "domain/retention.hpp"
#include "domain/silence.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

constexpr int week_days = 7;
constexpr int month_days = 30;

struct Word {
  std::string_view text;
  Answer answer;
};
constexpr std::array words = {Word{"ok", Answer::approve},      Word{"keep", Answer::keep},
                              Word{"no", Answer::dismiss},      Word{"done", Answer::done},
                              Word{"forgive", Answer::forgive}, Word{"later", Answer::later},
                              Word{"banked", Answer::banked}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// "2w", "10 days", "3": days, and how many bytes they took.
std::pair<int, std::size_t> span_of(std::string_view text) {
  std::size_t at = text.find_first_not_of(' ');
  if (at == std::string_view::npos) return {week_days, 0};
  int count = 0;
  const auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), count);
  if (parsed.ec != std::errc{} || count <= 0) return {week_days, 0};
  at = static_cast<std::size_t>(parsed.ptr - text.data());
  std::size_t unit = at;
  while (unit < text.size() && text[unit] == ' ') ++unit;
  std::size_t end = unit;
  while (end < text.size() && is_letter(text[end])) ++end;
  const std::string name = core::ascii_lower(text.substr(unit, end - unit));
  if (name == "w" || name == "week" || name == "weeks") return {count * week_days, end};
  if (name == "m" || name == "month" || name == "months") return {count * month_days, end};
  if (name == "d" || name == "day" || name == "days") return {count, end};
  return {count, at};
}

const Guest* guest(const CalendarItem& item, const Setting& setting) {
  const auto found = std::find_if(item.guests.begin(), item.guests.end(), [&](const Guest& one) {
    return is_rep(setting, one.address) || is_identity(setting, one.address);
  });
  return found == item.guests.end() ? nullptr : &*found;
}

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& one) { return core::iequals(one, word); });
}

bool was_moved(const CalendarItem& before, const CalendarItem& after) {
  return before.day != after.day ||
         (!after.day && (before.start != after.start || before.end != after.end));
}

/// The rep wrote another place. Servers that set blanks anew have written none.
bool was_placed_anew(const CalendarItem& before, const CalendarItem& after) {
  return core::squeezed(before.location) != core::squeezed(after.location);
}

int minutes_of(const CalendarItem& item) {
  return static_cast<int>(std::chrono::floor<core::Minutes>(item.end - item.start).count());
}

void approve(Pass& pass, Iou& iou, std::string_view gesture) {
  if (has_open_approval(pass.ledger, iou.id)) return;  // the same answer by another sign
  if (is_silent(iou)) return approve_second(pass, iou, gesture);
  if (iou.state != IouState::proposed || !iou.sitdown) return;
  // He was invited by the rep himself, or has had both of the meetings that a talk may have.
  const bool is_told = iou.invitation && (!iou.invitation->cancelled ||
                                          iou.invitation->uid == meeting_uid(iou.id, true));
  const std::string& on_accept = pass.policy().approval.on_accept;
  const bool is_on_the_spot =
      iou.sitdown->where == Where::at_delivery || iou.sitdown->where == Where::piggyback;
  if (is_on_the_spot || is_told || on_accept == "keep") {
    move_on(iou, IouState::kept, pass.now, gesture);
    return;
  }
  open_approval(pass, iou, on_accept == "draft" ? draft_approval : "REQUEST", gesture);
}

/// The rep will not come: a client who was invited to a talk that is still ahead hears that it is
/// off, after a hold. Of one that has begun he hears nothing.
void uninvite(Pass& pass, Iou& iou, std::string_view gesture) {
  call_off(pass.ledger, iou.id);
  if (is_invited_ahead(pass, iou)) open_approval(pass, iou, "CANCEL", gesture);
}

/// The rep's partstat, if it changed and says something.
std::optional<AnswerWord> answered(const CalendarItem& before, const CalendarItem& after,
                                   const Setting& setting) {
  const Guest* was = guest(before, setting);
  const Guest* is = guest(after, setting);
  if (is == nullptr || (was != nullptr && was->partstat == is->partstat)) return std::nullopt;
  if (is->partstat == "ACCEPTED") return AnswerWord{Answer::approve, 0, 0};
  if (is->partstat == "TENTATIVE") return AnswerWord{Answer::keep, 0, 0};
  if (is->partstat == "DECLINED") return AnswerWord{Answer::dismiss, 0, 0};
  return std::nullopt;
}

/// The rep's yes in the calendar is a yes no more.
bool was_taken_back(const CalendarItem& before, const CalendarItem& after, const Setting& setting) {
  const Guest* was = guest(before, setting);
  const Guest* is = guest(after, setting);
  return was != nullptr && was->partstat == "ACCEPTED" &&
         (is == nullptr || is->partstat != "ACCEPTED");
}

/// True where a client's contact stands among the guests who did not before.
bool was_invited_by_hand(const Pass& pass, const Iou& iou, const CalendarItem& before,
                         const CalendarItem& after) {
  const Client* client = pass.facts.directory.client(iou.client);
  if (client == nullptr) return false;
  const auto holds = [](const CalendarItem& item, const std::string& address) {
    return std::any_of(item.guests.begin(), item.guests.end(),
                       [&](const Guest& one) { return one.address == address; });
  };
  return std::any_of(client->contacts.begin(), client->contacts.end(), [&](const auto& address) {
    return holds(after, address) && !holds(before, address);
  });
}

/// Whether the rep changed what he approved: its words, time, place, guests, or an answer. The word
/// or category that answers is taken out of `after` before.
bool was_changed(const CalendarItem& before, const CalendarItem& after) {
  const bool same_guests =
      std::equal(before.guests.begin(), before.guests.end(), after.guests.begin(),
                 after.guests.end(), [](const Guest& was, const Guest& is) {
                   return was.address == is.address && was.partstat == is.partstat;
                 });
  return was_moved(before, after) || before.summary != after.summary ||
         before.description != after.description || before.location != after.location ||
         before.status != after.status || !same_guests;
}

void settle_sitdown(Pass& pass, Iou& iou, const CalendarItem& before, Settled& now) {
  const CalendarItem& after = now.item;
  if (was_changed(before, after)) call_off(pass.ledger, iou.id);
  if (was_placed_anew(before, after) && iou.sitdown) iou.sitdown->place = after.location;
  if (was_taken_back(before, after, pass.setting)) withdraw_drafts(pass.ledger, iou.id);
  if (was_moved(before, after) && !after.day) {
    revive(iou, pass.now);
    if (is_live(iou.state) && iou.sitdown) {
      iou.sitdown->start = after.start;
      iou.sitdown->minutes = minutes_of(after);
      iou.sitdown->where = Where::pinned;
      iou.sitdown->host.clear();
    }
  }
  if (was_invited_by_hand(pass, iou, before, after)) {
    Invitation invitation;
    invitation.uid = now.raw.uid;
    invitation.start = after.start;
    invitation.minutes = minutes_of(after);
    invitation.by_rep = true;
    invitation.sent_at = pass.now;
    iou.invitation = invitation;
    if (move_on(iou, IouState::offered, pass.now, "the rep invited the client himself"))
      ask_was_made(pass.ledger, iou, pass.now, pass.policy().trust);
  }
  if (after.status == EventStatus::cancelled && before.status != EventStatus::cancelled)
    apply_answer(pass, iou, {Answer::dismiss, 0, 0}, "cancelled by the rep");
  if (const auto word = answered(before, after, pass.setting)) {
    apply_answer(pass, iou, *word, "answered in the calendar");
  }
}

void answer_by_category(Pass& pass, Iou& iou, const Settled& now) {
  if (has(now.raw.categories, "IOU-OK"))
    apply_answer(pass, iou, {Answer::approve, 0, 0}, "category IOU-OK");
  if (has(now.raw.categories, "IOU-NO"))
    apply_answer(pass, iou, {Answer::dismiss, 0, 0}, "category IOU-NO");
}

/// `was_gone`: the rep had deleted it, and has put it back.
void settle_meeting(Pass& pass, Iou& iou, const CalendarItem& before, const CalendarItem& after,
                    bool was_gone) {
  if (!iou.invitation || iou.invitation->by_rep || !is_live(iou.state)) return;
  Invitation& invitation = *iou.invitation;
  if (after.status == EventStatus::cancelled) {
    if (before.status != EventStatus::cancelled)
      uninvite(pass, iou, "the rep cancelled the meeting");
    return;
  }
  if (before.status == EventStatus::cancelled || was_gone) call_off(pass.ledger, iou.id);
  const bool is_moved = was_moved(before, after) && !after.day;
  const bool is_placed = was_placed_anew(before, after) && iou.sitdown && !after.day;
  if (!is_moved && !is_placed) return;
  call_off(pass.ledger, iou.id);
  // A place raises it as a time does (specification 4.5), so that no program takes the update for
  // the message it has; but the client's yes was to the time, and stands.
  invitation.sequence = std::max(invitation.sequence + 1, after.sequence);
  if (is_placed) iou.sitdown->place = after.location;
  if (is_moved) {
    invitation.start = after.start;
    invitation.minutes = minutes_of(after);
    invitation.partstat = "NEEDS-ACTION";
    if (iou.sitdown) {
      iou.sitdown->start = after.start;
      iou.sitdown->minutes = invitation.minutes;
      iou.sitdown->where = Where::pinned;
    }
  }
  open_approval(pass, iou, "REQUEST", is_moved ? "the rep moved the meeting" : place_gesture);
}

void settle_deletion(Pass& pass, ItemRecord& record) {
  record.gone = true;
  const auto owner = pass.ledger.ious.find(record.owner);
  Iou* iou = owner == pass.ledger.ious.end() ? nullptr : &owner->second;
  if (record.written.role == Role::meeting) {
    if (iou == nullptr || !iou->invitation || !is_live(iou->state)) return;
    if (!is_invited_ahead(pass, *iou))
      bury(pass.ledger, record.uid, "deleted by the rep", pass.now);
    uninvite(pass, *iou, "the rep deleted the meeting");
    return;
  }
  bury(pass.ledger, record.uid, "deleted by the rep", pass.now);
  if (record.written.role != Role::sitdown || iou == nullptr) return;
  call_off(pass.ledger, iou->id);
  if (iou->state == IouState::proposed)
    note_verdict(pass, *iou, pass.policy().detector.delete_weight, "delete");
  move_on(*iou, IouState::dismissed, pass.now, "deleted by the rep");
}

/// Takes the words of the rep out of an event, so that our next write removes them.
std::optional<AnswerWord> take_prefix(const CalendarItem& before, Settled& now) {
  if (now.raw.summary == before.summary) return std::nullopt;
  const auto word = leading_answer(now.raw.summary);
  if (!word) return std::nullopt;
  const std::string rest = now.raw.summary.substr(word->size);
  if (rest != before.summary && !rest.starts_with("Sit-down")) return std::nullopt;
  now.item.summary = rest;
  return word;
}

void take_categories(Settled& now) {
  std::erase_if(now.item.categories, [](const std::string& one) {
    return core::iequals(one, "IOU-OK") || core::iequals(one, "IOU-NO");
  });
}

void settle(Pass& pass, ItemRecord& record, Settled& now) {
  if (record.owner == forgotten_owner) {  // its words are not taken in again
    record.href = now.href;
    record.etag = now.etag;
    return;
  }
  const CalendarItem before = record.seen;
  const auto prefix = take_prefix(before, now);
  take_categories(now);
  const auto owner = pass.ledger.ious.find(record.owner);
  if (owner != pass.ledger.ious.end()) {
    Iou& iou = owner->second;
    if (record.written.role == Role::sitdown) settle_sitdown(pass, iou, before, now);
    if (record.written.role == Role::meeting)
      settle_meeting(pass, iou, before, now.item, record.gone);
    const bool speaks =
        record.written.role == Role::sitdown || record.written.role == Role::meeting;
    if (speaks) answer_by_category(pass, iou, now);
    if (prefix && speaks) {
      // A word that has had its effect may still stand there: what it approved waits on.
      if (prefix->answer != Answer::approve && is_live(iou.state)) call_off(pass.ledger, iou.id);
      apply_answer(pass, iou, *prefix, "a word before the title");
    }
  }
  record.seen = now.item;
  record.href = now.href;
  record.etag = now.etag;
  record.gone = false;
}

/// A calendar whose store was swapped: how its events stand there is news of nobody's doing.
void rematch(Pass& pass) {
  Ledger& ledger = pass.ledger;
  std::set<std::string> swapped;
  for (const std::string& calendar : pass.facts.complete)
    if (ledger.marks.erase(other_store_mark + calendar) > 0) swapped.insert(calendar);
  if (swapped.empty()) return;
  std::map<std::string, const Standing*> standing;
  for (const Standing& one : pass.facts.standing) standing.try_emplace(one.item.uid, &one);
  for (auto entry = ledger.items.begin(); entry != ledger.items.end();) {
    ItemRecord& record = entry->second;
    const auto found = standing.find(entry->first);
    const bool is_of_it = !record.gone && swapped.contains(record.calendar);
    const bool is_lost = is_of_it && found == standing.end();
    if (is_of_it && found != standing.end()) {
      record.seen = found->second->item;
      record.href = found->second->href;
      record.etag = found->second->etag;
    }
    entry = is_lost ? ledger.items.erase(entry) : std::next(entry);
  }
}

}  // namespace

std::optional<AnswerWord> leading_answer(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::string_view rest = text.substr(begin);
  for (const Word& word : words) {
    if (rest.size() < word.text.size() ||
        !core::iequals(rest.substr(0, word.text.size()), word.text))
      continue;
    std::size_t end = word.text.size();
    if (end < rest.size() && (is_letter(rest[end]) || rest[end] == '\'' || rest[end] == '-'))
      continue;
    AnswerWord found{word.answer, 0, 0};
    if (word.answer == Answer::later) {
      const auto [days, bytes] = span_of(rest.substr(end));
      found.days = days;
      end += bytes;
    }
    while (end < rest.size() &&
           std::string_view(" \t:,-.").find(rest[end]) != std::string_view::npos)
      ++end;
    found.size = begin + end;
    return found;
  }
  return std::nullopt;
}

bool apply_answer(Pass& pass, Iou& iou, const AnswerWord& word, std::string_view gesture) {
  if (!is_live(iou.state)) return false;
  const Policy& policy = pass.policy();
  switch (word.answer) {
    case Answer::approve: {
      note_verdict(pass, iou, -1, "accept");
      approve(pass, iou, gesture);
      return true;
    }
    case Answer::keep:
      return move_on(iou, IouState::kept, pass.now, gesture);
    case Answer::dismiss: {
      if (iou.state == IouState::proposed) note_verdict(pass, iou, 1, "dismiss");
      if (iou.sitdown) bury(pass.ledger, iou.sitdown->uid, "dismissed by the rep", pass.now);
      uninvite(pass, iou, gesture);
      const bool is_over = is_bare(pass.ledger, iou);
      return move_on(iou, is_over ? IouState::void_ : IouState::dismissed, pass.now, gesture);
    }
    case Answer::done: {
      ask_was_made(pass.ledger, iou, pass.now, policy.trust);
      uninvite(pass, iou, gesture);
      return move_on(iou, IouState::collected, pass.now, gesture);
    }
    case Answer::forgive: {
      post_trust(pass.ledger, iou.client, policy.trust.forgiven, "forgiven", iou.id, pass.now);
      uninvite(pass, iou, gesture);
      return move_on(iou, IouState::forgiven, pass.now, gesture);
    }
    case Answer::later: {
      iou.not_before = pass.now + std::chrono::days{word.days};
      if (iou.sitdown) iou.sitdown->where = Where::search;
      uninvite(pass, iou, gesture);
      iou.history.push_back({pass.now, name(iou.state), "later, said the rep"});
      return true;
    }
    case Answer::banked: {
      iou.cause = "banked by the rep";
      uninvite(pass, iou, gesture);
      return move_on(iou, IouState::banked, pass.now, gesture);
    }
  }
  return false;
}

std::string tombstone_key(const Ledger& ledger, std::string_view uid) {
  return core::salted_hash(ledger.salt, uid);
}

bool is_tombstoned(const Ledger& ledger, std::string_view uid) {
  return ledger.tombstones.contains(tombstone_key(ledger, uid));
}

void bury(Ledger& ledger, std::string_view uid, std::string_view reason, core::Instant at) {
  const std::string key = tombstone_key(ledger, uid);
  ledger.tombstones.try_emplace(key, Tombstone{key, std::string(reason), at});
}

std::vector<Settled> take_gestures(Pass& pass) {
  if (pass.facts.is_settled) rematch(pass);
  std::vector<Settled> all;
  std::set<std::string> standing;
  for (const Standing& one : pass.facts.standing) {
    if (!standing.insert(one.item.uid).second) continue;  // a copy made by a program
    all.push_back({one.item, one.item, one.calendar, one.href, one.etag});
    const auto record = pass.ledger.items.find(one.item.uid);
    if (record != pass.ledger.items.end()) settle(pass, record->second, all.back());
  }
  if (!pass.facts.is_settled) return all;
  for (auto& [uid, record] : pass.ledger.items)
    if (!record.gone && !standing.contains(uid) && pass.facts.complete.contains(record.calendar))
      settle_deletion(pass, record);
  return all;
}

}  // namespace ioud::domain
