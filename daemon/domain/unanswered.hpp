#pragma once
// Mails of the rep that nobody answers (specification 5.4): where too many of different days wait
// for too long, nudges and asks rest for that client, and the review says so once. A mail waits
// while no contact of the client has written since, answered an invitation, or been met; automatic,
// bulk and calendar mail of the rep does not wait. What comes from the client ends the rest at
// once.

#include <string>

#include "domain/pass.hpp"

namespace ioud::domain {

/// Notes where a rest begins, by a mark that outlives the mails, and where one ends.
void note_unanswered(Pass& pass);

/// Whether nudges and asks rest for this client now.
bool is_paused(const Pass& pass, const std::string& client);

}  // namespace ioud::domain
