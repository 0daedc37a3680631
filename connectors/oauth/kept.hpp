#pragma once
// The refresh token that took the place of the configured one, as it is kept between runs. It
// remembers which configured token it comes from, so that a new sign-in in the config wins. Pure.

#include <optional>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace ioud::connectors::oauth {

struct Kept {
  std::string origin;    ///< origin_of the configured token it descends from
  core::Secret refresh;  ///< the latest
};

/// What tells one configured token from another and does not give it away.
std::string origin_of(const core::Secret& configured);

core::Secret written(const Kept& kept);
/// Nothing where the text is none of ours.
std::optional<Kept> read_kept(const core::Secret& text);

/// The token to use now: the kept one where it descends from the configured one, else that.
core::Secret latest(const core::Secret& configured, const std::optional<Kept>& kept);

}  // namespace ioud::connectors::oauth
