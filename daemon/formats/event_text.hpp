#pragma once
// Our own events as iCalendar text: written new, patched inside bytes that other programs have
// touched, and read back. Only the properties of domain::CalendarItem are ours; a patch leaves
// every other byte alone. Same value and stamp, same bytes.

#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "domain/calendar_item.hpp"

namespace ioud::formats {

/// A whole VCALENDAR. Timed items stand in `zone` with its VTIMEZONE, all-day items as dates.
/// `stamp` becomes DTSTAMP, CREATED and LAST-MODIFIED. The role's category is added where
/// `categories` lacks it.
std::string write_event(const domain::CalendarItem& item, const core::Zone& zone,
                        core::Instant stamp);

/// Changes, in the VEVENT of `after.uid` inside `stored`, what differs between `before` and
/// `after`; lists (categories, guests, alarms) by what was added and what was taken away. Bytes are
/// returned as they are where nothing differs. Fails with Fault::not_found without such an event
/// and with Fault::protocol where the bytes cannot be read.
core::Result<std::string> patch_event(std::string_view stored, const domain::CalendarItem& before,
                                      const domain::CalendarItem& after, const core::Zone& zone,
                                      core::Instant stamp);

struct StoredItems {
  std::vector<domain::CalendarItem> items;  ///< one a UID, overrides left out
  std::vector<core::Error> faults;
};

/// Reads events of ours however other programs rewrote them: read_items(write_event(x)) gives x.
/// The role comes from the UID's prefix, else from CATEGORIES, else it is a meeting; floating times
/// are read in `zone`. Fails as read_calendar does.
core::Result<StoredItems> read_items(std::string_view stored, const core::Zone& zone,
                                     std::string_view place = {});

/// The VCALENDAR of an iMIP mail (RFC 5546): METHOD REQUEST or CANCEL, without alarms, categories,
/// relations, class and SCHEDULE-AGENT, which are between the rep and his calendar.
std::string write_imip(const domain::CalendarItem& item, std::string_view method,
                       const core::Zone& zone, core::Instant stamp);

/// The item with its lists in one order (categories and guests by name, alarms by time) and its
/// alarms in one spelling. Programs reorder lists: compare items in this form.
domain::CalendarItem ordered(domain::CalendarItem item);

/// A duration in the one form we write and compare: "-PT15M", "-P6DT15H", "PT1H30M", "PT0S"; weeks
/// become days. Empty where the text is no duration.
std::string canonical_duration(std::string_view text);

}  // namespace ioud::formats
