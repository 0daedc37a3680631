#include "domain/balance.hpp"

#include <algorithm>
#include <cmath>

#include "domain/touches.hpp"

namespace ioud::domain {
namespace {

constexpr double low_share = 0.30;
constexpr int low_weeks = 3;

void add(std::vector<WeekMinutes>& weeks, core::Date day, const Client* client, int minutes) {
  const auto week = std::find_if(weeks.begin(), weeks.end(), [&](const WeekMinutes& one) {
    return one.monday == core::monday_of(day);
  });
  if (week == weeks.end() || client == nullptr) return;
  if (client->stage == Stage::customer) week->customers += minutes;
  if (client->stage == Stage::prospect) week->prospects += minutes;
}

/// Events of the rep that are the delivery of a favour; the meter has their minutes.
std::set<std::string> deliveries(const Ledger& ledger) {
  std::set<std::string> events;
  for (const auto& [id, favour] : ledger.favours)
    if (!favour.own_event.empty()) events.insert(favour.own_event);
  return events;
}

}  // namespace

std::vector<WeekMinutes> minutes_by_week(const Pass& pass, int weeks) {
  std::vector<WeekMinutes> all;
  for (int back = 1; back <= weeks; ++back)
    all.push_back({core::add_days(core::monday_of(pass.today()), -7 * back)});
  for (const auto& [id, row] : pass.ledger.meter)
    add(all, row.date, pass.facts.directory.client(row.client), row.minutes);
  const std::set<std::string> metered = deliveries(pass.ledger);
  std::set<const Occurrence*> counted;
  const std::vector<Meeting> meetings = meetings_held(pass);
  for (const Meeting& one : meetings) {
    const Occurrence& event = *one.event;
    if (metered.contains(event.uid) || !counted.insert(&event).second) continue;
    const auto minutes = std::chrono::floor<core::Minutes>(event.end - event.start).count();
    add(all, pass.day(event.start), pass.facts.directory.client_of(one.contact),
        static_cast<int>(minutes));
  }
  return all;
}

std::optional<int> low_customer_percent(const Pass& pass) {
  const std::vector<Client>& clients = pass.facts.directory.clients();
  if (std::none_of(clients.begin(), clients.end(),
                   [](const Client& one) { return one.stage == Stage::customer; }))
    return std::nullopt;
  int customers = 0;
  int total = 0;
  const std::vector<WeekMinutes> weeks = minutes_by_week(pass, low_weeks);
  for (const WeekMinutes& week : weeks) {
    const int of_week = week.customers + week.prospects;
    if (of_week <= 0 || week.customers >= low_share * of_week) return std::nullopt;
    customers += week.customers;
    total += of_week;
  }
  return static_cast<int>(std::lround(100.0 * customers / total));
}

}  // namespace ioud::domain
