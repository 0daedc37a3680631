#pragma once
// What a JMAP server says of itself and of one account (RFC 8620 2): where to ask, where bytes are
// fetched and left, and how much it takes at once. Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "net/url.hpp"

namespace ioud::connectors::jmap {

/// Where the session lies on a host of which nothing else is known (RFC 8620 2.2).
inline constexpr const char* well_known = "/.well-known/jmap";

inline constexpr std::string_view core_capability = "urn:ietf:params:jmap:core";
inline constexpr std::string_view mail_capability = "urn:ietf:params:jmap:mail";

/// Bounds of the server (RFC 8620 2), within bounds of our own.
struct ServerLimits {
  std::size_t upload_bytes = 50'000'000;
  std::size_t request_bytes = 10'000'000;
  std::size_t objects_in_get = 500;
  std::size_t requests_at_once = 4;
};

/// An address with variables in braces (RFC 6570, level 1), and where it was found.
struct AddressPattern {
  std::string text;
  net::Url base;

  /// The address with each variable replaced by its value, percent-encoded; nothing where no
  /// usable address comes of it.
  std::optional<net::Url> fill(
      const std::vector<std::pair<std::string_view, std::string>>& values) const;
};

struct Session {
  std::string account;  ///< the id of the account of mail
  bool is_read_only = false;
  std::string state;
  net::Url api;
  AddressPattern download;
  AddressPattern upload;
  AddressPattern events;  ///< empty text: the server has none
  ServerLimits limits;

  /// How many ids fit into one request, by both bounds.
  std::size_t ids_in_request() const;
};

/// Reads the session object that lay at `found_at`. Fails with Fault::protocol where it is none,
/// and with Fault::config where the account has no mail by JMAP or the server takes too little at
/// once to be worked with.
core::Result<Session> read_session(std::string_view json, const net::Url& found_at);

}  // namespace ioud::connectors::jmap
