#pragma once
// The last look at a text before a client can see it (specification 5.7 and invariant I9): words of
// debt and pressure, superlatives, other clients, length, and the question at the end. It never
// mends a text; the courier does not send what fails here, and tests hold every template to it.

#include <string>
#include <string_view>
#include <vector>

namespace ioud::domain {

/// One thing wrong with a text.
struct Blemish {
  std::string what;   ///< a fixed phrase: "word of debt", "another client", "more than 90 words", …
  std::string where;  ///< the words themselves, or the last line
  friend bool operator==(const Blemish&, const Blemish&) = default;
};

struct LintRules {
  std::vector<std::string> others;  ///< names of all other clients and their people
  std::vector<std::string> own;  ///< the addressee's and the rep's names: never held against them
  bool must_ask = false;         ///< the text has to end in a question
};

/// Everything wrong with a client-visible text; empty when it may be shown.
std::vector<Blemish> lint(std::string_view text, const LintRules& rules = {});

/// True where the words could stand in a client's text as they are: no forbidden word, no name.
bool is_client_safe(std::string_view words, const std::vector<std::string>& others = {});

/// True where the last line is a question; a sign-off of lines of at most four words may follow.
bool ends_in_question(std::string_view text);

/// True where the phrase stands in the text as whole words, case ignored.
bool holds_words(std::string_view text, std::string_view phrase);

/// Phrases by which a text would advise the rep to refuse help (M16); none of ours may.
std::vector<Blemish> refusal_advice(std::string_view text);

}  // namespace ioud::domain
