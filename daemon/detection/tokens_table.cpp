#include <algorithm>
#include <array>
#include <utility>

#include "detection/tokens.hpp"

namespace ioud::detection {
namespace {

struct Short {
  std::string_view form;
  std::string_view meaning;
};

// Sorted by form, for binary search.
constexpr Short shorts[] = {
    {"abt", "about"},
    {"acct", "account"},
    {"addr", "address"},
    {"ain't", "is not"},
    {"aint", "is not"},
    {"aren't", "are not"},
    {"arent", "are not"},
    {"arvo", "afternoon"},
    {"asap", "soon"},
    {"b4", "before"},
    {"bc", "because"},
    {"btw", "by the way"},
    {"can't", "can not"},
    {"cannot", "can not"},
    {"cant", "can not"},
    {"complimentary", "free"},
    {"cos", "because"},
    {"couldn't", "could not"},
    {"couldnt", "could not"},
    {"cuz", "because"},
    {"cya", "see you"},
    {"d'you", "do you"},
    {"deffo", "definitely"},
    {"didn't", "did not"},
    {"didnt", "did not"},
    {"doesn't", "does not"},
    {"doesnt", "does not"},
    {"don't", "do not"},
    {"dont", "do not"},
    {"dunno", "do not know"},
    {"eod", "end of day"},
    {"eve", "evening"},
    {"foc", "free"},
    {"freebie", "free gift"},
    {"fwd", "forward"},
    {"gimme", "give me"},
    {"gonna", "going to"},
    {"gotta", "have to"},
    {"gratis", "free"},
    {"gunna", "going to"},
    {"hadn't", "had not"},
    {"hasn't", "has not"},
    {"hasnt", "has not"},
    {"haven't", "have not"},
    {"havent", "have not"},
    {"hr", "hour"},
    {"hrs", "hours"},
    {"im", "i am"},
    {"intro", "introduction"},
    {"inv", "invoice"},
    {"isn't", "is not"},
    {"isnt", "is not"},
    {"ive", "i have"},
    {"kinda", "kind of"},
    {"lemme", "let me"},
    {"let's", "let us"},
    {"lets", "let us"},
    {"mins", "minutes"},
    {"morn", "morning"},
    {"msg", "message"},
    {"mtg", "meeting"},
    {"n", "and"},
    {"obvs", "obviously"},
    {"ok", "okay"},
    {"outta", "out of"},
    {"pls", "please"},
    {"plz", "please"},
    {"ppl", "people"},
    {"prob", "probably"},
    {"probs", "probably"},
    {"pymt", "payment"},
    {"r", "are"},
    {"rec'd", "received"},
    {"recd", "received"},
    {"shan't", "shall not"},
    {"shouldn't", "should not"},
    {"shouldnt", "should not"},
    {"soz", "sorry"},
    {"thats", "that is"},
    {"tho", "though"},
    {"thx", "thanks"},
    {"tmrw", "tomorrow"},
    {"tmw", "tomorrow"},
    {"tomoz", "tomorrow"},
    {"tonite", "tonight"},
    {"u", "you"},
    {"ull", "you will"},
    {"ur", "your"},
    {"w", "with"},
    {"wanna", "want to"},
    {"wasn't", "was not"},
    {"wasnt", "was not"},
    {"weren't", "were not"},
    {"wk", "week"},
    {"wknd", "weekend"},
    {"won't", "will not"},
    {"wont", "will not"},
    {"wouldn't", "would not"},
    {"wouldnt", "would not"},
    {"y'all", "you all"},
    {"ya", "you"},
    {"ye", "you"},
    {"yr", "your"},
    {"yrs", "yours"},
};

constexpr bool is_sorted_by_form() {
  for (std::size_t i = 1; i < std::size(shorts); ++i) {
    if (!(shorts[i - 1].form < shorts[i].form)) return false;
  }
  return true;
}
static_assert(is_sorted_by_form());

/// Where the forms of each letter begin; one more entry for the end of "z".
constexpr std::array<std::size_t, 27> first_letters() {
  std::array<std::size_t, 27> begins{};
  for (std::size_t letter = 0; letter < begins.size(); ++letter) {
    while (begins[letter] < std::size(shorts) &&
           shorts[begins[letter]].form.front() < static_cast<char>('a' + letter)) {
      ++begins[letter];
    }
  }
  return begins;
}

}  // namespace

std::string_view spelled_out(std::string_view lower) {
  // Most words are longer than any short form, or begin with a letter that none
  // begins with.
  constexpr std::size_t longest = 13;
  if (lower.empty() || lower.size() > longest) return {};
  static constexpr auto begins = first_letters();
  const auto letter = static_cast<unsigned char>(lower.front());
  if (letter < 'a' || letter > 'z') return {};
  const auto* from = shorts + begins[letter - 'a'];
  const auto* to = shorts + begins[letter - 'a' + 1];
  const auto* found = std::lower_bound(
      from, to, lower, [](const Short& row, std::string_view key) { return row.form < key; });
  return found != to && found->form == lower ? found->meaning : std::string_view{};
}

const char* mask(TokenKind kind) {
  switch (kind) {
    case TokenKind::number:
      return "@num";
    case TokenKind::money:
      return "@sum";
    case TokenKind::clock:
      return "@clock";
    case TokenKind::day:
      return "@day";
    case TokenKind::month:
      return "@month";
    case TokenKind::rep:
      return "@rep";
    case TokenKind::client:
      return "@client";
    case TokenKind::org:
      return "@org";
    case TokenKind::person:
      return "@person";
    case TokenKind::word:
    case TokenKind::mark:
      break;
  }
  return "";
}

}  // namespace ioud::detection
