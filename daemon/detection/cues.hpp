#pragma once
// Named patterns in a sentence: a promise, a price, a "no", a "perhaps". All
// are matched at once (one RE2::Set, linear time) on the normalised tokens. A
// cue decides nothing by itself: it is a feature of the scorer, a reason shown
// to the rep, and for a few of them a veto.

#include <bitset>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace ioud::detection {

inline constexpr std::size_t cue_limit = 160;
using CueHits = std::bitset<cue_limit>;

struct Cue {
  std::string_view name;     ///< stable, as in `explain` and in the model file
  std::string_view meaning;  ///< in a rep's language
  std::string_view pattern;  ///< RE2 over tokens joined by single spaces (tokens.hpp)
};

/// Every cue, in the order of the bits of CueHits.
const std::vector<Cue>& all_cues();
/// The bit of a cue; all_cues().size() when there is none of that name.
std::size_t cue_index(std::string_view name);

class Cues {
 public:
  /// Compiles the table. Fault::config only when a pattern does not compile,
  /// which a test excludes.
  static core::Result<Cues> compile();

  Cues(Cues&&) noexcept;
  Cues& operator=(Cues&&) noexcept;
  ~Cues();

  /// `joined_tokens` from tokens.hpp. Pure and thread-safe.
  CueHits find(const std::string& joined_tokens) const;

 private:
  struct Set;
  explicit Cues(std::unique_ptr<Set> set);
  std::unique_ptr<Set> set_;
};

}  // namespace ioud::detection
