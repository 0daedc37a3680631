#include "domain/birthday_cards.hpp"

#include "domain/occasion.hpp"

namespace ioud::domain {
namespace {

constexpr int days_before = 7;

}  // namespace

std::vector<CareWish> card_wishes(const Pass& pass, const std::map<std::string, HeldTime>& held) {
  std::vector<CareWish> wishes;
  const Policy::Occasions& policy = pass.policy().occasions;
  const core::Date last =
      core::add_days(pass.today(), days_before + pass.policy().cadence.ahead_days);
  const Occasions all = occasions_of(pass.facts.directory, policy, pass.today());
  for (const Occasion& one : all.items) {
    if (one.kind != "birthday" || one.date > last || one.contact.empty()) continue;
    const Client* client = pass.facts.directory.client(one.client);
    const Person* person = pass.facts.directory.person(one.contact);
    if (client == nullptr || person == nullptr || client->tier != Tier::gold ||
        client->no_greetings || person->no_greetings || !gets_greeting_draft(*client, policy))
      continue;
    const std::string key = "card|" + one.key;
    const core::Date due = core::add_days(one.date, -days_before);
    const auto stands = held.find(key);
    const bool is_ahead = stands != held.end() && stands->second.start >= pass.now;
    const bool is_over = core::business_day_from(due, pass.setting.holidays) < pass.today();
    if (is_over && !is_ahead) continue;
    CareWish wish{key, one.client, one.contact, NudgeCause::birthday_card, due, false, ""};
    wish.on = one.date;
    wishes.push_back(std::move(wish));
  }
  return wishes;
}

}  // namespace ioud::domain
