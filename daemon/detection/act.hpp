#pragma once
// The act in a sentence: who does what to which thing, read from helping verbs and the small words
// around them, without a grammar of English. Says where it stands; what it means is others' work.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detection/when.hpp"

namespace ioud::detection {

/// Who the reader expects to act: decides between "I'll bring it" and "could you bring it".
enum class Actor { speaker, listener, anyone };

struct Act {
  std::string who;       ///< "i", "we", "you", "let me", a name in lower case, or ""
  std::string modal;     ///< "will", "can", "could", "happy to", "am", or ""
  std::string verb;      ///< base form
  std::string particle;  ///< off, up, over, to, or ""
  std::string what;    ///< as written, from the verb to the end of the object: "drop the part off"
  std::string object;  ///< as written: "the part"; "it", "her" where only a pronoun was said
  std::string clause;  ///< as written, from the verb to the end of the sentence
  std::size_t begin = 0;  ///< where the verb stands in the sentence, bytes
  std::size_t end = 0;
  bool has_pronoun = false;  ///< the object is only a pronoun
};

/// The likeliest act of help in the sentence; nothing where no verb can be told. `times` are the
/// words of time in it: an object ends before them.
std::optional<Act> find_act(std::string_view sentence, Actor actor, const std::vector<When>& times);

/// The thing a sentence is about, as written: the object of its act, else what "the", "your" or
/// "our" stands before ("the badge reader isn't in yet"); "" where it names none.
std::string thing_named(std::string_view sentence);

/// Verb and object in base form, folded, without articles: "drop part".
std::string lemma_of(const Act& act);
/// Who, modal and verb without the object: "i will look over".
std::string shape_of(const Act& act);

}  // namespace ioud::detection
