#pragma once
// Domain values as JSON text and back. Every field of every value is named once, in fields_*.hpp,
// for both directions. Reading ignores fields it does not know and gives missing ones their
// defaults, so that older and newer programs read each other's rows.

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "domain/mail.hpp"
#include "domain/meeting.hpp"
#include "domain/person.hpp"
#include "domain/series.hpp"

namespace ioud::store {

/// What is kept of one object of a calendar that is read.
struct CalendarRecord {
  std::vector<domain::Series> series;
  std::vector<domain::MeetingNotes> notes;
  std::vector<domain::CaptureEntry> captures;
};

/// What is kept of one object of an address book.
struct CardRecord {
  std::vector<domain::Card> cards;
};

/// One JSON text without line breaks. Times are RFC 3339 in UTC, dates ISO 8601, enumerations their
/// stable names, bytes that are not UTF-8 {"base64": …}. T: Mail, CalendarRecord, CardRecord,
/// CalendarItem, every row of the ledger, Intent.
template <class T>
std::string to_record(const T& value);

/// The value again; Fault::protocol with `place` and the field where the text is no such record.
template <class T>
core::Result<T> from_record(std::string_view text, std::string_view place);

}  // namespace ioud::store
