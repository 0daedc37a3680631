#pragma once
// Real contact with people (specification 4.1): a mail and its answer, a meeting held. Invitations,
// bulk and one-way mail are none; at most one a contact and day.

#include "domain/cadence.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// A client's mail and the rep's answer to it, or the other way round. Both live as long as the
/// facts.
struct Exchange {
  const Mail* asked = nullptr;
  const Mail* answer = nullptr;
  std::string contact;  ///< address, of a client's contact
  bool by_rep = false;  ///< the rep wrote the answer
};

/// Every mail that answers one of the other side, with the nearest it answers. Bulk, automatic and
/// one-way mail is in none.
std::vector<Exchange> exchanges(const Pass& pass);

/// A meeting that is over, and a client's contact who did not decline it.
struct Meeting {
  const Occurrence* event = nullptr;
  std::string contact;  ///< address
};

/// Meetings held, one entry for each contact who was there.
std::vector<Meeting> meetings_held(const Pass& pass);
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
