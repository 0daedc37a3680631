#pragma once
// A Maildir++ mailbox: the folder itself is the inbox, `.Sent`, `.Drafts`, `.Archive`, … beside its
// `cur` and `new` are its folders. Reads all but spam, junk and trash; writes drafts and copies of
// what was sent, and never moves, flags or changes any other mail. Blocking calls.

#include <optional>
#include <string>
#include <vector>

#include "connectors/capability.hpp"
#include "connectors/local/files.hpp"
#include "connectors/local/vdir.hpp"

namespace ioud::connectors::local {

/// A folder of the mailbox: its name on disk ("" is the inbox, else ".Sent") and what it holds.
struct MailFolder {
  std::string name;
  domain::Box box = domain::Box::other;
};

class Maildir {
 public:
  struct Settings {
    fs::path folder;
    std::string sent = "Sent";      ///< where copies of what was sent go
    std::string drafts = "Drafts";  ///< where drafts go
    std::vector<std::string> skip;  ///< folders that are not read, besides spam, junk and trash
    PageLimits limits = {512, 8 * mebibyte, 32 * mebibyte};
  };

  /// `steps` may be null.
  Maildir(Settings settings, core::Steps* steps) : settings_(std::move(settings)), writer_(steps) {}

  /// An href is "folder/unique": it survives changes of flags and the move from `new` to `cur`, but
  /// not the move to another folder. A mail is older than `since` when both its file name and its
  /// file say so. Fails transient where the mailbox is missing, config where the folder is none.
  Result<Changes<MailItem>> pull(const Position& from, core::Instant since,
                                 const MailFilter& wants);

  /// The folders that are read.
  Result<std::vector<MailFolder>> folders() const;

  Result<Stored> append_draft(const std::string& message_id, std::string_view bytes);
  Result<bool> remove_draft(const std::string& href, const std::string& etag);
  /// A copy of a mail that left; the same message_id again changes nothing.
  Result<Stored> file_sent(const std::string& message_id, std::string_view bytes);
  Result<bool> has_filed_sent(const std::string& message_id) const;

 private:
  struct Mail {
    std::string href;
    fs::path path;
    FileState state;
    domain::Box box = domain::Box::other;
  };

  Result<std::vector<Mail>> list() const;
  Result<std::vector<Mail>> list_folder(const MailFolder& folder) const;
  Result<Changes<MailItem>> page(const std::vector<Mail>& mails, const Position& from,
                                 core::Instant since, const MailFilter& wants, bool& is_settled);
  Result<MailItem> read(const Mail& mail, const MailFilter& wants) const;
  bool is_skipped(std::string_view disk_name) const;
  domain::Box box_of(std::string_view disk_name) const;
  Result<std::optional<Mail>> find(const MailFolder& folder, const std::string& unique) const;
  Result<Stored> append(const MailFolder& folder, const std::string& unique, std::string_view flags,
                        std::string_view bytes);

  Settings settings_;
  FileWriter writer_;
  /// The listing that the pages of one long pull go through, and the cursor that continues it.
  std::vector<Mail> listing_;
  std::string continued_by_;
};

}  // namespace ioud::connectors::local
