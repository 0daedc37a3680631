#include "connectors/domain_servers.hpp"

#include <algorithm>

#include "connectors/http_ways.hpp"

namespace ioud::connectors {
namespace {

using core::Fault;

constexpr std::chrono::hours between_look_ups{1};

}  // namespace

DomainServers::DomainServers(Wish wish, const Surroundings& surroundings)
    : wish_(std::move(wish)), find_(surroundings.find_services) {}

net::Task<net::Url> DomainServers::server(core::Instant now) {
  if (servers_.empty()) {
    if (!find_) find_ = net::system_services();
    std::string service = wish_.service;
    std::string domain = wish_.domain;
    const auto found = co_await find_(std::move(service), std::move(domain));
    if (!found) co_return tl::unexpected(found.error());
    auto servers = believed(*found);
    if (!servers) co_return tl::unexpected(servers.error());
    servers_ = std::move(*servers);
    server_ = 0;
    looked_up_ = now;
  }
  co_return servers_[server_];
}

core::Result<std::vector<net::Url>> DomainServers::believed(const net::Services& found) const {
  const std::string& domain = wish_.domain;
  if (found.is_declined) {
    return core::fail(Fault::config, format(wish_.place),
                      domain + " says that it offers no such service (" + wish_.service +
                          "); write the address that the provider gives");
  }
  const net::Url itself = *net::parse_url("https://" + domain + "/");
  if (found.hosts.empty()) return std::vector<net::Url>{itself};
  std::vector<net::Url> servers;
  for (const net::ServiceHost& one : found.hosts) {
    const bool is_own = one.host == domain || one.host.ends_with("." + domain);
    if (!is_own && !is_named(wish_.hosts, one.host)) continue;
    net::Url url = itself;
    url.host = one.host;
    url.port = one.port;
    if (!found.path.empty()) url.path = found.path;
    servers.push_back(std::move(url));
  }
  if (!servers.empty()) return servers;
  const std::string& best = found.hosts.front().host;
  return core::fail(Fault::config, format(wish_.place),
                    domain + " says that its server is " + best +
                        ", and nothing proves that; where it is right, write server = "
                        "\"https://" +
                        best + "/\"");
}

bool DomainServers::change() {
  if (servers_.empty()) return false;
  server_ = (server_ + 1) % servers_.size();
  return server_ != 0;
}

void DomainServers::doubt(core::Instant now) {
  if (now - looked_up_ >= between_look_ups) servers_.clear();
}

bool DomainServers::has(const net::Url& url) const {
  return std::any_of(servers_.begin(), servers_.end(),
                     [&](const net::Url& one) { return net::same_origin(url, one); });
}

}  // namespace ioud::connectors
