#pragma once
// The debt and its states (specification 4.2). Every change goes through here, so that final states
// absorb (I5) and the history tells each step with its time.

#include <string>

#include "domain/ledger.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

/// Moves the IOU on; does nothing and returns false when its state is final or the same. `cause` is
/// a fixed phrase for `explain`.
bool move_on(Iou& iou, IouState state, core::Instant at, std::string_view cause);

/// An expired IOU comes back when the rep moves its event (the one way out of a final state).
bool revive(Iou& iou, core::Instant at);

/// The live IOU a favour belongs to, or its last one; nullptr when it never had one.
const Iou* iou_of(const Ledger& ledger, const std::string& favour);
Iou* iou_of(Ledger& ledger, const std::string& favour);

/// Everything promised fell through, and nothing is left that the talk was for.
bool is_bare(const Ledger& ledger, const Iou& iou);

/// The ask was made of the client: from here its cooldown and the pauses count.
void ask_was_made(Ledger& ledger, Iou& iou, core::Instant at, const Policy::Trust& trust);

/// When the newest state was entered.
core::Instant since(const Iou& iou);

/// The latest moment at which everything promised is delivered: done already, or due. Empty for an
/// IOU without favours.
std::optional<core::Instant> delivery_of(const Ledger& ledger, const Iou& iou,
                                         const core::Zone& zone);

/// The moment a due time passes: its hour, or the end of its day.
core::Instant due_instant(const Due& due, const core::Zone& zone);

/// Whether the rep has approved and the message has neither left nor been called off.
bool has_open_approval(const Ledger& ledger, const std::string& iou);
/// Whether one of that message (Approval::message) is.
bool has_open_approval(const Ledger& ledger, const std::string& iou, std::string_view message);

}  // namespace ioud::domain
