#include "net/retry.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"

namespace ioud::net {
namespace {

using core::Fault;
using std::chrono::seconds;

constexpr seconds shortest_wait{1};
constexpr seconds longest_wait{2 * 60 * 60};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<unsigned> month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> names = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto found = std::find(names.begin(), names.end(), core::ascii_lower(word));
  if (found == names.end()) return std::nullopt;
  return static_cast<unsigned>(found - names.begin()) + 1;
}

std::optional<core::Instant> instant(std::optional<int> year, std::optional<unsigned> month,
                                     std::optional<int> day, std::string_view time) {
  const auto parts = core::split(time, ':');
  if (parts.size() != 3 || !year || !month || !day || *day < 1) return std::nullopt;
  const auto hours = number(parts[0]);
  const auto minutes = number(parts[1]);
  const auto second = number(parts[2]);
  if (!hours || !minutes || !second || *hours > 23 || *minutes > 59 || *second > 60 ||
      std::min({*hours, *minutes, *second}) < 0) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{*month},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
         seconds{*second};
}

Fault fault_of(int status, bool has_retry_after) {
  switch (status) {
    case 401:
    case 407:
      return Fault::auth;
    case 404:
    case 410:
      return Fault::not_found;
    case 409:
    case 412:
    case 423:
      return Fault::conflict;
    case 429:
      return Fault::throttled;
    case 408:
    case 425:
      return Fault::transient;
    case 501:
    case 505:
    case 507:
      return Fault::rejected;
    default:
      break;
  }
  if (status == 503 && has_retry_after) return Fault::throttled;
  if (status >= 500) return Fault::transient;
  if (status >= 400) return Fault::rejected;
  return Fault::protocol;
}

std::string advice_of(Fault fault, int status) {
  switch (fault) {
    case Fault::auth:
      return "the login was refused; check the user name and the password (many servers want an "
             "app password)";
    case Fault::not_found:
      return "it is not there";
    case Fault::conflict:
      return "it is not as it was read; it is read again";
    case Fault::throttled:
      return "the server asks us to wait; it is tried again later";
    case Fault::transient:
      return "the server is in trouble; it is tried again";
    case Fault::rejected:
      if (status == 403) return "the account has no right to do this";
      if (status == 507) return "the account is full; make room there";
      return "the server will not have it";
    case Fault::protocol:
    case Fault::config:
      return "this is no answer to what was asked; check the address of the server";
  }
  return "";
}

}  // namespace

std::optional<core::Instant> parse_http_date(std::string_view text) {
  const auto words = core::split(core::squeezed(text), ' ');
  if (words.size() == 6 && words[5] == "GMT") {  // Sun, 06 Nov 1994 08:49:37 GMT
    return instant(number(words[3]), month_of(words[2]), number(words[1]), words[4]);
  }
  if (words.size() == 4 && words[3] == "GMT") {  // Sunday, 06-Nov-94 08:49:37 GMT
    const auto date = core::split(words[1], '-');
    if (date.size() != 3) return std::nullopt;
    auto year = number(date[2]);
    if (year && *year >= 0 && *year < 100) *year += *year < 70 ? 2000 : 1900;
    return instant(year, month_of(date[1]), number(date[0]), words[2]);
  }
  if (words.size() == 5) {  // Sun Nov  6 08:49:37 1994
    return instant(number(words[4]), month_of(words[1]), number(words[2]), words[3]);
  }
  return std::nullopt;
}

std::optional<seconds> parse_retry_after(std::string_view value, core::Instant now) {
  value = core::trimmed(value);
  const bool is_number = !value.empty() && std::all_of(value.begin(), value.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) {
    // More digits than an int holds is longer than the longest wait in any case.
    const auto wait = number(value);
    return std::clamp(wait ? seconds{*wait} : longest_wait, shortest_wait, longest_wait);
  }
  const auto when = parse_http_date(value);
  if (!when) return std::nullopt;
  return std::clamp<seconds>(*when - now, shortest_wait, longest_wait);
}

core::Error error_of(const Response& response, std::string place, std::string_view what,
                     core::Instant now) {
  const auto header = response.headers.find("Retry-After");
  const auto wait = header ? parse_retry_after(*header, now) : std::nullopt;
  const Fault fault = fault_of(response.status, wait.has_value());
  std::string text = std::string(what) + ": the server answered " +
                     std::to_string(response.status) + "; " + advice_of(fault, response.status);
  core::Error error{fault, std::move(place), std::move(text), std::nullopt};
  if (fault == Fault::throttled || fault == Fault::transient) error.retry_after = wait;
  return error;
}

}  // namespace ioud::net
