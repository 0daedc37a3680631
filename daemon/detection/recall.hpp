#pragma once
// What the last few sentences of a passage were read as. Every sentence stands before the next
// three as their context; with this it is cut and searched for cues once, not four times. Kept
// by one reader for one scorer; changes no result.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detection/cues.hpp"
#include "detection/scoring.hpp"
#include "detection/tokens.hpp"

namespace ioud::detection {

class Recall {
 public:
  struct Heard {
    std::string text;
    std::vector<Token> tokens;
    CueHits cues;
  };

  /// Sentences to come speak of these people; if they are others than before, all is forgotten.
  const Names& meet(const Sentence& sentence);
  /// Reads the text, or remembers it. Needs `meet` before it; holds good for three more calls.
  const Heard& hear(std::string_view text, const Cues& cues);

  /// What a network's filters made of the sentence that it read last.
  struct Impression {
    std::vector<std::uint16_t> rows;
    Author author = Author::other;
    std::vector<float> strongest;
  };
  /// That of the network of this number.
  Impression& impression(std::size_t network);

 private:
  static constexpr std::size_t kept = 4;
  std::array<std::string, 3> people_;
  std::optional<Names> names_;
  std::array<std::optional<Heard>, kept> heard_;
  std::size_t next_ = 0;
  std::vector<Impression> impressions_;
};

}  // namespace ioud::detection
