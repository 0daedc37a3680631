#include "domain/rsvp.hpp"

#include <algorithm>

#include "domain/approval.hpp"
#include "domain/gesture.hpp"
#include "domain/iou.hpp"
#include "domain/review_book.hpp"
#include "domain/trust.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

bool is_stale(const Invitation& invitation, const CalendarAnswer& answer) {
  return invitation.cancelled || answer.sequence < invitation.sequence;
}

/// A no to what he had agreed to: the talk is proposed once more, after the time that he gave up.
void take_client_cancellation(Pass& pass, Iou& iou, core::Instant at) {
  // Its event is for the rep's program to move: his server would tell the client of it.
  if (iou.invitation->by_rep) {
    move_on(iou, IouState::kept, at, "the client cancelled");
    return;
  }
  const core::Instant over = iou.invitation->start + core::Minutes{iou.invitation->minutes};
  iou.not_before = std::max(iou.not_before.value_or(over), over);
  take_back_meeting(pass.ledger, iou, at, "the client cancelled");
}

/// What the rep has ended or put by stays so; a client who says no to it is told nothing more.
void take_reply_to_ended(Pass& pass, Iou& iou, const CalendarAnswer& answer) {
  if (is_stale(*iou.invitation, answer) || answer.partstat != "DECLINED") return;
  iou.invitation->partstat = answer.partstat;
  call_off(pass.ledger, iou.id);
  iou.invitation->cancelled = true;
}

void take_client_reply(Pass& pass, Iou& iou, const CalendarAnswer& answer, core::Instant at) {
  Invitation& invitation = *iou.invitation;
  if (is_stale(invitation, answer)) return;
  invitation.partstat = answer.partstat;
  if (answer.partstat == "ACCEPTED") {
    move_on(iou, IouState::scheduled, at, "the client accepted");
  } else if (answer.partstat == "DECLINED") {
    call_off(pass.ledger, iou.id);
    if (iou.state == IouState::scheduled) {
      take_client_cancellation(pass, iou, at);
    } else if (move_on(iou, IouState::declined, at, "the client declined")) {
      post_trust(pass.ledger, iou.client, pass.policy().trust.declined, "declined", iou.id, at);
    }
  }
}

/// A yes with another time: agreed, and the rep sees it in the history; he moves the meeting.
void take_counter(Iou& iou, const CalendarAnswer& answer, core::Instant at) {
  if (is_stale(*iou.invitation, answer)) return;
  iou.invitation->partstat = answer.partstat.empty() ? "TENTATIVE" : answer.partstat;
  move_on(iou, IouState::agreed, at, "the client proposed another time");
}

/// Someone who was not invited answers, or answers for the one who was.
void report_stranger(Pass& pass, const Iou& iou, const std::string& sender) {
  add_review_line(pass, "stranger", iou.id + " " + sender, iou.client,
                  stranger_line(iou.contact, sender));
}

/// The client's program has lost the invitation. What was told stands, and sending is the rep's.
void report_refresh(Pass& pass, const Iou& iou, const Mail& mail) {
  add_review_line(pass, "refresh", iou.id + " " + mail.message_id, iou.client,
                  refresh_line(iou.contact));
}

/// An answer to an invitation that looks like ours and is not in the ledger.
void report_stray(Pass& pass, const Mail& mail) {
  const std::string& uid = mail.answer->uid;
  if (!uid.starts_with("mtg-") || !uid.ends_with("@ioud")) return;
  const bool is_known =
      std::any_of(pass.ledger.ious.begin(), pass.ledger.ious.end(), [&](const auto& entry) {
        const Iou& iou = entry.second;
        const bool is_now = iou.invitation && iou.invitation->uid == uid;
        return is_now || uid == meeting_uid(iou.id, false) || uid == meeting_uid(iou.id, true);
      });
  if (!is_known) add_review_line(pass, "stray", uid + " " + mail.from, "", stray_line(mail.from));
}

void take_rep_reply(Pass& pass, Iou& iou, const CalendarAnswer& answer) {
  std::optional<Answer> meant;
  if (answer.partstat == "ACCEPTED") meant = Answer::approve;
  if (answer.partstat == "TENTATIVE") meant = Answer::keep;
  if (answer.partstat == "DECLINED") meant = Answer::dismiss;
  if (!meant) return;
  if (*meant != Answer::approve) call_off(pass.ledger, iou.id);
  apply_answer(pass, iou, {*meant, 0, 0}, "answered by mail");
}

}  // namespace

void take_calendar_answer(Pass& pass, const Mail& mail) {
  const CalendarAnswer& answer = *mail.answer;
  for (auto& [id, iou] : pass.ledger.ious) {
    const bool is_invited_to =
        iou.invitation && iou.invitation->uid == answer.uid && !is_rep(pass.setting, mail.from);
    const bool is_invited = mail.from == iou.contact && answer.attendee == iou.contact;
    const bool is_ended = !is_live(iou.state) || iou.state == IouState::banked;
    if (is_ended && is_invited_to && is_invited && answer.method == "REPLY")
      return take_reply_to_ended(pass, iou, answer);
    if (!is_live(iou.state)) continue;
    if (is_invited_to) {
      if (!is_invited) return report_stranger(pass, iou, mail.from);
      if (answer.method == "REPLY") take_client_reply(pass, iou, answer, mail.date);
      if (answer.method == "COUNTER" && !is_ended) take_counter(iou, answer, mail.date);
      if (answer.method == "REFRESH") report_refresh(pass, iou, mail);
      return;
    }
    const bool by_rep = is_rep(pass.setting, mail.from) && is_rep(pass.setting, answer.attendee);
    if (iou.sitdown && iou.sitdown->uid == answer.uid && by_rep && answer.method == "REPLY") {
      take_rep_reply(pass, iou, answer);
      return;
    }
  }
  if (!is_rep(pass.setting, mail.from)) report_stray(pass, mail);
}

}  // namespace ioud::domain
