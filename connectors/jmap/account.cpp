#include "connectors/jmap/account.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "connectors/http_ways.hpp"
#include "connectors/oauth/login_source.hpp"
#include "net/retry.hpp"

namespace ioud::connectors::jmap {
namespace {

using core::Fault;

/// By which a domain names its servers (RFC 8620 2.2).
constexpr const char* service = "_jmap._tcp";
constexpr int most_redirects = 5;
constexpr std::size_t most_session_bytes = 1U << 20U;
constexpr std::size_t most_answer_bytes = 16U << 20U;
constexpr std::size_t slack_bytes = 1U << 20U;  ///< a sink ends in the middle of what arrives
constexpr std::chrono::hours longest_stream{24};

bool is_no_entry(int status) { return status == 401 || status == 403 || status == 407; }

/// Whether the server let us in and did not fail.
bool is_carried_out(const core::Result<net::Response>& response) {
  return response && !is_no_entry(response->status) && response->status != 429 &&
         response->status < 500;
}

/// Keeps the beginning of a body. The exchange is broken off only where more comes, because a
/// connection that was broken off has to be made anew.
class Beginning final : public net::BodySink {
 public:
  explicit Beginning(std::size_t most) : most_(most) {}
  bool take(std::string_view some) override {
    const std::size_t room = most_ - bytes.size();
    bytes.append(some.substr(0, room));
    return some.size() <= room;
  }
  std::string bytes;

 private:
  std::size_t most_;
};

}  // namespace

Account::Account(AccountSettings settings, const Surroundings& surroundings)
    : settings_(std::move(settings)),
      clock_(clock_of(surroundings)),
      pool_(pool_of(surroundings)),
      servers_({settings_.domain, service, settings_.place, settings_.hosts}, surroundings),
      source_(oauth::login_source(settings_.name, settings_.oauth, settings_.login, surroundings)) {
}

core::Error Account::error(const net::Response& response, const net::Url& url) const {
  core::Error found =
      net::error_of(response, net::format(url), "JMAP of " + settings_.name, clock_->now());
  if (response.status == 403) found.fault = Fault::auth;
  return found;
}

/// The wait that is due before a request; an attempt is counted where there is none.
std::optional<core::Error> Account::wait_due(const net::Url& url) {
  const core::Instant now = clock_->now();
  std::optional<core::Instant> next;
  if (not_before_ && now < *not_before_) next = not_before_;
  if (!next && !is_proven_) next = pace_.begin(now);
  if (!next) return std::nullopt;
  return core::Error{Fault::throttled, net::format(url),
                     "the server asked us to wait, or was asked in vain too often; it is tried "
                     "again later",
                     *next - now};
}

void Account::note(const core::Result<net::Response>& response, const net::Url& url) {
  const bool was_proven = is_proven_;
  is_proven_ = is_carried_out(response);
  not_before_.reset();
  if (is_proven_) {
    if (!was_proven) pace_.went_well();
    return;
  }
  // The attempt was not counted while all went well.
  if (was_proven) pace_.begin(clock_->now());
  if (!response) return;
  if (is_no_entry(response->status)) secret_.reset();
  const core::Error found = error(*response, url);
  if (found.retry_after) not_before_ = clock_->now() + *found.retry_after;
}

Task<net::Credentials> Account::credentials() {
  // A sign-in knows itself how long its token is good.
  if (!secret_ || source_.give_back) {
    auto found = co_await source_.find_secret();
    if (!found) co_return tl::unexpected(found.error());
    secret_ = std::move(*found);
  }
  net::Credentials who;
  who.login = settings_.login.is_token ? net::Login::bearer : net::Login::basic;
  who.user = settings_.login.user;
  who.secret = *secret_;
  co_return who;
}

/// The answer, whatever its status but 401, 403, 407, 429 and 5xx, which are faults.
Task<net::Response> Account::send(net::Request request, net::BodySink* sink) {
  if (!may_see_login(request.url, settings_.server, settings_.hosts) && !servers_.has(request.url))
    co_return core::fail(Fault::config, format(settings_.place),
                         "the server sends us to " + net::format(request.url) +
                             ", which the config does not name; where that is right, add the host "
                             "to `hosts`");
  if (auto wait = wait_due(request.url)) co_return tl::unexpected(std::move(*wait));
  request.tls = settings_.tls;
  for (bool may_repeat = true;; may_repeat = false) {
    const bool may_renew = secret_.has_value() || source_.give_back;
    auto who = co_await credentials();
    if (!who) co_return tl::unexpected(who.error());
    request.credentials = std::move(*who);
    auto response = co_await pool_->fetch(request, sink);
    // A token that was kept may have run out; the next one is asked for once.
    if (response && response->status == 401 && may_renew && may_repeat) {
      // Another request may have got a new one meanwhile.
      if (source_.give_back) source_.give_back(request.credentials.secret);
      secret_.reset();
      pace_.begin(clock_->now());
      continue;
    }
    const auto state = co_await boost::asio::this_coro::cancellation_state;
    if (state.cancelled() != boost::asio::cancellation_type::none) co_return response;
    note(response, request.url);
    if (is_proven_ && !may_repeat) pace_.went_well();
    if (response && !is_carried_out(response))
      co_return tl::unexpected(error(*response, request.url));
    co_return response;
  }
}

/// As send, and a status other than 2xx is a fault too.
Task<net::Response> Account::send_ok(net::Request request, net::BodySink* sink) {
  const net::Url url = request.url;
  auto response = co_await send(std::move(request), sink);
  if (!response || (response->status >= 200 && response->status <= 299)) co_return response;
  if (auto problem = problem_in(response->body, net::format(url)))
    co_return tl::unexpected(std::move(*problem));
  co_return tl::unexpected(error(*response, url));
}

Task<bool> Account::find_server() {
  if (!servers_.is_wanted()) co_return true;
  const core::Instant now = clock_->now();
  auto found = co_await servers_.server(now);
  if (!found) co_return tl::unexpected(found.error());
  found->path = well_known;
  settings_.server = std::move(*found);
  co_return true;
}

Task<Session> Account::session() {
  if (session_) co_return *session_;
  for (;;) {
    auto found = co_await find_server();
    if (!found) co_return tl::unexpected(found.error());
    auto session = co_await session_at(settings_.server);
    if (session) session_ = *session;
    if (session || session.error().fault != Fault::transient) co_return session;
    if (servers_.change()) continue;
    servers_.doubt(clock_->now());
    co_return session;
  }
}

Task<Session> Account::session_at(net::Url url) {
  net::Request request;
  request.url = std::move(url);
  request.headers.push_back({"Accept", "application/json"});
  request.limits.body_bytes = most_session_bytes;
  for (int hops = 0; hops <= most_redirects; ++hops) {
    auto response = co_await send(request);
    if (!response) co_return tl::unexpected(response.error());
    auto next = net::redirected(request, *response);
    if (!next) {
      if (response->status != 200) co_return tl::unexpected(error(*response, request.url));
      co_return read_session(response->body, request.url);
    }
    request = std::move(*next);
  }
  co_return core::fail(Fault::protocol, net::format(request.url),
                       "the server sends us in a circle; check its address");
}

Task<Answers> Account::ask(std::string request) {
  const auto session = co_await this->session();
  if (!session) co_return tl::unexpected(session.error());
  const std::string place = net::format(session->api);
  if (request.size() > session->limits.request_bytes)
    co_return core::fail(Fault::protocol, place, "a request would be larger than the server takes");
  net::Request post;
  post.method = "POST";
  post.url = session->api;
  post.headers.push_back({"Content-Type", "application/json"});
  post.headers.push_back({"Accept", "application/json"});
  post.body = std::move(request);
  post.limits.body_bytes = most_answer_bytes;
  auto response = co_await send_ok(std::move(post));
  if (!response) {
    forget_session();
    co_return tl::unexpected(response.error());
  }
  auto answers = Answers::read(response->body, place);
  if (!answers || answers->is_account_unknown()) {
    forget_session();
    co_return answers;
  }
  const std::string& told = answers->session_state();
  // A server whose two states never agree is asked again only when it says something else.
  if (told != session->state && told != told_state_) forget_session();
  told_state_ = told;
  co_return answers;
}

Task<std::string> Account::download(std::string blob, std::uint64_t size, std::size_t most) {
  const auto session = co_await this->session();
  if (!session) co_return tl::unexpected(session.error());
  const std::vector<std::pair<std::string_view, std::string>> values = {
      {"accountId", session->account},
      {"blobId", blob},
      {"type", "message/rfc822"},
      {"name", "mail.eml"}};
  const auto url = session->download.fill(values);
  if (!url)
    co_return core::fail(Fault::protocol, session->download.text, "this is no address of bytes");
  const std::size_t expected = std::min<std::uint64_t>(size, most);
  Beginning beginning(expected);
  net::Request get;
  get.url = *url;
  get.limits.body_bytes = expected + slack_bytes;
  auto response = co_await send_ok(std::move(get), &beginning);
  if (!response) co_return tl::unexpected(response.error());
  if (beginning.bytes.size() < expected)
    co_return core::fail(Fault::transient, net::format(*url),
                         "the mail ended before its size; it is tried again");
  co_return std::move(beginning.bytes);
}

Task<std::string> Account::upload(std::string bytes) {
  const auto session = co_await this->session();
  if (!session) co_return tl::unexpected(session.error());
  const std::vector<std::pair<std::string_view, std::string>> values = {
      {"accountId", session->account}};
  const auto url = session->upload.fill(values);
  if (!url)
    co_return core::fail(Fault::protocol, session->upload.text, "this is no address for bytes");
  if (bytes.size() > session->limits.upload_bytes)
    co_return core::fail(Fault::rejected, net::format(*url),
                         "the mail is larger than the server takes");
  net::Request post;
  post.method = "POST";
  post.url = *url;
  post.headers.push_back({"Content-Type", "message/rfc822"});
  post.body = std::move(bytes);
  post.limits.body_bytes = most_session_bytes;
  auto response = co_await send_ok(std::move(post));
  if (!response) co_return tl::unexpected(response.error());
  const auto told = Json::parse(response->body);
  std::string blob = told ? (*told)["blobId"].text() : std::string();
  if (!is_id(blob))
    co_return core::fail(Fault::protocol, net::format(*url),
                         "the server did not say under what name it keeps the bytes");
  co_return blob;
}

Task<net::Response> Account::listen(int ping_seconds, net::BodySink* sink) {
  const auto session = co_await this->session();
  if (!session) co_return tl::unexpected(session.error());
  const std::vector<std::pair<std::string_view, std::string>> values = {
      {"types", "Email,Mailbox"}, {"closeafter", "no"}, {"ping", std::to_string(ping_seconds)}};
  const auto url = session->events.fill(values);
  if (!url || session->events.text.empty()) {
    net::Response none;
    none.status = 204;
    co_return none;
  }
  net::Request get;
  get.url = *url;
  get.headers.push_back({"Accept", "text/event-stream"});
  get.headers.push_back({"Cache-Control", "no-cache"});
  // The watch knows when a stream has died; the exchange itself may be silent and endless.
  get.limits.stall = longest_stream;
  get.limits.stall_bytes = 0;
  get.limits.body_bytes = SIZE_MAX;
  co_return co_await send(std::move(get), sink);
}

}  // namespace ioud::connectors::jmap
