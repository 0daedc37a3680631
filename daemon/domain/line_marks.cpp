#include "domain/line_marks.hpp"

#include "core/ident.hpp"
#include "core/text.hpp"

namespace ioud::domain {
namespace {
constexpr std::size_t mark_size = 10;
}

std::vector<std::string> line_marks(std::string_view text) {
  std::vector<std::string> marks;
  for (const std::string& line : core::split(text, '\n')) {
    const std::string words = core::folded(core::squeezed(line));
    if (words == "--") break;
    if (words.empty() || words.front() == '>') continue;
    marks.push_back(core::ident({"line", words}).substr(0, mark_size));
  }
  return marks;
}

}  // namespace ioud::domain
