#include "connectors/dav/shelf.hpp"

#include <algorithm>

#include "core/ident.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;

}  // namespace

Shelf::Shelf(SharedAccount account, Holds holds, std::vector<Wanted> wanted)
    : account_(std::move(account)), holds_(holds), wanted_(std::move(wanted)) {}

core::Result<Wanted> Shelf::entry(const std::string& name) const {
  const auto found = std::find_if(wanted_.begin(), wanted_.end(),
                                  [&](const Wanted& one) { return one.name == name; });
  if (found != wanted_.end()) return *found;
  return core::fail(Fault::config, name,
                    std::string("there is no ") +
                        (holds_ == Holds::events ? "calendar" : "address book") +
                        " of that name in this connector");
}

void Shelf::forget() {
  found_.reset();
  located_.clear();
}

void Shelf::remember(const std::string& name, Collection collection) {
  located_.insert_or_assign(name, std::move(collection));
}

std::string Shelf::stamp_of(const Wanted& wanted) const {
  const AccountSettings& settings = account_->settings();
  const std::string server =
      settings.domain.empty() ? net::format(settings.server) : settings.domain;
  return core::ident({"dav", server, settings.user, wanted.collection});
}

core::Error Shelf::missing(const Wanted& wanted) const {
  return core::Error{Fault::transient, wanted.name,
                     "the account " + account_->settings().name + " has no " +
                         (holds_ == Holds::events ? "calendar" : "address book") + " called \"" +
                         wanted.collection +
                         "\" now; nothing is taken as removed. Name it by its path with "
                         "`collection`, or make it there",
                     std::nullopt};
}

net::Task<Found> Shelf::found() {
  if (!found_) {
    auto discovered = co_await discover(account_, holds_);
    if (!discovered) co_return tl::unexpected(discovered.error());
    found_ = std::move(*discovered);
  }
  co_return *found_;
}

net::Task<Collection> Shelf::locate(std::string name) {
  const auto wanted = entry(name);
  if (!wanted) co_return tl::unexpected(wanted.error());
  if (const auto known = located_.find(name); known != located_.end()) co_return known->second;
  const auto all = co_await found();
  if (!all) co_return tl::unexpected(all.error());
  const auto chosen = choose(*all, wanted->collection, account_->settings().server);
  if (!chosen) {
    core::Error unclear = chosen.error();
    unclear.place = format(wanted->place);
    co_return tl::unexpected(std::move(unclear));
  }
  // A collection that the config itself points at needs no name.
  const bool is_alone =
      *chosen == nullptr && !all->home && all->collections.size() == 1 && wanted_.size() == 1;
  if (*chosen == nullptr && !is_alone) {
    core::Error none = missing(*wanted);
    none.fault = Fault::not_found;
    co_return tl::unexpected(std::move(none));
  }
  Collection collection = is_alone ? all->collections.front() : **chosen;
  remember(name, collection);
  co_return collection;
}

net::Task<Changes<Item>> Shelf::pull_known(Wanted wanted, net::Url url, bool may_sync,
                                           Position from) {
  auto [sync, is_new] = syncs_.try_emplace(wanted.name, account_, holds_, !wanted.is_written);
  std::string stamp = stamp_of(wanted);
  co_return co_await sync->second.pull(std::move(url), std::move(stamp), may_sync, std::move(from));
}

net::Task<Changes<Item>> Shelf::pull(std::string name, Position from) {
  const auto wanted = entry(name);
  if (!wanted) co_return tl::unexpected(wanted.error());
  const Cursor cursor = Cursor::parse(from.cursor);
  const auto server = co_await account_->server();
  if (!server) co_return tl::unexpected(server.error());
  // The cursor remembers where the collection is, so that a new process need not search for it; a
  // domain may name other servers by now.
  const auto remembered = net::parse_url(cursor.url);
  if (remembered && cursor.stamp == stamp_of(*wanted) && account_->is_trusted(*remembered)) {
    const bool may_sync = cursor.way == Cursor::Way::sync;
    auto changes = co_await pull_known(*wanted, *remembered, may_sync, from);
    if (!changes && changes.error().fault == Fault::transient) account_->doubt_server();
    if (changes || changes.error().fault != Fault::not_found) co_return changes;
    forget();
  }
  for (bool is_second = false;; is_second = true) {
    auto collection = co_await locate(name);
    if (!collection && collection.error().fault != Fault::not_found) {
      co_return tl::unexpected(collection.error());
    }
    if (!collection) {
      const auto held = from.held->count();
      if (!held) co_return tl::unexpected(held.error());
      if (wanted->may_be_missing && *held == 0) co_return Changes<Item>();
      co_return tl::unexpected(missing(*wanted));
    }
    auto changes = co_await pull_known(*wanted, collection->url, collection->has_sync, from);
    if (changes || changes.error().fault != Fault::not_found) co_return changes;
    if (is_second) co_return tl::unexpected(missing(*wanted));
    forget();
  }
}

}  // namespace ioud::connectors::dav
