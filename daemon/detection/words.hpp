#pragma once
// A sentence as words with their places, for the small grammars of detection. Words are lower case
// with plain apostrophes; numbers stay whole ("18:30", "3/12", "3rd"), letters glued to a number
// stand apart ("6pm" is "6" "pm").

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::detection {

struct Word {
  std::string text;
  std::size_t begin = 0;  ///< byte range in the text
  std::size_t end = 0;
  bool is_number = false;   ///< begins with a digit
  bool is_mark = false;     ///< punctuation, one character
  bool is_capital = false;  ///< written with a capital first letter
};

/// The words and marks of a text, at most `limit`.
std::vector<Word> words_of(std::string_view text, std::size_t limit = 400);

/// True where the word is one of those listed.
bool one_of(std::string_view word, std::initializer_list<std::string_view> list);

/// A word list with fast lookup, compiled from a constant text of words separated by spaces.
class WordSet {
 public:
  explicit WordSet(std::string_view words);
  bool has(std::string_view word) const;

 private:
  std::vector<std::string> sorted_;
};

/// "three", "twenty", "3" as a number up to 999; "a" and "an" are not numbers here.
std::optional<int> number_of(std::string_view word);
/// "3rd", "third", "twenty-first" (one word) as 1 to 31.
std::optional<int> ordinal_of(std::string_view word);

}  // namespace ioud::detection
