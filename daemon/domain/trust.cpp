#include "domain/trust.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/ident.hpp"

namespace ioud::domain {
namespace {

constexpr std::array months = {"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};

std::string counted(int count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

}  // namespace

void post_trust(Ledger& ledger, const std::string& client, int points, std::string_view cause,
                const std::string& evidence, core::Instant at, std::string_view occasion) {
  if (points == 0) return;
  const std::string id = core::ident({"trust", client, cause, evidence, occasion});
  ledger.trust.try_emplace(id, TrustRow{id, client, points, std::string(cause), evidence, at});
}

double trust_balance(const Ledger& ledger, const Client& client, const Policy::Trust& policy,
                     core::Instant now) {
  double balance = client.opening_trust;
  for (const auto& [id, row] : ledger.trust) {
    if (row.client != client.name) continue;
    const double days = std::chrono::duration<double, std::ratio<86400>>(now - row.at).count();
    balance += row.points * std::exp2(-std::max(0.0, days) / policy.half_life_days);
  }
  return balance;
}

int shown_trust(const Ledger& ledger, const Client& client, const Policy::Trust& policy,
                core::Instant now) {
  return static_cast<int>(std::lround(trust_balance(ledger, client, policy, now)));
}

bool is_trust_blocked(const Ledger& ledger, const std::string& client, const Policy::Trust& policy,
                      core::Instant now, const std::set<std::string>& own) {
  const core::Instant from = now - std::chrono::days{policy.block_days};
  return std::any_of(ledger.trust.begin(), ledger.trust.end(), [&](const auto& entry) {
    const TrustRow& row = entry.second;
    return row.client == client && row.at > from && row.points <= -policy.block_points &&
           !own.contains(row.evidence);
  });
}

std::string trust_in_words(const Ledger& ledger, const std::string& client,
                           const core::Zone& zone) {
  int deposits = 0;
  int withdrawals = 0;
  std::optional<core::Instant> first;
  for (const auto& [id, row] : ledger.trust) {
    if (row.client != client) continue;
    (row.points > 0 ? deposits : withdrawals) += 1;
    if (!first || row.at < *first) first = row.at;
  }
  if (!first) return {};
  const core::Date day = core::date_in(zone, *first);
  return counted(deposits, "deposit") + ", " + counted(withdrawals, "withdrawal") + " since " +
         months[static_cast<unsigned>(day.month()) - 1];
}

}  // namespace ioud::domain
