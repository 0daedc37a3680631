#include "domain/favours.hpp"

#include <algorithm>

#include "core/business_days.hpp"
#include "core/ident.hpp"
#include "core/text.hpp"
#include "domain/approval.hpp"
#include "domain/iou.hpp"
#include "domain/learning.hpp"
#include "domain/review_book.hpp"
#include "domain/trust.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

constexpr int default_effort_minutes = 30;
constexpr const char* fallen_line_kind = "fallen";

bool has_evidence(const Favour& favour, const Evidence& evidence) {
  return std::any_of(favour.evidence.begin(), favour.evidence.end(), [&](const Evidence& known) {
    return known.source == evidence.source && known.id == evidence.id;
  });
}

/// The words by which two tellings of one favour are compared.
std::string key_words(const Slots& slots, const Evidence& evidence) {
  if (!slots.lemma.empty()) return slots.lemma;
  return core::folded(core::squeezed(slots.what.empty() ? evidence.quote : slots.what));
}

std::string key(const Pass& pass, const Promise& promise) {
  const std::string day = core::format(pass.day(promise.offered_at));
  return core::ident(
      {"favour", promise.client->name, key_words(promise.slots, promise.evidence), day});
}

/// The favour this promise tells of again, or nullptr.
Favour* twin(Pass& pass, const Promise& promise, const std::string& id) {
  if (const auto same = pass.ledger.favours.find(id); same != pass.ledger.favours.end())
    return &same->second;
  const std::string words = key_words(promise.slots, promise.evidence);
  const core::Date day = pass.day(promise.offered_at);
  for (auto& [other, favour] : pass.ledger.favours) {
    if (favour.client != promise.client->name) continue;
    if (has_evidence(favour, promise.evidence) && favour.lemma == words) return &favour;
    const bool same_day = pass.day(favour.offered_at) == day;
    const bool same_due = promise.slots.due && favour.due.date == promise.slots.due->date;
    const bool same_thread = !promise.thread.empty() && favour.thread == promise.thread;
    if (favour.lemma == words && (same_day || same_due || (same_thread && is_open(favour))))
      return &favour;
    if (same_due && is_open(favour) && favour.kind == promise.slots.kind && favour.due_stated &&
        same_thread)
      return &favour;
  }
  return nullptr;
}

const FavourKind& kind_of(const Pass& pass, const std::string& kind) {
  static const FavourKind unknown;
  const auto found = pass.policy().catalogue.favours.find(kind);
  return found == pass.policy().catalogue.favours.end() ? unknown : found->second;
}

void meter(Pass& pass, const Favour& favour, int minutes, const std::string& occasion) {
  const std::string id = core::ident({"meter", favour.id, "work", occasion});
  pass.ledger.meter.try_emplace(id, MeterRow{id, favour.client, favour.id, "work", minutes,
                                             favour.effort_source, pass.day(favour.offered_at)});
}

void set_effort(const Pass& pass, const Promise& promise, Favour& favour) {
  if (promise.slots.effort_minutes) {
    favour.effort_minutes = *promise.slots.effort_minutes;
    favour.effort_source = "typed";
  } else if (promise.calendar_minutes) {
    favour.effort_minutes = *promise.calendar_minutes;
    favour.effort_source = "calendar";
  } else {
    const auto known = pass.policy().catalogue.favours.find(favour.kind);
    favour.effort_minutes = known == pass.policy().catalogue.favours.end() ? default_effort_minutes
                                                                           : known->second.minutes;
    favour.effort_source = "estimate";
  }
}

Due default_due(const Pass& pass, core::Instant offered_at) {
  return {core::add_business_days(pass.day(offered_at), pass.policy().placement.default_due_days,
                                  pass.setting.holidays),
          std::nullopt};
}

std::string beneficiary_of(const Pass& pass, const Promise& promise) {
  const std::string& named = promise.slots.beneficiary;
  if (named.empty()) return {};
  for (const std::string& address : promise.client->contacts) {
    if (address == promise.debtor) continue;
    const Person* person = pass.facts.directory.person(address);
    if (person != nullptr && (core::folded(person->name) == core::folded(named) ||
                              core::folded(person->first_name) == core::folded(named)))
      return address;
  }
  return named;
}

Favour made(const Pass& pass, const Promise& promise, const std::string& id) {
  Favour favour;
  favour.id = id;
  favour.client = promise.client->name;
  favour.debtor = promise.debtor;
  favour.beneficiary = beneficiary_of(pass, promise);
  favour.kind = promise.slots.kind.empty() ? "errand" : promise.slots.kind;
  favour.size = kind_of(pass, favour.kind).size;
  const auto limit = static_cast<std::size_t>(pass.policy().privacy.excerpt_chars);
  favour.text = core::shortened(
      promise.slots.what.empty() ? promise.evidence.quote : promise.slots.what, limit);
  favour.thing = core::shortened(promise.slots.thing, limit);
  favour.lemma = key_words(promise.slots, promise.evidence);
  favour.shape = promise.slots.shape;
  favour.offered_at = promise.offered_at;
  favour.due_stated = promise.slots.due.has_value();
  favour.due = promise.slots.due.value_or(default_due(pass, promise.offered_at));
  favour.confidence = promise.confidence;
  favour.is_visit = promise.slots.is_visit;
  favour.at_delivery = promise.slots.at_delivery;
  favour.spoken = promise.spoken;
  favour.asked_for = promise.asked_for;
  favour.own_event = promise.own_event;
  favour.thread = promise.thread;
  favour.evidence.push_back(promise.evidence);
  favour.reasons = promise.reasons;
  set_effort(pass, promise, favour);
  favour.history.push_back(
      {promise.offered_at, name(FavourState::offered), promise.evidence.source});
  return favour;
}

/// What a further telling adds: its evidence, and what the first one left open.
void add_evidence(Pass& pass, const Promise& promise, Favour& favour) {
  if (promise.spoken && !favour.spoken) favour.spoken = promise.spoken;
  if (has_evidence(favour, promise.evidence)) return;
  favour.evidence.push_back(promise.evidence);
  if (!is_open(favour)) return;
  if (!favour.due_stated && promise.slots.due) {
    favour.due = *promise.slots.due;
    favour.due_stated = true;
  } else if (promise.slots.due && promise.slots.due->date == favour.due.date && !favour.due.time) {
    favour.due.time = promise.slots.due->time;
  }
  if (favour.own_event.empty()) favour.own_event = promise.own_event;
  if (favour.asked_for.empty()) favour.asked_for = promise.asked_for;
  favour.at_delivery = favour.at_delivery || promise.slots.at_delivery;
  const bool is_better = promise.slots.effort_minutes
                             ? favour.effort_source != "typed"
                             : promise.calendar_minutes && favour.effort_source == "estimate";
  if (is_better) {
    const int before = favour.effort_minutes;
    set_effort(pass, promise, favour);
    meter(pass, favour, favour.effort_minutes - before, favour.effort_source);
  }
}

/// M26: more than the free minutes, or the third of its kind in the window.
void guard_scope(Pass& pass, const Client& client, const Favour& favour) {
  const Policy::Scope& scope = pass.policy().scope;
  const bool is_guarded =
      std::find(scope.kinds.begin(), scope.kinds.end(), favour.kind) != scope.kinds.end();
  const bool is_never_free = !kind_of(pass, favour.kind).free;
  int times = 0;
  if (is_guarded) {
    const core::Date from = core::add_days(pass.day(favour.offered_at), -scope.similar_days);
    for (const auto& [id, other] : pass.ledger.favours)
      if (other.client == client.name && other.kind == favour.kind &&
          other.state != FavourState::cancelled && pass.day(other.offered_at) >= from &&
          other.offered_at <= favour.offered_at)
        ++times;
    for (const OpeningFavour& other : client.opening_favours)
      if (other.kind == favour.kind && other.delivered && *other.delivered >= from) ++times;
  }
  const bool is_long = is_guarded && favour.effort_minutes > scope.minutes;
  if (!is_long && !is_never_free && times < scope.similar) return;
  add_review_line(pass, "scope", favour.id, client.name,
                  scope_line(client.name, favour, times >= scope.similar ? times : 0));
}

void add_favour(Pass& pass, const Client& client, const Favour& favour) {
  pass.ledger.favours[favour.id] = favour;
  meter(pass, favour, favour.effort_minutes, {});
  guard_scope(pass, client, favour);
  if (!favour.due_stated)
    add_review_line(pass, "due", favour.id, client.name,
                    due_line(contact_name(pass, favour.debtor), favour));
}

/// The client still counts on the meeting, which therefore stands until the rep has said what
/// becomes of it.
void report_fallen_through(Pass& pass, Iou& iou, const Favour& favour, core::Instant at) {
  iou.history.push_back({at, name(iou.state), "the favour fell through, and the meeting stands"});
  add_review_line(pass, fallen_line_kind, iou.id, iou.client,
                  fallen_line(contact_name(pass, iou.contact), favour,
                              pass.day(iou.invitation->start), iou.invitation->by_rep));
}

int size_points(const Pass& pass, Size size) {
  const auto& points = pass.policy().trust.delivered;
  const auto index = static_cast<std::size_t>(size);
  return index < points.size() ? points[index] : 0;
}

/// Words of a thing that tell it from other things.
std::set<std::string> telling_words(std::string_view text) {
  static const std::set<std::string> common = {"the",  "a",    "an",    "your",  "my",  "our", "it",
                                               "that", "this", "those", "these", "for", "of",  "to",
                                               "and",  "some", "any",   "them",  "one"};
  std::set<std::string> words;
  std::string word;
  for (const char c : core::folded(text) + " ") {
    const bool is_letter = static_cast<unsigned char>(c) >= 0x80 || std::isalnum(c) != 0;
    if (is_letter) {
      word += c;
      continue;
    }
    if (word.size() > 3 && word.ends_with('s')) word.pop_back();
    if (!word.empty() && !common.contains(word)) words.insert(word);
    word.clear();
  }
  return words;
}

}  // namespace

bool is_open(const Favour& favour) {
  return favour.state == FavourState::offered || favour.state == FavourState::slipped;
}

std::string contact_name(const Pass& pass, const std::string& address) {
  const Person* person = pass.facts.directory.person(address);
  const bool has_card = person != nullptr && !person->cards.empty();
  if (const auto named = pass.facts.names.find(address);
      !has_card && named != pass.facts.names.end())
    return named->second;
  return person == nullptr || person->name.empty() ? address : person->name;
}

std::string enter(Pass& pass, const Promise& promise) {
  const std::string id = key(pass, promise);
  if (Favour* known = twin(pass, promise, id)) {
    add_evidence(pass, promise, *known);
    return known->id;
  }
  if (pass.ledger.candidates.contains(id)) return {};
  const Favour favour = made(pass, promise, id);
  const core::Instant delivery = due_instant(favour.due, pass.zone());
  if (delivery + std::chrono::days{pass.policy().placement.expire_days} <= pass.now) return {};
  const Policy::Detector& detector = pass.policy().detector;
  if (favour.confidence < detector.review_floor) return {};
  if (favour.confidence < detector.floor || negatives(pass, favour) >= detector.negatives) {
    pass.ledger.candidates[id] = favour;
    add_review_line(
        pass, "unsure", id, favour.client,
        unsure_line(contact_name(pass, favour.debtor), favour.client, promise.evidence.quote));
    return {};
  }
  add_favour(pass, *promise.client, favour);
  return id;
}

std::string promote(Pass& pass, const std::string& candidate) {
  const auto found = pass.ledger.candidates.find(candidate);
  if (found == pass.ledger.candidates.end()) return {};
  const Client* client = pass.facts.directory.client(found->second.client);
  if (client == nullptr) return {};
  const Favour favour = found->second;
  pass.ledger.candidates.erase(found);
  add_favour(pass, *client, favour);
  note_ok(pass, favour);
  return favour.id;
}

Favour* find_favour(Pass& pass, const Hint& hint, bool delivered_too) {
  const auto fits = [&](const Favour& favour) {
    return favour.client == hint.client &&
           (is_open(favour) || (delivered_too && favour.state == FavourState::delivered));
  };
  const std::set<std::string> words = telling_words(hint.thing.empty() ? hint.quote : hint.thing);
  std::vector<Favour*> open;
  Favour* best = nullptr;
  int best_points = 0;
  for (auto& [id, favour] : pass.ledger.favours) {
    if (!fits(favour)) continue;
    open.push_back(&favour);
    int points = 0;
    for (const Evidence& evidence : favour.evidence)
      if (hint.thread.contains(evidence.id)) points = 4;
    for (const std::string& word : telling_words(favour.thing + " " + favour.text))
      if (words.contains(word)) points += 2;
    if (points > 0 && is_open(favour)) ++points;
    if (points > best_points || (points == best_points && points > 0 && best != nullptr &&
                                 favour.offered_at > best->offered_at)) {
      best = &favour;
      best_points = points;
    }
  }
  if (best != nullptr) return best;
  return open.size() == 1 && hint.thing.empty() ? open.front() : nullptr;
}

void slip(Pass& pass, Favour& favour, const Due& due, core::Instant at, const std::string& source) {
  if (!is_open(favour) || favour.due == due) return;
  favour.due = due;
  favour.due_stated = true;
  favour.state = FavourState::slipped;
  favour.history.push_back({at, name(FavourState::slipped), source});
  post_trust(pass.ledger, favour.client, pass.policy().trust.late, "late", favour.id, at, source);
}

void cancel(Pass& pass, Favour& favour, int points, core::Instant at, const std::string& source) {
  if (!is_open(favour)) return;
  favour.state = FavourState::cancelled;
  favour.history.push_back({at, name(FavourState::cancelled), source});
  meter(pass, favour, -favour.effort_minutes, "cancelled");
  post_trust(pass.ledger, favour.client, points, "broken", favour.id, at);
  close_review_lines(pass, favour.id);
  Iou* iou = iou_of(pass.ledger, favour.id);
  if (iou == nullptr || !is_bare(pass.ledger, *iou)) return;
  if (is_live(iou->state) && is_expected(pass, *iou))
    report_fallen_through(pass, *iou, favour, at);
  else
    move_on(*iou, IouState::void_, at, "the favour fell through");
}

void close_fallen_lines(Pass& pass) {
  for (auto& [id, line] : pass.ledger.review) {
    if (line.kind != fallen_line_kind || line.mailed_at) continue;
    const auto iou = pass.ledger.ious.find(line.about);
    const bool stands = iou != pass.ledger.ious.end() && is_live(iou->second.state) &&
                        is_expected(pass, iou->second);
    if (!stands) line.done = true;
  }
}

void deliver(Pass& pass, Favour& favour, core::Instant at, std::string_view cause) {
  if (!is_open(favour)) return;
  const bool is_on_time =
      favour.state == FavourState::offered && at <= due_instant(favour.due, pass.zone());
  favour.state = FavourState::delivered;
  favour.delivered_at = at;
  favour.history.push_back({at, name(FavourState::delivered), std::string(cause)});
  const Policy::Trust& trust = pass.policy().trust;
  post_trust(pass.ledger, favour.client, size_points(pass, favour.size), "delivered", favour.id,
             at);
  if (is_on_time) post_trust(pass.ledger, favour.client, trust.on_time, "on_time", favour.id, at);
}

void deliver_what_is_due(Pass& pass) {
  for (auto& [id, favour] : pass.ledger.favours) {
    if (!is_open(favour)) continue;
    const core::Instant due = due_instant(favour.due, pass.zone());
    if (due <= pass.now) deliver(pass, favour, due, "its time passed");
  }
}

int metered_minutes(const Ledger& ledger, const std::string& client) {
  int total = 0;
  for (const auto& [id, row] : ledger.meter)
    if (row.client == client) total += row.minutes;
  return total;
}

}  // namespace ioud::domain
