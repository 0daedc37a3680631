#pragma once
// The kinds that speak over the network. They and their libraries may live in a module that is
// loaded when one of them is wanted, so that folders alone stay quick and small.

#include <array>
#include <chrono>
#include <functional>
#include <span>
#include <string_view>

#include "connectors/kind.hpp"

namespace ioud::connectors {

/// Their names, known without loading anything.
inline constexpr std::array<std::string_view, 4> network_kind_names = {"caldav", "carddav", "jmap",
                                                                       "mail"};

/// A body of JSON posted to a URL, for the body of the answer.
struct JsonPost {
  std::string url;
  std::string body;
  std::chrono::milliseconds patience{3000};  ///< the whole exchange
  std::size_t answer_bytes = 65536;          ///< a longer answer is a fault
};
using PostJson = std::function<net::Task<std::string>(JsonPost)>;

/// What posts; fails as network_kinds() does.
core::Result<PostJson> network_post();

/// Fails with Fault::config where the module is missing or does not fit this program.
core::Result<std::span<const Kind>> network_kinds();

}  // namespace ioud::connectors
