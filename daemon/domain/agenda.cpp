#include "domain/agenda.hpp"

#include "domain/iou.hpp"
#include "domain/talk.hpp"

namespace ioud::domain {

Counterpart counterpart_of(const Pass& pass, const Client& client, const std::string& contact) {
  return {client.name, zone_of(pass, client, contact), client_holidays(client)};
}

Agenda agenda_of(const Pass& pass) {
  const Policy& policy = pass.policy();
  Agenda agenda{pass.now,
                pass.zone(),
                pass.setting.holidays,
                policy.hours,
                policy.placement,
                policy.limits,
                Busy(pass.facts.occurrences, pass.zone(), policy.placement),
                {}};
  for (const auto& [id, iou] : pass.ledger.ious) {
    if (!is_live(iou.state)) continue;
    if (iou.invitation && !iou.invitation->cancelled)
      agenda.book({iou.invitation->uid, iou.client, iou.invitation->start}, iou.invitation->minutes,
                  "");
    else if (iou.sitdown && iou.state != IouState::banked)
      agenda.book({iou.sitdown->uid, iou.client, iou.sitdown->start}, iou.sitdown->minutes,
                  iou.sitdown->place);
  }
  for (const auto& [uid, item] : pass.ledger.items)
    if (!item.gone && item.seen.role == Role::planning && !item.seen.day)
      agenda.busy.add({uid, item.seen.start, item.seen.end, "", std::nullopt});
  return agenda;
}

}  // namespace ioud::domain
