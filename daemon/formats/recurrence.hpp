#pragma once
// Expands a series into its instances inside a window. Rules run on the wall clock (formats/rule);
// zones, EXDATE, RDATE and overrides are ours, because libical's own are known to be wrong.
// Every work is bounded: rules finer than a day are refused and nothing far outside the window is
// computed.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "domain/series.hpp"

namespace ioud::formats {

struct Instance {
  std::string recurrence;  ///< original start (RFC 3339, UTC) or date; "" if not recurring
  bool all_day = false;
  core::Date first_day;  ///< when all_day
  core::Date last_day;   ///< inclusive
  core::Instant start;   ///< of all-day instances: midnight in the floating zone
  core::Instant end;     ///< exclusive
  const domain::SeriesPart* part = nullptr;  ///< points into the series that was expanded
};

/// All instances that overlap [from, to), by start; those of no length count where they stand.
/// Cancelled ones are included (part->status). Floating and all-day times are read in
/// `floating_zone`. Fails with Fault::protocol for a rule that cannot be read, is finer than daily,
/// or has more than `limit` instances in the window.
core::Result<std::vector<Instance>> expand(const domain::Series& series, core::Instant from,
                                           core::Instant to, const core::Zone& floating_zone,
                                           std::size_t limit = 10'000);

/// When the last instance is over; nothing where the series goes on for ever, or where that cannot
/// be told at a bounded cost.
std::optional<core::Instant> end_of(const domain::Series& series, const core::Zone& floating_zone);

}  // namespace ioud::formats
