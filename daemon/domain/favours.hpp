#pragma once
// The book of favours: how a promise gets in (once, however often it is seen), what changes it
// (specification 2.4, 2.5), and how its effort is metered. Never decides what is asked in return.

#include <string>

#include "domain/pass.hpp"

namespace ioud::domain {

/// A promise as it was found, ready to be entered.
struct Promise {
  const Client* client = nullptr;
  std::string debtor;  ///< address
  Slots slots;
  double confidence = 0;
  Evidence evidence;
  core::Instant offered_at;
  std::optional<SpokenAsk> spoken;
  std::string asked_for;  ///< ask kind typed in a capture
  std::string thread;     ///< Message-ID a draft could answer, "" when it was not mailed
  std::string own_event;  ///< UID of the rep's own event for the delivery
  std::optional<int> calendar_minutes;  ///< length of that event
  std::vector<std::string> reasons;
};

/// Enters a promise, or adds its evidence to the favour it tells of again. The id of the favour, or
/// "" where nothing was entered: its IOU would have expired, or it waits for the review. Entering
/// the same promise again changes nothing.
std::string enter(Pass& pass, const Promise& promise);

/// An `ok` in the review: the candidate becomes a favour. Its id, "" when there is no such one.
std::string promote(Pass& pass, const std::string& candidate);

/// What a signal in a mail or note can be about.
struct Hint {
  std::string client;
  std::set<std::string> thread;  ///< Message-IDs the mail answers
  std::string thing;
  std::string quote;
};

/// The favour a signal is about: by thread, else by the thing named, else the only open one.
/// `delivered_too` also looks at favours already delivered. nullptr where it is not clear.
Favour* find_favour(Pass& pass, const Hint& hint, bool delivered_too = false);

/// Same favour, new due, a withdrawal for being late.
void slip(Pass& pass, Favour& favour, const Due& due, core::Instant at, const std::string& source);
/// The favour will not happen: `points` is the withdrawal (0 when the client needs it no longer).
/// A talk about nothing else is void; one on which a client counts stands, and the review tells.
void cancel(Pass& pass, Favour& favour, int points, core::Instant at, const std::string& source);
/// Takes the lines about meetings without a favour out of the review once the client knows.
void close_fallen_lines(Pass& pass);
void deliver(Pass& pass, Favour& favour, core::Instant at, std::string_view cause);

/// Delivers every open favour whose due time has passed (specification 2.3).
void deliver_what_is_due(Pass& pass);

/// Total of the meter, which is the sum of its rows (I11).
int metered_minutes(const Ledger& ledger, const std::string& client);

bool is_open(const Favour& favour);

/// Name of a contact, or the address where none is known.
std::string contact_name(const Pass& pass, const std::string& address);

}  // namespace ioud::domain
