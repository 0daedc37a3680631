#include "lint/checks.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "core/text.hpp"

namespace ioud::lint {
namespace {

constexpr std::array<std::string_view, 9> empty_names = {
    "manager", "helper", "util", "handler", "data", "info", "impl", "base", "common"};

bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }

/// The parts of "token_broker", "TokenBroker" and "token-broker.hpp", lower case.
std::vector<std::string> name_parts(std::string_view name) {
  std::vector<std::string> parts(1);
  for (const char c : name) {
    if (!is_letter_or_digit(c) || is_upper(c)) parts.emplace_back();
    if (is_letter_or_digit(c))
      parts.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return parts;
}

std::string_view empty_name_in(std::string_view name) {
  for (const std::string& part : name_parts(name))
    for (const std::string_view word : empty_names)
      if (part == word || part == std::string(word) + "s") return word;
  return {};
}

bool is(const std::vector<Token>& tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].text == text;
}

/// The place of the ")" that belongs to the "(" at that place; the end where there is none.
std::size_t closing(const std::vector<Token>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].text == "(") ++depth;
    if (tokens[i].text == ")" && --depth <= 0) return i;
  }
  return tokens.size();
}

/// True where the text holds the word with no letter, digit or underscore at either side.
bool holds_word(std::string_view line, std::string_view word) {
  const auto is_part = [&line](std::size_t at) {
    return at < line.size() && (is_letter_or_digit(line[at]) || line[at] == '_');
  };
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1))
    if (!(at > 0 && is_part(at - 1)) && !is_part(at + word.size())) return true;
  return false;
}

}  // namespace

std::vector<Complaint> check_clock(const Source& source) {
  constexpr std::array<std::string_view, 3> clocks = {"system_clock", "steady_clock",
                                                      "high_resolution_clock"};
  constexpr std::array<std::string_view, 6> calls = {
      "gettimeofday", "clock_gettime", "localtime", "localtime_r", "mktime", "current_zone"};
  std::vector<Complaint> found;
  if (!is_code(source) || source.path == "daemon/net/clock.cpp") return found;
  const std::vector<Token>& tokens = source.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string& text = tokens[i].text;
    const bool now = std::find(clocks.begin(), clocks.end(), text) != clocks.end() &&
                     is(tokens, i + 1, "::") && is(tokens, i + 2, "now");
    const bool call =
        std::find(calls.begin(), calls.end(), text) != calls.end() && is(tokens, i + 1, "(");
    const bool plain_time = text == "time" && is(tokens, i + 1, "(") &&
                            (is(tokens, i + 2, "nullptr") || is(tokens, i + 2, "NULL") ||
                             is(tokens, i + 2, "0") || is(tokens, i + 2, "&"));
    if (now || call || plain_time)
      found.push_back({source.path, tokens[i].line, text + ": time comes from net/clock alone"});
  }
  return found;
}

std::vector<Complaint> check_loops(const Source& source) {
  std::vector<Complaint> found;
  if (!is_code(source)) return found;
  const std::vector<Token>& tokens = source.tokens;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!is(tokens, i, "for") || !is(tokens, i + 1, "(")) continue;
    const std::size_t end = closing(tokens, i + 1);
    // … name ( … ) . value ( ) )
    if (end < i + 8 || !is(tokens, end - 1, ")") || !is(tokens, end - 2, "(")) continue;
    const bool is_view = is(tokens, end - 3, "value") || is(tokens, end - 3, "items");
    if (!is_view || !is(tokens, end - 4, ".") || !is(tokens, end - 5, ")")) continue;
    std::size_t open = end - 5;
    while (open > i && !(is(tokens, open, "(") && closing(tokens, open) == end - 5)) --open;
    const std::string& called = tokens[open - 1].text;
    const bool is_call = is_letter_or_digit(called.back()) || called.back() == '_';
    if (is_call && called != "at")  // which gives a reference
      found.push_back({source.path, tokens[end].line,
                       "the loop goes over a part of what " + called +
                           "() gave, which is gone by then; name it before the loop"});
  }
  return found;
}

std::vector<Complaint> check_regex(const Source& source) {
  std::vector<Complaint> found;
  for (const Include& include : source.includes)
    if (include.path == "regex")
      found.push_back({source.path, include.line, "<regex> is not used here; take RE2"});
  return found;
}

std::vector<Complaint> check_names(const Source& source) {
  constexpr std::array<std::string_view, 6> keywords = {"class", "struct",    "enum",
                                                        "union", "namespace", "concept"};
  std::vector<Complaint> found;
  const auto complain = [&](int line, const std::string& name, std::string_view word) {
    found.push_back({source.path, line,
                     "\"" + name + "\" says nothing by \"" + std::string(word) +
                         "\"; name it after what it is"});
  };
  // Folders of tests may hold samples; a file is named by its own part of the path.
  const std::string file = source.path.substr(source.path.rfind('/') + 1);
  if (const auto word = empty_name_in(file); is_code(source) && !word.empty())
    complain(1, file, word);
  if (!is_code(source)) return found;
  for (std::size_t i = 0; i + 1 < source.tokens.size(); ++i) {
    if (std::find(keywords.begin(), keywords.end(), source.tokens[i].text) == keywords.end())
      continue;
    const Token& name = source.tokens[i + 1];
    if (const auto word = empty_name_in(name.text); !word.empty())
      complain(name.line, name.text, word);
  }
  return found;
}

std::vector<Complaint> check_length(const Source& source) {
  constexpr std::size_t most_lines = 500;
  if (!is_code(source) || source.lines.size() <= most_lines) return {};
  return {{source.path, static_cast<int>(source.lines.size()),
           std::to_string(source.lines.size()) + " lines; split it where one idea ends"}};
}

std::vector<Complaint> check_headers(const Source& source) {
  if (!is_header(source)) return {};
  if (source.lines.empty() || source.lines.front() != "#pragma once")
    return {{source.path, 1, "does not begin with #pragma once"}};
  if (source.lines.size() < 2 || !source.lines[1].starts_with("// "))
    return {{source.path, 2, "does not say what it is for"}};
  return {};
}

std::vector<Complaint> check_marks(const Source& source) {
  // Cut in two so that this file does not find itself.
  constexpr std::array<std::array<const char*, 2>, 4> marks = {
      {{"TO", "DO"}, {"FIX", "ME"}, {"XX", "X"}, {"HA", "CK"}}};
  std::vector<Complaint> found;
  for (std::size_t i = 0; i < source.lines.size(); ++i)
    for (const auto& [first, second] : marks)
      if (holds_word(source.lines[i], std::string(first) + second))
        found.push_back({source.path, static_cast<int>(i + 1), "mark of unfinished work"});
  return found;
}

std::vector<Complaint> check_paths(const Source& source) {
  constexpr std::array<std::array<const char*, 2>, 3> places = {
      {{"/wo", "rk/"}, {"/fa", "rm/"}, {"/ro", "ot/"}}};
  std::vector<Complaint> found;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& line = source.lines[i];
    for (const auto& [first, second] : places) {
      const auto at = line.find(std::string(first) + second);
      const bool inside_a_path =
          at != std::string::npos && at > 0 &&
          (is_letter_or_digit(line[at - 1]) || line[at - 1] == '_' || line[at - 1] == '.' ||
           line[at - 1] == '}' || line[at - 1] == '-');
      if (at != std::string::npos && !inside_a_path)
        found.push_back({source.path, static_cast<int>(i + 1), "path of somebody's machine"});
    }
  }
  return found;
}

}  // namespace ioud::lint
