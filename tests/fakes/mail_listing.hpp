#pragma once
// Reads what tests/servers/mailbox.py and invitee.py list, and knows what a mail gains on its way.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::fakes {

/// Objects one after the other, each with its length and a line end before it.
inline std::vector<std::string> listed(const std::string& listing) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < listing.size();) {
    const auto end = listing.find('\n', at);
    const std::size_t size = std::stoul(listing.substr(at, end - at));
    all.push_back(listing.substr(end + 1, size));
    at = end + 1 + size;
  }
  return all;
}

/// The mail without the header lines that servers put before it on its way (RFC 5321 4.4).
inline std::string without_trace(const std::string& mail) {
  constexpr std::array<std::string_view, 3> trace = {"Return-Path:", "Delivered-To:", "Received:"};
  std::string_view rest = mail;
  const auto is_trace = [&](std::string_view name) { return rest.starts_with(name); };
  while (std::any_of(trace.begin(), trace.end(), is_trace)) {
    do {
      rest.remove_prefix(std::min(rest.size(), rest.find("\r\n")));
      rest.remove_prefix(std::min<std::size_t>(rest.size(), 2));
    } while (rest.starts_with(' ') || rest.starts_with('\t'));
  }
  return std::string(rest);
}

}  // namespace ioud::fakes
