#pragma once
// What an admin wrote, as a tree of plain values that know where they stand in which file, so that
// every complaint can point at its cause. The config reader fills the tree; connectors read it.
// Nothing here knows the syntax of the file.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"

namespace ioud::connectors {

/// A position in a file; line and column count from 1, and 0 means "the file as a whole".
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "file:line:column", or the file alone.
std::string format(const Place& place);

struct Entry;

/// One value of the config. Which alternative it holds is its type; there are no conversions.
struct Setting {
  using List = std::vector<Setting>;
  using Table = std::vector<Entry>;  ///< in the order of the file; keys are unique
  using Value = std::variant<std::string, std::int64_t, double, bool, core::Date, core::TimeOfDay,
                             core::Instant, List, Table>;

  Value value;
  Place place;

  /// The value as that type, or null where it has another.
  template <class T>
  const T* as() const {
    return std::get_if<T>(&value);
  }
  /// The value of a key; null where this is no table or has no such key.
  const Setting* find(std::string_view key) const;
  /// The text of a key, or `otherwise` where it is absent or no text.
  std::string text(std::string_view key, std::string_view otherwise = {}) const;
  /// The items of the list under a key; empty where it is absent or no list.
  const List& list(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place place;  ///< of the key; the value has its own
  Setting value;
};

/// "text", "a list", …: how a complaint names what was found.
std::string kind_of(const Setting& setting);

/// Everything found wrong, so that a person mends it in one go.
using Complaints = std::vector<core::Error>;

/// A Fault::config complaint about that place.
core::Error complaint(const Place& place, std::string text);
/// A failure as a complaint about the setting that led to it; where it happened goes into the text.
core::Error placed(const Place& place, core::Error error);

}  // namespace ioud::connectors
