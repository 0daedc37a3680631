#include "app/agenda_view.hpp"

#include <algorithm>

namespace ioud::app {
namespace {

std::string times(const AgendaLine& line) {
  if (!line.from || !line.to) return "all day    ";
  return core::format(*line.from) + "-" + core::format(*line.to);
}

}  // namespace

std::string agenda_text(std::vector<AgendaLine> lines, core::Date first, int days) {
  std::sort(lines.begin(), lines.end(), [](const AgendaLine& a, const AgendaLine& b) {
    return std::tie(a.from, a.to, a.title) < std::tie(b.from, b.to, b.title);
  });
  std::string text;
  for (int i = 0; i < days; ++i) {
    const core::Date day = core::add_days(first, i);
    const bool is_empty = std::none_of(lines.begin(), lines.end(),
                                       [&](const AgendaLine& line) { return line.day == day; });
    if (is_empty && core::is_weekend(day)) continue;
    text.append("  ").append(core::short_weekday(day)).append(" ").append(core::short_day(day));
    text += '\n';
    if (is_empty) text += "      nothing\n";
    for (const AgendaLine& line : lines) {
      if (line.day != day) continue;
      text.append(line.is_ours ? "    + " : "      ").append(times(line)).append("  ");
      text.append(line.title).append("\n");
    }
  }
  return text;
}

}  // namespace ioud::app
