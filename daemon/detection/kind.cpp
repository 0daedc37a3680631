#include "detection/kind.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"
#include "detection/verbs.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

/// Phrases may be this many words wider than they are written: "look your catalogue over".
constexpr std::size_t widest_gap = 3;
/// A clause is looked at no further than this: the helping words stand at its head.
constexpr std::size_t longest_clause = 40;

bool is_article(std::string_view word) { return one_of(word, {"the", "a", "an"}); }

/// The words in base form; marks end it, so that no phrase reaches over a comma.
std::vector<std::string> base_words(std::string_view text) {
  std::vector<std::string> out;
  for (const Word& word : words_of(text, longest_clause)) {
    if (word.is_mark) {
      if (!one_of(word.text, {"-", "'", "\""})) out.emplace_back();
      continue;
    }
    if (is_article(word.text)) continue;
    std::string base = verb_base(word.text);
    out.push_back(is_help_verb(base) ? base : noun_base(word.text));
  }
  return out;
}

/// True where the phrase's words follow in order from words[at], little between them.
bool follows(const std::vector<std::string>& words, std::size_t at,
             const std::vector<std::string>& phrase) {
  if (words[at] != phrase[0]) return false;
  std::size_t from = at + 1;
  for (std::size_t i = 1; i < phrase.size(); ++i) {
    const std::size_t last = std::min(words.size(), from + widest_gap + 1);
    while (from < last && words[from] != phrase[i] && !words[from].empty()) ++from;
    if (from >= last || words[from].empty()) return false;
    ++from;
  }
  return true;
}

}  // namespace

KindReader::KindReader(const domain::Catalogue& catalogue) {
  for (const auto& [name, kind] : catalogue.favours) {
    has_errand_ = has_errand_ || name == "errand";
    has_rush_ = has_rush_ || name == "rush";
    for (const std::string& words : kind.words) {
      Phrase phrase{base_words(words), name};
      std::erase(phrase.words, std::string());
      if (!phrase.words.empty()) phrases_.push_back(std::move(phrase));
    }
  }
  std::sort(phrases_.begin(), phrases_.end(), [](const Phrase& a, const Phrase& b) {
    if (a.words.size() != b.words.size()) return a.words.size() > b.words.size();
    return std::tie(a.kind, a.words) < std::tie(b.kind, b.words);
  });
}

const KindReader::Phrase* KindReader::fitting(const std::vector<std::string>& clause,
                                              bool at_verb) const {
  for (const Phrase& phrase : phrases_) {
    const std::size_t last = at_verb ? std::min<std::size_t>(1, clause.size()) : clause.size();
    for (std::size_t at = 0; at < last; ++at)
      if (follows(clause, at, phrase.words)) return &phrase;
  }
  return nullptr;
}

std::string KindReader::kind(std::string_view clause, std::string_view time) const {
  const std::vector<std::string> words = base_words(clause);
  const Phrase* phrase = fitting(words, true);
  if (phrase == nullptr) phrase = fitting(words, false);
  if (phrase == nullptr) return "";
  return phrase->kind == "errand" && has_rush_ && is_rush(time) ? "rush" : phrase->kind;
}

bool is_rush(std::string_view time) {
  const std::vector<Word> words = words_of(time);
  const auto word = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i].text) : std::string_view();
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (one_of(word(i), {"tonight", "today", "tonite", "2nite", "immediately"})) return true;
    if (word(i) == "this" &&
        one_of(word(i + 1), {"morning", "afternoon", "evening", "arvo", "instant"}))
      return true;
    if (word(i) == "first" && word(i + 1) == "thing") {
      const bool names_day =
          one_of(word(i + 2),
                 {"on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                  "sunday", "mon", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "next"});
      if (!names_day) return true;
    }
    if (one_of(word(i), {"right", "straight"}) && one_of(word(i + 1), {"now", "away"})) return true;
    if (one_of(word(i), {"after", "out"}) && one_of(word(i + 1), {"hours", "of"}) &&
        (word(i + 1) == "hours" || word(i + 2) == "hours"))
      return true;
    if (one_of(word(i), {"squeeze", "squeezed", "squeezing"})) return true;
    if (one_of(word(i), {"in", "within"}) && number_of(word(i + 1)) &&
        one_of(word(i + 2), {"minutes", "mins", "min", "minute", "hour", "hours", "hrs", "hr"}))
      return true;
    if (one_of(word(i), {"in", "within"}) && one_of(word(i + 1), {"an", "the", "half"}) &&
        (word(i + 2) == "hour" || word(i + 3) == "hour"))
      return true;
  }
  return false;
}

bool is_visit(std::string_view act) {
  static const WordSet visits(
      "drop bring fetch collect deliver carry haul ferry shuttle hand grab courier overnight");
  static const WordSet moving(
      "run drive take pick swing pop nip bike get come stop go leave haul "
      "move tow lug put pull throw stick");
  const std::vector<Word> words = words_of(act, 30);
  if (words.empty()) return false;
  const std::string verb = verb_base(words[0].text);
  if (one_of(verb, {"courier", "overnight"})) return false;
  if (visits.has(verb)) {
    return !(verb == "drop" && words.size() > 3 &&
             one_of(words[2].text, {"line", "note", "email"}));
  }
  if (!moving.has(verb)) return false;
  return std::any_of(words.begin() + 1, words.end(), [](const Word& word) {
    return one_of(word.text, {"over", "up", "round", "around", "by", "across", "reception", "door",
                              "gate", "office", "depot", "site", "yours"});
  });
}

}  // namespace ioud::detection
