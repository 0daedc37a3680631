#include "detection/features.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ioud::detection {
namespace {

Sentence said(std::string text, Author author = Author::rep) {
  Sentence sentence;
  sentence.text = std::move(text);
  sentence.author = author;
  sentence.context = author == Author::client ? Context::mail_received : Context::mail_sent;
  sentence.rep = "Tom Reyes";
  sentence.client = "Meg Alvarado";
  sentence.client_org = "Halden Print";
  return sentence;
}

class FeaturesTest : public testing::Test {
 protected:
  Features of(const Sentence& sentence) const {
    Recall recall;
    return extractor_->extract(sentence, recall);
  }
  core::Result<Extractor> extractor_ = Extractor::make();
};

bool same_hashes(const Features& a, const Features& b) {
  return std::equal(
      a.hashed.begin(), a.hashed.end(), b.hashed.begin(), b.hashed.end(),
      [](const HashedFeature& x, const HashedFeature& y) { return x.slot == y.slot; });
}

TEST_F(FeaturesTest, NamesAndNumbersAreNotLearned) {
  EXPECT_TRUE(same_hashes(of(said("I'll bring Meg 40 boxes on Friday")),
                          of(said("I'll bring Meg 12 boxes on Monday"))));
  EXPECT_FALSE(same_hashes(of(said("I'll bring boxes")), of(said("I'll bring pens"))));
}

TEST_F(FeaturesTest, WhoSpeaksMatters) {
  EXPECT_FALSE(same_hashes(of(said("I'll bring it")), of(said("I'll bring it", Author::client))));
}

TEST_F(FeaturesTest, StatesAreSortedAndInRange) {
  Sentence sentence = said("Could you lend us one? £40 for Glenn at 4pm");
  sentence.prev = {"Meg: we need a spare"};
  const Features features = of(sentence);
  EXPECT_TRUE(std::is_sorted(features.states.begin(), features.states.end()));
  EXPECT_EQ(std::adjacent_find(features.states.begin(), features.states.end()),
            features.states.end());
  for (const auto state : features.states) EXPECT_LT(state, state_count());
  for (const auto& feature : features.hashed) EXPECT_LT(feature.slot, hash_slots);
}

TEST_F(FeaturesTest, SeesWhatWasAskedBefore) {
  Sentence sentence = said("Will do.");
  EXPECT_FALSE(of(sentence).pending_request);
  sentence.prev = {"Meg: could you lend us the trolley?", "Hi Meg."};
  EXPECT_TRUE(of(sentence).pending_request);
  EXPECT_EQ(of(sentence).before, Before::other_side) << "a greeting is no sentence before";
  sentence.prev.emplace_back("Our own is on the road this week.");
  EXPECT_EQ(of(sentence).before, Before::same);
  sentence.prev = {"Tom: could you send the order?"};
  EXPECT_FALSE(of(sentence).pending_request);
}

TEST_F(FeaturesTest, SeesWhatWasOfferedBefore) {
  Sentence sentence = said("Yes please!", Author::client);
  sentence.prev = {"Tom: Shall I bring one?"};
  const Features features = of(sentence);
  EXPECT_TRUE(features.pending_offer);
  EXPECT_EQ(features.before, Before::other_side);
}

TEST_F(FeaturesTest, WhatIsRememberedChangesNothing) {
  Recall recall;
  std::vector<std::string> before;
  for (const char* client : {"Meg Alvarado", "Rosa Lindt"}) {
    for (int round = 0; round < 3; ++round) {
      for (const char* text : {"Rosa asked for one.", "Meg: could you lend us the trolley?",
                               "Shall I bring Meg one?", "Yes please!", "Rosa asked for one."}) {
        Sentence sentence = said(text);
        sentence.client = client;
        sentence.prev = before;
        const Features remembered = extractor_->extract(sentence, recall);
        const Features anew = of(sentence);
        EXPECT_TRUE(same_hashes(remembered, anew)) << text;
        EXPECT_EQ(remembered.states, anew.states) << text;
        EXPECT_EQ(remembered.before_tokens.size(), anew.before_tokens.size()) << text;
        EXPECT_EQ(remembered.pending_request, anew.pending_request) << text;
        before.emplace_back(text);
      }
    }
  }
}

TEST_F(FeaturesTest, NothingIsTooStrange) {
  for (const char* text : {"", " ", "?!?!", "\xFF\xFF", ">>>>", "[", "[]:", ": "}) {
    Sentence sentence = said(text);
    sentence.prev = {text, text, text, text};
    EXPECT_NO_THROW(of(sentence)) << text;
  }
}

TEST_F(FeaturesTest, GramsPointIntoTheTable) {
  const Features features = of(said("I'll drop the part off"));
  const auto grams = Extractor::grams(features, Author::rep);
  const auto drop = std::find_if(grams.begin(), grams.end(),
                                 [](const Gram& gram) { return gram.text == "drop the part"; });
  ASSERT_NE(drop, grams.end());
  EXPECT_TRUE(std::any_of(features.hashed.begin(), features.hashed.end(),
                          [&](const HashedFeature& f) { return f.slot == drop->slot; }));
  EXPECT_FALSE(Extractor::cue_grams(features, Author::rep).empty());
}

TEST(StableHash, NeverChanges) {
  EXPECT_EQ(stable_hash("favour"), stable_hash("favour"));
  EXPECT_NE(stable_hash("favour"), stable_hash("favour", 1));
  EXPECT_NE(stable_hash("favour"), stable_hash("favours"));
}

}  // namespace
}  // namespace ioud::detection
