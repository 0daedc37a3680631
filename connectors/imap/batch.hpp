#pragma once
// Mails of one folder that are asked for at once: first their heads, then what is wanted of them.
// Pure.

#include <map>
#include <string>
#include <vector>

#include "connectors/capability.hpp"
#include "connectors/imap/folders.hpp"
#include "connectors/imap/response.hpp"
#include "connectors/imap/uid_set.hpp"

namespace ioud::connectors::imap {

struct Batch {
  Folder folder;
  std::uint32_t validity = 0;
  Uid end = 0;                    ///< every mail below was dealt with
  std::map<Uid, MailItem> mails;  ///< what came of them, without their hrefs

  std::string name_of(Uid uid) const;
  /// A draft by its label, which the folder of drafts has too.
  bool is_elsewhere(const MailItem& mail) const;

  /// What the server tells of one mail, by a FETCH response; returns the bytes taken. Changes of
  /// flags and mails that others asked for come unasked, and are passed over.
  std::size_t take(const std::vector<Value>& pairs, const UidSet& asked, bool is_head);

  /// The mails of whose heads more is wanted, and those whose heads nobody has; they are to come
  /// whole, and are left out here until they do.
  std::vector<Uid> take_wanted(const MailFilter& wants);
};

}  // namespace ioud::connectors::imap
