#pragma once
// UTF-8 text as people read it: folded for comparing, trimmed, cut at a character. Nothing here
// knows what the text means.

#include <string>
#include <string_view>
#include <vector>

namespace ioud::core {

/// ASCII letters lowered; for protocol words and addresses.
std::string ascii_lower(std::string_view text);
/// ASCII letters raised; for names in iCalendar, vCard and mail.
std::string ascii_upper(std::string_view text);
/// Unicode case folding (ICU), for names and words of people.
std::string folded(std::string_view text);
bool iequals(std::string_view a, std::string_view b);  ///< ASCII case ignored

std::string_view trimmed(std::string_view text);  ///< without white space at both ends
/// Runs of white space become one space; ends trimmed.
std::string squeezed(std::string_view text);
std::vector<std::string> split(std::string_view text, char at);
std::string joined(const std::vector<std::string>& parts, std::string_view between);
/// The value of a hexadecimal digit of either case; -1 for anything else.
int hex_digit(char c);
/// Every occurrence of `from` in the text becomes `to`.
std::string replaced(std::string_view text, std::string_view from, std::string_view to);

bool is_ascii(std::string_view bytes);
bool is_utf8(std::string_view bytes);
/// The text with every byte that is not UTF-8 replaced by U+FFFD.
std::string made_utf8(std::string_view bytes);
/// At most `limit` code points, never half of one; ends in "…" where something was cut.
std::string shortened(std::string_view utf8, std::size_t limit);
/// The number of code points.
std::size_t length(std::string_view utf8);
/// The runs of letters, digits and combining marks in their order, as written.
std::vector<std::string> words(std::string_view utf8);

/// True where one edit (a letter added, dropped or changed, or two neighbours swapped) at most
/// lies between the two; both are compared by code points as they stand.
bool within_one_edit(std::string_view a, std::string_view b);

}  // namespace ioud::core
