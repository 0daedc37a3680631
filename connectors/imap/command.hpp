#pragma once
// Words the commands we send to an IMAP server (RFC 9051, 4315, 7162, 5819). Every text that comes
// from elsewhere is quoted or a literal, so that nothing in it can become a command. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "connectors/imap/uid_set.hpp"
#include "core/civil_time.hpp"

namespace ioud::connectors::imap {

/// A command without its tag, in pieces: after each but the last the server must say "+" before
/// the next one is sent, unless it knows LITERAL+.
struct Command {
  std::vector<std::string> pieces;

  explicit Command(std::string line) : pieces{std::move(line)} {}
  /// Goes on after a literal of these bytes.
  Command& literal(const std::string& bytes, bool is_non_synchronising);
};

/// The text between quotes; controls and 8-bit bytes, which no quoted text may hold, become "?".
std::string quoted(std::string_view text);

/// "4-Mar-2026" (RFC 9051 date).
std::string date_text(core::Instant at);

Command select(const std::string& mailbox, bool read_only);
/// RFC 7162 3.2.5: says what vanished since that state.
Command select_since(const std::string& mailbox, std::uint32_t validity, std::uint64_t modseq);
Command search_since(core::Instant since, Uid from, bool compact);
Command search_uids(const UidSet& uids, bool compact);
Command search_message_id(const std::string& message_id, bool compact);
/// Size and Message-ID.
Command fetch_heads(const UidSet& uids);
Command fetch_sizes(const UidSet& uids);
// Mails are looked at without being marked as read; with their sizes, and Gmail's labels where
// asked.
/// The first `bytes` of each.
Command fetch_beginning(const UidSet& uids, std::size_t bytes, bool with_labels);
/// Its head_fields.
Command fetch_head_fields(const UidSet& uids, bool with_labels);

/// UTF-8 of a folder's name in modified UTF-7 (RFC 3501 5.1.3); what is none stays as it is.
std::string decoded_folder_name(std::string_view name);

}  // namespace ioud::connectors::imap
