#include "detection/verbs.hpp"

#include <array>
#include <utility>

#include "core/text.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

const WordSet& help_verbs() {
  static const WordSet verbs(
      "add adjust advise align analyse analyze apply arrange ask assemble assist attend bake bike "
      "bind book borrow box bring build calculate calibrate call carry chase check clean clear "
      "coach "
      "code collate collect come compare compile complete configure connect consult convert copy "
      "correct count courier cover cut debug deliver demo demonstrate describe design dig discount "
      "diagnose dig do draft draw drive drop edit email explain expedite export extend ferry fetch "
      "file fill find finish fit fix flag follow format forward gather get give go grab guide hand "
      "handle haul have help hold host hunt import include inspect install introduce invite judge "
      "keep key label laminate land lay leave lend level lift link list load loan log look lug "
      "mail "
      "make map mark match measure meet mend mention message mock move nip open order organise "
      "organize overnight pack park patch pay phone photograph pick ping plan play pop post "
      "practise "
      "prepare present press print proof proofread pull push put quote rebuild recommend record "
      "recover redo redraw refer repair replace reprint rescue research reserve reset resolve "
      "restore "
      "review revise rewrite ring run save scan schedule search send service set set-up setup "
      "share "
      "shift ship shop shoot shout show shuttle sign sit sketch sling slot solve sort source speak "
      "sponsor spot squeeze stand start stay step stop store straighten suggest swap swing take "
      "talk "
      "teach tell test throw tidy tow track train translate treat troubleshoot try tune turn type "
      "untangle update upgrade upload use validate vouch verify visit wait waive walk wash watch "
      "weigh "
      "whip wire work wrap write");
  return verbs;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 66> irregular = {{
    {"brought", "bring"}, {"bringing", "bring"}, {"got", "get"},       {"gotten", "get"},
    {"ran", "run"},       {"took", "take"},      {"taken", "take"},    {"gave", "give"},
    {"given", "give"},    {"lent", "lend"},      {"sent", "send"},     {"left", "leave"},
    {"found", "find"},    {"wrote", "write"},    {"written", "write"}, {"drove", "drive"},
    {"driven", "drive"},  {"told", "tell"},      {"spoke", "speak"},   {"spoken", "speak"},
    {"met", "meet"},      {"made", "make"},      {"kept", "keep"},     {"held", "hold"},
    {"built", "build"},   {"drew", "draw"},      {"drawn", "draw"},    {"taught", "teach"},
    {"showed", "show"},   {"shown", "show"},     {"came", "come"},     {"went", "go"},
    {"gone", "go"},       {"did", "do"},         {"done", "do"},       {"had", "have"},
    {"has", "have"},      {"rang", "ring"},      {"rung", "ring"},     {"paid", "pay"},
    {"laid", "lay"},      {"sat", "sit"},        {"stood", "stand"},   {"stuck", "stick"},
    {"swung", "swing"},   {"threw", "throw"},    {"thrown", "throw"},  {"dug", "dig"},
    {"shot", "shoot"},    {"bound", "bind"},     {"hung", "hang"},     {"said", "say"},
    {"does", "do"},       {"goes", "go"},        {"lying", "lie"},     {"dying", "die"},
    {"tying", "tie"},     {"saw", "see"},        {"seen", "see"},      {"knew", "know"},
    {"bought", "buy"},    {"caught", "catch"},   {"chosen", "choose"}, {"is", "be"},
    {"are", "be"},        {"was", "be"},
}};

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/// The stem with its silent e back, or one of two doubled letters gone, as English spells it.
std::string mended(std::string stem) {
  if (help_verbs().has(stem)) return stem;
  if (help_verbs().has(stem + "e")) return stem + "e";
  const std::size_t size = stem.size();
  const bool doubled = size > 2 && stem[size - 1] == stem[size - 2];
  if (doubled && help_verbs().has(stem.substr(0, size - 1))) return stem.substr(0, size - 1);
  if (doubled && std::string_view("lsfz").find(stem.back()) == std::string_view::npos)
    return stem.substr(0, size - 1);
  if (size < 3) return stem;
  const char last = stem.back();
  const bool soft = last == 'v' || last == 'c' || last == 'z' || last == 'u' ||
                    (last == 'g' && (stem[size - 2] == 'n' || stem[size - 2] == 'r')) ||
                    (last == 's' && is_vowel(stem[size - 2])) || stem.ends_with("at") ||
                    (last == 'r' && (stem[size - 2] == 'i' || stem[size - 2] == 'u'));
  return soft && stem != "format" ? stem + "e" : stem;
}

}  // namespace

bool is_help_verb(std::string_view base) { return help_verbs().has(base); }

bool is_moving_verb(std::string_view base) {
  return one_of(base, {"come", "go",   "pop",  "stop", "swing", "nip",  "drive", "pass", "head",
                       "duck", "drop", "call", "stay", "try",   "help", "run",   "step", "fly",
                       "be",   "sit",  "get",  "make", "stick", "hop",  "jump",  "have"});
}

bool is_ing_form(std::string_view word) {
  return word.size() > 5 && word.ends_with("ing") && help_verbs().has(verb_base(word));
}

std::string verb_base(std::string_view verb) {
  std::string word = core::ascii_lower(verb);
  if (word.ends_with("in'")) word = word.substr(0, word.size() - 1) + "g";
  for (const auto& [form, base] : irregular)
    if (form == word) return std::string(base);
  if (help_verbs().has(word)) return word;
  if (word.size() > 4 && word.ends_with("ying")) return word.substr(0, word.size() - 3);
  if (word.size() > 5 && word.ends_with("ing")) return mended(word.substr(0, word.size() - 3));
  if (word.size() > 4 && word.ends_with("ied")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 && word.ends_with("ed")) return mended(word.substr(0, word.size() - 2));
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view end : {"ches", "shes", "sses", "xes", "zes"})
    if (word.size() > end.size() + 1 && word.ends_with(end)) return word.substr(0, word.size() - 2);
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us"))
    return word.substr(0, word.size() - 1);
  return word;
}

std::string noun_base(std::string_view noun) {
  std::string word = core::folded(noun);
  if (word.ends_with("'s")) word.resize(word.size() - 2);
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view end : {"ches", "shes", "sses", "xes"})
    if (word.size() > end.size() + 1 && word.ends_with(end)) return word.substr(0, word.size() - 2);
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") &&
      !word.ends_with("is"))
    return word.substr(0, word.size() - 1);
  return word;
}

}  // namespace ioud::detection
