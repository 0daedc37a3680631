#pragma once
// How far a collection was read. What we hold of it is asked for object by object, or whole where a
// server makes the connector compare: the cost of a small change must not grow with the collection.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/result.hpp"

namespace ioud::connectors {

/// href → etag; objects that could not be read included.
using Etags = std::map<std::string, std::string>;

/// What we hold of a collection. Fails as the cache behind it does (Fault::transient).
class Held {
 public:
  virtual ~Held() = default;
  virtual core::Result<std::optional<std::string>> etag(const std::string& href) = 0;
  virtual core::Result<std::size_t> count() = 0;
  /// Lives until the next page of changes is taken in.
  virtual core::Result<const Etags*> all() = 0;
};

/// What is held in memory.
class HeldInMemory final : public Held {
 public:
  explicit HeldInMemory(Etags etags) : etags_(std::move(etags)) {}
  core::Result<std::optional<std::string>> etag(const std::string& href) override {
    const auto found = etags_.find(href);
    return found == etags_.end() ? std::nullopt : std::optional(found->second);
  }
  core::Result<std::size_t> count() override { return etags_.size(); }
  core::Result<const Etags*> all() override { return &etags_; }

 private:
  Etags etags_;
};

/// The connector's own opaque token, and what we hold. Made without anything, it is the beginning.
struct Position {
  std::string cursor;
  std::shared_ptr<Held> held = std::make_shared<HeldInMemory>(Etags());
};

}  // namespace ioud::connectors
