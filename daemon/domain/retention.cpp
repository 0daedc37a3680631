#include "domain/retention.hpp"

#include <algorithm>

#include "core/ident.hpp"
#include "domain/iou.hpp"

namespace ioud::domain {
namespace {

constexpr int days_a_month = 30;

bool is_final_for(const Iou& iou, core::Instant now, int days) {
  return !is_live(iou.state) && now - since(iou) >= std::chrono::days{days};
}

void drop_excerpts(Pass& pass) {
  for (const auto& [id, iou] : pass.ledger.ious) {
    if (!is_final_for(iou, pass.now, pass.policy().privacy.excerpt_days)) continue;
    for (const std::string& favour : iou.favours) {
      const auto found = pass.ledger.favours.find(favour);
      if (found == pass.ledger.favours.end()) continue;
      for (Evidence& evidence : found->second.evidence) {
        evidence.quote.clear();
        evidence.subject.clear();
      }
      found->second.reasons.clear();
    }
  }
}

void drop_records(Pass& pass) {
  const Policy::Privacy& privacy = pass.policy().privacy;
  const core::Instant records = pass.now - std::chrono::days{privacy.record_months * days_a_month};
  const core::Instant meter = pass.now - std::chrono::days{privacy.meter_months * days_a_month};
  std::set<std::string> gone;
  std::erase_if(pass.ledger.ious, [&](const auto& entry) {
    const Iou& iou = entry.second;
    if (is_live(iou.state) || since(iou) >= records) return false;
    gone.insert(iou.favours.begin(), iou.favours.end());
    return true;
  });
  std::erase_if(pass.ledger.favours, [&](const auto& entry) { return gone.contains(entry.first); });
  std::erase_if(pass.ledger.touches, [&](const auto& entry) { return entry.second.at < records; });
  std::erase_if(pass.ledger.referrals,
                [&](const auto& entry) { return entry.second.at < records; });
  std::erase_if(pass.ledger.meter, [&](const auto& entry) {
    return core::instant_in(pass.zone(), entry.second.date, core::TimeOfDay(0)) < meter;
  });
  std::erase_if(pass.ledger.verdicts, [&](const auto& entry) {
    return entry.second.at < pass.now - std::chrono::days{2 * pass.policy().detector.negative_days};
  });
  std::erase_if(pass.ledger.candidates, [&](const auto& entry) {
    return entry.second.offered_at <
           pass.now - std::chrono::days{pass.policy().sources.lookback_days};
  });
  std::erase_if(pass.ledger.review,
                [&](const auto& entry) { return entry.second.done && entry.second.at < records; });
}

void make_bare(ItemRecord& record) {
  CalendarItem bare;
  bare.uid = record.uid;
  bare.role = record.written.role;
  bare.start = record.seen.start;
  bare.end = record.seen.end;
  bare.day = record.seen.day;
  record.written = bare;
  record.seen = bare;
  record.owner = forgotten_owner;
}

}  // namespace

void retire(Pass& pass) {
  drop_excerpts(pass);
  drop_records(pass);
}

std::string forget_key(const Ledger& ledger, std::string_view address) {
  return core::salted_hash(ledger.salt, "person:" + std::string(address));
}

bool is_forgotten(const Ledger& ledger, std::string_view address) {
  return ledger.tombstones.contains(forget_key(ledger, address));
}

Erased erase_person(Ledger& ledger, const std::string& address, const std::string& client,
                    bool others_at_client, core::Instant at) {
  Erased erased;
  const std::string key = forget_key(ledger, address);
  ledger.tombstones.try_emplace(key, Tombstone{key, "forgotten", at});
  const auto is_theirs = [&](const Favour& favour) {
    return favour.debtor == address || favour.beneficiary == address;
  };
  std::set<std::string> owners;
  const auto collect = [&](const auto& favours) {
    for (const auto& [id, favour] : favours) {
      if (is_theirs(favour)) owners.insert(id);
    }
  };
  collect(ledger.favours);
  collect(ledger.candidates);
  for (const auto& [id, iou] : ledger.ious) {
    const bool by_favour =
        std::any_of(iou.favours.begin(), iou.favours.end(),
                    [&](const std::string& one) { return owners.contains(one); });
    if (iou.contact == address || by_favour) owners.insert(id);
  }
  for (auto& [uid, record] : ledger.items) {
    const bool names_them =
        std::any_of(record.seen.guests.begin(), record.seen.guests.end(),
                    [&](const Guest& guest) { return guest.address == address; });
    const auto nudge = ledger.marks.find("nudge:" + uid);
    const bool is_nudge =
        nudge != ledger.marks.end() && nudge->second == client && !others_at_client;
    const bool is_owner =
        owners.contains(record.owner) || record.owner.find(address) != std::string::npos ||
        (!client.empty() && !others_at_client && record.owner.find(client) != std::string::npos);
    if (!names_them && !is_nudge && !is_owner) continue;
    if (!record.gone) ++erased.events;
    make_bare(record);
  }
  std::erase_if(ledger.items, [](const auto& one) {
    return one.second.owner == forgotten_owner && one.second.written.role == Role::meeting;
  });
  for (auto& [id, draft] : ledger.drafts) {
    if (draft.contact != address) continue;
    if (draft.state == "standing") ++erased.drafts;
    draft.contact.clear();
    draft.answers.clear();
    draft.about = forgotten_owner;
    draft.line_marks.clear();
    draft.kind = forgotten_owner;
  }
  erased.favours =
      std::erase_if(ledger.favours, [&](const auto& one) { return is_theirs(one.second); });
  std::erase_if(ledger.candidates, [&](const auto& one) { return is_theirs(one.second); });
  erased.ious =
      std::erase_if(ledger.ious, [&](const auto& one) { return owners.contains(one.first); });
  erased.touches =
      std::erase_if(ledger.touches, [&](const auto& one) { return one.second.contact == address; });
  std::erase_if(ledger.approvals, [&](const auto& one) { return owners.contains(one.second.iou); });
  std::erase_if(ledger.meter, [&](const auto& one) { return owners.contains(one.second.favour); });
  std::erase_if(ledger.sent, [&](const auto& one) { return one.second.contact == address; });
  std::erase_if(ledger.trust, [&](const auto& one) {
    return owners.contains(one.second.evidence) ||
           (one.second.client == client && !others_at_client);
  });
  std::erase_if(ledger.review, [&](const auto& one) {
    return owners.contains(one.second.about) ||
           one.second.about.find(address) != std::string::npos ||
           (one.second.client == client && !others_at_client);
  });
  std::erase_if(ledger.referrals, [&](const auto& one) { return one.second.contact == address; });
  if (!others_at_client) {
    std::erase_if(ledger.marks, [&](const auto& one) {
      return one.first.ends_with(":" + client) || one.second == client;
    });
    std::erase_if(ledger.verdicts, [&](const auto& one) { return one.second.client == client; });
    ledger.baselines.erase(client);
  }
  return erased;
}

}  // namespace ioud::domain
