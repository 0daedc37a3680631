#include "connectors/imap/connection.hpp"

namespace ioud::connectors::imap {
namespace {

constexpr std::chrono::minutes proof_of_life{5};

}  // namespace

Connection::~Connection() { drop(); }

Task<Session*> Connection::session() {
  was_kept_ = session_ && (session_->is_usable() || session_->is_idling());
  if (was_kept_) co_return session_.get();
  drop();
  if (account_.give_back) {
    // A sign-in that is no longer good shows before the server is called; the token is had again
    // from memory at the login.
    auto token = co_await account_.find_secret();
    if (!token) co_return tl::unexpected(token.error());
  }
  const core::Instant now = clock_.now();
  if (const auto next = pace_->begin(now)) {
    core::Error error{core::Fault::throttled, account_.peer.host,
                      "logged in too often in a short time; waiting before the next try",
                      *next - now};
    co_return tl::unexpected(std::move(error));
  }
  Account account = account_;
  auto session = co_await Session::open(std::move(account));
  if (!session) co_return tl::unexpected(session.error());
  session_ = std::move(*session);
  born_ = clock_.now();
  co_return session_.get();
}

void Connection::drop() {
  if (!session_) return;
  if (clock_.now() - born_ >= proof_of_life) pace_->went_well();
  session_.reset();
}

Task<bool> Connection::log_out() {
  if (!session_) co_return true;
  auto ended = co_await session_->log_out();
  session_.reset();
  pace_->went_well();
  co_return ended;
}

}  // namespace ioud::connectors::imap
