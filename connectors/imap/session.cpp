#include "connectors/imap/session.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "formats/encoding.hpp"

namespace ioud::connectors::imap {
namespace {

using core::Fault;

constexpr std::size_t quoted_text = 200;
constexpr std::chrono::milliseconds farewell{500};

Session::Each ignore() {
  return [](Response&) -> core::Result<bool> { return true; };
}

Fault fault_of(const std::string& code) {
  if (code == "AUTHENTICATIONFAILED" || code == "AUTHORIZATIONFAILED" || code == "EXPIRED" ||
      code == "PRIVACYREQUIRED" || code == "CONTACTADMIN")
    return Fault::auth;
  if (code == "NONEXISTENT" || code == "TRYCREATE") return Fault::not_found;
  if (code == "UNAVAILABLE" || code == "INUSE" || code == "LIMIT" || code == "SERVERBUG")
    return Fault::transient;
  return Fault::rejected;
}

std::string encoded(const core::Secret& response) {
  return formats::encode_base64(response.reveal(), false);
}

}  // namespace

tl::unexpected<core::Error> Session::fault(Fault kind, std::string text) const {
  return core::fail(kind, account_.peer.host + ":" + std::to_string(account_.peer.port),
                    std::move(text));
}

tl::unexpected<core::Error> Session::refused(const Response& response,
                                             const std::string& what) const {
  const std::string said = core::shortened(core::made_utf8(response.text), quoted_text);
  return fault(response.status == Status::bad ? Fault::protocol : fault_of(response.code),
               what + (said.empty() ? "" : ": \"" + said + "\""));
}

Task<std::unique_ptr<Session>> Session::open(Account account) {
  std::unique_ptr<Session> session(new Session(std::move(account)));
  auto connected = co_await session->connect();
  if (!connected) co_return tl::unexpected(connected.error());
  co_return std::move(session);
}

Task<bool> Session::connect() {
  auto stream = co_await net::Stream::open(account_.peer, account_.patience);
  if (!stream) co_return tl::unexpected(stream.error());
  stream_ = std::move(*stream);
  auto greeting = co_await next();
  if (!greeting) co_return tl::unexpected(greeting.error());
  if (greeting->status == Status::bye)
    co_return fault(Fault::transient, "the server turns us away for the moment");
  const bool is_preauthenticated = greeting->status == Status::preauth;
  if (greeting->status != Status::ok && !is_preauthenticated)
    co_return fault(Fault::protocol, "this is no IMAP server; check host and port");
  take_capabilities(*greeting);
  if (account_.peer.security == net::Security::starttls) {
    if (is_preauthenticated)
      co_return fault(Fault::config, "the server logs in without TLS; use `security = \"tls\"`");
    auto secured = co_await secure();
    if (!secured) co_return secured;
  }
  if (capabilities_.empty()) {
    auto asked = co_await ask_capabilities();
    if (!asked) co_return asked;
  }
  if (!is_preauthenticated) {
    auto logged_in = co_await log_in();
    if (!logged_in) co_return logged_in;
  }
  is_usable_ = true;
  co_return true;
}

Task<bool> Session::secure() {
  const std::string tag = next_tag();
  std::string line = tag + " STARTTLS\r\n";
  auto sent = co_await stream_->write(std::move(line));
  if (!sent) co_return sent;
  auto reply = co_await answer(tag, ignore());
  if (!reply) co_return tl::unexpected(reply.error());
  if (reply->status != Status::ok)
    co_return fault(Fault::config,
                    "the server offers no TLS on this port; use `security = \"tls\"` and its port, "
                    "mostly 993");
  if (!framer_.is_empty())
    co_return fault(Fault::protocol, "the server spoke before TLS was agreed on");
  capabilities_.clear();
  co_return co_await stream_->start_tls();
}

Task<bool> Session::ask_capabilities() {
  const std::string tag = next_tag();
  std::string line = tag + " CAPABILITY\r\n";
  auto sent = co_await stream_->write(std::move(line));
  if (!sent) co_return sent;
  auto reply = co_await answer(tag, ignore());
  if (!reply) co_return tl::unexpected(reply.error());
  if (reply->status != Status::ok) co_return refused(*reply, "the server tells no capabilities");
  co_return true;
}

Task<bool> Session::log_in() {
  const std::set<std::string> offered = capabilities_;
  for (;;) {
    auto secret = co_await account_.find_secret();
    if (!secret) co_return tl::unexpected(secret.error());
    Credentials credentials{account_.user, *secret, account_.is_token};
    auto done = co_await prove(std::move(credentials));
    if (done) break;
    const bool may_renew =
        done.error().fault == Fault::auth && account_.give_back && !has_new_token_;
    if (!may_renew) co_return done;
    // The same connection takes a second attempt, so that no knock is added.
    account_.give_back(*secret);
    has_new_token_ = true;
    capabilities_ = offered;
  }
  if (!capabilities_.empty()) co_return true;
  co_return co_await ask_capabilities();
}

Task<bool> Session::prove(Credentials credentials) {
  std::vector<std::string> offered;
  for (const std::string& one : capabilities_)
    if (one.starts_with("AUTH=")) offered.push_back(one.substr(5));
  const auto mechanism = choose(offered, credentials.is_token);
  if (mechanism) co_return co_await authenticate(*mechanism, std::move(credentials));
  if (!credentials.is_token && !can("LOGINDISABLED"))
    co_return co_await log_in_plainly(std::move(credentials));
  co_return fault(Fault::config,
                  credentials.is_token
                      ? "the server takes no OAuth tokens; write `password`"
                      : "the server takes no passwords; write `token` or `oauth`, or "
                        "allow passwords in the account's settings");
}

Task<bool> Session::authenticate(Mechanism mechanism, Credentials credentials) {
  const auto words = responses(mechanism, credentials, account_.peer.host, account_.peer.port);
  const std::string tag = next_tag();
  std::string line = tag + " AUTHENTICATE " + name(mechanism);
  std::size_t given = 0;
  if (can("SASL-IR") && words.size() == 1) line += " " + encoded(words[given++]);
  capabilities_.clear();
  line += "\r\n";
  auto sent = co_await stream_->write(std::move(line));
  if (!sent) co_return sent;
  for (int turns = 0; turns < 4; ++turns) {
    auto reply = co_await answer(tag, ignore());
    if (!reply) co_return tl::unexpected(reply.error());
    if (reply->kind == Response::Kind::tagged) {
      if (reply->status == Status::ok) co_return true;
      const Fault kind = fault_of(reply->code) == Fault::transient ? Fault::transient : Fault::auth;
      co_return fault(kind, "the server refuses the login of " + account_.user + "; " +
                                advice(credentials, has_new_token_));
    }
    // After our last word a "+" brings the error of an OAuth login, which we must answer before
    // the refusal comes (RFC 7628 3.2.3).
    std::string next_word = mechanism == Mechanism::oauthbearer ? "AQ==" : "";
    if (given < words.size()) next_word = encoded(words[given++]);
    next_word += "\r\n";
    auto spoken = co_await stream_->write(std::move(next_word));
    if (!spoken) co_return spoken;
  }
  co_return fault(Fault::protocol, "the login does not come to an end");
}

Task<bool> Session::log_in_plainly(Credentials credentials) {
  const std::string tag = next_tag();
  std::string line = tag + " LOGIN " + quoted(credentials.user) + " " +
                     quoted(credentials.secret.reveal()) + "\r\n";
  capabilities_.clear();
  auto sent = co_await stream_->write(std::move(line));
  if (!sent) co_return sent;
  auto reply = co_await answer(tag, ignore());
  if (!reply) co_return tl::unexpected(reply.error());
  if (reply->status == Status::ok) co_return true;
  co_return fault(Fault::auth, "the server refuses the login of " + account_.user + "; " +
                                   advice(credentials, false));
}

core::Result<std::optional<Response>> Session::framed() {
  auto frame = framer_.next();
  if (!frame) return tl::unexpected(frame.error());
  if (!*frame) return std::nullopt;
  auto response = read_response(std::move(**frame));
  if (!response) return tl::unexpected(response.error());
  take_capabilities(*response);
  return std::optional(std::move(*response));
}

Task<Response> Session::next() {
  for (;;) {
    auto response = framed();
    if (!response) co_return tl::unexpected(response.error());
    if (*response) co_return std::move(**response);
    auto bytes = co_await stream_->read();
    if (!bytes) co_return tl::unexpected(bytes.error());
    framer_.feed(*bytes);
  }
}

Task<std::optional<Response>> Session::next_within(std::chrono::milliseconds longest) {
  for (;;) {
    auto response = framed();
    if (!response || *response) co_return response;
    auto bytes = co_await stream_->read_within(longest);
    if (!bytes) co_return tl::unexpected(bytes.error());
    if (bytes->empty()) co_return std::optional<Response>();
    framer_.feed(*bytes);
  }
}

Task<Response> Session::answer(std::string tag, Each each) {
  for (;;) {
    auto response = co_await next();
    if (!response) co_return response;
    if (response->kind == Response::Kind::continuation) co_return response;
    if (response->kind == Response::Kind::tagged) {
      if (response->tag == tag) co_return response;
      co_return fault(Fault::protocol, "the server answers what was not asked");
    }
    if (response->status == Status::bye)
      co_return fault(Fault::transient, "the server ended the session");
    const auto taken = each(*response);
    if (!taken) co_return tl::unexpected(taken.error());
  }
}

Task<Response> Session::run(Command command, Each each) {
  // Not usable again unless the tagged response was seen.
  is_usable_ = false;
  const std::string tag = next_tag();
  for (std::size_t i = 0; i < command.pieces.size(); ++i) {
    std::string piece = (i == 0 ? tag + " " : "") + command.pieces[i] + "\r\n";
    auto sent = co_await stream_->write(std::move(piece));
    if (!sent) co_return tl::unexpected(sent.error());
    auto reply = co_await answer(tag, each);
    if (!reply) co_return reply;
    if (reply->kind == Response::Kind::tagged) {
      is_usable_ = true;
      if (reply->status == Status::ok) co_return reply;
      const std::string word = command.pieces[0].substr(0, command.pieces[0].find('"'));
      co_return refused(*reply, "the server refuses " + word);
    }
    const bool is_last = i + 1 == command.pieces.size();
    if (is_last) co_return fault(Fault::protocol, "the server waits for more than there is");
  }
  co_return fault(Fault::protocol, "the server gave no answer");
}

Task<bool> Session::enable_qresync() {
  if (has_qresync_ || !can("QRESYNC")) co_return has_qresync_;
  Command enable("ENABLE QRESYNC");
  auto enabled = co_await run(std::move(enable), ignore());
  if (!enabled && !is_usable_) co_return tl::unexpected(enabled.error());
  has_qresync_ = enabled.has_value();
  if (!has_qresync_) capabilities_.erase("QRESYNC");
  co_return has_qresync_;
}

Task<bool> Session::start_idling() {
  is_usable_ = false;
  idle_tag_ = next_tag();
  std::string line = idle_tag_ + " IDLE\r\n";
  auto sent = co_await stream_->write(std::move(line));
  if (!sent) co_return sent;
  auto reply = co_await answer(idle_tag_, ignore());
  if (!reply) co_return tl::unexpected(reply.error());
  if (reply->kind == Response::Kind::tagged) co_return refused(*reply, "the server refuses IDLE");
  is_idling_ = true;
  co_return true;
}

Task<std::optional<Response>> Session::hear(std::chrono::milliseconds longest) {
  auto response = co_await next_within(longest);
  const bool is_over = !response || (*response && ((*response)->status == Status::bye ||
                                                   (*response)->kind == Response::Kind::tagged));
  if (!is_over) co_return response;
  is_idling_ = false;
  if (!response) co_return response;
  co_return fault(Fault::transient, "the server ended the session");
}

Task<bool> Session::stop_idling(std::chrono::milliseconds longest) {
  is_idling_ = false;
  std::string line = "DONE\r\n";
  auto sent = co_await stream_->write(std::move(line));
  if (!sent) co_return sent;
  for (;;) {
    auto response = co_await next_within(longest);
    if (!response) co_return tl::unexpected(response.error());
    if (!*response) co_return fault(Fault::transient, "the line went dead while we waited");
    if ((*response)->kind != Response::Kind::tagged) continue;
    is_usable_ = (*response)->tag == idle_tag_ && (*response)->status == Status::ok;
    if (is_usable_) co_return true;
    co_return refused(**response, "the server does not end IDLE");
  }
}

Task<bool> Session::log_out() {
  if (!is_usable_) co_return true;
  is_usable_ = false;
  std::string line = next_tag() + " LOGOUT\r\n";
  auto sent = co_await stream_->write(std::move(line));
  if (sent) co_await next_within(farewell);
  stream_->close();
  co_return true;
}

bool Session::can(std::string_view capability) const {
  return capabilities_.contains(std::string(capability));
}

void Session::note_capabilities(const std::vector<Value>& values) {
  capabilities_.clear();
  for (const Value& value : values) {
    std::string word = value.text;
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    capabilities_.insert(std::move(word));
  }
}

void Session::take_capabilities(const Response& response) {
  if (response.code == "CAPABILITY") note_capabilities(response.code_values);
  if (response.status == Status::none && response.name == "CAPABILITY")
    note_capabilities(response.values);
}

}  // namespace ioud::connectors::imap
