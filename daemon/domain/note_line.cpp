#include "domain/note_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/lunar.hpp"
#include "core/text.hpp"

namespace ioud::domain {
namespace {

using core::iequals;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (text.empty() || error != std::errc{} || stop != end || value < 0) return std::nullopt;
  return value;
}

/// The parts of "y-m-d", "m-d", "y-m" or "y"; a part longer than two digits is a year.
std::optional<PartialDate> parts_of(std::string_view text) {
  if (text.starts_with("--")) text.remove_prefix(2);
  PartialDate date;
  std::vector<int> small;
  const auto pieces = core::split(text, '-');
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto value = number(pieces[i]);
    if (!value || pieces[i].size() > 4) return std::nullopt;
    if (pieces[i].size() > 2 && i == 0)
      date.year = value;
    else if (pieces[i].size() <= 2)
      small.push_back(*value);
    else
      return std::nullopt;
  }
  if (small.size() > 2 || (small.size() == 1 && !date.year)) return std::nullopt;
  if (!small.empty()) date.month = small[0];
  if (small.size() == 2) date.day = small[1];
  return date;
}

bool is_possible(const PartialDate& date) {
  const int longest_month = date.calendar == "gregorian" ? 31 : 30;
  if (date.month && (*date.month < 1 || *date.month > 12)) return false;
  if (date.day && (*date.day < 1 || *date.day > longest_month)) return false;
  if (date.calendar != "gregorian" || !date.month || !date.day) return true;
  // A leap year stands in for an unknown one, so that 29 February is a date.
  using namespace std::chrono;
  return year_month_day{year{date.year.value_or(2000)}, month{static_cast<unsigned>(*date.month)},
                        day{static_cast<unsigned>(*date.day)}}
      .ok();
}

constexpr std::array<std::string_view, 27> fact_keys = {
    "hobby",  "hobbies",  "interest", "interests", "club",        "clubs",  "team",
    "teams",  "likes",    "loves",    "avoid",     "meal",        "food",   "partner",
    "goal",   "goals",    "need",     "needs",     "rival",       "rivals", "career",
    "school", "hometown", "holidays", "proud of",  "association", "prefers"};

/// A star stands for the rest of a word.
constexpr std::array<std::string_view, 73> special_words = {
    "relig*",      "church*",   "catholic*", "protestant*", "christian*",   "muslim*",
    "islam*",      "mosque*",   "jewish",    "judais*",     "synagog*",     "hindu*",
    "buddhis*",    "atheis*",   "baptis*",   "mormon*",     "prayer*",      "praying",
    "bible*",      "quran",     "koran",     "politic*",    "republican*",  "democrat*",
    "socialis*",   "communis*", "electoral", "health*",     "illness*",     "sick*",
    "disease*",    "cancer*",   "diabet*",   "surger*",     "depressi*",    "depressed",
    "anxiety",     "pregnan*",  "miscarr*",  "disab*",      "allerg*",      "medicine*",
    "medication*", "therap*",   "hospital*", "rehab*",      "asthma*",      "wheelchair*",
    "alcohol*",    "drink*",    "drunk*",    "sober",       "smok*",        "cigar*",
    "gay",         "lesbian*",  "bisexual*", "homosexual*", "transgender*", "sexual*",
    "unionis*",    "ethnic*",   "divorc*",   "alimony",     "bankrupt*",    "debt*",
    "salary",      "lawsuit*",  "arrest*",   "convict*",    "overweight",   "ugly",
    "stingy"};

constexpr std::array<std::string_view, 6> special_phrases = {
    "trade union", "labor union", "labour union", "bad back", "heart attack", "marital status"};

}  // namespace

std::optional<Stage> read_stage(std::string_view text) {
  if (iequals(text, "prospect")) return Stage::prospect;
  if (iequals(text, "customer")) return Stage::customer;
  if (iequals(text, "former")) return Stage::former;
  return std::nullopt;
}

std::optional<Tier> read_tier(std::string_view text) {
  if (iequals(text, "gold")) return Tier::gold;
  if (iequals(text, "silver")) return Tier::silver;
  if (iequals(text, "bronze")) return Tier::bronze;
  return std::nullopt;
}

std::optional<bool> read_is_communal(std::string_view text) {
  for (const char* word : {"friend", "family", "communal"})
    if (iequals(text, word)) return true;
  for (const char* word : {"exchange", "business"})
    if (iequals(text, word)) return false;
  return std::nullopt;
}

std::optional<PartialDate> read_partial_date(std::string_view text) {
  text = core::trimmed(text);
  const auto space = text.find(' ');
  auto date = parts_of(text.substr(0, space));
  if (!date) return std::nullopt;
  if (space != std::string_view::npos) {
    date->calendar = core::ascii_lower(core::trimmed(text.substr(space)));
    if (date->calendar != "gregorian" && !core::lunar_calendar(date->calendar)) return std::nullopt;
  }
  return is_possible(*date) ? date : std::nullopt;
}

std::optional<Purchase> read_purchase(std::string_view text) {
  text = core::trimmed(text);
  const auto date = core::parse_date(text.substr(0, 10));
  if (!date || (text.size() > 10 && text[10] != ' ')) return std::nullopt;
  return Purchase{*date, core::squeezed(text.substr(10))};
}

std::optional<CardDate> read_child(std::string_view text) {
  const std::string line = core::squeezed(text);
  const auto space = line.find(' ');
  CardDate child{"child", line.substr(0, space), {}};
  if (child.label.empty()) return std::nullopt;
  if (space == std::string::npos) return child;
  // The date comes last, with its calendar behind it; a family name before it is not kept.
  for (auto from = space; from != std::string::npos; from = line.find(' ', from + 1)) {
    const auto date = read_partial_date(std::string_view(line).substr(from + 1));
    if (!date) continue;
    child.when = *date;
    return child;
  }
  return std::nullopt;
}

bool is_fact_key(std::string_view key) {
  return std::find(fact_keys.begin(), fact_keys.end(), key) != fact_keys.end();
}

bool is_special(std::string_view text) {
  const std::string line = core::folded(core::squeezed(text));
  const auto contains = [&line](std::string_view phrase) {
    return line.find(phrase) != std::string::npos;
  };
  if (std::any_of(special_phrases.begin(), special_phrases.end(), contains)) return true;
  for (const std::string& word : core::words(line)) {
    const auto is_word = [&word](std::string_view special) {
      if (!special.ends_with('*')) return word == special;
      return word.starts_with(special.substr(0, special.size() - 1));
    };
    if (std::any_of(special_words.begin(), special_words.end(), is_word)) return true;
  }
  return false;
}

}  // namespace ioud::domain
