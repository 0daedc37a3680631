#include "connectors/smtp/sending.hpp"

namespace ioud::connectors::smtp {

using core::Fault;

Account account_of(const SmtpServer& server, const LoginSource& own,
                   const Surroundings& surroundings) {
  Account account;
  account.peer = server.peer;
  account.user = server.user;
  account.is_token = server.is_token;
  account.find_secret = own.find_secret;
  account.give_back = own.give_back;
  if (!server.is_token) {
    account.find_secret = secret_source(surroundings, server.secret, server.user);
    account.give_back = nullptr;
  }
  return account;
}

namespace {

/// A refusal by the mailbox that has the copies is no verdict on the mail, which may be given up
/// for one.
tl::unexpected<core::Error> no_verdict(core::Error error) {
  if (error.fault == Fault::rejected) error.fault = Fault::transient;
  return tl::unexpected<core::Error>(std::move(error));
}

}  // namespace

void Sending::reached(std::string_view step) const {
  if (parts_.steps != nullptr) parts_.steps->reached(step);
}

void Sending::warn(std::string_view event) const {
  if (parts_.log != nullptr) parts_.log->warning(event);
}

/// Takes back the copy of a mail that did not leave.
Task<bool> Sending::undo(std::string message_id) {
  const auto copy = void_copies_.find(message_id);
  if (copy == void_copies_.end()) co_return true;
  auto undone = co_await parts_.sent->take_back(copy->second);
  if (!undone) co_return undone;
  void_copies_.erase(message_id);
  co_return true;
}

Task<bool> Sending::has_sent(std::string message_id) {
  auto undone = co_await undo(message_id);
  if (!undone) co_return no_verdict(undone.error());
  auto found = co_await parts_.sent->find(message_id);
  if (!found) co_return no_verdict(found.error());
  co_return !found->href.empty();
}

Task<bool> Sending::send(ApprovedMessage message) {
  auto left = co_await has_sent(message.message_id());
  if (!left) co_return left;
  if (*left) co_return true;
  if (const auto next = pace_.begin(parts_.clock->now())) {
    core::Error error{Fault::throttled, parts_.account.peer.host,
                      "mail was handed over in vain too often; waiting before the next try",
                      *next - parts_.clock->now()};
    co_return tl::unexpected(std::move(error));
  }
  co_return co_await hand_over(std::move(message));
}

Task<bool> Sending::hand_over(ApprovedMessage message) {
  const std::string& id = message.message_id();
  Stored copy;
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines): awaited within this scope
  const LastCall file_copy = [&]() -> Task<bool> {
    if (!parts_.keeps_copy) {
      auto filed = co_await parts_.sent->file(id, message.bytes());
      if (!filed) co_return no_verdict(filed.error());
      copy = *filed;
    }
    reached("smtp.dot.before");
    co_return true;
  };
  Account account = parts_.account;
  Envelope envelope;
  envelope.sender = message.sender();
  envelope.recipients = message.recipients();
  auto fate = co_await submit(std::move(account), std::move(envelope), message.bytes(), file_copy);
  if (fate && *fate == Fate::accepted) {
    reached("smtp.dot.after");
    pace_.went_well();
    co_return true;
  }
  if (fate) {
    warn("mail.unconfirmed");
    co_return core::fail(Fault::transient, parts_.account.peer.host,
                         "the reply to a mail was lost; it is looked for in the folder of sent "
                         "mail before anything else is done");
  }
  // A server that judges a mail is not one that drops us.
  if (fate.error().fault == Fault::rejected) pace_.went_well();
  if (!copy.href.empty()) {
    void_copies_[id] = copy;
    auto undone = co_await undo(id);
    if (!undone) warn("mail.copy_left");
  }
  co_return tl::unexpected(fate.error());
}

}  // namespace ioud::connectors::smtp
