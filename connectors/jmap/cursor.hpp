#pragma once
// How far an account was read, as the text that the engine keeps for us. Text that cannot be read
// is an account never read. Kept for ever in people's state folders, so its form may only grow.
// Pure.

#include <cstddef>
#include <string>

namespace ioud::connectors::jmap {

struct Cursor {
  std::string account;    ///< the server's address and the account's id
  std::string state;      ///< of the mails (RFC 8620 5.2); empty: to be listed whole
  std::string mailboxes;  ///< Mailboxes::stamp() at that state
  std::size_t page = 0;   ///< the next page of what was found since that state; 0: none is due

  std::string text() const;
  static Cursor parse(const std::string& text);
};

}  // namespace ioud::connectors::jmap
