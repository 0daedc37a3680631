#include "domain/planner.hpp"

#include <algorithm>

#include "domain/agenda.hpp"
#include "domain/care.hpp"
#include "domain/correspondence.hpp"
#include "domain/expiry.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/referrals.hpp"
#include "domain/refusal.hpp"
#include "domain/retention.hpp"
#include "domain/silence.hpp"
#include "domain/sitdowns.hpp"
#include "domain/standard_of_care.hpp"
#include "domain/touches.hpp"
#include "domain/unanswered.hpp"
#include "domain/weekly_lines.hpp"

namespace ioud::domain {

Plan plan(const Ledger& ledger, const Facts& facts, const Setting& setting, core::Instant now) {
  Plan plan;
  plan.ledger = ledger;
  Pass pass{plan.ledger, facts, setting, now};

  note_losses(pass);
  note_refusals(pass);
  note_clients(pass);
  const std::vector<Settled> standing = take_gestures(pass);
  read_correspondence(pass);
  note_touches(pass);
  note_standard_of_care(pass);
  ask_for_names(pass);
  note_unanswered(pass);
  deliver_what_is_due(pass);
  reward_care(pass);
  let_time_pass(pass);
  note_silence(pass);
  close_fallen_lines(pass);

  open_ious(pass);
  Agenda agenda = agenda_of(pass);
  keep_sitdowns(pass, agenda);
  propose(pass, agenda);
  propose_care_asks(pass, agenda);

  add_weekly_lines(pass, agenda);
  plan.messages = due_messages(pass);
  plan.drafts_to_remove = drafts_to_remove(pass);
  plan.drafts = new_drafts(pass, agenda);

  std::vector<WantedItem> wanted = care_items(pass, agenda);
  for (WantedItem& item : iou_items(pass)) wanted.push_back(std::move(item));
  plan.calendar = reconcile(pass, standing, wanted);
  retire(pass);
  return plan;
}

core::Instant next_look(const Ledger& ledger, const Setting& setting, core::Instant now) {
  const core::Date today = core::date_in(setting.rep.zone, now);
  const core::TimeOfDay daily = setting.policy.placement.daily_pass;
  core::Instant next = core::instant_in(setting.rep.zone, today, daily);
  if (next <= now) next = core::instant_in(setting.rep.zone, core::add_days(today, 1), daily);
  const auto consider = [&](core::Instant at) {
    if (at > now && at < next) next = at;
  };
  for (const auto& [id, approval] : ledger.approvals) {
    if (approval.used_at || approval.cancelled) continue;
    consider(approval.hold_until);
    if (approval.hold_until <= now)
      consider(now + std::chrono::minutes{15});  // it may wait for the client's morning
  }
  for (const auto& [id, favour] : ledger.favours)
    if (is_open(favour)) consider(due_instant(favour.due, setting.rep.zone));
  for (const auto& [id, iou] : ledger.ious)
    if (is_live(iou.state) && iou.sitdown)
      consider(iou.sitdown->start + core::Minutes{iou.sitdown->minutes});
  for (const auto& [uid, item] : ledger.items)
    if (item.seen.role == Role::planning && !item.gone && !item.seen.day) consider(item.seen.start);
  return next;
}

}  // namespace ioud::domain
