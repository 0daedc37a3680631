#pragma once
// The parts of a promise or a request: what is done, to what, when, how long, for whom. Fills only
// what the words say; an unstated slot stays empty.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detection/kind.hpp"
#include "detection/scoring.hpp"
#include "detection/when.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// detection's own word for what is given: errand, delivery, loan, sample, training, support,
/// document, review, intro, referral, testimonial, reference, meeting, order, info, waiver, gift,
/// weekend, personal, or "" where no word says.
std::string category_of(std::string_view sentence, domain::Label label);

/// Reads the slots of one sentence that has got its label.
class SlotReader {
 public:
  explicit SlotReader(const domain::Catalogue& catalogue);

  /// Words of time count from `base`; where it has no day mentioned, the last day named in
  /// Sentence::prev is what "that evening" means. A yes without words of its own ("Will do!") has
  /// the time of the request before it.
  domain::Slots read(const Sentence& sentence, domain::Label label, const Reckoning& base) const;

 private:
  KindReader kinds_;
  std::vector<std::string> kind_names_;
};

}  // namespace ioud::detection
