#pragma once
// When the rep cannot talk: everything that stands in his calendars, ours included, with the breath
// and the travel it needs around it. Knows nothing of why somebody wants a time.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/meeting.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

/// A stretch of time that is taken, as it stands in a calendar.
struct BusySpan {
  std::string id;  ///< UID of the event, so that it can be left out
  core::Instant start;
  core::Instant end;  ///< exclusive
  std::string place;
  std::optional<int> travel_minutes;  ///< to get there, where the calendar says so
};

/// Stretches that do not touch, in order: a fast answer to "is this free?".
class Blocked {
 public:
  struct Stretch {
    core::Instant start;
    core::Instant end;
    friend bool operator==(const Stretch&, const Stretch&) = default;
  };

  Blocked() = default;
  /// Any stretches in any order; those that overlap or touch become one.
  explicit Blocked(std::vector<Stretch> stretches);
  bool is_free(core::Instant start, core::Instant end) const;
  const std::vector<Stretch>& stretches() const { return stretches_; }

 private:
  std::vector<Stretch> stretches_;
};

class Busy {
 public:
  Busy() = default;
  /// Takes the opaque occurrences (tentative ones too; Occurrence::busy says so). An all-day or
  /// out-of-office one takes every day it touches, in the rep's zone. Empty and reversed ones take
  /// nothing.
  Busy(const std::vector<Occurrence>& occurrences, const core::Zone& zone,
       const Policy::Placement& placement);

  /// Adds something of ours: a sit-down, a client meeting, planning. The same id replaces.
  void add(BusySpan span);
  void remove(std::string_view id);

  /// What is taken without anything around it. `except` is the UID of the one event to leave out.
  Blocked bare(std::string_view except = {}) const;
  /// What is taken for a talk at `place` ("" for one that needs no place): `buffer_minutes` on both
  /// sides, `travel_minutes` instead where both have different physical places; travel time set in
  /// the calendar wins over both.
  Blocked with_gaps(std::string_view place, std::string_view except = {}) const;

 private:
  std::vector<BusySpan> spans_;  ///< by start
  int buffer_minutes_ = 10;
  int travel_minutes_ = 30;
};

/// False for "", links and words that mean a call ("Zoom", "Microsoft Teams", "phone").
bool is_physical_place(std::string_view place);

}  // namespace ioud::domain
