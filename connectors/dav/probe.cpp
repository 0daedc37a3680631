#include "connectors/dav/probe.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;

std::string names_in(const Found& found) {
  std::string names;
  for (const Collection& one : found.collections) {
    if (!names.empty()) names += ", ";
    names += "\"" + (one.display_name.empty() ? one.url.path : one.display_name) + "\"";
  }
  return names;
}

/// What is wrong with one collection, or nothing.
std::optional<core::Error> trouble_with(const ProbeWish& wish,
                                        const core::Result<Collection>& collection,
                                        const Found& found) {
  const Wanted& wanted = wish.wanted;
  if (collection && (collection->is_writable || !wish.must_be_writable)) return std::nullopt;
  if (collection) {
    return complaint(wanted.place, "the account may not write \"" + wanted.collection +
                                       "\"; give it the right to, or name another calendar");
  }
  if (collection.error().fault != Fault::not_found) return placed(wanted.place, collection.error());
  if (wanted.may_be_missing && found.home) return std::nullopt;
  return complaint(wanted.place, "there is no \"" + wanted.collection +
                                     "\" in the account; there are " + names_in(found));
}

}  // namespace

boost::asio::awaitable<std::vector<core::Error>> probe(SharedAccount account,
                                                       std::shared_ptr<Shelf> shelf,
                                                       std::vector<ProbeWish> wishes) {
  std::vector<core::Error> troubles;
  shelf->forget();
  const auto found = co_await shelf->found();
  if (!found) {
    troubles.push_back(placed(account->settings().server_place, found.error()));
    co_return troubles;
  }
  for (const ProbeWish& wish : wishes) {
    std::string name = wish.wanted.name;
    const auto collection = co_await shelf->locate(std::move(name));
    if (auto trouble = trouble_with(wish, collection, *found)) {
      troubles.push_back(std::move(*trouble));
    }
  }
  co_return troubles;
}

}  // namespace ioud::connectors::dav
