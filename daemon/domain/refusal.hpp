#pragma once
// A mail that the server will never take: trying again would only be refused again. What approved
// it is spent, and the rep hears of it, since the client did not.

#include "domain/approval.hpp"

namespace ioud::domain {

/// The server refused the message for good; the approval it would have used cannot be used any
/// more. Mail to the rep himself has none and stays due.
void message_refused(Ledger& ledger, const DueMessage& message, core::Instant now);

/// One line of the review for each refusal; where the talk can still be invited to, `ok` tries
/// again.
void note_refusals(Pass& pass);

}  // namespace ioud::domain
