#pragma once
// The pool of HTTP connections that all connectors of a program share.

#include <memory>

#include "connectors/surroundings.hpp"
#include "net/http_pool.hpp"

namespace ioud::connectors {

/// Made by whoever asks first; one of the caller's own where nothing is shared.
inline std::shared_ptr<net::HttpPool> http_pool(const Surroundings& surroundings) {
  if (!surroundings.shared) return std::make_shared<net::HttpPool>();
  auto& shared = surroundings.shared->http;
  if (!shared) shared = std::make_shared<net::HttpPool>();
  return shared;
}

}  // namespace ioud::connectors
