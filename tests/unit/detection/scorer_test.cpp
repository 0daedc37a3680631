#include "detection/scorer.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "detection/counterpart.hpp"

namespace ioud::detection {
namespace {

using domain::Label;

Sentence said(std::string text, Context context = Context::mail_sent) {
  Sentence sentence;
  sentence.text = std::move(text);
  sentence.context = context;
  sentence.author = context == Context::mail_received ? Author::client : Author::rep;
  sentence.rep = "Tom Reyes";
  sentence.client = "Meg Alvarado";
  sentence.client_org = "Halden Print";
  return sentence;
}

class ScorerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { scorer_ = new auto(LearnedScorer::built_in()); }
  static void TearDownTestSuite() { delete scorer_; }
  static const LearnedScorer& scorer() { return **scorer_; }
  static Label label(const Sentence& sentence) { return scorer().score(sentence).label; }
  static core::Result<LearnedScorer>* scorer_;
};
core::Result<LearnedScorer>* ScorerTest::scorer_ = nullptr;

TEST_F(ScorerTest, TheBuiltInModelFitsTheProgram) {
  ASSERT_TRUE(scorer_->has_value()) << scorer_->error().text;
  const auto checked = scorer().check_test_vector();
  EXPECT_TRUE(checked.has_value()) << checked.error().text;
  EXPECT_LE(scorer().model_size(), 16U << 20);
  EXPECT_TRUE(scorer().identity().starts_with("v1-"));
}

TEST_F(ScorerTest, TellsThePlainCasesApart) {
  EXPECT_EQ(label(said("I'll drop the roller off at your place on Saturday, no charge.")),
            Label::rep_favour);
  EXPECT_EQ(label(said("Could you lend us a spare roller until Friday?", Context::mail_received)),
            Label::favour_request);
  EXPECT_EQ(label(said("I'll introduce you to my colleague at the Leeds office.",
                       Context::mail_received)),
            Label::client_iou);
  EXPECT_EQ(label(said("I'll send you the quote tomorrow.")), Label::routine);
}

TEST_F(ScorerTest, VetoesTakeAFlagAway) {
  const Label flagged = Label::rep_favour;
  EXPECT_NE(label(said("> I'll drop the roller off on Saturday, no charge.")), flagged);
  EXPECT_NE(label(said("I can't drop the roller off on Saturday.")), flagged);
  EXPECT_NE(label(said("I dropped the roller off yesterday.")), flagged);
  EXPECT_NE(label(said("Perhaps I could drop the roller off on Saturday.")), flagged);
  EXPECT_NE(label(said("Shall I drop the roller off on Saturday?")), flagged);
  Sentence quoted = said("I'll drop the roller off on Saturday, no charge.");
  quoted.zone = Zone::quoted;
  EXPECT_EQ(label(quoted), Label::quoted);
  quoted.zone = Zone::signature;
  EXPECT_EQ(label(quoted), Label::boilerplate);
}

TEST_F(ScorerTest, AnAnswerIsWhatItAnswers) {
  const auto answer = [](std::string text, std::vector<std::string> before) {
    Sentence sentence = said(std::move(text));
    sentence.prev = std::move(before);
    return label(sentence);
  };
  const std::string request = "Meg: Any chance you could lend me your ladder for the weekend?";
  const std::string sale = "Meg: Could you send me the price list?";
  EXPECT_EQ(answer("Will do.", {request}), Label::rep_favour);
  EXPECT_NE(answer("Will do.", {sale}), Label::rep_favour);
  EXPECT_EQ(answer("Will do.", {request, "Meg: Thanks!"}), Label::rep_favour);
  EXPECT_NE(answer("Sure, tomorrow.", {"Meg: Could you quote for forty?"}), Label::rep_favour);
  EXPECT_EQ(answer("Consider it done.",
                   {"Shall I drop a spare one off for you tomorrow?", "Meg: Yes please."}),
            Label::rep_favour);
  EXPECT_EQ(answer("Sure, and I'll bring my own ladder over on Saturday, no charge.", {sale}),
            Label::rep_favour)
      << "its own words promise";
}

TEST_F(ScorerTest, OnlyClientsAreOwedFavours) {
  Sentence sentence = said("I'll drop the roller off at your place on Saturday, no charge.");
  sentence.client_org = "family";
  EXPECT_EQ(label(sentence), Label::other);
  sentence.client = "Roller Newsletter";
  sentence.client_org = "Rollers Ltd";
  EXPECT_EQ(label(sentence), Label::boilerplate);
}

TEST(Counterparts, AreToldByTheirNames) {
  Sentence sentence = said("x");
  EXPECT_EQ(counterpart(sentence), Counterpart::person);
  sentence.client = "Halden Print";
  EXPECT_EQ(counterpart(sentence), Counterpart::firm);
  sentence.client = "no-reply@halden.example";
  EXPECT_EQ(counterpart(sentence), Counterpart::machine);
  sentence.client = "Ann Reyes";
  sentence.client_org = "internal";
  EXPECT_EQ(counterpart(sentence), Counterpart::circle);
}

TEST_F(ScorerTest, ProbabilitiesAreProbabilities) {
  for (const char* text : {"", "ok", "I'll bring it", "> x", "Could you?", "\xFF\xFE", "4,150"}) {
    for (const Context context : {Context::mail_sent, Context::mail_received, Context::notes}) {
      const Score score = scorer().score(said(text, context));
      EXPECT_NEAR(std::accumulate(score.all.begin(), score.all.end(), 0.0), 1.0, 1e-4) << text;
      for (const double p : score.all) {
        EXPECT_GE(p, 0) << text;
        EXPECT_LE(p, 1.0001) << text;
      }
      EXPECT_DOUBLE_EQ(score.probability, score.all[static_cast<std::size_t>(score.label)]);
    }
  }
}

TEST_F(ScorerTest, GivesReasonsInWords) {
  const Score score = scorer().score(said("I'll drop the roller off on Saturday, no charge."));
  ASSERT_EQ(score.label, Label::rep_favour);
  ASSERT_FALSE(score.reasons.empty());
  EXPECT_LE(score.reasons.size(), 8U);
}

TEST_F(ScorerTest, ScoresTheSameTwice) {
  const Sentence sentence = said("Leave it with me, I'll have it mended by Friday.");
  EXPECT_EQ(scorer().score(sentence).all, scorer().score(sentence).all);
}

TEST_F(ScorerTest, ScoresTheSameWithinAPassage) {
  Recall recall;
  Sentence sentence;
  for (const char* text :
       {"Could you lend us the trolley?", "Sure.", "I'll bring it over on Friday.", "Thanks!",
        "Sure.", "Could you lend us the trolley?", "I'll bring it over on Friday."}) {
    const bool is_rep = text[0] != 'C' && text[0] != 'T';
    std::vector<std::string> before = sentence.prev;
    if (!sentence.text.empty())
      before.push_back((sentence.author == Author::rep ? "Tom: " : "Meg: ") + sentence.text);
    sentence = said(text, is_rep ? Context::mail_sent : Context::mail_received);
    sentence.prev = before;
    EXPECT_EQ(scorer().score(sentence, recall).all, scorer().score(sentence).all) << text;
  }
}

}  // namespace
}  // namespace ioud::detection
