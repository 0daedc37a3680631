#include "detection/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"

namespace ioud::detection {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U);
}

constexpr std::string_view curly_apostrophe = "\xE2\x80\x99";
constexpr std::string_view en_dash = "\xE2\x80\x93";
constexpr std::string_view em_dash = "\xE2\x80\x94";

/// True where a number goes on over the separator at `at`: "18:30", "3/12", "9.30".
bool number_goes_on(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && is_digit(text[at + 1]) &&
         (text[at] == ':' || text[at] == '/' || text[at] == '.' || text[at] == ',');
}

bool is_iso_date(std::string_view text) {
  return core::trimmed(text).size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '-'; });
}

std::size_t number_end(std::string_view text, std::size_t at) {
  if (text.size() - at >= 10 && is_iso_date(text.substr(at, 10))) return at + 10;
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || number_goes_on(text, end))) ++end;
  const std::string suffix = core::ascii_lower(text.substr(end, 2));
  const bool ordinal = one_of(suffix, {"st", "nd", "rd", "th"});
  if (ordinal && (end + 2 >= text.size() || !is_letter(text[end + 2]))) end += 2;
  return end;
}

/// The end of a word of letters, apostrophes inside it included. A dash of typography ends it.
std::size_t word_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    const std::string_view rest = text.substr(end);
    if (rest.starts_with(en_dash) || rest.starts_with(em_dash)) break;
    const std::size_t apostrophe = rest[0] == '\'' ? 1 : rest.starts_with(curly_apostrophe) ? 3 : 0;
    if (apostrophe > 0) {
      if (end == at || rest.size() <= apostrophe || !is_letter(rest[apostrophe])) break;
      end += apostrophe;
    } else if (is_letter(rest[0])) {
      ++end;
    } else {
      break;
    }
  }
  return end;
}

/// "a.m." and "p.m." at this place, with their length.
std::size_t meridiem_length(std::string_view text, std::size_t at) {
  const std::string head = core::ascii_lower(text.substr(at, 4));
  if (head.size() < 3 || (head[0] != 'a' && head[0] != 'p') || head[1] != '.' || head[2] != 'm')
    return 0;
  return head.size() == 4 && head[3] == '.' ? 4 : 3;
}

Word mark_at(std::string_view text, std::size_t at) {
  Word word;
  word.is_mark = true;
  word.begin = at;
  const std::string_view rest = text.substr(at);
  const bool dash = rest.starts_with(en_dash) || rest.starts_with(em_dash);
  word.end = at + (dash || rest.starts_with(curly_apostrophe) ? 3 : 1);
  word.text = dash ? "-" : std::string(rest.substr(0, word.end - at));
  return word;
}

}  // namespace

std::vector<Word> words_of(std::string_view text, std::size_t limit) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size() && words.size() < limit;) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    Word word;
    word.begin = at;
    if (is_digit(text[at])) {
      word.end = number_end(text, at);
      word.is_number = true;
      word.text = core::ascii_lower(text.substr(at, word.end - at));
    } else if (const std::size_t meridiem = meridiem_length(text, at); meridiem > 0) {
      word.end = at + meridiem;
      word.text = text[at] == 'a' || text[at] == 'A' ? "am" : "pm";
    } else if (is_letter(text[at]) && word_end(text, at) > at) {
      word.end = word_end(text, at);
      word.is_capital = text[at] >= 'A' && text[at] <= 'Z';
      word.text =
          core::replaced(core::ascii_lower(text.substr(at, word.end - at)), curly_apostrophe, "'");
    } else {
      word = mark_at(text, at);
    }
    at = word.end;
    words.push_back(std::move(word));
  }
  return words;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

WordSet::WordSet(std::string_view words) {
  for (std::string& word : core::split(core::squeezed(words), ' '))
    sorted_.push_back(std::move(word));
  std::sort(sorted_.begin(), sorted_.end());
}

bool WordSet::has(std::string_view word) const {
  return std::binary_search(sorted_.begin(), sorted_.end(), word);
}

std::optional<int> number_of(std::string_view word) {
  constexpr std::array<std::string_view, 21> units = {
      "zero",     "one",     "two",     "three",     "four",     "five",     "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
  for (std::size_t i = 0; i < units.size(); ++i)
    if (word == units[i]) return static_cast<int>(i);
  if (word == "thirty") return 30;
  if (word == "forty") return 40;
  if (word == "fortyfive") return 45;
  if (word == "fifty") return 50;
  if (word == "sixty") return 60;
  if (word == "ninety") return 90;
  if (word == "couple") return 2;
  if (word.empty() || word.size() > 3) return std::nullopt;
  int value = 0;
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || stop != word.data() + word.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<int> ordinal_of(std::string_view word) {
  constexpr std::array<std::string_view, 20> names = {
      "first",     "second",      "third",      "fourth",     "fifth",
      "sixth",     "seventh",     "eighth",     "ninth",      "tenth",
      "eleventh",  "twelfth",     "thirteenth", "fourteenth", "fifteenth",
      "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (word == names[i]) return static_cast<int>(i) + 1;
  if (word == "thirtieth") return 30;
  if (word.size() < 3 || word.size() > 4 || !is_digit(word[0])) return std::nullopt;
  if (!one_of(word.substr(word.size() - 2), {"st", "nd", "rd", "th"})) return std::nullopt;
  const auto value = number_of(word.substr(0, word.size() - 2));
  return value && *value >= 1 && *value <= 31 ? value : std::nullopt;
}

}  // namespace ioud::detection
