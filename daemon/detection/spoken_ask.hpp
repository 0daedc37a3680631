#pragma once
// An ask the rep has made in his own words (specification 2.8): "…but when I do, we have to sit
// down and work out an ordering schedule". Reads which kind of ask, and where or when.

#include <memory>
#include <optional>
#include <string_view>

#include "detection/when.hpp"
#include "domain/catalogue.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// A catalogue's asks made ready for matching: the nine of the specification by their usual words,
/// those an admin adds by the words of their topic. Keeps no reference to it.
class SpokenAskReader {
 public:
  explicit SpokenAskReader(const domain::Catalogue& catalogue);
  ~SpokenAskReader();
  SpokenAskReader(const SpokenAskReader&) = delete;
  SpokenAskReader& operator=(const SpokenAskReader&) = delete;

  /// Reads a sentence of the rep; nothing where it asks nothing in return.
  std::optional<domain::SpokenAsk> read(std::string_view sentence, const Reckoning& base) const;

 private:
  struct Patterns;
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace ioud::detection
