#pragma once
// Birthdays, wedding days and other dates worth a kind word, one all-day item per person, kind and
// year (specification 3.5). Decides what should stand between today and the horizon; what lies
// before today stays as it is, and what the rep deleted is the planner's to remember.

#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/directory.hpp"
#include "domain/policy.hpp"

namespace ioud::domain {

struct Occasion {
  std::string key;      ///< person, kind, label and year; never changes for the same occasion
  std::string series;   ///< the same without the year: after two deletions the series ends
  std::string person;   ///< Person::id; of the parent for a child
  std::string contact;  ///< address, "" when none is known
  std::string client;
  std::string kind;  ///< birthday, wedding, work, first_order, child, custom
  int year = 0;      ///< of the date; for lunar dates the year of their calendar
  core::Date date;
  std::string title;
  friend bool operator==(const Occasion&, const Occasion&) = default;
};

/// An occasion of which only the month is known: a line of the review in that month's first week.
struct OccasionHint {
  std::string key;
  std::string person;
  std::string client;
  std::string text;
  friend bool operator==(const OccasionHint&, const OccasionHint&) = default;
};

struct Occasions {
  std::vector<Occasion> items;      ///< by date, then title
  std::vector<OccasionHint> hints;  ///< by text
};

/// Occasions of the clients' living contacts in [today, today + horizon_days]. Nothing for former
/// clients, the dead, and cards that opt out of birthday calendars. An age is told only where the
/// year of birth is known and never for a child; a child's birthdays end with the 18th. Month and
/// day must both be known; lunar days fall where their calendar puts them that year.
Occasions occasions_of(const Directory& directory, const Policy::Occasions& policy,
                       core::Date today);

/// Whether greetings are drafted for people of this client's tier.
bool gets_greeting_draft(const Client& client, const Policy::Occasions& policy);

}  // namespace ioud::domain
