#include "domain/same_person.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "core/text.hpp"

namespace ioud::domain {
namespace {

/// Sets of card indices that grow together.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t x = root(a);
    const std::size_t y = root(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::vector<std::size_t> parent_;
};

/// Digits alone, without the prefixes that say "abroad" or "trunk"; "" for what is too short to be
/// one person's number.
std::string number_of(const std::string& phone) {
  std::string digits;
  for (const char c : phone)
    if (c >= '0' && c <= '9') digits += c;
  constexpr std::size_t shortest = 6;
  constexpr std::size_t kept = 9;
  if (digits.size() < shortest) return {};
  return digits.size() > kept ? digits.substr(digits.size() - kept) : digits;
}

std::string comparable(std::string_view name) { return core::folded(core::squeezed(name)); }

/// "name|month-day" where the birthday is known to the day.
std::optional<std::string> name_and_birthday(const Card& card) {
  if (core::trimmed(card.name).empty()) return std::nullopt;
  for (const CardDate& date : card.dates) {
    if (date.kind != "birthday" || !date.when.month || !date.when.day) continue;
    return comparable(card.name) + "|" + date.when.calendar + "|" +
           std::to_string(*date.when.month) + "-" + std::to_string(*date.when.day);
  }
  return std::nullopt;
}

bool comes_first(const Card& a, const Card& b) {
  return std::tie(a.uid, a.name, a.addresses, a.phones, a.notes) <
         std::tie(b.uid, b.name, b.addresses, b.phones, b.notes);
}

}  // namespace

bool may_be_one_name(std::string_view a, std::string_view b) {
  std::vector<std::string> shorter = core::words(core::folded(a));
  std::vector<std::string> longer = core::words(core::folded(b));
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter.empty()) return false;
  const bool is_within = std::all_of(shorter.begin(), shorter.end(), [&](const std::string& word) {
    return std::find(longer.begin(), longer.end(), word) != longer.end();
  });
  return is_within || (shorter.back() == longer.back() && shorter.front()[0] == longer.front()[0]);
}

std::vector<std::vector<Card>> grouped_by_person(std::vector<Card> cards) {
  std::sort(cards.begin(), cards.end(), comes_first);
  Groups groups(cards.size());
  std::map<std::string, std::size_t> by_address;
  std::map<std::string, std::size_t> by_birthday;
  std::map<std::string, std::vector<std::size_t>> by_phone;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    for (const std::string& address : cards[i].addresses)
      groups.join(i, by_address.emplace(core::ascii_lower(address), i).first->second);
    if (const auto birthday = name_and_birthday(cards[i]))
      groups.join(i, by_birthday.emplace(*birthday, i).first->second);
    for (const std::string& phone : cards[i].phones) {
      const std::string number = number_of(phone);
      if (number.empty()) continue;
      for (const std::size_t other : by_phone[number])
        if (may_be_one_name(cards[i].name, cards[other].name)) groups.join(i, other);
      by_phone[number].push_back(i);
    }
  }
  std::map<std::size_t, std::vector<Card>> people;
  for (std::size_t i = 0; i < cards.size(); ++i)
    people[groups.root(i)].push_back(std::move(cards[i]));
  std::vector<std::vector<Card>> result;
  for (auto& [root, group] : people) result.push_back(std::move(group));
  return result;
}

}  // namespace ioud::domain
