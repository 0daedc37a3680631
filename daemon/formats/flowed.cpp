#include "formats/flowed.hpp"

#include <algorithm>

namespace ioud::formats {

std::string unwrap_flowed(std::string_view text, bool delete_space) {
  std::string out;
  bool is_open = false;  // the last line ended in a soft break
  std::size_t open_depth = 0;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    const std::size_t depth = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(depth);
    if (!line.empty() && line.front() == ' ') line.remove_prefix(1);  // space-stuffing
    const bool is_signature = line == "-- ";
    // Some programs leave a soft break at the end of a paragraph, too.
    if (is_open && (depth != open_depth || is_signature || line.empty())) {
      out += '\n';
      is_open = false;
    }
    if (!is_open && depth > 0) out.append(depth, '>').append(" ");
    const bool is_soft = !is_signature && !line.empty() && line.back() == ' ';
    if (is_soft && delete_space) line.remove_suffix(1);
    out += line;
    if (!is_soft) out += '\n';
    is_open = is_soft;
    open_depth = depth;
  }
  if (is_open) out += '\n';
  return out;
}

}  // namespace ioud::formats
