#pragma once
// A stretch of days as a readable agenda: what stood in the calendars, and what ioud added. Pure;
// values go in, text comes out. Used by the demo.

#include <string>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::app {

/// One line of an agenda. An all-day line has no times.
struct AgendaLine {
  core::Date day;
  std::optional<core::TimeOfDay> from;
  std::optional<core::TimeOfDay> to;
  std::string title;
  bool is_ours = false;
  friend bool operator==(const AgendaLine&, const AgendaLine&) = default;
};

/// The days from `first` on, `days` of them, weekends only where something stands there; ours are
/// marked with a plus sign.
std::string agenda_text(std::vector<AgendaLine> lines, core::Date first, int days);

}  // namespace ioud::app
