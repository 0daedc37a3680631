#pragma once
// Trains the linear half: multinomial logistic regression by AdaGrad over
// hashed features. One thread, fixed order: the same text gives the same bits.

#include <array>
#include <cstdint>
#include <vector>

#include "detection/linear.hpp"
#include "detection/train/corpus.hpp"

namespace ioud::detection::train {

struct LinearSettings {
  int epochs = 8;
  float rate = 0.15F;
  float decay = 1e-5F;  ///< pull towards zero at each touch of a weight
  std::uint64_t seed = 1;
};

struct LinearWeights {
  std::vector<float> weights;  ///< hash_slots x Linear::stride
  std::array<float, Linear::stride> bias{};
  Linear::Logits logits(const std::vector<HashedFeature>& features) const;
};

LinearWeights train_linear(const std::vector<const Example*>& examples,
                           const LinearSettings& settings);

/// The gradient of the loss at the logits: probabilities less the target. An
/// unflagged example wants its probability anywhere but on the three flagged
/// labels. Scaled by the example's weight.
Linear::Logits loss_gradient(Linear::Logits logits, const Example& example, float smoothing);

}  // namespace ioud::detection::train
