#include "domain/silence.hpp"

#include <algorithm>

#include "domain/approval.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/review_book.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr const char* line_kind = "silence";

bool has_left_twice(const Ledger& ledger, const std::string& iou) {
  return std::any_of(ledger.approvals.begin(), ledger.approvals.end(), [&](const auto& entry) {
    const Approval& approval = entry.second;
    return approval.iou == iou && approval.message == second_approval && approval.used_at;
  });
}

/// Waiting for an answer for so long that the rep is told.
bool is_long_silent(const Pass& pass, const Iou& iou) {
  if (iou.state != IouState::offered || !is_silent(iou) || is_bare(pass.ledger, iou)) return false;
  const core::Date due = core::add_business_days(
      pass.day(*iou.invitation->sent_at), pass.policy().limits.silence_days, pass.setting.holidays);
  return due <= pass.today();
}

}  // namespace

bool is_silent(const Iou& iou) {
  const bool waits = iou.state == IouState::offered || iou.state == IouState::kept;
  return waits && iou.invitation && iou.invitation->sent_at && !iou.invitation->by_rep &&
         !iou.invitation->cancelled && iou.invitation->partstat == "NEEDS-ACTION";
}

std::optional<core::Instant> second_message_from(const Pass& pass, const Iou& iou) {
  if (!is_silent(iou) || has_left_twice(pass.ledger, iou.id) || is_bare(pass.ledger, iou))
    return std::nullopt;
  const Policy::Limits& limits = pass.policy().limits;
  const core::Date day = core::add_business_days(pass.day(*iou.invitation->sent_at),
                                                 limits.silence_days + limits.second_message_days,
                                                 pass.setting.holidays);
  const core::Instant from =
      std::max(core::instant_in(pass.zone(), day, core::TimeOfDay(0)), pass.now);
  return from < iou.invitation->start ? std::optional(from) : std::nullopt;
}

void approve_second(Pass& pass, Iou& iou, std::string_view gesture) {
  const auto from = second_message_from(pass, iou);
  if (!from) return;
  Approval& approval = open_approval(pass, iou, second_approval, gesture);
  approval.hold_until = std::max(approval.hold_until, *from);
}

void note_silence(Pass& pass) {
  for (const auto& [id, iou] : pass.ledger.ious)
    if (is_long_silent(pass, iou))
      add_review_line(
          pass, line_kind, id, iou.client,
          silence_line(contact_name(pass, iou.contact), pass.day(*iou.invitation->sent_at),
                       second_message_from(pass, iou).has_value()));
  for (auto& [id, line] : pass.ledger.review) {
    if (line.kind != line_kind || line.mailed_at) continue;
    const auto iou = pass.ledger.ious.find(line.about);
    if (iou == pass.ledger.ious.end() || !is_silent(iou->second)) line.done = true;
  }
}

}  // namespace ioud::domain
