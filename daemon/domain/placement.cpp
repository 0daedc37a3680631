#include "domain/placement.hpp"

#include <algorithm>
#include <cstdlib>

namespace ioud::domain {
namespace {

using core::Date;
using core::Instant;
using core::Minutes;
using core::TimeOfDay;

/// The hours in which both sides may talk.
struct Window {
  core::WorkHours rep;
  core::WorkHours client;
};

Window usual(const Policy::Hours& hours) {
  return {{hours.sitdown_from, hours.sitdown_to}, {hours.client_from, hours.client_to}};
}

Window wide(const Policy::Hours& hours) {
  return {{hours.wide_rep_from, hours.wide_rep_to}, {hours.wide_client_from, hours.wide_client_to}};
}

/// Whether [start, end) lies on one date within the hours, as the zone's wall clock shows it.
bool lies_within(const core::Zone& zone, core::WorkHours hours, Instant start, Instant end) {
  const core::LocalTime from = zone.to_local(start);
  const core::LocalTime to = zone.to_local(end);
  const Date date = core::date_of(from);
  return from >= core::at(date, hours.from) && to <= core::at(date, hours.to);
}

bool is_clear_of_lunch(const Agenda& agenda, Date date, Instant start, Instant end) {
  const Instant from = core::instant_in(agenda.zone, date, agenda.hours.lunch_from);
  const Instant to = core::instant_in(agenda.zone, date, agenda.hours.lunch_to);
  return end <= from || start >= to || from >= to;
}

/// Hours, lunch and Friday's end of both sides. `any_day`: the rep named the day, so that weekends
/// and holidays do not stand against it.
bool keeps_hours(const Agenda& agenda, const Counterpart& with, const Window& window, Instant start,
                 Instant end, bool any_day) {
  const Date date = core::date_in(agenda.zone, start);
  const Date client_date = core::date_in(with.zone, start);
  if (!any_day && (!core::is_business_day(date, agenda.holidays) ||
                   !core::is_business_day(client_date, with.holidays)))
    return false;
  core::WorkHours rep = window.rep;
  if (core::weekday_of(date) == std::chrono::Friday)
    rep.to = std::min(rep.to, agenda.hours.friday_to);
  return lies_within(agenda.zone, rep, start, end) &&
         lies_within(with.zone, window.client, start, end) &&
         is_clear_of_lunch(agenda, date, start, end);
}

bool may_see_client(const Agenda& agenda, const std::string& client, Date date,
                    std::string_view uid) {
  return std::none_of(agenda.booked.begin(), agenda.booked.end(), [&](const Booked& booked) {
    const int days = core::days_between(core::date_in(agenda.zone, booked.start), date);
    return booked.client == client && booked.id != uid &&
           std::abs(days) < agenda.limits.client_sitdown_days;
  });
}

bool is_within_limits(const Agenda& agenda, const std::string& client, Date date,
                      std::string_view uid) {
  int on_day = 0;
  int in_week = 0;
  for (const Booked& booked : agenda.booked) {
    if (booked.id == uid) continue;
    const Date other = core::date_in(agenda.zone, booked.start);
    on_day += other == date ? 1 : 0;
    in_week += core::monday_of(other) == core::monday_of(date) ? 1 : 0;
  }
  return on_day < agenda.limits.sitdowns_per_day && in_week < agenda.limits.sitdowns_per_week &&
         may_see_client(agenda, client, date, uid);
}

/// Every grid start of the date within the hours whose talk keeps both sides' hours.
std::vector<Instant> starts_on(const Agenda& agenda, const Counterpart& with, const Window& window,
                               Date date, int minutes, bool any_day) {
  std::vector<Instant> starts;
  const int grid = std::max(1, agenda.placement.grid_minutes);
  const int first = (window.rep.from.minutes + grid - 1) / grid * grid;
  for (int minute = first; minute + minutes <= window.rep.to.minutes; minute += grid) {
    const Instant start = core::instant_in(agenda.zone, date, TimeOfDay(minute));
    if (keeps_hours(agenda, with, window, start, start + Minutes{minutes}, any_day))
      starts.push_back(start);
  }
  return starts;
}

/// The day of a delivery; midnight belongs to the day it ends, for that is when a due day is over.
Date day_of_delivery(const Agenda& agenda, Instant delivery) {
  return core::date_in(agenda.zone, delivery - std::chrono::seconds{1});
}

/// The first day that may be searched and the instant before which nothing starts.
struct Opening {
  Date day;
  Instant earliest;
};

Opening opening(const Agenda& agenda, const Wish& wish) {
  const Date delivered = wish.delivery ? day_of_delivery(agenda, *wish.delivery) : agenda.today();
  Opening open{core::add_days(std::max(delivered, agenda.today()), 1), agenda.now};
  if (wish.delivery) open.earliest = std::max(open.earliest, *wish.delivery);
  if (wish.needs_notice)
    open.earliest =
        std::max(open.earliest, agenda.now + std::chrono::hours{agenda.placement.notice_hours});
  if (wish.not_before) {
    open.earliest = std::max(open.earliest, *wish.not_before);
    open.day = std::max(open.day, core::date_in(agenda.zone, *wish.not_before));
  }
  return open;
}

double hours_off_target(const Agenda& agenda, Instant start) {
  const TimeOfDay time = core::time_of(agenda.zone.to_local(start));
  return std::abs(time.minutes - agenda.placement.target.minutes) / 60.0;
}

/// The cheapest start over the days, which are given in their order.
std::optional<Instant> cheapest(const Agenda& agenda, const Counterpart& with, const Window& window,
                                const Wish& wish, const std::vector<Date>& days, Instant earliest,
                                const Blocked& blocked) {
  constexpr double as_good_as_equal = 1e-9;
  std::optional<Instant> best;
  double least = 0;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (!is_within_limits(agenda, with.client, days[i], wish.uid)) continue;
    for (const Instant start : starts_on(agenda, with, window, days[i], wish.minutes, false)) {
      if (start < earliest || !blocked.is_free(start, start + Minutes{wish.minutes})) continue;
      const double cost = agenda.placement.cost_per_day * static_cast<double>(i) +
                          agenda.placement.cost_per_hour * hours_off_target(agenda, start);
      if (best && cost >= least - as_good_as_equal) continue;
      best = start;
      least = cost;
    }
  }
  return best;
}

std::optional<Instant> on_named_day(const Agenda& agenda, const Counterpart& with,
                                    const Window& window, const Wish& wish, Instant earliest,
                                    const Blocked& blocked) {
  std::optional<Instant> best;
  for (const Instant start : starts_on(agenda, with, window, *wish.on, wish.minutes, true)) {
    if (start < earliest || !blocked.is_free(start, start + Minutes{wish.minutes})) continue;
    if (!best || hours_off_target(agenda, start) < hours_off_target(agenda, *best)) best = start;
  }
  return best;
}

std::vector<Date> business_days(const core::Holidays& holidays, Date from, int count) {
  std::vector<Date> days;
  for (Date day = from; static_cast<int>(days.size()) < count; day = core::add_days(day, 1)) {
    day = core::business_day_from(day, holidays);
    days.push_back(day);
  }
  return days;
}

bool is_with(const Occurrence& meeting, const std::vector<std::string>& addresses) {
  const auto is_one = [&addresses](const std::string& address) {
    return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
  };
  return is_one(meeting.organizer) ||
         std::any_of(meeting.guests.begin(), meeting.guests.end(),
                     [&is_one](const Guest& guest) { return is_one(guest.address); });
}

}  // namespace

void Agenda::book(const Booked& talk, int minutes, const std::string& place) {
  busy.add({talk.id, talk.start, talk.start + Minutes{minutes}, place, std::nullopt});
  std::erase_if(booked, [&talk](const Booked& other) { return other.id == talk.id; });
  booked.push_back(talk);
}

std::optional<Slot> find_slot(const Agenda& agenda, const Counterpart& with, const Wish& wish) {
  const Blocked blocked = agenda.busy.with_gaps(wish.place, wish.uid);
  Opening open = opening(agenda, wish);
  if (wish.on) {
    for (const bool is_wide : {false, true}) {
      const Window window = is_wide ? wide(agenda.hours) : usual(agenda.hours);
      if (starts_on(agenda, with, window, *wish.on, wish.minutes, true).empty()) continue;
      if (const auto start = on_named_day(agenda, with, window, wish, open.earliest, blocked))
        return Slot{*start, is_wide};
      break;
    }
    open.day = std::max(open.day, core::add_days(*wish.on, 1));
  }
  const Policy::Placement& placement = agenda.placement;
  const int longest = std::max(placement.window_days, placement.wide_window_days);
  const std::vector<Date> days = business_days(agenda.holidays, open.day, longest);
  const bool overlaps = std::any_of(days.begin(), days.end(), [&](Date day) {
    return !starts_on(agenda, with, usual(agenda.hours), day, wish.minutes, false).empty();
  });
  const Window window = overlaps ? usual(agenda.hours) : wide(agenda.hours);
  std::vector<int> windows = {placement.window_days, longest};
  if (wish.window_days) windows = {*wish.window_days};
  for (const int count : windows) {
    const auto searched = business_days(agenda.holidays, open.day, count);
    const auto start = cheapest(agenda, with, window, wish, searched, open.earliest, blocked);
    if (start) return Slot{*start, !overlaps};
  }
  return std::nullopt;
}

std::optional<Visit> at_delivery(const Agenda& agenda, Instant arrival,
                                 std::optional<int> minutes) {
  const Visit visit{arrival + Minutes{agenda.placement.arrival_wait_minutes},
                    minutes.value_or(agenda.placement.at_delivery_minutes)};
  const Date day = core::date_in(agenda.zone, arrival);
  const core::LocalTime end = agenda.zone.to_local(visit.start + Minutes{visit.minutes});
  if (end > core::at(day, agenda.placement.at_delivery_to)) return std::nullopt;
  return visit;
}

std::optional<Ride> piggy_back(const Agenda& agenda, const std::vector<Occurrence>& occurrences,
                               const std::vector<std::string>& addresses, const std::string& client,
                               const std::optional<Instant>& delivery, std::string_view uid) {
  const Minutes length{agenda.placement.piggyback_minutes};
  const Instant after = std::max(agenda.now, delivery.value_or(agenda.now));
  const Date delivered = delivery ? day_of_delivery(agenda, *delivery) : agenda.today();
  const Date last = core::add_business_days(std::max(delivered, agenda.today()),
                                            agenda.placement.window_days, agenda.holidays);
  std::optional<Ride> best;
  for (const Occurrence& one : occurrences) {
    if (!one.readable || !one.busy || one.cancelled || one.all_day) continue;
    if (one.start <= after || core::date_in(agenda.zone, one.start) > last) continue;
    if (one.end - one.start < length || !is_with(one, addresses)) continue;
    const Instant start = one.end - length;
    if (!may_see_client(agenda, client, core::date_in(agenda.zone, start), uid)) continue;
    if (best && best->meeting_start <= one.start) continue;
    best = Ride{one.uid, start, static_cast<int>(length.count()), one.start, one.location};
  }
  return best;
}

bool is_still_possible(const Agenda& agenda, const Counterpart& with, const Wish& wish,
                       const Slot& standing) {
  const Instant end = standing.start + Minutes{wish.minutes};
  const Date day = core::date_in(agenda.zone, standing.start);
  const bool is_named_day = wish.on && *wish.on == day;
  if (wish.delivery && standing.start < *wish.delivery) return false;
  if (wish.delivery && !is_named_day && day <= day_of_delivery(agenda, *wish.delivery))
    return false;
  if (wish.not_before && standing.start < *wish.not_before) return false;
  const Window window = standing.is_wide ? wide(agenda.hours) : usual(agenda.hours);
  return keeps_hours(agenda, with, window, standing.start, end, is_named_day) &&
         agenda.busy.with_gaps(wish.place, wish.uid).is_free(standing.start, end);
}

bool is_worth_moving(const Agenda& agenda, Instant standing, Instant found, int moves) {
  const int saved = core::business_days_between(
      core::date_in(agenda.zone, found), core::date_in(agenda.zone, standing), agenda.holidays);
  return saved >= 1 && moves < agenda.placement.max_moves &&
         standing - agenda.now >= std::chrono::hours{agenda.placement.freeze_hours};
}

}  // namespace ioud::domain
