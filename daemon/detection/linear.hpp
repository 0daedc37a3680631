#pragma once
// The wide half of the scorer: a multinomial linear model over hashed features.
// It remembers exact phrases and spellings; meaning beyond them is the
// network's part.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "detection/features.hpp"
#include "detection/model_file.hpp"

namespace ioud::detection {

class Linear {
 public:
  /// A row of weights is padded to this many classes.
  static constexpr std::size_t stride = 16;
  using Logits = std::array<float, stride>;

  /// Reads "linear.weights" (signed bytes) and "linear.scale" (a step and a
  /// bias a class).
  static core::Result<Linear> from(const ModelFile& file);

  Logits logits(const std::vector<HashedFeature>& features) const;
  /// What one slot adds to a class for a feature of value 1.
  float weight(std::uint32_t slot, std::size_t label) const;

 private:
  Linear(std::span<const std::int8_t> weights, std::span<const float> scale)
      : weights_(weights), scale_(scale) {}
  std::span<const std::int8_t> weights_;
  std::span<const float> scale_;
};

}  // namespace ioud::detection
