#pragma once
// Reads the mails of an account that are new since a cursor, page by page, and finds out which are
// gone. Never changes anything: folders are opened read-only and mails peeked at. UIDs are believed
// only within one UIDVALIDITY, numbers that a server announces only where it shows the mails too.

#include <set>

#include "connectors/capability.hpp"
#include "connectors/imap/batch.hpp"
#include "connectors/imap/connection.hpp"
#include "connectors/imap/cursor.hpp"
#include "connectors/imap/folders.hpp"
#include "connectors/mail_limits.hpp"

namespace ioud::connectors::imap {

struct ReadingLimits : MailLimits {
  std::size_t asked_at_once = 32;   ///< mails
  std::size_t heads_at_once = 256;  ///< of mails that may turn out not to be wanted
};

/// All folders that are read, each as it stands.
Task<std::vector<Folder>> list_folders(Session& session, FolderWishes wishes, std::string host);

class Reading {
 public:
  Reading(Connection& connection, FolderWishes wishes, ReadingLimits limits)
      : connection_(connection), wishes_(std::move(wishes)), limits_(limits) {}

  /// See MailSource::pull. A mail that the server cannot give is reported in `bad`, once.
  Task<Changes<MailItem>> pull(Position from, core::Instant since, MailFilter wants);

 private:
  struct Page;  ///< what one pull has found so far

  Task<Changes<MailItem>> read_page(Session& session, Position from, core::Instant since,
                                    MailFilter wants);
  Task<bool> read_folder(Session& session, Page& page, Folder folder);
  Task<bool> read_mails(Session& session, Page& page, Folder folder, FolderMark& mark,
                        std::vector<Uid> uids);
  Task<bool> read_batch(Session& session, Page& page, Batch& batch, std::vector<Uid> uids);
  Task<bool> fetch(Session& session, Page& page, Batch& batch, std::vector<Uid> uids, bool is_head);
  Task<bool> find_gone(Session& session, Page& page, Folder folder, std::uint32_t validity,
                       UidSet vanished, bool is_vanished_told);
  void settle_gone(Page& page);

  Connection& connection_;
  FolderWishes wishes_;
  ReadingLimits limits_;
  /// After an answer that broke the rules mails are asked for one by one, so that the one to blame
  /// is found, and left out from then on.
  bool is_careful_ = false;
  std::set<std::string> refused_;  ///< hrefs
};

}  // namespace ioud::connectors::imap
