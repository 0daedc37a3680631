#pragma once
// What connectors over HTTP have in common: the pool of connections that all of them share, and
// which hosts besides the configured one may see a login.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/surroundings.hpp"
#include "connectors/usual_keys.hpp"
#include "net/http_pool.hpp"

namespace ioud::connectors {

/// The pool of the surroundings, made where there is none yet; one of the caller's own where
/// nothing is shared.
std::shared_ptr<net::HttpPool> pool_of(const Surroundings& surroundings);

/// The rows of `hosts` and `plain_loopback`.
std::vector<Option> host_rows();

/// "example.com": what stands behind the "@" of a mail address.
bool is_domain(std::string_view text);

/// `plain_loopback` as it was written, or false.
bool allows_plain_loopback(const Setting& connector);

/// Whether `host` (lower case) is one of the names; "*.example.com" stands for all below.
bool is_named(const std::vector<std::string>& names, const std::string& host);

/// Whether a login for `server` may be shown to `url`: to that server, and over the same scheme to
/// the named hosts.
bool may_see_login(const net::Url& url, const net::Url& server,
                   const std::vector<std::string>& hosts);

}  // namespace ioud::connectors
