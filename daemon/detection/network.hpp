#pragma once
// The deep half of the scorer: word vectors, one convolution over three words,
// the strongest answer of each filter, then a small hidden layer that also sees
// the cues, the context and the sentence before. It carries paraphrases the
// linear half never saw. Deterministic to the bit.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "detection/features.hpp"
#include "detection/linear.hpp"
#include "detection/model_file.hpp"
#include "detection/recall.hpp"
#include "detection/vocabulary.hpp"

namespace ioud::detection {

struct NetworkShape {
  std::size_t embed = 32;
  std::size_t filters = 64;
  std::size_t hidden = 64;
  std::size_t states = 0;
};

/// Where each block of weights begins in the flat array of floats; training and
/// scoring share it.
struct NetworkLayout {
  explicit NetworkLayout(const NetworkShape& shape);
  std::size_t author;       ///< 3 x embed: added to every vector by who speaks
  std::size_t conv;         ///< 3 x embed x filters
  std::size_t conv_bias;    ///< filters
  std::size_t now;          ///< filters x hidden
  std::size_t before;       ///< filters x hidden
  std::size_t mean;         ///< embed x hidden
  std::size_t state;        ///< states x hidden
  std::size_t hidden_bias;  ///< hidden
  std::size_t out;          ///< hidden x 16
  std::size_t out_bias;     ///< 16
  std::size_t end;
};

/// The rows of the tokens shown to the network, at most `window`.
std::vector<std::uint16_t> rows_of(const std::vector<Token>& tokens, const Vocabulary& vocabulary);

/// Who spoke the sentence before, given who speaks now.
Author author_before(Before before, Author now);

class Network {
 public:
  /// Reads the sections "<name>.shape", "<name>.rows", "<name>.step",
  /// "<name>.weights".
  static core::Result<Network> from(const ModelFile& file, const std::string& name);

  struct Input {
    std::span<const std::uint16_t> now;
    std::span<const std::uint16_t> before;
    Author author = Author::rep;
    Author before_author = Author::rep;
    std::span<const std::uint16_t> states;
  };
  /// `last` holds what the filters made of the sentence read last, and then of this one: mostly
  /// that is the sentence before.
  Linear::Logits logits(const Input& input, Recall::Impression& last) const;

 private:
  Network(NetworkShape shape, std::span<const std::int8_t> rows, float step,
          std::span<const float> weights)
      : shape_(shape), at_(shape), rows_(rows), step_(step), weights_(weights) {}

  std::vector<float> embedded(std::span<const std::uint16_t> rows, Author author) const;
  std::vector<float> strongest(const std::vector<float>& vectors) const;

  NetworkShape shape_;
  NetworkLayout at_;
  std::span<const std::int8_t> rows_;
  float step_;
  std::span<const float> weights_;
};

}  // namespace ioud::detection
