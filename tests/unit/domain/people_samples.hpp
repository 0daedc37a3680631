#pragma once
// Cards and clients of the common fixture, short enough to read in a test.

#include <string>
#include <utility>
#include <vector>

#include "domain/directory.hpp"

namespace ioud::domain::people_samples {

using Notes = std::vector<std::pair<std::string, std::string>>;

inline Card card(std::string name, std::string address, Notes notes = {}) {
  Card made;
  made.uid = "card-" + (address.empty() ? name : address);
  made.name = std::move(name);
  if (!address.empty()) made.addresses = {std::move(address)};
  made.notes = std::move(notes);
  return made;
}

inline CardDate date(std::string kind, std::optional<int> year, std::optional<int> month,
                     std::optional<int> of_month, std::string label = "") {
  return {std::move(kind), std::move(label), {year, month, of_month, "gregorian"}};
}

inline Card born(Card of, std::optional<int> year, std::optional<int> month,
                 std::optional<int> of_month) {
  of.dates.push_back(date("birthday", year, month, of_month));
  return of;
}

inline Client client(std::string name, std::vector<std::string> contacts,
                     Stage stage = Stage::customer, Tier tier = Tier::bronze) {
  Client made;
  made.name = std::move(name);
  made.stage = stage;
  made.tier = tier;
  made.contacts = std::move(contacts);
  return made;
}

/// Acme Press, Initech and Newco with their people.
inline Directory fixture() {
  return make_directory(
      {client("Acme Press", {"meg@acme.test", "karen@acme.test"}, Stage::customer, Tier::gold),
       client("Initech", {"omar@initech.test"}),
       client("Newco", {"lena@newco.test"}, Stage::prospect)},
      {card("Meg Alvarez", "meg@acme.test"), card("Karen Bright", "karen@acme.test"),
       card("Omar Haddad", "omar@initech.test"), card("Lena Ortiz", "lena@newco.test")});
}

}  // namespace ioud::domain::people_samples
