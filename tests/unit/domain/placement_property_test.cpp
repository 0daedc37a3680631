// The search against a slow judge that knows the specification's rules and nothing of the code:
// random agendas, every start of the grid, the cheapest by arithmetic.

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "domain/placement.hpp"
#include "unit/domain/agenda_samples.hpp"

namespace ioud::domain {
namespace {

using namespace agenda_samples;
using core::Date;
using core::Instant;
using core::Minutes;

struct Item {
  Instant start;
  Instant end;
  std::string place;
};

/// One random world: the same facts once as the search takes them and once raw.
struct World {
  Agenda agenda;
  Counterpart with;
  Wish wish;
  std::vector<Item> items;
  std::vector<Date> rep_holidays;
  std::vector<Date> client_holidays;
};

constexpr std::array<const char*, 3> places = {"", "Mill Street 12", "Elm Road 3"};

class Worlds {
 public:
  explicit Worlds(unsigned seed) : random_(seed) {}

  World next() {
    World world;
    constexpr std::array<const char*, 6> zones = {"America/Chicago", "Europe/Berlin",
                                                  "Asia/Kolkata",    "Asia/Tokyo",
                                                  "America/Denver",  "Australia/Sydney"};
    world.agenda.zone = zone(zones[pick(zones.size())]);
    world.with = {"Acme", zone(pick(2) == 0 ? zones[pick(zones.size())] : "America/Chicago"), {}};
    const Date today = core::add_days(day("2026-02-20"), static_cast<int>(pick(250)));
    world.agenda.now =
        core::instant_in(world.agenda.zone, today, core::TimeOfDay(static_cast<int>(pick(1440))));
    holidays(world, today);
    calendar(world, today);
    booked(world, today);
    wish(world, today);
    return world;
  }

 private:
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  Date near(Date today, int days) {
    return core::add_days(today, static_cast<int>(pick(static_cast<std::size_t>(days))));
  }

  void holidays(World& world, Date today) {
    for (std::size_t i = pick(3); i > 0; --i) world.rep_holidays.push_back(near(today, 15));
    for (std::size_t i = pick(3); i > 0; --i) world.client_holidays.push_back(near(today, 15));
    world.agenda.holidays = core::Holidays(world.rep_holidays);
    world.with.holidays = core::Holidays(world.client_holidays);
  }

  void calendar(World& world, Date today) {
    std::vector<Occurrence> occurrences;
    const core::Zone& in = world.agenda.zone;
    const std::size_t count = std::array<std::size_t, 4>{0, 10, 60, 140}[pick(4)];
    for (std::size_t i = 0; i < count; ++i) {
      Occurrence one;
      one.uid = std::to_string(i);
      const Date date = near(today, 18);
      if (pick(30) == 0) {
        one.all_day = true;
        one.first_day = date;
        one.last_day = core::add_days(date, static_cast<int>(pick(3)));
        world.items.push_back(
            {core::instant_in(in, one.first_day, core::TimeOfDay(0)),
             core::instant_in(in, core::add_days(one.last_day, 1), core::TimeOfDay(0)), ""});
      } else {
        one.start =
            core::instant_in(in, date, core::TimeOfDay(480 + 5 * static_cast<int>(pick(120))));
        one.end = one.start + Minutes{10 + 5 * static_cast<int>(pick(30))};
        one.location = places[pick(places.size())];
        one.busy = pick(5) != 0;
        if (one.busy) world.items.push_back({one.start, one.end, one.location});
      }
      occurrences.push_back(one);
    }
    world.agenda.busy = Busy(occurrences, in, world.agenda.placement);
  }

  void booked(World& world, Date today) {
    for (std::size_t i = pick(9); i > 0; --i) {
      const Instant start = core::instant_in(world.agenda.zone, near(today, 16),
                                             core::TimeOfDay(9, 30 + static_cast<int>(pick(29))));
      const std::string client = pick(12) == 0 ? "Acme" : "Other";
      world.agenda.book({"iou-" + std::to_string(i), client, start}, 20, "");
      world.items.push_back({start, start + Minutes{20}, ""});
    }
  }

  void wish(World& world, Date today) {
    world.wish.minutes = std::array<int, 4>{10, 15, 20, 30}[pick(4)];
    world.wish.place = places[pick(places.size())];
    world.wish.needs_notice = pick(4) != 0;
    if (pick(4) != 0)
      world.wish.delivery = core::instant_in(world.agenda.zone, core::add_days(near(today, 8), -3),
                                             core::TimeOfDay(static_cast<int>(pick(1441))));
    if (pick(5) == 0)
      world.wish.not_before = world.agenda.now + Minutes{static_cast<int>(pick(20'000))};
    if (pick(5) == 0) world.wish.window_days = 2;
  }

  std::mt19937 random_;
};

/// The rules, one after the other, for one start.
class Judge {
 public:
  explicit Judge(const World& world) : world_(world), zone_(world.agenda.zone) {}

  /// Hours, weekdays and holidays of both sides.
  bool is_in_hours(Instant start, bool wide) const {
    const Instant end = start + Minutes{world_.wish.minutes};
    const int from = minute_of(zone_, start);
    const int to = from + world_.wish.minutes;
    const Date date = core::date_in(zone_, start);
    const int latest = wide ? 19 * 60 : 16 * 60 + 30;
    if (from < (wide ? 7 * 60 : 9 * 60 + 30) || to > latest) return false;
    if (core::weekday_of(date) == std::chrono::Friday && to > 15 * 60) return false;
    if (from < 13 * 60 && to > 12 * 60) return false;
    if (!works(date, world_.rep_holidays)) return false;
    const core::Zone& there = world_.with.zone;
    if (core::date_in(there, start) != core::date_in(there, end - std::chrono::seconds{1}))
      return false;
    const int client_from = minute_of(there, start);
    return client_from >= (wide ? 8 * 60 : 9 * 60) &&
           client_from + world_.wish.minutes <= (wide ? 18 * 60 : 17 * 60) &&
           works(core::date_in(there, start), world_.client_holidays);
  }

  bool is_free(Instant start) const {
    const Instant end = start + Minutes{world_.wish.minutes};
    for (const Item& item : world_.items) {
      const bool elsewhere =
          !item.place.empty() && !world_.wish.place.empty() && item.place != world_.wish.place;
      const Minutes gap{elsewhere ? 30 : 10};
      if (start < item.end + gap && end > item.start - gap) return false;
    }
    return true;
  }

  bool is_within_limits(Instant start) const {
    const Date date = core::date_in(zone_, start);
    int same_day = 0;
    int same_week = 0;
    for (const Booked& booked : world_.agenda.booked) {
      const Date other = core::date_in(zone_, booked.start);
      same_day += other == date ? 1 : 0;
      same_week += core::monday_of(other) == core::monday_of(date) ? 1 : 0;
      if (booked.client == "Acme" && std::abs(core::days_between(other, date)) < 7) return false;
    }
    return same_day < 2 && same_week < 5;
  }

  bool is_late_enough(Instant start) const {
    const Wish& wish = world_.wish;
    return start >= world_.agenda.now && (!wish.delivery || start >= *wish.delivery) &&
           (!wish.not_before || start >= *wish.not_before) &&
           (!wish.needs_notice || start - world_.agenda.now >= std::chrono::hours{16});
  }

  /// The first `count` business days that may be searched.
  std::vector<Date> days(int count) const {
    Date last = core::date_in(zone_, world_.agenda.now);
    if (world_.wish.delivery)
      last = std::max(last, core::date_in(zone_, *world_.wish.delivery - std::chrono::seconds{1}));
    Date date = core::add_days(last, 1);
    if (world_.wish.not_before)
      date = std::max(date, core::date_in(zone_, *world_.wish.not_before));
    std::vector<Date> found;
    for (; static_cast<int>(found.size()) < count; date = core::add_days(date, 1))
      if (works(date, world_.rep_holidays)) found.push_back(date);
    return found;
  }

  std::vector<Instant> grid(Date date) const {
    std::vector<Instant> starts;
    for (int minute = 0; minute < 1440; minute += 15)
      starts.push_back(core::instant_in(zone_, date, core::TimeOfDay(minute)));
    return starts;
  }

  std::optional<Slot> best() const {
    bool overlap = false;
    for (const Date date : days(10))
      for (const Instant start : grid(date)) overlap = overlap || is_in_hours(start, false);
    std::vector<int> windows = {5, 10};
    if (world_.wish.window_days) windows = {*world_.wish.window_days};
    for (const int window : windows)
      if (const auto slot = best_in(days(window), !overlap)) return slot;
    return std::nullopt;
  }

 private:
  static int minute_of(const core::Zone& zone, Instant at) {
    return core::time_of(zone.to_local(at)).minutes;
  }
  static bool works(Date date, const std::vector<Date>& holidays) {
    return !core::is_weekend(date) &&
           std::find(holidays.begin(), holidays.end(), date) == holidays.end();
  }

  std::optional<Slot> best_in(const std::vector<Date>& days, bool wide) const {
    std::optional<Slot> best;
    // Costs in sixteenths of a day: a day is 16, a quarter of an hour from 10:00 is 1.
    long least = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
      for (const Instant start : grid(days[i])) {
        if (!is_in_hours(start, wide) || !is_late_enough(start) || !is_free(start) ||
            !is_within_limits(start))
          continue;
        const long cost = static_cast<long>(i) * 16 + std::abs(minute_of(zone_, start) - 600) / 15;
        if (best && cost >= least) continue;
        best = Slot{start, wide};
        least = cost;
      }
    }
    return best;
  }

  const World& world_;
  const core::Zone& zone_;
};

TEST(FindSlotProperty, IsWhatTheSlowJudgeFinds) {
  int found = 0;
  int none = 0;
  int wide = 0;
  for (unsigned seed = 0; seed < 250; ++seed) {
    const World world = Worlds(seed).next();
    const auto slot = find_slot(world.agenda, world.with, world.wish);
    const auto expected = Judge(world).best();
    ASSERT_EQ(slot, expected) << "seed " << seed << ": found " << shown(slot) << ", best "
                              << shown(expected);
    found += slot ? 1 : 0;
    none += slot ? 0 : 1;
    wide += slot && slot->is_wide ? 1 : 0;
  }
  EXPECT_GT(found, 80);
  EXPECT_GT(none, 10);
  EXPECT_GT(wide, 10);
}

TEST(FindSlotProperty, WhatItFindsMayStand) {
  for (unsigned seed = 1000; seed < 1100; ++seed) {
    const World world = Worlds(seed).next();
    const auto slot = find_slot(world.agenda, world.with, world.wish);
    if (!slot) continue;
    Wish wish = world.wish;
    wish.uid = "new";
    Agenda agenda = world.agenda;
    agenda.book({"new", "Acme", slot->start}, wish.minutes, wish.place);
    EXPECT_TRUE(is_still_possible(agenda, world.with, wish, *slot)) << "seed " << seed;
    // The same search with the talk in place finds the same talk: a second pass moves nothing.
    EXPECT_EQ(find_slot(agenda, world.with, wish), slot) << "seed " << seed;
  }
}

}  // namespace
}  // namespace ioud::domain
