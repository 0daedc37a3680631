#include "formats/content_line.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"

namespace ioud::formats {
namespace {

constexpr std::size_t fold_octets = 75;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

/// The first of `wanted` at or after `from` that no double quotes enclose, else npos.
std::size_t find_unquoted(std::string_view text, std::string_view wanted, std::size_t from = 0) {
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && wanted.find(text[i]) != std::string_view::npos) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// Where the value begins: the colon after name and parameters. A quote that never closes is taken
/// as an ordinary character.
std::size_t find_colon(std::string_view text) {
  const std::size_t colon = find_unquoted(text, ":");
  return colon == std::string_view::npos ? text.find(':') : colon;
}

/// Calls `take` with each part of the text between separators outside quotes.
template <class Take>
void for_each_part(std::string_view text, std::string_view separator, Take take) {
  while (true) {
    const std::size_t end = find_unquoted(text, separator);
    take(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// RFC 6868 and quotes undone.
std::string parameter_value(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '"') continue;
    const char following = i + 1 < raw.size() ? raw[i + 1] : '\0';
    if (raw[i] != '^' || (following != 'n' && following != '\'' && following != '^')) {
      out += raw[i];
      continue;
    }
    out += following == 'n' ? '\n' : following == '\'' ? '"' : '^';
    ++i;
  }
  return out;
}

Parameter read_parameter(std::string_view text) {
  Parameter parameter;
  const std::size_t equals = find_unquoted(text, "=");
  if (equals == std::string_view::npos) {
    const std::string word = core::ascii_upper(core::trimmed(text));
    const bool is_encoding =
        word == "QUOTED-PRINTABLE" || word == "BASE64" || word == "8BIT" || word == "7BIT";
    parameter.name = is_encoding ? "ENCODING" : "TYPE";
    parameter.values.push_back(parameter_value(core::trimmed(text)));
    return parameter;
  }
  parameter.name = core::ascii_upper(core::trimmed(text.substr(0, equals)));
  for_each_part(text.substr(equals + 1), ",", [&](std::string_view value) {
    parameter.values.push_back(parameter_value(value));
  });
  return parameter;
}

void read_head(std::string_view text, Dialect dialect, ContentLine& line) {
  line.group.clear();
  line.name.clear();
  line.parameters.clear();
  const std::size_t colon = find_colon(text);
  if (colon == std::string_view::npos) {
    line.value = text;
    return;
  }
  const std::string_view head = text.substr(0, colon);
  std::string_view name = core::trimmed(head.substr(0, head.find(';')));
  const std::size_t dot = dialect == Dialect::vcard ? name.find('.') : std::string_view::npos;
  if (dot != std::string_view::npos) {
    line.group = name.substr(0, dot);
    name.remove_prefix(dot + 1);
  }
  if (!is_name(name)) {
    line.group.clear();
    line.value = text;
    return;
  }
  line.name = core::ascii_upper(name);
  line.value = text.substr(colon + 1);
  const std::size_t semicolon = head.find(';');
  if (semicolon == std::string_view::npos) return;
  for_each_part(head.substr(semicolon + 1), ";", [&](std::string_view part) {
    if (!core::trimmed(part).empty()) line.parameters.push_back(read_parameter(part));
  });
}

}  // namespace

std::optional<std::string_view> ContentLine::parameter(std::string_view wanted) const {
  for (const Parameter& each : parameters) {
    if (each.name == wanted && !each.values.empty()) return each.values.front();
  }
  return std::nullopt;
}

bool ContentLine::has(std::string_view parameter_name, std::string_view wanted) const {
  for (const Parameter& each : parameters) {
    if (each.name != parameter_name) continue;
    for (const std::string& candidate : each.values) {
      if (core::iequals(candidate, wanted)) return true;
    }
  }
  return false;
}

LineReader::LineReader(std::string_view bytes, Dialect dialect) : bytes_(bytes), dialect_(dialect) {
  if (bytes_.substr(0, byte_order_mark.size()) == byte_order_mark) at_ = byte_order_mark.size();
  skip_blank_lines();
  leading_ = at_;
}

std::string_view LineReader::physical_line() {
  const std::size_t newline = bytes_.find('\n', at_);
  const std::size_t stop = newline == std::string_view::npos ? bytes_.size() : newline;
  std::string_view text = bytes_.substr(at_, stop - at_);
  while (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  at_ = newline == std::string_view::npos ? bytes_.size() : newline + 1;
  ++number_;
  return text;
}

void LineReader::skip_blank_lines() {
  while (at_ < bytes_.size()) {
    const std::size_t stop = bytes_.find_first_not_of('\r', at_);
    if (stop != std::string_view::npos && bytes_[stop] != '\n') return;
    at_ = stop == std::string_view::npos ? bytes_.size() : stop + 1;
    ++number_;
  }
}

void LineReader::join_continuations(std::string& text) {
  std::optional<bool> is_quoted_printable;
  while (at_ < bytes_.size()) {
    if (dialect_ == Dialect::vcard && !text.empty() && text.back() == '=') {
      if (!is_quoted_printable) {
        const std::string head =
            core::ascii_upper(std::string_view(text).substr(0, find_colon(text)));
        is_quoted_printable = head.find("QUOTED-PRINTABLE") != std::string::npos;
      }
      if (*is_quoted_printable) {
        text.pop_back();
        text += physical_line();
        continue;
      }
    }
    if (bytes_[at_] != ' ' && bytes_[at_] != '\t') return;
    text += physical_line().substr(1);
  }
}

bool LineReader::next(ContentLine& line) {
  if (at_ >= bytes_.size()) return false;
  line.begin = at_;
  line.number = number_;
  std::string text(physical_line());
  join_continuations(text);
  skip_blank_lines();
  line.end = at_;
  read_head(text, dialect_, line);
  return true;
}

std::string unescape_text(std::string_view escaped) {
  std::string out;
  out.reserve(escaped.size());
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\' || i + 1 == escaped.size()) {
      out += escaped[i];
      continue;
    }
    const char following = escaped[++i];
    out += following == 'n' || following == 'N' ? '\n' : following;
  }
  return out;
}

std::string escape_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += c;
    } else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)) {
      out += c;
    }
  }
  return out;
}

std::vector<std::string> split_list(std::string_view escaped, char separator) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] == separator) {
      parts.emplace_back();
      continue;
    }
    parts.back() += escaped[i];
    if (escaped[i] == '\\' && i + 1 < escaped.size()) parts.back() += escaped[++i];
  }
  return parts;
}

std::string parameter_text(std::string_view name, std::string_view value) {
  std::string encoded;
  for (const char c : value) {
    if (c == '^') {
      encoded += "^^";
    } else if (c == '"') {
      encoded += "^'";
    } else if (c == '\n') {
      encoded += "^n";
    } else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)) {
      encoded += c;
    }
  }
  const bool needs_quotes =
      encoded.empty() || encoded.find_first_of(":;, \t=") != std::string::npos;
  std::string out = ";" + std::string(name) + "=";
  return needs_quotes ? out + '"' + encoded + '"' : out + encoded;
}

std::string fold_line(std::string_view line, std::string_view line_end) {
  std::string out;
  std::size_t room = fold_octets;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    if (cut == 0) cut = room;  // no UTF-8 character is that long: cut anywhere
    out.append(line.substr(0, cut)).append(line_end) += ' ';
    line.remove_prefix(cut);
    room = fold_octets - 1;
  }
  return out.append(line).append(line_end);
}

std::string_view line_end_of(std::string_view bytes) {
  const std::size_t newline = bytes.find('\n');
  if (newline == std::string_view::npos || newline == 0) {
    return newline == 0 ? "\n" : "\r\n";
  }
  return bytes[newline - 1] == '\r' ? "\r\n" : "\n";
}

std::string edited(std::string_view bytes, const std::vector<Edit>& edits) {
  std::multimap<std::size_t, const Edit*> by_place;  // keeps the order of equal places
  for (const Edit& edit : edits) by_place.emplace(edit.begin, &edit);
  std::string out;
  std::size_t at = 0;
  for (const auto& [begin, edit] : by_place) {
    if (begin > at) out.append(bytes.substr(at, begin - at));
    out.append(edit->text);
    at = std::max(at, edit->end);
  }
  return out.append(bytes.substr(at));
}

}  // namespace ioud::formats
