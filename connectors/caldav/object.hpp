#pragma once
// Two things that must be known of an event before and after it is written: whether the server
// would write to its attendees by itself, and whether what a server stored still says what was
// sent. Pure.

#include <string_view>

namespace ioud::connectors::caldav {

/// Whether a scheduling server (RFC 6638) would send mail for that object of its own: a line with
/// an attendee who is not marked SCHEDULE-AGENT=CLIENT or NONE.
bool server_would_invite(std::string_view bytes);

/// Whether every line that was sent stands in what is stored. Servers sort lines and parameters,
/// fold anew, exchange time zones, stamp, and add lines of their own; all that is the same. So is
/// the server's word on scheduling.
bool says_the_same(std::string_view sent, std::string_view stored);

}  // namespace ioud::connectors::caldav
