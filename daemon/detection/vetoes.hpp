#pragma once
// Rules of polarity that outvote the learned scorer: words of another mail, a
// plain refusal, a thing already done. Each names what it saw; a veto can only
// take a flag away, never set one.

#include <optional>
#include <string_view>

#include "detection/features.hpp"
#include "detection/scoring.hpp"

namespace ioud::detection {

struct Veto {
  domain::Label label = domain::Label::other;  ///< what the sentence is instead
  std::string_view reason;                     ///< in a rep's language
};

/// The first veto that applies to a sentence which would be flagged with
/// `label`.
std::optional<Veto> veto(const Sentence& sentence, const Features& features, domain::Label label);

}  // namespace ioud::detection
