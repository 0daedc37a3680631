#pragma once
// Reads the mails of an account that are new or lie elsewhere since a cursor, page by page, and
// finds out which are gone. Never changes anything. Where the server cannot tell what changed, all
// mails are listed and compared with what is held, so that none is lost, doubled or fetched again.

#include <map>
#include <memory>
#include <string>

#include "connectors/capability.hpp"
#include "connectors/jmap/account.hpp"
#include "connectors/jmap/cursor.hpp"
#include "connectors/mail_limits.hpp"

namespace ioud::connectors::jmap {

/// The version of a mail as the engine keeps it: its box and its size.
std::string etag_of(domain::Box box, std::uint64_t size);

class Reading {
 public:
  Reading(SharedAccount account, FolderWishes wishes, MailLimits limits)
      : account_(std::move(account)), wishes_(std::move(wishes)), limits_(limits) {}

  /// See MailSource::pull. A mail that the server cannot give is reported in `bad`, and asked for
  /// again with the next two pulls.
  Task<Changes<MailItem>> pull(Position from, core::Instant since, MailFilter wants);

 private:
  struct Plan;  ///< what is left to look at before a new cursor holds
  struct Page;  ///< what one pull has found so far
  struct Wish;  ///< a mail that is to be downloaded

  Task<std::shared_ptr<Plan>> make_plan(Cursor cursor, Position from, core::Instant since);
  Task<bool> find_changes(Plan& plan);
  Task<bool> list_all(Plan& plan);
  Task<bool> read_page(Page& page);
  Task<bool> look_ahead(Plan& plan);
  core::Result<bool> take(Page& page, std::string id);
  Task<bool> fetch_all(Page& page);
  Task<bool> fetch(Wish& wish);
  core::Result<bool> settle(Page& page, Wish wish);

  SharedAccount account_;
  FolderWishes wishes_;
  MailLimits limits_;
  std::shared_ptr<Plan> plan_;           ///< of the page that is due next
  std::map<std::string, int> attempts_;  ///< in vain so far, of mails that could not be had
};

}  // namespace ioud::connectors::jmap
