#include "domain/expiry.hpp"

#include "domain/approval.hpp"
#include "domain/iou.hpp"
#include "domain/trust.hpp"

namespace ioud::domain {
namespace {

/// The rep chose this time himself, and it is still to come.
bool is_put_ahead(const Pass& pass, const Iou& iou) {
  return iou.state != IouState::banked && iou.sitdown && iou.sitdown->where == Where::pinned &&
         iou.sitdown->start > pass.now;
}

}  // namespace

void let_time_pass(Pass& pass) {
  const Policy& policy = pass.policy();
  for (auto& [id, iou] : pass.ledger.ious) {
    if (iou.state == IouState::offered &&
        pass.now - since(iou) >= std::chrono::days{policy.limits.offered_days})
      move_on(iou, IouState::kept, pass.now, "no answer came");
    const bool may_expire = iou.state == IouState::banked || iou.state == IouState::proposed ||
                            iou.state == IouState::kept;
    if (!may_expire || is_expected(pass, iou) || is_put_ahead(pass, iou)) continue;
    std::optional<core::Instant> from = delivery_of(pass.ledger, iou, pass.zone());
    if (!from && iou.sitdown) from = iou.sitdown->start;
    if (!from || pass.now < *from + std::chrono::days{policy.placement.expire_days}) continue;
    move_on(iou, IouState::expired, pass.now, "30 days since delivery");
    post_trust(pass.ledger, iou.client, policy.trust.expired, "expired", id, pass.now);
  }
}

}  // namespace ioud::domain
