#pragma once
// Reads what came by mail about a calendar event (iMIP, RFC 6047): a client's answer, counter
// proposal, or somebody's request. Never applies it; the engine does.

#include <string_view>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "domain/mail.hpp"

namespace ioud::formats {

/// `method` is the MIME parameter, used where the calendar has no METHOD; `sender` is the From
/// address in lower case: among several attendees the one who answers. Floating times are read in
/// `zone`. Fails with Fault::protocol where method, UID or event are missing.
core::Result<domain::CalendarAnswer> read_answer(std::string_view calendar, std::string_view method,
                                                 std::string_view sender, const core::Zone& zone);

}  // namespace ioud::formats
