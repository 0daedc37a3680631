#pragma once
// The way to one account: keeps a logged-in session from one piece of work to the next, makes a new
// one where the old is gone, and heeds the pace of logins. One piece of work at a time.

#include <memory>

#include "connectors/imap/session.hpp"
#include "connectors/login_pace.hpp"
#include "net/clock.hpp"

namespace ioud::connectors::imap {

class Connection {
 public:
  /// The clock outlives the connection; the pace is shared by all connections of an account.
  Connection(Account account, std::shared_ptr<LoginPace> pace, const net::Clock& clock)
      : account_(std::move(account)), pace_(std::move(pace)), clock_(clock) {}
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// A session that can be used. Fails throttled where we knocked too often.
  Task<Session*> session();
  /// Whether the session was there before the last call of session().
  bool was_kept() const { return was_kept_; }
  void drop();
  Task<bool> log_out();

  const Account& account() const { return account_; }

  /// Does the work on a session, once more on a new one where a kept one turns out dead. The work
  /// must be such that it can be begun again.
  template <class T>
  Task<T> work(std::function<Task<T>(Session&)> piece) {
    for (;;) {
      auto session = co_await this->session();
      if (!session) co_return tl::unexpected(session.error());
      const bool was_kept = was_kept_;
      auto done = co_await piece(**session);
      const bool is_over = done || done.error().fault != core::Fault::transient || !was_kept;
      if (!(*session)->is_usable()) drop();
      if (is_over) co_return done;
      drop();
    }
  }

 private:
  Account account_;
  std::shared_ptr<LoginPace> pace_;
  const net::Clock& clock_;
  std::unique_ptr<Session> session_;
  core::Instant born_;
  bool was_kept_ = false;
};

}  // namespace ioud::connectors::imap
