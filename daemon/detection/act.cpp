#include "detection/act.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "detection/verbs.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

using Words = std::vector<Word>;

std::string_view text_at(const Words& words, std::size_t at) {
  return at < words.size() ? std::string_view(words[at].text) : std::string_view();
}

bool is_adverb(std::string_view word) {
  static const WordSet adverbs(
      "just also gladly happily personally definitely certainly quickly even then probably simply "
      "still actually always surely myself ourselves gonna really totally absolutely obviously "
      "quite ever now kindly please maybe perhaps possibly at least of course only have quietly "
      "naturally no doubt either additionally equally positively all once never not");
  return adverbs.has(word);
}

/// Who and modal of a promise or request that ends before words[next].
struct Opening {
  std::string who;
  std::string modal;
  std::size_t next = 0;
  Actor actor = Actor::anyone;
  int weight = 0;  ///< how plainly the words announce an act
};

/// "happy to", "glad to", "delighted to" at words[at]; how many words, or 0.
std::size_t willing(const Words& words, std::size_t at) {
  std::size_t i = at;
  if (one_of(text_at(words, i), {"very", "more", "quite", "only", "really", "so", "too"})) ++i;
  if (text_at(words, i) == "than") ++i;
  if (!one_of(text_at(words, i), {"happy", "glad", "delighted", "pleased", "willing", "able",
                                  "honoured", "honored", "free", "about", "ready", "going"}))
    return 0;
  return text_at(words, i + 1) == "to" ? i + 2 - at : 0;
}

std::optional<Opening> pronoun_opening(const Words& words, std::size_t at) {
  const std::string_view word = text_at(words, at);
  const std::string_view next = text_at(words, at + 1);
  Opening open;
  open.actor = Actor::speaker;
  open.weight = 3;
  if (one_of(word, {"i'll", "we'll", "ill", "i'd", "we'd", "id"})) {
    open.who = word[0] == 'w' ? "we" : "i";
    open.modal = word.ends_with('d') ? "would" : "will";
    open.next = at + 1;
    if (word == "ill" && !is_help_verb(next) && !is_adverb(next) && next != "be")
      return std::nullopt;
  } else if (one_of(word, {"i'm", "we're", "im"})) {
    open = {word[0] == 'w' ? "we" : "i", "am", at + 1, Actor::speaker, 2};
  } else if (one_of(word, {"i", "we"}) &&
             one_of(next, {"will", "shall", "can", "could", "would", "must", "might", "should",
                           "can't", "cannot", "won't", "couldn't"})) {
    open.who = word;
    open.modal = next == "shall" ? "will" : std::string(next);
    open.next = at + 2;
  } else if (one_of(word, {"i", "we"}) && one_of(next, {"am", "are"})) {
    open = {std::string(word), "am", at + 2, Actor::speaker, 2};
  } else if (one_of(word, {"i", "we"}) && (next == "promise" || next == "promised") &&
             text_at(words, at + 2) == "to") {
    open = {std::string(word), "will", at + 3, Actor::speaker, 3};
  } else if (one_of(word, {"i", "we"})) {
    open = {std::string(word), "", at + 1, Actor::speaker, 1};
  } else if (one_of(word, {"let", "lemme"})) {
    const bool one_word = word == "lemme";
    if (!one_word && next != "me") return std::nullopt;
    open = {"let me", "", at + (one_word ? 1 : 2), Actor::speaker, 3};
  } else {
    return std::nullopt;
  }
  if (text_at(words, open.next) == "be" && willing(words, open.next + 1) > 0) ++open.next;
  if (const std::size_t count = willing(words, open.next); count > 0) {
    const bool future =
        text_at(words, open.next) == "going" || text_at(words, open.next) == "about";
    open.modal = future ? "will" : "happy to";
    open.next += count;
    open.weight = 3;
  }
  return open;
}

std::optional<Opening> request_opening(const Words& words, std::size_t at) {
  const std::string_view word = text_at(words, at);
  const std::string_view next = text_at(words, at + 1);
  if (one_of(word, {"can", "could", "would", "will", "cud", "wud"}) &&
      one_of(next,
             {"you", "u", "ye", "somebody", "someone", "anybody", "anyone", "your", "we", "i"})) {
    const bool theirs = !one_of(next, {"we", "i"});
    std::size_t i = at + 2;
    if (one_of(text_at(words, i), {"mind", "possibly", "be", "please", "also", "maybe"})) ++i;
    if (const std::size_t count = willing(words, i); count > 0) i += count;
    return Opening{"you", std::string(word), i, theirs ? Actor::listener : Actor::anyone,
                   theirs ? 3 : 2};
  }
  if (one_of(word, {"you", "u"}) && one_of(next, {"could", "can", "would", "to"}))
    return Opening{"you", next == "to" ? "to" : std::string(next), at + 2, Actor::listener, 2};
  if (word == "possible" && next == "to")
    return Opening{"you", "could", at + 2, Actor::listener, 3};
  if (word == "please" || word == "kindly" || word == "pls" || word == "plz")
    return Opening{"you", "please", at + 1, Actor::listener, 2};
  if (one_of(word, {"chance", "mind"}) && one_of(next, {"of", "you'd", "you"}))
    return Opening{"you", "could", at + 2, Actor::listener, 3};
  return std::nullopt;
}

std::optional<Opening> bare_opening(const Words& words, std::size_t at) {
  const std::string_view word = text_at(words, at);
  if (const std::size_t count = willing(words, at); count > 0 && word != "going")
    return Opening{"i", "happy to", at + count, Actor::speaker, 3};
  if (one_of(word, {"offered", "promised", "agreed", "said", "volunteered"}) &&
      one_of(text_at(words, at + 1), {"to"}))
    return Opening{"i", "will", at + 2, Actor::speaker, 3};
  if (word == "will" && at > 0 && (words[at - 1].is_capital || words[at - 1].is_mark))
    return Opening{words[at - 1].is_mark ? "i" : words[at - 1].text, "will", at + 1, Actor::anyone,
                   2};
  if (word == "will" && at == 0) return Opening{"i", "will", at + 1, Actor::speaker, 2};
  if (word == "to" && at > 0 && words[at - 1].is_capital && at == 1)
    return Opening{words[0].text, "to", at + 1, Actor::anyone, 2};
  return std::nullopt;
}

/// The verb's index after an opening: adverbs, "be" and words that only lead to the act passed
/// over.
std::optional<std::size_t> verb_after(const Words& words, std::size_t at) {
  for (std::size_t steps = 0; steps < 5 && at < words.size(); ++steps) {
    if (words[at].is_mark || words[at].is_number) return std::nullopt;
    const std::string_view word = words[at].text;
    if (word == "be" && at + 1 < words.size() && text_at(words, at + 1).ends_with("ing")) {
      ++at;
    } else if (is_adverb(word)) {
      ++at;
    } else if (one_of(word, {"try", "need", "have", "want", "got", "aim", "manage"}) &&
               one_of(text_at(words, at + 1), {"to", "and"})) {
      at += 2;
    } else if (word == "make" && text_at(words, at + 1) == "sure") {
      return std::nullopt;
    } else {
      return at;
    }
  }
  return std::nullopt;
}

/// "come by on Friday and fix it": the act is fixing.
std::size_t act_after_moving(const Words& words, std::size_t verb) {
  const std::string base = verb_base(words[verb].text);
  if (!is_moving_verb(base)) return verb;
  const bool helps = base == "help";
  for (std::size_t i = verb + 1; i < std::min(words.size(), verb + 7); ++i) {
    if (words[i].is_mark && words[i].text != "&") break;
    const bool link = one_of(words[i].text, {"and", "&", "to", "with"});
    if (!link && !helps) continue;
    std::size_t next = link ? i + 1 : i;
    while (next < words.size() && is_adverb(words[next].text)) ++next;
    if (next >= words.size() || words[next].is_mark) break;
    const std::string candidate = verb_base(words[next].text);
    const bool is_plain = candidate == words[next].text || words[next].text.ends_with("ing");
    if (one_of(text_at(words, i), {"to", "with"}) && is_moving_verb(candidate) &&
        candidate != "get")
      continue;
    if (is_plain && is_help_verb(candidate) &&
        !one_of(candidate, {"be", "have", "key", "box", "list", "order", "mail", "post", "work",
                            "press", "plan", "time"}))
      return next;
    if (!helps && link && words[i].text != "to") break;
  }
  return verb;
}

bool is_particle(std::string_view word) {
  return one_of(word, {"off", "up", "over", "out", "down", "round", "around", "back", "through",
                       "across", "along", "in", "by", "thru", "together", "away", "past"});
}

bool is_article(std::string_view word) {
  return one_of(
      word, {"the", "a",    "an",   "your",  "our",   "my", "his",  "her", "their",   "its", "some",
             "any", "this", "that", "these", "those", "ur", "both", "all", "another", "one"});
}

bool is_object_pronoun(std::string_view word) {
  return one_of(word, {"it", "them", "her", "him", "you", "u", "us", "me", "that", "this", "one",
                       "those", "these", "everything", "something", "same", "ye", "'em", "em"});
}

bool ends_object(std::string_view word) {
  static const WordSet stops(
      "to at on in for by with from until till til before after about as into onto via per within "
      "and but so because cause if when while since then or i we you he she they it's who which "
      "that "
      "where whom whose asap please myself ourselves yourself himself personally instead anyway "
      "too "
      "though against during without under i'll we'll you'll than free gratis is are was will can "
      "not now i'm & without right straight except next + w/ w");
  return stops.has(word);
}

struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< word indexes, exclusive
};

/// The noun phrase from words[at]: to the next small word, mark or word of time.
Extent object_from(const Words& words, std::size_t at, const std::vector<When>& times) {
  const auto in_time = [&](const Word& word) {
    return std::any_of(times.begin(), times.end(), [&](const When& when) {
      return word.begin >= when.begin && word.begin < when.end;
    });
  };
  Extent extent{at, at};
  while (extent.end < words.size() && extent.end - at < 8) {
    const Word& word = words[extent.end];
    if (in_time(word)) break;
    if (word.is_mark && !(word.text == "-" && extent.end > at)) break;
    const bool and_more =
        word.text == "and" && extent.end > at &&
        (is_article(text_at(words, extent.end + 1)) || number_of(text_at(words, extent.end + 1)));
    if (ends_object(word.text) && !and_more && !(extent.end == at && is_object_pronoun(word.text)))
      break;
    if (is_particle(word.text) && extent.end > at) break;
    ++extent.end;
    if (extent.end == at + 1 && is_object_pronoun(word.text) && !is_article(word.text)) break;
  }
  while (extent.end > at && words[extent.end - 1].is_mark) --extent.end;
  return extent;
}

std::string slice(std::string_view sentence, const Words& words, std::size_t from, std::size_t to) {
  if (from >= to) return {};
  return core::squeezed(sentence.substr(words[from].begin, words[to - 1].end - words[from].begin));
}

/// True where a pronoun is only whom it is done for: "lend them the printer".
bool is_receiver(const Words& words, const Extent& object, const std::vector<When>& times) {
  if (object.end != object.begin + 1 || !is_object_pronoun(words[object.begin].text)) return false;
  if (one_of(words[object.begin].text, {"it", "that", "this", "same", "one"})) return false;
  const Extent next = object_from(words, object.end, times);
  return next.end > next.begin && !is_particle(words[next.begin].text) &&
         (is_article(words[next.begin].text) || next.end - next.begin >= 1);
}

Act act_at(std::string_view sentence, const Words& words, const Opening& open, std::size_t verb,
           const std::vector<When>& times) {
  Act act;
  act.who = open.who;
  act.modal = open.modal;
  act.verb = verb_base(words[verb].text);
  act.begin = words[verb].begin;
  act.clause = core::squeezed(sentence.substr(act.begin));
  std::size_t at = verb + 1;
  if (is_particle(text_at(words, at))) {
    act.particle = text_at(words, at++);
  } else if (one_of(text_at(words, at), {"to", "at", "with", "for", "after"}) &&
             one_of(act.verb,
                    {"talk", "speak", "look", "chat", "sit", "vouch", "stand", "wait", "ask"})) {
    act.particle = text_at(words, at++);
  }
  if (text_at(words, at) == "of" || text_at(words, at) == "for") ++at;
  Extent object = object_from(words, at, times);
  if (is_receiver(words, object, times)) object = object_from(words, object.end, times);
  std::size_t end = std::max(object.end, at);
  if (act.particle.empty() && is_particle(text_at(words, end)) &&
      !one_of(text_at(words, end), {"by", "in", "through", "past"}))
    act.particle = text_at(words, end++);
  else if (act.particle.empty() && object.end > object.begin &&
           one_of(text_at(words, end), {"through", "in"}) &&
           one_of(act.verb,
                  {"walk", "talk", "fill", "run", "take", "go", "squeeze", "fit", "dial"}))
    act.particle = text_at(words, end++);
  act.object = slice(sentence, words, object.begin, object.end);
  act.what = slice(sentence, words, verb, end);
  act.end = words[end - 1].end;
  act.has_pronoun = object.end == object.begin + 1 && is_object_pronoun(words[object.begin].text);
  return act;
}

std::optional<Opening> opening_at(const Words& words, std::size_t at) {
  auto open = pronoun_opening(words, at);
  if (!open) open = request_opening(words, at);
  if (!open) open = bare_opening(words, at);
  return open;
}

/// How likely the act is the one the sentence is about.
int weight_of(const Opening& open, const Words& words, std::size_t verb, Actor actor) {
  const std::string base = verb_base(words[verb].text);
  int weight = open.weight;
  if (is_help_verb(base)) weight += 4;
  if (one_of(base,
             {"have", "be", "go", "come", "do", "see", "know", "think", "hope", "say", "get"}))
    weight -= 2;
  if (open.actor == actor || open.actor == Actor::anyone || actor == Actor::anyone) weight += 3;
  const bool progressive = open.modal == "am" && !words[verb].text.ends_with("ing");
  if (progressive) weight -= 4;
  if (open.modal.empty() && open.who != "let me" && words[verb].text.ends_with("ed")) weight -= 3;
  return weight;
}

}  // namespace

std::optional<Act> find_act(std::string_view sentence, Actor actor,
                            const std::vector<When>& times) {
  const Words words = words_of(sentence, 200);
  std::optional<Act> best;
  int best_weight = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto open = opening_at(words, at);
    if (!open) continue;
    auto verb = verb_after(words, open->next);
    if (!verb) continue;
    *verb = act_after_moving(words, *verb);
    const int weight = weight_of(*open, words, *verb, actor);
    if (best && weight <= best_weight) continue;
    best = act_at(sentence, words, *open, *verb, times);
    best_weight = weight;
  }
  if (best && best_weight >= 4) return best;
  for (std::size_t at = 0; at < words.size();
       ++at) {  // "Dial in both grinders", "overnighting you"
    const Word& word = words[at];
    const std::string base = verb_base(word.text);
    const bool starts = at == 0 || words[at - 1].is_mark || is_adverb(words[at - 1].text) ||
                        one_of(words[at - 1].text, {"to", "and"}) || words[at - 1].is_capital;
    const bool form = base == word.text || word.text.ends_with("ing") || word.text.ends_with('s');
    if (word.is_mark || !starts || !form || !is_help_verb(base)) continue;
    return act_at(sentence, words, Opening{"", "", at, Actor::anyone, 0},
                  act_after_moving(words, at), times);
  }
  return best_weight >= 3 ? best : std::nullopt;
}

std::string thing_named(std::string_view sentence) {
  const auto act = find_act(sentence, Actor::anyone, {});
  if (act && !act->has_pronoun && !act->object.empty()) return act->object;
  const std::vector<Word> words = words_of(sentence, 60);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {  // "the badge reader isn't in yet"
    if (!one_of(words[i].text, {"the", "your", "our", "those", "these"})) continue;
    std::size_t end = i + 1;
    while (end < words.size() && end - i < 4 && !words[end].is_mark &&
           !one_of(words[end].text,
                   {"is",      "isn't", "are",  "aren't",  "has",    "hasn't",  "have",
                    "haven't", "was",   "were", "will",    "won't",  "arrived", "works",
                    "work",    "came",  "got",  "landed",  "turned", "any",     "after",
                    "for",     "to",    "on",   "at",      "in",     "so",      "and",
                    "but",     "we",    "i",    "you",     "that",   "now",     "look",
                    "looks",   "fits",  "fit",  "weekend", "week",   "morning", "moment"}))
      ++end;
    if (end > i + 1)
      return core::squeezed(sentence.substr(words[i].begin, words[end - 1].end - words[i].begin));
  }
  return {};
}

std::string lemma_of(const Act& act) {
  std::string lemma = act.verb;
  if (act.has_pronoun) return core::folded(lemma + " " + act.object);
  for (const Word& word : words_of(act.object, 20)) {
    if (word.is_mark || is_article(word.text)) continue;
    if (one_of(word.text, {"of", "and", "new", "own", "spare", "whole", "little"})) continue;
    lemma += " " + noun_base(word.text);
  }
  return core::folded(lemma);
}

std::string shape_of(const Act& act) {
  std::vector<std::string> parts;
  for (const std::string& part : {act.who, act.modal, act.verb, act.particle})
    if (!part.empty()) parts.push_back(part);
  return core::joined(parts, " ");
}

}  // namespace ioud::detection
