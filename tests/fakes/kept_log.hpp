#pragma once
// A log that keeps its lines, each as "event name=value name=value".

#include <algorithm>
#include <string>
#include <vector>

#include "core/log.hpp"

namespace ioud::fakes {

class KeptLog final : public core::Log {
 public:
  void write(core::Level, std::string_view event,
             std::initializer_list<core::Field> fields) override {
    std::string line(event);
    for (const core::Field& field : fields)
      line.append(" ").append(field.name).append("=").append(field.value);
    lines.push_back(std::move(line));
  }

  /// Lines that begin so.
  std::size_t count(const std::string& event) const {
    return static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(),
                      [&event](const std::string& line) { return line.starts_with(event); }));
  }

  std::vector<std::string> lines;
};

}  // namespace ioud::fakes
