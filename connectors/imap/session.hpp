#pragma once
// One logged-in connection to an IMAP server: sends commands one after another, hands on what the
// server says, waits in IDLE. Knows no folders and keeps no state of mails. A session that failed
// or was interrupted in the middle of a command is of no more use and says so.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "connectors/imap/command.hpp"
#include "connectors/imap/response.hpp"
#include "connectors/sasl.hpp"
#include "net/stream.hpp"

namespace ioud::connectors::imap {

using net::Task;

struct Account {
  net::Peer peer;
  net::Patience patience;
  std::string user;
  bool is_token = false;
  /// Asked for at each login, so that a fresh token is had.
  std::function<Task<core::Secret>()> find_secret;
  /// May be null. Else find_secret remembers, and a refused login is tried once more with another.
  GiveBack give_back;
};

class Session {
 public:
  /// Connects and logs in. Fails auth where the server refuses the user, config where it offers no
  /// way to log in that we know, transient where it is not there.
  static Task<std::unique_ptr<Session>> open(Account account);

  /// Takes each untagged response of a command; may fail to end the session.
  using Each = std::function<core::Result<bool>(Response&)>;

  /// Sends a command and returns its tagged response. A refusal ("NO") is a fault by its code:
  /// not_found, auth, transient, or rejected. `each` is called before this returns.
  Task<Response> run(Command command, Each each);

  /// Whether the server tells what vanished (RFC 7162); asks it to, once.
  Task<bool> enable_qresync();

  /// Begins IDLE (RFC 2177); no command may run until stop_idling().
  Task<bool> start_idling();
  /// The next untagged response, or nothing after `longest` of silence.
  Task<std::optional<Response>> hear(std::chrono::milliseconds longest);
  /// Fails transient where the server does not confirm it within `longest`.
  Task<bool> stop_idling(std::chrono::milliseconds longest);

  /// Says goodbye and does not wait long for the answer.
  Task<bool> log_out();

  bool can(std::string_view capability) const;  ///< upper case
  bool is_usable() const { return is_usable_; }
  bool is_idling() const { return is_idling_; }
  const std::set<std::string>& capabilities() const { return capabilities_; }

 private:
  explicit Session(Account account) : account_(std::move(account)) {}

  Task<bool> connect();
  Task<bool> secure();
  Task<bool> ask_capabilities();
  Task<bool> log_in();
  Task<bool> prove(Credentials credentials);
  Task<bool> authenticate(Mechanism mechanism, Credentials credentials);
  Task<bool> log_in_plainly(Credentials credentials);
  Task<Response> next();
  Task<std::optional<Response>> next_within(std::chrono::milliseconds longest);
  core::Result<std::optional<Response>> framed();
  /// Up to the tagged response of `tag` or a continuation.
  Task<Response> answer(std::string tag, Each each);
  void note_capabilities(const std::vector<Value>& values);
  void take_capabilities(const Response& response);
  std::string next_tag() { return "A" + std::to_string(++tags_); }
  tl::unexpected<core::Error> fault(core::Fault kind, std::string text) const;
  tl::unexpected<core::Error> refused(const Response& response, const std::string& what) const;

  Account account_;
  std::unique_ptr<net::Stream> stream_;
  Framer framer_;
  std::set<std::string> capabilities_;
  int tags_ = 0;
  std::string idle_tag_;
  bool has_new_token_ = false;  ///< the first one was refused
  bool is_usable_ = false;
  bool has_qresync_ = false;
  bool is_idling_ = false;
};

}  // namespace ioud::connectors::imap
