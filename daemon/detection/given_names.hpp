#pragma once
// Common given names, so that "Glenn will post it" is somebody's promise
// although a sentence begins with it. Names that are also everyday words (Will,
// Mark, Grace) are left out.

#include <string_view>

namespace ioud::detection {

bool is_given_name(std::string_view lower);

}  // namespace ioud::detection
