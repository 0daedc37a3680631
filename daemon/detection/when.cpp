#include "detection/when.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "detection/time_names.hpp"
#include "detection/time_pieces.hpp"

namespace ioud::detection {
namespace {

using core::Date;
using core::TimeOfDay;
using Kind = TimePiece::Kind;

/// Pieces that belong to one expression: at most one day or span, one part, one clock.
struct Group {
  std::optional<TimePiece> day;
  std::optional<TimePiece> part;
  std::optional<TimePiece> clock;
  std::size_t first = 0;
  std::size_t last = 0;
  bool is_recurring = false;
};

bool is_joint(std::string_view word) {
  return one_of(word, {"at",    "on",   "around",   "about", "by",     "from",  "in",   "the",
                       "of",    ",",    "@",        "-",     "before", "after", "till", "til",
                       "until", "for",  "between",  "over",  "during", "this",  "(",    "then",
                       "early", "late", "sometime", "any",   "both",   "my"});
}

bool only_joints(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  if (to - from > 2) return false;
  for (std::size_t i = from; i < to; ++i)
    if (!is_joint(words[i].text)) return false;
  return true;
}

bool is_range_mark(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  return to - from == 1 &&
         one_of(words[from].text, {"to", "till", "til", "until", "through", "thru", "-", "and"});
}

void put(Group& group, const TimePiece& piece) {
  if (piece.kind == Kind::part)
    group.part = piece;
  else if (piece.kind == Kind::clock)
    group.clock = piece;
  else
    group.day = piece;
  group.last = piece.last;
  group.is_recurring = group.is_recurring || piece.is_recurring;
}

/// Takes a day that says more about the group's day: "Friday 9 May", "Friday next week".
bool refine_day(Group& group, const TimePiece& piece, const std::vector<Word>& words) {
  TimePiece& day = *group.day;
  if (is_range_mark(words, group.last, piece.first) && day.kind == Kind::day &&
      piece.kind == Kind::day && day.from && piece.from) {
    Date last = *piece.from;
    if (last < *day.from && piece.weekday) last = core::add_days(last, 7);
    if (last <= *day.from) return false;
    day.kind = Kind::span;
    day.until = last;
  } else if (!only_joints(words, group.last, piece.first)) {
    return false;
  } else if (day.weekday && piece.is_week && piece.from) {
    day.from = next_weekday(core::add_days(*piece.from, -1), *day.weekday);
  } else if (piece.weekday && day.is_week && day.from) {
    day.from = next_weekday(core::add_days(*day.from, -1), *piece.weekday);
    day.kind = Kind::day;
    day.until.reset();
    day.is_week = false;
  } else if (day.weekday && !piece.weekday && piece.kind == Kind::day && piece.from) {
    day.from = piece.from;
    day.weekday.reset();
  } else if (!(piece.weekday && !day.weekday && day.kind == Kind::day)) {
    return false;
  }
  group.last = piece.last;
  return true;
}

bool join(Group& group, const TimePiece& piece, const std::vector<Word>& words) {
  const bool is_day = piece.kind == Kind::day || piece.kind == Kind::span;
  if (piece.kind == Kind::event || (group.day && group.day->kind == Kind::event)) return false;
  if (is_day && group.day) {
    if (piece.is_weak && group.day->kind == Kind::day && !group.part &&
        only_joints(words, group.last, piece.first)) {
      TimePiece part = piece;  // "Friday in the morning"
      part.kind = Kind::part;
      put(group, part);
      return true;
    }
    return refine_day(group, piece, words);
  }
  if (!only_joints(words, group.last, piece.first)) return false;
  if ((piece.kind == Kind::part && group.part) || (piece.kind == Kind::clock && group.clock))
    return false;
  if (is_day && piece.is_weak && group.clock && !group.day) {  // "at four in the morning"
    put(group, piece);
    return true;
  }
  put(group, piece);
  return true;
}

/// The hour a clock means, with the part of the day it stands beside.
TimeOfDay hour_meant(int hour, int minute, const std::string& meridiem, const std::string& part) {
  if (meridiem == "am") return TimeOfDay(hour == 12 ? 0 : hour, minute);
  if (meridiem == "pm") return TimeOfDay(hour < 12 ? hour + 12 : hour, minute);
  if (meridiem == "exact" || hour > 12 || hour == 0) return TimeOfDay(hour, minute);
  if (part == "morning") return TimeOfDay(hour, minute);
  if (part == "evening") return TimeOfDay(hour < 12 && hour > 3 ? hour + 12 : hour, minute);
  if (part == "afternoon" || hour < 7) return TimeOfDay(hour < 12 ? hour + 12 : hour, minute);
  return TimeOfDay(hour, minute);
}

std::string clock_text(const domain::Due& due) {
  return core::format(due.date) + (due.time ? "T" + core::format(*due.time) : "");
}

std::string month_text(Date date) { return core::format(date).substr(0, 7); }

void set_hour(When& when, const Group& group) {
  const TimePiece& clock = *group.clock;
  when.due->time = hour_meant(clock.hour, clock.minute, clock.meridiem, when.day_part);
  if (!clock.hour_until) return;
  TimeOfDay end = hour_meant(*clock.hour_until, clock.minute_until, clock.meridiem, when.day_part);
  if (end <= *when.due->time && end.minutes + 12 * 60 <= 24 * 60) end.minutes += 12 * 60;
  if (end > *when.due->time) when.until = domain::Due{when.due->date, end};
}

void set_days(When& when, const TimePiece& day, Date today) {
  if (!day.from) return;
  when.due = domain::Due{*day.from, day.time};
  if (day.until && *day.until != *day.from) when.until = domain::Due{*day.until, std::nullopt};
  when.is_month = day.is_month;
  if (day.is_week && core::monday_of(today) == *day.from) {  // "this week" is over on Friday
    const Date friday = core::add_days(*day.from, 4);
    when.due->date = std::max(friday, today);
    when.until.reset();
    when.value = core::format(*day.from) + "/" + core::format(friday);
  } else if (day.is_month && day.until) {
    when.value = month_text(*day.until);
  }
}

When resolved(const Group& group, const Reckoning& base) {
  const Date today = core::date_of(base.said);
  When when;
  if (group.part) {
    when.day_part = group.part->part;
    when.is_deadline = group.part->is_deadline;
  }
  if (group.day) {
    if (when.day_part.empty()) when.day_part = group.day->part;
    when.is_past = group.day->is_past;
    when.is_deadline = when.is_deadline || group.day->is_deadline;
    when.is_event = group.day->kind == Kind::event;
    when.names_day = !when.is_event && !(group.day->is_weak && group.clock);
    set_days(when, *group.day, today);
  } else if (group.part && (group.part->from || group.part->is_deadline)) {
    when.due = domain::Due{group.part->from.value_or(today), std::nullopt};
  }
  when.is_recurring = group.is_recurring;
  if (group.clock) {
    if (!when.due) when.due = domain::Due{today, std::nullopt};
    set_hour(when, group);
    const bool said_later = core::time_of(base.said).minutes > when.due->time->minutes;
    if (!group.day && !group.part && said_later && when.due->date == today) {
      when.due->date = core::add_days(today, 1);
      if (when.until) when.until->date = when.due->date;
    }
  }
  if (when.is_recurring && !when.until && when.value.empty()) when.due.reset();
  if (when.due && when.value.empty()) {
    when.value = clock_text(*when.due);
    if (when.until) when.value += "/" + clock_text(*when.until);
  }
  return when;
}

/// The index after a transcript's stamp: "[10:14]", "00:47".
std::size_t after_stamp(const std::vector<Word>& words) {
  std::size_t i = 0;
  if (i < words.size() && one_of(words[i].text, {"[", "("})) ++i;
  const bool is_stamp = i < words.size() && words[i].is_number && words[i].begin <= 1 &&
                        words[i].text.find(':') != std::string::npos;
  if (!is_stamp) return 0;
  ++i;
  const bool closed = i < words.size() && one_of(words[i].text, {"]", ")"});
  const bool names = i + 1 < words.size() && words[i].is_capital;
  return closed ? i + 1 : names && words[0].is_number && words[0].text.starts_with('0') ? i : 0;
}

/// Nothing but a part of a day, or an hour that nothing calls one, is no time.
bool counts(const Group& group) {
  if (group.day) return !group.day->is_weak || group.day->from.has_value();
  if (group.part && !group.part->is_weak) return true;
  return group.clock && (!group.clock->is_weak || (group.part && !group.part->is_recurring));
}

std::vector<Group> groups_of(const std::vector<Word>& words, const Reckoning& base) {
  std::vector<Group> groups;
  Reckoning so_far = base;
  for (std::size_t i = after_stamp(words); i < words.size();) {
    auto piece = span_piece(words, i, so_far);
    if (!piece) piece = day_piece(words, i, so_far);
    if (!piece) piece = part_piece(words, i, so_far);
    if (!piece) piece = clock_piece(words, i);
    if (!piece) {
      ++i;
      continue;
    }
    i = std::max(piece->last, i + 1);
    if (piece->kind == Kind::day && piece->from && !piece->is_past) so_far.mentioned = piece->from;
    if (!groups.empty() && join(groups.back(), *piece, words)) continue;
    Group group;
    group.first = piece->first;
    put(group, *piece);
    groups.push_back(group);
  }
  return groups;
}

/// Small words before the time that go with it: "by the", "on", "until".
std::size_t with_lead(const std::vector<Word>& words, std::size_t first, bool& deadline) {
  std::size_t begin = first;
  while (begin > 0 && first - begin < 2) {
    const std::string& word = words[begin - 1].text;
    if (!one_of(word, {"on", "by", "at", "in", "for", "from", "until", "till", "til", "before",
                       "due", "the", "around", "about", "over", "during", "c", "come", "through"}))
      break;
    deadline = deadline || one_of(word, {"by", "until", "till", "til", "before", "due"});
    --begin;
  }
  return begin;
}

/// "before your audit", "when I'm next there", "next time": said, but no day.
std::optional<When> event_at(const std::vector<Word>& words, std::size_t at) {
  const auto text = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i].text) : std::string_view();
  };
  std::size_t count = 0;
  if (one_of(text(at), {"before", "after", "until", "till", "once", "when"}) &&
      one_of(text(at + 1), {"your", "the", "our", "my", "his", "her", "their", "i", "you", "we",
                            "i'm", "you're", "he", "she", "they", "that", "this", "then"})) {
    count = 2;
    while (count < 6 && at + count < words.size() && !words[at + count].is_mark &&
           !one_of(text(at + count), {"and", "so", "but", "because", "i'll", "we'll"}))
      ++count;
  } else if (text(at) == "next" && one_of(text(at + 1), {"time", "visit"})) {
    count = 2;
  }
  if (count == 0) return std::nullopt;
  When when;
  when.begin = words[at].begin;
  when.end = words[at + count - 1].end;
  when.is_event = true;
  return when;
}

}  // namespace

DateOrder date_order(std::string_view locale) {
  const std::string name = core::replaced(core::ascii_lower(locale), "_", "-");
  const std::string head = name.substr(0, name.find('.'));
  return one_of(head, {"en-us", "en-ph", "es-us", "en-pr", "es-pr", "us"}) ? DateOrder::month_first
                                                                           : DateOrder::day_first;
}

std::vector<When> find_times(std::string_view text, const Reckoning& base) {
  const std::vector<Word> words = words_of(text);
  std::vector<When> times;
  std::size_t covered = 0;
  const auto events_until = [&](std::size_t end) {
    for (; covered < end; ++covered) {
      auto event = event_at(words, covered);
      if (!event) continue;
      event->end = std::min(event->end, end < words.size() ? words[end - 1].end : text.size());
      event->text = text.substr(event->begin, event->end - event->begin);
      times.push_back(*event);
      while (covered + 1 < end && words[covered + 1].begin < event->end) ++covered;
    }
  };
  for (const Group& group : groups_of(words, base)) {
    if (!counts(group)) continue;
    When when = resolved(group, base);
    const std::size_t first = with_lead(words, group.first, when.is_deadline);
    if (first > covered) events_until(first);
    when.begin = words[std::max(first, covered)].begin;
    when.end = words[group.last - 1].end;
    when.text = text.substr(when.begin, when.end - when.begin);
    times.push_back(when);
    covered = group.last;
  }
  events_until(words.size());
  return times;
}

std::optional<When> main_time(const std::vector<When>& times, std::size_t act) {
  const When* best = nullptr;
  const When* hour = nullptr;
  const auto rank = [act](const When& when) {
    return (when.is_month ? 0 : 4) + (when.names_day ? 2 : 0) + (when.begin >= act ? 1 : 0);
  };
  for (const When& when : times) {
    if (!when.due || when.is_past) continue;
    if (!when.names_day && hour == nullptr) hour = &when;
    if (best == nullptr || rank(when) > rank(*best)) best = &when;
  }
  if (best == nullptr) return std::nullopt;
  When chosen = *best;
  if (hour != nullptr && hour != best && !chosen.until && !chosen.due->time) {
    if (hour->due->time && chosen.value.size() == 10) {
      chosen.due->time = hour->due->time;
      chosen.value = core::format(chosen.due->date) + "T" + core::format(*hour->due->time);
    }
    if (chosen.day_part.empty()) chosen.day_part = hour->day_part;
  }
  return chosen;
}

}  // namespace ioud::detection
