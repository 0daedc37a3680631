#pragma once
// The smaller rules of CONTRIBUTING.md that a compiler cannot check. Each looks at one file and
// says where it is broken; main.cpp runs them over the tree.

#include <vector>

#include "lint/source.hpp"

namespace ioud::lint {

/// Time comes from net/clock alone.
std::vector<Complaint> check_clock(const Source& source);
/// No loop over `f(…).value()` or `f(…).items()`: what f gave is gone before the first turn.
std::vector<Complaint> check_loops(const Source& source);
/// No <regex>: 500 times slower than RE2, and it recurses on hostile mail.
std::vector<Complaint> check_regex(const Source& source);
/// Files, types and namespaces are named after what they are.
std::vector<Complaint> check_names(const Source& source);
/// A file is one idea: at most 500 lines.
std::vector<Complaint> check_length(const Source& source);
/// A header begins with #pragma once and says what it is for.
std::vector<Complaint> check_headers(const Source& source);
/// No marks of unfinished work.
std::vector<Complaint> check_marks(const Source& source);
/// No path of somebody's machine.
std::vector<Complaint> check_paths(const Source& source);

}  // namespace ioud::lint
