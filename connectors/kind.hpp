#pragma once
// What a connector kind must say of itself: its name, its keys and how to make one. A kind checks
// its settings and makes ports out of them without any input or output.

#include <functional>
#include <set>
#include <string>
#include <tl/expected.hpp>

#include "connectors/capability.hpp"
#include "connectors/options.hpp"
#include "connectors/surroundings.hpp"

namespace ioud::connectors {

struct Kind {
  std::string name;     ///< the word after `type =`
  std::string help;     ///< one line
  OptionTable options;  ///< rows of the keys within one [[connector]], `name` and `type` included
  /// `settings` is the table of one [[connector]]. Checks it against `options` and for sense, and
  /// reports all that is wrong at once.
  std::function<tl::expected<Connector, Complaints>(const Setting& settings,
                                                    const Surroundings& surroundings)>
      make;
};

/// The row of a calendar's `use = […]`, the same in every kind that has calendars.
Option use_option();

/// The uses in a list that was checked against that row.
std::set<Use> uses_in(const Setting::List& words);

/// Whether ioud may write there, and whether nobody else keeps anything there (so that it
/// may be missing until the first write makes it).
bool is_ours(const Calendar& calendar);
bool is_ours_alone(const Calendar& calendar);

}  // namespace ioud::connectors
