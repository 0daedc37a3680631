#pragma once
// How far an account was read, as the text that the engine keeps for us; and the names of mails in
// it, "validity.uid/folder". Text that cannot be read is an account never read. Pure.

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "connectors/imap/folders.hpp"
#include "connectors/imap/uid_set.hpp"

namespace ioud::connectors::imap {

struct FolderMark {
  std::uint32_t validity = 0;
  Uid next = 1;              ///< every mail below was given
  std::uint64_t modseq = 0;  ///< of the last settled look; 0: the server has none
  /// How the folder stood at the last look that also told what is gone; while it still stands so,
  /// nothing has changed.
  std::optional<FolderStatus> settled;
};

struct Cursor {
  std::string account;  ///< "user@host:port"
  std::map<std::string, FolderMark> folders;
  /// How many mails are known where what the last look told is taken over whole.
  std::optional<std::size_t> known;

  std::string text() const;
  static Cursor parse(const std::string& text);
};

struct MailName {
  std::uint32_t validity = 0;
  Uid uid = 0;
  std::string folder;

  std::string href() const;
  static std::optional<MailName> parse(const std::string& href);
};

}  // namespace ioud::connectors::imap
