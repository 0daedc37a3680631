#pragma once
// The patterns by which mail programs and habits are known, in the languages that reach a rep's
// mailbox. All are matched against one trimmed line, ignoring case. Gaps are counted in bytes (\C),
// which takes a fraction of the automaton that characters take.

#include <re2/re2.h>

namespace ioud::detection {

struct ZonePatterns {
  ZonePatterns();

  RE2 attribution;          ///< a whole "On … wrote:"
  RE2 attribution_opening;  ///< the first line of one that was wrapped
  RE2 address_and_date;     ///< "2025-03-12 15:58 Meg <meg@acme.test>:"
  RE2 original_message;     ///< "-----Original Message-----"
  RE2 forwarded;            ///< "---------- Forwarded message ---------"
  RE2 header_from;
  RE2 header_other;  ///< Sent, Date, To, Cc, Subject
  RE2 rule;          ///< a line of underscores or dashes
  RE2 greeting;      ///< "Kind regards,"
  RE2 contact;       ///< telephone, web address, "Name | Firm"
  RE2 first_person;
  RE2 postscript;
  RE2 legal;
  RE2 footer;  ///< "Sent from my iPhone", unsubscribe, dial-in
};

}  // namespace ioud::detection
