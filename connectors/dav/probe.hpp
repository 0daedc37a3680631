#pragma once
// The online check of a CalDAV or CardDAV account: whether the login holds, the collections are
// there, and those that ioud must write may be written. Writes nothing.

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <vector>

#include "connectors/dav/shelf.hpp"

namespace ioud::connectors::dav {

struct ProbeWish {
  Wanted wanted;
  bool must_be_writable = false;
};

/// Every trouble found, each with the place in the config to look at.
boost::asio::awaitable<std::vector<core::Error>> probe(SharedAccount account,
                                                       std::shared_ptr<Shelf> shelf,
                                                       std::vector<ProbeWish> wishes);

}  // namespace ioud::connectors::dav
