#pragma once
// The connector of type "caldav": the calendars of one account on a CalDAV server (RFC 4791), read
// by what changed (RFC 6578) and written with conditions. It writes only calendars that the config
// gives to ioud, and makes those where they are missing.

#include "connectors/kind.hpp"

namespace ioud::connectors::caldav {

Kind kind();

}  // namespace ioud::connectors::caldav
