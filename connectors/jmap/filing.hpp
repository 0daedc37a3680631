#pragma once
// The few writes to an account: a draft into the mailbox of drafts, a copy of what is sent into the
// mailbox of sent mail, and taking back what we put there. Nothing else is ever written, and a mail
// is taken back only in the state of the account in which it was looked at.

#include "connectors/capability.hpp"
#include "connectors/jmap/account.hpp"
#include "connectors/jmap/requests.hpp"
#include "core/step.hpp"

namespace ioud::connectors::jmap {

class Filing {
 public:
  /// `steps` may be null.
  Filing(SharedAccount account, FolderWishes wishes, core::Steps* steps)
      : account_(std::move(account)), wishes_(std::move(wishes)), steps_(steps) {}

  /// Puts a mail into the mailbox of that box, or returns where one of that Message-ID stands.
  Task<Stored> put(domain::Box box, std::string message_id, std::string bytes);

  /// Where a mail of that Message-ID stands; empty href: nowhere.
  Task<Stored> find(domain::Box box, std::string message_id);

  /// Takes a mail out of that box if it is still the one of `etag`. Gone already, or thrown away,
  /// is fine; another version or place is a conflict; a mail of another box is rejected.
  Task<bool> remove(domain::Box box, std::string href, std::string etag);

  /// The mailboxes as they are; for drafts and copies there may be none.
  Task<Mailboxes> mailboxes();

 private:
  /// The mailbox of a box, among all of them.
  struct Shelf {
    std::string id;
    Mailboxes mailboxes;
  };
  Task<Shelf> shelf(domain::Box box);
  /// An empty href where the mail was thrown away.
  static Stored stored_of(const Standing& mail, const Shelf& shelf);
  /// What a look found, and the state of the account before it.
  struct Look {
    Stored stored;
    std::string state;
  };
  Task<Look> look_up(const Shelf& shelf, std::string message_id);
  Task<std::string> upload(std::string bytes);
  Task<Written> import(Import import, std::string state);
  Task<Stored> put_in(const Shelf& shelf, Import import, std::string state);
  Task<Written> write(std::string request);
  void reached(std::string_view step) const;
  Task<bool> try_remove(domain::Box box, std::string href, std::string etag);

  SharedAccount account_;
  FolderWishes wishes_;
  core::Steps* steps_;
  bool imports_by_state_ = true;  ///< until the server says that it does not know how
};

}  // namespace ioud::connectors::jmap
