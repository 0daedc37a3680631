#include "core/nearest.hpp"

#include <algorithm>
#include <numeric>

#include "core/text.hpp"

namespace ioud::core {
namespace {

constexpr double similar_enough = 0.5;

/// Levenshtein's distance by bytes: keys and words are ASCII.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name) {
    if (c != '_' && c != '-' && c != '.' && c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool same_word(const std::string& a, const std::string& b) {
  return a == b || (a.size() > 3 && b.size() > 3 && within_one_edit(a, b));
}

double by_letters(std::string_view a, std::string_view b) {
  const auto longer = static_cast<double>(std::max(a.size(), b.size()));
  return longer == 0 ? 1 : 1 - static_cast<double>(distance(a, b)) / longer;
}

double by_words(std::string_view a, std::string_view b) {
  const std::vector<std::string> left = words_of(a);
  std::vector<std::string> right = words_of(b);
  const auto all = static_cast<double>(left.size() + right.size());
  double shared = 0;
  for (const std::string& word : left) {
    const auto twin = std::find_if(right.begin(), right.end(), [&word](const std::string& other) {
      return same_word(word, other);
    });
    if (twin == right.end()) continue;
    right.erase(twin);
    shared += 2;
  }
  return all == 0 ? 0 : shared / all;
}

}  // namespace

std::string nearest(std::string_view found, const std::vector<std::string>& known) {
  const std::string wanted = ascii_lower(found);
  std::string best;
  double best_score = 0;
  for (const std::string& candidate : known) {
    const std::string lower = ascii_lower(candidate);
    const double letters = by_letters(wanted, lower);
    const double words = by_words(wanted, lower);
    if (std::max(letters, words) < similar_enough) continue;
    const double score = letters + words;
    if (score <= best_score) continue;
    best_score = score;
    best = candidate;
  }
  return best;
}

}  // namespace ioud::core
