#pragma once
// An ask the rep has made in his own words (specification 2.8): "…but when I do, we have to sit
// down and work out an ordering schedule". Reads which kind of ask, and where or when.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detection/when.hpp"
#include "domain/catalogue.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// A catalogue's asks made ready for matching: the nine of the specification by their usual words,
/// those an admin adds by the words of their topic. Keeps no reference to it.
class SpokenAskReader {
 public:
  explicit SpokenAskReader(const domain::Catalogue& catalogue);

  /// Reads a sentence of the rep; nothing where it asks nothing in return.
  std::optional<domain::SpokenAsk> read(std::string_view sentence, const TimeBase& base) const;

 private:
  struct Topic {
    std::string ask;
    std::vector<std::string> words;
  };
  std::vector<Topic> topics_;
};

}  // namespace ioud::detection
