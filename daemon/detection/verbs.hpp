#pragma once
// English word forms, as far as promises need them: the base form of a verb, the singular of a
// noun, and which verbs are acts of help. Small tables and rules; unknown words are handled by
// rule.

#include <string>
#include <string_view>

namespace ioud::detection {

/// "dropping", "drops", "dropped" are "drop"; a word that is no verb comes back by the same rules.
std::string verb_base(std::string_view verb);
/// "boards" is "board", "copies" is "copy"; lower case.
std::string noun_base(std::string_view noun);
/// True for the base form of a verb that people help with: bring, check, train, …
bool is_help_verb(std::string_view base);
/// True for a verb of going somewhere, which often only leads to the act: "come and fix".
bool is_moving_verb(std::string_view base);
/// True for "dropping", "running": a form in -ing of a known verb.
bool is_ing_form(std::string_view word);

}  // namespace ioud::detection
