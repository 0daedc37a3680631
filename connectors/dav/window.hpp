#pragma once
// Which part of a large calendar is looked at between two listings of everything, where its server
// says neither what changed nor whether anything did: the days around now. It only decides how soon
// something is seen. That an object is gone is never concluded from a window, whose filter servers
// get wrong, but from a listing, which is due every hour, and at once where something that was in
// the window is not in it any more. Asks nobody anything.

#include <set>
#include <string>
#include <vector>

#include "connectors/dav/listing.hpp"

namespace ioud::connectors::dav {

/// As many objects are worth a window; fewer are listed as fast.
inline constexpr std::size_t large_calendar = 1000;

class Window {
 public:
  /// The days around the hour of a listing. They stay until the next one, so that nothing leaves
  /// the window by the passing of time.
  explicit Window(core::Instant listed) : listed_(listed) {}

  /// The name of the listing, for the cursor that stands for it.
  std::string token() const;
  core::Date begin() const;
  core::Date end() const;  ///< the first day after it

  /// Whether the cursor stands for the listing this goes with, and another is not due yet.
  bool holds(const std::string& token, core::Instant now) const;
  /// Takes what is in the window now. False where something is missing that was in it before: it is
  /// gone, or was moved, and only a listing can tell.
  bool take(const std::vector<Member>& members);

 private:
  core::Instant listed_;
  std::set<std::string> names_;
};

}  // namespace ioud::connectors::dav
