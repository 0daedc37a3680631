#include "detection/linear.hpp"

namespace ioud::detection {

core::Result<Linear> Linear::from(const ModelFile& file) {
  const auto weights = file.array<std::int8_t>("linear.weights");
  const auto scale = file.array<float>("linear.scale");
  if (weights.size() != hash_slots * stride || scale.size() != 2 * stride) {
    return core::fail(core::Fault::config, file.place(), "its linear part has the wrong size");
  }
  return Linear(weights, scale);
}

Linear::Logits Linear::logits(const std::vector<HashedFeature>& features) const {
  Logits sums{};
  for (const HashedFeature& feature : features) {
    const std::int8_t* row = weights_.data() + feature.slot * stride;
    for (std::size_t c = 0; c < stride; ++c) sums[c] += feature.value * static_cast<float>(row[c]);
  }
  for (std::size_t c = 0; c < stride; ++c) sums[c] = sums[c] * scale_[c] + scale_[stride + c];
  return sums;
}

float Linear::weight(std::uint32_t slot, std::size_t label) const {
  return static_cast<float>(weights_[slot * stride + label]) * scale_[label];
}

}  // namespace ioud::detection
