#pragma once
// The labelled text the model is trained on, read from the folder of text
// files. Each file is one author (or one batch of a mixed file), so that whole
// authors can be left out.

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "detection/features.hpp"
#include "detection/scoring.hpp"
#include "detection/vocabulary.hpp"

namespace ioud::detection::train {

/// The label of a sentence of which we only know that it must not be flagged.
inline constexpr int unflagged = -1;

struct Example {
  Sentence sentence;
  std::string author_group;  ///< "train-a", "gold-g", "own-3", "enron-0" … "enron-3"
  int label = unflagged;     ///< index of domain::Label
  float weight = 1;
  Features features;
  std::vector<std::uint16_t> rows;
  std::vector<std::uint16_t> before_rows;
};

/// Every *.jsonl (labelled sentences) and *.tsv (sentences of other people's
/// mail) of the folder, by name, in their order. Fault::config names the file
/// and line that cannot be read.
core::Result<std::vector<Example>> read_corpus(const std::string& folder);

/// Fills features; the vocabulary's rows too when given.
void prepare(std::vector<Example>& corpus, const Extractor& extractor);
void look_up(std::vector<Example>& corpus, const Vocabulary& vocabulary);

/// Vectors of words: row 0 is the unknown word, then words of our own without a
/// vector, then those of the file. All rows have length 1 or are zero.
struct Vectors {
  static constexpr std::size_t width = 100;
  std::vector<std::string> words;
  std::vector<float> rows;    ///< words.size() x width
  std::size_t own_words = 0;  ///< how many of the first rows have no vector
};

/// Reads words40k.txt and vec40k.int8 and adds masks, marks and the words of
/// the corpus that at least two authors use and the vectors lack.
core::Result<Vectors> read_vectors(const std::string& folder, const std::vector<Example>& corpus);

/// SplitMix64: the same numbers everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// 0 <= x < 1, with 24 bits.
  float unit() { return static_cast<float>(next() >> 40U) / 16777216.0F; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  void shuffle(std::vector<std::size_t>& order) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[below(i)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace ioud::detection::train
