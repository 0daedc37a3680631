#include <algorithm>

#include "domain/drafts.hpp"
#include "engine/publisher.hpp"

namespace ioud::engine {
namespace {

using store::Ending;
using store::Intent;
using store::IntentKind;
using store::Outcome;

const domain::Standing* standing_of(const domain::Facts& facts, const std::string& uid) {
  for (const domain::Standing& one : facts.standing)
    if (one.item.uid == uid) return &one;
  return nullptr;
}

/// Whether what stands is the version the intent meant to write over, so that it had no effect.
bool is_untouched(const Intent& intent, const domain::Standing& standing) {
  return !intent.etag.empty() && standing.etag == intent.etag;
}

/// A put that took effect: from here on its item is what we wrote. How it stood when written is
/// the base, so that what the rep has done since is seen as his.
Ending settle_put(domain::Ledger& ledger, const Intent& intent, const domain::Facts& facts) {
  const domain::Standing* standing = standing_of(facts, intent.uid);
  if (standing == nullptr || !intent.item || is_untouched(intent, *standing))
    return Ending::abandoned;
  domain::ItemRecord record{intent.uid,     intent.collection, intent.owner, standing->href,
                            standing->etag, *intent.item,      *intent.item, false};
  const auto known = ledger.items.find(intent.uid);
  if (known != ledger.items.end()) {
    domain::CalendarItem seen =
        domain::merged(*intent.item, known->second.written, known->second.seen);
    record.seen = std::move(seen);
  }
  ledger.items[intent.uid] = std::move(record);
  return Ending::done;
}

Ending settle_removal(domain::Ledger& ledger, const Intent& intent, const domain::Facts& facts) {
  if (!facts.complete.contains(intent.collection) || standing_of(facts, intent.uid) != nullptr)
    return Ending::abandoned;
  const auto record = ledger.items.find(intent.uid);
  if (record != ledger.items.end()) record->second.gone = true;
  return Ending::done;
}

Ending settle_draft_removal(domain::Ledger& ledger, const Intent& intent,
                            const domain::Facts& facts) {
  const bool stands =
      std::any_of(facts.drafts.begin(), facts.drafts.end(),
                  [&](const domain::StandingDraft& one) { return one.message_id == intent.uid; });
  const auto record = ledger.drafts.find(intent.owner);
  if (stands || record == ledger.drafts.end()) return Ending::abandoned;
  record->second.state = "removed";
  return Ending::done;
}

Ending settle(domain::Ledger& ledger, const Intent& intent, const domain::Facts& facts) {
  switch (intent.kind) {
    case IntentKind::put:
      return settle_put(ledger, intent, facts);
    case IntentKind::remove:
      return settle_removal(ledger, intent, facts);
    case IntentKind::draft_remove:
      return settle_draft_removal(ledger, intent, facts);
    case IntentKind::draft:  // appending again with the same Message-ID finds what stands
    case IntentKind::send:   // the courier asks before it sends again
      return Ending::abandoned;
  }
  return Ending::abandoned;
}

}  // namespace

core::Result<void> recover(const Parts& parts, domain::Ledger& ledger, const domain::Facts& facts) {
  const auto open = parts.ledger.open_intents();
  if (!open) return tl::unexpected(open.error());
  if (open->empty()) return {};
  domain::Ledger after = ledger;
  store::JournalLines lines;
  for (const Intent& intent : *open) {
    Outcome outcome;
    outcome.intent = intent.id;
    outcome.at = parts.clock.now();
    outcome.ending = settle(after, intent, facts);
    lines.outcomes.push_back(std::move(outcome));
  }
  parts.log.info("journal.recovered", {{"intents", open->size()}});
  const auto committed = parts.ledger.commit(ledger, after, lines);
  if (!committed) return tl::unexpected(committed.error());
  ledger = std::move(after);
  return {};
}

}  // namespace ioud::engine
