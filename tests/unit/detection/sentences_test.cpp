#include "detection/sentences.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ioud::detection {
namespace {

std::vector<std::string> cut(std::string_view text, bool tags = false) {
  std::vector<std::string> out;
  for (const Span& span : sentences(text, 0, text.size(), tags))
    out.push_back(span.speaker.empty() ? span.text : span.speaker + ">" + span.text);
  return out;
}

using Texts = std::vector<std::string>;

TEST(Sentences, AreCutAtTheirEnds) {
  EXPECT_EQ(cut("Grim timing. I'll fetch it! Can you wait? Good"),
            (Texts{"Grim timing.", "I'll fetch it!", "Can you wait?", "Good"}));
  EXPECT_EQ(cut("perfect. i'll bring it"), (Texts{"perfect.", "i'll bring it"}));
  EXPECT_EQ(cut("He said \"come.\" So I'll come."), (Texts{"He said \"come.\"", "So I'll come."}));
}

TEST(Sentences, KeepAbbreviationsAndNumbersWhole) {
  EXPECT_EQ(cut("I'll take Ms. Ruiz through it at 9.30 a.m. on Friday.").size(), 1U);
  EXPECT_EQ(cut("Dr. J. Smith has approx. 4.5 kg, e.g. the grey one.").size(), 1U);
  EXPECT_EQ(cut("... go on then, I'll look at it").size(), 1U);
  EXPECT_EQ(cut("See you at 9 a.m. Bring the key.").size(), 2U);
}

TEST(Sentences, JoinHardWrappedLines) {
  const std::string text =
      "Grim timing. The warehouse has one roller left and the van has already\n"
      "gone, so here is what happens: I will fetch it first thing Saturday and\n"
      "bring it straight to your press room.\n\nTom\n";
  EXPECT_EQ(cut(text),
            (Texts{"Grim timing.",
                   "The warehouse has one roller left and the van has already gone, so "
                   "here is what happens: I will fetch it first thing Saturday and bring "
                   "it straight to your press room.",
                   "Tom"}));
}

TEST(Sentences, KeepLinesTheirWriterEnded) {
  EXPECT_EQ(cut("Hi Dev\nyour eyes!!\novernighting you a box"),
            (Texts{"Hi Dev", "your eyes!!", "overnighting you a box"}));
  EXPECT_EQ(cut("Kelly,\n\nI'll bring it\nDon't wait"),
            (Texts{"Kelly,", "I'll bring it", "Don't wait"}));
}

TEST(Sentences, KeepTheLinesOfNotes) {
  EXPECT_EQ(
      cut("bt: promised him I'd key the whole thing into his spreadsheet\nbring hi vis", true),
      (Texts{"bt>promised him I'd key the whole thing into his spreadsheet", "bring hi vis"}));
  EXPECT_EQ(cut("Dial in both grinders. FOC. Price list up 2p.", true),
            (Texts{"Dial in both grinders. FOC.", "Price list up 2p."}));
}

TEST(Sentences, JoinFlowedLines) {
  EXPECT_EQ(cut("Every morning this week at a quarter to nine, until \nthe counts tie out.").size(),
            1U);
}

TEST(Sentences, TakeBulletsOff) {
  EXPECT_EQ(cut("1) Install crew on 9 Dec.\n2) I'll haul it.\n- and this\n\xE2\x80\xA2 that"),
            (Texts{"Install crew on 9 Dec.", "I'll haul it.", "and this", "that"}));
  EXPECT_TRUE(sentences("- x y", 0, 5, false).at(0).is_bullet);
}

TEST(Sentences, NameTheSpeaker) {
  EXPECT_EQ(cut("Agenda: contract\nTom: I'll check your file tonight. I promise you.", true),
            (Texts{"contract", "Tom>I'll check your file tonight.", "Tom>I promise you."}));
  EXPECT_EQ(cut("[10:14] Whitney Adams: tell you what", true),
            (Texts{"Whitney Adams>tell you what"}));
  EXPECT_EQ(cut("00:47 Jon Farrell: I'll take them", true), (Texts{"Jon Farrell>I'll take them"}));
  EXPECT_EQ(cut("- TR - bring the ladder", true), (Texts{"TR>bring the ladder"}));
  EXPECT_EQ(cut("AI: RS - pull the spend", true), (Texts{"RS>pull the spend"}));
  EXPECT_EQ(cut("[DF] sit down with her", true), (Texts{"DF>sit down with her"}));
  EXPECT_EQ(cut("bt: promised to key it", true), (Texts{"bt>promised to key it"}));
  EXPECT_EQ(cut("Tom: not a speaker in mail"), (Texts{"Tom: not a speaker in mail"}));
  EXPECT_EQ(cut("what I would say here: bring it", true),
            (Texts{"what I would say here: bring it"}));
}

TEST(Sentences, GiveTheirPlaceInTheText) {
  const std::string text = "Hello there.\n  - I'll   bring\n";
  const auto spans = sentences(text, 0, text.size(), false);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(text.substr(spans[1].begin, spans[1].end - spans[1].begin), "I'll   bring");
  EXPECT_EQ(spans[1].text, "I'll bring");
}

TEST(Sentences, StayInTheirRange) {
  const std::string text = "One here. Two here. Three.";
  const auto spans = sentences(text, 10, 19, false);
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(spans[0].text, "Two here.");
}

TEST(Sentences, SurviveHostileText) {
  const std::string line(10'000'000, 'a');
  EXPECT_LE(sentences(line, 0, line.size(), true).size(), most_sentences);
  std::string dots(3'000'000, '.');
  EXPECT_LE(sentences(dots, 0, dots.size(), true).size(), most_sentences);
  std::string accents;
  for (int i = 0; i < 5000; ++i) accents += "\xC3\xA9";
  for (const Span& span : sentences(accents, 0, accents.size(), true))
    EXPECT_EQ(span.text.size() % 2, 0U);
  EXPECT_TRUE(sentences("", 0, 0, true).empty());
  EXPECT_TRUE(sentences("\n \n", 0, 3, true).empty());
}

TEST(Speakers, AreMatchedByNameAndInitials) {
  const std::vector<std::string> clients = {"Colm Rourke", "Meg Alvarez"};
  const std::vector<std::string> others = {"Ann Lee"};
  EXPECT_EQ(who_is("Dana", "Dana Whitfield", clients, others), Speaker::rep);
  EXPECT_EQ(who_is("DW", "Dana Whitfield", clients, others), Speaker::rep);
  EXPECT_EQ(who_is("dw", "Dana Whitfield", clients, others), Speaker::rep);
  EXPECT_EQ(who_is("me", "Dana Whitfield", clients, others), Speaker::rep);
  EXPECT_EQ(who_is("Colm", "Dana Whitfield", clients, others), Speaker::client);
  EXPECT_EQ(who_is("Meg Alvarez", "Dana Whitfield", clients, others), Speaker::client);
  EXPECT_EQ(who_is("AL", "Dana Whitfield", clients, others), Speaker::other);
  EXPECT_EQ(who_is("Aoife", "Dana Whitfield", clients, others), Speaker::unknown);
  EXPECT_EQ(who_is("", "Dana Whitfield", clients, others), Speaker::unknown);
}

TEST(Speakers, AreUnknownWhereInitialsFitTwo) {
  EXPECT_EQ(who_is("MA", "Mark Adams", {"Meg Alvarez"}, {}), Speaker::unknown);
  EXPECT_EQ(who_is("Mark", "Mark Adams", {"Meg Alvarez"}, {}), Speaker::rep);
}

}  // namespace
}  // namespace ioud::detection
