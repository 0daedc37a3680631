#pragma once
// Everything the planner is told in one pass: what the sources say as of now. Values without
// behaviour; the engine fills them, nobody keeps them.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/calendar_item.hpp"
#include "domain/directory.hpp"
#include "domain/loss.hpp"
#include "domain/mail.hpp"
#include "domain/meeting.hpp"

namespace ioud::domain {

/// An event with a UID of ours, as it stands in a calendar now.
struct Standing {
  CalendarItem item;
  std::string calendar;
  std::string href;
  std::string etag;
};

/// A draft whose Message-ID is ours, as it stands in the Drafts folder now.
struct StandingDraft {
  std::string message_id;
  std::string href;
  std::string etag;
  std::string hash;  ///< content_hash of its bytes
};

/// A line the rep noted down himself (specification 2.7), already read.
struct CaptureNote {
  std::string source;  ///< event or mail
  std::string id;      ///< UID or Message-ID
  std::string line;
  bool is_sure = false;  ///< false: fits no client, or more than one; a matter for the review
  std::string client;
  std::string contact;  ///< address, or "" where the line names the client as a whole
  Slots slots;
  std::string ask;  ///< `#ask KIND`, or ""
  core::Instant made;
  /// An entry with a time is the rep's own event for the delivery.
  std::optional<core::Instant> start;
  std::optional<core::Instant> end;
  std::optional<core::Date> day;  ///< of an all-day entry
};

struct Facts {
  Directory directory;
  std::vector<Mail> mails;  ///< by date; one Message-ID once; joined by thread
  /// How mails name the people who have no card, by address; the newest mail counts.
  std::map<std::string, std::string> names;
  std::vector<MeetingNotes> notes;    ///< by start
  std::vector<CaptureNote> captures;  ///< by the time they were made
  /// Every calendar that says when the rep is busy, ours left out, from the look-back to the
  /// horizon.
  std::vector<Occurrence> occurrences;
  std::vector<Standing> standing;
  std::vector<StandingDraft> drafts;
  /// Our calendars that were listed whole in this pass, so that what is missing there was deleted.
  std::set<std::string> complete;
  bool drafts_complete = false;
  std::set<Place> looked_at;  ///< collections that were read to their end in this pass
  std::vector<Loss> losses;   ///< of those, what is missing and not believed
  /// Changes have come to rest. Else what is missing may be about to be put back, and an hour that
  /// is taken about to be free: nothing is a deletion, and what stands keeps its place.
  bool is_settled = true;
};

}  // namespace ioud::domain
