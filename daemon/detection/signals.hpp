#pragma once
// What a passage says about favours already known, or about the relation (specification 2.5): a
// slip, a cancellation, thanks, a complaint, "stop". Reads sentence by sentence; what the signal
// does to a favour is the planner's business.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detection/scoring.hpp"
#include "detection/sentences.hpp"
#include "detection/when.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

class SignalReader {
 public:
  SignalReader();
  ~SignalReader();
  SignalReader(const SignalReader&) = delete;
  SignalReader& operator=(const SignalReader&) = delete;

  /// The signals in sentences by one author, in their order. A thanks in a passage that says the
  /// help is no longer needed is left out.
  std::vector<domain::Signal> read(const std::vector<Span>& sentences, Author author,
                                   const Reckoning& base) const;

 private:
  struct Patterns;
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace ioud::detection
