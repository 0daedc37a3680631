#pragma once
// Finds what an account has: principal, homes, and the calendars or address books in them (RFC 6764
// 6, RFC 4791 6.2, RFC 6352 7.1, RFC 5397). Starts at the configured address, tries the well-known
// one where that leads nowhere, and takes a collection that is named itself. Writes nothing.

#include <set>
#include <string>
#include <vector>

#include "connectors/dav/account.hpp"
#include "connectors/dav/requests.hpp"

namespace ioud::connectors::dav {

/// One calendar or address book.
struct Collection {
  net::Url url;  ///< its path ends with "/"
  std::string display_name;
  bool has_sync = false;    ///< sync-collection is among its reports
  bool is_writable = true;  ///< unless the server says otherwise
};

struct Found {
  std::vector<Collection> collections;
  std::optional<net::Url> home;  ///< where a new one can be made
};

/// A Collection out of a resource; nothing where it is none of that kind (a folder, a task list,
/// the scheduling inbox).
std::optional<Collection> collection_in(const Resource& resource, Holds holds,
                                        const net::Url& asked);

/// Fails with Fault::config where the address leads to nothing of the kind.
net::Task<Found> discover(SharedAccount account, Holds holds);

/// The collection that a config means by `wanted`: an address or path, a display name, or the last
/// segment of its path. Null where none is; a config fault where several are.
core::Result<const Collection*> choose(const Found& found, const std::string& wanted,
                                       const net::Url& server);

}  // namespace ioud::connectors::dav
