#include "engine/held.hpp"

namespace ioud::engine {

core::Result<std::optional<std::string>> HeldInMirror::etag(const std::string& href) {
  if (!all_) return mirror_.etag(collection_, href);
  const auto found = all_->find(href);
  return found == all_->end() ? std::nullopt : std::optional(found->second);
}

core::Result<std::size_t> HeldInMirror::count() {
  if (all_) return all_->size();
  return mirror_.count(collection_);
}

core::Result<const connectors::Etags*> HeldInMirror::all() {
  if (!all_) {
    auto known = mirror_.known(collection_);
    if (!known) return tl::unexpected(known.error());
    all_ = std::move(known->etags);
  }
  return &*all_;
}

void HeldInMirror::take(const store::Page& page) {
  if (!all_) return;
  for (const std::string& href : page.removals) all_->erase(href);
  for (const store::MirrorRow& row : page.rows) (*all_)[row.href] = row.etag;
}

}  // namespace ioud::engine
