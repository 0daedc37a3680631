#include "domain/approval.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "domain/ask.hpp"
#include "domain/iou.hpp"
#include "domain/review_book.hpp"
#include "domain/silence.hpp"
#include "domain/talk.hpp"
#include "domain/wording_lint.hpp"
#include "domain/wording_talk.hpp"

namespace ioud::domain {
namespace {

bool is_waiting(const Approval& approval) { return !approval.used_at && !approval.cancelled; }

std::string host_of(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

/// The invitation as it will stand once its message has left.
Invitation next_invitation(const Iou& iou) {
  if (iou.invitation && !iou.invitation->cancelled) return *iou.invitation;
  Invitation fresh;
  fresh.uid = meeting_uid(iou.id, iou.proposed_again);
  if (iou.sitdown) {
    fresh.start = iou.sitdown->start;
    fresh.minutes = iou.sitdown->minutes;
  }
  return fresh;
}

bool is_draft(const Approval& approval) { return approval.message == draft_approval; }

bool is_second(const Approval& approval) { return approval.message == second_approval; }

bool is_first(const Iou& iou, const Approval& approval) {
  const bool invites = approval.message == "REQUEST" || is_draft(approval);
  return invites && (!iou.invitation || iou.invitation->cancelled);
}

/// Still what the rep approved: nothing changed since, and there is still a talk to invite to.
bool still_stands(const Pass& pass, const Iou& iou, const Approval& approval) {
  const core::Instant now = pass.now;
  // It outlives the IOU: a rep who will not come leaves nobody waiting.
  if (approval.message == "CANCEL") return is_invited_ahead(pass, iou);
  if (!is_live(iou.state)) return false;
  if (approval.start <= now) return false;
  if (is_first(iou, approval))
    return iou.state == IouState::proposed && iou.sitdown && iou.sitdown->start == approval.start;
  if (is_draft(approval) || (is_second(approval) && (!is_silent(iou) || is_bare(pass.ledger, iou))))
    return false;
  return iou.invitation->start == approval.start && iou.invitation->sequence == approval.sequence;
}

/// `leaving`: what goes out in this same pass and counts as well.
/// A second copy has its own distance from the first, so that only other talks hold it back.
bool within_limits(const Pass& pass, const Iou& iou, const Approval& approval,
                   const std::vector<DueMessage>& leaving) {
  const Policy::Limits& limits = pass.policy().limits;
  int today = 0;
  std::vector<SentRecord> all;
  for (const auto& [id, sent] : pass.ledger.sent) all.push_back(sent);
  for (const DueMessage& one : leaving) all.push_back({"", one.kind, one.iou, "", pass.now});
  for (const SentRecord& sent : all) {
    if (sent.kind != "invitation" && sent.kind != "second") continue;
    if (pass.day(sent.at) == pass.today()) ++today;
    if (is_second(approval) && sent.about == iou.id) continue;
    const auto other = pass.ledger.ious.find(sent.about);
    if (other != pass.ledger.ious.end() && other->second.client == iou.client &&
        pass.now - sent.at < std::chrono::days{limits.client_message_days})
      return false;
  }
  return today < limits.messages_per_day;
}

bool is_complaint_fresh(const Pass& pass, const Iou& iou) {
  const core::Instant from =
      pass.now - std::chrono::days{pass.policy().limits.complaint_quiet_days};
  return std::any_of(pass.ledger.trust.begin(), pass.ledger.trust.end(), [&](const auto& entry) {
    return entry.second.client == iou.client && entry.second.cause == "complaint" &&
           entry.second.at > from;
  });
}

bool is_clean(const Pass& pass, const Iou& iou, const OutgoingMail& mail) {
  const LintRules rules{other_names(pass, iou.client), own_names(pass, iou), false};
  return lint(mail.body, rules).empty() && lint(mail.subject, rules).empty() &&
         (!mail.event ||
          (lint(mail.event->summary, rules).empty() && lint(mail.event->location, rules).empty() &&
           lint(mail.event->description, rules).empty()));
}

bool is_in_sight(const Pass& pass, const std::string& uid) {
  const auto item = pass.ledger.items.find(uid);
  return item == pass.ledger.items.end() || item->second.gone ||
         pass.facts.complete.contains(item->second.calendar);
}

/// The last check: whether this pass has seen all of the calendars in which the rep may have taken
/// the approval back. Where one could not be read, or is not yet at rest, nothing leaves.
bool was_looked_at(const Pass& pass, const Iou& iou) {
  return pass.facts.is_settled && (!iou.sitdown || is_in_sight(pass, iou.sitdown->uid)) &&
         (!iou.invitation || is_in_sight(pass, iou.invitation->uid));
}

/// The time that the newest message to the client named. One of the rep's choosing since then, of
/// which no message left, is not known to him.
core::Instant told_start(const Ledger& ledger, const Iou& iou) {
  const Approval* newest = nullptr;
  for (const auto& [id, one] : ledger.approvals) {
    const bool has_told = one.iou == iou.id && one.message == "REQUEST" && one.used_at;
    if (has_told && (newest == nullptr || one.used_at > newest->used_at)) newest = &one;
  }
  return newest == nullptr ? iou.invitation->start : newest->start;
}

DueMessage written(const Pass& pass, const Iou& iou, const Approval& approval) {
  const Talk talk = talk_of(pass, iou);
  Invitation invitation = next_invitation(iou);
  const bool is_cancel = approval.message == "CANCEL";
  const bool is_again = is_second(approval);
  const bool is_update = !is_cancel && !is_again && !is_first(iou, approval);
  if (is_cancel) {
    ++invitation.sequence;
    invitation.start = told_start(pass.ledger, iou);
  }
  DueMessage due;
  due.approval = approval.id;
  due.iou = iou.id;
  due.kind = is_cancel ? "cancellation" : is_again ? "second" : is_update ? "update" : "invitation";
  OutgoingMail& mail = due.mail;
  mail.method = is_cancel ? "CANCEL" : "REQUEST";
  mail.event = meeting_item(pass, iou, invitation);
  if (is_cancel) mail.event->status = EventStatus::cancelled;
  const bool starts_as_told = is_update && told_start(pass.ledger, iou) == invitation.start;
  const bool is_of_place = starts_as_told && approval.gesture == place_gesture;
  const Text text = is_cancel        ? cancel_mail(talk, invitation.start)
                    : is_of_place    ? place_mail(talk, invitation.start, mail.event->location)
                    : starts_as_told ? length_mail(talk, invitation.start)
                    : is_again       ? second_mail(talk, invitation.start)
                    : is_update      ? update_mail(talk, invitation.start)
                                     : invitation_mail(talk, invitation.start);
  mail.subject = text.title;
  mail.body = text.body;
  mail.from = {pass.setting.rep.name, pass.setting.rep.addresses.front()};
  mail.to = {{talk.contact, iou.contact}};
  mail.date = pass.now;
  mail.zone = pass.zone();
  // Begins with the time of the approval, so that ids sort as they were given; never with the hour
  // of sending, which would make another message of a second try.
  const auto given = approval.at.time_since_epoch().count();
  mail.message_id =
      std::to_string(given) + "." +
      core::ident({"mail", approval.message, invitation.uid, std::to_string(invitation.sequence)}) +
      "@" + host_of(mail.from.address);
  return due;
}

/// The IOU whose approval may be used now; nullptr while it has to wait, or where it was called
/// off.
Iou* released(Pass& pass, Approval& approval, const std::vector<DueMessage>& leaving) {
  const auto found = pass.ledger.ious.find(approval.iou);
  const Client* client =
      found == pass.ledger.ious.end() ? nullptr : pass.facts.directory.client(found->second.client);
  if (client == nullptr || !still_stands(pass, found->second, approval)) {
    approval.cancelled = true;
    return nullptr;
  }
  Iou& iou = found->second;
  const core::Instant from =
      is_draft(approval) ? approval.hold_until : release_time(pass, *client, approval);
  if (pass.now < from || !was_looked_at(pass, iou)) return nullptr;
  if (!is_first(iou, approval) && !is_second(approval)) return &iou;
  const AskCase of{client, iou.contact, live_favours(pass.ledger, iou), iou.id};
  if (!gate(pass, of, iou.ask).empty()) {
    approval.cancelled = true;
    if (is_second(approval))
      iou.history.push_back(
          {pass.now, name(iou.state), "the gate was shut before a second message"});
    else
      move_on(iou, IouState::banked, pass.now, "the gate was shut before the invitation left");
    return nullptr;
  }
  const bool may_write = is_draft(approval) || within_limits(pass, iou, approval, leaving);
  return may_write && !is_complaint_fresh(pass, iou) ? &iou : nullptr;
}

}  // namespace

std::string meeting_uid(const std::string& iou, bool is_again) {
  return "mtg-" + core::ident({"meeting", iou, is_again ? "again" : "first"}) + "@ioud";
}

bool is_invited_ahead(const Pass& pass, const Iou& iou) {
  return iou.invitation && iou.invitation->sent_at && !iou.invitation->by_rep &&
         !iou.invitation->cancelled && told_start(pass.ledger, iou) > pass.now;
}

bool is_expected(const Pass& pass, const Iou& iou) {
  if (!iou.invitation || iou.invitation->partstat == "DECLINED") return false;
  const bool by_rep = iou.invitation->by_rep && !iou.invitation->cancelled;
  return is_invited_ahead(pass, iou) || (by_rep && iou.invitation->start > pass.now);
}

void take_back_meeting(Ledger& ledger, Iou& iou, core::Instant at, std::string_view cause) {
  iou.invitation->cancelled = true;
  const bool once_more = !iou.proposed_again;
  iou.proposed_again = true;
  if (iou.state == IouState::banked) return;  // by the rep, who wants nothing proposed
  if (iou.sitdown) iou.sitdown->where = Where::search;
  move_on(iou,
          is_bare(ledger, iou) ? IouState::void_
          : once_more          ? IouState::proposed
                               : IouState::kept,
          at, cause);
}

Approval& open_approval(Pass& pass, Iou& iou, std::string_view message, std::string_view gesture) {
  Approval approval;
  const Invitation invitation = next_invitation(iou);
  const bool is_new = !iou.invitation || iou.invitation->cancelled;
  approval.iou = iou.id;
  approval.message = message;
  approval.gesture = gesture;
  approval.at = pass.now;
  approval.hold_until = pass.now + core::Minutes{pass.policy().approval.hold_minutes};
  approval.start = is_new && iou.sitdown ? iou.sitdown->start : invitation.start;
  approval.sequence = invitation.sequence;
  approval.id = core::ident({"approval", iou.id, message, std::to_string(approval.sequence),
                             std::to_string(pass.now.time_since_epoch().count())});
  iou.history.push_back({pass.now, name(iou.state), "approved: " + std::string(gesture)});
  return pass.ledger.approvals[approval.id] = approval;
}

void call_off(Ledger& ledger, const std::string& iou) {
  for (auto& [id, approval] : ledger.approvals)
    if (approval.iou == iou && is_waiting(approval)) approval.cancelled = true;
}

core::Instant release_time(const Pass& pass, const Client& client, const Approval& approval) {
  const auto iou = pass.ledger.ious.find(approval.iou);
  const core::Zone zone =
      zone_of(pass, client, iou == pass.ledger.ious.end() ? "" : iou->second.contact);
  const core::Holidays holidays = client_holidays(client);
  const Policy::Approval& policy = pass.policy().approval;
  const core::LocalTime local = zone.to_local(approval.hold_until);
  const core::Date day = core::date_of(local);
  const core::TimeOfDay time = core::time_of(local);
  const bool is_open_day = core::is_business_day(day, holidays);
  if (is_open_day && time >= policy.quiet_to && time < policy.quiet_from)
    return approval.hold_until;
  const core::Date morning =
      is_open_day && time < policy.quiet_to ? day : core::next_business_day(day, holidays);
  return core::instant_in(zone, morning, policy.morning);
}

std::vector<DueMessage> due_messages(Pass& pass) {
  std::vector<DueMessage> due;
  for (auto& [id, approval] : pass.ledger.approvals) {
    if (!is_waiting(approval) || is_draft(approval)) continue;
    Iou* iou = released(pass, approval, due);
    if (iou == nullptr) continue;
    DueMessage message = written(pass, *iou, approval);
    if (!is_clean(pass, *iou, message.mail)) {
      approval.cancelled = true;
      iou->history.push_back(
          {pass.now, name(iou->state), "not sent: its words are no client's to read"});
      continue;
    }
    due.push_back(std::move(message));
  }
  if (auto review = due_review(pass)) due.push_back({"", "", "review", std::move(*review)});
  return due;
}

std::vector<std::string> released_drafts(Pass& pass) {
  std::vector<std::string> ids;
  for (auto& [id, approval] : pass.ledger.approvals)
    if (is_waiting(approval) && is_draft(approval) && released(pass, approval, {}) != nullptr)
      ids.push_back(id);
  return ids;
}

bool is_drafted(const Ledger& ledger, const Iou& iou) {
  return std::any_of(ledger.approvals.begin(), ledger.approvals.end(), [&](const auto& entry) {
    const Approval& approval = entry.second;
    return approval.iou == iou.id && is_draft(approval) && approval.used_at &&
           !approval.cancelled && iou.sitdown && iou.sitdown->start == approval.start;
  });
}

void withdraw_drafts(Ledger& ledger, const std::string& iou) {
  for (auto& [id, approval] : ledger.approvals)
    if (approval.iou == iou && is_draft(approval)) approval.cancelled = true;
}

void message_sent(Ledger& ledger, const Setting& setting, const DueMessage& message,
                  core::Instant now) {
  const std::string contact = message.mail.to.empty() ? "" : message.mail.to.front().address;
  ledger.sent[message.mail.message_id] = {message.mail.message_id, message.kind, message.iou,
                                          contact, now};
  const auto found = ledger.ious.find(message.iou);
  const auto approval = ledger.approvals.find(message.approval);
  if (approval != ledger.approvals.end()) approval->second.used_at = now;
  if (message.kind == "review") review_sent(ledger, setting, message.mail, now);
  if (found == ledger.ious.end() || !message.mail.event) return;
  Iou& iou = found->second;
  const CalendarItem& event = *message.mail.event;
  if (message.kind == "cancellation") {
    iou.invitation->sequence = event.sequence;
    take_back_meeting(ledger, iou, now, "the meeting was cancelled");
    return;
  }
  if (message.kind == "invitation") {
    Invitation invitation;
    invitation.uid = event.uid;
    invitation.start = event.start;
    invitation.minutes =
        static_cast<int>(std::chrono::floor<core::Minutes>(event.end - event.start).count());
    iou.invitation = invitation;
    ask_was_made(ledger, iou, now, setting.policy.trust);
  }
  iou.invitation->sent_at = now;
  iou.invitation->sequence = event.sequence;
  // A change of the place alone leaves the client's yes standing.
  if (iou.invitation->partstat != "NEEDS-ACTION") return;
  const bool is_again = message.kind == "second";
  if (!move_on(iou, IouState::offered, now, is_again ? "asked once more" : "the invitation left") &&
      is_again)
    iou.history.push_back({now, name(iou.state), "asked once more"});
}

int waiting_approvals(const Ledger& ledger) {
  return static_cast<int>(
      std::count_if(ledger.approvals.begin(), ledger.approvals.end(),
                    [](const auto& entry) { return is_waiting(entry.second); }));
}

}  // namespace ioud::domain
