#pragma once
// The tokens of one sentence as the scorer sees them: lower case, contractions
// and texting spelled out ("I'll" is "i will"), and whoever and whatever must
// not be learned by heart (names, sums, dates) turned into a kind. Knows
// nothing of labels; never fails, whatever the bytes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ioud::detection {

/// What a token stands for; everything but `word` and `mark` is masked where
/// words are learned.
enum class TokenKind : std::uint8_t {
  word,
  mark,  ///< one punctuation mark
  number,
  money,  ///< a sum with its sign
  clock,  ///< a time of day
  day,    ///< a weekday
  month,
  rep,     ///< the rep's own name or initials
  client,  ///< the client's
  org,     ///< the client's firm
  person,  ///< some other capitalised name
};

struct Token {
  std::string text;  ///< normalised, lower case; the mask for kinds that are
                     ///< masked ("@num")
  TokenKind kind = TokenKind::word;
  bool capital = false;     ///< began with a capital letter as written
  std::uint32_t begin = 0;  ///< bytes in the sentence; tokens of one contraction share them
  std::uint32_t end = 0;
};

/// The names a sentence may mention, split and folded once.
class Names {
 public:
  Names(std::string_view rep, std::string_view client, std::string_view client_org);

  /// `raw` as written, `lower` the same in lower case. `word` when it is
  /// nobody's name.
  TokenKind kind_of(std::string_view raw, std::string_view lower) const;
  /// Who a speaker tag ("Meg", "Meg Alvarado", "TR") stands for: rep, client,
  /// or person.
  TokenKind speaker(std::string_view tag) const;

 private:
  struct Party {
    std::vector<std::string> parts;  ///< lower case
    std::string initials;            ///< upper case, "" when shared with the other side
    std::string letter;              ///< upper case first letter, "" when shared
    bool knows(std::string_view raw, std::string_view lower) const;
  };
  static Party party(std::string_view name);

  Party rep_;
  Party client_;
  std::vector<std::string> org_;
};

/// Lower case of ASCII and Latin-1 letters; other bytes as they are.
std::string lowered(std::string_view text);

/// At most 400 tokens of the first 4,000 bytes: a sentence longer than that is
/// no sentence.
std::vector<Token> tokens_of(std::string_view text, const Names& names);

/// The tokens joined by single spaces, with one at both ends: what the cues are
/// matched on.
std::string joined(const std::vector<Token>& tokens);

/// The mask of a kind ("@num"), "" for words and marks.
const char* mask(TokenKind kind);

/// How people shorten a word, spelled out ("tmrw" is "tomorrow"); "" when it is
/// no short form.
std::string_view spelled_out(std::string_view lower);

}  // namespace ioud::detection
