#include "domain/wording_lint.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/text.hpp"

namespace ioud::domain {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t most_words = 90;
constexpr std::size_t longest_sign_off = 4;

/// A phrase no client may read; "*" at the end stands for any ending of the last word.
struct Banned {
  const char* phrase;
  const char* what;
};

constexpr const char* debt = "word of debt";
constexpr const char* pressure = "pressure";
constexpr const char* superlative = "superlative";

constexpr std::array banned = {
    Banned{"owe", debt},
    Banned{"owes", debt},
    Banned{"owed", debt},
    Banned{"owing", debt},
    Banned{"iou", debt},
    Banned{"ious", debt},
    Banned{"debt*", debt},
    Banned{"indebted", debt},
    Banned{"repay*", debt},
    Banned{"pay back", debt},
    Banned{"pay me back", debt},
    Banned{"favour", debt},
    Banned{"favours", debt},
    Banned{"favor", debt},
    Banned{"favors", debt},
    Banned{"in return", debt},
    Banned{"in exchange", debt},
    Banned{"trust bank", debt},
    Banned{"goodwill", debt},
    Banned{"free", "the word free"},
    Banned{"freebie*", "the word free"},
    Banned{"you must", pressure},
    Banned{"you have to", pressure},
    Banned{"you need to", pressure},
    Banned{"guilt*", pressure},
    Banned{"asap", pressure},
    Banned{"as soon as possible", pressure},
    Banned{"deadline*", pressure},
    Banned{"last chance", pressure},
    Banned{"hurry", pressure},
    Banned{"at the latest", pressure},
    Banned{"no later than", pressure},
    Banned{"running out", pressure},
    Banned{"too late", pressure},
    Banned{"final reminder", pressure},
    Banned{"best", superlative},
    Banned{"greatest", superlative},
    Banned{"finest", superlative},
    Banned{"biggest", superlative},
    Banned{"fastest", superlative},
    Banned{"cheapest", superlative},
    Banned{"perfect*", superlative},
    Banned{"amazing*", superlative},
    Banned{"incredibl*", superlative},
    Banned{"fantastic*", superlative},
    Banned{"unbeatable", superlative},
    Banned{"ultimate", superlative},
    Banned{"world class", superlative},
    Banned{"number one", superlative},
    Banned{"the most", superlative},
};

constexpr std::array refusals = {
    Banned{"say no", "advice to refuse"},
    Banned{"turn it down", "advice to refuse"},
    Banned{"turn down", "advice to refuse"},
    Banned{"refuse", "advice to refuse"},
    Banned{"don t help", "advice to refuse"},
    Banned{"do not help", "advice to refuse"},
    Banned{"stop helping", "advice to refuse"},
    Banned{"not worth", "advice to refuse"},
    Banned{"avoid helping", "advice to refuse"},
    Banned{"push back", "advice to refuse"},
    Banned{"decline the request", "advice to refuse"},
};

Words folded_words(std::string_view text) { return core::words(core::folded(text)); }

bool fits(std::string_view word, std::string_view pattern) {
  return pattern.ends_with('*') ? word.starts_with(pattern.substr(0, pattern.size() - 1))
                                : word == pattern;
}

/// Where the words of a phrase stand in a row, or the number of words.
std::size_t place_of(std::span<const std::string> words, const Words& phrase) {
  const auto found = std::search(words.begin(), words.end(), phrase.begin(), phrase.end());
  return phrase.empty() ? words.size() : static_cast<std::size_t>(found - words.begin());
}

/// The words that a banned phrase fits, beginning with the first; empty where it does not fit.
std::span<const std::string> fitting(std::span<const std::string> words, std::string_view phrase) {
  std::size_t count = 0;
  while (count < words.size()) {
    const auto end = phrase.find(' ');
    if (!fits(words[count], phrase.substr(0, end))) return {};
    ++count;
    if (end == std::string_view::npos) return words.first(count);
    phrase.remove_prefix(end + 1);
  }
  return {};
}

/// Every run of the name's words made empty, so that nothing is held against it.
void blank(Words& words, std::string_view name) {
  const Words pattern = folded_words(name);
  if (pattern.empty()) return;
  while (true) {
    const std::size_t at = place_of(words, pattern);
    if (at == words.size()) return;
    for (std::size_t i = 0; i < pattern.size(); ++i) words[at + i].clear();
  }
}

template <class Table>
void find_banned(const Table& table, const Words& words, std::vector<Blemish>& found) {
  for (const Banned& entry : table)
    for (std::size_t at = 0; at < words.size(); ++at) {
      const auto hit = fitting(std::span(words).subspan(at), entry.phrase);
      if (hit.empty()) continue;
      found.push_back({entry.what, core::joined({hit.begin(), hit.end()}, " ")});
      break;
    }
}

/// A name of one word is looked for as it is written, since it may be an ordinary word as well.
bool names(std::string_view text, const Words& folded_text, std::string_view name) {
  const Words as_written = core::words(name);
  if (as_written.empty()) return false;
  if (as_written.size() > 1) {
    return place_of(folded_text, folded_words(name)) < folded_text.size();
  }
  const Words words = core::words(text);
  return std::find(words.begin(), words.end(), as_written.front()) != words.end();
}

std::size_t count_of_words(std::string_view text) {
  Words parts = core::split(core::squeezed(text), ' ');
  std::erase(parts, std::string());
  return parts.size();
}

Words lines_of(std::string_view text) {
  Words lines;
  for (const std::string& line : core::split(text, '\n'))
    if (!core::trimmed(line).empty()) lines.emplace_back(core::trimmed(line));
  return lines;
}

}  // namespace

std::vector<Blemish> lint(std::string_view text, const LintRules& rules) {
  std::vector<Blemish> found;
  Words words = folded_words(text);
  for (const std::string& name : rules.own) blank(words, name);
  find_banned(banned, words, found);
  for (const std::string& name : rules.others)
    if (names(text, words, name)) found.push_back({"another client", name});
  if (const std::size_t count = count_of_words(text); count > most_words)
    found.push_back({"more than 90 words", std::to_string(count) + " words"});
  if (rules.must_ask && !ends_in_question(text)) {
    const Words lines = lines_of(text);
    found.push_back({"no question at the end", lines.empty() ? "" : lines.back()});
  }
  return found;
}

bool is_client_safe(std::string_view words, const std::vector<std::string>& others) {
  const Words folded = folded_words(words);
  std::vector<Blemish> found;
  find_banned(banned, folded, found);
  if (!found.empty()) return false;
  const Words as_written = core::words(words);
  return std::none_of(others.begin(), others.end(), [&](const std::string& name) {
    if (place_of(folded, folded_words(name)) < folded.size()) return true;
    // A first name, or the first word of a firm's, is enough to know who is meant.
    const Words parts = core::words(name);
    return !parts.empty() && core::length(parts.front()) > 2 && parts.front() != "The" &&
           std::find(as_written.begin(), as_written.end(), parts.front()) != as_written.end();
  });
}

bool ends_in_question(std::string_view text) {
  Words lines = lines_of(text);
  while (lines.size() > 1 && !lines.back().ends_with('?') &&
         count_of_words(lines.back()) <= longest_sign_off)
    lines.pop_back();
  return !lines.empty() && lines.back().ends_with('?');
}

bool holds_words(std::string_view text, std::string_view phrase) {
  const Words words = folded_words(text);
  return place_of(words, folded_words(phrase)) < words.size();
}

std::vector<Blemish> refusal_advice(std::string_view text) {
  std::vector<Blemish> found;
  find_banned(refusals, folded_words(text), found);
  return found;
}

}  // namespace ioud::domain
