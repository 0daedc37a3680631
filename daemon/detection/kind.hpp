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

  /// Kind of the act in the words ("drop the part off"), "" when none fits. `sentence` is where the
  /// words of time stand that make an errand a rush; it may be the same text.
  std::string kind(std::string_view act, std::string_view sentence) const;

 private:
  struct Phrase {
    std::vector<std::string> words;  ///< base forms; the first is the helping verb
    std::string kind;
  };
  std::vector<Phrase> phrases_;  ///< longest first
  bool has_errand_ = false;
  bool has_rush_ = false;
};

/// True for something brought or fetched: the rep stands at the client's door.
bool is_visit(std::string_view act);

}  // namespace ioud::detection
