#include "domain/directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/domain/agenda_samples.hpp"
#include "unit/domain/people_samples.hpp"

namespace ioud::domain {
namespace {

using namespace people_samples;
using agenda_samples::day;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const std::vector<const Person*>& people) {
  std::vector<std::string> found;
  for (const Person* one : people) found.push_back(one->name);
  return found;
}

TEST(Directory, FindsPeopleAndClients) {
  const Directory directory = fixture();
  ASSERT_NE(directory.client("Acme Press"), nullptr);
  EXPECT_EQ(directory.client("acme press"), nullptr);
  EXPECT_EQ(directory.client(""), nullptr);
  ASSERT_NE(directory.person(" Meg@ACME.test"), nullptr);
  EXPECT_EQ(directory.person("meg@acme.test")->name, "Meg Alvarez");
  EXPECT_EQ(directory.person("meg@acme.test")->first_name, "Meg");
  EXPECT_EQ(directory.person("meg@acme.test")->family_name, "Alvarez");
  EXPECT_EQ(directory.person("nobody@acme.test"), nullptr);
  EXPECT_EQ(directory.client_of("karen@acme.test")->name, "Acme Press");
  EXPECT_EQ(directory.client_of("nobody@acme.test"), nullptr);
  EXPECT_THAT(names(directory.contacts(*directory.client("Acme Press"))),
              ElementsAre("Meg Alvarez", "Karen Bright"));
  EXPECT_EQ(directory.main_contact(*directory.client("Newco"))->id, "lena@newco.test");
  EXPECT_THAT(directory.complaints(), IsEmpty());
}

TEST(Directory, NamesAContactWithoutACardAfterTheAddress) {
  const Directory directory =
      make_directory({client("Acme", {"Meg.De-Alvarez+work@acme.test"})}, {});
  ASSERT_NE(directory.person("meg.de-alvarez+work@acme.test"), nullptr);
  EXPECT_EQ(directory.person("meg.de-alvarez+work@acme.test")->name, "Meg De Alvarez");
}

TEST(Directory, MakesClientsOfMarkedCards) {
  Card dee = card("Dee Fox", "dee@fox.test");
  dee.organisation = "Fox & Sons";
  dee.categories = {"Friends", "tier: silver"};
  Card rob = card("Rob Fox", "rob@fox.test", {{"stage", "customer"}});
  rob.organisation = "fox & sons";
  Card unmarked = card("Jon Lee", "jon@lee.test", {{"hobby", "chess"}, {"no-asks", ""}});
  const Directory directory = make_directory(
      {}, {dee, rob, unmarked, card("Ana Ruiz", "ana@ruiz.test", {{"stage", "customer"}})});
  ASSERT_EQ(directory.clients().size(), 2U);
  const Client& ana = directory.clients()[0];
  EXPECT_EQ(ana.name, "Ana Ruiz");
  EXPECT_EQ(ana.stage, Stage::customer);
  EXPECT_THAT(ana.contacts, ElementsAre("ana@ruiz.test"));
  const Client& fox = directory.clients()[1];
  EXPECT_EQ(fox.name, "Fox & Sons");
  EXPECT_EQ(fox.tier, Tier::silver);
  EXPECT_EQ(fox.stage, Stage::customer);
  EXPECT_THAT(fox.contacts, ElementsAre("dee@fox.test", "rob@fox.test"));
  EXPECT_EQ(directory.client_of("jon@lee.test"), nullptr);
}

TEST(Directory, MakesAClientOfACardWithoutAnyAddress) {
  const Directory directory = make_directory({}, {card("Ida Kay", "", {{"tier", "gold"}})});
  ASSERT_EQ(directory.clients().size(), 1U);
  EXPECT_THAT(directory.clients()[0].contacts, IsEmpty());
  const Person* ida = directory.main_contact(directory.clients()[0]);
  ASSERT_NE(ida, nullptr);
  EXPECT_EQ(ida->id, "name:ida kay");
  EXPECT_EQ(ida->address(), "");
}

TEST(Directory, LetsNoteLinesBeatTheFile) {
  Client acme =
      client("Acme Press", {"meg@acme.test", "karen@acme.test"}, Stage::customer, Tier::bronze);
  const Directory directory = make_directory(
      {acme}, {card("Karen Bright", "karen@acme.test", {{"tier", "silver"}, {"no-asks", ""}}),
               card("Meg Alvarez", "meg@acme.test",
                    {{"tier", "gold"},
                     {"stage", "former"},
                     {"relation", "friend"},
                     {"no-greetings", ""},
                     {"gifts", "none"}})});
  const Client& of = *directory.client("Acme Press");
  EXPECT_EQ(of.tier, Tier::gold) << "the first contact's word counts";
  EXPECT_EQ(of.stage, Stage::former);
  EXPECT_TRUE(of.communal);
  EXPECT_TRUE(of.no_asks) << "anybody's no counts";
  EXPECT_TRUE(directory.person("meg@acme.test")->no_greetings);
  EXPECT_FALSE(directory.person("karen@acme.test")->no_greetings);
  EXPECT_EQ(directory.person("meg@acme.test")->gifts, "none");
}

TEST(Directory, MakesACustomerOfAProspectWhoBought) {
  Client newco = client("Newco", {"lena@newco.test"}, Stage::prospect);
  newco.purchases = {{day("2026-04-01"), "ribbons"}};
  const Directory directory = make_directory(
      {newco}, {card("Lena Ortiz", "lena@newco.test",
                     {{"bought", "2026-03-09 starter kit"}, {"bought", "2026-04-01 Ribbons"}})});
  const Client& of = *directory.client("Newco");
  EXPECT_EQ(of.stage, Stage::customer);
  EXPECT_THAT(of.purchases, ElementsAre(Purchase{day("2026-03-09"), "starter kit"},
                                        Purchase{day("2026-04-01"), "ribbons"}));
  newco.stage = Stage::former;
  EXPECT_EQ(make_directory({newco}, {}).client("Newco")->stage, Stage::former);
}

TEST(Directory, SaysWhichLinesItCannotRead) {
  const Directory directory = make_directory({client("Acme Press", {"meg@acme.test"})},
                                             {card("Meg Alvarez", "meg@acme.test",
                                                   {{"stage", "custmer"},
                                                    {"tier", "platinum"},
                                                    {"relation", "foe"},
                                                    {"bought", "kit"},
                                                    {"birthday", "soon"},
                                                    {"child", "Nora soon"},
                                                    {"hobby", "sailing"}})});
  std::vector<std::string> texts;
  for (const core::Error& error : directory.complaints()) {
    EXPECT_EQ(error.place, "card-meg@acme.test");
    EXPECT_EQ(error.fault, core::Fault::config);
    texts.push_back(error.text);
  }
  EXPECT_THAT(
      texts, testing::UnorderedElementsAre(HasSubstr("prospect, customer or former"),
                                           HasSubstr("gold, silver or bronze"), HasSubstr("friend"),
                                           HasSubstr("starter kit"), HasSubstr("8-15 chinese"),
                                           HasSubstr("Nora 2015-06-01")));
  EXPECT_EQ(directory.client("Acme Press")->stage, Stage::customer);
  EXPECT_THAT(facts_for_prep(*directory.person("meg@acme.test"), 3), ElementsAre("hobby: sailing"));
}

TEST(Directory, SaysWhereTheClientsFileContradictsItself) {
  const Directory directory =
      make_directory({client("Acme", {"meg@acme.test"}), client("Zed", {"meg@acme.test"}),
                      client("Acme", {"karen@acme.test"})},
                     {});
  EXPECT_EQ(directory.client_of("meg@acme.test")->name, "Acme");
  ASSERT_EQ(directory.complaints().size(), 2U);
  EXPECT_THAT(directory.complaints()[0].text, HasSubstr("\"Acme\" and \"Zed\""));
  EXPECT_THAT(directory.complaints()[1].text, HasSubstr("two clients"));
}

TEST(Directory, JoinsTheCardsOfOnePerson) {
  Card work = card("Ana Ruiz", "ana@work.test", {{"hobby", "chess"}});
  Card home = card("Ana Ruiz", "ana@home.test", {{"hobby", "chess"}, {"hobby", "tennis"}});
  work.dates = {date("birthday", std::nullopt, 2, 29)};
  home.dates = {date("birthday", 1988, 2, 29), date("wedding", 2010, 6, 12)};
  work.phones = {"1", "2"};
  home.phones = {"2", "3"};
  home.zone = "Europe/Madrid";
  home.deceased = true;
  const Directory directory = make_directory({client("Ruiz", {"ana@work.test"})}, {home, work});
  ASSERT_EQ(directory.people().size(), 1U);
  const Person& ana = directory.people()[0];
  EXPECT_EQ(ana.id, "ana@work.test") << "the address of the clients file leads";
  EXPECT_THAT(ana.addresses, ElementsAre("ana@work.test", "ana@home.test"));
  EXPECT_THAT(ana.phones, testing::UnorderedElementsAre("1", "2", "3"));
  EXPECT_THAT(ana.cards, ElementsAre("card-ana@home.test", "card-ana@work.test"));
  EXPECT_EQ(ana.zone, "Europe/Madrid");
  EXPECT_TRUE(ana.deceased);
  ASSERT_EQ(ana.dates.size(), 2U);
  EXPECT_EQ(ana.dates[0].when, (PartialDate{1988, 2, 29}));
  EXPECT_EQ(ana.facts.size(), 2U);
  EXPECT_EQ(directory.main_contact(directory.clients()[0]), nullptr) << "the dead are left out";
}

TEST(Directory, KeepsTheRepsOwnDateAgainstAnother) {
  Card fay =
      card("Fay Hu", "fay@hu.test", {{"birthday", "8-15 chinese"}, {"anniversary", "06-12"}});
  fay.dates = {date("birthday", 1970, 9, 15), date("wedding", 2010, 6, 12),
               date("custom", std::nullopt, 3, 1, "Name day")};
  const Person ana = *make_directory({}, {fay}).person("fay@hu.test");
  ASSERT_EQ(ana.dates.size(), 3U);
  EXPECT_EQ(ana.dates[0].when, (PartialDate{std::nullopt, 8, 15, "chinese"}));
  EXPECT_EQ(ana.dates[1].kind, "wedding");
  EXPECT_EQ(ana.dates[1].when, (PartialDate{2010, 6, 12})) << "the year is filled in";
  EXPECT_EQ(ana.dates[2].label, "Name day");
}

TEST(Directory, FindsChildrenOnTheirOwnCards) {
  Card eli = card("Eli Gray", "eli@gray.test", {{"child", "Nora"}});
  eli.relatives = {{"", "urn:uuid:NORA-1", "child"}, {"Sam Gray", "", "spouse"}};
  Card nora = born(card("Nora Gray", ""), 2015, 6, 1);
  nora.uid = "nora-1";
  Card max = born(card("Max Gray", ""), std::nullopt, 7, 2);
  max.relatives = {{"Eli Gray", "", "parent"}, {"Max Gray", "", "parent"}, {"", "", "parent"}};
  const Directory directory = make_directory({client("Gray", {"eli@gray.test"})}, {eli, nora, max});
  const Person& parent = *directory.person("eli@gray.test");
  ASSERT_EQ(parent.dates.size(), 2U);
  EXPECT_EQ(parent.dates[0].label, "Nora");
  EXPECT_EQ(parent.dates[0].when, (PartialDate{2015, 6, 1}));
  EXPECT_EQ(parent.dates[1].label, "Max");
}

TEST(Directory, KeepsNoSpecialFacts) {
  Card meg = card("Meg Alvarez", "meg@acme.test",
                  {{"religion", "Catholic"},
                   {"health", "bad back"},
                   {"hobby", "church choir"},
                   {"hobby", "sailing"},
                   {"team", "Cubs"},
                   {"team", ""}});
  meg.interests = {"wine", "Bible study"};
  const Person person = *make_directory({}, {meg}).person("meg@acme.test");
  EXPECT_THAT(person.facts, ElementsAre(Fact{"hobby", "sailing"}, Fact{"team", "Cubs"},
                                        Fact{"interest", "wine"}));
}

TEST(FactsForPrep, AreAFewShortLines) {
  Person person;
  person.facts = {{"hobby", "sailing"}, {"team", "Cubs"}};
  person.dates = {date("child", 2015, 6, 1, "Nora"), date("birthday", 1988, 2, 29)};
  EXPECT_THAT(facts_for_prep(person, 3),
              ElementsAre("hobby: sailing", "team: Cubs", "child: Nora"));
  EXPECT_THAT(facts_for_prep(person, 1), ElementsAre("hobby: sailing"));
  EXPECT_THAT(facts_for_prep(person, 0), IsEmpty());
  EXPECT_THAT(facts_for_prep(person, -1), IsEmpty());
}

TEST(Named, FindsByNameFirstNameAddressAndClient) {
  const Directory directory = fixture();
  for (const char* text : {"Meg", "meg  alvarez", "MEG@acme.test", "acme press"})
    EXPECT_THAT(names(directory.named(text)), ElementsAre("Meg Alvarez")) << text;
  EXPECT_THAT(directory.named("Mge"), IsEmpty());
  EXPECT_THAT(directory.named(""), IsEmpty());
  EXPECT_THAT(names(directory.named("Mge", true)), ElementsAre("Meg Alvarez"));
  EXPECT_THAT(names(directory.named("Initch", true)), ElementsAre("Omar Haddad"));
  EXPECT_THAT(directory.named("Mxxg", true), IsEmpty());
}

TEST(Named, KnowsOnlyTheLivingContactsOfClients) {
  Card dead = card("Dee Fox", "dee@fox.test", {{"stage", "customer"}, {"deceased", ""}});
  const Directory directory = make_directory({}, {dead, card("Jon Lee", "jon@lee.test")});
  EXPECT_THAT(directory.named("Dee"), IsEmpty());
  EXPECT_THAT(directory.named("Dee Fox"), IsEmpty());
  EXPECT_THAT(directory.named("Jon"), IsEmpty());
}

TEST(Named, MayFindSeveral) {
  const Directory directory =
      make_directory({client("A", {"meg@a.test"}), client("B", {"meg@b.test"})}, {});
  EXPECT_EQ(directory.named("Meg").size(), 2U);
}

}  // namespace
}  // namespace ioud::domain
