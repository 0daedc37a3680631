#pragma once
// Real contact with people (specification 4.1): a mail and its answer, a meeting held. Invitations,
// bulk and one-way mail are none; at most one a contact and day.

#include "domain/cadence.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// Whether a mail is words between people: not bulk, automatic or calendar mail, and none of ours.
bool may_touch(const Pass& pass, const Mail& mail);

/// Enters the touches the facts show.
void note_touches(Pass& pass);

/// The newest touch of any contact of each client, or when the client was first known.
LastContact last_contacts(const Pass& pass);

/// The newest touch of one client; empty without any.
std::optional<core::Instant> last_touch(const Ledger& ledger, const Client& client);

/// Notes which clients are known from now on (cadence counts from there).
void note_clients(Pass& pass);

}  // namespace ioud::domain
