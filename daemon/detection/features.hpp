#pragma once
// A sentence and its surroundings as numbers: hashed word and character
// n-grams, cues crossed with who speaks, what was asked just before, and the
// tokens for the network. Training and scoring go through this one room, so
// they cannot disagree. Names, numbers and dates are masked.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detection/cues.hpp"
#include "detection/recall.hpp"
#include "detection/scoring.hpp"
#include "detection/tokens.hpp"

namespace ioud::detection {

inline constexpr std::size_t hash_bits = 17;
inline constexpr std::size_t hash_slots = std::size_t{1} << hash_bits;
/// Tokens beyond this many are not shown to the network.
inline constexpr std::size_t window = 48;

/// A weighted slot of the hashed table.
struct HashedFeature {
  std::uint32_t slot = 0;
  float value = 0;
};

/// Who spoke the sentence before: the same person, the other side, or nobody.
enum class Before : std::uint8_t { nothing, same, other_side };

struct Features {
  std::vector<HashedFeature> hashed;
  std::vector<std::uint16_t> states;  ///< indices below state_count(), each present once, sorted
  std::vector<Token> tokens;
  std::vector<Token> before_tokens;  ///< of the last sentence before
  Before before = Before::nothing;
  CueHits cues;
  CueHits before_cues;
  bool pending_request = false;  ///< the client asked for help in the last three sentences
  bool pending_offer = false;    ///< the rep offered something in the last three sentences
};

/// How many yes/no states a sentence has (cues, cues before, context, length,
/// …).
std::size_t state_count();

/// A run of tokens that carries weight, for the reasons of a score.
struct Gram {
  std::uint32_t slot = 0;
  std::string text;  ///< as normalised: "drop the"
};

class Extractor {
 public:
  static core::Result<Extractor> make();

  Features extract(const Sentence& sentence, Recall& recall) const;
  /// The word n-grams of a sentence with their slots; only for explaining.
  static std::vector<Gram> grams(const Features& features, Author author);
  /// The cues found, by their meaning, with the slots they were weighed in;
  /// only for explaining.
  static std::vector<Gram> cue_grams(const Features& features, Author author);

 private:
  explicit Extractor(Cues cues) : cues_(std::move(cues)) {}
  Cues cues_;
};

/// 64-bit FNV-1a with a final mix; stable across machines and releases of the
/// model format.
std::uint64_t stable_hash(std::string_view text, std::uint64_t seed = 0);

}  // namespace ioud::detection
