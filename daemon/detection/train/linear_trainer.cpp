#include "detection/train/linear_trainer.hpp"

#include <cmath>
#include <numeric>

#include "detection/steady_maths.hpp"

namespace ioud::detection::train {

namespace {
constexpr std::size_t flagged = 3;  // rep_favour, client_iou, favour_request lead the labels
}

Linear::Logits loss_gradient(Linear::Logits logits, const Example& example, float smoothing) {
  softmax(std::span(logits).first(label_count));
  Linear::Logits gradient{};
  float free_mass = 0;
  for (std::size_t c = flagged; c < label_count; ++c) free_mass += logits[c];
  for (std::size_t c = 0; c < label_count; ++c) {
    float target = smoothing / static_cast<float>(label_count);
    if (example.label == unflagged) {
      target = c < flagged ? 0.0F : logits[c] / (free_mass > 1e-6F ? free_mass : 1e-6F);
    } else if (c == static_cast<std::size_t>(example.label)) {
      target += 1.0F - smoothing;
    }
    gradient[c] = (logits[c] - target) * example.weight;
  }
  return gradient;
}

Linear::Logits LinearWeights::logits(const std::vector<HashedFeature>& features) const {
  Linear::Logits sums{};
  for (std::size_t c = 0; c < label_count; ++c) sums[c] = bias[c];
  for (const HashedFeature& feature : features) {
    add_scaled(feature.value, weights.data() + feature.slot * Linear::stride, sums.data(),
               Linear::stride);
  }
  return sums;
}

LinearWeights train_linear(const std::vector<const Example*>& examples,
                           const LinearSettings& settings) {
  LinearWeights model;
  model.weights.assign(hash_slots * Linear::stride, 0.0F);
  std::vector<float> squares(hash_slots * Linear::stride, 1e-3F);
  std::array<float, Linear::stride> bias_squares{};
  bias_squares.fill(1e-1F);
  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Dice dice(settings.seed);
  for (int epoch = 0; epoch < settings.epochs; ++epoch) {
    dice.shuffle(order);
    for (const std::size_t index : order) {
      const Example& example = *examples[index];
      const auto gradient = loss_gradient(model.logits(example.features.hashed), example, 0.0F);
      for (std::size_t c = 0; c < label_count; ++c) {
        bias_squares[c] += gradient[c] * gradient[c];
        model.bias[c] -= settings.rate * gradient[c] / std::sqrt(bias_squares[c]);
      }
      for (const HashedFeature& feature : example.features.hashed) {
        float* w = model.weights.data() + feature.slot * Linear::stride;
        float* s = squares.data() + feature.slot * Linear::stride;
        for (std::size_t c = 0; c < Linear::stride; ++c) {
          const float g = gradient[c] * feature.value + settings.decay * w[c];
          s[c] += g * g;
          w[c] -= settings.rate * g / std::sqrt(s[c]);
        }
      }
    }
  }
  return model;
}

}  // namespace ioud::detection::train
