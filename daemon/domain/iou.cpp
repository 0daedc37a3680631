#include "domain/iou.hpp"

#include <algorithm>

#include "domain/trust.hpp"

namespace ioud::domain {

bool move_on(Iou& iou, IouState state, core::Instant at, std::string_view cause) {
  if (!is_live(iou.state) || iou.state == state) return false;
  iou.state = state;
  iou.history.push_back({at, name(state), std::string(cause)});
  return true;
}

bool revive(Iou& iou, core::Instant at) {
  if (iou.state != IouState::expired) return false;
  iou.state = IouState::proposed;
  iou.history.push_back({at, name(IouState::proposed), "moved by the rep after it had expired"});
  return true;
}

bool is_bare(const Ledger& ledger, const Iou& iou) {
  return !iou.favours.empty() &&
         std::all_of(iou.favours.begin(), iou.favours.end(), [&](const std::string& id) {
           const auto favour = ledger.favours.find(id);
           return favour == ledger.favours.end() || favour->second.state == FavourState::cancelled;
         });
}

void ask_was_made(Ledger& ledger, Iou& iou, core::Instant at, const Policy::Trust& trust) {
  if (iou.asked_at) return;
  iou.asked_at = at;
  post_trust(ledger, iou.client, trust.ask, "ask", iou.id, at);
}

const Iou* iou_of(const Ledger& ledger, const std::string& favour) {
  const Iou* found = nullptr;
  for (const auto& [id, iou] : ledger.ious) {
    if (std::find(iou.favours.begin(), iou.favours.end(), favour) == iou.favours.end()) continue;
    if (found == nullptr || is_live(iou.state)) found = &iou;
  }
  return found;
}

Iou* iou_of(Ledger& ledger, const std::string& favour) {
  const Iou* found = iou_of(std::as_const(ledger), favour);
  return found == nullptr ? nullptr : &ledger.ious.at(found->id);
}

core::Instant since(const Iou& iou) {
  return iou.history.empty() ? iou.opened : iou.history.back().at;
}

core::Instant due_instant(const Due& due, const core::Zone& zone) {
  return core::instant_in(zone, due.date, due.time.value_or(core::TimeOfDay(24, 0)));
}

std::optional<core::Instant> delivery_of(const Ledger& ledger, const Iou& iou,
                                         const core::Zone& zone) {
  std::optional<core::Instant> latest;
  for (const std::string& id : iou.favours) {
    const auto found = ledger.favours.find(id);
    if (found == ledger.favours.end() || found->second.state == FavourState::cancelled) continue;
    const Favour& favour = found->second;
    const core::Instant at = favour.delivered_at.value_or(due_instant(favour.due, zone));
    if (!latest || at > *latest) latest = at;
  }
  return latest;
}

bool has_open_approval(const Ledger& ledger, const std::string& iou) {
  return std::any_of(ledger.approvals.begin(), ledger.approvals.end(), [&](const auto& entry) {
    const Approval& approval = entry.second;
    return approval.iou == iou && !approval.used_at && !approval.cancelled;
  });
}

bool has_open_approval(const Ledger& ledger, const std::string& iou, std::string_view message) {
  return std::any_of(ledger.approvals.begin(), ledger.approvals.end(), [&](const auto& entry) {
    const Approval& approval = entry.second;
    return approval.iou == iou && approval.message == message && !approval.used_at &&
           !approval.cancelled;
  });
}

}  // namespace ioud::domain
