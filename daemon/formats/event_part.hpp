#pragma once
// The properties of one VEVENT as values, shared by the reader of foreign events, the reader of our
// own and the reader of answers by mail. Knows no series and no other event.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "domain/meeting.hpp"
#include "domain/series.hpp"
#include "formats/component.hpp"
#include "formats/zone_names.hpp"

namespace ioud::formats {

/// The value of a TEXT property in UTF-8, whatever bytes the file has.
std::string text_of(const ContentLine& line);
/// Of the first property of that name, "" where there is none.
std::string text_of(const Component& component, std::string_view property);
/// Same, trimmed and in upper case, for words such as STATUS.
std::string word_of(const Component& component, std::string_view property);

/// Reads an ORGANIZER or ATTENDEE; the address is lower case and without "mailto:".
domain::Guest read_guest(const ContentLine& line);
std::vector<std::string> read_categories(const Component& event);
int read_sequence(const Component& event);
/// The UID, or one made of the bytes where there is none.
std::string uid_of(const Component& event, std::string_view file);

/// A VEVENT with its times resolved. Only DTSTART may stay in a "custom" zone; other times in zones
/// that have no name are UTC.
struct EventPart {
  domain::SeriesPart part;
  std::vector<std::string> rules;
  std::vector<domain::SeriesTime> added;
  std::vector<domain::SeriesTime> removed;
  std::string vtimezone;  ///< of a start in a custom zone
};

/// The instant of a time; `vtimezone` is the text of its zone where that is "custom". Floating
/// times and dates are read in `floating`.
core::Result<core::Instant> instant_of(const domain::SeriesTime& time, std::string_view vtimezone,
                                       const core::Zone& floating);

/// Fails with Fault::protocol and "line N: …" at the first property that cannot be read.
core::Result<EventPart> read_event(const Component& event, ZoneNames& zones);

}  // namespace ioud::formats
