#include "formats/vcard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "formats/card_date.hpp"

namespace ioud::formats {
namespace {

using domain::Card;
using domain::PartialDate;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

Card card(std::string_view lines) {
  const auto file = read_cards("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Ruiz\r\n" +
                               core::replaced(lines, "\n", "\r\n") + "END:VCARD\r\n");
  if (!file || file->cards.size() != 1 || !file->faults.empty()) {
    ADD_FAILURE() << (file ? "not one card" : file.error().text);
    return {};
  }
  return file->cards.front();
}

/// "birthday 1985-04-12", "child Nora --6-1".
std::vector<std::string> dates(const Card& of) {
  std::vector<std::string> out;
  for (const domain::CardDate& date : of.dates) {
    std::string text = date.kind + (date.label.empty() ? "" : " " + date.label) + " ";
    text += date.when.year ? std::to_string(*date.when.year) : "-";
    if (date.when.month) text += "-" + std::to_string(*date.when.month);
    if (date.when.day) text += "-" + std::to_string(*date.when.day);
    if (date.when.calendar != "gregorian") text += " " + date.when.calendar;
    out.push_back(text);
  }
  return out;
}

TEST(Vcard, ReadsAnOrdinaryCard) {
  const Card read = card(
      "UID:urn:uuid:1\nN:Ruiz;Ana;;;\nEMAIL;TYPE=work:Ana@Acme.test\nEMAIL;TYPE=home,pref:a@home."
      "test\n"
      "EMAIL:ana@acme.test\nTEL;VALUE=uri:tel:+1-555-1\nTEL;TYPE=cell:555 2\nORG:Acme\\; "
      "Press;Sales\n"
      "TITLE:Buyer\nTZ:America/Chicago\nLANG:es\nADR:;;1 "
      "Main;Town;IL;60601;USA\nCATEGORIES:client,b\\,c\n"
      "INTEREST;LEVEL=high:sailing\nHOBBY:chess\nX-NC-EXCLUDE-FROM-BIRTHDAY-CALENDAR:true\n");
  EXPECT_EQ(read.uid, "urn:uuid:1");
  EXPECT_EQ(read.name, "Ana Ruiz");
  EXPECT_THAT(read.addresses, ElementsAre("a@home.test", "ana@acme.test"));
  EXPECT_THAT(read.phones, ElementsAre("+1-555-1", "555 2"));
  EXPECT_EQ(read.organisation, "Acme; Press");
  EXPECT_EQ(read.title, "Buyer");
  EXPECT_EQ(read.zone, "America/Chicago");
  EXPECT_EQ(read.language, "es");
  EXPECT_EQ(read.country, "USA");
  EXPECT_THAT(read.categories, ElementsAre("client", "b,c"));
  EXPECT_THAT(read.interests, ElementsAre("sailing", "chess"));
  EXPECT_TRUE(read.no_birthday);
  EXPECT_FALSE(read.deceased);
}

TEST(Vcard, BirthdaysInEveryEncoding) {
  for (const auto& [line, expected] : std::vector<std::pair<std::string, std::string>>{
           {"BDAY:19850412", "birthday 1985-4-12"},
           {"BDAY:1985-04-12", "birthday 1985-4-12"},
           {"BDAY;VALUE=date-and-or-time:19850412T232050Z", "birthday 1985-4-12"},
           {"BDAY:1985-04-12T00:00:00+02:00", "birthday 1985-4-12"},
           {"BDAY:1985-04-12 00:00:00", "birthday 1985-4-12"},
           {"BDAY:--0412", "birthday --4-12"},
           {"BDAY:--04-12", "birthday --4-12"},
           {"BDAY:--0229", "birthday --2-29"},
           {"BDAY:1985-04", "birthday 1985-4"},
           {"BDAY:1985", "birthday 1985"},
           {"BDAY:--04", "birthday --4"},
           {"BDAY:1604-04-12", "birthday --4-12"},
           {"BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "birthday --4-12"},
           {"BDAY;X-APPLE-OMIT-YEAR=1900:1900-04-12", "birthday --4-12"},
           {"BDAY:0000-04-12", "birthday --4-12"},
           {"BDAY;CALSCALE=chinese:19850815", "birthday --8-15 chinese"}}) {
    EXPECT_THAT(dates(card(line + "\n")), ElementsAre(expected)) << line;
  }
  for (const char* line :
       {"BDAY:", "BDAY;VALUE=text:circa 1800", "BDAY:19851301", "BDAY:1985-02-30", "BDAY:---12",
        "BDAY:April", "BDAY:1604", "BDAY:1985041", "BDAY:--"}) {
    EXPECT_THAT(dates(card(std::string(line) + "\n")), IsEmpty()) << line;
  }
}

TEST(Vcard, AnniversariesInEveryEncoding) {
  for (const char* name :
       {"ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY"}) {
    EXPECT_THAT(dates(card(std::string(name) + ":2010-06-12\n")), ElementsAre("wedding 2010-6-12"));
  }
  EXPECT_THAT(
      dates(card("ANNIVERSARY:20100612\nX-ANNIVERSARY:2010-06-12\n"
                 "item1.X-ABDATE;type=pref:2010-06-12\nitem1.X-ABLabel:_$!<Anniversary>!$_\n")),
      ElementsAre("wedding 2010-6-12"));
}

TEST(Vcard, LabelledDates) {
  for (const auto& [label, expected] : std::vector<std::pair<std::string, std::string>>{
           {"_$!<Anniversary>!$_", "wedding 2015-6-1"},
           {"Kid Nora", "child Nora 2015-6-1"},
           {"Nora (child)", "child Nora 2015-6-1"},
           {"Tochter", "child 2015-6-1"},
           {"Geburtstag", "birthday 2015-6-1"},
           {"Work anniversary", "work 2015-6-1"},
           {"First order", "first_order 2015-6-1"},
           {"Citizenship day", "custom Citizenship day 2015-6-1"},
           {"_$!<Other>!$_", "custom Other 2015-6-1"}}) {
    EXPECT_THAT(dates(card("item2.X-ABDATE:2015-06-01\nITEM2.X-ABLABEL:" + label + "\n")),
                ElementsAre(expected));
  }
}

TEST(Vcard, Deaths) {
  EXPECT_TRUE(card("DEATHDATE:20200101\n").deceased);
  EXPECT_TRUE(card("X-DEATHDATE;VALUE=text:spring\n").deceased);
  EXPECT_TRUE(card("NOTE:Deceased\n").deceased);
  EXPECT_FALSE(card("DEATHDATE:\nNOTE:his father is deceased\n").deceased);
}

TEST(Vcard, Relatives) {
  const Card read = card(
      "RELATED;TYPE=spouse;VALUE=text:Luis\nRELATED;TYPE=child:urn:uuid:9\n"
      "item3.X-ABRELATEDNAMES:Eva\nitem3.X-ABLABEL:_$!<Mother>!$_\nX-SPOUSE:Luis\nRELATED:x\n");
  ASSERT_EQ(read.relatives.size(), 5U);
  EXPECT_EQ(read.relatives[0].name, "Luis");
  EXPECT_EQ(read.relatives[0].relation, "spouse");
  EXPECT_EQ(read.relatives[1].uid, "urn:uuid:9");
  EXPECT_EQ(read.relatives[2].relation, "mother");
  EXPECT_EQ(read.relatives[3].relation, "spouse");
  EXPECT_EQ(read.relatives[4].relation, "");
}

TEST(Vcard, NoteLines) {
  const Card read = card(
      "BDAY:19850412\nitem1.X-ABDATE:2016-01-01\nitem1.X-ABLABEL:kid Nora\n"
      "NOTE:Met at the fair.\\nchild: Nora 2015-06-01\\nHobby: sailing\\nsecret: x\\nno-asks\n"
      "NOTE:stage: customer\\ntier: gold\\nbirthday: 8-15 chinese\\nbought: 2026-02-11 starter "
      "kit\n"
      "NOTE:child: Max\\nrelation: friend\\ngifts: none\\nno-greetings\\nhobby:\\nRival: "
      "Inkwell\n");
  EXPECT_THAT(
      read.notes,
      ElementsAre(Pair("child", "Nora 2015-06-01"), Pair("hobby", "sailing"), Pair("no-asks", ""),
                  Pair("stage", "customer"), Pair("tier", "gold"), Pair("birthday", "8-15 chinese"),
                  Pair("bought", "2026-02-11 starter kit"), Pair("child", "Max"),
                  Pair("relation", "friend"), Pair("gifts", "none"), Pair("no-greetings", ""),
                  Pair("rival", "Inkwell")));
  EXPECT_THAT(dates(read), ElementsAre("child Nora 2015-6-1", "birthday --8-15 chinese"));
  EXPECT_THAT(read.interests, ElementsAre("sailing"));
  ASSERT_EQ(read.relatives.size(), 2U);
  EXPECT_EQ(read.relatives[1].name, "Max");
}

TEST(Vcard, TypedDates) {
  EXPECT_EQ(parse_typed_date("6-1"), (PartialDate{std::nullopt, 6, 1}));
  EXPECT_EQ(parse_typed_date("2015-6-1"), (PartialDate{2015, 6, 1}));
  EXPECT_EQ(parse_typed_date("13-1 hebrew"), (PartialDate{std::nullopt, 13, 1, "hebrew"}));
  for (const char* text :
       {"", "soon", "13-1", "8-15 martian", "8-31 chinese", "a-b", "1-2-3-4", "8 15 x"}) {
    EXPECT_EQ(parse_typed_date(text), std::nullopt) << text;
  }
}

TEST(Vcard, OutlooksQuotedPrintable) {
  const auto file = read_cards(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:"
      "M=FCller;J=F6rg\r\nTEL;HOME;VOICE:123\r\nEMAIL;PREF;INTERNET:Joerg@X.test\r\n"
      "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe=0D=0Atier: =\r\ngold=0D=0A\r\n"
      "PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n/9j/"
      "4AAQSkZJRg\r\nABAQAAAQABAAD=\r\n\r\nBDAY:19700203\r\n"
      "END:VCARD\r\n");
  ASSERT_TRUE(file) << file.error().text;
  const Card& read = file->cards.front();
  EXPECT_EQ(read.name, "Jörg Müller");
  EXPECT_THAT(read.phones, ElementsAre("123"));
  EXPECT_THAT(read.addresses, ElementsAre("joerg@x.test"));
  EXPECT_THAT(read.notes, ElementsAre(Pair("tier", "gold")));
  EXPECT_THAT(dates(read), ElementsAre("birthday 1970-2-3"));
}

TEST(Vcard, AFoldMayCutACharacter) {
  EXPECT_EQ(card("TITLE:Caf\xC3\n \xA9 owner\n").title, "Café owner");
}

TEST(Vcard, NamesOfLastResort) {
  const auto name = [](const char* lines) {
    return read_cards("BEGIN:VCARD\n" + std::string(lines) + "END:VCARD\n")->cards.front().name;
  };
  EXPECT_EQ(name("N:Ruiz;Ana;Maria\n"), "Ana Maria Ruiz");
  EXPECT_EQ(name("FN:\nORG:Acme;x\n"), "Acme");
  EXPECT_EQ(name("EMAIL:a@x\n"), "a@x");
}

TEST(Vcard, SeveralCardsAndOneBad) {
  const auto file = read_cards(
      "BEGIN:VCARD\nFN:One\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nTITLE:Buyer\nEND:VCARD\n"
      "BEGIN:VCARD\nVERSION:4.0\nFN\nEND:VCARD\nBEGIN:VCARD\nFN:Cut\nBEGIN:VCARD\nFN:Two\nEND:"
      "VCARD\n",
      "cards/a.vcf");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->cards.size(), 2U);
  EXPECT_EQ(file->cards[0].name, "One");
  EXPECT_EQ(file->cards[0].title, "Buyer");
  EXPECT_EQ(file->cards[1].name, "Two");
  ASSERT_EQ(file->faults.size(), 2U);
  EXPECT_EQ(file->faults[0].place, "cards/a.vcf");
  EXPECT_EQ(file->faults[0].fault, core::Fault::protocol);
  EXPECT_THAT(file->faults[0].text, HasSubstr("line 11: found \"FN\", expected a property"));
  EXPECT_THAT(file->faults[1].text, HasSubstr("line 13: BEGIN:VCARD has no END:VCARD"));
}

TEST(Vcard, BadFilesAreErrors) {
  EXPECT_THAT(read_cards("BEGIN:VCARD\r\nVERSION:4.0\r\nFN\r\n").error().text,
              HasSubstr("line 3: found \"FN\""));
  EXPECT_THAT(read_cards("BEGIN:VCARD\nFN:x\n").error().text, HasSubstr("no END:VCARD"));
  EXPECT_THAT(read_cards("BEGIN:VCARD\nFN:\nEND:VCARD\n").error().text,
              HasSubstr("line 1: a card without a name"));
  EXPECT_THAT(read_cards("").error().text, HasSubstr("no BEGIN:VCARD"));
  EXPECT_THAT(read_cards(std::string_view("\x00\xFF\x01 junk\n\x80", 9)).error().text,
              HasSubstr("no BEGIN:VCARD"));
}

}  // namespace
}  // namespace ioud::formats
