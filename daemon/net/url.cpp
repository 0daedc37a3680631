#include "net/url.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/text.hpp"

namespace ioud::net {
namespace {

constexpr int http_port = 80;
constexpr int https_port = 443;

int port_of(std::string_view scheme) { return scheme == "https" ? https_port : http_port; }

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

bool has_control_or_space(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '\\';
  });
}

/// "host" or "host:port" into the URL; false where it is neither.
bool read_authority(std::string_view authority, Url& url) {
  if (authority.empty() || authority.find('@') != std::string_view::npos) return false;
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  url.host = core::ascii_lower(authority.substr(0, has_port ? colon : authority.size()));
  url.port = port_of(url.scheme);
  if (url.host.empty()) return false;
  if (!has_port || colon + 1 == authority.size()) return true;
  const std::string_view digits = authority.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
  return error == std::errc() && end == digits.data() + digits.size() && url.port > 0 &&
         url.port < 65536;
}

/// RFC 3986 5.2.4.
std::string without_dots(std::string_view path) {
  std::vector<std::string> kept;
  const auto parts = core::split(path, '/');
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    if (parts[i] == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (parts[i] != ".") {
      kept.push_back(parts[i]);
      continue;
    }
    if (is_last) kept.emplace_back();
  }
  return "/" + core::joined(kept, "/");
}

void read_path(std::string_view text, Url& url) {
  text = text.substr(0, text.find('#'));
  const auto question = text.find('?');
  url.path = std::string(text.substr(0, question));
  url.query = question == std::string_view::npos ? "" : std::string(text.substr(question + 1));
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  if (has_control_or_space(text)) return std::nullopt;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Url url;
  url.scheme = core::ascii_lower(text.substr(0, colon));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  text.remove_prefix(colon + 3);
  const auto end = std::min(text.find_first_of("/?#"), text.size());
  if (!read_authority(text.substr(0, end), url)) return std::nullopt;
  read_path(text.substr(end), url);
  if (url.path.empty()) url.path = "/";
  url.path = without_dots(url.path);
  return url;
}

std::string format(const Url& url) {
  std::string text = url.scheme + "://" + url.host;
  if (url.port != port_of(url.scheme)) text += ":" + std::to_string(url.port);
  text += url.path;
  if (!url.query.empty()) text += "?" + url.query;
  return text;
}

std::optional<Url> resolve(const Url& base, std::string_view reference) {
  if (has_control_or_space(reference)) return std::nullopt;
  if (reference.starts_with("//")) return parse_url(base.scheme + ":" + std::string(reference));
  const auto scheme_end = reference.find(':');
  const auto path_begin = std::min(reference.find_first_of("/?#"), reference.size());
  if (scheme_end != std::string_view::npos && scheme_end < path_begin) return parse_url(reference);
  Url url = base;
  if (reference.empty() || reference.starts_with('#')) return url;
  read_path(reference, url);
  if (url.path.empty()) url.path = base.path;
  if (!url.path.starts_with('/')) {
    url.path = base.path.substr(0, base.path.rfind('/') + 1) + url.path;
  }
  url.path = without_dots(url.path);
  return url;
}

bool same_origin(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

bool is_loopback(std::string_view host) {
  if (core::iequals(host, "localhost") || host == "[::1]" || host == "::1") return true;
  const auto parts = core::split(host, '.');
  return parts.size() == 4 && parts.front() == "127" &&
         std::all_of(host.begin(), host.end(),
                     [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

bool is_loopback(const Url& url) { return is_loopback(url.host); }

std::string encode_segment(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4U];
    encoded += digits[byte & 15U];
  }
  return encoded;
}

std::string decode_segment(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? core::hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? core::hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string normal_path(std::string_view path) {
  std::vector<std::string> parts = core::split(path, '/');
  for (std::string& part : parts) part = encode_segment(decode_segment(part));
  return core::joined(parts, "/");
}

}  // namespace ioud::net
