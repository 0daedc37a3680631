#include "detection/sentences.hpp"

#include <algorithm>
#include <cstdint>

#include "core/text.hpp"
#include "detection/verbs.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< without the line end
};

std::vector<Line> lines_of(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<Line> lines;
  for (std::size_t at = begin; at < end;) {
    std::size_t stop = text.find('\n', at);
    if (stop == std::string_view::npos || stop > end) stop = end;
    lines.push_back({at, stop > at && text[stop - 1] == '\r' ? stop - 1 : stop});
    at = stop + 1;
  }
  return lines;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t first_word_length(std::string_view line) {
  return std::min(line.find(' '), line.size());
}

/// The width at which this text was wrapped, or 0: its longest line, where lines are wrapped at
/// all.
std::size_t wrap_width(std::string_view text, const std::vector<Line>& lines) {
  std::size_t longest = 0;
  for (const Line& line : lines) {
    const std::size_t length = core::trimmed(text.substr(line.begin, line.end - line.begin)).size();
    if (length > 110) return 0;
    longest = std::max(longest, length);
  }
  return longest >= 60 ? longest : 0;
}

/// True for a line that cannot end there: "…and", "…to the", "…,".
bool hangs(std::string_view line) {
  const std::string_view last = line.substr(line.rfind(' ') + 1);
  return last.ends_with(',') ||
         one_of(last, {"and", "to", "the", "of", "for", "with", "a", "an", "at", "in", "on", "by",
                       "or", "but", "your", "our", "my", "&"});
}

/// True where the line goes on in the next one: wrapped by a program, not ended by its writer.
/// Notes are lines their writer ended, however they begin.
bool goes_on(std::string_view line, std::string_view next, std::size_t width, bool notes) {
  const bool flowed = line.ends_with(' ') && line.size() > 40;
  const std::string_view head = core::trimmed(line);
  const std::string_view tail = core::trimmed(next);
  if (head.empty() || tail.empty()) return false;
  if (flowed) return true;
  const bool ended = one_of(head.substr(head.size() - 1), {".", "!", "?", ":"});
  if (notes) return !ended && is_lower(tail[0]) && hangs(head);
  if (width > 0 && head.size() + 1 + first_word_length(tail) > width) return true;
  return !ended && is_lower(tail[0]) && head.size() >= 40;
}

/// A run of text that may hold several sentences, cut at line ends its writer meant.
struct Unit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view speaker;
  bool is_bullet = false;
  std::size_t paragraph = 0;
};

std::vector<Unit> units_of(std::string_view text, std::size_t begin, std::size_t end, bool tags) {
  const std::vector<Line> lines = lines_of(text, begin, end);
  const std::size_t width = wrap_width(text, lines);
  std::vector<Unit> units;
  std::size_t paragraph = 0;
  bool open = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    if (core::trimmed(line).empty()) {
      ++paragraph;
      open = false;
      continue;
    }
    const Tagged tagged = untagged(line, tags);
    const bool starts = tagged.is_bullet || !tagged.speaker.empty();
    if (open && !starts) {
      units.back().end = lines[i].end;
    } else {
      if (starts && !units.empty()) ++paragraph;
      const auto at = static_cast<std::size_t>(tagged.rest.data() - text.data());
      const std::size_t from = tagged.rest.empty() ? lines[i].end : at;
      units.push_back({from, lines[i].end, tagged.speaker, tagged.is_bullet, paragraph});
    }
    const bool last = i + 1 == lines.size();
    open = !last &&
           goes_on(line, text.substr(lines[i + 1].begin, lines[i + 1].end - lines[i + 1].begin),
                   width, tags);
  }
  return units;
}

bool is_abbreviation(std::string_view text, std::size_t dot) {
  std::size_t begin = dot;
  while (begin > 0 && dot - begin < 12 && !is_space(text[begin - 1]) && text[begin - 1] != '(')
    --begin;
  const std::string word = core::ascii_lower(text.substr(begin, dot - begin));
  if (word.size() == 1 && is_upper(text[begin])) return true;  // an initial: "J. Smith"
  static const WordSet known(
      "mr mrs ms dr prof st sr jr inc ltd co corp vs etc e.g eg i.e ie approx dept est fig al a.m "
      "p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri hrs ext "
      "no nos ref incl excl tel c.a ca bldg ave rd gmbh s.a b.v c.o mins pcs qty max resp bzw z.b");
  return known.has(word);
}

/// True where the sentence ends after the mark at `at`.
bool ends_sentence(std::string_view text, std::size_t at, std::size_t end) {
  const char mark = text[at];
  if (mark != '.' && mark != '!' && mark != '?') return false;
  std::size_t next = at + 1;
  while (next < end && (text[next] == ')' || text[next] == '"' || text[next] == '\'')) ++next;
  if (next >= end) return true;
  if (!is_space(text[next])) return false;
  while (next < end && is_space(text[next])) ++next;
  if (next >= end) return true;
  if (mark != '.') return true;
  if (at > 1 && text[at - 1] == '.' && is_lower(text[next])) return false;  // "... go on then"
  if (is_abbreviation(text, at)) {
    const std::string before =
        core::ascii_lower(text.substr(at >= 4 ? at - 4 : 0, at >= 4 ? 4 : at));
    const bool closes =
        before.ends_with("etc") || before.ends_with("a.m") || before.ends_with("p.m");
    return closes && is_upper(text[next]);
  }
  return !(at > 0 && is_digit(text[at - 1]) && is_digit(text[next]) && next == at + 1);
}

/// "FOC.", "My treat.": a note's short rest that belongs to the sentence before it.
bool is_rest(std::string_view text) {
  return text.size() <= 12 && std::count(text.begin(), text.end(), ' ') <= 1 &&
         !is_help_verb(verb_base(text.substr(0, text.find(' '))));
}

void push(std::vector<Span>& out, std::string_view text, const Unit& unit, std::size_t begin,
          std::size_t end) {
  while (begin < end && is_space(text[begin])) ++begin;
  while (end > begin && is_space(text[end - 1])) --end;
  if (begin >= end || out.size() >= most_sentences) return;
  Span span;
  span.begin = begin;
  span.end = end;
  span.text = core::squeezed(text.substr(begin, end - begin));
  span.speaker = core::trimmed(unit.speaker);
  span.is_bullet = unit.is_bullet;
  span.paragraph = unit.paragraph;
  out.push_back(std::move(span));
}

/// Joins a note's rests to the sentence they belong to, from the sentence `first` on.
void join_rests(std::vector<Span>& out, std::size_t first, std::string_view text) {
  for (std::size_t i = first + 1; i < out.size(); ++i) {
    if (!is_rest(out[i].text)) continue;
    out[i - 1].end = out[i].end;
    out[i - 1].text = core::squeezed(text.substr(out[i - 1].begin, out[i].end - out[i - 1].begin));
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
    --i;
  }
}

/// Where to cut an over-long run: after its last space, never inside a character.
std::size_t cut_at(std::string_view text, std::size_t begin) {
  std::size_t cut = begin + longest_sentence;
  const std::size_t space = text.rfind(' ', cut);
  if (space != std::string_view::npos && space > begin + longest_sentence / 2) return space + 1;
  while (cut > begin && (static_cast<std::uint8_t>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return cut;
}

}  // namespace

std::vector<Span> sentences(std::string_view text, std::size_t begin, std::size_t end, bool tags) {
  std::vector<Span> out;
  const std::string_view whole = text.substr(0, std::min(end, text.size()));
  for (const Unit& unit : units_of(whole, begin, whole.size(), tags)) {
    if (out.size() >= most_sentences) break;
    std::size_t from = unit.begin;
    const std::size_t first = out.size();
    for (std::size_t at = unit.begin; at < unit.end && out.size() < most_sentences; ++at) {
      if (ends_sentence(whole, at, unit.end)) {
        std::size_t stop = at + 1;
        while (stop < unit.end && !is_space(whole[stop])) ++stop;
        push(out, whole, unit, from, stop);
        from = stop;
        at = stop - 1;
      } else if (at - from >= longest_sentence) {
        const std::size_t cut = cut_at(whole, from);
        push(out, whole, unit, from, cut);
        from = cut;
      }
    }
    push(out, whole, unit, from, unit.end);
    if (tags) join_rests(out, first, whole);
  }
  return out;
}

}  // namespace ioud::detection
