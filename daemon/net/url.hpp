#pragma once
// URLs as far as HTTP peers need them (RFC 3986): taken apart, resolved against each other, and the
// percent encoding of one path segment. Pure; decides nothing about who may be talked to.

#include <optional>
#include <string>
#include <string_view>

namespace ioud::net {

/// An absolute http or https URL without user, password and fragment.
struct Url {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< lower case; an IPv6 address in its brackets
  int port = 0;        ///< always set
  std::string path;    ///< begins with "/"; as written, still encoded
  std::string query;   ///< without "?", or empty
  friend bool operator==(const Url&, const Url&) = default;
};

/// Nothing where the text is no such URL (another scheme, a user in it, spaces, no host).
std::optional<Url> parse_url(std::string_view text);

/// The URL as it goes to a server; the port only where it is not the scheme's own.
std::string format(const Url& url);

/// What `reference` (absolute, "//host/…", "/path", "path", "?query") means when found at `base`,
/// dot segments removed. Nothing where the outcome is no http or https URL.
std::optional<Url> resolve(const Url& base, std::string_view reference);

/// Scheme, host and port are the same: one server, which may see the same login.
bool same_origin(const Url& a, const Url& b);

/// Whether the host is this machine: "localhost", 127.0.0.0/8, ::1 or [::1].
bool is_loopback(std::string_view host);
bool is_loopback(const Url& url);

/// Every byte but letters, digits and -._~!$&'()*+,;=:@ as %XX: one segment of a path.
std::string encode_segment(std::string_view text);
/// %XX becomes the byte; a stray "%" stays.
std::string decode_segment(std::string_view text);

/// The path with each segment decoded and encoded once in the same way, so that two spellings of
/// one path compare equal.
std::string normal_path(std::string_view path);

}  // namespace ioud::net
