#include "detection/zones.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/text.hpp"

namespace ioud::detection {
namespace {

const ZoneReader& reader() {
  static const ZoneReader made;
  return made;
}

/// The text of one zone, pieces joined with "|".
std::string part(std::string_view text, Zone zone, std::string_view closing = {}) {
  std::string out;
  for (const ZoneRange& range : reader().read(text, closing)) {
    if (range.zone != zone) continue;
    if (!out.empty()) out += "|";
    out += core::trimmed(text.substr(range.begin, range.end - range.begin));
  }
  return out;
}

TEST(Zones, CoverTheTextWithoutGaps) {
  const std::string text =
      "Hi Meg,\n\nI'll bring it.\n\nTom\n-- \nTom Reyes\n\nOn 1 May Meg wrote:\n> x\n";
  std::size_t at = 0;
  for (const ZoneRange& range : reader().read(text)) {
    EXPECT_EQ(range.begin, at);
    EXPECT_GT(range.end, range.begin);
    at = range.end;
  }
  EXPECT_EQ(at, text.size());
  EXPECT_TRUE(reader().read("").empty());
}

TEST(Zones, LeaveOutASignatureAndTheQuoteUnderIt) {
  const std::string text =
      "Hi Meg,\n\nI will fetch it.\n\nTom\n\n-- \nTom Reyes\nWe will beat any written quote.\n\n"
      "On Wed, 12 Mar 2025 at 15:58, Meg Alvarado <meg@halden.example> wrote:\n"
      "> Tom, folder is dead.\n> I'll send you the part number.\n";
  EXPECT_EQ(part(text, Zone::fresh), "Hi Meg,\n\nI will fetch it.\n\nTom");
  EXPECT_EQ(part(text, Zone::signature), "-- \nTom Reyes\nWe will beat any written quote.");
  EXPECT_NE(part(text, Zone::quoted).find("part number"), std::string::npos);
}

class Attribution : public ::testing::TestWithParam<const char*> {};

TEST_P(Attribution, QuotesEverythingUnderIt) {
  const std::string text =
      std::string("I'll bring it.\n\n") + GetParam() + "\n\nI can do that too.\nBye\n";
  EXPECT_EQ(part(text, Zone::fresh), "I'll bring it.") << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    Zones, Attribution,
    ::testing::Values(
        "On Wed, Mar 12, 2025 at 3:58 PM Meg Alvarado <meg@halden.example> wrote:",
        "On Wed, 12 Mar 2025 at 15:58, Meg Alvarado <meg@halden.example>\nwrote:",
        "On Wed, Mar 12, 2025 at 3:58 PM Meg Alvarado With A Very Long Name\n"
        "<meg.alvarado.of.the.press@halden.example> wrote:",
        "Meg Alvarado <meg@halden.example> schreef op di 10 dec 2024 om 12:02:",
        "Am 12.03.2025 um 15:58 schrieb Meg Alvarado:", "Le 12 mars 2025 à 15:58, Meg a écrit :",
        "El mié, 12 mar 2025 a las 15:58, Meg (<meg@halden.example>) escribió:",
        "Il giorno mer 12 mar 2025 alle ore 15:58 Meg <meg@halden.example> ha scritto:",
        "Em qua., 12 de mar. de 2025 às 15:58, Meg <meg@halden.example> escreveu:",
        "Den ons 12 mars 2025 kl 15:58 skrev Meg <meg@halden.example>:",
        "W dniu 12.03.2025 o 15:58, Meg pisze:", "Meg Alvarado wrote:",
        "2025-03-12 15:58 GMT+01:00 Meg Alvarado <meg@halden.example>:",
        "-----Original Message-----\nFrom: Meg", "-----Ursprüngliche Nachricht-----",
        "________________________________\nFrom: Meg Alvarado <meg@halden.example>\n"
        "Sent: Wednesday, March 12, 2025 3:58 PM\nTo: Tom Reyes\nSubject: folder",
        "*From:* Meg Alvarado\n*Date:* Wed, 12 Mar\n*To:* Tom\n*Subject:* folder",
        "Von: Meg\nGesendet: Mittwoch, 12. März 2025\nAn: Tom\nBetreff: Falzmaschine",
        "De : Meg\nEnvoyé : mercredi\nÀ : Tom\nObjet : plieuse"));

TEST(Zones, KnowAForwardedMessage) {
  for (const char* head : {"---------- Forwarded message ---------", "Begin forwarded message:",
                           "-------- Weitergeleitete Nachricht --------"}) {
    const std::string text =
        std::string("See below.\n\n") + head + "\nFrom: Hassan\n\nI'll come.\n";
    EXPECT_EQ(part(text, Zone::fresh), "See below.") << head;
    EXPECT_NE(part(text, Zone::forwarded).find("I'll come."), std::string::npos) << head;
  }
}

TEST(Zones, KeepRepliesBetweenTheQuotes) {
  const std::string text =
      "Raj, inline.\n\n> can somebody hold her hand?\n\nYes. Me.\n\n> what do I owe "
      "you\n\nNothing.\n";
  EXPECT_EQ(part(text, Zone::fresh), "Raj, inline.|Yes. Me.|Nothing.");
}

TEST(Zones, KeepAReplyUnderAMarkedQuote) {
  const std::string text = "On 1 May 2025 Meg wrote:\n> could you come?\n\nI'll be there Friday.\n";
  EXPECT_EQ(part(text, Zone::fresh), "I'll be there Friday.");
}

TEST(Zones, TakeTheWrappedRestOfAQuotedLineAsQuoted) {
  const std::string text =
      "> this is a quoted line that is long enough to have been wrapped by a mail\n"
      "program here\n> and it goes on\n\nMine.\n";
  EXPECT_EQ(part(text, Zone::fresh), "Mine.");
}

TEST(Zones, LeaveOutFooters) {
  for (const char* footer :
       {"Sent from my iPhone", "Get Outlook for iOS", "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone", "Join Zoom Meeting", "Meeting ID: 123 456",
        "To unsubscribe click here",
        "CAUTION: This email originated from outside of the organisation."})
    EXPECT_EQ(part(std::string("I'll come.\n") + footer + "\n", Zone::fresh), "I'll come.")
        << footer;
}

TEST(Zones, LeaveOutLegalNotices) {
  const std::string text =
      "I'll come.\n\nThis email and any attachments are confidential and intended solely for\n"
      "the addressee. We will prosecute.\n";
  EXPECT_EQ(part(text, Zone::fresh), "I'll come.");
  EXPECT_FALSE(part(text, Zone::disclaimer).empty());
}

TEST(Zones, LeaveOutTheBlockAfterAClosingGreeting) {
  const std::string text =
      "I'll come on Friday.\n\nKind regards,\n\nTom Reyes\nSenior Account Executive\n"
      "Kestrel Graphics | We will beat any quote\nTel: +1 555 010 0199\n";
  EXPECT_EQ(part(text, Zone::fresh), "I'll come on Friday.\n\nKind regards,");
}

TEST(Zones, KeepWhatFollowsAnEarlyThanks) {
  EXPECT_EQ(part("Thanks\n\nDropping it off on Saturday then.\n", Zone::signature), "");
  EXPECT_EQ(part("Cheers,\nTom\n\nPS I'll bring the paper tonight.\n", Zone::fresh),
            "Cheers,|PS I'll bring the paper tonight.");
}

TEST(Zones, LeaveOutABlockThatAlwaysCloses) {
  EXPECT_EQ(part("I'll come.\n\nYour friends at Kestrel\nwe deliver dreams\n", Zone::fresh,
                 "Your friends at Kestrel\nwe deliver dreams"),
            "I'll come.");
}

TEST(Zones, KeepOrdinaryWordsThatLookLikeHeaders) {
  EXPECT_EQ(part("From: tomorrow I'm away.\nTo be honest I'll come anyway.\n", Zone::quoted), "");
  EXPECT_EQ(part("As my father wrote: come early.\nI'll come.\n", Zone::quoted), "");
}

TEST(Zones, AreLinearInHostileText) {
  std::string text(2'000'000, '>');
  EXPECT_EQ(reader().read(text).size(), 1U);
  std::string lines;
  for (int i = 0; i < 100'000; ++i) lines += "On 1 May\n";
  EXPECT_EQ(reader().read(lines).size(), 1U);
}

TEST(Zones, HaveNames) {
  EXPECT_STREQ(name(Zone::fresh), "fresh");
  EXPECT_STREQ(name(Zone::boilerplate), "boilerplate");
}

}  // namespace
}  // namespace ioud::detection
