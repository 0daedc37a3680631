#include "domain/wording_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ioud::domain {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(WordingLint, FindsEveryForbiddenWord) {
  for (const char* text :
       {"You owe me",    "an IOU for you",  "in your debt",        "a debtor",
        "a favour",      "two Favors",      "something in return", "in\nreturn",
        "it is free",    "feel free",       "lead-free ink",       "you must come",
        "no guilt",      "guilty",          "as soon as possible", "the deadline is near",
        "the best belt", "a perfect match", "the most useful",     "–free–",
        "FREE!"})
    EXPECT_THAT(lint(text), SizeIs(1)) << text;
}

TEST(WordingLint, LeavesOrdinaryWordsAlone) {
  for (const char* text :
       {"bowl", "power", "freedom of choice", "freeze", "our favourite", "request",
        "the returning van", "a guild", "mustard for you", "how urgent is it?"})
    EXPECT_THAT(lint(text), IsEmpty()) << text;
}

TEST(WordingLint, SaysWhatAndWhere) {
  EXPECT_THAT(lint("Now you owe me."), testing::ElementsAre(Blemish{"word of debt", "owe"}));
  EXPECT_THAT(lint("Look at this.", {{}, {}, true}),
              testing::ElementsAre(Blemish{"no question at the end", "Look at this."}));
  EXPECT_THAT(lint("", {{}, {}, true}),
              testing::ElementsAre(Blemish{"no question at the end", ""}));
}

TEST(WordingLint, FindsOtherClients) {
  const LintRules rules{{"Initech", "Omar Haddad", "Next"}, {"Meg Alvarez"}, false};
  EXPECT_THAT(lint("as at Initech", rules),
              testing::ElementsAre(Blemish{"another client", "Initech"}));
  EXPECT_THAT(lint("ask omar haddad", rules), SizeIs(1));
  EXPECT_THAT(lint("next steps", rules), IsEmpty()) << "a firm's name may be an ordinary word";
  EXPECT_THAT(lint("Meg Alvarez", rules), IsEmpty());
}

TEST(WordingLint, NeverHoldsTheAddresseesNameAgainstTheText) {
  EXPECT_THAT(lint("Sit-down: Joe Free", {{}, {"Joe Free"}, false}), IsEmpty());
  EXPECT_THAT(lint("Joe Free is free", {{}, {"Joe Free"}, false}), SizeIs(1));
}

TEST(WordingLint, CountsWords) {
  std::string text;
  for (int i = 0; i < 90; ++i) text += "word ";
  EXPECT_THAT(lint(text), IsEmpty());
  EXPECT_THAT(lint(text + "more"), testing::ElementsAre(Blemish{"more than 90 words", "91 words"}));
}

TEST(WordingLint, KnowsAQuestionAtTheEnd) {
  EXPECT_TRUE(ends_in_question("Is it?"));
  EXPECT_TRUE(ends_in_question("A word.\nIs it?\n\nKind regards,\nTom Reyes\n"));
  EXPECT_FALSE(ends_in_question("Is it?\nThis line says a lot more."));
  EXPECT_FALSE(ends_in_question("Tom"));
  EXPECT_FALSE(ends_in_question(""));
}

TEST(WordingLint, JudgesFragments) {
  EXPECT_TRUE(is_client_safe("the belt", {"Initech"}));
  EXPECT_TRUE(is_client_safe("the signs", {"The Signs Shop"}));
  EXPECT_FALSE(is_client_safe("the initech belt", {"Initech"}));
  EXPECT_FALSE(is_client_safe("Omar's list", {"Omar Haddad"}));
  EXPECT_FALSE(is_client_safe("free samples"));
}

TEST(WordingLint, FindsWholePhrases) {
  EXPECT_TRUE(holds_words("The sample boards arrived.", "sample boards"));
  EXPECT_FALSE(holds_words("The samples", "sample"));
  EXPECT_FALSE(holds_words("anything", ""));
}

TEST(WordingLint, FindsAdviceToRefuse) {
  EXPECT_THAT(refusal_advice("Better say no to this one"), SizeIs(1));
  EXPECT_THAT(refusal_advice("You don't help them for nothing"), SizeIs(1));
  EXPECT_THAT(refusal_advice("Say yes, then offer the paid route"), IsEmpty());
}

}  // namespace
}  // namespace ioud::domain
