#include "domain/drafts.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "domain/correspondence.hpp"
#include "domain/favours.hpp"
#include "domain/iou.hpp"
#include "domain/line_marks.hpp"
#include "domain/occasion.hpp"
#include "domain/retention.hpp"
#include "domain/talk.hpp"
#include "domain/wording_draft.hpp"
#include "domain/wording_lint.hpp"

namespace ioud::domain {
namespace {

constexpr core::Minutes lead{10};
constexpr core::TimeOfDay noon{12, 0};
constexpr core::TimeOfDay evening{17, 0};

/// The part of a day in which the client wants the help.
struct Window {
  core::Instant from;
  core::Instant to;
  bool is_named = false;
};

const Mail* mail_of(const Pass& pass, const std::string& message_id) {
  for (const Mail& mail : pass.facts.mails)
    if (mail.message_id == message_id) return &mail;
  return nullptr;
}

bool was_answered(const Pass& pass, const Mail& request) {
  return std::any_of(pass.facts.mails.begin(), pass.facts.mails.end(), [&](const Mail& mail) {
    if (mail.box == Box::drafts || !is_rep(pass.setting, mail.from) || mail.date < request.date)
      return false;
    const auto ids = answered_ids(mail);
    return std::find(ids.begin(), ids.end(), request.message_id) != ids.end();
  });
}

/// The first unanswered request for help in the mail, or nullptr.
const Finding* request_in(const Pass& pass, const Mail& mail) {
  if (mail.is_bulk || mail.is_automatic || mail.box == Box::drafts || mail.answer) return nullptr;
  for (const Finding& finding : mail.reading.findings)
    if (finding.label == Label::favour_request &&
        finding.score >= pass.policy().detector.request_floor && !finding.answered)
      return &finding;
  return nullptr;
}

Window window_of(const Pass& pass, const Mail& mail, const Finding& request) {
  const Policy::Hours& hours = pass.policy().hours;
  core::Date day = request.slots.due ? request.slots.due->date : pass.day(mail.date);
  const std::string& part = request.slots.day_part;
  const bool is_named = !part.empty() || request.slots.due.has_value();
  const core::TimeOfDay from = part == "afternoon" ? noon : hours.work_from;
  const core::TimeOfDay to = part == "morning"     ? noon
                             : part == "afternoon" ? evening
                                                   : hours.work_to;
  const core::Instant end = core::instant_in(pass.zone(), day, to);
  if (!is_named && (end <= pass.now || !core::is_business_day(day, pass.setting.holidays)))
    day = core::next_business_day(std::max(day, pass.today()), pass.setting.holidays);
  return {std::max(pass.now, core::instant_in(pass.zone(), day, from)),
          core::instant_in(pass.zone(), day, to), is_named};
}

std::optional<core::Instant> free_start(const Pass& pass, const Agenda& agenda,
                                        const Window& window, int minutes) {
  const int grid = std::max(1, pass.policy().placement.grid_minutes);
  const Blocked blocked = agenda.busy.with_gaps("");
  const core::Minutes step{grid};
  const core::LocalTime earliest = pass.zone().to_local(std::max(window.from, pass.now + lead));
  core::LocalTime local = std::chrono::floor<std::chrono::days>(earliest);
  while (local < earliest) local += step;
  for (; pass.zone().to_instant(local) < window.to; local += step) {
    const core::Instant start = pass.zone().to_instant(local);
    if (blocked.is_free(start, start + core::Minutes{minutes})) return start;
  }
  return std::nullopt;
}

void count_in_the_way(const Pass& pass, const Window& window, RequestAnswer& answer) {
  if (!window.is_named) return;
  for (const Occurrence& one : pass.facts.occurrences) {
    if (!one.busy || one.all_day || one.end <= window.from || one.start >= window.to) continue;
    ++answer.in_the_way;
    const bool is_alone =
        one.readable && std::all_of(one.guests.begin(), one.guests.end(), [&](const Guest& guest) {
          return is_rep(pass.setting, guest.address);
        });
    if (is_alone) ++answer.can_move;
  }
}

WantedDraft made(const Pass& pass, std::string kind, std::string about, const std::string& contact,
                 const Mail* answers, const Text& text) {
  WantedDraft draft;
  OutgoingMail& mail = draft.mail;
  mail.from = {pass.setting.rep.name, pass.setting.rep.addresses.front()};
  mail.to = {{contact_name(pass, contact), contact}};
  mail.subject = text.title;
  mail.body = text.body;
  mail.date = pass.now;
  mail.zone = pass.zone();
  if (answers != nullptr) {
    mail.in_reply_to = answers->message_id;
    mail.references = answers->references;
    if (!answers->in_reply_to.empty() && std::find(mail.references.begin(), mail.references.end(),
                                                   answers->in_reply_to) == mail.references.end())
      mail.references.push_back(answers->in_reply_to);
    mail.references.push_back(answers->message_id);
  }
  const std::string id = core::ident({"draft", kind, about});
  const auto at = mail.from.address.rfind('@');
  mail.message_id = id + mail.from.address.substr(std::min(at, mail.from.address.size()));
  DraftRecord& record = draft.record;
  record.id = id;
  record.message_id = mail.message_id;
  record.kind = std::move(kind);
  record.about = std::move(about);
  record.contact = contact;
  record.answers = mail.in_reply_to;
  record.at = pass.now;
  record.line_marks = line_marks(text.body);
  record.state = "standing";
  return draft;
}

bool is_clean(const Pass& pass, const Client& client, const WantedDraft& draft, bool must_ask) {
  const LintRules rules{other_names(pass, client.name),
                        {pass.setting.rep.name, draft.mail.to.front().name, client.name},
                        must_ask};
  return lint(draft.mail.body, rules).empty();
}

void add_request_drafts(const Pass& pass, const Agenda& agenda, std::vector<WantedDraft>& drafts) {
  const core::Instant oldest = pass.now - std::chrono::days{pass.policy().limits.draft_days};
  for (const Mail& mail : pass.facts.mails) {
    if (mail.date < oldest || is_rep(pass.setting, mail.from)) continue;
    const Client* client = pass.facts.directory.client_of(mail.from);
    const Finding* request = client == nullptr ? nullptr : request_in(pass, mail);
    if (request == nullptr || was_answered(pass, mail)) continue;
    const Window window = window_of(pass, mail, *request);
    const auto kind = pass.policy().catalogue.favours.find(request->slots.kind);
    const int minutes = request->slots.effort_minutes.value_or(
        kind == pass.policy().catalogue.favours.end() ? 30 : kind->second.minutes);
    RequestAnswer answer;
    answer.rep = pass.setting.rep.name;
    answer.contact = contact_name(pass, mail.from);
    answer.subject = mail.subject;
    answer.today = pass.today();
    answer.zone = pass.zone();
    answer.offer = free_start(pass, agenda, window, minutes);
    count_in_the_way(pass, window, answer);
    WantedDraft draft =
        made(pass, "request", mail.message_id, mail.from, &mail, request_draft(answer));
    if (is_clean(pass, *client, draft, true)) drafts.push_back(std::move(draft));
  }
}

void add_ask_drafts(const Pass& pass, std::vector<WantedDraft>& drafts) {
  for (const auto& [id, iou] : pass.ledger.ious) {
    if (iou.state != IouState::proposed || has_open_approval(pass.ledger, id)) continue;
    const Client* client = pass.facts.directory.client(iou.client);
    const auto delivery = delivery_of(pass.ledger, iou, pass.zone());
    if (client == nullptr || !delivery || *delivery <= pass.now) continue;
    for (const Favour* favour : live_favours(pass.ledger, iou)) {
      const Mail* promise = favour->thread.empty() ? nullptr : mail_of(pass, favour->thread);
      if (promise == nullptr || !is_open(*favour)) continue;
      WantedDraft draft = made(pass, "ask", id, iou.contact, promise,
                               ask_draft(talk_of(pass, iou), promise->subject));
      if (is_clean(pass, *client, draft, true)) drafts.push_back(std::move(draft));
      break;
    }
  }
}

void add_greetings(const Pass& pass, std::vector<WantedDraft>& drafts) {
  if (!pass.policy().features.occasions) return;
  const auto& tiers = pass.policy().occasions.greetings;
  const Occasions today = occasions_of(pass.facts.directory, pass.policy().occasions, pass.today());
  for (const Occasion& occasion : today.items) {
    if (occasion.date != pass.today() || occasion.contact.empty() || occasion.kind == "child")
      continue;
    const Client* client = pass.facts.directory.client(occasion.client);
    const Person* person = pass.facts.directory.person(occasion.contact);
    if (client == nullptr || person == nullptr || person->no_greetings || client->no_greetings)
      continue;
    const char* tier = client->tier == Tier::gold     ? "gold"
                       : client->tier == Tier::silver ? "silver"
                                                      : "bronze";
    if (std::find(tiers.begin(), tiers.end(), tier) == tiers.end()) continue;
    const Text text = greeting_draft(pass.setting.rep.name, person->name, occasion.kind);
    WantedDraft draft = made(pass, "greeting", occasion.key, occasion.contact, nullptr, text);
    if (is_clean(pass, *client, draft, false)) drafts.push_back(std::move(draft));
  }
}

/// Whether an untouched draft still has a reason to stand.
bool is_wanted(const Pass& pass, const DraftRecord& draft) {
  if (draft.kind == forgotten_owner) return false;
  if (pass.now - draft.at >= std::chrono::days{pass.policy().limits.draft_days}) return false;
  if (!pass.policy().features.reply_drafts && draft.kind != "greeting") return false;
  if (draft.kind == "ask") {
    const auto iou = pass.ledger.ious.find(draft.about);
    if (iou == pass.ledger.ious.end() || iou->second.state != IouState::proposed) return false;
  }
  if (draft.answers.empty()) return true;
  const Mail* answers = mail_of(pass, draft.answers);
  if (answers == nullptr) return false;
  return draft.kind == "ask" || !was_answered(pass, *answers);
}

}  // namespace

std::vector<WantedDraft> new_drafts(const Pass& pass, const Agenda& agenda) {
  std::vector<WantedDraft> drafts;
  if (pass.policy().features.reply_drafts) {
    add_request_drafts(pass, agenda, drafts);
    add_ask_drafts(pass, drafts);
  }
  add_greetings(pass, drafts);
  auto today =
      std::count_if(pass.ledger.drafts.begin(), pass.ledger.drafts.end(),
                    [&](const auto& entry) { return pass.day(entry.second.at) == pass.today(); });
  std::vector<WantedDraft> fresh;
  for (WantedDraft& draft : drafts) {
    if (pass.ledger.drafts.contains(draft.record.id)) continue;
    if (today >= pass.policy().limits.drafts_per_day) break;
    ++today;
    fresh.push_back(std::move(draft));
  }
  return fresh;
}

std::vector<std::string> drafts_to_remove(Pass& pass) {
  std::vector<std::string> going;
  for (auto& [id, record] : pass.ledger.drafts) {
    if (record.state != "standing") continue;
    const auto found =
        std::find_if(pass.facts.drafts.begin(), pass.facts.drafts.end(),
                     [&](const StandingDraft& one) { return one.message_id == record.message_id; });
    if (found == pass.facts.drafts.end()) {
      if (pass.facts.drafts_complete && pass.facts.is_settled) record.state = "removed";
      continue;
    }
    record.href = found->href;
    record.etag = found->etag;
    if (found->hash != record.hash) {
      record.state = "edited";
      continue;
    }
    if (!is_wanted(pass, record)) going.push_back(id);
  }
  return going;
}

}  // namespace ioud::domain
