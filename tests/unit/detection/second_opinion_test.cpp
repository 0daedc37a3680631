#include "detection/second_opinion.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ioud::detection {
namespace {

Sentence promise() {
  Sentence sentence;
  sentence.text = "I'll drop Meg's part off with Glenn on Saturday.";
  sentence.rep = "Tom Reyes";
  sentence.client = "Meg Alvarado";
  sentence.client_org = "Halden Print";
  sentence.prev = {"Meg: could you?", "Hi Meg"};
  return sentence;
}

TEST(SecondOpinion, SendsTheSentenceWithoutNames) {
  const std::string body = opinion_request(promise(), domain::Label::rep_favour, "small", {});
  const auto json = nlohmann::json::parse(body);
  EXPECT_EQ(json["model"], "small");
  EXPECT_EQ(json["temperature"], 0);
  ASSERT_EQ(json["messages"].size(), 2U);
  const std::string user = json["messages"][1]["content"];
  EXPECT_NE(user.find("drop the client part off with somebody"), std::string::npos) << user;
  EXPECT_NE(user.find("could you?"), std::string::npos);
  for (const char* secret : {"Meg", "Glenn", "Tom", "Halden"}) {
    EXPECT_EQ(body.find(secret), std::string::npos) << secret;
  }
}

TEST(SecondOpinion, StaysWithinItsBytes) {
  Sentence sentence = promise();
  sentence.text = std::string(50'000, 'x');
  sentence.prev.assign(200, std::string(5'000, 'y'));
  SecondOpinionLimits limits;
  EXPECT_LE(opinion_request(sentence, domain::Label::client_iou, "m", limits).size(),
            limits.request_bytes);
  sentence.text = "\xFF\xFE";
  EXPECT_NO_THROW(opinion_request(sentence, domain::Label::favour_request, "m", limits));
}

std::string completion(const std::string& content) {
  return nlohmann::json{{"choices", {{{"message", {{"content", content}}}}}}}.dump();
}

TEST(SecondOpinion, ReadsAProbabilityAndNothingElse) {
  const SecondOpinionLimits limits;
  EXPECT_DOUBLE_EQ(opinion_answer(completion(R"({"probability": 0.25})"), limits).value(), 0.25);
  EXPECT_DOUBLE_EQ(
      opinion_answer(completion("Sure!\n```json\n{\"probability\": 1}\n```"), limits).value(), 1);
  for (const std::string& bad :
       {std::string(), std::string("nonsense"), std::string("{}"), std::string("{\"choices\":[]}"),
        completion("yes"), completion("{}"), completion("}{"), completion("{\"probability\": 2}"),
        completion("{\"probability\": \"high\"}"), completion(std::string(70'000, ' '))}) {
    const auto read = opinion_answer(bad, limits);
    ASSERT_FALSE(read.has_value()) << bad.substr(0, 60);
    EXPECT_EQ(read.error().fault, core::Fault::protocol);
  }
}

TEST(SecondOpinion, MovesCandidatesBetweenTiersAndNothingElse) {
  const Floors floors;
  EXPECT_DOUBLE_EQ(with_opinion(0.6, floors, 0.9), floors.automatic);
  EXPECT_DOUBLE_EQ(with_opinion(0.9, floors, 0.1), floors.review);
  EXPECT_DOUBLE_EQ(with_opinion(0.6, floors, 0.1), 0.6);
  EXPECT_DOUBLE_EQ(with_opinion(0.9, floors, 0.5), 0.9);
  EXPECT_DOUBLE_EQ(with_opinion(0.4, floors, 1.0), 0.4) << "nothing is invented";
}

TEST(SecondOpinion, ADeadEndpointChangesNothing) {
  for (const double probability : {0.1, 0.6, 0.9})
    EXPECT_DOUBLE_EQ(with_opinion(probability, {}, std::nullopt), probability);
}

class Unsure final : public SentenceScorer {
 public:
  using SentenceScorer::score;
  Score score(const Sentence& sentence, Recall&) const override {
    Score score;
    score.label =
        sentence.text.starts_with("I'll") ? domain::Label::rep_favour : domain::Label::client_iou;
    score.probability = sentence.text.ends_with("maybe.") ? 0.6 : 0.4;
    return score;
  }
};

TEST(OpinionatedScorer, AsksOnceAndScoresByTheAnswer) {
  const Unsure first;
  OpinionatedScorer scorer(first, {});
  Sentence candidate;
  candidate.text = "I'll bring it, maybe.";
  EXPECT_DOUBLE_EQ(scorer.score(candidate).probability, 0.6);
  scorer.score(candidate);
  const auto questions = scorer.take_questions();
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions[0].sentence.text, candidate.text);
  scorer.note(questions[0], 0.9);
  EXPECT_DOUBLE_EQ(scorer.score(candidate).probability, 0.8);
  EXPECT_TRUE(scorer.take_questions().empty());
}

TEST(OpinionatedScorer, NoAnswerIsRememberedAndChangesNothing) {
  const Unsure first;
  OpinionatedScorer scorer(first, {});
  Sentence candidate;
  candidate.text = "I'll bring it, maybe.";
  scorer.score(candidate);
  scorer.note(scorer.take_questions().at(0), std::nullopt);
  EXPECT_DOUBLE_EQ(scorer.score(candidate).probability, 0.6);
  EXPECT_TRUE(scorer.take_questions().empty());
  scorer.reset();
  scorer.score(candidate);
  EXPECT_EQ(scorer.take_questions().size(), 1U);
}

TEST(OpinionatedScorer, AsksAboutNothingButCandidates) {
  const Unsure first;
  OpinionatedScorer scorer(first, {});
  for (const char* text : {"I'll bring it.", "We might, maybe."}) {
    Sentence sentence;
    sentence.text = text;
    scorer.score(sentence);
  }
  EXPECT_TRUE(scorer.take_questions().empty());
}

}  // namespace
}  // namespace ioud::detection
