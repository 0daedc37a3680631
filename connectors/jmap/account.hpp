#pragma once
// One login at one JMAP server, and the way every request takes: it finds the server, adds the
// login, keeps to trusted hosts, heeds the pace of logins and the wait a server asked for, and
// turns statuses into faults. Keeps the session (RFC 8620 2) and reads it again where the server
// says that it changed. Knows nothing of mail.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/domain_servers.hpp"
#include "connectors/jmap/answers.hpp"
#include "connectors/jmap/session.hpp"
#include "connectors/login_pace.hpp"
#include "connectors/mail_keys.hpp"
#include "connectors/oauth/settings.hpp"
#include "connectors/surroundings.hpp"
#include "net/clock.hpp"
#include "net/http_pool.hpp"

namespace ioud::connectors::jmap {

using net::Task;

struct AccountSettings {
  std::string name;    ///< of the connector
  net::Url server;     ///< where the session lies, unless the domain names another
  std::string domain;  ///< whose server is to be looked up (RFC 8620 2.2), or ""
  Place place;         ///< of the address in the config
  MailLogin login;
  std::optional<oauth::Settings> oauth;  ///< where tokens come from instead
  net::TlsSettings tls;
  std::vector<std::string> hosts;  ///< besides the server's
};

class Account {
 public:
  Account(AccountSettings settings, const Surroundings& surroundings);

  const AccountSettings& settings() const { return settings_; }
  const net::Clock& clock() const { return *clock_; }
  const LoginSource& login_source() const { return source_; }

  /// The session, read where it is not known or has changed. Where nobody answers, the domain's
  /// next server is asked.
  Task<Session> session();
  /// The next use reads it again.
  void forget_session() { session_.reset(); }

  /// Posts a request. Fails where it as a whole was not carried out; single calls may have failed
  /// all the same.
  Task<Answers> ask(std::string request);

  /// The bytes of a blob that is `size` bytes long, or its first `most`. A blob that ends before is
  /// transient; one that is not there not_found.
  Task<std::string> download(std::string blob, std::uint64_t size, std::size_t most);

  /// Leaves a message there for the next request; returns the id of the blob. One larger than the
  /// server takes is rejected.
  Task<std::string> upload(std::string bytes);

  /// Asks for the stream of events (RFC 8620 7.3) with a ping each so many seconds, and hands it to
  /// the sink until either side ends it. The answer, whatever its status but those that are faults
  /// of any request.
  Task<net::Response> listen(int ping_seconds, net::BodySink* sink);

 private:
  std::optional<core::Error> wait_due(const net::Url& url);
  void note(const core::Result<net::Response>& response, const net::Url& url);
  core::Error error(const net::Response& response, const net::Url& url) const;
  Task<bool> find_server();
  Task<Session> session_at(net::Url url);
  Task<net::Credentials> credentials();
  Task<net::Response> send(net::Request request, net::BodySink* sink = nullptr);
  Task<net::Response> send_ok(net::Request request, net::BodySink* sink = nullptr);

  AccountSettings settings_;
  std::shared_ptr<const net::Clock> clock_;
  std::shared_ptr<net::HttpPool> pool_;
  DomainServers servers_;
  LoginSource source_;
  std::optional<core::Secret> secret_;  ///< the last that was used
  std::optional<Session> session_;
  std::string told_state_;  ///< of the session, as the last answer had it
  LoginPace pace_;
  bool is_proven_ = false;                   ///< the last request was carried out
  std::optional<core::Instant> not_before_;  ///< the server asked us to wait until then
};

using SharedAccount = std::shared_ptr<Account>;

}  // namespace ioud::connectors::jmap
