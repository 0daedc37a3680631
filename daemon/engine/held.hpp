#pragma once
// What the mirror holds of one collection, as a connector asks for it: single objects straight from
// the file, or all of them, read once a pull and kept in step with the pages that are taken in.

#include <optional>

#include "connectors/position.hpp"
#include "store/mirror.hpp"

namespace ioud::engine {

class HeldInMirror final : public connectors::Held {
 public:
  /// The mirror outlives this.
  HeldInMirror(store::Mirror& mirror, store::Collection collection)
      : mirror_(mirror), collection_(std::move(collection)) {}

  core::Result<std::optional<std::string>> etag(const std::string& href) override;
  core::Result<std::size_t> count() override;
  core::Result<const connectors::Etags*> all() override;

  /// The page was applied to the mirror.
  void take(const store::Page& page);
  /// The collection was dropped from the mirror.
  void forget() { all_.reset(); }

 private:
  store::Mirror& mirror_;
  store::Collection collection_;
  std::optional<connectors::Etags> all_;
};

}  // namespace ioud::engine
