#pragma once
// Sends a mail at most once, whatever is lost on the way. The folder of sent mail is the memory: a
// copy goes there after the server has all of the mail but its last dot, and is taken back where
// the server then refuses. A copy that stands counts as sent, also after a crash or a lost reply,
// because a second invitation is worse than one that has to be asked after. Where the server keeps
// copies itself, its copy is the proof, and none is written.

#include <map>

#include "connectors/capability.hpp"
#include "connectors/login_pace.hpp"
#include "connectors/mail_keys.hpp"
#include "connectors/smtp/submission.hpp"
#include "core/log.hpp"
#include "core/step.hpp"
#include "net/clock.hpp"

namespace ioud::connectors::smtp {

/// The account at that server; `own` is that of the account itself, for where the server wants its
/// token.
Account account_of(const SmtpServer& server, const LoginSource& own,
                   const Surroundings& surroundings);

/// The folder of sent mail, as far as sending needs it.
class SentFolder {
 public:
  virtual ~SentFolder() = default;
  /// An empty href: not there.
  virtual Task<Stored> find(std::string message_id) = 0;
  /// Once for a Message-ID.
  virtual Task<Stored> file(std::string message_id, std::string bytes) = 0;
  virtual Task<bool> take_back(Stored copy) = 0;
};

/// That of a desk with `filing`, as MailboxPorts have it (mail_ports.hpp).
template <class Desk>
class SentAt final : public SentFolder {
 public:
  explicit SentAt(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Task<Stored> find(std::string message_id) override {
    return desk_->filing.find(domain::Box::sent, std::move(message_id));
  }
  Task<Stored> file(std::string message_id, std::string bytes) override {
    return desk_->filing.put(domain::Box::sent, std::move(message_id), std::move(bytes));
  }
  Task<bool> take_back(Stored copy) override {
    return desk_->filing.remove(domain::Box::sent, std::move(copy.href), std::move(copy.etag));
  }

 private:
  std::shared_ptr<Desk> desk_;
};

class Sending final : public MailSink {
 public:
  struct Parts {
    std::unique_ptr<SentFolder> sent;
    Account account;
    bool keeps_copy = false;  ///< the server files what is sent by itself
    const net::Clock* clock = nullptr;
    core::Log* log = nullptr;      ///< may be null
    core::Steps* steps = nullptr;  ///< may be null
  };

  explicit Sending(Parts parts) : parts_(std::move(parts)) {}

  Task<bool> send(ApprovedMessage message) override;
  Task<bool> has_sent(std::string message_id) override;

 private:
  Task<bool> hand_over(ApprovedMessage message);
  Task<bool> undo(std::string message_id);
  void reached(std::string_view step) const;
  void warn(std::string_view event) const;

  Parts parts_;
  LoginPace pace_;
  /// Copies of mails that were refused after all and could not be taken back yet.
  std::map<std::string, Stored> void_copies_;
};

}  // namespace ioud::connectors::smtp
