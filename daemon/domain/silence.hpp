#pragma once
// Silence after an invitation (specification 5.4): the line in the review, and the one second
// message, which needs an approval of its own. It is the same REQUEST once more, its SEQUENCE
// unchanged and its DTSTAMP newer (RFC 5546 2.1.5): nothing was revised (4.5), and an answer to the
// first copy that crosses the second still counts. Never sends anything.

#include <optional>
#include <string_view>

#include "domain/pass.hpp"

namespace ioud::domain {

/// An invitation of ours left, still stands, and its client has not answered.
bool is_silent(const Iou& iou);

/// The first moment at which the second message may leave: `second_message_days` business days
/// after the reminder. Empty where none may: it has left, the client answered, or the talk begins
/// before.
std::optional<core::Instant> second_message_from(const Pass& pass, const Iou& iou);

/// The rep wants the client asked once more. Opens the approval, or does nothing where no second
/// message may follow.
void approve_second(Pass& pass, Iou& iou, std::string_view gesture);

/// A review line for each invitation that is silent for `silence_days` business days; it is settled
/// with the answer.
void note_silence(Pass& pass);

}  // namespace ioud::domain
