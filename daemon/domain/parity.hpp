#pragma once
// Does a customer still get the urgency he had as a prospect (specification 5.5, M62-M64)? Reply
// times in the rep's business hours and contacts a month, then and now. Figures only; a flag is a
// line for the rep, never a score of a person.

#include <optional>
#include <string>
#include <vector>

#include "core/business_days.hpp"
#include "core/civil_time.hpp"
#include "domain/ledger.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

/// The rep's working time, in which replies are counted.
struct Office {
  core::Zone zone;
  core::WorkHours hours;
  core::Holidays holidays;
};

/// A client's mail and the rep's answer to it.
struct Reply {
  core::Instant asked;
  core::Instant answered;
};

/// A contact of any kind: who began it.
struct Started {
  core::Instant at;
  bool by_rep = false;
};

/// What passed between the rep and one client, in any order.
struct Correspondence {
  std::vector<Reply> replies;
  std::vector<core::Instant> touches;
  std::vector<core::Instant> meetings;
  std::vector<Started> started;
};

double hours_taken(const Reply& reply, const Office& office);
/// The middle value, the mean of the two middle ones for an even count; 0 for none.
double median(std::vector<double> values);

/// The courtship's standard over `baseline_days` before the first purchase, to be kept for good.
Baseline courtship(const std::string& client, const Correspondence& with, core::Date first_purchase,
                   const Office& office, const Policy::Parity& policy);

struct ReplyFlag {
  double recent_hours = 0;
  double baseline_hours = 0;
  friend bool operator==(const ReplyFlag&, const ReplyFlag&) = default;
};

/// Set where the median of the last `recent_days` (at least `recent_replies`) is over `factor`
/// times the baseline and at least `hours_worse` hours worse. What was answered before the first
/// purchase is no reply to a customer.
std::optional<ReplyFlag> reply_flag(const Baseline& baseline, const Correspondence& with,
                                    core::Instant now, const Office& office,
                                    const Policy::Parity& policy);

/// Which of the two measures of contact fell, with its figures then and now.
struct ContactFlag {
  enum class Measure { touches, started };
  Measure measure = Measure::touches;
  double recent = 0;    ///< touches a month, or the share of contacts the rep began
  double baseline = 0;  ///< the same as a prospect
  friend bool operator==(const ContactFlag&, const ContactFlag&) = default;
};

/// Set where touches of the last `recent_days` fell under `touch_share` of the courtship's month,
/// or the share of contacts the rep starts fell so far. Not before the client has been a customer
/// for those days; a courtship of less than a touch a month, and a share of one or two contacts,
/// measure nothing.
std::optional<ContactFlag> contact_flag(const Baseline& baseline, const Correspondence& with,
                                        core::Instant now, const Policy::Parity& policy);

}  // namespace ioud::domain
