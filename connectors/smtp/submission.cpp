#include "connectors/smtp/submission.hpp"

#include "core/text.hpp"
#include "formats/encoding.hpp"

namespace ioud::connectors::smtp {
namespace {

using core::Fault;

constexpr std::chrono::milliseconds farewell{500};
constexpr std::chrono::milliseconds last_look{1};  ///< what came is there; nothing is waited for

/// One connection, from greeting to goodbye.
class Dialogue {
 public:
  explicit Dialogue(Account account) : account_(std::move(account)) {}

  Task<bool> open() {
    auto stream = co_await net::Stream::open(account_.peer, account_.patience);
    if (!stream) co_return tl::unexpected(stream.error());
    stream_ = std::move(*stream);
    auto greeted = co_await expect(220, "the server turns us away");
    if (!greeted) co_return unasked(greeted.error(), Fault::transient);
    auto known = co_await greet();
    if (!known) co_return known;
    if (account_.peer.security == net::Security::starttls) {
      auto secured = co_await secure();
      if (!secured) co_return secured;
    }
    if (account_.user.empty()) co_return true;
    co_return co_await log_in();
  }

  Task<bool> begin(Envelope envelope, std::string bytes) {
    const auto possible = check(envelope, bytes, abilities_);
    if (!possible) co_return possible;
    auto sender =
        co_await ask(mail_from(envelope, bytes, abilities_), 250, "the server refuses the sender");
    if (!sender) co_return tl::unexpected(sender.error());
    for (const std::string& recipient : envelope.recipients) {
      const std::string what = "the server refuses the recipient " + recipient;
      auto taken = co_await ask(rcpt_to(recipient), 250, what);
      if (!taken) co_return tl::unexpected(taken.error());
    }
    auto data = co_await ask("DATA", 354, "the server refuses the mail");
    if (!data) co_return tl::unexpected(data.error());
    co_return co_await stream_->write(dot_stuffed(bytes));
  }

  /// The last dot. Unknown where no whole reply comes back. A server that left or refused before it
  /// has not taken the mail.
  Task<Fate> finish() {
    auto early = co_await stream_->read_within(last_look);
    if (!early) co_return tl::unexpected(early.error());
    if (!early->empty()) {
      reader_.feed(*early);
      auto refused = co_await next();
      if (!refused) co_return tl::unexpected(refused.error());
      if (!refused->is_good()) co_return failed(*refused, "the server refuses the mail");
      co_return core::fail(Fault::protocol, place(), "the server spoke before the mail had ended");
    }
    std::string dot = ".\r\n";
    auto sent = co_await stream_->write(std::move(dot));
    if (!sent) co_return Fate::unknown;
    auto reply = co_await next(account_.verdict);
    if (!reply) co_return Fate::unknown;
    if (reply->code >= 200 && reply->code < 300) co_return Fate::accepted;
    co_return failed(*reply, "the server refuses the mail");
  }

  Task<bool> quit() {
    std::string line = "QUIT\r\n";
    auto sent = co_await stream_->write(std::move(line));
    if (sent) co_await stream_->read_within(farewell);
    stream_->close();
    co_return true;
  }

 private:
  tl::unexpected<core::Error> failed(const Reply& reply, const std::string& what) const {
    return tl::unexpected<core::Error>(refusal(reply, place(), what));
  }
  std::string place() const {
    return account_.peer.host + ":" + std::to_string(account_.peer.port);
  }

  /// A refusal in which no mail was judged, because none was spoken of yet: never `rejected`, by
  /// which an approved mail would be given up.
  static tl::unexpected<core::Error> unasked(core::Error error, Fault instead) {
    if (error.fault == Fault::rejected) error.fault = instead;
    return tl::unexpected<core::Error>(std::move(error));
  }

  Task<Reply> next() { co_return co_await next(account_.patience.progress); }

  Task<Reply> next(std::chrono::milliseconds longest) {
    for (;;) {
      auto reply = reader_.next();
      if (!reply) co_return tl::unexpected(reply.error());
      if (*reply) co_return std::move(**reply);
      auto bytes = co_await stream_->read_within(longest);
      if (!bytes) co_return tl::unexpected(bytes.error());
      if (bytes->empty()) co_return core::fail(Fault::transient, place(), "the server fell silent");
      reader_.feed(*bytes);
    }
  }

  Task<Reply> expect(int code, std::string what) {
    auto reply = co_await next();
    if (!reply || reply->code == code) co_return reply;
    const bool is_kin = code == 250 && reply->code >= 250 && reply->code < 253;
    if (is_kin) co_return reply;
    co_return failed(*reply, what);
  }

  Task<Reply> ask(std::string line, int code, std::string what) {
    line += "\r\n";
    auto sent = co_await stream_->write(std::move(line));
    if (!sent) co_return tl::unexpected(sent.error());
    co_return co_await expect(code, std::move(what));
  }

  Task<bool> greet() {
    // An address literal says nothing about the machine and is always allowed (RFC 5321 4.1.1.1).
    auto reply = co_await ask("EHLO [127.0.0.1]", 250, "the server knows no EHLO");
    if (!reply) co_return unasked(reply.error(), Fault::config);
    abilities_ = abilities_of(*reply);
    co_return true;
  }

  Task<bool> secure() {
    if (!abilities_.starttls)
      co_return core::fail(Fault::config, place(),
                           "the server offers no TLS on this port; use `security = \"tls\"` and "
                           "its port, mostly 465");
    auto ready = co_await ask("STARTTLS", 220, "the server refuses TLS");
    if (!ready) co_return unasked(ready.error(), Fault::config);
    if (!reader_.is_empty())
      co_return core::fail(Fault::protocol, place(), "the server spoke before TLS was agreed on");
    auto secured = co_await stream_->start_tls();
    if (!secured) co_return secured;
    co_return co_await greet();
  }

  Task<bool> log_in() {
    for (bool is_new = false;; is_new = true) {
      auto secret = co_await account_.find_secret();
      if (!secret) co_return tl::unexpected(secret.error());
      Credentials credentials{account_.user, *secret, account_.is_token};
      auto done = co_await prove(std::move(credentials), is_new);
      const bool may_renew =
          !done && done.error().fault == Fault::auth && account_.give_back && !is_new;
      if (!may_renew) co_return done;
      account_.give_back(*secret);
    }
  }

  Task<bool> prove(Credentials credentials, bool is_new) {
    const auto mechanism = choose(abilities_.mechanisms, account_.is_token);
    if (!mechanism)
      co_return core::fail(Fault::config, place(),
                           account_.is_token
                               ? "the server takes no OAuth tokens; write `password`"
                               : "the server takes no passwords here; use `security = \"tls\"`, or "
                                 "write `token` or `oauth`");
    const auto words = responses(*mechanism, credentials, account_.peer.host, account_.peer.port);
    std::size_t given = 0;
    std::string line = "AUTH " + name(*mechanism);
    if (words.size() == 1) line += " " + formats::encode_base64(words[given++].reveal(), false);
    for (int turns = 0; turns < 4; ++turns) {
      line += "\r\n";
      auto sent = co_await stream_->write(std::move(line));
      if (!sent) co_return sent;
      auto reply = co_await next();
      if (!reply) co_return tl::unexpected(reply.error());
      if (reply->code == 235) co_return true;
      if (reply->code != 334) co_return refused_login(*reply, advice(credentials, is_new));
      // After our last word 334 brings the error of an OAuth login, to be answered before the
      // refusal comes (RFC 7628 3.2.3).
      line = *mechanism == Mechanism::oauthbearer ? "AQ==" : "";
      if (given < words.size()) line = formats::encode_base64(words[given++].reveal(), false);
    }
    co_return core::fail(Fault::protocol, place(), "the login does not come to an end");
  }

  tl::unexpected<core::Error> refused_login(const Reply& reply, const std::string& what_now) const {
    const bool is_passing = reply.code >= 400 && reply.code < 500;
    return core::fail(is_passing ? Fault::transient : Fault::auth, place(),
                      "the server refuses the login of " + account_.user + "; " + what_now);
  }

  Account account_;
  std::unique_ptr<net::Stream> stream_;
  ReplyReader reader_;
  Abilities abilities_;
};

}  // namespace

Task<Fate> submit(Account account, Envelope envelope, std::string bytes, LastCall last_call) {
  Dialogue dialogue(std::move(account));
  auto opened = co_await dialogue.open();
  if (!opened) co_return tl::unexpected(opened.error());
  auto begun = co_await dialogue.begin(std::move(envelope), std::move(bytes));
  if (!begun) co_return tl::unexpected(begun.error());
  auto allowed = co_await last_call();
  if (!allowed) co_return tl::unexpected(allowed.error());
  auto fate = co_await dialogue.finish();
  if (fate && *fate == Fate::accepted) co_await dialogue.quit();
  co_return fate;
}

Task<bool> try_login(Account account) {
  Dialogue dialogue(std::move(account));
  auto opened = co_await dialogue.open();
  if (!opened) co_return opened;
  co_return co_await dialogue.quit();
}

}  // namespace ioud::connectors::smtp
