#pragma once
// How the rep's hours divide between existing customers and prospects (M52): metered favours and
// meetings held, a calendar week at a time. Sums only, never an hour that nobody recorded.

#include <optional>
#include <vector>

#include "domain/pass.hpp"

namespace ioud::domain {

/// Minutes of one calendar week.
struct WeekMinutes {
  core::Date monday;
  int customers = 0;
  int prospects = 0;
  friend bool operator==(const WeekMinutes&, const WeekMinutes&) = default;
};

/// The last `weeks` whole weeks, newest first; a meeting that is the delivery of a metered favour
/// counts once.
std::vector<WeekMinutes> minutes_by_week(const Pass& pass, int weeks);

/// The customers' part of all minutes in percent, where it was under `low_share` in each of the
/// last three whole weeks. Empty without customers, and where a week has no minutes.
std::optional<int> low_customer_percent(const Pass& pass);

}  // namespace ioud::domain
