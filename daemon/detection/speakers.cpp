#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "detection/sentences.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string_view after_spaces(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t");
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

/// The text after "[10:14]", "(00:47)" or a bare "00:47 " at its beginning.
std::string_view after_stamp(std::string_view text) {
  if (text.empty()) return text;
  const bool bracketed = text[0] == '[' || text[0] == '(';
  std::size_t at = bracketed ? 1 : 0;
  const std::size_t first = at;
  bool colon = false;
  while (at < text.size() && (is_digit(text[at]) || text[at] == ':' || text[at] == '.')) {
    colon = colon || text[at] == ':';
    ++at;
  }
  if (at == first || !colon) return text;
  if (bracketed)
    return at < text.size() && (text[at] == ']' || text[at] == ')')
               ? after_spaces(text.substr(at + 1))
               : text;
  const std::string_view rest = after_spaces(text.substr(at));
  return rest.size() < text.size() - at && !rest.empty() && is_upper(rest[0]) ? rest : text;
}

/// The length of a bullet with its space: "- ", "1) ", "[x] ", "• "; 0 where none.
std::size_t bullet_length(std::string_view text) {
  for (const std::string_view bullet :
       {"- ", "* ", "+ ", "\xE2\x80\xA2 ", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xC2\xB7 ", "[ ] ",
        "[x] ", "[X] ", "-> ", "=> ", "\xE2\x86\x92 ", "o ", "\xE2\x80\xA2\t", "-\t", "*\t"})
    if (text.starts_with(bullet)) return bullet.size();
  std::size_t at = text.starts_with('(') ? 1 : 0;
  const std::size_t first = at;
  while (at < text.size() && at - first < 2 && is_digit(text[at])) ++at;
  if (at == first && at < text.size() && is_lower(text[at])) ++at;  // "a) "
  if (at == first || at + 1 >= text.size()) return 0;
  const bool dotted = text[at] == '.' && is_digit(text[at - 1]);
  if (text[at] != ')' && !dotted) return 0;
  return text[at + 1] == ' ' || text[at + 1] == '\t' ? at + 2 : 0;
}

/// Words before a colon that are headings and nobody's name.
bool is_heading(std::string_view tag) {
  static const WordSet headings(
      "notes note todo to-do action actions ai ais re ps agenda topic next fyi mom update summary "
      "agreed after-notes wrap-up post-visit decision decisions attendees date time place location "
      "subject also and but so what when where why how who oh hi hello dear thanks cc bcc from "
      "sent "
      "important warning question answer q a ok okay yes no then plan price edit nb clue meanwhile "
      "http https tel phone mob email follow-up followup one two three first second last minutes");
  const std::string lower = core::ascii_lower(tag);
  return headings.has(lower) || one_of(lower, {"after notes", "next steps", "action items",
                                               "added after", "to do", "one more thing"});
}

/// The length of a speaker's tag at the beginning, up to its colon; 0 where there is none.
std::size_t speaker_length(std::string_view text) {
  const std::size_t colon = text.substr(0, 40).find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 >= text.size()) return 0;
  if (text[colon + 1] != ' ' && text[colon + 1] != '\t') return 0;
  const std::string_view tag = text.substr(0, colon);
  if (is_heading(tag)) return 0;
  const std::vector<std::string> words = core::split(tag, ' ');
  if (words.size() > 4) return 0;
  const bool capitals = std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return !word.empty() && !is_lower(word[0]) && !is_digit(word[0]);
  });
  const bool one_short_word = words.size() == 1 && tag.size() <= 12;
  return capitals || one_short_word ? colon : 0;
}

std::string initials_of(std::string_view name) {
  std::string out;
  bool starts = true;
  for (const char c : name) {
    if (starts && (is_upper(c) || is_lower(c))) out += is_lower(c) ? static_cast<char>(c - 32) : c;
    starts = c == ' ' || c == '-';
  }
  return out;
}

/// How well a tag fits a name: 3 the whole, 2 one of its words, 1 its initials, 0 not.
int fit(std::string_view tag, std::string_view name) {
  const std::string wanted = core::folded(tag);
  const std::string known = core::folded(name);
  if (known.empty()) return 0;
  if (wanted == known) return 3;
  for (const std::string& word : core::split(known, ' '))
    if (word == wanted && word.size() > 1) return 2;
  const std::string letters = initials_of(name);
  if (tag.size() > 4) return 0;
  if (letters.size() == 1)  // of a person known by one name only: "bt" may be Bea
    return tag.size() > 1 && tag.size() < 4 && wanted[0] == known[0] ? 1 : 0;
  if (letters.size() < 2) return 0;
  std::string upper;
  for (const char c : tag)
    if (c != '.') upper += is_lower(c) ? static_cast<char>(c - 32) : c;
  const bool ends = upper.size() == 2 && letters.size() > 2 && upper[0] == letters[0] &&
                    upper[1] == letters.back();
  return upper == letters || ends ? 1 : 0;
}

}  // namespace

Tagged untagged(std::string_view line, bool tags) {
  Tagged out;
  out.rest = after_spaces(line);
  for (int depth = 0; depth < 3; ++depth) {
    if (tags) out.rest = after_stamp(out.rest);
    const std::size_t bullet = bullet_length(out.rest);
    if (bullet == 0) break;
    out.is_bullet = true;
    out.rest = after_spaces(out.rest.substr(bullet));
  }
  if (!tags) return out;
  if (const std::size_t colon = out.rest.substr(0, 20).find(": ");
      colon != std::string_view::npos && is_heading(out.rest.substr(0, colon)))
    out.rest = after_spaces(out.rest.substr(colon + 2));
  if (const std::size_t length = speaker_length(out.rest); length > 0) {
    out.speaker = out.rest.substr(0, length);
    out.rest = after_spaces(out.rest.substr(length + 1));
    return out;
  }
  const bool boxed = out.rest.starts_with('[');
  std::size_t at = boxed ? 1 : 0;
  while (at < out.rest.size() && at < 4 && is_upper(out.rest[at])) ++at;
  const std::size_t letters = at - (boxed ? 1 : 0);
  if (letters < 2 || letters > 3) return out;
  const std::string_view after = out.rest.substr(at);
  const std::string_view tag = out.rest.substr(boxed ? 1 : 0, letters);
  std::size_t mark = 0;  // length of what parts the initials from the words
  if (boxed && after.starts_with("] ")) mark = 2;
  if (!boxed && (after.starts_with(" - ") || after.starts_with(" | "))) mark = 3;
  if (!boxed && after.starts_with(" \xE2\x80\x93 ")) mark = 5;
  if (mark > 0) {
    out.speaker = tag;
    out.rest = after_spaces(after.substr(mark));
  }
  return out;
}

Speaker who_is(std::string_view tag, std::string_view rep, const std::vector<std::string>& clients,
               const std::vector<std::string>& others) {
  const std::string_view wanted = core::trimmed(tag);
  if (wanted.empty()) return Speaker::unknown;
  if (one_of(core::ascii_lower(wanted), {"me", "i", "myself", "self"})) return Speaker::rep;
  int best = fit(wanted, rep);
  std::set<Speaker> fitting;
  if (best > 0) fitting.insert(Speaker::rep);
  const auto consider = [&](const std::vector<std::string>& names, Speaker who) {
    for (const std::string& name : names) {
      const int found = fit(wanted, name);
      if (found == 0 || found < best) continue;
      if (found > best) fitting.clear();
      best = found;
      fitting.insert(who);
    }
  };
  consider(clients, Speaker::client);
  consider(others, Speaker::other);
  return fitting.size() == 1 ? *fitting.begin() : Speaker::unknown;
}

}  // namespace ioud::detection
