#include "net/http.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"

namespace ioud::net {

std::optional<std::string> Headers::find(std::string_view name) const {
  const auto found = std::find_if(
      begin(), end(), [&](const Header& header) { return core::iequals(header.name, name); });
  if (found == end()) return std::nullopt;
  return found->value;
}

std::string Headers::all(std::string_view name) const {
  std::string values;
  for (const Header& header : *this) {
    if (!core::iequals(header.name, name)) continue;
    if (!values.empty()) values += ", ";
    values += header.value;
  }
  return values;
}

int status_in(std::string_view line) {
  const auto space = line.find(' ');
  int status = 0;
  if (space == std::string_view::npos) return status;
  std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
  return status;
}

std::optional<Request> redirected(const Request& request, const Response& response) {
  constexpr std::array statuses = {301, 302, 303, 307, 308};
  if (std::find(statuses.begin(), statuses.end(), response.status) == statuses.end()) return {};
  if (!is_safe(request.method)) return {};
  const auto location = response.headers.find("Location");
  if (!location) return {};
  auto url = resolve(request.url, *location);
  if (!url || (request.url.scheme == "https" && url->scheme != "https")) return {};
  Request next = request;
  if (!same_origin(request.url, *url)) next.credentials = {};
  next.url = std::move(*url);
  return next;
}

bool is_safe(std::string_view method) {
  constexpr std::array<std::string_view, 5> safe = {"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"};
  return std::find(safe.begin(), safe.end(), method) != safe.end();
}

}  // namespace ioud::net
