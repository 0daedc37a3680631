#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <tuple>

#include "core/text.hpp"
#include "domain/cadence.hpp"

namespace ioud::domain {
namespace {

using core::Date;
using core::Instant;
using core::Minutes;

/// Gives quarter hours to wishes one by one and remembers what is taken.
class CareBook {
 public:
  CareBook(const Agenda& agenda, const Policy::Cadence& policy,
           const std::map<std::string, std::set<Date>>& met,
           const std::map<std::string, HeldTime>& held)
      : agenda_(agenda), policy_(policy), met_(met), held_(held), bare_(agenda.busy.bare()) {
    for (const auto& [key, one] : held)
      if (one.start < agenda.now) ++in_week_[week_of(one.start)];
  }

  /// True where the wish stands already and goes on standing.
  bool keep(const CareWish& wish) {
    const auto found = held_.find(wish.key);
    if (found == held_.end()) return false;
    const Instant start = found->second.start;
    const bool is_past = start < agenda_.now;
    if (!is_past && !found->second.pinned) {
      const Date day = core::date_in(agenda_.zone, start);
      if (meets_near(wish, day) || !core::is_business_day(day, agenda_.holidays) ||
          !bare_.is_free(start, start + Minutes{policy_.nudge_minutes}))
        return false;
    }
    taken_.insert(start);
    if (!is_past) ++in_week_[week_of(start)];
    times_.push_back({wish, start});
    return true;
  }

  void place(const CareWish& wish) {
    const Date near = core::add_days(agenda_.today(), policy_.ahead_days);
    if (!wish.entered_at_once && wish.due > near) return;
    constexpr int days_to_try = 21;
    const Date last = wish.entered_at_once
                          ? core::add_days(std::max(wish.due, agenda_.today()), days_to_try)
                          : core::business_day_from(near, agenda_.holidays);
    Date day = core::business_day_from(std::max(wish.due, agenda_.today()), agenda_.holidays);
    for (; day <= last; day = core::next_business_day(day, agenda_.holidays)) {
      const Date week = core::monday_of(day);
      if (!wish.entered_at_once && in_week_[week] >= agenda_.limits.nudges_per_week) continue;
      const auto start = first_free(day);
      if (!start) continue;
      if (meets_near(wish, day)) return;
      taken_.insert(*start);
      ++in_week_[week];
      times_.push_back({wish, *start});
      return;
    }
  }

  std::vector<CareTime> times() {
    std::sort(times_.begin(), times_.end(), [](const CareTime& a, const CareTime& b) {
      return std::tie(a.start, a.wish.key) < std::tie(b.start, b.wish.key);
    });
    return std::move(times_);
  }

 private:
  Date week_of(Instant at) const { return core::monday_of(core::date_in(agenda_.zone, at)); }

  bool meets_near(const CareWish& wish, Date day) const {
    const auto days = met_.find(wish.client);
    return days != met_.end() &&
           std::any_of(days->second.begin(), days->second.end(), [&](Date met) {
             return !(wish.since && met <= *wish.since) &&
                    std::abs(core::days_between(met, day)) <= policy_.skip_days;
           });
  }

  std::optional<Instant> first_free(Date day) const {
    const int length = std::max(1, policy_.nudge_minutes);
    for (int minute = policy_.nudge_from.minutes; minute + length <= policy_.nudge_to.minutes;
         minute += length) {
      const Instant start = core::instant_in(agenda_.zone, day, core::TimeOfDay(minute));
      if (start >= agenda_.now && !taken_.contains(start) &&
          bare_.is_free(start, start + Minutes{length}))
        return start;
    }
    return std::nullopt;
  }

  const Agenda& agenda_;
  const Policy::Cadence& policy_;
  const std::map<std::string, std::set<Date>>& met_;
  const std::map<std::string, HeldTime>& held_;
  Blocked bare_;
  std::map<Date, int> in_week_;
  std::set<Instant> taken_;
  std::vector<CareTime> times_;
};

std::chrono::weekday weekday_named(std::string_view name, std::chrono::weekday otherwise) {
  constexpr std::array<std::string_view, 7> names = {"sunday",   "monday", "tuesday", "wednesday",
                                                     "thursday", "friday", "saturday"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (core::iequals(name, names[i])) return std::chrono::weekday{static_cast<unsigned>(i)};
  return otherwise;
}

Date day_of_week(Date monday, std::chrono::weekday day) {
  return core::add_days(monday, static_cast<int>(day.iso_encoding()) - 1);
}

/// The free start of that week nearest to the usual one, the earlier of equals.
std::optional<Instant> nearest_free(const Agenda& agenda, Date monday, Instant usual, int minutes,
                                    const Blocked& blocked) {
  std::optional<Instant> best;
  const Policy::Hours& hours = agenda.hours;
  const int grid = std::max(1, agenda.placement.grid_minutes);
  const auto distance = [usual](Instant at) { return at < usual ? usual - at : at - usual; };
  for (int offset = 0; offset < 7; ++offset) {
    const Date day = core::add_days(monday, offset);
    if (!core::is_business_day(day, agenda.holidays)) continue;
    const int first = (hours.work_from.minutes + grid - 1) / grid * grid;
    for (int from = first; from + minutes <= hours.work_to.minutes; from += grid) {
      const bool is_lunch =
          from < hours.lunch_to.minutes && from + minutes > hours.lunch_from.minutes;
      const Instant start = core::instant_in(agenda.zone, day, core::TimeOfDay(from));
      if (is_lunch || start < agenda.now || !blocked.is_free(start, start + Minutes{minutes}))
        continue;
      if (!best || distance(start) < distance(*best)) best = start;
    }
  }
  return best;
}

/// The half hour of one week; empty where its usual time has passed and none is held.
std::optional<Instant> planning_time(const Agenda& agenda, const Policy::Planning& policy,
                                     Date monday, const HeldTime* held) {
  using std::chrono::Friday;
  using std::chrono::Monday;
  const Minutes length{policy.minutes};
  const Blocked blocked =
      agenda.busy.with_gaps("", held == nullptr ? std::string_view() : held->uid);
  if (held != nullptr && (held->pinned || held->start < agenda.now ||
                          blocked.is_free(held->start, held->start + length)))
    return held->start;
  const Date day = day_of_week(monday, weekday_named(policy.day, Friday));
  const Instant usual = core::instant_in(agenda.zone, day, policy.at);
  if (usual < agenda.now && held == nullptr) return std::nullopt;
  if (usual >= agenda.now && core::is_business_day(day, agenda.holidays) &&
      blocked.is_free(usual, usual + length))
    return usual;
  if (const auto start = nearest_free(agenda, monday, usual, policy.minutes, blocked)) return start;
  const Date fallback =
      day_of_week(core::add_days(monday, 7), weekday_named(policy.fallback_day, Monday));
  return core::instant_in(agenda.zone, fallback, policy.fallback_at);
}

}  // namespace

std::map<std::string, std::set<Date>> meeting_days(const Directory& directory,
                                                   const std::vector<Occurrence>& occurrences,
                                                   const core::Zone& zone) {
  std::map<std::string, std::set<Date>> days;
  for (const Occurrence& one : occurrences) {
    if (!one.readable || !one.busy || one.cancelled) continue;
    const Date day = one.all_day ? one.first_day : core::date_in(zone, one.start);
    const auto add = [&](const std::string& address) {
      const Client* client = directory.client_of(address);
      if (client != nullptr) days[client->name].insert(day);
    };
    add(one.organizer);
    for (const Guest& guest : one.guests) add(guest.address);
  }
  return days;
}

std::vector<CareTime> care_times(const Agenda& agenda, const Policy::Cadence& policy,
                                 std::vector<CareWish> wishes,
                                 const std::map<std::string, std::set<Date>>& met,
                                 const std::map<std::string, HeldTime>& held,
                                 const std::set<std::string>& refused) {
  std::sort(wishes.begin(), wishes.end(), [](const CareWish& a, const CareWish& b) {
    return std::tie(a.due, a.key) < std::tie(b.due, b.key);
  });
  std::erase_if(wishes, [&refused](const CareWish& wish) { return refused.contains(wish.key); });
  CareBook book(agenda, policy, met, held);
  std::vector<CareWish> open;
  for (CareWish& wish : wishes)
    if (!book.keep(wish)) open.push_back(std::move(wish));
  // What is entered at once is outside the weekly limit and must not be crowded out by the rest.
  for (const bool at_once : {true, false})
    for (const CareWish& wish : open)
      if (wish.entered_at_once == at_once) book.place(wish);
  return book.times();
}

std::vector<PlanningTime> planning_times(const Agenda& agenda, const Policy::Planning& policy,
                                         const std::map<Date, HeldTime>& held,
                                         const std::set<Date>& skipped) {
  std::vector<PlanningTime> times;
  Date monday = core::monday_of(agenda.today());
  for (int week = 0; week < policy.weeks; ++week, monday = core::add_days(monday, 7)) {
    if (skipped.contains(monday)) continue;
    const auto found = held.find(monday);
    const auto start =
        planning_time(agenda, policy, monday, found == held.end() ? nullptr : &found->second);
    if (start) times.push_back({monday, *start});
  }
  return times;
}

std::vector<PrepTime> prep_times(const Agenda& agenda, const Policy::Prep& policy,
                                 const Directory& directory,
                                 const std::vector<Occurrence>& occurrences) {
  std::vector<PrepTime> times;
  const Date last = core::add_days(agenda.today(), policy.ahead_days);
  for (const Occurrence& one : occurrences) {
    if (!one.readable || !one.busy || one.cancelled || one.all_day) continue;
    if (one.end <= agenda.now || core::date_in(agenda.zone, one.start) > last) continue;
    PrepTime prep;
    const auto add = [&](const std::string& address) {
      const Person* person = directory.person(address);
      if (person == nullptr || person->client.empty() || person->deceased) return;
      if (prep.client.empty()) prep.client = person->client;
      const std::string& known = person->address();
      if (std::find(prep.contacts.begin(), prep.contacts.end(), known) == prep.contacts.end())
        prep.contacts.push_back(known);
    };
    for (const Guest& guest : one.guests) add(guest.address);
    add(one.organizer);
    if (prep.contacts.empty()) continue;
    prep.key = "prep|" + one.uid + "|" + one.recurrence;
    prep.meeting = one.uid;
    prep.recurrence = one.recurrence;
    prep.start = one.start - Minutes{policy.lead_minutes};
    prep.meeting_start = one.start;
    prep.is_in_time = prep.start >= agenda.now;
    times.push_back(std::move(prep));
  }
  std::sort(times.begin(), times.end(), [](const PrepTime& a, const PrepTime& b) {
    return std::tie(a.start, a.key) < std::tie(b.start, b.key);
  });
  return times;
}

}  // namespace ioud::domain
