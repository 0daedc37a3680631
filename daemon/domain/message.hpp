#pragma once
// Words on their way out: drafts for the rep, mail to the rep himself, and the one kind of mail a
// client ever gets from us. Building bytes of them is formats/mime's work.

#include <optional>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/calendar_item.hpp"

namespace ioud::domain {

struct Mailbox {
  std::string name;
  std::string address;
  friend bool operator==(const Mailbox&, const Mailbox&) = default;
};

/// A mail to be written, plain text UTF-8. Same value, same bytes.
struct OutgoingMail {
  std::string message_id;  ///< without angle brackets, deterministic
  Mailbox from;
  std::vector<Mailbox> to;
  std::string subject;
  std::string body;
  std::string in_reply_to;  ///< without angle brackets, or ""
  std::vector<std::string> references;
  core::Instant date;
  core::Zone zone;     ///< of the Date header
  std::string method;  ///< REQUEST or CANCEL when `event` is set (RFC 6047)
  std::optional<CalendarItem> event;
};

}  // namespace ioud::domain
