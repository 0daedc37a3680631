#pragma once
// What connectors over HTTP have in common: the pool of connections that all of them share, and
// which hosts besides the configured one may see a login.

#include <memory>
#include <string>
#include <vector>

#include "connectors/options.hpp"
#include "connectors/surroundings.hpp"
#include "net/http_pool.hpp"

namespace ioud::connectors {

/// The pool of the surroundings, made where there is none yet; one of the caller's own where
/// nothing is shared.
std::shared_ptr<net::HttpPool> pool_of(const Surroundings& surroundings);

/// The rows of `hosts` and `plain_loopback`.
std::vector<Option> host_rows();

/// Whether `host` (lower case) is one of the names; "*.example.com" stands for all below.
bool is_named(const std::vector<std::string>& names, const std::string& host);

}  // namespace ioud::connectors
