#include "detection/zones.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "core/text.hpp"
#include "detection/zone_patterns.hpp"

namespace ioud::detection {
namespace {

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;    ///< with its line end
  std::string_view text;  ///< trimmed, at most `longest_looked_at` bytes
  Zone zone = Zone::fresh;
  bool is_blank() const { return text.empty(); }
};

/// Patterns look at the head of a line alone: what they seek is short.
constexpr std::size_t longest_looked_at = 400;

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    Line line;
    line.begin = at;
    line.end = newline == std::string_view::npos ? text.size() : newline + 1;
    line.text = core::trimmed(text.substr(at, line.end - at)).substr(0, longest_looked_at);
    at = line.end;
    lines.push_back(line);
  }
  return lines;
}

bool is_marked(std::string_view line) { return line.starts_with('>'); }

/// Two or three lines as one, for attributions that were wrapped.
std::string joined_lines(const std::vector<Line>& lines, std::size_t from, std::size_t count) {
  std::string out;
  for (std::size_t i = from; i < std::min(lines.size(), from + count); ++i) {
    if (lines[i].is_blank() || is_marked(lines[i].text)) break;
    if (!out.empty()) out += ' ';
    out += lines[i].text;
  }
  return out;
}

/// True for "Tom", "Meg Alvarez", "Tom Reyes | Kestrel": what follows a closing greeting.
bool is_name(std::string_view line) {
  if (line.size() > 60) return false;
  const std::vector<std::string> words = core::split(core::squeezed(line), ' ');
  if (words.size() > 2 && (line.back() == '.' || line.back() == '!' || line.back() == '?'))
    return false;
  if (words.size() <= 2) return true;
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return word.size() < 3 || !(word[0] >= 'a' && word[0] <= 'z');
  });
}

void mark(std::vector<Line>& lines, std::size_t from, std::size_t to, Zone zone) {
  for (std::size_t i = from; i < to; ++i) lines[i].zone = zone;
}

std::size_t next_text(const std::vector<Line>& lines, std::size_t from) {
  while (from < lines.size() && lines[from].is_blank()) ++from;
  return from;
}

}  // namespace

struct ZoneReader::Patterns {
  ZonePatterns in;

  bool has(const RE2& pattern, std::string_view line) const {
    return RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), pattern);
  }

  /// How many lines from here are an attribution: "On … wrote:", 0 for none.
  std::size_t attribution(const std::vector<Line>& lines, std::size_t at) const {
    const std::string_view first = lines[at].text;
    if (first.ends_with(':') || first.ends_with("\xEF\xBC\x9A")) {
      if (has(in.attribution, first) || has(in.address_and_date, first)) return 1;
    }
    if (!has(in.attribution_opening, first)) return 0;
    for (std::size_t count = 2; count <= 3 && at + count <= lines.size(); ++count) {
      const std::string whole = joined_lines(lines, at, count);
      if (has(in.attribution, whole)) return count;
    }
    return 0;
  }

  /// True where a block of header lines begins, as Outlook puts it above the message answered.
  bool header_block(const std::vector<Line>& lines, std::size_t at) const {
    if (!has(in.header_from, lines[at].text)) return false;
    std::size_t others = 0;
    for (std::size_t i = at + 1; i < std::min(lines.size(), at + 7); ++i)
      if (has(in.header_other, lines[i].text)) ++others;
    return others >= 2;
  }

  void mark_quotes(std::vector<Line>& lines) const;
  void mark_down_from_headers(std::vector<Line>& lines) const;
  void mark_footers(std::vector<Line>& lines) const;
  void mark_disclaimers(std::vector<Line>& lines) const;
  void mark_signatures(std::vector<Line>& lines) const;
  std::size_t signature_after(const std::vector<Line>& lines, std::size_t greeting,
                              std::size_t end) const;
};

/// `>` lines, and the short rest of one that a mail program wrapped without marking it.
void ZoneReader::Patterns::mark_quotes(std::vector<Line>& lines) const {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_marked(lines[i].text)) {
      lines[i].zone = Zone::quoted;
      continue;
    }
    const bool between = i > 0 && i + 1 < lines.size() && is_marked(lines[i - 1].text) &&
                         is_marked(lines[i + 1].text);
    if (between && lines[i - 1].text.size() >= 60 && lines[i].text.size() <= 30 &&
        !lines[i].is_blank() && lines[i].text[0] >= 'a' && lines[i].text[0] <= 'z')
      lines[i].zone = Zone::quoted;
  }
}

/// Attributions and header blocks, with what stands under them.
void ZoneReader::Patterns::mark_down_from_headers(std::vector<Line>& lines) const {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].is_blank() || lines[i].zone != Zone::fresh) continue;
    const bool forwarded = has(in.forwarded, lines[i].text);
    if (forwarded || has(in.original_message, lines[i].text) || header_block(lines, i)) {
      std::size_t top = i;
      if (top > 0 && has(in.rule, lines[top - 1].text)) --top;
      mark(lines, top, lines.size(), forwarded ? Zone::forwarded : Zone::quoted);
      return;
    }
    const std::size_t count = attribution(lines, i);
    if (count == 0) continue;
    const std::size_t under = next_text(lines, i + count);
    const bool marked = under < lines.size() && is_marked(lines[under].text);
    mark(lines, i, marked ? under : lines.size(), Zone::quoted);
    if (!marked) return;
    i = under;
  }
}

void ZoneReader::Patterns::mark_footers(std::vector<Line>& lines) const {
  for (Line& line : lines)
    if (line.zone == Zone::fresh && !line.is_blank() && has(in.footer, line.text))
      line.zone = Zone::boilerplate;
}

/// A paragraph that speaks the language of legal notices, to its end.
void ZoneReader::Patterns::mark_disclaimers(std::vector<Line>& lines) const {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].zone != Zone::fresh || lines[i].is_blank()) continue;
    std::size_t end = i;
    bool legal = false;
    for (; end < lines.size() && !lines[end].is_blank() && lines[end].zone == Zone::fresh; ++end)
      legal = legal || has(in.legal, lines[end].text);
    if (legal) mark(lines, i, end, Zone::disclaimer);
    i = std::max(end, i + 1) - 1;
  }
}

/// The end of the lines after a closing greeting that are name, post, address and slogan.
std::size_t ZoneReader::Patterns::signature_after(const std::vector<Line>& lines,
                                                  std::size_t greeting, std::size_t end) const {
  bool has_contact = false;
  std::size_t last = greeting + 1;
  const std::size_t first = next_text(lines, greeting + 1);
  if (first >= end || !is_name(lines[first].text)) return last;
  for (std::size_t i = greeting + 1; i < end; ++i) {
    if (lines[i].is_blank()) continue;
    if (lines[i].zone == Zone::disclaimer || lines[i].zone == Zone::boilerplate) break;
    if (has(in.postscript, lines[i].text)) break;
    has_contact = has_contact || has(in.contact, lines[i].text);
    const bool talks = lines[i].text.size() > 70 || has(in.first_person, lines[i].text);
    if (talks && !has_contact) break;
    last = i + 1;
  }
  return last;
}

void ZoneReader::Patterns::mark_signatures(std::vector<Line>& lines) const {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].zone != Zone::fresh || lines[i].is_blank()) continue;
    std::size_t end = i;  // of the author's run of text
    while (end < lines.size() && lines[end].zone != Zone::quoted &&
           lines[end].zone != Zone::forwarded)
      ++end;
    std::size_t left = end;
    for (std::size_t at = i; at < end; ++at) {
      if (lines[at].zone != Zone::fresh) continue;
      if (lines[at].text == "--" || lines[at].text == "\xE2\x80\x94") {
        mark(lines, at, end, Zone::signature);
        break;
      }
      if (!has(in.greeting, lines[at].text)) continue;
      left = signature_after(lines, at, end);
      for (std::size_t k = at + 1; k < left; ++k)
        if (lines[k].zone == Zone::fresh) lines[k].zone = Zone::signature;
    }
    for (std::size_t at = end; at > i; --at) {  // a bare contact line at the very end
      if (lines[at - 1].is_blank() || lines[at - 1].zone != Zone::fresh) continue;
      if (!has(in.contact, lines[at - 1].text) || has(in.first_person, lines[at - 1].text)) break;
      lines[at - 1].zone = Zone::signature;
    }
    i = std::max(end, i + 1) - 1;
  }
}

const char* name(Zone zone) {
  switch (zone) {
    case Zone::fresh:
      return "fresh";
    case Zone::quoted:
      return "quoted";
    case Zone::forwarded:
      return "forwarded";
    case Zone::signature:
      return "signature";
    case Zone::disclaimer:
      return "disclaimer";
    case Zone::boilerplate:
      return "boilerplate";
  }
  return "fresh";
}

ZoneReader::ZoneReader() : patterns_(std::make_unique<Patterns>()) {}
ZoneReader::~ZoneReader() = default;

std::vector<ZoneRange> ZoneReader::read(std::string_view text, std::string_view closing) const {
  std::vector<Line> lines = lines_of(text);
  patterns_->mark_quotes(lines);
  patterns_->mark_down_from_headers(lines);
  patterns_->mark_footers(lines);
  patterns_->mark_disclaimers(lines);
  patterns_->mark_signatures(lines);
  const std::string_view block = core::trimmed(closing);
  const std::size_t found = block.empty() ? std::string_view::npos : text.rfind(block);
  std::vector<ZoneRange> ranges;
  for (Line& line : lines) {
    const bool repeats =
        found != std::string_view::npos && line.begin >= found && line.begin < found + block.size();
    if (repeats && line.zone == Zone::fresh) line.zone = Zone::signature;
    if (line.is_blank() && !ranges.empty()) line.zone = ranges.back().zone;
    if (!ranges.empty() && ranges.back().zone == line.zone)
      ranges.back().end = line.end;
    else
      ranges.push_back({line.zone, line.begin, line.end});
  }
  return ranges;
}

}  // namespace ioud::detection
