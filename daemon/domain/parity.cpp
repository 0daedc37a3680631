#include "domain/parity.hpp"

#include <algorithm>

namespace ioud::domain {
namespace {

using core::Instant;

constexpr double days_in_a_month = 30.0;
/// Fewer touches a month than this are no standard for a single month.
constexpr double least_touches_a_month = 1.0;
/// A share of fewer contacts than these says nothing.
constexpr int fewest_started = 3;

/// [from, to).
struct Period {
  Instant from;
  Instant to;
  bool holds(Instant at) const { return at >= from && at < to; }
  double months() const {
    return std::chrono::duration<double, std::ratio<86400>>(to - from).count() / days_in_a_month;
  }
};

std::vector<double> reply_hours(const Correspondence& with, const Period& period,
                                const Office& office) {
  std::vector<double> hours;
  for (const Reply& reply : with.replies)
    if (period.holds(reply.answered)) hours.push_back(hours_taken(reply, office));
  return hours;
}

double a_month(const std::vector<Instant>& at, const Period& period) {
  const auto count =
      std::count_if(at.begin(), at.end(), [&period](Instant one) { return period.holds(one); });
  return period.months() > 0 ? static_cast<double>(count) / period.months() : 0;
}

/// The share of contacts the rep began; empty where there were fewer than `fewest`.
std::optional<double> started_share(const Correspondence& with, const Period& period, int fewest) {
  int all = 0;
  int by_rep = 0;
  for (const Started& one : with.started) {
    if (!period.holds(one.at)) continue;
    ++all;
    by_rep += one.by_rep ? 1 : 0;
  }
  if (all < fewest) return std::nullopt;
  return static_cast<double>(by_rep) / all;
}

Period recent(Instant now, const Policy::Parity& policy) {
  // `now` itself counts: a reply of this minute is a recent one.
  const Instant end = now + std::chrono::seconds{1};
  return {end - std::chrono::days{policy.recent_days}, end};
}

}  // namespace

double hours_taken(const Reply& reply, const Office& office) {
  const auto taken = core::business_time_between(reply.asked, reply.answered, office.zone,
                                                 office.hours, office.holidays);
  return std::chrono::duration<double, std::ratio<3600>>(taken).count();
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Baseline courtship(const std::string& client, const Correspondence& with, core::Date first_purchase,
                   const Office& office, const Policy::Parity& policy) {
  const Instant end = core::instant_in(office.zone, first_purchase, core::TimeOfDay(0));
  const Period period{
      core::instant_in(office.zone, core::add_days(first_purchase, -policy.baseline_days),
                       core::TimeOfDay(0)),
      end};
  const auto hours = reply_hours(with, period, office);
  Baseline standard;
  standard.client = client;
  standard.reply_hours = static_cast<int>(hours.size()) >= policy.baseline_replies
                             ? median(hours)
                             : static_cast<double>(policy.default_hours);
  standard.touches_a_month = a_month(with.touches, period);
  standard.meetings_a_month = a_month(with.meetings, period);
  standard.started_share = started_share(with, period, 1).value_or(0);
  standard.frozen_at = end;
  return standard;
}

std::optional<ReplyFlag> reply_flag(const Baseline& baseline, const Correspondence& with,
                                    Instant now, const Office& office,
                                    const Policy::Parity& policy) {
  Period period = recent(now, policy);
  period.from = std::max(period.from, baseline.frozen_at);
  const auto hours = reply_hours(with, period, office);
  if (static_cast<int>(hours.size()) < policy.recent_replies) return std::nullopt;
  const double middle = median(hours);
  if (middle <= policy.factor * baseline.reply_hours ||
      middle - baseline.reply_hours < policy.hours_worse)
    return std::nullopt;
  return ReplyFlag{middle, baseline.reply_hours};
}

std::optional<ContactFlag> contact_flag(const Baseline& baseline, const Correspondence& with,
                                        Instant now, const Policy::Parity& policy) {
  const Period period = recent(now, policy);
  if (period.from < baseline.frozen_at) return std::nullopt;
  const double touches = a_month(with.touches, period);
  if (baseline.touches_a_month >= least_touches_a_month &&
      touches < policy.touch_share * baseline.touches_a_month)
    return ContactFlag{ContactFlag::Measure::touches, touches, baseline.touches_a_month};
  const auto share = started_share(with, period, fewest_started);
  if (share && baseline.started_share > 0 && *share <= policy.touch_share * baseline.started_share)
    return ContactFlag{ContactFlag::Measure::started, *share, baseline.started_share};
  return std::nullopt;
}

}  // namespace ioud::domain
