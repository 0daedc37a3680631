#include "domain/refusal.hpp"

#include "domain/favours.hpp"
#include "domain/review_book.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {

void message_refused(Ledger& ledger, const DueMessage& message, core::Instant now) {
  const auto approval = ledger.approvals.find(message.approval);
  if (approval == ledger.approvals.end()) return;
  approval->second.cancelled = true;
  approval->second.refused_at = now;
  const auto iou = ledger.ious.find(approval->second.iou);
  if (iou != ledger.ious.end())
    iou->second.history.push_back(
        {now, name(iou->second.state), "the mail server refused the " + message.kind});
}

void note_refusals(Pass& pass) {
  for (const auto& [id, approval] : pass.ledger.approvals) {
    const auto found = pass.ledger.ious.find(approval.iou);
    if (!approval.refused_at || found == pass.ledger.ious.end()) continue;
    const Iou& iou = found->second;
    const bool may_try_again = approval.message == "REQUEST" && iou.state == IouState::proposed;
    // The subject is the IOU, which `ok` is about; each refusal has a line of its own.
    add_review_line(pass, "refused " + id, iou.id, iou.client,
                    refused_line(contact_name(pass, iou.contact), approval.message == "CANCEL",
                                 pass.day(approval.start), may_try_again));
  }
}

}  // namespace ioud::domain
