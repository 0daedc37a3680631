#include "detection/spoken_ask.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

std::string plain(std::string_view sentence) {
  return core::replaced(core::ascii_lower(sentence), "\xE2\x80\x99", "'");
}

/// The words by which the asks of the specification are spoken; told apart most surely first.
struct Spoken {
  const char* ask;
  const char* words;
};

constexpr std::array<Spoken, 9> usual = {{
    {"ordering_schedule",
     R"(\border(?:ing)? (?:schedule|plan|calendar|rhythm)|\bstanding order|\b(?:reorder|delivery) )"
     R"((?:schedule|plan)|\bschedule for (?:your |the )?order|\bplan your orders)"},
    {"introduction_back",
     R"(\bone name\b|\bone (?:person|contact) (?:that )?i should (?:know|meet|talk)|)"
     R"(\bintroduce me to (?:one|somebody|someone)\b)"},
    {"decision_maker",
     R"(\b(?:meet|meeting|introduce me to|time with|in front of|sit down with) your )"
     R"((?:\w+ )?(?:team|boss|manager|director|board|buyer|ceo|cfo|owner|partner|purchas\w+)|)"
     R"(\bwho (?:else )?(?:has a say|decides|signs (?:off|it)))"},
    {"introductions",
     R"(\bwhom? (?:else )?(?:you'd|you would|would you|i should|to|should i|do you think i should)? ?)"
     R"((?:,? ?if you were me,? ?)?(?:you'd |you would )?(?:call|ring|visit|see|approach|talk to)|)"
     R"(\bif you (?:were me|had my job|were in my shoes)|\bintroduc(?:tions?|e me)|)"
     R"(\b(?:two|three|a few|some|a couple of) names\b|\bwhom you'd\b)"},
    {"network",
     R"(\bwho(?:m)? else\b|\b(?:anyone|anybody|someone|somebody|others?) (?:else )?(?:you know )?)"
     R"((?:who|that) (?:could|might|would|needs?)|\b(?:people|firms|companies) you know\b)"},
    {"testimonial",
     R"(\btestimonial|\ba (?:few|couple of) (?:words|lines|sentences) (?:from you|about|for|on)|)"
     R"(\ba quote (?:from you|for our|we can)|\bcase study|\breview (?:on|for) (?:google|our|linkedin)|)"
     R"(\bbe (?:a|our) reference)"},
    {"second_product",
     R"(\bset-?up review|\b(?:look at|go over|walk through|review|go through) (?:the |your )?)"
     R"((?:rest of|whole|set-?up|line-?up|other machines)|\bwhat else (?:around it )?)"
     R"((?:costs|takes|slows|bothers)|\bour (?:other|new) (?:product|line|range|machine))"},
    {"next_order",
     R"(\bnext (?:steps?|orders?|project|quarter|year's)\b|\b(?:more|additional|further|new) business\b|)"
     R"(\b(?:your|the) (?:plans|forecast|needs) for\b)"},
    {"feedback",
     R"(\bfeedback\b|\b(?:your|an) (?:honest )?(?:view|opinion|thoughts)\b|)"
     R"(\bwhat (?:went well|we (?:could|should) do (?:better|differently)|i (?:could|should) do))"},
}};

/// Words that turn a sentence into an ask, and what stands beside them where it is none.
constexpr const char* asking =
    R"(\bin (?:return|exchange)\b|\b(?:but |and |then )?when i (?:do|get there|come|arrive|bring|drop|)"
    R"(deliver|pick|'m there|am there)\b|\bwhen i'm (?:there|with you|over|at yours)\b|)"
    R"(\bwhile i'm (?:there|with you|at it|over)\b|\bonce i'm there\b|\bon the spot\b|)"
    R"(\ball i ask\b|\b(?:i'd|i would|i) (?:need|want|like|love|ask|expect) you to\b|)"
    R"(\b(?:we|let's|let us|we'll|can we|could we|shall we|may we) (?:have to |need to |must |should )?)"
    R"((?:then )?(?:sit down|sit together|take (?:ten|fifteen|twenty|thirty|\d+|a few) min)|)"
    R"(\bsit down with me\b|\b(?:give|spare|lend) me (?:ten|fifteen|twenty|thirty|half|\d+|a few|some)\b|)"
    R"(\b(?:a few|ten|fifteen|twenty|thirty|\d+) (?:moments|minutes) of your time\b|)"
    R"(\bthen (?:i'd|i would|you) (?:like|owe|could)\b|\bi'd like to (?:sit|spend|take|use|learn|hear|ask)\b)";
constexpr const char* nothing =
    R"(\b(?:nothing|not|no need|never|don't (?:have|need) to|without anything).{0,30}\bin (?:return|exchange)\b|)"
    R"(\bdon't owe\b|\bno strings\b)";
constexpr const char* there =
    R"(\bwhen i (?:do|get there|come|arrive|bring|drop|deliver|pick|'m there|am there)\b|)"
    R"(\bwhen i'm (?:there|with you|over|at yours)\b|\bwhile i'm (?:there|with you|over)\b|)"
    R"(\bonce i'm there\b|\bon the spot\b)";

}  // namespace

struct SpokenAskReader::Patterns {
  RE2 asks{"(" + std::string(asking) + ")", RE2::Quiet};
  RE2 is_nothing{nothing, RE2::Quiet};
  RE2 at_delivery{there, RE2::Quiet};
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> topics;

  std::string topic(std::string_view text) const {
    for (const auto& [ask, words] : topics)
      if (RE2::PartialMatch({text.data(), text.size()}, *words)) return ask;
    return {};
  }
};

SpokenAskReader::SpokenAskReader(const domain::Catalogue& catalogue)
    : patterns_(std::make_unique<Patterns>()) {
  for (const auto& [name, kind] : catalogue.asks) {  // an admin's own, by the words of their topic
    const bool known = std::any_of(usual.begin(), usual.end(),
                                   [&](const Spoken& spoken) { return name == spoken.ask; });
    const std::string topic = plain(core::squeezed(kind.topic));
    if (known || topic.size() < 4) continue;
    patterns_->topics.emplace_back(
        name, std::make_unique<RE2>("\\b" + RE2::QuoteMeta(topic) + "\\b", RE2::Quiet));
  }
  for (const Spoken& spoken : usual)
    if (catalogue.asks.contains(spoken.ask))
      patterns_->topics.emplace_back(spoken.ask, std::make_unique<RE2>(spoken.words, RE2::Quiet));
}

SpokenAskReader::~SpokenAskReader() = default;

std::optional<domain::SpokenAsk> SpokenAskReader::read(std::string_view sentence,
                                                       const Reckoning& base) const {
  const std::string text = plain(sentence);
  re2::StringPiece found;
  if (!RE2::PartialMatch(text, patterns_->asks, &found) ||
      RE2::PartialMatch(text, patterns_->is_nothing))
    return std::nullopt;
  const auto at = static_cast<std::size_t>(found.data() - text.data());
  const std::string_view rest = std::string_view(text).substr(at);
  domain::SpokenAsk spoken;
  spoken.ask = patterns_->topic(rest);
  if (spoken.ask.empty()) return std::nullopt;
  spoken.at_delivery = RE2::PartialMatch({rest.data(), rest.size()}, patterns_->at_delivery);
  if (spoken.at_delivery) return spoken;
  for (const When& when : find_times(rest, base)) {
    if (!when.due || when.is_past || when.is_month) continue;
    spoken.day = when.due->date;
    break;
  }
  return spoken;
}

}  // namespace ioud::detection
