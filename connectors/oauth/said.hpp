#pragma once
// What a provider says of a failure, made fit for the rep's eyes. Pure.

#include <string>
#include <string_view>

namespace ioud::connectors::oauth {

/// At most 200 characters on one line; long words are left out, since one may be a token, and what
/// a terminal would obey.
std::string showable(std::string_view text);

}  // namespace ioud::connectors::oauth
