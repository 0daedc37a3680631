#pragma once
// The content lines of the properties we own, unfolded and without line ends: one place that
// decides how a value of domain::CalendarItem is spelt, shared by the writer and the patcher.

#include <string>
#include <string_view>

#include "core/civil_time.hpp"
#include "domain/calendar_item.hpp"
#include "formats/content_line.hpp"

namespace ioud::formats {

/// "DTSTART;TZID=America/Chicago:20260304T090000"; UTC zones give a Z, all-day items a date.
std::string start_line(const domain::CalendarItem& item, const core::Zone& zone);
std::string end_line(const domain::CalendarItem& item, const core::Zone& zone);
/// The value of STATUS, TRANSP, CLASS, SEQUENCE, or a text property; "" where the item has none and
/// the property must not stand there.
std::string value_of(const domain::CalendarItem& item, std::string_view property);
std::string categories_line(const std::vector<std::string>& categories);
/// ATTENDEE or ORGANIZER. Parameters of `stored` that are not ours (ROLE, CUTYPE, X-…) are kept.
std::string guest_line(std::string_view property, const domain::Guest& guest,
                       const ContentLine* stored = nullptr);
domain::Guest organizer_of(const domain::CalendarItem& item);
std::string related_line(const domain::CalendarItem& item);
/// A whole VALARM of the kind DISPLAY, folded, with that line end.
std::string alarm_text(std::string_view trigger, std::string_view line_end);

}  // namespace ioud::formats
