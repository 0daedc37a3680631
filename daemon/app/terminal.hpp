#pragma once
// The three streams a command talks through; tests hand in their own.

#include <iosfwd>

namespace ioud::app {

struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

}  // namespace ioud::app
