#include "domain/items.hpp"

#include <algorithm>

#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/retention.hpp"
#include "domain/sitdowns.hpp"
#include "domain/talk.hpp"
#include "domain/wording_care.hpp"
#include "domain/wording_talk.hpp"

namespace ioud::domain {
namespace {

constexpr int reminder_minutes = 15;
constexpr core::TimeOfDay reminder_time{9, 0};
constexpr std::chrono::hours reminder_lead{2};

std::string prep_uid(const std::string& id) { return "prep-" + id + "@ioud"; }
std::string reminder_uid(const std::string& id) { return "fav-" + id + "@ioud"; }

CalendarItem sitdown_item(const Pass& pass, const Iou& iou) {
  const Text text = sitdown_text(talk_of(pass, iou));
  const Sitdown& sitdown = *iou.sitdown;
  const bool is_proposed = iou.state == IouState::proposed;
  CalendarItem item;
  item.uid = sitdown.uid;
  item.role = Role::sitdown;
  item.start = sitdown.start;
  item.end = sitdown.start + core::Minutes{sitdown.minutes};
  item.summary = pass.policy().privacy.busy_only ? std::string(neutral_title) : text.title;
  if (!pass.policy().privacy.busy_only) item.description = text.body;
  item.location = sitdown.place;
  item.status = is_proposed ? EventStatus::tentative : EventStatus::confirmed;
  item.opaque = !is_proposed;
  item.categories = {category(Role::sitdown)};
  if (is_proposed) item.categories.emplace_back("IOU-PROPOSED");
  item.organizer = pass.setting.identity.address;
  item.organizer_name = pass.setting.identity.name;
  item.organizer_agent = "CLIENT";
  item.guests.push_back(
      {pass.setting.rep.addresses.front(), pass.setting.rep.name, "NEEDS-ACTION", true, "CLIENT"});
  item.alarms = {"-PT15M"};
  item.related_to = prep_uid(iou.id);
  return item;
}

/// The prep ends where the talk begins, or the meeting it rides along with.
core::Instant prep_end(const Pass& pass, const Sitdown& sitdown) {
  if (sitdown.where != Where::piggyback) return sitdown.start;
  for (const Occurrence& one : pass.facts.occurrences)
    if (one.uid == sitdown.host && one.start <= sitdown.start && one.end >= sitdown.start)
      return one.start;
  return sitdown.start;
}

CalendarItem prep_item(const Pass& pass, const Iou& iou) {
  PrepNotes notes;
  if (const Person* person = pass.facts.directory.person(iou.contact))
    notes.facts = facts_for_prep(*person, pass.policy().prep.facts);
  for (const auto& [id, row] : pass.ledger.meter)
    if (std::find(iou.favours.begin(), iou.favours.end(), row.favour) != iou.favours.end())
      notes.effort_minutes += row.minutes;
  const auto favours = live_favours(pass.ledger, iou);
  const auto delivery = delivery_of(pass.ledger, iou, pass.zone());
  notes.before_delivery = delivery && iou.sitdown->start < *delivery;
  const Text text = prep_text(talk_of(pass, iou), notes);
  const int minutes = pass.policy().prep.minutes;
  CalendarItem item = private_item(prep_uid(iou.id), Role::prep,
                                   prep_end(pass, *iou.sitdown) - core::Minutes{minutes}, minutes);
  item.summary = text.title;
  item.description = text.body;
  return item;
}

std::optional<CalendarItem> reminder_item(const Pass& pass, const Favour& favour) {
  if (!is_open(favour) || !favour.own_event.empty()) return std::nullopt;
  const core::Instant start = favour.due.time
                                  ? due_instant(favour.due, pass.zone()) - reminder_lead
                                  : core::instant_in(pass.zone(), favour.due.date, reminder_time);
  const auto record = pass.ledger.items.find(reminder_uid(favour.id));
  const bool is_standing = record != pass.ledger.items.end() && !record->second.gone;
  if (start <= pass.now && !is_standing) return std::nullopt;
  const Text text = reminder_text(favour, contact_name(pass, favour.debtor), pass.zone());
  CalendarItem item =
      private_item(reminder_uid(favour.id), Role::reminder, start, reminder_minutes);
  item.summary = text.title;
  item.description = text.body;
  return item;
}

bool shows_talk(const Iou& iou) {
  return is_live(iou.state) && iou.state != IouState::banked && iou.sitdown;
}

/// The rep deleted the meeting; that the client has still to hear of it puts nothing back.
bool was_taken_away(const Pass& pass, const std::string& meeting) {
  const auto record = pass.ledger.items.find(meeting);
  return record != pass.ledger.items.end() && record->second.gone;
}

bool has_meeting(const Iou& iou) {
  return iou.invitation && !iou.invitation->cancelled && !iou.invitation->by_rep &&
         iou.invitation->sent_at;
}

}  // namespace

CalendarItem private_item(std::string uid, Role role, core::Instant start, int minutes) {
  CalendarItem item;
  item.uid = std::move(uid);
  item.role = role;
  item.start = start;
  item.end = start + core::Minutes{minutes};
  item.categories = {category(role)};
  return item;
}

std::vector<WantedItem> iou_items(const Pass& pass) {
  std::vector<WantedItem> wanted;
  for (const auto& [id, iou] : pass.ledger.ious) {
    if (!shows_talk(iou)) continue;
    if (has_meeting(iou)) {
      if (!pass.setting.meetings.empty() && !was_taken_away(pass, iou.invitation->uid))
        wanted.push_back({meeting_item(pass, iou, *iou.invitation), pass.setting.meetings, id});
    } else {
      wanted.push_back({sitdown_item(pass, iou), pass.setting.proposals, id});
    }
    wanted.push_back({prep_item(pass, iou), pass.setting.proposals, id});
  }
  for (const auto& [id, favour] : pass.ledger.favours)
    if (auto reminder = reminder_item(pass, favour))
      wanted.push_back({std::move(*reminder), pass.setting.proposals, id});
  return wanted;
}

bool is_to_go(const Pass& pass, const ItemRecord& record) {
  const bool is_past =
      record.seen.day ? *record.seen.day < pass.today() : record.seen.end <= pass.now;
  if (!is_past) return true;
  if (record.owner == forgotten_owner) return false;
  switch (record.written.role) {
    case Role::sitdown:
    case Role::prep:
    case Role::meeting: {
      const auto iou = pass.ledger.ious.find(record.owner);
      return iou != pass.ledger.ious.end() && iou->second.state != IouState::expired;
    }
    case Role::reminder: {
      const auto favour = pass.ledger.favours.find(record.owner);
      return favour != pass.ledger.favours.end() && favour->second.state == FavourState::cancelled;
    }
    case Role::nudge:
    case Role::planning:
    case Role::occasion:
      return false;
  }
  return false;
}

}  // namespace ioud::domain
