#include "detection/joiner.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "detection/likeness.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

using domain::Finding;
using domain::Label;

bool may_join(Label label) {
  return label == Label::rep_favour || label == Label::client_iou || label == Label::favour_request;
}

/// True where the second finding goes on about the favour of the first.
bool goes_on(const Finding& first, const Finding& second) {
  if (first.label != second.label || !may_join(first.label)) return false;
  if (!first.slots.lemma.empty() && first.slots.lemma == second.slots.lemma) return true;
  const bool beside = second.begin >= first.end && second.begin - first.end <= 2;
  if (!beside) return false;
  if (is_bare(first.slots) || is_bare(second.slots)) return true;
  if (!is_thin(second.slots)) return false;
  const bool of_a_person = one_of(second.slots.lemma.substr(second.slots.lemma.rfind(' ') + 1),
                                  {"her", "him", "you", "them", "u"});
  return !of_a_person || first.slots.kind == second.slots.kind;
}

}  // namespace

domain::Reading joined_passage(domain::Reading reading) {
  std::vector<Finding> kept;
  for (Finding& finding : reading.findings) {
    // Only the last few can be meant: nobody goes on about a favour ten favours later.
    const std::size_t looked_at = std::min<std::size_t>(3, kept.size());
    const auto first = kept.end() - static_cast<std::ptrdiff_t>(looked_at);
    const auto same = std::find_if(first, kept.end(),
                                   [&](const Finding& known) { return goes_on(known, finding); });
    if (same == kept.end()) {
      kept.push_back(std::move(finding));
      continue;
    }
    if (is_bare(same->slots)) {
      complete(same->slots, finding.slots);
      if (finding.quote.size() > same->quote.size()) same->quote = finding.quote;
    } else {
      fill(same->slots, finding.slots);
    }
    same->end = std::max(same->end, finding.end);
    if (finding.score > same->score) same->score = finding.score;
    if (!same->spoken) same->spoken = finding.spoken;
  }
  reading.findings = std::move(kept);
  return reading;
}

}  // namespace ioud::detection
