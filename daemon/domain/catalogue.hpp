#pragma once
// The kinds of favours and the kinds of asks, with their sizes, minutes and needs. An admin adds or
// changes kinds in the config (`[policy.favours.KIND]`, `[policy.asks.KIND]`); no code knows a
// list.

#include <map>
#include <string>
#include <vector>

namespace ioud::domain {

/// How much a favour gives or an ask takes. Ordered: an ask is never larger than its favour.
enum class Size { S, M, L };

const char* name(Size size);

struct FavourKind {
  /// Helping phrases that decide the kind, lower case, verbs in base form: "look over". Their words
  /// may stand up to three words apart ("look it over"); articles do not count; longer ones win.
  std::vector<std::string> words;
  int minutes = 30;  ///< effort assumed when nothing better is known
  Size size = Size::S;
  std::vector<std::string> asks;  ///< ask kinds, best first
  bool banked_first = false;      ///< waits as goodwill until the business day after delivery
  bool free = true;               ///< false: house rule, never for nothing
};

struct AskKind {
  Size size = Size::S;
  int minutes = 15;
  std::string topic;                ///< how titles and clients' texts name it
  std::vector<std::string> stages;  ///< of the client: customer, prospect; empty is any
  std::vector<std::string> needs;   ///< named conditions, domain/ask.hpp
  int cooldown_days = 60;
  std::string place;                 ///< empty, or "at_delivery" where it is asked on the spot
  std::vector<std::string> prompts;  ///< questions for the rep's script
};

struct Catalogue {
  std::map<std::string, FavourKind> favours;
  std::map<std::string, AskKind> asks;

  /// The ten favours and nine asks of the specification, section 4.4.
  static Catalogue standard();
};

}  // namespace ioud::domain
