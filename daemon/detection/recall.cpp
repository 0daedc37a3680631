#include "detection/recall.hpp"

namespace ioud::detection {

const Names& Recall::meet(const Sentence& sentence) {
  const bool is_known = names_ && people_[0] == sentence.rep && people_[1] == sentence.client &&
                        people_[2] == sentence.client_org;
  if (is_known) return *names_;
  people_ = {sentence.rep, sentence.client, sentence.client_org};
  heard_ = {};
  return names_.emplace(sentence.rep, sentence.client, sentence.client_org);
}

const Recall::Heard& Recall::hear(std::string_view text, const Cues& cues) {
  for (const auto& known : heard_)
    if (known && known->text == text) return *known;
  std::optional<Heard>& place = heard_[next_];
  next_ = (next_ + 1) % kept;
  std::vector<Token> tokens = tokens_of(text, *names_);
  const CueHits hits = cues.find(joined(tokens));
  return place.emplace(Heard{std::string(text), std::move(tokens), hits});
}

Recall::Impression& Recall::impression(std::size_t network) {
  if (impressions_.size() <= network) impressions_.resize(network + 1);
  return impressions_[network];
}

}  // namespace ioud::detection
