#pragma once
// The few writes to a mailbox: a draft into the folder of drafts, a copy of what is sent into the
// folder of sent mail, and taking back what we put there. Nothing else is ever written, and nothing
// is removed but the one mail whose UID, validity and size were seen in the same session.

#include "connectors/capability.hpp"
#include "connectors/imap/connection.hpp"
#include "connectors/imap/cursor.hpp"
#include "connectors/imap/folders.hpp"
#include "core/step.hpp"

namespace ioud::connectors::imap {

class Filing {
 public:
  /// `steps` may be null.
  Filing(Connection& connection, FolderWishes wishes, core::Steps* steps)
      : connection_(connection), wishes_(std::move(wishes)), steps_(steps) {}

  /// Puts a mail into the folder of that box, or returns where one of that Message-ID stands.
  Task<Stored> put(domain::Box box, std::string message_id, std::string bytes);

  /// Where a mail of that Message-ID stands; empty href: nowhere.
  Task<Stored> find(domain::Box box, std::string message_id);

  /// Removes a mail of that folder if it is still the one of `etag`. Gone already is fine; another
  /// version or a renumbered folder is a conflict; another folder is rejected.
  Task<bool> remove(domain::Box box, std::string href, std::string etag);

 private:
  Task<Folder> folder(Session& session, domain::Box box);
  Task<Stored> look_up(Session& session, Folder folder, std::uint32_t validity,
                       std::string message_id);
  Task<Stored> put_in(Session& session, domain::Box box, std::string message_id, std::string bytes);
  Task<Stored> find_in(Session& session, domain::Box box, std::string message_id);
  Task<bool> remove_from(Session& session, domain::Box box, std::string href, std::string etag);
  Task<bool> expunge(Session& session, MailName name);
  void reached(std::string_view step) const;

  Connection& connection_;
  FolderWishes wishes_;
  core::Steps* steps_;
};

}  // namespace ioud::connectors::imap
