#include "detection/vetoes.hpp"

#include <array>

#include "detection/counterpart.hpp"

namespace ioud::detection {
namespace {

using domain::Label;

// A cue that takes the flag away unless another one gives it back.
struct Rule {
  std::string_view no;
  std::string_view yet;  ///< "" when nothing gives it back
  Label label;
  std::string_view reason;
  bool rep_only;  ///< only what the rep says of himself
};

constexpr std::array<Rule, 13> rules{{
    {"quoted_mark", "", Label::quoted, "words of another message", false},
    {"wrote", "", Label::quoted, "words of another message", false},
    {"no_own_words", "", Label::quoted, "all of it in quotation marks", false},
    {"unsubscribe", "", Label::boilerplate, "part of a footer or a notice", false},
    {"no_reported", "", Label::other, "somebody else's words", false},
    {"no_question", "yet_question", Label::rep_question, "asks instead of promising", true},
    {"no_cannot", "yet_cannot", Label::negated, "a plain no", false},
    {"no_need", "yet_need", Label::negated, "not needed after all", false},
    {"no_promise", "", Label::hedged, "no promise, in so many words", false},
    {"no_perhaps", "yet_perhaps", Label::hedged, "only a perhaps", false},
    {"no_might", "yet_might", Label::hedged, "only a might", false},
    {"no_would_if", "", Label::hedged, "hangs on something outside", false},
    {"no_hire", "yet_hire", Label::billable, "has a price", false},
}};

constexpr std::array<Rule, 2> past_rules{{
    {"no_past", "yet_past", Label::past_favour, "lies in the past", false},
    {"no_did", "yet_did", Label::past_favour, "says it was done", true},
}};

struct Bits {
  std::size_t no;
  std::size_t yet;
};

template <std::size_t n>
std::array<Bits, n> bits_of(const std::array<Rule, n>& table) {
  std::array<Bits, n> bits{};
  for (std::size_t i = 0; i < n; ++i) bits[i] = {cue_index(table[i].no), cue_index(table[i].yet)};
  return bits;
}

template <std::size_t n>
const Rule* first_of(const std::array<Rule, n>& table, const std::array<Bits, n>& bits,
                     const CueHits& hits, Author author) {
  const std::size_t known = all_cues().size();
  for (std::size_t i = 0; i < n; ++i) {
    const bool given_back = bits[i].yet < known && hits[bits[i].yet];
    const bool applies = !table[i].rep_only || author == Author::rep;
    if (bits[i].no < known && hits[bits[i].no] && !given_back && applies) return &table[i];
  }
  return nullptr;
}

}  // namespace

std::optional<Veto> veto(const Sentence& sentence, const Features& features, Label label) {
  static const auto bits = bits_of(rules);
  static const auto past_bits = bits_of(past_rules);
  if (sentence.zone == Zone::quoted || sentence.zone == Zone::forwarded) {
    return Veto{Label::quoted, "words of another message"};
  }
  if (sentence.zone != Zone::fresh) return Veto{Label::boilerplate, "part of a footer or a notice"};
  switch (counterpart(sentence)) {
    case Counterpart::machine:
      return Veto{Label::boilerplate, "from or to a program or a mailing"};
    case Counterpart::circle:
      return Veto{Label::other, "among colleagues or family, not with a client"};
    case Counterpart::person:
    case Counterpart::firm:
      break;
  }
  // A request may well be put as a perhaps, a no or a price; a promise may not.
  if (label == Label::favour_request) {
    const std::array<Rule, 5> noise{rules[0], rules[1], rules[2], rules[3], rules[4]};
    static const auto noise_bits = bits_of(noise);
    const Rule* rule = first_of(noise, noise_bits, features.cues, sentence.author);
    return rule ? std::optional(Veto{rule->label, rule->reason}) : std::nullopt;
  }
  if (const Rule* rule = first_of(past_rules, past_bits, features.cues, sentence.author)) {
    return Veto{rule->label, rule->reason};
  }
  const Rule* rule = first_of(rules, bits, features.cues, sentence.author);
  return rule ? std::optional(Veto{rule->label, rule->reason}) : std::nullopt;
}

}  // namespace ioud::detection
