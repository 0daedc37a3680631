#include "formats/component.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace ioud::formats {
namespace {

constexpr std::size_t depth_limit = 3;
constexpr std::size_t line_limit = 100'000;
constexpr std::size_t quote_length = 40;

/// Components that never stand inside another: seeing one begin means that the last was cut.
bool is_outermost(std::string_view name) {
  constexpr std::array<std::string_view, 6> outermost = {"VCALENDAR", "VEVENT",    "VTODO",
                                                         "VJOURNAL",  "VFREEBUSY", "VTIMEZONE"};
  return std::find(outermost.begin(), outermost.end(), name) != outermost.end();
}

void note_damage(Component& component, std::size_t number, std::string_view text) {
  if (component.damage.empty()) component.damage = at_line(number, text);
}

}  // namespace

std::string quoted(std::string_view found) {
  std::string shown =
      core::shortened(core::made_utf8(found.substr(0, 4 * quote_length)), quote_length);
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return '"' + shown + '"';
}

std::string at_line(std::size_t number, std::string_view text) {
  return "line " + std::to_string(number) + ": " + std::string(text);
}

const ContentLine* Component::find(std::string_view property) const {
  const auto found = std::find_if(lines.begin(), lines.end(),
                                  [&](const ContentLine& line) { return line.name == property; });
  return found == lines.end() ? nullptr : &*found;
}

bool ComponentReader::take(ContentLine& line) {
  if (!put_back_) return lines_.next(line);
  line = std::move(*put_back_);
  put_back_.reset();
  return true;
}

std::optional<Component> ComponentReader::next() {
  ContentLine line;
  while (take(line)) {
    if (line.name == "BEGIN") {
      Component component;
      component.name = core::ascii_upper(core::trimmed(line.value));
      if (component.name == "VCALENDAR") {
        saw_calendar_ = in_calendar_ = true;
        method_.clear();
        continue;
      }
      if (!in_calendar_) continue;
      component.begin = line.begin;
      component.number = line.number;
      read_into(component, 1);
      return component;
    }
    if (line.name == "END" && core::ascii_upper(core::trimmed(line.value)) == "VCALENDAR")
      in_calendar_ = false;
    if (line.name == "METHOD" && in_calendar_)
      method_ = core::ascii_upper(core::trimmed(line.value));
  }
  return std::nullopt;
}

void ComponentReader::read_into(Component& component, std::size_t depth) {
  std::size_t deeper = 0;  // open components below the depth limit
  ContentLine line;
  while (take(line)) {
    component.end = component.closing = line.begin;
    const std::string word = line.name == "BEGIN" || line.name == "END"
                                 ? core::ascii_upper(core::trimmed(line.value))
                                 : std::string();
    const bool is_cut = (line.name == "BEGIN" && is_outermost(word)) ||
                        (line.name == "END" && word != component.name && is_outermost(word));
    if (is_cut) {
      put_back_ = std::move(line);
      break;
    }
    if (line.name == "BEGIN") {
      if (depth >= depth_limit) {
        ++deeper;
        continue;
      }
      Component child;
      child.name = word;
      child.begin = line.begin;
      child.number = line.number;
      read_into(child, depth + 1);
      component.end = component.closing = child.end;
      if (!child.damage.empty() && component.damage.empty()) component.damage = child.damage;
      component.children.push_back(std::move(child));
      continue;
    }
    if (line.name == "END") {
      if (deeper > 0) {
        --deeper;
        continue;
      }
      component.end = line.end;
      if (word != component.name) {
        note_damage(component, line.number,
                    "found END:" + word + ", expected END:" + component.name);
      }
      return;
    }
    if (deeper > 0) continue;
    if (line.name.empty()) {
      note_damage(component, line.number,
                  "found " + quoted(line.value) + ", expected a property such as SUMMARY:text");
    } else if (component.lines.size() == line_limit) {
      note_damage(component, line.number, "more than 100000 lines in one " + component.name);
    } else {
      component.lines.push_back(std::move(line));
    }
  }
  note_damage(component, component.number,
              component.name + " begins here and has no END:" + component.name +
                  "; the file is cut or was being written");
}

}  // namespace ioud::formats
