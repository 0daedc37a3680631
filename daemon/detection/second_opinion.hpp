#pragma once
// A second opinion on a candidate from a local OpenAI-compatible endpoint, when
// an admin names one
// (`detector.second_opinion`). Only the words and the rule are here: the
// request to send, the answer read back, and what it may change. It can move a
// candidate between tiers and nothing else; no answer, a late one or a strange
// one changes nothing. Transport is the caller's.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "detection/scoring.hpp"

namespace ioud::detection {

struct SecondOpinionLimits {
  std::chrono::milliseconds time{3000};  ///< the caller gives up after this
  std::size_t request_bytes = 8192;      ///< longer context is left out, oldest first
  std::size_t answer_bytes = 65536;      ///< a longer answer is not read
};

/// The body of POST …/chat/completions. Names are replaced by "the rep" and
/// "the client".
std::string opinion_request(const Sentence& sentence, domain::Label label, std::string_view model,
                            const SecondOpinionLimits& limits);

/// How likely the candidate is what we think it is, in the other model's view:
/// 0 to 1. Fault::protocol when the answer is too long, no JSON, or holds no
/// number in that range.
core::Result<double> opinion_answer(std::string_view body, const SecondOpinionLimits& limits);

/// Where a candidate becomes a review line and where an event.
struct Floors {
  double review = 0.50;
  double automatic = 0.80;
};

/// The probability after a second opinion: at least 0.8 raises a review line to an event, at most
/// 0.2 makes an event a review line. What is no candidate stays none; without an opinion nothing
/// changes.
double with_opinion(double probability, const Floors& floors, std::optional<double> opinion);

/// A candidate that waits for an opinion.
struct Question {
  std::string id;  ///< the same for the same sentence in the same surroundings
  Sentence sentence;
  domain::Label label = domain::Label::rep_favour;
};

/// A scorer that knows the opinions given so far. A favour of the rep's that comes without one is
/// scored as before and put on the list of questions; read again once they are answered.
class OpinionatedScorer final : public SentenceScorer {
 public:
  /// `first` outlives this.
  OpinionatedScorer(const SentenceScorer& first, Floors floors) : first_(first), floors_(floors) {}

  using SentenceScorer::score;
  Score score(const Sentence& sentence, Recall& recall) const override;

  /// What was asked since the last call, once each.
  std::vector<Question> take_questions();
  /// Nothing: there was no answer, and the question is not put again.
  void note(const Question& question, std::optional<double> opinion);
  /// Forgets all opinions.
  void reset();

 private:
  const SentenceScorer& first_;
  Floors floors_;
  std::map<std::string, std::optional<double>> opinions_;
  mutable std::map<std::string, Question> open_;
};

}  // namespace ioud::detection
