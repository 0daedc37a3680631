#pragma once
// The configured calendars or address books of one account: finds each on the server when it is
// first wanted, remembers where it is, and reads it. Writes nothing.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "connectors/dav/discovery.hpp"
#include "connectors/dav/sync.hpp"

namespace ioud::connectors::dav {

/// A collection as the config names it.
struct Wanted {
  std::string name;
  std::string collection;       ///< what to look for on the server
  bool may_be_missing = false;  ///< it is ours, and the first write makes it
  bool is_written = false;      ///< by us: what the rep takes back there must be seen at once
  Place place;
};

class Shelf {
 public:
  Shelf(SharedAccount account, Holds holds, std::vector<Wanted> wanted);

  /// As CalendarSource::pull and ContactSource::pull.
  net::Task<Changes<Item>> pull(std::string name, Position from);

  /// Where a collection is. Fails with not_found where the server has none of that name, and with
  /// config where the config has none.
  net::Task<Collection> locate(std::string name);
  /// Everything the account has of the kind; asked once, and again after forget().
  net::Task<Found> found();
  void forget();
  void remember(const std::string& name, Collection collection);

  const std::vector<Wanted>& wanted() const { return wanted_; }
  core::Result<Wanted> entry(const std::string& name) const;

 private:
  net::Task<Changes<Item>> pull_known(Wanted wanted, net::Url url, bool may_sync, Position from);
  std::string stamp_of(const Wanted& wanted) const;
  core::Error missing(const Wanted& wanted) const;

  SharedAccount account_;
  Holds holds_;
  std::vector<Wanted> wanted_;
  std::optional<Found> found_;
  std::map<std::string, Collection> located_;
  std::map<std::string, Sync> syncs_;
};

}  // namespace ioud::connectors::dav
