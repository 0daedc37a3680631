#pragma once
// The learned scorer: a linear model and a few small networks vote, rules of
// polarity may veto, and the probabilities are calibrated so that the two
// thresholds of the config mean something. Reads its weights from a model file;
// decides nothing beyond the label of one sentence.

#include <array>
#include <string>
#include <vector>

#include "core/lazy.hpp"
#include "detection/features.hpp"
#include "detection/linear.hpp"
#include "detection/model_file.hpp"
#include "detection/network.hpp"
#include "detection/scoring.hpp"
#include "detection/vocabulary.hpp"

namespace ioud::detection {

class LearnedScorer final : public SentenceScorer {
 public:
  /// The built-in model.
  static core::Result<LearnedScorer> built_in();
  /// The model of a file (`detector.model`), its test vector checked; the built-in one for an empty
  /// path. Fault::config says what is wrong with the file.
  static core::Result<LearnedScorer> open(const std::string& path);
  /// The model of a file that is mapped already.
  static core::Result<LearnedScorer> from(const ModelFile& file);

  using SentenceScorer::score;
  Score score(const Sentence& sentence, Recall& recall) const override;

  /// Scores the sentences that stand in the model file and compares: a model
  /// that this program reads differently from the one that made it is refused.
  /// About a millisecond.
  core::Result<void> check_test_vector() const;

  /// A name for the model in `explain` and logs: version and checksum.
  std::string identity() const;

  std::size_t model_size() const { return file_.size(); }  ///< bytes

  /// The blended logits before calibration; for the trainer.
  Linear::Logits blended(const Sentence& sentence, const Features& features, Recall& recall) const;

 private:
  /// Two points of a label's calibration: the raw probabilities that become
  /// 0.50 and 0.80.
  struct Bend {
    float half = 0.5F;
    float sure = 0.8F;
  };

  LearnedScorer(ModelFile file, Linear linear, Vocabulary vocabulary);

  Score weighed(const Sentence& sentence, Recall& recall) const;
  bool is_asked_for(const Sentence& sentence) const;
  void calibrate(Linear::Logits& probabilities, bool vetoed) const;
  std::vector<std::string> reasons(const Features& features, const Sentence& sentence,
                                   domain::Label label) const;

  ModelFile file_;
  core::Lazy<Extractor> extractor_;
  Linear linear_;
  Vocabulary vocabulary_;
  std::vector<Network> networks_;
  float linear_share_ = 0.5F;
  float network_share_ = 0.5F;
  float temperature_ = 1.0F;
  std::array<Bend, 3> bends_{};
};

/// The labels that are acted on lead the enumeration.
inline constexpr std::size_t flagged_labels = 3;

}  // namespace ioud::detection
