#pragma once
// The ports of a mailbox over whatever can read and file: a desk with `reading` and `filing`, which
// all ports of one account share.

#include <memory>

#include "connectors/capability.hpp"

namespace ioud::connectors {

template <class Desk>
class MailboxPorts final : public MailSource, public DraftBox {
 public:
  explicit MailboxPorts(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Task<Changes<MailItem>> pull(Position from, core::Instant since, MailFilter wants) override {
    return desk_->reading.pull(std::move(from), since, std::move(wants));
  }
  Task<Stored> append(std::string message_id, std::string bytes) override {
    return desk_->filing.put(domain::Box::drafts, std::move(message_id), std::move(bytes));
  }
  Task<bool> remove(std::string href, std::string etag) override {
    return desk_->filing.remove(domain::Box::drafts, std::move(href), std::move(etag));
  }

 private:
  std::shared_ptr<Desk> desk_;
};

}  // namespace ioud::connectors
