#pragma once
// "Did you mean …": the known word that is most like a misspelt one, for complaints about keys,
// commands and fixed words. Likeness counts letters as well as whole words between separators, so
// "proposals_a_day" finds "proposals_per_day" and "hold_time" finds "hold_minutes".

#include <string>
#include <string_view>
#include <vector>

namespace ioud::core {

/// The best of `known`, or "" where none is similar enough to be worth naming. Of equals the first
/// wins. ASCII case is ignored.
std::string nearest(std::string_view found, const std::vector<std::string>& known);

}  // namespace ioud::core
