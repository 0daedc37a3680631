#include "connectors/http_ways.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace ioud::connectors {

std::shared_ptr<net::HttpPool> pool_of(const Surroundings& surroundings) {
  if (!surroundings.shared) return std::make_shared<net::HttpPool>();
  auto& shared = surroundings.shared->http;
  if (!shared) shared = std::make_shared<net::HttpPool>();
  return shared;
}

std::vector<Option> host_rows() {
  return {{.path = "hosts",
           .type = OptionType::text_list,
           .fallback = "[]",
           .help = "further hosts that may see the login, \"*.example.com\" for all below"},
          {.path = "plain_loopback",
           .type = OptionType::boolean,
           .fallback = "false",
           .help = "allow http:// to this machine itself"}};
}

bool is_domain(std::string_view text) {
  return text.find('.') != std::string_view::npos && !text.starts_with('.') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-';
         });
}

bool allows_plain_loopback(const Setting& connector) {
  const Setting* plain = connector.find("plain_loopback");
  return plain != nullptr && *plain->as<bool>();
}

bool is_named(const std::vector<std::string>& names, const std::string& host) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) {
    if (!one.starts_with("*.")) return host == core::ascii_lower(one);
    return host.ends_with(core::ascii_lower(one.substr(1)));
  });
}

bool may_see_login(const net::Url& url, const net::Url& server,
                   const std::vector<std::string>& hosts) {
  return net::same_origin(url, server) ||
         (url.scheme == server.scheme && is_named(hosts, url.host));
}

}  // namespace ioud::connectors
