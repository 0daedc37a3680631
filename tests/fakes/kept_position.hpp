#pragma once
// What the engine keeps between two pulls, in memory.

#include "connectors/capability.hpp"

namespace ioud::fakes {

struct KeptPosition {
  std::string cursor;
  connectors::Etags known;

  operator connectors::Position() const {
    return {cursor, std::make_shared<connectors::HeldInMemory>(known)};
  }

  /// The page is kept.
  template <class T>
  void take(const connectors::Changes<T>& changes) {
    cursor = changes.cursor;
    for (const T& item : changes.seen) known[item.href] = item.etag;
    for (const connectors::ItemFault& bad : changes.bad) known[bad.href] = bad.etag;
    for (const std::string& href : changes.gone) known.erase(href);
  }
};

}  // namespace ioud::fakes
