#pragma once
// The refresh token of a sign-in made here, or one that took the place of the configured one, as it
// is kept between runs. It remembers where it comes from, so that a new token in the config wins.
// Pure.

#include <optional>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace ioud::connectors::oauth {

struct Kept {
  std::string origin;    ///< origin_of the configured token it descends from, or signed_in_here
  core::Secret refresh;  ///< the latest
};

/// The origin of a sign-in that `ioud login` made.
inline constexpr const char* signed_in_here = "login";

/// What tells one configured token from another and does not give it away.
std::string origin_of(const core::Secret& configured);

core::Secret written(const Kept& kept);
/// Nothing where the text is none of ours.
std::optional<Kept> read_kept(const core::Secret& text);

/// The token to use now: the kept one where it is of that origin, else the configured one, which is
/// empty where none is configured.
core::Secret latest(const core::Secret& configured, const std::string& origin,
                    const std::optional<Kept>& kept);

}  // namespace ioud::connectors::oauth
