#include "detection/time_names.hpp"

#include <array>
#include <charconv>

namespace ioud::detection {

using core::add_days;
using core::Date;
using std::chrono::weekday;

std::optional<weekday> weekday_named(std::string_view word) {
  static const std::vector<std::pair<std::string_view, unsigned>> names = {
      {"monday", 1},    {"mon", 1},      {"mondays", 1},   {"monday's", 1}, {"munday", 1},
      {"tuesday", 2},   {"tues", 2},     {"tue", 2},       {"tuesdays", 2}, {"tuseday", 2},
      {"wednesday", 3}, {"weds", 3},     {"wed", 3},       {"wensday", 3},  {"wednesdays", 3},
      {"wednsday", 3},  {"thursday", 4}, {"thurs", 4},     {"thur", 4},     {"thu", 4},
      {"thursdays", 4}, {"thrusday", 4}, {"friday", 5},    {"fri", 5},      {"fridays", 5},
      {"saturday", 6},  {"sat", 6},      {"saturdays", 6}, {"saterday", 6}, {"sunday", 0},
      {"sun", 0},       {"sundays", 0},  {"thurday", 4},   {"firday", 5},   {"teusday", 2}};
  for (const auto& [name, number] : names)
    if (name == word) return weekday{number};
  return std::nullopt;
}

std::optional<int> month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> names = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word == "sept") return 9;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (word == names[i] || (word.size() == 3 && names[i].starts_with(word)))
      return static_cast<int>(i) + 1;
  return std::nullopt;
}

Date next_weekday(Date after, weekday day) {
  const auto ahead = (day - core::weekday_of(after)).count();
  return add_days(after, ahead == 0 ? 7 : static_cast<int>(ahead));
}

Date first_of_month(Date date) { return date.year() / date.month() / std::chrono::day{1}; }

Date last_of_month(Date date) {
  return Date{std::chrono::sys_days{date.year() / date.month() / std::chrono::last}};
}

Date next_month(Date date) { return add_days(last_of_month(date), 1); }

/// The next date with this month and day, today included.
std::optional<Date> dated(Date today, int month, int day, std::optional<int> year) {
  const auto make = [&](int y) {
    return Date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(month)},
                std::chrono::day{static_cast<unsigned>(day)}};
  };
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  if (year) return make(*year).ok() ? std::optional<Date>(make(*year)) : std::nullopt;
  for (int y = static_cast<int>(today.year()); y <= static_cast<int>(today.year()) + 8; ++y)
    if (make(y).ok() && make(y) >= today) return make(y);
  return std::nullopt;
}

/// The next day with this number after today.
std::optional<Date> numbered(Date today, int day) {
  Date month = first_of_month(today);
  for (int i = 0; i < 12; ++i, month = next_month(month)) {
    const Date date = month.year() / month.month() / std::chrono::day{static_cast<unsigned>(day)};
    if (date.ok() && date > today) return date;
  }
  return std::nullopt;
}

std::string part_named(std::string_view word) {
  if (one_of(word, {"morning", "mornin", "morn", "forenoon", "am", "breakfast"})) return "morning";
  if (one_of(word, {"afternoon", "arvo", "aft", "pm", "lunch", "lunchtime", "teatime"}))
    return "afternoon";
  if (one_of(word, {"evening", "eve", "night", "nite", "dinner", "supper"})) return "evening";
  return "";
}

bool is_today(std::string_view w) { return one_of(w, {"today", "2day", "tdy", "todays"}); }
bool is_tonight(std::string_view w) {
  return one_of(w, {"tonight", "tonite", "2nite", "tonights"});
}

bool is_tomorrow(std::string_view w) {
  return one_of(w, {"tomorrow", "tomorow", "tommorow", "tommorrow", "tomorrows", "tmrw", "tmr",
                    "tmw", "tmrow", "tomoz", "2moro", "2morrow", "tomorro"});
}

bool is_week_word(std::string_view w) { return one_of(w, {"week", "wk", "wek"}); }

bool is_weekend_word(std::string_view w) {
  return one_of(w, {"weekend", "wkend", "wknd", "wkd", "weekends"});
}

std::optional<int> year_of(const Word& word) {
  if (!word.is_number || word.text.size() != 4) return std::nullopt;
  int year = 0;
  std::from_chars(word.text.data(), word.text.data() + 4, year);
  return year >= 1990 && year <= 2100 ? std::optional<int>(year) : std::nullopt;
}

}  // namespace ioud::detection
