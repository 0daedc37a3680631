#include "engine/courier.hpp"

#include "core/ident.hpp"
#include "domain/refusal.hpp"
#include "formats/mime.hpp"

namespace ioud::connectors {

/// The one maker of mail that may leave; see ApprovedMessage.
class ApprovedMessageMaker {
 public:
  static ApprovedMessage make(const domain::OutgoingMail& mail, std::string bytes) {
    std::vector<std::string> recipients;
    for (const domain::Mailbox& box : mail.to) recipients.push_back(box.address);
    return {mail.message_id, mail.from.address, std::move(recipients), std::move(bytes)};
  }
};

}  // namespace ioud::connectors

namespace ioud::engine {
namespace {

/// Approved by the rep and not used up, or for nobody but the rep (invariants I3, I4).
bool may_leave(const Setup& setup, const domain::Ledger& ledger,
               const domain::DueMessage& message) {
  if (ledger.sent.contains(message.mail.message_id)) return false;
  if (message.approval.empty()) {
    for (const domain::Mailbox& box : message.mail.to)
      if (!domain::is_rep(setup.setting, box.address)) return false;
    return true;
  }
  const auto approval = ledger.approvals.find(message.approval);
  return approval != ledger.approvals.end() && !approval->second.used_at &&
         !approval->second.cancelled;
}

connectors::MailSink* sink_of(const Parts& parts, std::string& connector) {
  for (connectors::Connector& one : parts.connectors)
    if (one.mail_sink != nullptr) {
      connector = one.name;
      return one.mail_sink.get();
    }
  return nullptr;
}

store::Intent intent_of(const domain::DueMessage& message, const std::string& connector,
                        const std::string& bytes, core::Instant now) {
  store::Intent intent;
  intent.kind = store::IntentKind::send;
  intent.connector = connector;
  intent.uid = message.mail.message_id;
  intent.owner = message.iou.empty() ? message.kind : message.iou;
  intent.hash = core::content_hash(bytes);
  intent.at = now;
  return intent;
}

/// Hands one message over. Where nobody can say whether it has left before, nothing is tried; one
/// that has left is given again, which sends nothing and files the copy a stop may have cut off.
net::Task<bool> hand_over(connectors::MailSink& sink, const domain::DueMessage& message,
                          const std::string& bytes) {
  auto left = co_await sink.has_sent(message.mail.message_id);
  if (!left) {
    core::Error error = left.error();
    // Nobody has judged the message yet.
    if (error.fault == core::Fault::rejected) error.fault = core::Fault::transient;
    co_return tl::unexpected(std::move(error));
  }
  connectors::ApprovedMessage approved =
      connectors::ApprovedMessageMaker::make(message.mail, bytes);
  co_return co_await sink.send(std::move(approved));
}

}  // namespace

net::Task<Delivered> deliver(const Setup& setup, const Parts& parts, domain::Ledger& ledger,
                             std::vector<domain::DueMessage> messages) {
  Delivered delivered;
  std::string connector;
  connectors::MailSink* sink = sink_of(parts, connector);
  if (sink == nullptr) co_return delivered;
  for (const domain::DueMessage& message : messages) {
    if (!may_leave(setup, ledger, message)) continue;
    const std::string bytes = formats::build_mail(message.mail);
    store::JournalLines lines;
    lines.intents.push_back(intent_of(message, connector, bytes, parts.clock.now()));
    auto ids = parts.ledger.commit(ledger, ledger, lines);
    if (!ids) co_return tl::unexpected(ids.error());
    auto sent = co_await hand_over(*sink, message, bytes);
    domain::Ledger after = ledger;
    store::Outcome outcome;
    outcome.intent = ids->front();
    outcome.at = parts.clock.now();
    if (sent) {
      domain::message_sent(after, setup.setting, message, parts.clock.now());
      ++delivered.sent;
      parts.log.info("message.sent", {{"kind", message.kind}, {"connector", connector}});
    } else {
      const bool is_final = sent.error().fault == core::Fault::rejected;
      outcome.ending = is_final ? store::Ending::refused : store::Ending::abandoned;
      if (is_final) domain::message_refused(after, message, parts.clock.now());
      ++delivered.refused;
      delivered.is_retryable =
          delivered.is_retryable || sent.error().fault == core::Fault::transient;
      parts.log.warning("message.failed", {{"kind", message.kind},
                                           {"connector", connector},
                                           {"fault", core::name(sent.error().fault)}});
    }
    store::JournalLines outcomes;
    outcomes.outcomes.push_back(std::move(outcome));
    auto committed = parts.ledger.commit(ledger, after, outcomes);
    if (!committed) co_return tl::unexpected(committed.error());
    ledger = std::move(after);
  }
  co_return delivered;
}

}  // namespace ioud::engine
