#pragma once
// The parts of a promise or a request: what is done, to what, when, how long, for whom. Fills only
// what the words say; an unstated slot stays empty.

#include <optional>
#include <string>
#include <string_view>

#include "detection/kind.hpp"
#include "detection/scoring.hpp"
#include "detection/when.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// Reads the slots of one sentence that has got its label.
class SlotReader {
 public:
  explicit SlotReader(const domain::Catalogue& catalogue);

  domain::Slots read(const Sentence& sentence, domain::Label label, const TimeBase& base) const;

 private:
  KindReader kinds_;
};

/// The act of a sentence: its helping verb, particle and object, found without a grammar of
/// English.
struct Act {
  std::string who;        ///< "i", "we", "you", a name, or "" as written
  std::string modal;      ///< "will", "can", "could", "happy to", or ""
  std::string verb;       ///< base form
  std::string particle;   ///< off, up, over, or ""
  std::string what;       ///< as written, from the verb to the end of the object
  std::string object;     ///< as written: "the part"
  std::size_t begin = 0;  ///< byte range of the act in the sentence
  std::size_t end = 0;
};
std::optional<Act> find_act(std::string_view sentence);

/// Base form of an English verb: "dropping", "drops", "dropped" are "drop".
std::string verb_base(std::string_view verb);
/// Singular of an English noun: "boards" is "board".
std::string noun_base(std::string_view noun);

}  // namespace ioud::detection
