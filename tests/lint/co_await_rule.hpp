#pragma once
// The co_await sentence: GCC 12 destroys temporaries twice, or crashes, where a braced value, a
// capturing lambda or a conditional stands in the same full expression as a co_await. The cure is
// to name the value in a statement before.

#include <vector>

#include "lint/source.hpp"

namespace ioud::lint {

std::vector<Complaint> check_co_await(const Source& source);

}  // namespace ioud::lint
