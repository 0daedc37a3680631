#include "domain/wording.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "core/text.hpp"
#include "domain/wording_lint.hpp"

namespace ioud::domain {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view plain_topic = "a short talk";
constexpr std::size_t longest_client_thing = 40;
constexpr std::size_t most_client_words = 6;
constexpr std::size_t longest_rep_thing = 60;

/// Articles and owners in front of a noun.
constexpr std::array leading = {"the",   "a",    "an",   "your",  "my",    "our",  "his", "her",
                                "their", "this", "that", "these", "those", "some", "any"};
/// Words that stand for a thing without naming it.
constexpr std::array pronouns = {"it",        "them",       "her",    "him",   "this",
                                 "that",      "those",      "these",  "you",   "one",
                                 "something", "everything", "things", "thing", "stuff",
                                 "anything",  "us",         "me",     "some",  "any"};
/// Owners who are neither the client nor the firm: what they own is not the client's to read about.
constexpr std::array not_the_clients = {"my", "her", "his", "their"};
/// Words after which a thing is only described further.
constexpr std::array further = {"from",  "for",   "to",    "on",   "in",    "at",    "with",
                                "by",    "about", "over",  "that", "which", "who",   "before",
                                "after", "into",  "until", "when", "where", "under", "off"};

template <class List>
bool stands_in(const List& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(),
                     [word](const char* entry) { return core::iequals(entry, word); });
}

std::string without_end_marks(std::string_view text) {
  std::string out = core::squeezed(text);
  while (!out.empty() && std::string_view(".,;:!?").find(out.back()) != std::string_view::npos)
    out.pop_back();
  return out;
}

Words words_of(const Favour& favour) {
  Words words = core::split(without_end_marks(favour.thing), ' ');
  std::erase(words, std::string());
  return words;
}

void drop_leading(Words& words) {
  while (!words.empty() && stands_in(leading, words.front())) words.erase(words.begin());
}

/// What a kind of favour is called where its thing has no name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kind_names = {{
    {"errand", "delivery"},
    {"rush", "rush delivery"},
    {"help_colleague", "help for the team"},
    {"advice", "second look"},
    {"sourcing", "search"},
    {"loan", "loan"},
    {"fix", "repair"},
    {"paperwork", "paperwork"},
    {"introduction", "contact"},
    {"schedule_bend", "time made"},
}};

/// What the client needs again when that kind of favour is needed again.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kind_needs = {{
    {"", "a hand"},
    {"errand", "a delivery like this"},
    {"rush", "help at short notice"},
    {"help_colleague", "help for your team"},
    {"advice", "a second look"},
    {"sourcing", "something found"},
    {"loan", "something to try"},
    {"fix", "something put right"},
    {"paperwork", "paperwork done"},
    {"introduction", "a contact"},
    {"schedule_bend", "time at short notice"},
}};

/// What the client gains from an ask; "{need}" is one of the above.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> ask_benefits = {{
    {"introductions", "so that I know your trade better the next time you need {need}"},
    {"network", "so that I know who is around you the next time you need {need}"},
    {"ordering_schedule", "so that you don't get into a tight spot the next time you need {need}"},
    {"testimonial", "so that I keep doing what works the next time you need {need}"},
    {"second_product", "so that everything around it runs well and you seldom need {need}"},
    {"next_order", "so that I can plan ahead before you next need {need}"},
    {"decision_maker", "so that your team knows me before it next needs {need}"},
    {"feedback", "so that it goes better still the next time you need {need}"},
    {"introduction_back", "so that I know the people around you the next time you need {need}"},
}};

/// How the standard topics read after "Could you spare 20 minutes".
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> topic_purposes = {{
    {"introductions", "to talk about introductions"},
    {"who else could use this", "to think about who else could use this"},
    {"ordering schedule", "to set up an ordering schedule"},
    {"a few words from you", "for a few words from you"},
    {"set-up review", "to go over your set-up"},
    {"next steps", "to talk about next steps"},
    {"meeting your team", "to talk about meeting your team"},
    {"your view", "to hear your view"},
    {"one name", "to ask you for one name"},
}};

constexpr std::array titles = {"Mr", "Mrs", "Ms", "Dr", "Prof", "Sir", "Herr", "Frau"};

template <class Table>
std::string_view entry(const Table& table, std::string_view key, std::string_view otherwise) {
  const auto found =
      std::find_if(table.begin(), table.end(), [key](const auto& row) { return row.first == key; });
  return found == table.end() ? otherwise : found->second;
}

}  // namespace

std::string duration_words(int minutes) {
  if (minutes < 0) return "-" + duration_words(-minutes);
  const int hours = minutes / 60;
  const int rest = minutes % 60;
  if (hours == 0) return std::to_string(rest) + " min";
  if (rest == 0) return std::to_string(hours) + " h";
  return std::to_string(hours) + " h " + (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::string number_words(int number) {
  constexpr std::array small = {"one", "two",   "three", "four", "five",
                                "six", "seven", "eight", "nine", "ten"};
  if (number < 1 || number > static_cast<int>(small.size())) return std::to_string(number);
  return small[static_cast<std::size_t>(number - 1)];
}

std::string counted(int number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string first_name(std::string_view full_name) {
  std::string name = core::squeezed(full_name);
  if (const auto comma = name.find(','); comma != std::string::npos && comma + 1 < name.size())
    name = core::trimmed(std::string_view(name).substr(comma + 1));
  Words words = core::split(name, ' ');
  const auto is_title = [](std::string_view word) {
    if (word.ends_with('.')) word.remove_suffix(1);
    return stands_in(titles, word);
  };
  while (words.size() > 1 && is_title(words.front())) words.erase(words.begin());
  return words.front();
}

std::string greeting_words(std::string_view full_name) {
  const std::string name = first_name(full_name);
  return (name.empty() ? "Hello" : "Hello " + name) + ",\n\n";
}

std::string sign_off(std::string_view rep) {
  constexpr std::size_t longest = 4;
  const std::string name = core::squeezed(rep);
  return "\n\nKind regards,\n" +
         (core::split(name, ' ').size() > longest ? first_name(name) : name);
}

std::string span_words(core::Instant start, int minutes, const core::Zone& zone) {
  const auto clock = [&zone](core::Instant at) {
    return core::format(core::time_of(zone.to_local(at)));
  };
  return clock(start) + " to " + clock(start + core::Minutes(minutes));
}

std::string when_words(core::Instant start, int minutes, const core::Zone& zone) {
  const core::Date day = core::date_in(zone, start);
  return core::long_weekday(day) + " " + core::short_day(day) + ", " +
         span_words(start, minutes, zone);
}

std::string few_words(const Favour& favour) {
  constexpr std::ptrdiff_t few = 3;
  Words words = words_of(favour);
  drop_leading(words);
  if (words.size() == 1 && stands_in(pronouns, words.front())) return "";
  for (std::size_t i = 1; i < words.size(); ++i)
    if (stands_in(further, words[i]) || (i + 1 == words.size() && words[i] == "of"))
      words.resize(i);
  if (std::ssize(words) > few) {
    const auto of = std::find(words.begin() + 1, words.end(), "of");
    words.erase(of, words.end());
  }
  if (std::ssize(words) > few) words.erase(words.begin(), words.end() - few);
  drop_leading(words);
  return without_end_marks(core::joined(words, " "));
}

std::string client_thing(const FavourWords& favour, const std::vector<std::string>& others) {
  const std::string few = few_words(favour.favour);
  if (few.empty()) return "";
  const Words given = words_of(favour.favour);
  if (stands_in(not_the_clients, given.front())) return "";
  std::string thing = core::joined(given, " ");
  if (given.size() > most_client_words || core::length(thing) > longest_client_thing)
    thing = "the " + few;
  std::vector<std::string> names = others;
  for (const std::string& name : core::words(favour.beneficiary)) names.push_back(name);
  return is_client_safe(thing, names) ? thing : "";
}

std::string rep_thing(const Favour& favour) {
  Words words = words_of(favour);
  const bool theirs = !words.empty() && core::iequals(words.front(), "your");
  const bool yours = !words.empty() && core::iequals(words.front(), "my");
  if (few_words(favour).empty()) {
    const std::string_view kind = entry(kind_names, favour.kind, "");
    if (!kind.empty()) return std::string(kind);
    const std::string act = without_end_marks(favour.text);
    return act.empty() ? "favour" : core::shortened(act, longest_rep_thing);
  }
  drop_leading(words);
  if (theirs) words.insert(words.begin(), "their");
  if (yours) words.insert(words.begin(), "your");
  return core::shortened(core::joined(words, " "), longest_rep_thing);
}

std::string because_line(const FavourWords& favour, const std::vector<std::string>& others,
                         const core::Zone& zone) {
  const std::string thing = client_thing(favour, others);
  const bool asked = favour.asked_on.has_value();
  const std::string day =
      core::short_day(asked ? *favour.asked_on : core::date_in(zone, favour.favour.offered_at));
  if (thing.empty())
    return std::string("because of what ") + (asked ? "you asked" : "came up") + " on " + day;
  if (asked) return "because you asked about " + thing + " on " + day;
  return "because " + thing + " came up on " + day;
}

std::string client_topic(const AskKind& ask) {
  const std::string topic = core::squeezed(ask.topic);
  return topic.empty() || !is_client_safe(topic) ? std::string(plain_topic) : topic;
}

std::string purpose_words(const AskKind& ask) {
  const std::string topic = client_topic(ask);
  const std::string_view known = entry(topic_purposes, topic, "");
  if (!known.empty()) return std::string(known);
  return topic == plain_topic ? "for " + topic : "on one topic, " + topic;
}

std::string benefit_line(std::string_view favour_kind, std::string_view ask_kind) {
  return core::replaced(
      entry(ask_benefits, ask_kind, "so that I am better prepared the next time you need {need}"),
      "{need}", entry(kind_needs, favour_kind, "help like this"));
}

}  // namespace ioud::domain
