#include "connectors/oauth/tokens.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/ident.hpp"
#include "core/step.hpp"

namespace ioud::connectors::oauth {
namespace {

namespace asio = boost::asio;
using core::Fault;
using core::Secret;
using net::Task;
using std::chrono::seconds;

/// A token is renewed this long before it runs out, or after nine tenths of a short life.
constexpr seconds longest_margin{120};
/// How long a request goes on that nobody waits for any more. The daemon gives a pass one second
/// and stops within two.
constexpr std::chrono::milliseconds way_home{700};

constexpr std::chrono::milliseconds connect_patience{10'000};
constexpr std::chrono::milliseconds answer_patience{20'000};

}  // namespace

std::string drawer_name(const std::string& connector) {
  return "oauth-" + core::ident({connector});
}

/// One renewal, and those who wait for it.
struct Tokens::Flight {
  explicit Flight(const asio::any_io_executor& loop) : landing(loop), grace(loop) {
    landing.expires_at(asio::steady_timer::time_point::max());
  }
  bool has_landed() const { return outcome || bug; }

  asio::steady_timer landing;  ///< cancelled at the landing
  asio::steady_timer grace;    ///< runs once nobody waits
  asio::cancellation_signal end;
  std::optional<core::Result<Secret>> outcome;
  std::exception_ptr bug;
  int waiting = 0;
};

namespace {

/// The last one out gives the flight a moment to land.
template <class Flight>
void leave(const std::shared_ptr<Flight>& flight) {
  if (--flight->waiting > 0) return;
  flight->grace.expires_after(way_home);
  flight->grace.async_wait([flight](const boost::system::error_code& stopped) {
    if (!stopped && flight->waiting == 0) flight->end.emit(asio::cancellation_type::terminal);
  });
}

}  // namespace

Task<Secret> Tokens::token() {
  constexpr auto outcome = asio::as_tuple(asio::use_awaitable);
  if (is_good_now()) co_return current_->token;
  const asio::any_io_executor loop = co_await asio::this_coro::executor;
  const std::shared_ptr<Flight> flight = flight_ ? flight_ : start(loop);
  ++flight->waiting;
  flight->grace.cancel();
  if (!flight->has_landed()) co_await flight->landing.async_wait(outcome);
  if (flight->bug) std::rethrow_exception(flight->bug);
  if (flight->outcome) co_return *flight->outcome;
  leave(flight);
  co_return core::fail(Fault::transient, format(parts_.settings.place),
                       "renewing the OAuth token was interrupted");
}

void Tokens::give_back(const Secret& token) {
  if (current_ && current_->token.reveal() == token.reveal()) current_.reset();
}

bool Tokens::is_good_now() const {
  return current_ && (!current_->good_until || parts_.clock->now() < *current_->good_until);
}

/// On its own, so that whoever asked first may be cancelled without losing the answer, which may
/// hold the only refresh token that is still good.
std::shared_ptr<Tokens::Flight> Tokens::start(const asio::any_io_executor& loop) {
  auto flight = std::make_shared<Flight>(loop);
  flight_ = flight;
  auto land = [flight](std::exception_ptr bug, core::Result<Secret> result) {
    flight->bug = std::move(bug);
    if (!flight->bug) flight->outcome = std::move(result);
    flight->grace.cancel();
    flight->landing.cancel();
  };
  asio::co_spawn(loop, fly(shared_from_this()),
                 asio::bind_cancellation_slot(flight->end.slot(), std::move(land)));
  return flight;
}

Task<Secret> Tokens::fly(std::shared_ptr<Tokens> self) {
  /// Also where the loop goes away under the request.
  struct Ending {
    Tokens& tokens;
    ~Ending() { tokens.flight_.reset(); }
  };
  const Ending ending{*self};
  auto renewed = co_await self->renew();
  if (!renewed) co_return tl::unexpected(renewed.error());
  co_return self->current_->token;
}

Task<bool> Tokens::renew() {
  auto drawer = co_await open_drawer();
  if (!drawer) co_return tl::unexpected(drawer.error());
  if (unkept_) {
    Grant again = *unkept_;
    std::string descent = unkept_origin_;
    co_return co_await take(std::move(again), std::move(descent), drawer->get());
  }
  Secret configured;
  std::string origin = signed_in_here;
  if (parts_.settings.refresh_token) {
    Setting reference = *parts_.settings.refresh_token;
    auto found = co_await secret(std::move(reference));
    if (!found) co_return tl::unexpected(found.error());
    configured = std::move(*found);
    origin = origin_of(configured);
  }
  // The drawer is read each time: another process may have renewed or signed in meanwhile.
  const std::optional<Kept> kept = *drawer ? read_kept((*drawer)->kept()) : kept_;
  const Secret refresh = latest(configured, origin, kept);
  if (refresh.empty())
    co_return core::fail(Fault::auth, format(parts_.settings.place),
                         "nobody has signed in to \"" + parts_.connector +
                             "\" yet; run: ioud login \"" + parts_.connector + "\"");
  if (refusal_ && refused_ == origin_of(refresh)) co_return tl::unexpected(*refusal_);
  Secret asked_with = refresh;
  auto grant = co_await ask(std::move(asked_with));
  if (!grant) co_return tl::unexpected(grant.error());
  refusal_.reset();
  if (grant->refresh.reveal() == refresh.reveal()) grant->refresh = Secret();
  co_return co_await take(std::move(*grant), std::move(origin), drawer->get());
}

Task<std::unique_ptr<Drawer>> Tokens::open_drawer() {
  if (!parts_.vault) co_return nullptr;
  std::string name = drawer_name(parts_.connector);
  co_return co_await parts_.vault->open(std::move(name));
}

Task<Secret> Tokens::secret(Setting reference) {
  if (parts_.find_secret) co_return co_await parts_.find_secret(std::move(reference));
  co_return core::fail(Fault::config, format(reference.place), "secrets cannot be had here");
}

std::optional<core::Error> Tokens::too_soon() {
  const core::Instant now = parts_.clock->now();
  // The token before this one lived its whole life: that request did its work.
  if (current_) pace_.went_well();
  current_.reset();
  std::optional<core::Instant> next = not_before_;
  if (!next || *next <= now) next = pace_.begin(now);
  if (!next) return std::nullopt;
  return core::Error{Fault::throttled, format(parts_.settings.place),
                     "OAuth tokens were asked for too often in a short time; waiting before the "
                     "next try",
                     *next - now};
}

Task<Grant> Tokens::ask(Secret refresh) {
  Secret client_secret;
  if (parts_.settings.client_secret) {
    Setting reference = *parts_.settings.client_secret;
    auto found = co_await secret(std::move(reference));
    if (!found) co_return tl::unexpected(found.error());
    client_secret = std::move(*found);
  }
  if (const auto wait = too_soon()) co_return tl::unexpected(*wait);
  net::Request request = refresh_request(parts_.settings, client_secret, refresh);
  request.limits.connect = connect_patience;
  request.limits.first_byte = answer_patience;
  request.limits.stall = answer_patience;
  asked_ = parts_.clock->now();
  auto response = co_await parts_.http->fetch(std::move(request));
  if (!response) co_return tl::unexpected(response.error());
  auto grant = read_answer(*response, parts_.settings, parts_.clock->now());
  if (!grant) note(grant.error(), refresh);
  co_return grant;
}

Task<bool> Tokens::take(Grant grant, std::string origin, Drawer* drawer) {
  if (!grant.refresh.empty()) {
    kept_ = Kept{origin, grant.refresh};
    if (drawer != nullptr) {
      unkept_ = grant;
      unkept_origin_ = origin;
      reached("oauth.keep.before");
      Secret text = written(*kept_);
      auto done = co_await drawer->keep(std::move(text));
      if (!done) {
        warn("oauth.token_not_kept");
        co_return done;
      }
      unkept_.reset();
      reached("oauth.keep.after");
    }
  }
  current_ = Current{std::move(grant.access), std::nullopt};
  if (grant.lifetime)
    current_->good_until =
        asked_ + *grant.lifetime - std::min(longest_margin, *grant.lifetime / 10);
  co_return true;
}

void Tokens::note(const core::Error& error, const Secret& refresh) {
  if (error.retry_after) not_before_ = parts_.clock->now() + *error.retry_after;
  if (error.fault != Fault::auth) return;
  refusal_ = error;
  refused_ = origin_of(refresh);
  warn("oauth.sign_in_needed");
}

void Tokens::warn(std::string_view event) const {
  if (parts_.log != nullptr) parts_.log->warning(event, {{"connector", parts_.connector}});
}

void Tokens::reached(std::string_view step) const {
  if (parts_.steps != nullptr) parts_.steps->reached(step);
}

}  // namespace ioud::connectors::oauth
