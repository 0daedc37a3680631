#include "domain/same_person.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/domain/people_samples.hpp"

namespace ioud::domain {
namespace {

using namespace people_samples;

std::vector<std::size_t> sizes(std::vector<Card> cards) {
  std::vector<std::size_t> found;
  for (const auto& group : grouped_by_person(std::move(cards))) found.push_back(group.size());
  std::sort(found.begin(), found.end());
  return found;
}

Card phoned(std::string name, std::string uid, std::string phone) {
  Card made = card(std::move(name), "");
  made.uid = std::move(uid);
  made.phones = {std::move(phone)};
  return made;
}

using Sizes = std::vector<std::size_t>;

TEST(SamePerson, ByMailWhateverTheName) {
  Card other = card("M. Alvarez-Diaz", "MEG@acme.test");
  other.uid = "second-book";
  EXPECT_EQ(
      sizes({card("Meg Alvarez", "meg@acme.test"), other, card("Karen Bright", "karen@acme.test")}),
      (Sizes{1, 2}));
}

TEST(SamePerson, ByPhoneUnderANameThatMayBeTheirs) {
  EXPECT_EQ(sizes({phoned("Meg Alvarez", "a", "+1 (555) 014-2000"),
                   phoned("M. Alvarez", "b", "001-555-0142000")}),
            Sizes{2});
  EXPECT_EQ(sizes({phoned("Meg Alvarez", "a", "+1-555-0142000"),
                   phoned("Karen Bright", "b", "+1-555-0142000")}),
            (Sizes{1, 1}));
  EXPECT_EQ(sizes({phoned("Meg Alvarez", "a", "0142"), phoned("Meg Alvarez", "b", "0142")}),
            (Sizes{1, 1}));
}

TEST(SamePerson, ByNameAndBirthday) {
  EXPECT_EQ(sizes({born(card("Ana Ruiz", "ana@ruiz.test"), 1988, 2, 29),
                   born(card("ana  ruiz", "ana@home.test"), std::nullopt, 2, 29)}),
            Sizes{2});
  EXPECT_EQ(sizes({born(card("Ana Ruiz", "ana@ruiz.test"), 1988, 2, 29),
                   born(card("Ana Ruiz", "ana@home.test"), 1988, 3, 1)}),
            (Sizes{1, 1}));
  EXPECT_EQ(sizes({card("Ana Ruiz", "ana@ruiz.test"), card("Ana Ruiz", "ana@home.test")}),
            (Sizes{1, 1}));
  EXPECT_EQ(sizes({born(card("", "a@x.test"), 1988, 2, 1), born(card("", "b@x.test"), 1988, 2, 1)}),
            (Sizes{1, 1}));
}

TEST(SamePerson, GoesFromCardToCard) {
  Card bridge = card("Ana Ruiz", "ana@ruiz.test");
  bridge.uid = "bridge";
  bridge.addresses.push_back("ana@home.test");
  EXPECT_EQ(sizes({card("A", "ana@ruiz.test"), card("B", "ana@home.test"), bridge}), Sizes{3});
}

TEST(SamePerson, DoesNotDependOnTheOrderOfFiles) {
  std::vector<Card> cards = {born(card("Ana Ruiz", "ana@ruiz.test"), 1988, 2, 29),
                             born(card("Ana Ruiz", "ana@home.test"), 1988, 2, 29),
                             card("Ben Cole", "ben@cole.test")};
  std::sort(cards.begin(), cards.end(), [](const Card& a, const Card& b) { return a.uid < b.uid; });
  std::vector<std::string> first;
  do {
    std::vector<std::string> uids;
    for (const auto& group : grouped_by_person(cards))
      for (const Card& one : group) uids.push_back(one.uid);
    if (first.empty()) first = uids;
    EXPECT_EQ(uids, first);
  } while (std::next_permutation(cards.begin(), cards.end(),
                                 [](const Card& a, const Card& b) { return a.uid < b.uid; }));
}

TEST(OneName, AllowsInitialsAndMissingParts) {
  EXPECT_TRUE(may_be_one_name("Meg Alvarez", "meg alvarez"));
  EXPECT_TRUE(may_be_one_name("Meg", "Meg Alvarez"));
  EXPECT_TRUE(may_be_one_name("Alvarez, Meg", "Meg Alvarez"));
  EXPECT_TRUE(may_be_one_name("M Alvarez", "Meg Alvarez"));
  EXPECT_FALSE(may_be_one_name("Sue Gray", "Eli Gray"));
  EXPECT_FALSE(may_be_one_name("Meg Alvarez", "Meg Bright"));
  EXPECT_FALSE(may_be_one_name("", "Meg"));
}

}  // namespace
}  // namespace ioud::domain
