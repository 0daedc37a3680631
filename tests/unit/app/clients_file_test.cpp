#include "app/clients_file.hpp"

#include <gmock/gmock.h>

#include "app/config.hpp"

namespace ioud::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

ClientsFile parse(const std::string& text) {
  return parse_clients(text, "/c/clients.toml", domain::Catalogue::standard());
}

std::string complaints_of(const std::string& text) { return format(parse(text).complaints); }

constexpr const char* acme = R"([[client]]
name = "Acme Press"
stage = "customer"
tier = "gold"
relation = "communal"
contacts = ["Meg@acme.test", "karen@acme.test"]
time_zone = "America/Chicago"
travel_minutes = 20
holidays = [2026-05-26]
flags = ["no_asks", "no_greetings", "public_official", "in_tender"]
purchases = [ { date = 2025-06-01, what = "press" }, { date = 2024-01-02 } ]
history = { trust = 3, delivered = 1 }
favours = [ { kind = "rush", text = "proofing paper", delivered = 2026-01-20 }, { kind = "loan" } ]
)";

TEST(ClientsFile, ReadsEveryKey) {
  const ClientsFile file = parse(acme);
  ASSERT_THAT(file.complaints, SizeIs(0)) << format(file.complaints);
  ASSERT_THAT(file.clients, SizeIs(1));
  const domain::Client& client = file.clients.front();
  EXPECT_EQ(client.name, "Acme Press");
  EXPECT_EQ(client.stage, domain::Stage::customer);
  EXPECT_EQ(client.tier, domain::Tier::gold);
  EXPECT_TRUE(client.communal);
  EXPECT_THAT(client.contacts, ElementsAre("meg@acme.test", "karen@acme.test"));
  EXPECT_EQ(client.zone, "America/Chicago");
  EXPECT_EQ(client.travel_minutes, 20);
  EXPECT_THAT(client.holidays, ElementsAre(*core::parse_date("2026-05-26")));
  EXPECT_TRUE(client.no_asks && client.no_greetings && client.public_official && client.in_tender);
  ASSERT_THAT(client.purchases, SizeIs(2));
  EXPECT_EQ(client.purchases.front().date, *core::parse_date("2024-01-02"));
  EXPECT_EQ(client.purchases.back().what, "press");
  EXPECT_EQ(client.opening_trust, 3);
  EXPECT_EQ(client.opening_delivered, 1);
  ASSERT_THAT(client.opening_favours, SizeIs(2));
  EXPECT_EQ(client.opening_favours.front().delivered, core::parse_date("2026-01-20"));
  EXPECT_EQ(client.opening_favours.back().delivered, std::nullopt);
}

TEST(ClientsFile, AnEntryNeedsOnlyAName) {
  const ClientsFile file = parse(
      "[[client]]\nname = \"Newco\"\n[[client]]\nname = \"Old\"\n"
      "stage = \"former\"\ntier = \"silver\"\n");
  ASSERT_THAT(file.clients, SizeIs(2));
  EXPECT_EQ(file.clients[0].stage, domain::Stage::prospect);
  EXPECT_EQ(file.clients[0].tier, domain::Tier::bronze);
  EXPECT_EQ(file.clients[1].stage, domain::Stage::former);
  EXPECT_EQ(file.clients[1].tier, domain::Tier::silver);
}

TEST(ClientsFile, LeavesABadEntryOutAndKeepsTheOthers) {
  const ClientsFile file = parse(
      "[[client]]\nname = \"A\"\nstage = \"custmer\"\n[[client]]\nname = \"B\"\n"
      "[[client]]\ntier = \"gold\"\n");
  ASSERT_THAT(file.clients, SizeIs(1));
  EXPECT_EQ(file.clients.front().name, "B");
  const std::string text = format(file.complaints);
  EXPECT_THAT(text, HasSubstr("/c/clients.toml:3:9: "));
  EXPECT_THAT(text, HasSubstr("did you mean \"customer\"?"));
  EXPECT_THAT(text, HasSubstr("/c/clients.toml:6:"));
  EXPECT_THAT(text, HasSubstr("`name` is missing"));
}

TEST(ClientsFile, ASyntaxErrorCostsOneEntryOnly) {
  const ClientsFile file = parse(
      "[[client]]\nname = \"A\"\n\n[[client]]\nname = \"B\ntier = \"gold\"\n\n[[client]]\n"
      "name = \"C\"\nstage = \"x\"\n[[client]]\nname = \"D\"\n");
  ASSERT_THAT(file.clients, SizeIs(2)) << format(file.complaints);
  EXPECT_EQ(file.clients[0].name, "A");
  EXPECT_EQ(file.clients[1].name, "D");
  const std::string text = format(file.complaints);
  EXPECT_THAT(text, HasSubstr("/c/clients.toml:5:"));
  EXPECT_THAT(text, HasSubstr("/c/clients.toml:10:9: "));
}

TEST(ClientsFile, ComplainsOfWhatMakesNoSense) {
  const auto about = [](const std::string& line) {
    return complaints_of("[[client]]\nname = \"A\"\n" + line + "\n");
  };
  EXPECT_THAT(about("contacts = [\"meg\"]"), HasSubstr("expected a mail address"));
  EXPECT_THAT(about("time_zone = \"Chicago\""), HasSubstr("no such time zone"));
  EXPECT_THAT(about("favours = [{ kind = \"rsh\" }]"), HasSubstr("did you mean \"rush\"?"));
  EXPECT_THAT(about("purchases = [{ what = \"x\" }]"), HasSubstr("`date` is missing"));
  EXPECT_THAT(about("travel_minutes = -1"), HasSubstr("at least 0"));
  EXPECT_THAT(about("flags = [\"no_ask\"]"), HasSubstr("did you mean \"no_asks\"?"));
  EXPECT_THAT(about("contact = [\"a@b.c\"]"), HasSubstr("did you mean `contacts`?"));
  EXPECT_THAT(complaints_of("[[client]]\nname = \" \"\n"), HasSubstr("found no name"));
}

TEST(ClientsFile, RefusesOneNameOrContactTwice) {
  const ClientsFile file = parse(
      "[[client]]\nname = \"A\"\ncontacts = [\"a@x.test\"]\n[[client]]\nname = \"a\"\n"
      "[[client]]\nname = \"B\"\ncontacts = [\"A@x.test\"]\n");
  EXPECT_THAT(file.clients, SizeIs(1));
  const std::string text = format(file.complaints);
  EXPECT_THAT(text, HasSubstr("it stands already in /c/clients.toml:2:8"));
  EXPECT_THAT(text, HasSubstr("belongs to another client already, in /c/clients.toml:3:13"));
}

TEST(ClientsFile, KnowsNoOtherTables) {
  EXPECT_THAT(complaints_of("[client]\nname = \"A\"\n"), HasSubstr("expected [[client]]"));
  EXPECT_THAT(complaints_of("[[clients]]\nname = \"A\"\n"), HasSubstr("expected [[client]]"));
}

TEST(ClientsFile, AnEmptyFileIsNoMistakeAndAMissingOneIs) {
  EXPECT_THAT(parse("").complaints, SizeIs(0));
  const ClientsFile missing = read_clients("/nowhere/clients.toml", domain::Catalogue::standard());
  EXPECT_THAT(format(missing.complaints), HasSubstr("/nowhere/clients.toml: cannot be read"));
}

}  // namespace
}  // namespace ioud::app
