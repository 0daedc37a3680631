#pragma once
// Finds out which zone a TZID means: an IANA name behind whatever prefix, a Windows name, or the
// VTIMEZONE of the file, in this order, because a VTIMEZONE may lie and a name does not. Knows one
// file; what it cannot find is an error of the caller's event, never UTC.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/civil_time.hpp"
#include "formats/vtimezone.hpp"

namespace ioud::formats {

/// The IANA name that a TZID carries ("/mozilla.org/20050126_1/Europe/Berlin") or that its Windows
/// name stands for ("Central Standard Time"), or nothing.
std::optional<std::string> known_zone(std::string_view tzid);

class ZoneNames {
 public:
  /// Collects the VTIMEZONEs of the file, wherever in it they stand.
  explicit ZoneNames(std::string_view file);

  struct Found {
    std::string iana;                    ///< or "" where `custom` is set
    const CustomZone* custom = nullptr;  ///< lives as long as the ZoneNames
    std::string vtimezone;               ///< text of the custom zone
  };
  /// nullptr where nobody knows the zone.
  const Found* find(std::string_view tzid);

 private:
  struct Definition {
    std::string text;
    std::string location;  ///< X-LIC-LOCATION
    std::optional<CustomZone> zone;
  };
  std::map<std::string, Definition, std::less<>> definitions_;
  std::map<std::string, std::optional<Found>, std::less<>> found_;
};

}  // namespace ioud::formats
