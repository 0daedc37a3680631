#pragma once
// A mail as we reason about it: who, when, in which thread, and what was found in its own words.
// No body is kept; quotes in the findings are at most `privacy.excerpt_chars` long.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/finding.hpp"

namespace ioud::domain {

enum class Box { inbox, sent, drafts, other };

/// A client's calendar answer or request that came by mail (iMIP, RFC 6047).
struct CalendarAnswer {
  std::string method;  ///< REPLY, COUNTER, REQUEST, CANCEL, REFRESH, upper case
  std::string uid;
  int sequence = 0;
  std::string attendee;                ///< lower-case address of who answers
  std::string partstat;                ///< ACCEPTED, DECLINED, TENTATIVE, …, upper case
  std::optional<core::Instant> start;  ///< proposed by a COUNTER
  std::optional<core::Instant> end;
};

struct Mail {
  std::string message_id;   ///< without angle brackets; one mail is one message_id
  std::string in_reply_to;  ///< without angle brackets, or empty
  std::vector<std::string> references;
  Box box = Box::other;
  std::string from;  ///< addresses are lower case throughout
  std::vector<std::string> to;
  std::vector<std::string> cc;
  core::Instant date;
  std::chrono::seconds offset{0};  ///< of the Date header: a hint at the writer's zone
  std::string subject;
  bool is_bulk = false;       ///< List-*, Precedence
  bool is_automatic = false;  ///< Auto-Submitted other than no
  std::optional<CalendarAnswer> answer;
  std::string capture;  ///< the first line or subject of a mail to oneself that may be a capture
  /// Lines of an answer to the weekly review, as the rep typed them ("2 ok").
  std::vector<std::string> review_answers;
  /// How the headers name the contacts in it, as (address, name).
  std::vector<std::pair<std::string, std::string>> names;
  /// One short hash for each line the rep wrote in a reply of his own; none for other mail.
  std::vector<std::string> line_marks;
  Reading reading;
};

}  // namespace ioud::domain
