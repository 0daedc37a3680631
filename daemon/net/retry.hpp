#pragma once
// What a failure over HTTP means, as plain arithmetic: which fault a status is, and what a
// Retry-After header says. No clock, no waiting.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/civil_time.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

namespace ioud::net {

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
