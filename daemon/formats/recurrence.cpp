#include "formats/recurrence.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "formats/rule.hpp"
#include "formats/vtimezone.hpp"

namespace ioud::formats {
namespace {

using domain::Series;
using domain::SeriesPart;
using domain::SeriesTime;
using std::chrono::days;
using std::chrono::seconds;

/// What tells instances of one series apart: the instant of the original start, or for all-day
/// series its date as the instant of UTC midnight.
using Key = core::Instant;

/// Reads the times of one series: IANA zones, the series' own VTIMEZONE, floating times.
class SeriesClock {
 public:
  static core::Result<SeriesClock> of(const Series& series, const core::Zone& floating) {
    SeriesClock clock(floating);
    if (!series.vtimezone.empty()) {
      auto custom = CustomZone::read(series.vtimezone);
      if (!custom) return tl::unexpected(custom.error());
      clock.custom_ = *std::move(custom);
    }
    core::Result<bool> fine = true;
    const auto meet = [&](const SeriesTime& time) {
      if (fine) fine = clock.meet(time.zone);
    };
    const auto meet_part = [&](const SeriesPart& part) {
      meet(part.start);
      meet(part.end);
      if (part.recurrence) meet(*part.recurrence);
    };
    if (series.master) meet_part(*series.master);
    std::for_each(series.overrides.begin(), series.overrides.end(), meet_part);
    std::for_each(series.added.begin(), series.added.end(), meet);
    std::for_each(series.removed.begin(), series.removed.end(), meet);
    if (!fine) return tl::unexpected(fine.error());
    return clock;
  }

  /// Midnight in the floating zone for a date.
  core::Instant instant(const SeriesTime& time) const {
    if (time.all_day) return floating_.to_instant(std::chrono::local_days{time.day});
    return instant(time.local, time.zone);
  }

  core::Instant instant(core::LocalTime local, const std::string& zone) const {
    if (zone.empty()) return floating_.to_instant(local);
    if (zone == "custom" && custom_) return custom_->to_instant(local);
    return zones_.at(zone).to_instant(local);
  }

  /// The wall clock date of a time that stands where a date is wanted: a UTC midnight is a date
  /// written as a time, any other UTC time is a midnight of the reader's zone.
  core::Date date(const SeriesTime& time) const {
    if (time.all_day) return time.day;
    const bool is_midnight = time.local == std::chrono::floor<days>(time.local);
    if (time.zone != "UTC" || is_midnight) return core::date_of(time.local);
    return core::date_in(floating_, core::Instant{time.local.time_since_epoch()});
  }

 private:
  explicit SeriesClock(const core::Zone& floating) : floating_(floating) {}

  /// Looks a zone up once; a name that nobody knows is an error, never UTC.
  core::Result<bool> meet(const std::string& name) {
    if (name.empty() || (name == "custom" && custom_) || zones_.count(name) != 0) return true;
    const auto zone = core::Zone::find(name);
    if (!zone) return tl::unexpected(zone.error());
    zones_.emplace(name, *zone);
    return true;
  }

  core::Zone floating_;
  std::optional<CustomZone> custom_;
  std::map<std::string, core::Zone> zones_;
};

Key key_of(core::Date date) { return core::Instant{std::chrono::sys_days{date}}; }

core::Date date_of_key(Key key) { return core::Date{std::chrono::floor<days>(key)}; }

/// Expands one series; lives for one call.
class Expansion {
 public:
  Expansion(const Series& series, const SeriesClock& clock, core::Instant from, core::Instant to,
            std::size_t limit)
      : series_(series), clock_(clock), from_(from), to_(to), limit_(limit) {}

  core::Result<std::vector<Instance>> run() {
    if (series_.master) {
      collect_exceptions();
      const auto fine = is_recurring() ? add_recurring() : add_single();
      if (!fine) return tl::unexpected(fine.error());
    }
    for (const SeriesPart* part : overrides()) add_own(*part);
    if (instances_.size() > limit_) return too_many();
    std::sort(instances_.begin(), instances_.end(), [](const Instance& a, const Instance& b) {
      return std::tie(a.start, a.recurrence) < std::tie(b.start, b.recurrence);
    });
    return std::move(instances_);
  }

 private:
  const SeriesPart& master() const { return *series_.master; }
  bool is_recurring() const {
    return !series_.rules.empty() || !series_.added.empty() || !series_.overrides.empty();
  }

  tl::unexpected<core::Error> too_many() const {
    return core::fail(core::Fault::protocol, {},
                      "the rules give more than " + std::to_string(limit_) +
                          " instances in the time asked for; expected a calendar's worth");
  }

  /// The key that a RECURRENCE-ID, RDATE or EXDATE names in this series.
  Key key(const SeriesTime& time) const {
    const bool all_day = series_.master ? master().start.all_day : time.all_day;
    if (all_day) return key_of(clock_.date(time));
    if (!time.all_day) return clock_.instant(time);
    // A date in a timed series means that day's instance, at the series' time of day.
    const core::LocalTime start = master().start.local;
    return clock_.instant(
        std::chrono::local_days{time.day} + (start - std::chrono::floor<days>(start)),
        master().start.zone);
  }

  void collect_exceptions() {
    for (const SeriesTime& time : series_.removed) {
      if (time.all_day && !master().start.all_day) removed_days_.insert(key_of(time.day));
      removed_.insert(key(time));
    }
    for (const SeriesPart& part : series_.overrides) {
      overridden_.insert(key(*part.recurrence));
      if (part.this_and_future) followers_[key(*part.recurrence)] = &part;
    }
  }

  /// One override an instance: of several for one instant the newest.
  std::vector<const SeriesPart*> overrides() const {
    std::map<Key, const SeriesPart*> newest;
    for (const SeriesPart& part : series_.overrides) {
      const SeriesPart*& known = newest[key(*part.recurrence)];
      if (known == nullptr || part.sequence >= known->sequence) known = &part;
    }
    std::vector<const SeriesPart*> parts;
    for (const auto& [at, part] : newest) parts.push_back(part);
    return parts;
  }

  /// Keeps the instance where it lies in the window, and names it by its key: a date where the
  /// series runs by dates. Without a key the event does not recur.
  void add_if_seen(Instance instance, std::optional<Key> original, bool by_date) {
    instance.end = std::max(instance.end, instance.start);
    const bool has_length = instance.end > instance.start;
    const bool ends_later = has_length ? instance.end > from_ : instance.start >= from_;
    if (instance.start >= to_ || !ends_later) return;
    if (original) {
      instance.recurrence = by_date ? core::format(date_of_key(*original))
                                    : core::format_rfc3339(*original, core::Zone());
    }
    instances_.push_back(std::move(instance));
  }

  Instance all_day_instance(const SeriesPart& part, core::Date first, int length) const {
    Instance instance;
    instance.all_day = true;
    instance.first_day = first;
    instance.last_day = core::add_days(first, std::max(length, 1) - 1);
    instance.start = clock_.instant(SeriesTime{true, first, {}, {}, {}});
    instance.end =
        clock_.instant(SeriesTime{true, core::add_days(instance.last_day, 1), {}, {}, {}});
    instance.part = &part;
    return instance;
  }

  /// The part at the times it says itself.
  Instance instance_of(const SeriesPart& part) const {
    if (part.start.all_day) {
      return all_day_instance(part, part.start.day,
                              core::days_between(part.start.day, part.end.day));
    }
    Instance instance;
    instance.start = clock_.instant(part.start);
    instance.end = clock_.instant(part.end);
    instance.part = &part;
    return instance;
  }

  void add_own(const SeriesPart& part) {
    const SeriesTime& original = *part.recurrence;
    const bool by_date = series_.master ? master().start.all_day : original.all_day;
    add_if_seen(instance_of(part), key(original), by_date);
  }

  core::Result<bool> add_single() {
    add_if_seen(instance_of(master()), std::nullopt, false);
    return true;
  }

  /// How long an instance lasts: days for all-day parts, else exact time.
  seconds length_of(const SeriesPart& part) const {
    if (part.start.all_day) return days{core::days_between(part.start.day, part.end.day)};
    return clock_.instant(part.end) - clock_.instant(part.start);
  }

  core::Result<bool> add_recurring() {
    const SeriesTime& start = master().start;
    const core::LocalTime first = start.all_day ? std::chrono::local_days{start.day} : start.local;
    if (series_.rules.empty()) add_candidate(first, std::nullopt);
    for (const SeriesTime& time : series_.added) {
      const Key at = key(time);
      if (start.all_day) {
        add_candidate(std::chrono::local_days{date_of_key(at)}, time.length);
      } else {
        add_at(at, std::nullopt, time.length);
      }
    }
    for (const std::string& text : series_.rules) {
      const auto fine = add_rule(text, first);
      if (!fine) return fine;
    }
    return true;
  }

  core::Result<bool> add_rule(const std::string& text, core::LocalTime first) {
    const auto rule = Rule::read(text);
    if (!rule) return tl::unexpected(rule.error());
    // Two days more on both sides than any zone or override could shift an instance.
    seconds longest = length_of(master());
    for (const auto& [at, part] : followers_) {
      longest = std::max(longest, length_of(*part) + std::chrono::abs(shift_of(at, *part)));
    }
    const core::LocalTime from{from_.time_since_epoch() - longest - days{2}};
    const core::LocalTime to{to_.time_since_epoch() + longest + days{2}};
    const bool is_bounded =
        rule->run(first, master().start.all_day, from, to, [&](core::LocalTime local) {
          if (is_past(rule->until(), local)) return false;
          if (local >= from) add_candidate(local, std::nullopt);
          return instances_.size() <= limit_;
        });
    if (!is_bounded || instances_.size() > limit_) return too_many();
    return true;
  }

  bool is_past(const std::optional<WrittenTime>& until, core::LocalTime local) const {
    if (!until) return false;
    if (until->is_date || master().start.all_day) {
      const core::Date last = clock_.date(SeriesTime{until->is_date,
                                                     core::date_of(until->local),
                                                     until->local,
                                                     until->is_utc ? "UTC" : "",
                                                     {}});
      return core::date_of(local) > last;
    }
    if (!until->is_utc) return local > until->local;
    return clock_.instant(local, master().start.zone) >
           core::Instant{until->local.time_since_epoch()};
  }

  /// An instance of the master at a wall clock time of its zone.
  void add_candidate(core::LocalTime local, std::optional<seconds> length) {
    const Key at = master().start.all_day ? key_of(core::date_of(local))
                                          : clock_.instant(local, master().start.zone);
    if (removed_days_.count(key_of(core::date_of(local))) != 0) return;
    add_at(at, local, length);
  }

  seconds shift_of(Key at, const SeriesPart& part) const {
    const core::Instant start =
        part.start.all_day ? key_of(part.start.day) : clock_.instant(part.start);
    return start - at;
  }

  void add_at(Key at, std::optional<core::LocalTime> local, std::optional<seconds> length) {
    if (removed_.count(at) != 0 || overridden_.count(at) != 0 || !given_.insert(at).second) return;
    const auto later = followers_.upper_bound(at);
    const SeriesPart& part = later == followers_.begin() ? master() : *std::prev(later)->second;
    seconds shift{0};
    if (&part != &master()) {
      shift = shift_of(std::prev(later)->first, part);
      // A move on the wall clock of one zone stays one across changes of its offset.
      const SeriesTime& original = *part.recurrence;
      if (local && !part.start.all_day && part.start.zone == master().start.zone &&
          original.zone == part.start.zone) {
        const core::LocalTime moved = *local + (part.start.local - original.local);
        shift = clock_.instant(moved, part.start.zone) - at;
      }
    }
    const seconds lasting = length.value_or(length_of(part));
    Instance instance;
    if (part.start.all_day) {
      instance =
          all_day_instance(part, core::add_days(date_of_key(at), static_cast<int>(shift / days{1})),
                           static_cast<int>(lasting / days{1}));
    } else {
      instance.start = at + shift;
      instance.end = instance.start + lasting;
      instance.part = &part;
    }
    add_if_seen(std::move(instance), at, master().start.all_day);
  }

  const Series& series_;
  const SeriesClock& clock_;
  core::Instant from_;
  core::Instant to_;
  std::size_t limit_;
  std::set<Key> removed_;
  std::set<Key> removed_days_;  ///< dates taken out of a timed series
  std::set<Key> overridden_;
  std::set<Key> given_;
  std::map<Key, const SeriesPart*> followers_;  ///< RANGE=THISANDFUTURE, by where they begin
  std::vector<Instance> instances_;
};

constexpr core::Instant earliest = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
constexpr core::Instant latest = std::chrono::sys_days{std::chrono::year{2400} / 1 / 1};

}  // namespace

core::Result<std::vector<Instance>> expand(const Series& series, core::Instant from,
                                           core::Instant to, const core::Zone& floating_zone,
                                           std::size_t limit) {
  const auto clock = SeriesClock::of(series, floating_zone);
  if (!clock) return tl::unexpected(clock.error());
  return Expansion(series, *clock, std::max(from, earliest), std::min(to, latest), limit).run();
}

std::optional<core::Instant> end_of(const Series& series, const core::Zone& floating_zone) {
  constexpr std::size_t few = 1'000;
  for (const std::string& text : series.rules) {
    const auto rule = Rule::read(text);
    if (!rule || rule->is_endless()) return std::nullopt;
  }
  const auto instances = expand(series, earliest, latest, floating_zone, few);
  if (!instances || instances->empty()) return std::nullopt;
  core::Instant end = instances->front().end;
  for (const Instance& one : *instances) end = std::max(end, one.end);
  return end;
}

}  // namespace ioud::formats
