#include "engine/adviser.hpp"

#include <gtest/gtest.h>

#include "engine_desk.hpp"
#include "fakes/run_task.hpp"

namespace ioud::engine {
namespace {

using detection::Sentence;

/// Takes every sentence for a favour it is not quite sure of.
class Unsure final : public detection::SentenceScorer {
 public:
  using SentenceScorer::score;
  detection::Score score(const Sentence&, detection::Recall&) const override {
    detection::Score score;
    score.label = domain::Label::rep_favour;
    score.probability = 0.6;
    return score;
  }
};

class AdviserTest : public testing::Test, protected EngineDesk {
 protected:
  static Sentence said(const std::string& text) {
    Sentence sentence;
    sentence.text = text;
    return sentence;
  }
  connectors::PostJson post() {
    return [this](connectors::JsonPost wish) { return answer(std::move(wish)); };
  }
  net::Task<std::string> answer(connectors::JsonPost wish) {
    posts_.push_back(std::move(wish));
    co_return said_;
  }
  static std::string completion(const std::string& probability) {
    return R"({"choices":[{"message":{"content":"{\"probability\": )" + probability + R"(}"}}]})";
  }

  Unsure first_;
  detection::OpinionatedScorer scorer_{first_, {}};
  Adviser adviser_{scorer_, post(), "http://127.0.0.1:1/v1/chat/completions", "small", log};
  std::vector<connectors::JsonPost> posts_;
  core::Result<std::string> said_ = completion("0.9");
};

TEST_F(AdviserTest, AnAnswerRaisesTheCandidate) {
  scorer_.score(said("I'll bring it."));
  EXPECT_TRUE(fakes::run(adviser_.ask()).value());
  EXPECT_DOUBLE_EQ(scorer_.score(said("I'll bring it.")).probability, 0.8);
  ASSERT_EQ(posts_.size(), 1U);
  EXPECT_NE(posts_[0].body.find("small"), std::string::npos);
  EXPECT_FALSE(fakes::run(adviser_.ask()).value()) << "nothing is asked twice";
}

TEST_F(AdviserTest, ADeadEndpointIsLeftAloneUntilTheNextPass) {
  said_ = core::fail(core::Fault::transient, "127.0.0.1", "refused");
  scorer_.score(said("I'll bring it."));
  scorer_.score(said("I'll fetch it."));
  EXPECT_FALSE(fakes::run(adviser_.ask()).value());
  EXPECT_EQ(posts_.size(), 1U);
  EXPECT_DOUBLE_EQ(scorer_.score(said("I'll bring it.")).probability, 0.6);
  adviser_.begin_pass();
  scorer_.score(said("I'll bring it."));
  fakes::run(adviser_.ask());
  EXPECT_EQ(posts_.size(), 2U);
}

TEST_F(AdviserTest, AStrangeAnswerCostsOneQuestion) {
  said_ = std::string("no idea");
  scorer_.score(said("I'll bring it."));
  scorer_.score(said("I'll fetch it."));
  EXPECT_FALSE(fakes::run(adviser_.ask()).value());
  EXPECT_EQ(posts_.size(), 2U);
}

TEST_F(AdviserTest, AsksNoMoreThanAPassAllows) {
  for (int i = 0; i < 60; ++i) scorer_.score(said("I'll bring number " + std::to_string(i) + "."));
  fakes::run(adviser_.ask());
  EXPECT_EQ(posts_.size(), 40U);
}

}  // namespace
}  // namespace ioud::engine
