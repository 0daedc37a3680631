#pragma once
// The one rule for leaving a test out: a server that is not installed on a desk may cost its tests,
// by name; where CI is set in the environment nothing is left out.

#include <cstdlib>

namespace ioud::fakes {

inline bool may_skip() { return std::getenv("CI") == nullptr; }

}  // namespace ioud::fakes
