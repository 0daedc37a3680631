#include "core/text.hpp"

#include <gtest/gtest.h>

namespace ioud::core {
namespace {

using Parts = std::vector<std::string>;

TEST(Text, LowersAsciiAlone) {
  EXPECT_EQ(ascii_lower("Meg@ACME.Test ÄÖ"), "meg@acme.test ÄÖ");
  EXPECT_TRUE(iequals("MailTo", "mAILtO"));
  EXPECT_FALSE(iequals("mail", "mails"));
  EXPECT_FALSE(iequals("Ä", "ä"));
}

TEST(Text, FoldsLettersOfAllAlphabets) {
  EXPECT_EQ(folded("STRASSE"), folded("straße"));
  EXPECT_EQ(folded("ÅNGSTRÖM"), folded("ångström"));
  EXPECT_EQ(folded("ΜΕΓ"), folded("μεγ"));
  EXPECT_NE(folded("Meg"), folded("Mag"));
}

TEST(Text, RaisesLettersOfProtocolsOnly) {
  EXPECT_EQ(ascii_upper("Tzid;ä1"), "TZID;ä1");
  EXPECT_TRUE(is_ascii("plain\x7f"));
  EXPECT_FALSE(is_ascii("ä"));
  EXPECT_TRUE(is_ascii(""));
}

TEST(Text, KnowsHexadecimalDigits) {
  EXPECT_EQ(hex_digit('0'), 0);
  EXPECT_EQ(hex_digit('9'), 9);
  EXPECT_EQ(hex_digit('a'), 10);
  EXPECT_EQ(hex_digit('F'), 15);
  EXPECT_EQ(hex_digit('g'), -1);
  EXPECT_EQ(hex_digit('/'), -1);
}

TEST(Text, TrimsAndSqueezesWhiteSpace) {
  EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
  EXPECT_EQ(trimmed(" \t\r\n"), "");
  EXPECT_EQ(trimmed(""), "");
  EXPECT_EQ(squeezed("  a \n\t b  c "), "a b c");
  EXPECT_EQ(squeezed("   "), "");
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split("a,", ','), (Parts{"a", ""}));
  EXPECT_EQ(joined({"a", "", "c"}, ", "), "a, , c");
  EXPECT_EQ(joined({}, ", "), "");
  EXPECT_EQ(joined({"a", "a"}, "-"), "a-a");
}

TEST(Text, ReplacesEveryOccurrence) {
  EXPECT_EQ(replaced("aXbXc", "X", "--"), "a--b--c");
  EXPECT_EQ(replaced("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replaced("abc", "", "x"), "abc");
  EXPECT_EQ(replaced("abc", "z", "x"), "abc");
  EXPECT_EQ(replaced("xx", "x", "xx"), "xxxx");
}

TEST(Utf8, IsToldFromOtherBytes) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("añ€😀"));
  EXPECT_FALSE(is_utf8("a\xF1o"));
  EXPECT_FALSE(is_utf8("\xC3"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_utf8("\xC0\x80"));
}

TEST(Utf8, IsMadeWithoutLosingTheGoodParts) {
  EXPECT_EQ(made_utf8("añ€"), "añ€");
  EXPECT_EQ(made_utf8("a\xF1o"), "a\xEF\xBF\xBDo");
  EXPECT_EQ(made_utf8("ok\xC3"), "ok\xEF\xBF\xBD");
  EXPECT_TRUE(is_utf8(made_utf8("\xFF\xFE\x00\x41")));
}

TEST(Utf8, IsCountedInCodePoints) {
  EXPECT_EQ(length("añ€😀"), 4U);
  EXPECT_EQ(length(""), 0U);
}

TEST(Utf8, IsShortenedAtACodePoint) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abcde…");
  EXPECT_EQ(shortened("€€€€", 4), "€€€€");
  EXPECT_EQ(shortened("€€€€€", 4), "€€€…");
  EXPECT_EQ(shortened("abc", 1), "…");
  EXPECT_EQ(shortened("abc", 0), "");
  EXPECT_EQ(shortened("", 0), "");
}

TEST(OneEdit, AllowsOneSlipOfTheHand) {
  for (const char* slip : {"favour", "favor", "favoour", "fafour", "faovur", "avour", "favou",
                           "favours", "afvour", "favoru"})
    EXPECT_TRUE(within_one_edit("favour", slip)) << slip;
  for (const char* other : {"favo", "flavoor", "fvaoru", "favourss", "", "labour", "avoufr"})
    EXPECT_FALSE(within_one_edit("favour", other)) << other;
}

TEST(OneEdit, CountsCodePointsAndBothWays) {
  EXPECT_TRUE(within_one_edit("Jürgen", "Jurgen"));
  EXPECT_TRUE(within_one_edit("Jrgen", "Jürgen"));
  EXPECT_TRUE(within_one_edit("", "é"));
  EXPECT_TRUE(within_one_edit("", ""));
  EXPECT_TRUE(within_one_edit("ab", "ba"));
  EXPECT_FALSE(within_one_edit("abc", "cba"));
  EXPECT_FALSE(within_one_edit("ab", "cd"));
}

TEST(Words, AreRunsOfLettersAndDigits) {
  EXPECT_EQ(words("Meg's 2 “belts”, café-bar"), (Parts{"Meg", "s", "2", "belts", "café", "bar"}));
  EXPECT_EQ(words(" .,! "), Parts{});
}

}  // namespace
}  // namespace ioud::core
