#include "domain/directory.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "domain/directory_maker.hpp"

namespace ioud::domain {

const Client* Directory::client(std::string_view name) const {
  const auto found = client_index_.find(name);
  return found == client_index_.end() ? nullptr : &clients_[found->second];
}

const Person* Directory::person(std::string_view address) const {
  const auto found = address_index_.find(core::ascii_lower(core::trimmed(address)));
  return found == address_index_.end() ? nullptr : &people_[found->second];
}

const Client* Directory::client_of(std::string_view address) const {
  const Person* one = person(address);
  return one == nullptr ? nullptr : client(one->client);
}

std::vector<const Person*> Directory::contacts(const Client& of) const {
  std::vector<const Person*> found;
  const auto known = contact_index_.find(of.name);
  if (known == contact_index_.end()) return found;
  for (const std::size_t one : known->second)
    if (!people_[one].deceased) found.push_back(&people_[one]);
  return found;
}

const Person* Directory::main_contact(const Client& of) const {
  const auto all = contacts(of);
  return all.empty() ? nullptr : all.front();
}

std::vector<const Person*> Directory::named(std::string_view text, bool forgiving) const {
  const std::string wanted = core::folded(core::squeezed(text));
  constexpr std::size_t shortest_to_forgive = 3;
  const auto fits = [&](std::string_view name) {
    const std::string known = core::folded(core::squeezed(name));
    if (known == wanted) return true;
    return forgiving && core::length(known) >= shortest_to_forgive &&
           core::within_one_edit(known, wanted);
  };
  std::vector<const Person*> found;
  if (wanted.empty()) return found;
  for (const Person& one : people_) {
    if (one.client.empty() || one.deceased) continue;
    const auto is_address = [&wanted](const std::string& address) { return address == wanted; };
    if (fits(one.name) || fits(one.first_name) ||
        std::any_of(one.addresses.begin(), one.addresses.end(), is_address))
      found.push_back(&one);
  }
  for (const Client& of : clients_) {
    if (!fits(of.name)) continue;
    const Person* one = main_contact(of);
    if (one != nullptr && std::find(found.begin(), found.end(), one) == found.end())
      found.push_back(one);
  }
  return found;
}

Directory make_directory(std::vector<Client> file, std::vector<Card> cards) {
  return DirectoryMaker(std::move(file), std::move(cards)).make();
}

std::vector<std::string> facts_for_prep(const Person& person, int count) {
  std::vector<std::string> lines;
  for (const Fact& fact : person.facts) lines.push_back(fact.key + ": " + fact.text);
  for (const CardDate& date : person.dates)
    if (date.kind == "child") lines.push_back("child: " + date.label);
  if (lines.size() > static_cast<std::size_t>(std::max(0, count)))
    lines.resize(static_cast<std::size_t>(std::max(0, count)));
  return lines;
}

}  // namespace ioud::domain
