#include "detection/cues.hpp"

#include <gtest/gtest.h>

#include <set>

#include "detection/tokens.hpp"

namespace ioud::detection {
namespace {

class CuesTest : public testing::Test {
 protected:
  bool has(std::string_view cue, std::string_view text) const {
    return cues_->find(joined(tokens_of(text, names_))).test(cue_index(cue));
  }
  Names names_{"Tom Reyes", "Meg Alvarado", "Halden Print"};
  core::Result<Cues> cues_ = Cues::compile();
};

TEST(CueTable, FitsItsBitsAndNamesNothingTwice) {
  ASSERT_LE(all_cues().size(), cue_limit);
  std::set<std::string_view> names;
  for (const Cue& cue : all_cues()) {
    EXPECT_TRUE(names.insert(cue.name).second) << cue.name;
    EXPECT_FALSE(cue.meaning.empty()) << cue.name;
  }
  EXPECT_EQ(cue_index("nothing of that name"), all_cues().size());
}

TEST_F(CuesTest, Compile) { ASSERT_TRUE(cues_.has_value()) << cues_.error().text; }

TEST_F(CuesTest, FindWhatTheyAreNamedFor) {
  EXPECT_TRUE(has("i_will", "I'll drop it off"));
  EXPECT_TRUE(has("i_will", "we will gladly"));
  EXPECT_TRUE(has("free", "no charge"));
  EXPECT_TRUE(has("accept", "Yes, will do"));
  EXPECT_TRUE(has("accept_whole", "Consider it done!"));
  EXPECT_TRUE(has("could_you", "Could you have a look?"));
  EXPECT_TRUE(has("sum", "it is £40"));
  EXPECT_TRUE(has("rep_to", "TR to bring the boxes"));
  EXPECT_TRUE(has("person_acts", "Glenn will post it"));
  EXPECT_TRUE(has("have_somebody", "I'll have Glenn post it"));
  EXPECT_TRUE(has("hedge", "perhaps in May"));
  EXPECT_TRUE(has("unsubscribe", "Click here to opt out"));
}

TEST_F(CuesTest, StaySilentOtherwise) {
  EXPECT_FALSE(has("i_will", "he will"));
  EXPECT_FALSE(has("free", "freedom of movement"));
  EXPECT_FALSE(has("accept", "He said yes"));
  EXPECT_FALSE(has("rep_to", "Meg to bring the boxes"));
}

TEST_F(CuesTest, AreLinearOnHostileText) {
  std::string text = " ";
  for (int i = 0; i < 200'000; ++i) text += "i could maybe ";
  EXPECT_NO_THROW(cues_->find(text));
}

}  // namespace
}  // namespace ioud::detection
