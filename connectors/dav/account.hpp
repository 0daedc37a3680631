#pragma once
// One login at one server: its option rows, its settings, and the way every request of a CalDAV or
// CardDAV connector takes. It adds the login, follows redirects that stay with trusted hosts, keeps
// to the wait a server asked for, and turns statuses into faults. Knows no collection.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/dav/multistatus.hpp"
#include "connectors/domain_servers.hpp"
#include "connectors/options.hpp"
#include "connectors/surroundings.hpp"
#include "connectors/usual_keys.hpp"
#include "net/http_pool.hpp"

namespace ioud::connectors::dav {

enum class LoginWay { automatic, basic, digest, bearer, none };

struct AccountSettings {
  std::string name;     ///< of the connector
  net::Url server;      ///< where discovery starts; unknown yet where `domain` is set
  std::string domain;   ///< whose server is to be looked up (RFC 6764), or ""
  std::string service;  ///< "_caldavs._tcp" or "_carddavs._tcp"
  Place server_place;
  std::string user;
  std::optional<Setting> secret;  ///< the reference
  LoginWay way = LoginWay::automatic;
  net::TlsSettings tls;
  std::vector<std::string> hosts;  ///< besides the server's: "*.example.com" or a name
  std::size_t item_bytes = 16U << 20U;
};

/// The rows of `name`, `type` and everything about the server and the login.
std::vector<Option> account_rows(const std::string& type);

/// Reads what the rows describe, after they were checked, and complains about what makes no sense.
AccountSettings read_account(const Setting& setting, UsualKeys& keys);

class Account {
 public:
  Account(AccountSettings settings, Surroundings surroundings);

  const AccountSettings& settings() const { return settings_; }
  core::Instant now() const;
  /// Where discovery starts: the configured address, or the domain's server (DomainServers).
  net::Task<net::Url> server();
  /// As DomainServers have it; false where an address was configured.
  bool change_server() { return servers_.change(); }
  void doubt_server() { servers_.doubt(now()); }
  /// Whether a login may go there, once the server is known: to it and the named hosts, and to the
  /// other servers of the domain, which positions of an earlier process may point at.
  bool is_trusted(const net::Url& url) const;

  /// The answer to a request, whatever its status but 401, 429 and 503, which are faults. Redirects
  /// of requests that change nothing are followed; `url`, if given, becomes the last one.
  net::Task<net::Response> send(net::Request request, net::BodySink* sink = nullptr,
                                net::Url* url = nullptr);
  /// As send, and a status other than 2xx is a fault too; `what` says in it what was asked for.
  net::Task<net::Response> expect(net::Request request, std::string what,
                                  net::BodySink* sink = nullptr, net::Url* url = nullptr);
  /// The resources of a multistatus (207 and nothing else), whole in memory: for small answers.
  net::Task<std::vector<Resource>> resources(net::Request request, std::string what,
                                             net::Url* url = nullptr);

  /// A write, told to Steps before and after. The answer whatever its status but 401, 429, 503.
  net::Task<net::Response> write(net::Request request);

  core::Error error(const net::Response& response, const net::Url& url,
                    std::string_view what) const;
  core::Error error(core::Fault fault, const net::Url& url, std::string text) const;

 private:
  net::Task<net::Credentials> credentials();
  bool change_login(const net::Response& refused);
  net::Task<net::Response> send_once(net::Request request, net::BodySink* sink);

  AccountSettings settings_;
  Surroundings surroundings_;
  DomainServers servers_;
  std::shared_ptr<net::HttpPool> pool_;
  std::optional<core::Secret> secret_;
  net::Login login_ = net::Login::none;
  std::optional<core::Instant> not_before_;  ///< a server asked us to wait until then
};

using SharedAccount = std::shared_ptr<Account>;

}  // namespace ioud::connectors::dav
