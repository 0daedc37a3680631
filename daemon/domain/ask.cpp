#include "domain/ask.hpp"
#include "domain/favours.hpp"

#include <algorithm>

#include "domain/iou.hpp"
#include "domain/referrals.hpp"
#include "domain/trust.hpp"
#include "domain/unanswered.hpp"

namespace ioud::domain {
namespace {

constexpr int first_shrink_days = 8;
constexpr int second_shrink_days = 22;
constexpr int declined_rest_days = 90;
constexpr int rush_window_days = 90;

const AskKind* kind_of(const Pass& pass, const std::string& ask) {
  const auto found = pass.policy().catalogue.asks.find(ask);
  return found == pass.policy().catalogue.asks.end() ? nullptr : &found->second;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

int deliveries(const Pass& pass, const Client& client) {
  const auto own =
      std::count_if(pass.ledger.favours.begin(), pass.ledger.favours.end(), [&](const auto& entry) {
        return entry.second.client == client.name && entry.second.state == FavourState::delivered;
      });
  return client.opening_delivered + static_cast<int>(own);
}

bool has_open_complaint(const Pass& pass, const Client& client) {
  const core::Instant from =
      pass.now - std::chrono::days{pass.policy().limits.complaint_pause_days};
  return std::any_of(pass.ledger.trust.begin(), pass.ledger.trust.end(), [&](const auto& entry) {
    return entry.second.client == client.name && entry.second.cause == "complaint" &&
           entry.second.at > from;
  });
}

int care_touches_since(const Pass& pass, const Client& client, core::Instant from) {
  const auto count =
      std::count_if(pass.ledger.touches.begin(), pass.ledger.touches.end(), [&](const auto& entry) {
        const Touch& touch = entry.second;
        return touch.care && touch.at > from && contains(client.contacts, touch.contact);
      });
  return static_cast<int>(count);
}

bool has_care_since_delivery(const Pass& pass, const Client& client) {
  std::optional<core::Instant> latest;
  for (const auto& [id, favour] : pass.ledger.favours)
    if (favour.client == client.name && favour.delivered_at)
      latest = std::max(latest.value_or(*favour.delivered_at), *favour.delivered_at);
  for (const OpeningFavour& favour : client.opening_favours)
    if (favour.delivered) {
      const core::Instant at =
          core::instant_in(pass.zone(), *favour.delivered, core::TimeOfDay(24, 0));
      latest = std::max(latest.value_or(at), at);
    }
  return latest && care_touches_since(pass, client, *latest) > 0;
}

bool holds(const Pass& pass, const AskCase& of, const std::string& need) {
  const Client& client = *of.client;
  if (need == "delivery") return deliveries(pass, client) >= 1;
  if (need == "no_complaint") return !has_open_complaint(pass, client);
  if (need == "referral_given") return pass.ledger.marks.contains("referral:" + client.name);
  if (need == "two_rushes") return recent_of_kind(pass, client, "rush", rush_window_days) >= 2;
  if (need == "two_deliveries_or_third_purchase")
    return deliveries(pass, client) >= 2 || client.purchases.size() >= 3;
  if (need == "care_since_delivery") return has_care_since_delivery(pass, client);
  return false;
}

/// Whether this ask kind rests: made within its cooldown, or declined within 90 days.
bool is_resting(const Pass& pass, const AskCase& of, const std::string& ask, const AskKind& kind) {
  return std::any_of(pass.ledger.ious.begin(), pass.ledger.ious.end(), [&](const auto& entry) {
    const Iou& iou = entry.second;
    if (iou.client != of.client->name || iou.ask != ask || iou.id == of.iou || !iou.asked_at)
      return false;
    int days = kind.cooldown_days;
    if (iou.state == IouState::declined) days = std::max(days, declined_rest_days);
    return pass.now - *iou.asked_at < std::chrono::days{days};
  });
}

bool is_of_stage(const AskKind& kind, Stage stage) {
  if (kind.stages.empty()) return true;
  switch (stage) {
    case Stage::customer:
      return contains(kind.stages, "customer");
    case Stage::prospect:
      return contains(kind.stages, "prospect");
    case Stage::former:
      return contains(kind.stages, "former");
  }
  return false;
}

/// The asks to try, best first: the favour's list, or the lighter ones for a prospect (5.6).
std::vector<std::string> candidates(const Pass& pass, const AskCase& of, Size given) {
  if (of.favours.empty()) return {};
  const Catalogue& catalogue = pass.policy().catalogue;
  const auto largest =
      std::max_element(of.favours.begin(), of.favours.end(),
                       [](const Favour* a, const Favour* b) { return a->size < b->size; });
  std::vector<std::string> list;
  if (const auto kind = catalogue.favours.find((*largest)->kind); kind != catalogue.favours.end())
    list = kind->second.asks;
  if (of.client->stage != Stage::prospect) return list;
  std::vector<std::string> lighter;
  for (const std::string& ask : list)  // an admin's own kinds may be meant for prospects
    if (const AskKind* kind = kind_of(pass, ask);
        kind != nullptr && contains(kind->stages, "prospect") && ask != "decision_maker")
      lighter.push_back(ask);
  if (given == Size::S && has_introduced(pass.ledger, *of.client))
    lighter.emplace_back("introduction_back");
  lighter.emplace_back(given == Size::S ? "feedback" : "decision_maker");
  return lighter;
}

int points(const Policy::Trust& trust, Size size) {
  const auto index = static_cast<std::size_t>(size);
  return index < trust.delivered.size() ? trust.delivered[index] : 0;
}

}  // namespace

std::optional<Size> given_size(const Pass& pass, const std::vector<const Favour*>& favours) {
  if (favours.empty()) return Size::L;
  int size = 0;
  std::size_t small = 0;
  std::optional<core::Instant> delivered;
  for (const Favour* favour : favours) {
    size = std::max(size, static_cast<int>(favour->size));
    if (favour->size == Size::S) ++small;
    const core::Instant at = favour->delivered_at.value_or(due_instant(favour->due, pass.zone()));
    delivered = std::max(delivered.value_or(at), at);
  }
  if (small >= 3) size = std::max(size, static_cast<int>(Size::M));
  const int age = core::days_between(pass.day(*delivered), pass.today());
  if (age >= first_shrink_days) --size;
  if (age >= second_shrink_days) --size;
  if (size < 0) return std::nullopt;
  return static_cast<Size>(size);
}

bool may_be_asked(const Pass& pass, const Client& client) {
  return !client.communal && !client.no_asks && !client.public_official && !client.in_tender &&
         !pass.ledger.marks.contains("no_asks:" + client.name);
}

int recent_of_kind(const Pass& pass, const Client& client, const std::string& kind, int days) {
  const core::Date from = core::add_days(pass.today(), -days);
  int count = 0;
  for (const auto& [id, favour] : pass.ledger.favours)
    if (favour.client == client.name && favour.kind == kind &&
        favour.state != FavourState::cancelled && pass.day(favour.offered_at) >= from)
      ++count;
  for (const OpeningFavour& favour : client.opening_favours)
    if (favour.kind == kind && favour.delivered && *favour.delivered >= from) ++count;
  return count;
}

std::optional<core::Instant> last_ask(const Ledger& ledger, const std::string& client) {
  std::optional<core::Instant> last;
  for (const auto& [id, iou] : ledger.ious)
    if (iou.client == client && iou.asked_at)
      last = std::max(last.value_or(*iou.asked_at), *iou.asked_at);
  return last;
}

std::string gate(const Pass& pass, const AskCase& of, const std::string& ask) {
  const Client& client = *of.client;
  const Policy& policy = pass.policy();
  if (!may_be_asked(pass, client)) return "this client is not asked for anything";
  if (const Person* person = pass.facts.directory.person(of.contact);
      person != nullptr && person->deceased)
    return "the contact has died";
  const AskKind* kind = kind_of(pass, ask);
  if (kind == nullptr) return "no such ask kind";
  if (is_resting(pass, of, ask, *kind)) return "this ask was made not long ago";
  if (has_open_complaint(pass, client)) return "a complaint is fresh";
  std::set<std::string> own;
  double balance = trust_balance(pass.ledger, client, policy.trust, pass.now) + policy.trust.ask;
  for (const Favour* favour : of.favours) {
    own.insert(favour->id);
    if (is_open(*favour)) balance += points(policy.trust, favour->size);
  }
  if (balance < 0) return "too little trust is in the account";
  if (is_trust_blocked(pass.ledger, client.name, policy.trust, pass.now, own))
    return "something went wrong with this client not long ago";
  if (is_paused(pass, client.name)) return "several mails wait for an answer";
  for (const auto& [id, iou] : pass.ledger.ious)
    if (iou.client == client.name && iou.id != of.iou && iou.asked_at &&
        pass.now - *iou.asked_at < std::chrono::days{policy.limits.client_ask_days})
      return "something was asked not long ago";
  if (const auto last = last_ask(pass.ledger, client.name);
      last &&
      (of.iou.empty() || !pass.ledger.ious.contains(of.iou) ||
       !pass.ledger.ious.at(of.iou).asked_at) &&
      care_touches_since(pass, client, *last) < policy.limits.care_between_asks)
    return "there was too little contact since the last ask";
  return {};
}

bool is_fitting(const Pass& pass, const AskCase& of, const std::string& ask) {
  const AskKind* kind = kind_of(pass, ask);
  if (kind == nullptr || !is_of_stage(*kind, of.client->stage)) return false;
  if (is_resting(pass, of, ask, *kind)) return false;
  return std::all_of(kind->needs.begin(), kind->needs.end(),
                     [&](const std::string& need) { return holds(pass, of, need); });
}

std::string choose_ask(const Pass& pass, const AskCase& of) {
  if (!may_be_asked(pass, *of.client)) return {};
  const auto given = given_size(pass, of.favours);
  if (!given) return {};
  for (const std::string& ask : candidates(pass, of, *given)) {
    const AskKind* kind = kind_of(pass, ask);
    if (kind == nullptr || kind->size > *given) continue;
    if (is_fitting(pass, of, ask) && gate(pass, of, ask).empty()) return ask;
  }
  return {};
}

}  // namespace ioud::domain
