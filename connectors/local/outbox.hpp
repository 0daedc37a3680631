#pragma once
// A folder that stands in for a mail server: what is sent lies there as one RFC 5322 file, and a
// copy of it in the mailbox's folder of sent mail. The file name comes from the Message-ID, so the
// same message cannot leave twice. Blocking calls.

#include "connectors/capability.hpp"
#include "connectors/local/files.hpp"
#include "connectors/local/maildir.hpp"

namespace ioud::connectors::local {

class Outbox {
 public:
  /// `copies` (may be null) outlives the outbox; `steps` may be null.
  Outbox(fs::path folder, Maildir* copies, core::Steps* steps)
      : folder_(std::move(folder)), copies_(copies), writer_(steps) {}

  /// True also where it was sent before; then only a missing copy is made up for.
  Result<bool> send(const ApprovedMessage& message);
  /// Either the file or the copy is proof: another program may have taken the file away.
  Result<bool> has_sent(const std::string& message_id) const;

 private:
  std::string name_of(const std::string& message_id) const;

  fs::path folder_;
  Maildir* copies_;
  FileWriter writer_;
};

}  // namespace ioud::connectors::local
