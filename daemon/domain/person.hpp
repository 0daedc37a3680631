#pragma once
// People and clients as the rep's files tell them: an address-book card read into values, and the
// clients file. Sensitive facts (care C) never get into these values unless the config allows.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::domain {

/// A date of which parts may be unknown, in the calendar it was given in.
struct PartialDate {
  std::optional<int> year;
  std::optional<int> month;
  std::optional<int> day;
  std::string calendar = "gregorian";  ///< or chinese, hebrew
  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

/// A dated fact of a card or note line.
struct CardDate {
  std::string kind;   ///< birthday, wedding, work, first_order, child, custom
  std::string label;  ///< free label of a custom date; the child's name for a child
  PartialDate when;
};

struct Relative {
  std::string name;  ///< or empty where only a UID is known
  std::string uid;
  std::string relation;  ///< spouse, child, parent, …, lower case
};

/// One address-book entry (vCard 2.1, 3.0 or 4.0), reduced to what we use.
struct Card {
  std::string uid;
  std::string name;                    ///< FN, else N put together
  std::vector<std::string> addresses;  ///< mail, lower case
  std::vector<std::string> phones;
  std::string organisation;
  std::string title;
  std::string zone;      ///< TZ, as written
  std::string language;  ///< LANG, as written
  std::string country;
  std::vector<std::string> categories;
  std::vector<CardDate> dates;
  std::vector<Relative> relatives;
  bool deceased = false;
  bool no_birthday = false;  ///< X-NC-EXCLUDE-FROM-BIRTHDAY-CALENDAR
  /// `key: value` note lines of the specification 3.2 in their order, keys lower case; a bare word
  /// such as `no-asks` has an empty value. Unknown lines are left out.
  std::vector<std::pair<std::string, std::string>> notes;
  std::vector<std::string> interests;  ///< INTEREST, HOBBY values
};

struct Purchase {
  core::Date date{};
  std::string what;
  friend bool operator==(const Purchase&, const Purchase&) = default;
};

/// A favour given before ioud came; weighs in decisions, is no row of the ledger.
struct OpeningFavour {
  std::string kind;
  std::string text;
  std::optional<core::Date> delivered;
};

enum class Stage { prospect, customer, former };
enum class Tier { gold, silver, bronze };

/// A client as the clients file, or a marked card, tells it.
struct Client {
  std::string name;
  Stage stage = Stage::prospect;
  Tier tier = Tier::bronze;
  bool communal = false;              ///< family and friends: the meter runs, nothing is asked
  std::vector<std::string> contacts;  ///< addresses; the first is whom we talk to by default
  std::string zone;                   ///< IANA name, "" when unsaid
  int travel_minutes = 0;             ///< from the rep's place; 0 when unsaid
  std::vector<core::Date> holidays;
  bool no_asks = false;
  bool no_greetings = false;
  bool public_official = false;
  bool in_tender = false;
  std::vector<Purchase> purchases;  ///< by date
  int opening_trust = 0;
  int opening_delivered = 0;
  std::vector<OpeningFavour> opening_favours;
};

}  // namespace ioud::domain
