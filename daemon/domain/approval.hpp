#pragma once
// The way of an invitation (specification 4.7): approval, hold, still approved, gate, client's
// hours, lint, and then exactly one message. Nothing here sends; what may be sent is a value that
// names the approval it uses up, and the courier makes sure of the rest.

#include <string>
#include <vector>

#include "domain/message.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// The UID of the meeting that a client is invited to for an IOU: the first time, or after the
/// sit-down was proposed again.
std::string meeting_uid(const std::string& iou, bool is_again);

/// Approval::message of a talk that the rep wants to offer himself, by a draft.
inline constexpr const char* draft_approval = "DRAFT";

/// Approval::message of the one further copy of an invitation that nobody answered.
inline constexpr const char* second_approval = "SECOND";

/// Approval::gesture of an update that tells the client of another place and nothing else.
inline constexpr const char* place_gesture = "the rep changed the meeting's place";

/// Opens the approval of one message (REQUEST, CANCEL, SECOND) or draft for the IOU as it stands
/// now; the hold is counted from this pass.
Approval& open_approval(Pass& pass, Iou& iou, std::string_view message, std::string_view gesture);

/// Whether the client was invited by us to a talk that is still ahead, at the time he knows.
bool is_invited_ahead(const Pass& pass, const Iou& iou);

/// Whether a client counts on a talk that is still ahead, whoever of us invited him.
bool is_expected(const Pass& pass, const Iou& iou);

/// The meeting with the client is off: the talk is proposed once more, and the second time kept;
/// void where what it was for fell through, and banked where the rep put it by.
void take_back_meeting(Ledger& ledger, Iou& iou, core::Instant at, std::string_view cause);

/// Calls off every approval of the IOU that was not used: any change during the hold does.
void call_off(Ledger& ledger, const std::string& iou);

/// A message that may leave now.
struct DueMessage {
  std::string approval;  ///< id of the approval it uses up; "" for mail to the rep himself
  std::string iou;       ///< id, "" for a review
  std::string kind;      ///< invitation, second, update, cancellation or review
  OutgoingMail mail;
};

/// When an approval's message may leave: the end of its hold, or the next morning of the client's
/// business days where that lies in his quiet hours.
core::Instant release_time(const Pass& pass, const Client& client, const Approval& approval);

/// Every message whose hold, hours, gate, limits and lint allow it now, best first. Approvals that
/// can never be used any more (the talk's time has come) are called off, and the IOU stays
/// proposed.
std::vector<DueMessage> due_messages(Pass& pass);

/// The ids of the approvals whose draft may be written now: hold, gate and a fresh look as for an
/// invitation; the client's hours are no matter, for nothing leaves. Those that can never be used
/// any more are called off.
std::vector<std::string> released_drafts(Pass& pass);

/// The rep accepted the talk at its present time, and the draft that offers it was written.
bool is_drafted(const Ledger& ledger, const Iou& iou);

/// The rep has taken his acceptance back after the draft was written.
void withdraw_drafts(Ledger& ledger, const std::string& iou);

/// The message has left: the approval is used, the IOU is offered, or its meeting is cancelled.
void message_sent(Ledger& ledger, const Setting& setting, const DueMessage& message,
                  core::Instant now);

/// How many approvals wait for their hold or for the client's morning.
int waiting_approvals(const Ledger& ledger);

}  // namespace ioud::domain
