#include "core/text.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace ioud::core {
namespace {

constexpr std::string_view white = " \t\r\n\f\v";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::u32string code_points(std::string_view utf8) {
  std::u32string points;
  const auto* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
  const auto size = static_cast<int32_t>(utf8.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    points += static_cast<char32_t>(c);
  }
  return points;
}

}  // namespace

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::string folded(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .foldCase()
      .toUTF8String(out);
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string squeezed(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : trimmed(text)) {
    if (white.find(c) != std::string_view::npos) {
      gap = true;
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += between;
    out += part;
  }
  return out;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  while (!from.empty()) {
    const auto found = text.find(from);
    if (found == std::string_view::npos) break;
    out.append(text.substr(0, found)).append(to);
    text.remove_prefix(found + from.size());
  }
  return out.append(text);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto size = static_cast<int32_t>(bytes.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::string made_utf8(std::string_view bytes) {
  std::string out;
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto size = static_cast<int32_t>(bytes.size());
  for (int32_t i = 0; i < size;) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    if (c < 0)
      out += "\xEF\xBF\xBD";
    else
      out.append(
          bytes.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
  }
  return out;
}

std::string shortened(std::string_view utf8, std::size_t limit) {
  if (limit == 0) return {};
  if (utf8.size() <= limit || length(utf8) <= limit) return std::string(utf8);
  const auto* data = reinterpret_cast<const uint8_t*>(utf8.data());
  const auto size = static_cast<int32_t>(utf8.size());
  int32_t end = 0;
  for (std::size_t kept = 0; kept + 1 < limit && end < size; ++kept) U8_FWD_1(data, end, size);
  return std::string(utf8.substr(0, static_cast<std::size_t>(end))) + "…";
}

std::size_t length(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::vector<std::string> words(std::string_view utf8) {
  std::vector<std::string> found;
  const auto* data = reinterpret_cast<const uint8_t*>(utf8.data());
  const auto size = static_cast<int32_t>(utf8.size());
  bool inside = false;
  for (int32_t i = 0; i < size;) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(data, i, size, c);
    const bool was_inside = inside;
    inside = c >= 0 && (u_isalnum(c) || (was_inside && (U_MASK(u_charType(c)) & U_GC_M_MASK) != 0));
    if (!inside) continue;
    if (!was_inside) found.emplace_back();
    found.back().append(
        utf8.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
  }
  return found;
}

bool within_one_edit(std::string_view a, std::string_view b) {
  std::u32string x = code_points(a);
  std::u32string y = code_points(b);
  if (x.size() > y.size()) std::swap(x, y);
  if (y.size() - x.size() > 1) return false;
  const auto split_at = std::mismatch(x.begin(), x.end(), y.begin());
  if (split_at.first == x.end()) return true;
  const auto rest_x = std::u32string(split_at.first, x.end());
  const auto rest_y = std::u32string(split_at.second, y.end());
  if (rest_x.size() < rest_y.size()) return rest_x == rest_y.substr(1);
  if (rest_x.substr(1) == rest_y.substr(1)) return true;
  return rest_x.size() > 1 && rest_x[0] == rest_y[1] && rest_x[1] == rest_y[0] &&
         rest_x.substr(2) == rest_y.substr(2);
}

}  // namespace ioud::core
