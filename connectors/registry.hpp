#pragma once
// The explicit list of connector kinds: a new kind is one row. A kind checks its settings and makes
// ports out of them without any input or output.

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

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

/// Every kind that is built in.
std::span<const Kind> kinds();

/// The kind of that name, or null.
const Kind* find_kind(std::string_view name);

/// Makes one connector from its [[connector]] table; an unknown `type` is a complaint too.
tl::expected<Connector, Complaints> make(const Setting& settings, const Surroundings& surroundings);

}  // namespace ioud::connectors
