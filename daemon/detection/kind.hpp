#pragma once
// The kind of a favour, by its helping words (specification 4.4): the helping verb decides, words
// of time only turn an errand into a rush. Knows the kinds from the catalogue alone.

#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

namespace ioud::detection {

/// A catalogue made ready for matching. Keeps no reference to it.
class KindReader {
 public:
  explicit KindReader(const domain::Catalogue& catalogue);

  /// Kind of an act, "" when none fits. `clause` begins with the helping verb and goes on to the
  /// end of the sentence; `time` holds the words of time that belong to it and the words around
  /// them, which make an errand a rush. Of several phrases that fit, one that begins at the helping
  /// verb goes before one further on, and a longer one before a shorter.
  std::string kind(std::string_view clause, std::string_view time) const;

 private:
  struct Phrase {
    std::vector<std::string> words;  ///< base forms, without articles
    std::string kind;
  };
  const Phrase* fitting(const std::vector<std::string>& clause, bool at_verb) const;

  std::vector<Phrase> phrases_;  ///< longest first
  bool has_errand_ = false;
  bool has_rush_ = false;
};

/// True for words of time that make an errand a rush: today, tonight, first thing tomorrow, after
/// hours, squeezed in. A named day, also a Saturday, is no rush.
bool is_rush(std::string_view time);

/// True for something brought or fetched: the rep stands at the client's door.
bool is_visit(std::string_view act);

}  // namespace ioud::detection
