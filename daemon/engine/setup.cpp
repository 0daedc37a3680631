#include "engine/setup.hpp"

#include <algorithm>
#include <array>

namespace ioud::engine {
namespace {

constexpr std::array<std::string_view, 7> prefixes = {"iou-",  "prep-", "fav-", "care-",
                                                      "plan-", "date-", "mtg-"};

void take_first(std::string& name, connectors::Use use, const connectors::Calendar& calendar) {
  if (name.empty() && calendar.uses.contains(use)) name = calendar.name;
}

}  // namespace

CalendarPlace find_calendar(std::vector<connectors::Connector>& connectors,
                            const std::string& name) {
  for (connectors::Connector& connector : connectors)
    for (const connectors::Calendar& calendar : connector.calendars)
      if (calendar.name == name) return {&connector, &calendar};
  return {};
}

void name_calendars(domain::Setting& setting,
                    const std::vector<connectors::Connector>& connectors) {
  for (const connectors::Connector& connector : connectors)
    for (const connectors::Calendar& calendar : connector.calendars) {
      take_first(setting.proposals, connectors::Use::proposals, calendar);
      take_first(setting.occasions, connectors::Use::occasions, calendar);
      take_first(setting.meetings, connectors::Use::meetings, calendar);
    }
}

bool is_own_uid(std::string_view uid) {
  return uid.ends_with("@ioud") &&
         std::any_of(prefixes.begin(), prefixes.end(),
                     [uid](std::string_view prefix) { return uid.starts_with(prefix); });
}

}  // namespace ioud::engine
