#include "detection/when.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

/// Minutes of one unit word, 0 where it is none.
int minutes_of(std::string_view unit) {
  if (one_of(unit, {"h", "hr", "hrs", "hour", "hours", "hours'"})) return 60;
  if (one_of(unit, {"m", "min", "mins", "minute", "minutes", "minutes'"})) return 1;
  return 0;
}

/// "1.5", "2" and number words, in hundredths.
std::optional<int> hundredths(std::string_view word) {
  if (const auto whole = number_of(word); whole) return *whole * 100;
  const std::size_t mark = word.find_first_of(".,");
  if (mark == std::string_view::npos) return std::nullopt;
  const auto whole = number_of(word.substr(0, mark));
  const auto rest = number_of(word.substr(mark + 1));
  if (!whole || !rest || word.size() - mark != 2) return std::nullopt;
  return *whole * 100 + *rest * 10;
}

}  // namespace

std::optional<int> effort_minutes(std::string_view text) {
  const std::vector<Word> words = words_of(text);
  const auto word = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i].text) : std::string_view();
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && one_of(word(i - 1), {"in", "within"}) && minutes_of(word(i + 1)) > 0 &&
        !(i > 1 && one_of(word(i - 2), {"done", "it"})))
      continue;  // "in ten minutes" is when, not how long
    if (word(i) == "half" && one_of(word(i + 1), {"an", "a", "hour", "hr"})) {
      if (one_of(word(i + 1), {"hour", "hr"}) || minutes_of(word(i + 2)) == 60) return 30;
    }
    const bool article = one_of(word(i), {"a", "an"});
    auto count = article ? std::optional<int>(100) : hundredths(word(i));
    if (!count) continue;
    std::size_t next = i + 1;
    if (article && word(next) == "quarter") {
      if (word(next + 1) == "hour" || (word(next + 1) == "of" && word(next + 3) == "hour"))
        return 15;
      continue;
    }
    if (article && word(next) == "half") continue;
    if (word(next) == "couple") count = 200, ++next;
    if (word(next) == "of") ++next;
    if (word(next) == "-") ++next;
    const int unit = minutes_of(word(next));
    if (unit == 0 || (word(next) == "m" && !words[i].is_number)) continue;
    int total = *count * unit / 100;
    if (unit == 60) {
      if (word(next + 1) == "and" && word(next + 2) == "a" && word(next + 3) == "half") {
        total += 30;
      } else if (const auto rest = number_of(word(next + 1));
                 rest && *rest < 60 && words[next + 1].is_number &&
                 (words[next + 1].begin == words[next].end || minutes_of(word(next + 2)) == 1)) {
        total += *rest;
      }
    }
    if (total > 0 && total <= 24 * 60) return total;
  }
  return std::nullopt;
}

}  // namespace ioud::detection
