#pragma once
// The one tokenizer for iCalendar (RFC 5545 3.1) and vCard (2.1, RFC 2426, RFC 6350 3.2, 3.3), and
// the tools to change single lines of a stored file while every other byte stays as it is. It knows
// names, parameters and spans; what a property means is the business of the rooms above it. Work
// and memory are linear in the input.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::formats {

struct Parameter {
  std::string name;                 ///< upper case; a bare word of vCard 2.1 is TYPE or ENCODING
  std::vector<std::string> values;  ///< without quotes, RFC 6868 decoded
};

/// One logical line: unfolded, and the span of the bytes it was read from.
struct ContentLine {
  std::string group;  ///< "item1" of "item1.X-ABDATE", as written, or ""
  std::string name;   ///< upper case; empty where the line has no readable name before a colon
  std::vector<Parameter> parameters;
  std::string value;       ///< still escaped; the whole line where `name` is empty
  std::size_t begin = 0;   ///< byte span in the input, folds and line end included; blank lines
  std::size_t end = 0;     ///< belong to the line before them
  std::size_t number = 0;  ///< of its first physical line, from 1

  /// The first value of that parameter (upper-case name), or nothing.
  std::optional<std::string_view> parameter(std::string_view wanted) const;
  /// Whether one of the values of that parameter is `wanted`, case ignored.
  bool has(std::string_view parameter_name, std::string_view wanted) const;
};

enum class Dialect { icalendar, vcard };  ///< vcard: quoted-printable soft breaks join lines too

/// Gives the logical lines of a text one by one. The bytes must outlive the reader. The spans of
/// all lines follow each other without gaps; together with leading() they cover every byte.
class LineReader {
 public:
  LineReader(std::string_view bytes, Dialect dialect);
  /// Reads the next line into `line`; false at the end.
  bool next(ContentLine& line);
  /// Bytes before the first line: a byte order mark and blank lines.
  std::size_t leading() const { return leading_; }

 private:
  std::string_view physical_line();
  void skip_blank_lines();
  void join_continuations(std::string& text);

  std::string_view bytes_;
  Dialect dialect_;
  std::size_t at_ = 0;
  std::size_t number_ = 1;
  std::size_t leading_ = 0;
};

/// TEXT (RFC 5545 3.3.11): \n, \N, \, \; \\ and, as seen in the field, any other escaped character.
std::string unescape_text(std::string_view escaped);
/// Carriage returns are dropped, other control characters but tab too: TEXT cannot carry them.
std::string escape_text(std::string_view text);
/// Parts between separators that are not escaped; the parts are still escaped.
std::vector<std::string> split_list(std::string_view escaped, char separator);
/// ";NAME=value", quoted and RFC 6868 encoded as needed.
std::string parameter_text(std::string_view name, std::string_view value);

/// The line with folds after at most 75 octets, never inside a UTF-8 character, and its line end.
std::string fold_line(std::string_view line, std::string_view line_end);
/// "\r\n" or "\n": how the first line of the file ends; "\r\n" where there is none.
std::string_view line_end_of(std::string_view bytes);

/// Replaces [begin, end) by a text; begin == end inserts.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};
/// Applies edits that do not overlap, in any order; several insertions at one place keep theirs.
std::string edited(std::string_view bytes, const std::vector<Edit>& edits);

}  // namespace ioud::formats
