#include "domain/occasion.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "core/lunar.hpp"
#include "core/text.hpp"
#include "domain/wording_review.hpp"

namespace ioud::domain {
namespace {

using core::Date;

constexpr int last_birthday_of_a_child = 18;
constexpr unsigned days_in_first_week = 7;

/// One day on which something is kept, and the year to count in.
struct Keeping {
  Date date;
  int year;
};

/// Whose date, for whom.
struct Subject {
  const Client& client;
  const Person& person;
  const CardDate& date;
};

Date in_year(int year, int month, int day, std::string_view leap_day) {
  using namespace std::chrono;
  const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                  std::chrono::day{static_cast<unsigned>(day)}};
  if (date.ok() || month != 2 || day != 29) return date;
  return leap_day == "mar1" ? Date{date.year(), March, std::chrono::day{1}}
                            : Date{date.year(), February, std::chrono::day{28}};
}

std::vector<Keeping> keepings(const PartialDate& when, const Policy::Occasions& policy, Date from,
                              Date to) {
  std::vector<Keeping> found;
  if (!when.month || !when.day || *when.month < 1 || *when.day < 1) return found;
  if (const auto calendar = core::lunar_calendar(when.calendar)) {
    for (const auto& [date, year] :
         core::kept_between(*calendar, {*when.month, *when.day}, from, to))
      found.push_back({date, year});
    return found;
  }
  if (when.calendar != "gregorian") return found;
  for (int year = static_cast<int>(from.year()); year <= static_cast<int>(to.year()); ++year) {
    const Date date = in_year(year, *when.month, *when.day, policy.leap_day);
    if (date.ok() && date >= from && date <= to) found.push_back({date, year});
  }
  return found;
}

std::string with_count(const std::string& title, const std::optional<int>& count) {
  return count ? title + " (" + std::to_string(*count) + ")" : title;
}

std::string child_name(const Subject& of) {
  return of.date.label + " (" + of.person.family_name + " family)";
}

std::string title(const Subject& of, const std::optional<int>& years) {
  const std::string& kind = of.date.kind;
  if (kind == "birthday") return with_count("Birthday: " + of.person.name, years);
  if (kind == "wedding") return with_count("Anniversary: " + of.person.name, years);
  if (kind == "child") return "Birthday: " + child_name(of);
  if (kind == "work") return "Work anniversary: " + of.person.name;
  if (kind == "first_order") return "First order: " + of.person.name;
  return (of.date.label.empty() ? "Date" : of.date.label) + ": " + of.person.name;
}

std::string hint_text(const Subject& of) {
  const std::string& kind = of.date.kind;
  const auto month = static_cast<unsigned>(*of.date.when.month);
  if (kind == "child") return month_line(child_name(of), "birthday", month);
  const std::string what = kind == "birthday"      ? "birthday"
                           : kind == "wedding"     ? "anniversary"
                           : kind == "work"        ? "work anniversary"
                           : of.date.label.empty() ? "date"
                                                   : of.date.label;
  return month_line(of.person.name, what, month);
}

std::string series(const Subject& of) {
  return of.person.id + "|" + of.date.kind + "|" + core::folded(of.date.label);
}

void add_items(Occasions& found, const Subject& of, const Policy::Occasions& policy, Date today) {
  const Date horizon = core::add_days(today, policy.horizon_days);
  for (const Keeping& kept : keepings(of.date.when, policy, today, horizon)) {
    std::optional<int> years;
    if (of.date.when.year) years = kept.year - *of.date.when.year;
    if (years && *years < 1) continue;
    if (years && of.date.kind == "child" && *years > last_birthday_of_a_child) continue;
    const std::string name = series(of);
    found.items.push_back({name + "|" + std::to_string(kept.year), name, of.person.id,
                           of.person.address(), of.client.name, of.date.kind, kept.year, kept.date,
                           title(of, years)});
  }
}

void add_hint(Occasions& found, const Subject& of, Date today) {
  const PartialDate& when = of.date.when;
  if (when.day || !when.month || when.calendar != "gregorian") return;
  const auto month = static_cast<unsigned>(today.month());
  if (static_cast<unsigned>(*when.month) != month) return;
  if (static_cast<unsigned>(today.day()) > days_in_first_week) return;
  const int year = static_cast<int>(today.year());
  if (of.date.kind == "child" && when.year && year - *when.year > last_birthday_of_a_child) return;
  found.hints.push_back(
      {series(of) + "|" + std::to_string(year), of.person.id, of.client.name, hint_text(of)});
}

/// The client's first order as a date of its main contact.
std::optional<CardDate> first_order(const Client& client) {
  if (client.purchases.empty()) return std::nullopt;
  const Date date = client.purchases.front().date;
  return CardDate{
      "first_order",
      "",
      {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
       static_cast<int>(static_cast<unsigned>(date.day()))}};
}

}  // namespace

Occasions occasions_of(const Directory& directory, const Policy::Occasions& policy, Date today) {
  Occasions found;
  for (const Client& client : directory.clients()) {
    if (client.stage == Stage::former) continue;
    const Person* main = directory.main_contact(client);
    for (const Person* person : directory.contacts(client)) {
      std::vector<CardDate> dates = person->dates;
      const auto order = first_order(client);
      if (person == main && order) {
        std::erase_if(dates, [](const CardDate& date) { return date.kind == "first_order"; });
        dates.push_back(*order);
      }
      for (const CardDate& date : dates) {
        if (person->no_birthday && date.kind != "first_order") continue;
        const Subject of{client, *person, date};
        add_items(found, of, policy, today);
        add_hint(found, of, today);
      }
    }
  }
  std::sort(found.items.begin(), found.items.end(), [](const Occasion& a, const Occasion& b) {
    return std::tie(a.date, a.title, a.key) < std::tie(b.date, b.title, b.key);
  });
  std::sort(found.hints.begin(), found.hints.end(),
            [](const OccasionHint& a, const OccasionHint& b) { return a.text < b.text; });
  return found;
}

bool gets_greeting_draft(const Client& client, const Policy::Occasions& policy) {
  const char* tier = client.tier == Tier::gold     ? "gold"
                     : client.tier == Tier::silver ? "silver"
                                                   : "bronze";
  return std::find(policy.greetings.begin(), policy.greetings.end(), tier) !=
         policy.greetings.end();
}

}  // namespace ioud::domain
