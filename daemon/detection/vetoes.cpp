#include "detection/vetoes.hpp"

namespace ioud::detection {
namespace {

using domain::Label;

bool hit(const Features& features, std::string_view cue) {
  const std::size_t index = cue_index(cue);
  return index < all_cues().size() && features.cues[index];
}

}  // namespace

std::optional<Veto> veto(const Sentence& sentence, const Features& features) {
  if (sentence.zone == Zone::quoted || sentence.zone == Zone::forwarded ||
      hit(features, "quoted_mark") || hit(features, "wrote")) {
    return Veto{Label::quoted, "words of another message"};
  }
  if (sentence.zone != Zone::fresh || hit(features, "unsubscribe")) {
    return Veto{Label::boilerplate, "part of a footer or a notice"};
  }
  return std::nullopt;
}

}  // namespace ioud::detection
