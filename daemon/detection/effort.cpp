#include <algorithm>

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

/// The words of a text with reading past the end allowed.
class Reader {
 public:
  explicit Reader(std::string_view text) : words_(words_of(text)) {}
  std::size_t size() const { return words_.size(); }
  std::string_view operator[](std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i].text) : std::string_view();
  }
  Effort effort(int minutes, std::size_t first, std::size_t last) const {
    return {minutes, words_[first].begin, words_[std::min(last, words_.size() - 1)].end};
  }
  bool touches(std::size_t i) const {
    return i > 0 && i < words_.size() && words_[i].is_number &&
           words_[i].begin == words_[i - 1].end;
  }
  bool is_number(std::size_t i) const { return i < words_.size() && words_[i].is_number; }
  /// "in ten minutes", "at 18h": no effort begins here.
  bool is_time(std::size_t i, std::size_t unit) const {
    if (i == 0) return false;
    const std::string_view before = words_[i - 1].text;
    if (before == "half" && i > 1) return one_of(words_[i - 2].text, {"in", "within"});
    if (one_of(before, {"in", "within"})) return !(i > 1 && one_of(words_[i - 2].text, {"done"}));
    return (*this)[unit] == "h" && one_of(before, {"at", "by", "until", "till", "til", "from",
                                                   "before", "after", "around"});
  }

 private:
  std::vector<Word> words_;
};

/// "half an hour", "a quarter of an hour".
std::optional<Effort> part_of_hour(const Reader& w, std::size_t i) {
  if (w[i] == "half") {
    if (one_of(w[i + 1], {"hour", "hr"})) return w.effort(30, i, i + 1);
    if (one_of(w[i + 1], {"an", "a"}) && minutes_of(w[i + 2]) == 60) return w.effort(30, i, i + 2);
  }
  if (!one_of(w[i], {"a", "an"}) || w[i + 1] != "quarter") return std::nullopt;
  if (w[i + 2] == "hour") return w.effort(15, i, i + 2);
  return w[i + 2] == "of" && w[i + 4] == "hour" ? std::optional(w.effort(15, i, i + 4))
                                                : std::nullopt;
}

std::optional<Effort> counted(const Reader& w, std::size_t i) {
  const bool article = one_of(w[i], {"a", "an"});
  auto count = article ? std::optional<int>(100) : hundredths(w[i]);
  if (!count) return std::nullopt;
  std::size_t at = i + 1;
  if (article && w[at] == "couple") {
    count = 200;
    ++at;
  }
  if (w[at] == "of" || w[at] == "-") ++at;
  const int unit = minutes_of(w[at]);
  if (unit == 0 || (w[at] == "m" && !w.is_number(i)) || w.is_time(i, at)) return std::nullopt;
  int total = *count * unit / 100;
  if (unit == 60 && w[at + 1] == "and" && w[at + 2] == "a" && w[at + 3] == "half") {
    total += 30;
    at += 3;
  } else if (unit == 60) {
    const int rest = w.is_number(at + 1) ? number_of(w[at + 1]).value_or(60) : 60;
    const bool has_unit = minutes_of(w[at + 2]) == 1;
    if (rest < 60 && (w.touches(at + 1) || has_unit)) {
      total += rest;
      at += has_unit ? 2 : 1;
    }
  }
  return total > 0 && total <= 24 * 60 ? std::optional(w.effort(total, i, at)) : std::nullopt;
}

}  // namespace

std::optional<Effort> find_effort(std::string_view text) {
  const Reader words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto effort = part_of_hour(words, i);
    if (effort && i > 0 && one_of(words[i - 1], {"in", "within"})) effort.reset();
    if (!effort) effort = counted(words, i);
    if (effort) return effort;
  }
  return std::nullopt;
}

}  // namespace ioud::detection
