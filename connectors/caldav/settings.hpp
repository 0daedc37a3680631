#pragma once
// What the admin says of a CalDAV account and its calendars, checked and made plain. Does no input
// or output.

#include <vector>

#include "connectors/dav/account.hpp"
#include "connectors/dav/shelf.hpp"
#include "connectors/kind.hpp"

namespace ioud::connectors::caldav {

struct CalendarSettings {
  Calendar calendar;
  dav::Wanted wanted;
  std::string colour;  ///< "#RRGGBB" for a calendar that we make, or empty
};

struct Settings {
  dav::AccountSettings account;
  std::vector<CalendarSettings> calendars;
};

/// The keys of a connector of type "caldav".
OptionTable options();

tl::expected<Settings, Complaints> read_settings(const Setting& setting,
                                                 const Surroundings& surroundings);

}  // namespace ioud::connectors::caldav
