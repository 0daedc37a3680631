#include "domain/cadence.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "domain/parity.hpp"

namespace ioud::domain {
namespace {

using core::Date;
using core::Instant;

std::size_t rank(Tier tier) {
  switch (tier) {
    case Tier::gold:
      return 0;
    case Tier::silver:
      return 1;
    case Tier::bronze:
      return 2;
  }
  return 2;
}

bool is_past(const std::map<std::string, HeldTime>& held, const std::string& key, Instant now) {
  const auto found = held.find(key);
  return found != held.end() && found->second.start < now;
}

bool is_ahead(const std::map<std::string, HeldTime>& held, const std::string& key, Instant now) {
  const auto found = held.find(key);
  return found != held.end() && found->second.start >= now;
}

CareWish wish(const Client& client, const Person& contact, NudgeCause cause, Date due,
              const std::string& key) {
  return {key, client.name, contact.address(), cause, due, false, ""};
}

}  // namespace

int cadence_days(const Client& client, const Policy::Cadence& policy) {
  if (client.stage == Stage::prospect) return policy.prospect_days;
  if (client.stage == Stage::former) return policy.former_days;
  switch (client.tier) {
    case Tier::gold:
      return policy.gold_days;
    case Tier::silver:
      return policy.silver_days;
    case Tier::bronze:
      return policy.bronze_days;
  }
  return policy.bronze_days;
}

std::vector<CareWish> cadence_wishes(const Directory& directory, const Policy::Cadence& policy,
                                     const Agenda& agenda, const LastContact& last,
                                     const std::map<std::string, HeldTime>& held) {
  std::vector<CareWish> wishes;
  for (const Client& client : directory.clients()) {
    const Person* contact = directory.main_contact(client);
    const auto seen = last.find(client.name);
    const int days = cadence_days(client, policy);
    if (contact == nullptr || seen == last.end() || days < 1) continue;
    const Date from = core::date_in(agenda.zone, seen->second);
    const auto key = [&](int round) {
      return "cadence|" + client.name + "|" + core::format(from) + "|" + std::to_string(round);
    };
    int round = 1;
    Date due = core::add_days(from, days);
    for (; is_past(held, key(round), agenda.now); ++round)
      due = core::add_days(core::date_in(agenda.zone, held.at(key(round)).start), days);
    wishes.push_back(wish(client, *contact, NudgeCause::cadence, due, key(round)));
  }
  return wishes;
}

std::vector<CareWish> first_purchase_wishes(const Directory& directory,
                                            const Policy::AfterSale& policy, const Agenda& agenda,
                                            const std::map<std::string, HeldTime>& held) {
  std::vector<CareWish> wishes;
  for (const Client& client : directory.clients()) {
    const Person* contact = directory.main_contact(client);
    if (contact == nullptr || client.purchases.empty() || client.stage == Stage::former) continue;
    const Purchase& first = client.purchases.front();
    for (const int days : policy.first) {
      const Date due = core::add_days(first.date, days);
      const std::string key =
          "sale|" + client.name + "|" + core::format(first.date) + "|" + std::to_string(days);
      const bool is_over = core::business_day_from(due, agenda.holidays) < agenda.today();
      if (is_over && !is_ahead(held, key, agenda.now)) continue;
      CareWish one = wish(client, *contact, NudgeCause::new_customer, due, key);
      one.entered_at_once = true;
      one.about = first.what;
      wishes.push_back(std::move(one));
    }
  }
  return wishes;
}

std::vector<CareWish> purchase_rhythm_wishes(const Directory& directory,
                                             const Policy::AfterSale& policy, Date today) {
  constexpr std::size_t fewest_purchases = 3;
  std::vector<CareWish> wishes;
  for (const Client& client : directory.clients()) {
    const Person* contact = directory.main_contact(client);
    const auto& bought = client.purchases;
    if (contact == nullptr || bought.size() < fewest_purchases || client.stage == Stage::former)
      continue;
    std::vector<double> gaps;
    for (std::size_t i = 1; i < bought.size(); ++i)
      gaps.push_back(core::days_between(bought[i - 1].date, bought[i].date));
    const double gap = median(gaps);
    const Purchase& newest = bought.back();
    const std::string key = "|" + client.name + "|" + core::format(newest.date);
    const auto after = [&newest](double days) {
      return core::add_days(newest.date, static_cast<int>(std::lround(days)));
    };
    std::vector<CareWish> of_client;
    if (gap > policy.reorder_lead_days && today < after(gap))
      of_client.push_back(wish(client, *contact, NudgeCause::reorder,
                               after(gap - policy.reorder_lead_days), "reorder" + key));
    if (gap > 0)
      of_client.push_back(wish(client, *contact, NudgeCause::lapse,
                               after(gap * policy.lapse_factor), "lapse" + key));
    for (CareWish& one : of_client) {
      one.about = newest.what;
      wishes.push_back(std::move(one));
    }
  }
  return wishes;
}

std::vector<CareWish> review_talk_wishes(const Directory& directory, const Policy::Cadence& policy,
                                         Date today) {
  std::vector<CareWish> wishes;
  for (const Client& client : directory.clients()) {
    const Person* contact = directory.main_contact(client);
    const std::size_t tier = rank(client.tier);
    if (contact == nullptr || client.purchases.empty() || client.stage != Stage::customer ||
        tier >= policy.review_talk_days.size() || policy.review_talk_days[tier] < 1)
      continue;
    const int every = policy.review_talk_days[tier];
    const Date first = client.purchases.front().date;
    const int passed = std::max(0, core::days_between(first, today));
    const int rounds = std::max(1, (passed + every - 1) / every);
    const Date due = core::add_days(first, rounds * every);
    wishes.push_back(wish(client, *contact, NudgeCause::review_talk, due,
                          "talk|" + client.name + "|" + core::format(due)));
  }
  return wishes;
}

std::vector<CareWish> referral_wishes(const std::string& client, const std::string& contact,
                                      const std::string& named, Date on,
                                      const Policy::Referrals& policy,
                                      const core::Holidays& holidays) {
  const std::string key = "|" + client + "|" + contact + "|" + named + "|" + core::format(on);
  return {
      {"thank" + key, client, contact, NudgeCause::referral_thank,
       core::add_business_days(on, policy.thank_days, holidays), true, named, on},
      {"follow" + key, client, contact, NudgeCause::referral_follow,
       core::add_business_days(on, policy.follow_days, holidays), true, named, on},
      {"report" + key, client, contact, NudgeCause::referral_report,
       core::add_days(on, policy.report_days), true, named, on},
  };
}

std::vector<AfterSaleAsk> after_sale_asks(const Directory& directory,
                                          const Policy::AfterSale& policy, const Agenda& agenda) {
  std::vector<AfterSaleAsk> asks;
  for (const Client& client : directory.clients()) {
    const Person* contact = directory.main_contact(client);
    if (contact == nullptr || client.stage != Stage::customer) continue;
    const auto add = [&](std::size_t purchase, const char* ask, int days) {
      if (client.purchases.size() <= purchase) return;
      const Date bought = client.purchases[purchase].date;
      const Date from = core::business_day_from(core::add_days(bought, days), agenda.holidays);
      if (from < agenda.today()) return;
      asks.push_back({std::string("after|") + ask + "|" + client.name + "|" + core::format(bought),
                      client.name, contact->address(), ask, bought, from});
    };
    add(1, "introductions", policy.second_days);
    add(2, "testimonial", policy.third_days);
  }
  return asks;
}

}  // namespace ioud::domain
