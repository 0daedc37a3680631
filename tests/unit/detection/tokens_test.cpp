#include "detection/tokens.hpp"

#include <gtest/gtest.h>

#include "detection/given_names.hpp"

namespace ioud::detection {
namespace {

std::string read(std::string_view text) {
  return joined(tokens_of(text, Names("Tom Reyes", "Meg Alvarado", "Halden Print")));
}

TEST(Tokens, SpellsContractionsAndTextingOut) {
  EXPECT_EQ(read("I'll drop it, u can't lose"), " i will drop it , you can not lose ");
  EXPECT_EQ(read("ill do it tmrw"), " i will do it tomorrow ");
  EXPECT_EQ(read("he is ill today"), " he is ill today ");
  EXPECT_EQ(read("it\xE2\x80\x99s ours"), " it is ours ");
  EXPECT_EQ(read("my dad's van"), " my dad 's van ");
}

TEST(Tokens, MasksNamesNumbersSumsAndDays) {
  EXPECT_EQ(read("TR to call Meg on Friday at 4pm"), " @rep to call @client on @day at @clock ");
  EXPECT_EQ(read("\xC2\xA3"
                 "4,150 for 12 boxes by March"),
            " @sum for @num boxes by @month ");
  EXPECT_EQ(read("I saw Glenn at Halden"), " i saw @person at @org ");
  EXPECT_EQ(read("Glenn will post it"), " @person will post it ");
  EXPECT_EQ(read("10:30 and 62p"), " @clock and @sum ");
}

TEST(Tokens, KeepsCapitalsThatNameNobody) {
  EXPECT_EQ(read("Send the PDF to HR"), " send the pdf to hr ");
  EXPECT_EQ(read("Will you?"), " will you ? ");
}

TEST(Tokens, SharedInitialsNameNobody) {
  const Names names("Anna Berg", "Alan Boyd", "");
  EXPECT_EQ(names.kind_of("AB", "ab"), TokenKind::word);
  EXPECT_EQ(names.kind_of("Anna", "anna"), TokenKind::rep);
}

TEST(Tokens, KnowsSpeakersByNameAndInitials) {
  const Names names("Tom Reyes", "Meg Alvarado", "Halden Print");
  EXPECT_EQ(names.speaker("Meg Alvarado"), TokenKind::client);
  EXPECT_EQ(names.speaker(" TR "), TokenKind::rep);
  EXPECT_EQ(names.speaker("Pat"), TokenKind::person);
}

TEST(Tokens, RemembersWhereAWordStood) {
  const auto tokens = tokens_of("\xE2\x80\x9CYes\xE2\x80\x9D, I'll", Names("", "", ""));
  ASSERT_EQ(tokens.size(), 6U);
  EXPECT_EQ(tokens[1].begin, 3U);
  EXPECT_EQ(tokens[1].end, 6U);
  EXPECT_EQ(tokens[4].begin, tokens[5].begin);
}

TEST(Tokens, StaysBoundedOnHostileText) {
  const std::string long_line(10'000'000, 'a');
  EXPECT_EQ(tokens_of(long_line, Names("", "", "")).size(), 1U);
  std::string marks;
  for (int i = 0; i < 100'000; ++i) marks += ".!";
  EXPECT_LE(tokens_of(marks, Names("", "", "")).size(), 400U);
  EXPECT_NO_THROW(tokens_of("\xFF\xFE\xC3", Names("\xC3", "\xFF", "\xC2\xA3")));
}

TEST(GivenNames, LeaveEverydayWordsAlone) {
  EXPECT_TRUE(is_given_name("glenn"));
  EXPECT_FALSE(is_given_name("will"));
  EXPECT_FALSE(is_given_name("mark"));
  EXPECT_FALSE(is_given_name(""));
}

}  // namespace
}  // namespace ioud::detection
