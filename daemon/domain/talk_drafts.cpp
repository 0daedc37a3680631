#include "domain/talk_drafts.hpp"

#include <algorithm>

#include "domain/approval.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/talk.hpp"
#include "domain/wording_draft.hpp"
#include "domain/wording_talk.hpp"

namespace ioud::domain {
namespace {

constexpr const char* ask = "ask";
constexpr const char* talk = "talk";

std::string talk_draft(const Approval& approval) { return draft_id(talk, approval.id); }

/// The newest mail in which one of the IOU's favours was promised, or nullptr.
const Mail* promise_of(const Pass& pass, const Iou& iou) {
  const Mail* newest = nullptr;
  for (const Favour* favour : live_favours(pass.ledger, iou)) {
    const Mail* mail = favour->thread.empty() ? nullptr : mail_of(pass, favour->thread);
    if (mail != nullptr && (newest == nullptr || mail->date > newest->date)) newest = mail;
  }
  return newest;
}

bool is_accepted_for_a_draft(const Pass& pass, const Iou& iou) {
  return std::any_of(pass.ledger.approvals.begin(), pass.ledger.approvals.end(),
                     [&](const auto& entry) {
                       const Approval& approval = entry.second;
                       return approval.iou == iou.id && approval.message == draft_approval &&
                              !approval.cancelled && approval.hold_until <= pass.now;
                     });
}

bool is_of_standing_approval(const Pass& pass, const Iou& iou, const DraftRecord& draft) {
  return std::any_of(
      pass.ledger.approvals.begin(), pass.ledger.approvals.end(), [&](const auto& entry) {
        const Approval& approval = entry.second;
        return approval.iou == iou.id && approval.message == draft_approval &&
               !approval.cancelled && iou.sitdown && iou.sitdown->start == approval.start &&
               approval.start > pass.now && talk_draft(approval) == draft.id;
      });
}

}  // namespace

void add_ask_drafts(const Pass& pass, std::vector<WantedDraft>& drafts) {
  for (const auto& [id, iou] : pass.ledger.ious) {
    if (iou.state != IouState::proposed || has_open_approval(pass.ledger, id) ||
        is_drafted(pass.ledger, iou))
      continue;
    const Client* client = pass.facts.directory.client(iou.client);
    const auto delivery = delivery_of(pass.ledger, iou, pass.zone());
    if (client == nullptr || !delivery || *delivery <= pass.now) continue;
    for (const Favour* favour : live_favours(pass.ledger, iou)) {
      const Mail* promise = favour->thread.empty() ? nullptr : mail_of(pass, favour->thread);
      if (promise == nullptr || !is_open(*favour)) continue;
      WantedDraft draft = made(pass, {ask, id, id, iou.contact, promise},
                               ask_draft(talk_of(pass, iou), promise->subject));
      if (is_clean(pass, *client, draft, true)) drafts.push_back(std::move(draft));
      break;
    }
  }
}

void add_talk_drafts(Pass& pass, std::vector<WantedDraft>& drafts) {
  for (const std::string& id : released_drafts(pass)) {
    const Approval& approval = pass.ledger.approvals.at(id);
    const Iou& iou = pass.ledger.ious.at(approval.iou);
    const Mail* promise = promise_of(pass, iou);
    Text text = invitation_mail(talk_of(pass, iou), approval.start);
    if (promise != nullptr) text.title = reply_subject(promise->subject);
    WantedDraft draft = made(pass, {talk, id, iou.id, iou.contact, promise}, text);
    if (is_clean(pass, *pass.facts.directory.client(iou.client), draft, true))
      drafts.push_back(std::move(draft));
  }
}

void note_written_talks(Pass& pass) {
  for (auto& [id, approval] : pass.ledger.approvals) {
    if (approval.message != draft_approval || approval.used_at || approval.cancelled) continue;
    const auto draft = pass.ledger.drafts.find(talk_draft(approval));
    if (draft != pass.ledger.drafts.end()) approval.used_at = draft->second.at;
  }
}

bool is_talk_wanted(const Pass& pass, const DraftRecord& draft) {
  const auto found = pass.ledger.ious.find(draft.about);
  if (found == pass.ledger.ious.end() || found->second.state != IouState::proposed) return false;
  const Iou& iou = found->second;
  return draft.kind == talk ? is_of_standing_approval(pass, iou, draft)
                            : !is_accepted_for_a_draft(pass, iou);
}

}  // namespace ioud::domain
