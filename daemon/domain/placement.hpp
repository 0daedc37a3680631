#pragma once
// A free, sensible time for a talk (specification 5.1, 5.2, 5.4): the rules, their costs and the
// limits, as pure functions over an agenda. Decides when; whether and what to ask is decided
// before.

#include <optional>
#include <string>
#include <vector>

#include "core/business_days.hpp"
#include "core/civil_time.hpp"
#include "domain/busy.hpp"
#include "domain/meeting.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

/// A sit-down or client meeting of ours, proposed or agreed; counts against the limits.
struct Booked {
  std::string id;  ///< UID
  std::string client;
  core::Instant start;
};

/// The rep's side of every search in one pass.
struct Agenda {
  core::Instant now;
  core::Zone zone;          ///< the rep's
  core::Holidays holidays;  ///< the rep's
  Policy::Hours hours;
  Policy::Placement placement;
  Policy::Limits limits;
  Busy busy;
  std::vector<Booked> booked;

  core::Date today() const { return core::date_in(zone, now); }
  /// Counts a talk that was just placed: busy and against the limits.
  void book(const Booked& talk, int minutes, const std::string& place);
};

/// The other side of one search.
struct Counterpart {
  std::string client;
  core::Zone zone;
  core::Holidays holidays;
};

/// What is wanted. Days are the business days after the later of the delivery's day and today; a
/// delivery at midnight is one of the day that ends then.
struct Wish {
  int minutes = 20;
  std::string place;                        ///< of the talk, "" where it needs none
  std::optional<core::Instant> delivery;    ///< nothing starts before it
  bool needs_notice = true;                 ///< false for an ask the rep spoke himself
  std::optional<int> window_days;           ///< this many days and no more; after thanks 2
  std::optional<core::Instant> not_before;  ///< "later 2w", or the start of a fixed first day
  std::optional<core::Date> on;             ///< a day the rep named
  std::string uid;  ///< of the talk where it stands already: it does not get in its own way
};

struct Slot {
  core::Instant start;
  bool is_wide = false;  ///< outside the usual hours of one side; marked early or late
  friend bool operator==(const Slot&, const Slot&) = default;
};

/// The cheapest start that keeps every rule, the earlier of equals; empty where there is none.
///
/// A named day (`on`) is tried first: nearest to the target hour, within the hours and free, but
/// the rep's word stands above weekends, holidays and limits. Where it is full or over, the search
/// goes on from that day. Wide hours are used only where the usual hours of both sides never
/// overlap in the wide window.
std::optional<Slot> find_slot(const Agenda& agenda, const Counterpart& with, const Wish& wish);

/// Where a talk on the spot starts and how long it is.
struct Visit {
  core::Instant start;
  int minutes = 0;
  friend bool operator==(const Visit&, const Visit&) = default;
};

/// At delivery: `arrival_wait_minutes` after the arrival. `minutes` where the ask needs its own
/// time (ordering_schedule). Clashes do not matter; empty where it would end after
/// `at_delivery_to`.
std::optional<Visit> at_delivery(const Agenda& agenda, core::Instant arrival,
                                 std::optional<int> minutes = std::nullopt);

/// The last minutes of a meeting that takes place anyway.
struct Ride {
  std::string host;  ///< UID of the meeting
  core::Instant start;
  int minutes = 0;
  core::Instant meeting_start;  ///< the prep ends here
  std::string place;
  friend bool operator==(const Ride&, const Ride&) = default;
};

/// Piggy-back on the earliest meeting with somebody of `addresses` in a readable calendar that
/// starts after delivery and now, by the end of the `window_days`-th business day. Meetings that
/// are too short, all day, called off or declined do not count, nor do days on which the client may
/// not be asked again yet.
std::optional<Ride> piggy_back(const Agenda& agenda, const std::vector<Occurrence>& occurrences,
                               const std::vector<std::string>& addresses, const std::string& client,
                               const std::optional<core::Instant>& delivery,
                               std::string_view uid = {});

/// Whether a talk that stands may go on standing: after delivery, inside the hours of both sides
/// (the wide ones for a wide one), free with its gaps. Notice and limits were kept when it was made
/// and do not count again.
bool is_still_possible(const Agenda& agenda, const Counterpart& with, const Wish& wish,
                       const Slot& standing);

/// Whether going from one start to an earlier one saves enough: at least one business day, not
/// within `freeze_hours` of the standing start, and not after `max_moves` such moves.
bool is_worth_moving(const Agenda& agenda, core::Instant standing, core::Instant found, int moves);

}  // namespace ioud::domain
