#pragma once
// What to do after a failure, as plain arithmetic: how long to wait before the next attempt, what a
// Retry-After header says, and which fault an HTTP status is. No clock, no waiting.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

namespace ioud::net {

/// Waits double from `first` to `most`; each is spread by up to `spread` of itself so that many who
/// failed together do not return together.
struct Backoff {
  std::chrono::milliseconds first{2'000};
  std::chrono::milliseconds most{15 * 60'000};
  double spread = 0.25;
};

/// The wait after the `failures`-th failure in a row (1 or more). `dice` is any random number.
std::chrono::milliseconds wait_after(const Backoff& backoff, int failures, std::uint32_t dice);

/// Retry-After (RFC 9110 10.2.3) in either form, seconds or an HTTP date, as a wait from `now`
/// within 1 s to 2 h. Nothing where it is neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, core::Instant now);

/// IMF-fixdate, and the two forms that are obsolete and still sent (RFC 9110 5.6.7).
std::optional<core::Instant> parse_http_date(std::string_view text);

/// The failure that a status tells of, for an exchange about `place`; `what` says what was asked
/// for. 401 is auth; 404 and 410 not_found; 409, 412 and 423 conflict; 429, and 503 with
/// Retry-After, throttled; other 5xx and 408 transient; 507 and other 4xx rejected; 3xx protocol.
core::Error error_of(const Response& response, std::string place, std::string_view what,
                     core::Instant now);

}  // namespace ioud::net
