#pragma once
// Short hashes of the lines of a text, so that a draft of ours is known again when the rep sends it
// without its words being kept.

#include <string>
#include <string_view>
#include <vector>

namespace ioud::domain {

/// One mark for each line that holds words, in order; quoted lines (">") and what follows a
/// signature mark are left out, case and spacing do not matter.
std::vector<std::string> line_marks(std::string_view text);

}  // namespace ioud::domain
