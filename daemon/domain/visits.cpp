#include "domain/visits.hpp"

#include <algorithm>

#include "domain/busy.hpp"
#include "domain/touches.hpp"

namespace ioud::domain {
namespace {

constexpr int check_in_days = 2;  // business days

/// Who was visited, by client and day; the first address of equals, whatever the order of facts.
using Visits = std::map<std::pair<std::string, core::Date>, std::string>;

void add(Visits& visits, const Pass& pass, const std::string& contact, core::Instant at) {
  const Person* person = pass.facts.directory.person(contact);
  const Client* client = pass.facts.directory.client_of(contact);
  if (client == nullptr || person == nullptr || person->deceased || client->stage == Stage::former)
    return;
  const auto [visit, is_new] = visits.try_emplace({client->name, pass.day(at)}, person->address());
  if (!is_new) visit->second = std::min(visit->second, person->address());
}

Visits visits_made(const Pass& pass) {
  Visits visits;
  const std::vector<Meeting> meetings = meetings_held(pass);
  for (const Meeting& one : meetings)
    if (is_physical_place(one.event->location)) add(visits, pass, one.contact, one.event->start);
  for (const auto& [id, favour] : pass.ledger.favours)
    if (favour.is_visit && favour.state == FavourState::delivered && favour.delivered_at)
      add(visits, pass, favour.debtor, *favour.delivered_at);
  return visits;
}

/// Whether the client is called anyway, from the visit to as long after the check-in as a meeting
/// would make it needless.
bool is_called_anyway(const Pass& pass, const CareWish& wish, const std::vector<CareWish>& others,
                      const std::map<std::string, HeldTime>& held) {
  const core::Date last = core::add_days(wish.due, pass.policy().cadence.skip_days);
  return std::any_of(others.begin(), others.end(), [&](const CareWish& other) {
    const auto stands = held.find(other.key);
    const core::Date day =
        stands == held.end() ? std::max(other.due, pass.today()) : pass.day(stands->second.start);
    return other.client == wish.client && day >= *wish.since && day <= last;
  });
}

}  // namespace

std::vector<CareWish> visit_wishes(const Pass& pass, const std::vector<CareWish>& others,
                                   const std::map<std::string, HeldTime>& held) {
  std::vector<CareWish> wishes;
  const Visits visits = visits_made(pass);
  for (const auto& [visit, contact] : visits) {
    const auto& [client, day] = visit;
    const core::Date due = core::add_business_days(day, check_in_days, pass.setting.holidays);
    const std::string key = "visit|" + client + "|" + core::format(day);
    const auto stands = held.find(key);
    const bool is_ahead = stands != held.end() && stands->second.start >= pass.now;
    if (due < pass.today() && !is_ahead) continue;
    CareWish wish{key, client, contact, NudgeCause::after_visit, due, false, "", day};
    if (!is_called_anyway(pass, wish, others, held)) wishes.push_back(std::move(wish));
  }
  return wishes;
}

}  // namespace ioud::domain
