#pragma once
// What the rep's answers teach: counters for each phrase shape x favour kind x
// client, and nothing of the text. Enough "no" within the window sends that
// shape to the review list instead of the calendar; one "ok" there brings it
// back. Pure over its counters and the day it is asked about.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "detection/scorer.hpp"
#include "domain/policy.hpp"

namespace ioud::detection {

/// What the rep did with a proposal.
enum class Verdict {
  accepted,   ///< accepted, kept or done
  declined,   ///< declined, or "no" in the review
  deleted,    ///< deleted without an answer
  untouched,  ///< ignored or expired: says nothing
  restored,   ///< "ok" in the review: forgets the negatives
};

/// What a proposal looked like, without its words: "i will look over",
/// "advice", "acme".
struct Pattern {
  std::string shape;
  std::string kind;
  std::string client;
  friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

class Overlay {
 public:
  explicit Overlay(domain::Policy::Detector policy) : policy_(policy) {}

  void note(const Pattern& pattern, Verdict verdict, core::Date day);

  /// The weight of the negatives within `detector.negative_days` up to and
  /// including `day`.
  double negatives(const Pattern& pattern, core::Date day) const;

  /// True when the pattern may only appear on the review list.
  bool review_only(const Pattern& pattern, core::Date day) const;

  /// A tier as the overlay leaves it: automatic may become review, nothing else
  /// changes.
  Sureness apply(Sureness sureness, const Pattern& pattern, core::Date day) const;

  /// One line a pattern and day: hash of the pattern, day, negatives,
  /// positives. Sorted; no words.
  std::string exported() const;
  /// Reads what exported() wrote, in place of what is known. Fault::rejected
  /// names the line.
  core::Result<void> import(std::string_view text);
  void reset() { counts_.clear(); }
  /// Drops what no window can reach any more.
  void forget_before(core::Date day);

  std::size_t size() const { return counts_.size(); }

 private:
  struct Count {
    double negative = 0;
    int positive = 0;
  };
  using Key = std::pair<std::string, core::Date>;  ///< hash of the pattern, day

  domain::Policy::Detector policy_;
  std::map<Key, Count> counts_;
};

/// The name a pattern is kept under: 16 hex digits that do not give the words
/// away at a glance.
std::string pattern_hash(const Pattern& pattern);

}  // namespace ioud::detection
