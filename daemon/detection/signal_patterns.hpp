#pragma once
// The phrases by which people move, cancel and acknowledge favours, thank, complain and say stop.
// Matched against one lower-case sentence with plain apostrophes.

#include <re2/re2.h>

#include <initializer_list>
#include <string_view>

namespace ioud::detection {

/// A phrase that counts unless another stands beside it: "arrived", but not "hasn't arrived".
struct Phrase {
  using List = std::initializer_list<std::string_view>;
  Phrase(List phrases, List exceptions);
  bool in(std::string_view sentence) const;

  RE2 says;
  RE2 unless;
};

struct SignalPatterns {
  SignalPatterns();

  Phrase moved;      ///< "instead", "not today", "have to push it to"
  Phrase late;       ///< why it will be: "isn't in yet", "delayed"
  Phrase cancelled;  ///< "can't … after all", "have to cancel"
  Phrase regretted;  ///< "I'm sorry, I can't get the …": a cancellation where no new day is said
  Phrase delivered;  ///< "it's with you now", "dropped it at reception"
  Phrase unneeded;   ///< "we don't need it any more"
  Phrase thanks;
  Phrase arrived;  ///< "arrived", "works", "is done": what makes thanks count
  Phrase complaint;
  Phrase praise;
  Phrase stop;
  Phrase referral;
  Phrase bereavement;
  Phrase yes;       ///< opens a sentence: "no problem", "will do"
  Phrase weak_yes;  ///< is a whole sentence: "yes please", "sounds good"
};

}  // namespace ioud::detection
