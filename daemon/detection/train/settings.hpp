#pragma once
// What the shipped model is made with: one place for every number of the
// training.

#include <array>
#include <vector>

#include "detection/train/linear_trainer.hpp"
#include "detection/train/network_trainer.hpp"

namespace ioud::detection::train {

struct Settings {
  LinearSettings linear;
  NetworkSettings network;
  std::size_t networks = 2;    ///< trained with seeds 1, 2, …; their answers are averaged
  float linear_share = 0.5F;   ///< weight of the linear logits in the blend
  float network_share = 0.5F;  ///< weight of the averaged network logits
  float temperature = 1.0F;    ///< divides the blended logits; fitted on left-out authors
  /// For rep_favour, client_iou, favour_request: the raw probability that
  /// becomes 0.50 (best F1 on left-out authors) and the one that becomes 0.80
  /// (precise enough to act on).
  std::array<float, 6> bends{0.50F, 0.72F, 0.42F, 0.80F, 0.38F, 0.80F};

  /// The section "blend" of the model file.
  std::vector<float> blend() const {
    std::vector<float> all{linear_share, network_share, temperature};
    all.insert(all.end(), bends.begin(), bends.end());
    return all;
  }
};

}  // namespace ioud::detection::train
