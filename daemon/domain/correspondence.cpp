#include "domain/correspondence.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "core/text.hpp"
#include "domain/approval.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/line_marks.hpp"
#include "domain/referrals.hpp"
#include "domain/review_book.hpp"
#include "domain/rsvp.hpp"
#include "domain/trust.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr double sure_when_spoken = 0.9;

bool is_ours(const Ledger& ledger, const Mail& mail) {
  return ledger.sent.contains(mail.message_id);
}

/// The first known contact among the addressees, To before Cc.
std::string addressee(const Pass& pass, const Mail& mail) {
  for (const auto* list : {&mail.to, &mail.cc})
    for (const std::string& address : *list)
      if (!is_colleague(pass.setting, address) &&
          pass.facts.directory.client_of(address) != nullptr)
        return address;
  return {};
}

std::set<std::string> thread_of(const Mail& mail) {
  std::set<std::string> ids(mail.references.begin(), mail.references.end());
  if (!mail.in_reply_to.empty()) ids.insert(mail.in_reply_to);
  return ids;
}

Promise promise_of(const Client& client, const std::string& debtor, const Finding& finding) {
  Promise promise;
  promise.client = &client;
  promise.debtor = debtor;
  promise.slots = finding.slots;
  promise.confidence = finding.score;
  promise.spoken = finding.spoken;
  // Nobody asks for something in return for what he is paid for.
  if (finding.spoken) promise.confidence = std::max(promise.confidence, sure_when_spoken);
  promise.reasons = finding.reasons;
  return promise;
}

void enter_findings(Pass& pass, const Mail& mail, const Client& client, const std::string& debtor,
                    const std::vector<Due>& slipped) {
  for (const Finding& finding : mail.reading.findings) {
    if (finding.label != Label::rep_favour) continue;
    // The new day of a slip is no second promise.
    if (finding.slots.due &&
        std::find(slipped.begin(), slipped.end(), *finding.slots.due) != slipped.end())
      continue;
    Promise promise = promise_of(client, debtor, finding);
    promise.evidence = {"mail", mail.message_id, finding.quote, mail.subject, mail.date};
    promise.offered_at = mail.date;
    promise.thread = mail.message_id;
    enter(pass, promise);
  }
}

Hint hint_of(const Mail& mail, const std::string& client, const Signal& signal) {
  return {client, thread_of(mail), signal.thing, signal.quote};
}

/// The rep speaks about a favour he promised before.
void take_own_signal(Pass& pass, const Mail& mail, const Client& client, const Signal& signal,
                     std::vector<Due>& slipped) {
  Favour* favour = find_favour(pass, hint_of(mail, client.name, signal));
  if (favour == nullptr) return;
  const std::string source = "mail:" + core::ident({mail.message_id});
  switch (signal.kind) {
    case SignalKind::slip:
      if (signal.due) {
        slip(pass, *favour, *signal.due, mail.date, source);
        slipped.push_back(*signal.due);
      }
      return;
    case SignalKind::cancel:
      cancel(pass, *favour, pass.policy().trust.broken, mail.date, source);
      return;
    case SignalKind::delivered:
      deliver(pass, *favour, mail.date, "the rep said so");
      return;
    default:
      return;
  }
}

/// The rep's own mail is a draft of ours: by its Message-ID, else by its words. A mail that answers
/// none is known by its subject and whom it is to.
DraftRecord* sent_draft(Pass& pass, const Mail& mail) {
  // One mail is one draft, however often it is read.
  if (pass.ledger.marks.contains("thread:" + core::ident({mail.message_id}))) return nullptr;
  const bool is_answer = !mail.in_reply_to.empty();
  const std::vector<std::string> marks = is_answer ? mail.line_marks : line_marks(mail.subject);
  DraftRecord* found = nullptr;
  for (auto& [id, draft] : pass.ledger.drafts) {
    if (draft.state == "sent") continue;
    if (draft.message_id == mail.message_id) return &draft;
    if (found != nullptr || marks.empty() || mail.date < draft.at) continue;
    if (draft.answers != mail.in_reply_to) continue;
    if (!is_answer && std::find(mail.to.begin(), mail.to.end(), draft.contact) == mail.to.end())
      continue;
    const auto shared = std::count_if(
        draft.line_marks.begin(), draft.line_marks.end(), [&](const std::string& mark) {
          return std::find(marks.begin(), marks.end(), mark) != marks.end();
        });
    if (shared * 2 >= static_cast<std::ptrdiff_t>(draft.line_marks.size())) found = &draft;
  }
  return found;
}

bool asks_for_a_talk(const DraftRecord& draft) {
  return draft.kind == "ask" || draft.kind == "talk";
}

void take_sent_draft(Pass& pass, const Mail& mail, DraftRecord& draft) {
  draft.state = "sent";
  pass.ledger.marks["thread:" + core::ident({mail.message_id})] = draft.about;
  if (!asks_for_a_talk(draft)) return;
  const auto iou = pass.ledger.ious.find(draft.about);
  if (iou == pass.ledger.ious.end() || iou->second.state != IouState::proposed) return;
  call_off(pass.ledger, iou->second.id);  // said once is enough
  if (move_on(iou->second, IouState::offered, mail.date, "the rep sent the draft"))
    ask_was_made(pass.ledger, iou->second, mail.date, pass.policy().trust);
}

void read_own(Pass& pass, const Mail& mail) {
  const std::string debtor = addressee(pass, mail);
  const Client* client = debtor.empty() ? nullptr : pass.facts.directory.client_of(debtor);
  if (client == nullptr) return;
  DraftRecord* draft = sent_draft(pass, mail);
  if (draft != nullptr) take_sent_draft(pass, mail, *draft);
  if (has_happened(pass.ledger, "draft", mail.message_id)) return;
  if (draft != nullptr && asks_for_a_talk(*draft)) {
    first_time(pass.ledger, "draft", mail.message_id);
    return;
  }
  std::vector<Due> slipped;
  if (first_time(pass.ledger, "signals", mail.message_id)) {
    for (const Signal& signal : mail.reading.signals)
      take_own_signal(pass, mail, *client, signal, slipped);
    if (!slipped.empty()) first_time(pass.ledger, "slip", mail.message_id);
  }
  for (const Signal& signal : mail.reading.signals)
    if (signal.kind == SignalKind::slip && signal.due &&
        has_happened(pass.ledger, "slip", mail.message_id))
      slipped.push_back(*signal.due);
  enter_findings(pass, mail, *client, debtor, slipped);
}

void thank(Pass& pass, const Mail& mail, const Client& client, const Signal& signal) {
  Favour* favour = find_favour(pass, hint_of(mail, client.name, signal), true);
  if (favour == nullptr) return;
  const core::Instant due = due_instant(favour->due, pass.zone());
  const bool counts = signal.kind == SignalKind::counted_thanks || mail.date > due;
  if (!counts) return;
  if (is_open(*favour)) deliver(pass, *favour, mail.date, "the client said thanks for it");
  if (const Iou* iou = iou_of(pass.ledger, favour->id);
      iou != nullptr && iou->state == IouState::proposed)
    pass.ledger.marks["thanks:" + iou->id] = core::format_rfc3339(mail.date, pass.zone());
}

/// A client's yes, without a time, to an ask the rep made in this thread.
void take_yes(Pass& pass, const Mail& mail, const Client& client) {
  const std::set<std::string> thread = thread_of(mail);
  for (auto& [id, iou] : pass.ledger.ious) {
    if (iou.client != client.name || iou.state != IouState::offered) continue;
    bool is_about_it = std::any_of(thread.begin(), thread.end(), [&](const std::string& one) {
      const auto mark = pass.ledger.marks.find("thread:" + core::ident({one}));
      const auto sent = pass.ledger.sent.find(one);
      return (mark != pass.ledger.marks.end() && mark->second == id) ||
             (sent != pass.ledger.sent.end() && sent->second.about == id);
    });
    for (const std::string& favour : iou.favours) {
      const auto found = pass.ledger.favours.find(favour);
      is_about_it = is_about_it || (found != pass.ledger.favours.end() && found->second.spoken &&
                                    thread.contains(found->second.thread));
    }
    if (is_about_it) move_on(iou, IouState::agreed, mail.date, "the client said yes");
  }
}

void take_client_signal(Pass& pass, const Mail& mail, const Client& client, const Signal& signal) {
  const std::string source = "mail:" + core::ident({mail.message_id});
  Ledger& ledger = pass.ledger;
  switch (signal.kind) {
    case SignalKind::no_longer_needed:
      if (Favour* favour = find_favour(pass, hint_of(mail, client.name, signal)))
        cancel(pass, *favour, 0, mail.date, source);
      return;
    case SignalKind::thanks:
    case SignalKind::counted_thanks:
      thank(pass, mail, client, signal);
      return;
    case SignalKind::complaint:
      post_trust(ledger, client.name, pass.policy().trust.complaint, "complaint", source,
                 mail.date);
      ledger.marks["complaint:" + client.name] = core::format_rfc3339(mail.date, core::Zone());
      return;
    case SignalKind::praise:
      ledger.marks["praise:" + client.name] = core::format_rfc3339(mail.date, core::Zone());
      return;
    case SignalKind::stop:
      ledger.marks["no_asks:" + client.name] = core::format_rfc3339(mail.date, core::Zone());
      return;
    case SignalKind::referral:
      ledger.marks["referral:" + client.name] = core::format_rfc3339(mail.date, core::Zone());
      note_referral(pass, client, mail.from, signal.name, mail.date);
      return;
    case SignalKind::bereavement:
      ledger.marks["bereavement:" + client.name] = core::format_rfc3339(mail.date, core::Zone());
      return;
    case SignalKind::acceptance:
      take_yes(pass, mail, client);
      return;
    default:
      return;
  }
}

void read_client(Pass& pass, const Mail& mail, const Client& client) {
  if (mail.is_bulk || mail.is_automatic) return;
  enter_findings(pass, mail, client, mail.from, {});  // an offer of the rep and the client's yes
  if (!first_time(pass.ledger, "signals", mail.message_id)) return;
  const bool is_off =
      std::any_of(mail.reading.signals.begin(), mail.reading.signals.end(),
                  [](const Signal& one) { return one.kind == SignalKind::no_longer_needed; });
  for (const Signal& signal : mail.reading.signals) {
    const bool is_thanks =
        signal.kind == SignalKind::thanks || signal.kind == SignalKind::counted_thanks;
    if (!(is_off && is_thanks)) take_client_signal(pass, mail, client, signal);
  }
  const bool gives = std::any_of(mail.reading.findings.begin(), mail.reading.findings.end(),
                                 [](const Finding& one) { return one.label == Label::client_iou; });
  if (gives) take_yes(pass, mail, client);
}

void read_mail(Pass& pass, const Mail& mail) {
  if (mail.box == Box::drafts || is_ours(pass.ledger, mail)) return;
  const bool by_rep = is_rep(pass.setting, mail.from);
  if (mail.answer) {
    // Requests and the like, our own among them, answer nothing.
    const std::string& method = mail.answer->method;
    if (method != "REPLY" && method != "COUNTER" && method != "REFRESH") return;
    if (first_time(pass.ledger, "answer", mail.message_id)) take_calendar_answer(pass, mail);
    return;
  }
  if (by_rep && !mail.review_answers.empty()) {
    if (first_time(pass.ledger, "review", mail.message_id))
      for (const std::string& line : mail.review_answers)
        answer_review(pass, mail.in_reply_to, line);
    return;
  }
  if (is_identity(pass.setting, mail.from)) return;
  if (by_rep) {
    read_own(pass, mail);
    return;
  }
  if (is_colleague(pass.setting, mail.from)) return;
  if (const Client* client = pass.facts.directory.client_of(mail.from))
    read_client(pass, mail, *client);
}

void read_notes(Pass& pass, const MeetingNotes& notes) {
  if (notes.cancelled) return;
  std::string debtor;
  for (const Guest& guest : notes.guests)
    if (debtor.empty() && !is_colleague(pass.setting, guest.address) &&
        pass.facts.directory.client_of(guest.address) != nullptr)
      debtor = guest.address;
  const Client* client = debtor.empty() ? nullptr : pass.facts.directory.client_of(debtor);
  if (client == nullptr) return;
  const std::string id = notes.recurrence.empty() ? notes.uid : notes.uid + "#" + notes.recurrence;
  for (const Finding& finding : notes.reading.findings) {
    if (finding.label != Label::rep_favour) continue;
    Promise promise = promise_of(*client, debtor, finding);
    promise.evidence = {"event", id, finding.quote, "", notes.start};
    promise.offered_at = notes.start;
    enter(pass, promise);
  }
}

/// The person a capture names: the contact, or whom we talk to at that client by default.
std::string captured_contact(const Pass& pass, const CaptureNote& note, const Client& client) {
  if (!note.contact.empty()) return note.contact;
  const Person* person = pass.facts.directory.main_contact(client);
  return person == nullptr ? std::string() : person->address();
}

std::string seen_mark(const Ledger& ledger, std::string_view capture) {
  return "made:" + core::salted_hash(ledger.salt, capture);
}

void read_capture(Pass& pass, const CaptureNote& note) {
  pass.ledger.marks.try_emplace(seen_mark(pass.ledger, note.source + note.id),
                                core::format_rfc3339(note.made, core::Zone()));
  const Client* client = pass.facts.directory.client(note.client);
  if (!note.is_sure || client == nullptr) {
    if (first_time(pass.ledger, "capture", note.source + note.id))
      add_review_line(pass, "capture", core::ident({note.source, note.id}), "",
                      capture_line(note.line));
    return;
  }
  Promise promise;
  promise.client = client;
  promise.debtor = captured_contact(pass, note, *client);
  promise.slots = note.slots;
  promise.confidence = 1;
  promise.asked_for = note.ask;
  const auto limit = static_cast<std::size_t>(pass.policy().privacy.excerpt_chars);
  promise.evidence = {"capture", note.id, core::shortened(note.line, limit), "", note.made};
  promise.offered_at = note.made;
  if (note.start) {
    promise.own_event = note.id;
    promise.calendar_minutes =
        static_cast<int>(std::chrono::floor<core::Minutes>(*note.end - *note.start).count());
    if (!promise.slots.due)
      promise.slots.due =
          Due{pass.day(*note.start), core::time_of(pass.zone().to_local(*note.start))};
  } else if (note.day && !promise.slots.due) {
    promise.slots.due = Due{*note.day, std::nullopt};
  }
  enter(pass, promise);
}

}  // namespace

bool has_happened(const Ledger& ledger, std::string_view kind, std::string_view id) {
  return ledger.marks.contains(std::string(kind) + ":" + core::salted_hash(ledger.salt, id));
}

bool first_time(Ledger& ledger, std::string_view kind, std::string_view id) {
  return ledger.marks.try_emplace(std::string(kind) + ":" + core::salted_hash(ledger.salt, id), "1")
      .second;
}

std::optional<core::Instant> first_seen(const Ledger& ledger, std::string_view capture) {
  const auto mark = ledger.marks.find(seen_mark(ledger, capture));
  return mark == ledger.marks.end() ? std::nullopt : core::parse_rfc3339(mark->second);
}

std::vector<std::string> answered_ids(const Mail& mail) {
  std::vector<std::string> ids;
  if (!mail.in_reply_to.empty()) ids.push_back(mail.in_reply_to);
  for (auto id = mail.references.rbegin(); id != mail.references.rend(); ++id)
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
  return ids;
}

void read_correspondence(Pass& pass) {
  for (const CaptureNote& note : pass.facts.captures) read_capture(pass, note);
  auto notes = pass.facts.notes.begin();
  for (const Mail& mail : pass.facts.mails) {
    for (; notes != pass.facts.notes.end() && notes->start <= mail.date; ++notes)
      read_notes(pass, *notes);
    read_mail(pass, mail);
  }
  for (; notes != pass.facts.notes.end(); ++notes) read_notes(pass, *notes);
}

}  // namespace ioud::domain
