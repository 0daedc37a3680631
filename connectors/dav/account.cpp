#include "connectors/dav/account.hpp"

#include "connectors/http_ways.hpp"
#include "core/step.hpp"
#include "core/text.hpp"
#include "net/retry.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;

constexpr int most_redirects = 5;

net::Login first_login(LoginWay way) {
  switch (way) {
    case LoginWay::automatic:
    case LoginWay::basic:
      return net::Login::basic;
    case LoginWay::digest:
      return net::Login::digest;
    case LoginWay::bearer:
      return net::Login::bearer;
    case LoginWay::none:
      return net::Login::none;
  }
  return net::Login::none;
}

}  // namespace

Account::Account(AccountSettings settings, Surroundings surroundings)
    : settings_(std::move(settings)),
      surroundings_(std::move(surroundings)),
      servers_({settings_.domain, settings_.service, settings_.server_place, settings_.hosts},
               surroundings_),
      pool_(pool_of(surroundings_)),
      login_(first_login(settings_.way)) {}

core::Instant Account::now() const {
  return surroundings_.clock == nullptr ? core::Instant() : surroundings_.clock->now();
}

core::Error Account::error(Fault fault, const net::Url& url, std::string text) const {
  return core::Error{fault, net::format(url), std::move(text), std::nullopt};
}

core::Error Account::error(const net::Response& response, const net::Url& url,
                           std::string_view what) const {
  return net::error_of(response, net::format(url), what, now());
}

net::Task<net::Url> Account::server() {
  if (servers_.is_wanted()) {
    auto found = co_await servers_.server(now());
    if (!found) co_return found;
    settings_.server = std::move(*found);
  }
  co_return settings_.server;
}

bool Account::is_trusted(const net::Url& url) const {
  return may_see_login(url, settings_.server, settings_.hosts) || servers_.has(url);
}

net::Task<net::Credentials> Account::credentials() {
  net::Credentials who;
  if (login_ == net::Login::none || !settings_.secret) co_return who;
  if (!secret_) {
    if (!surroundings_.find_secret) {
      co_return core::fail(Fault::config, format(settings_.secret->place),
                           "secrets cannot be had here");
    }
    Setting reference = *settings_.secret;
    auto found = co_await surroundings_.find_secret(std::move(reference));
    if (!found) co_return tl::unexpected(found.error());
    secret_ = std::move(*found);
  }
  who.login = login_;
  who.user = settings_.user;
  who.secret = *secret_;
  co_return who;
}

/// After a 401: whether another way to log in is worth a try.
bool Account::change_login(const net::Response& refused) {
  const std::string ways = core::ascii_lower(refused.headers.all("WWW-Authenticate"));
  const bool wants_digest =
      ways.find("digest") != std::string::npos && ways.find("basic") == std::string::npos;
  if (settings_.way != LoginWay::automatic || login_ != net::Login::basic || !wants_digest) {
    return false;
  }
  login_ = net::Login::digest;
  return true;
}

net::Task<net::Response> Account::send_once(net::Request request, net::BodySink* sink) {
  if (not_before_ && now() < *not_before_) {
    core::Error wait = error(Fault::throttled, request.url,
                             "the server asked us to wait; it is tried again later");
    wait.retry_after = *not_before_ - now();
    co_return tl::unexpected(std::move(wait));
  }
  not_before_.reset();
  const auto known = co_await server();
  if (!known) co_return tl::unexpected(known.error());
  if (!is_trusted(request.url)) {
    co_return tl::unexpected(
        error(Fault::config, request.url,
              "the server " + settings_.server.host + " sends us to " + request.url.host +
                  ", which the config does not name; where that is right, add it to `hosts`"));
  }
  request.tls = settings_.tls;
  for (bool may_change = true;; may_change = false) {
    auto who = co_await credentials();
    if (!who) co_return tl::unexpected(who.error());
    request.credentials = std::move(*who);
    auto response = co_await pool_->fetch(request, sink);
    if (!response) co_return response;
    if (response->status == 401) {
      // The secret may have been changed since it was read; it is looked up again next time.
      if (may_change && change_login(*response)) continue;
      secret_.reset();
      co_return tl::unexpected(error(*response, request.url, "login at " + settings_.name));
    }
    if (response->status == 429 || response->status == 503) {
      core::Error wait = error(*response, request.url, settings_.name);
      if (wait.retry_after) not_before_ = now() + *wait.retry_after;
      co_return tl::unexpected(std::move(wait));
    }
    co_return response;
  }
}

net::Task<net::Response> Account::send(net::Request request, net::BodySink* sink, net::Url* url) {
  for (int hops = 0; hops <= most_redirects; ++hops) {
    if (url != nullptr) *url = request.url;
    auto response = co_await send_once(request, sink);
    if (!response) co_return response;
    auto next = net::redirected(request, *response);
    if (!next) co_return response;
    next->credentials = {};
    request = std::move(*next);
  }
  co_return tl::unexpected(
      error(Fault::protocol, request.url, "the server sends us in a circle; check its address"));
}

net::Task<net::Response> Account::expect(net::Request request, std::string what,
                                         net::BodySink* sink, net::Url* url) {
  const net::Url asked = request.url;
  auto response = co_await send(std::move(request), sink, url);
  if (response && (response->status < 200 || response->status > 299)) {
    co_return tl::unexpected(error(*response, asked, what));
  }
  co_return response;
}

net::Task<std::vector<Resource>> Account::resources(net::Request request, std::string what,
                                                    net::Url* url) {
  const net::Url asked = request.url;
  auto response = co_await expect(std::move(request), what, nullptr, url);
  if (!response) co_return tl::unexpected(response.error());
  std::vector<Resource> found;
  auto read = read_multistatus(response->body, found);
  if (!read) {
    core::Error wrong = read.error();
    wrong.place = net::format(asked);
    wrong.text = what + ": " + wrong.text;
    co_return tl::unexpected(std::move(wrong));
  }
  if (response->status != 207 || read->root != "D:multistatus") {
    co_return tl::unexpected(
        error(Fault::protocol, asked, what + ": the answer is not what WebDAV servers give"));
  }
  co_return found;
}

net::Task<net::Response> Account::write(net::Request request) {
  if (surroundings_.steps != nullptr) surroundings_.steps->reached("dav.write.before");
  auto response = co_await send_once(std::move(request), nullptr);
  if (surroundings_.steps != nullptr) surroundings_.steps->reached("dav.write.after");
  co_return response;
}

}  // namespace ioud::connectors::dav
