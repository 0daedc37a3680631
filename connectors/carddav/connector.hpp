#pragma once
// The connector of type "carddav": address books of one account on a CardDAV server (RFC 6352),
// read by what changed and never written.

#include "connectors/kind.hpp"

namespace ioud::connectors::carddav {

Kind kind();

}  // namespace ioud::connectors::carddav
