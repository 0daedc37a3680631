#include "domain/busy.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/text.hpp"

namespace ioud::domain {
namespace {

using core::Instant;
using core::Minutes;

bool starts_earlier(const BusySpan& a, const BusySpan& b) {
  return std::tie(a.start, a.end, a.id) < std::tie(b.start, b.end, b.id);
}

/// The whole days an all-day or out-of-office occurrence touches, as instants.
Blocked::Stretch whole_days(const Occurrence& one, const core::Zone& zone) {
  using core::TimeOfDay;
  const core::Date first = one.all_day ? one.first_day : core::date_in(zone, one.start);
  const core::Date last =
      one.all_day ? one.last_day : core::date_in(zone, one.end - std::chrono::seconds{1});
  return {core::instant_in(zone, first, TimeOfDay(0)),
          core::instant_in(zone, core::add_days(last, 1), TimeOfDay(0))};
}

std::string comparable(std::string_view place) { return core::folded(core::squeezed(place)); }

}  // namespace

Blocked::Blocked(std::vector<Stretch> stretches) {
  std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
    return std::tie(a.start, a.end) < std::tie(b.start, b.end);
  });
  for (const Stretch& one : stretches) {
    if (!stretches_.empty() && one.start <= stretches_.back().end)
      stretches_.back().end = std::max(stretches_.back().end, one.end);
    else
      stretches_.push_back(one);
  }
}

bool Blocked::is_free(Instant start, Instant end) const {
  const auto next =
      std::upper_bound(stretches_.begin(), stretches_.end(), start,
                       [](Instant at, const Stretch& stretch) { return at < stretch.end; });
  return next == stretches_.end() || next->start >= end;
}

Busy::Busy(const std::vector<Occurrence>& occurrences, const core::Zone& zone,
           const Policy::Placement& placement)
    : buffer_minutes_(placement.buffer_minutes), travel_minutes_(placement.travel_minutes) {
  spans_.reserve(occurrences.size());
  for (const Occurrence& one : occurrences) {
    if (!one.busy || one.cancelled) continue;
    Blocked::Stretch taken{one.start, one.end};
    if (one.all_day ? one.first_day <= one.last_day : one.out_of_office && one.start < one.end)
      taken = whole_days(one, zone);
    else if (one.all_day || one.start >= one.end)
      continue;
    spans_.push_back({one.uid, taken.start, taken.end, one.location, one.travel_minutes});
  }
  std::sort(spans_.begin(), spans_.end(), starts_earlier);
}

void Busy::add(BusySpan span) {
  if (!span.id.empty()) remove(span.id);
  if (span.start >= span.end) return;
  const auto where = std::upper_bound(spans_.begin(), spans_.end(), span, starts_earlier);
  spans_.insert(where, std::move(span));
}

void Busy::remove(std::string_view id) {
  std::erase_if(spans_, [id](const BusySpan& span) { return span.id == id; });
}

Blocked Busy::bare(std::string_view except) const {
  std::vector<Blocked::Stretch> taken;
  taken.reserve(spans_.size());
  for (const BusySpan& span : spans_)
    if (except.empty() || span.id != except) taken.push_back({span.start, span.end});
  return Blocked(std::move(taken));
}

Blocked Busy::with_gaps(std::string_view place, std::string_view except) const {
  const bool talk_has_place = is_physical_place(place);
  const std::string talk_place = comparable(place);
  std::vector<Blocked::Stretch> taken;
  taken.reserve(spans_.size());
  for (const BusySpan& span : spans_) {
    if (!except.empty() && span.id == except) continue;
    const bool is_elsewhere =
        talk_has_place && is_physical_place(span.place) && comparable(span.place) != talk_place;
    int before = is_elsewhere ? travel_minutes_ : buffer_minutes_;
    int after = before;
    if (span.travel_minutes) {
      // Calendars keep the way there only; the way back is as long where there is one.
      before = std::max(*span.travel_minutes, buffer_minutes_);
      if (is_elsewhere) after = before;
    }
    taken.push_back({span.start - Minutes{before}, span.end + Minutes{after}});
  }
  return Blocked(std::move(taken));
}

bool is_physical_place(std::string_view place) {
  const std::string text = comparable(place);
  if (text.empty()) return false;
  constexpr std::array<std::string_view, 12> calls = {
      "://",    "zoom",  "microsoft teams", "teams meeting", "webex", "google meet",
      "online", "phone", "telephone",       "video call",    "skype", "facetime"};
  return std::none_of(calls.begin(), calls.end(), [&text](std::string_view call) {
    return text.find(call) != std::string::npos;
  });
}

}  // namespace ioud::domain
