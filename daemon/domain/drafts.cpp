#include "domain/drafts.hpp"

#include <algorithm>

#include "domain/correspondence.hpp"
#include "domain/favours.hpp"
#include "domain/occasion.hpp"
#include "domain/retention.hpp"
#include "domain/talk_drafts.hpp"
#include "domain/wording_draft.hpp"

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
    WantedDraft draft = made(pass, {"request", mail.message_id, mail.message_id, mail.from, &mail},
                             request_draft(answer));
    if (is_clean(pass, *client, draft, true)) drafts.push_back(std::move(draft));
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
    WantedDraft draft =
        made(pass, {"greeting", occasion.key, occasion.key, occasion.contact, nullptr}, text);
    if (is_clean(pass, *client, draft, false)) drafts.push_back(std::move(draft));
  }
}

/// Whether an untouched draft still has a reason to stand.
bool is_wanted(const Pass& pass, const DraftRecord& draft) {
  if (draft.kind == forgotten_owner) return false;
  if (pass.now - draft.at >= std::chrono::days{pass.policy().limits.draft_days}) return false;
  const bool is_talk = draft.kind == "ask" || draft.kind == "talk";
  const bool is_reply = draft.kind != "greeting" && draft.kind != "talk";
  if (is_reply && !pass.policy().features.reply_drafts) return false;
  if (is_talk && !is_talk_wanted(pass, draft)) return false;
  if (draft.answers.empty()) return true;
  const Mail* answers = mail_of(pass, draft.answers);
  if (answers == nullptr) return false;
  return is_talk || !was_answered(pass, *answers);
}

/// The Message-IDs of a thread, as far as one of its mails names them.
std::set<std::string> thread_of(const Pass& pass, const std::string& message_id) {
  std::set<std::string> ids;
  if (message_id.empty()) return ids;
  ids.insert(message_id);
  if (const Mail* mail = mail_of(pass, message_id)) {
    const std::vector<std::string> answered = answered_ids(*mail);
    ids.insert(answered.begin(), answered.end());
  }
  return ids;
}

/// Drafts of ours that stand in the folder, edited ones too, by the mail they answer.
std::vector<std::set<std::string>> taken_threads(const Pass& pass) {
  std::set<std::string> standing;
  for (const StandingDraft& one : pass.facts.drafts) standing.insert(one.message_id);
  std::vector<std::set<std::string>> taken;
  for (const auto& [id, record] : pass.ledger.drafts)
    if (standing.contains(record.message_id)) taken.push_back(thread_of(pass, record.answers));
  return taken;
}

bool is_taken(const std::vector<std::set<std::string>>& taken, const std::set<std::string>& ids) {
  return std::any_of(taken.begin(), taken.end(), [&](const std::set<std::string>& thread) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& id) { return thread.contains(id); });
  });
}

}  // namespace

std::vector<WantedDraft> new_drafts(Pass& pass, const Agenda& agenda) {
  std::vector<WantedDraft> drafts;
  add_talk_drafts(pass, drafts);
  if (pass.policy().features.reply_drafts) {
    add_request_drafts(pass, agenda, drafts);
    add_ask_drafts(pass, drafts);
  }
  add_greetings(pass, drafts);
  auto today =
      std::count_if(pass.ledger.drafts.begin(), pass.ledger.drafts.end(),
                    [&](const auto& entry) { return pass.day(entry.second.at) == pass.today(); });
  std::vector<std::set<std::string>> taken = taken_threads(pass);
  std::vector<WantedDraft> fresh;
  for (WantedDraft& draft : drafts) {
    if (pass.ledger.drafts.contains(draft.record.id)) continue;
    if (today >= pass.policy().limits.drafts_per_day) break;
    std::set<std::string> thread = thread_of(pass, draft.record.answers);
    if (is_taken(taken, thread)) continue;
    taken.push_back(std::move(thread));
    ++today;
    fresh.push_back(std::move(draft));
  }
  return fresh;
}

std::vector<std::string> drafts_to_remove(Pass& pass) {
  note_written_talks(pass);
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
