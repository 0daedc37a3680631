#pragma once
// The components of an iCalendar file (VEVENT, VTIMEZONE, …) as trees of content lines with their
// spans, one component at a time. It repairs nothing: a component that is cut or holds a line that
// is none carries the damage with it, and the next one is read as if nothing had happened.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/content_line.hpp"

namespace ioud::formats {

struct Component {
  std::string name;                 ///< upper case
  std::vector<ContentLine> lines;   ///< its own properties, in order
  std::vector<Component> children;  ///< at most three levels down; deeper ones are only spanned
  std::size_t begin = 0;            ///< span with BEGIN and END lines
  std::size_t end = 0;
  std::size_t closing = 0;  ///< where its END line begins
  std::size_t number = 0;   ///< line of its BEGIN
  std::string damage;       ///< "line 7: …; expected …" of the first damage, or ""

  /// The first property of that (upper-case) name, or nullptr.
  const ContentLine* find(std::string_view property) const;
};

/// Gives the components that stand in the VCALENDARs of a file. The bytes must outlive it.
class ComponentReader {
 public:
  explicit ComponentReader(std::string_view bytes) : lines_(bytes, Dialect::icalendar) {}
  std::optional<Component> next();

  bool saw_calendar() const { return saw_calendar_; }
  /// Whether every VCALENDAR seen so far has its END: false at the end means a cut file.
  bool is_closed() const { return !in_calendar_; }
  const std::string& method() const { return method_; }  ///< upper case, or ""

 private:
  bool take(ContentLine& line);
  void read_into(Component& component, std::size_t depth);

  LineReader lines_;
  std::optional<ContentLine> put_back_;
  bool saw_calendar_ = false;
  bool in_calendar_ = false;
  std::string method_;
};

/// For messages: what was found, quoted and shortened, safe to show.
std::string quoted(std::string_view found);
/// "line 7: " + text.
std::string at_line(std::size_t number, std::string_view text);

}  // namespace ioud::formats
