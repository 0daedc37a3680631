#pragma once
// Mail bytes (RFC 5322, MIME) into what we reason about, and our own words into mail bytes. GMime
// takes messages apart; nothing here judges what a text says, but quoted HTML comes out as "> "
// lines so that others can.

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "domain/message.hpp"

namespace ioud::formats {

struct ParsedMail {
  std::string
      message_id;  ///< without angle brackets; made of the bytes where the header is missing
  std::string in_reply_to;  ///< without angle brackets, or ""
  std::vector<std::string> references;
  domain::Mailbox from;  ///< addresses are lower case
  std::vector<domain::Mailbox> to;
  std::vector<domain::Mailbox> cc;
  core::Instant date;
  std::chrono::seconds offset{0};  ///< of the Date header, east of UTC
  std::string subject;
  /// The best text in UTF-8 with "\n" lines: plain, or HTML read as text where plain is missing or
  /// a stub; format=flowed unwrapped; forwarded messages and attachments left out.
  std::string text;
  bool is_bulk = false;         ///< List-*, or Precedence bulk, list or junk
  bool is_automatic = false;    ///< Auto-Submitted other than no, and its relatives
  bool is_encrypted = false;    ///< S/MIME or OpenPGP; `text` is then empty
  std::string calendar;         ///< content of the first text/calendar part, UTF-8, or ""
  std::string calendar_method;  ///< its MIME parameter, upper case, or ""
  std::vector<std::pair<std::string, std::string>>
      headers;  ///< names in lower case, values decoded

  /// The first header of that name (lower case), "" where there is none.
  std::string_view header(std::string_view name) const;
};

/// Fails with Fault::protocol and the header's name where From or Date are missing or unreadable.
/// Broken MIME below the headers is read as far as it goes, within bounds. `place` goes into
/// errors.
core::Result<ParsedMail> parse_mail(std::string_view bytes, std::string_view place = {});

/// The mail as bytes with CRLF lines; same value, same bytes. With `event` it is an iMIP message:
/// the calendar both as an alternative and as "invite.ics", which Outlook, Gmail and Apple accept.
std::string build_mail(const domain::OutgoingMail& mail);

}  // namespace ioud::formats
