#pragma once
// Trains the network by hand-written back-propagation: Adam for the dense
// weights, AdaGrad for the corrections of single words. One thread, fixed order
// and seeds: the same text, the same bits.

#include <cstdint>
#include <vector>

#include "detection/network.hpp"
#include "detection/train/corpus.hpp"

namespace ioud::detection::train {

struct NetworkSettings {
  NetworkShape shape{32, 64, 64, 0};
  int epochs = 10;
  std::size_t batch = 16;
  float rate = 2e-3F;
  float decay = 1e-4F;      ///< weight decay of dense weights
  float word_rate = 0.05F;  ///< of the corrections of words
  float word_decay = 1e-3F;
  float drop_pooled = 0.3F;
  float drop_hidden = 0.3F;
  float drop_state = 0.15F;
  float drop_word = 0.06F;
  float smoothing = 0.03F;
  std::uint64_t seed = 1;
};

struct NetworkWeights {
  NetworkShape shape;
  std::vector<float> dense;       ///< as NetworkLayout says
  std::vector<float> projection;  ///< Vectors::width x embed
  std::vector<float> correction;  ///< a row a word of the vectors x embed, mostly zero

  /// The row of a word as scoring will see it.
  std::vector<float> row(const Vectors& vectors, std::size_t word) const;
};

NetworkWeights train_network(const std::vector<const Example*>& examples, const Vectors& vectors,
                             const NetworkSettings& settings);

/// Adds the sections of a network to a model, vectors rounded to signed bytes.
void write_network(ModelWriter& model, const std::string& name, const NetworkWeights& weights,
                   const Vectors& vectors);

}  // namespace ioud::detection::train
