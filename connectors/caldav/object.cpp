#include "connectors/caldav/object.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "formats/content_line.hpp"

namespace ioud::connectors::caldav {
namespace {

using formats::ContentLine;
using formats::Parameter;

constexpr std::array<std::string_view, 7> volatile_lines = {
    "PRODID", "VERSION", "CALSCALE", "METHOD", "DTSTAMP", "LAST-MODIFIED", "CREATED"};
constexpr std::array<std::string_view, 2> volatile_parameters = {"SCHEDULE-STATUS", "VALUE"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string normal(const ContentLine& line) {
  std::vector<std::string> parameters;
  for (const Parameter& one : line.parameters) {
    if (is_one_of(one.name, volatile_parameters)) continue;
    parameters.push_back(one.name + "=" + core::joined(one.values, ","));
  }
  std::sort(parameters.begin(), parameters.end());
  return line.name + ";" + core::joined(parameters, ";") + ":" +
         formats::unescape_text(core::trimmed(line.value));
}

std::multiset<std::string> lines_of(std::string_view bytes) {
  std::multiset<std::string> lines;
  formats::LineReader reader(bytes, formats::Dialect::icalendar);
  ContentLine line;
  bool in_zone = false;
  while (reader.next(line)) {
    const bool is_zone = core::iequals(line.value, "VTIMEZONE");
    if (line.name == "BEGIN" && is_zone) in_zone = true;
    if (!in_zone && !line.name.empty() && !is_one_of(line.name, volatile_lines)) {
      lines.insert(normal(line));
    }
    if (line.name == "END" && is_zone) in_zone = false;
  }
  return lines;
}

}  // namespace

bool server_would_invite(std::string_view bytes) {
  formats::LineReader reader(bytes, formats::Dialect::icalendar);
  ContentLine line;
  while (reader.next(line)) {
    if (line.name == "ATTENDEE" && !line.has("SCHEDULE-AGENT", "CLIENT") &&
        !line.has("SCHEDULE-AGENT", "NONE")) {
      return true;
    }
  }
  return false;
}

bool says_the_same(std::string_view sent, std::string_view stored) {
  const auto wanted = lines_of(sent);
  const auto found = lines_of(stored);
  return std::includes(found.begin(), found.end(), wanted.begin(), wanted.end());
}

}  // namespace ioud::connectors::caldav
