#pragma once
// What to write, so that our calendars hold what is wanted: a three-way comparison of what we wrote
// last, what stands, and what is wanted now. The rep's changes win where both changed the same. A
// second comparison after the writes finds nothing to do.

#include <string>
#include <vector>

#include "domain/gesture.hpp"
#include "domain/items.hpp"

namespace ioud::domain {

struct CalendarStep {
  enum class Kind { create, update, remove };
  Kind kind = Kind::create;
  std::string calendar;
  std::string owner;
  std::string href;  ///< of what stands
  std::string etag;
  CalendarItem before;  ///< as it stands
  CalendarItem after;   ///< as it shall stand
  CalendarItem wanted;  ///< what we own of it, the base of the next comparison
};

/// The item that shall stand: each field as wanted where we changed it since `base`, else as it
/// stands. SEQUENCE rises when time, place or status change (RFC 5546 2.1.4).
CalendarItem merged(const CalendarItem& wanted, const CalendarItem& base,
                    const CalendarItem& standing);

/// True where both say the same, SEQUENCE and role aside.
bool says_the_same(const CalendarItem& a, const CalendarItem& b);

/// The steps, in order of UID. Adopts items of ours that stand without a record (the state was
/// lost) and notes in the ledger what already stands as wanted.
std::vector<CalendarStep> reconcile(Pass& pass, const std::vector<Settled>& standing,
                                    const std::vector<WantedItem>& wanted);

/// The step was carried out: how the object stands from now on.
void step_done(Ledger& ledger, const CalendarStep& step, const std::string& href,
               const std::string& etag);

}  // namespace ioud::domain
