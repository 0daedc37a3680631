#include "detection/vetoes.hpp"

#include "detection/counterpart.hpp"

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
  switch (counterpart(sentence)) {
    case Counterpart::machine:
      return Veto{Label::boilerplate, "from or to a program or a mailing"};
    case Counterpart::circle:
      return Veto{Label::other, "among colleagues or family, not with a client"};
    case Counterpart::person:
    case Counterpart::firm:
      break;
  }
  return std::nullopt;
}

}  // namespace ioud::detection
