#include "detection/detector.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "core/text.hpp"
#include "detection/act.hpp"
#include "detection/conversation.hpp"
#include "detection/joiner.hpp"
#include "detection/recall.hpp"
#include "detection/sentences.hpp"
#include "detection/signals.hpp"
#include "detection/slots.hpp"
#include "detection/spoken_ask.hpp"
#include "detection/words.hpp"
#include "detection/zones.hpp"

namespace ioud::detection {
namespace {

using domain::Finding;
using domain::Label;

constexpr std::size_t most_before = 8;  ///< sentences of context handed to the scorer

/// Phrases that the detector itself looks for, beside what the scorer weighs.
struct Phrases {
  /// "She'll be here all morning": when the one who needs help can be had.
  RE2 presence{
      "(?i)\\b(?:she|he|they|we|i|it)(?:['\\x{2019}](?:ll|s|re|m)| will| is| are| am)\\b.{0,20}"
      "\\b(?:be |in|here|around|free|available|there|about|at (?:her|his|their|my) desk)\\b",
      RE2::Quiet};
  /// "Shall I bring one?": a question of the rep that offers something.
  RE2 offer{
      "(?i)(?:^|[,;:.!-] ?|\\b(?:so|and|or|but) )(?:shall|should|can|could|may|might) (?:i|we) |"
      "\\b(?:would|do) you (?:like|want) (?:me|us) to\\b|\\bwant me to\\b|"
      "\\bwould it help if\\b|\\bneed (?:me|us) to\\b|\\bwould you like (?:one|some|a)\\b",
      RE2::Quiet};
};

bool says(std::string_view text, const RE2& phrase) {
  return RE2::PartialMatch({text.data(), text.size()}, phrase);
}

bool is_flagged(Label label) {
  return label == Label::rep_favour || label == Label::client_iou || label == Label::favour_request;
}

double least(const Thresholds& thresholds, Label label) {
  if (label == Label::client_iou) return thresholds.client_iou;
  return label == Label::favour_request ? thresholds.favour_request : thresholds.rep_favour;
}

/// "Yes.", "Me.": one or two words that say nothing without the sentence after them.
bool is_opening(std::string_view text) {
  const std::vector<Word> words = words_of(text, 8);
  const auto said =
      std::count_if(words.begin(), words.end(), [](const Word& word) { return !word.is_mark; });
  return said <= 2 && (text.ends_with('.') || text.ends_with('!'));
}

/// The line at `i` together with those after it that it only opens; moves `i` to the last of them.
Line whole_line(const std::vector<Line>& lines, std::size_t& i, std::string_view text) {
  Line whole = lines[i];
  while (is_opening(lines[i].span.text) && i + 1 < lines.size()) {
    const Line& next = lines[i + 1];
    const bool is_beside = !next.is_context && next.author == whole.author &&
                           next.span.begin >= whole.span.end &&
                           next.span.begin - whole.span.end == 1 && text[whole.span.end] == ' ';
    if (!is_beside || whole.span.text.size() > 24) break;
    whole.span.text += " " + next.span.text;
    whole.span.end = next.span.end;
    ++i;
  }
  return whole;
}

/// The sentence for the scorer, with what stood before it in the thread and the passage.
Sentence sentence_of(const Passage& passage, const Line& line,
                     const std::vector<std::string>& before) {
  Sentence sentence;
  sentence.text = line.span.text;
  sentence.context = passage.context;
  sentence.author = line.author;
  sentence.rep = passage.rep;
  sentence.client = passage.client;
  sentence.client_org = passage.client_org;
  const std::size_t first = before.size() > most_before ? before.size() - most_before : 0;
  sentence.prev.assign(before.begin() + static_cast<std::ptrdiff_t>(first), before.end());
  return sentence;
}

/// Leaves what others wrote on other days: their "tomorrow" was another day.
void keep_own_words(Sentence& sentence, std::size_t own) {
  if (sentence.prev.size() > own)
    sentence.prev.erase(sentence.prev.begin(),
                        sentence.prev.end() - static_cast<std::ptrdiff_t>(own));
}

/// "The reader came in. I'll drop it off": what "it" is, from the sentences just before.
void name_thing(domain::Slots& slots, const std::vector<std::string>& before) {
  const std::size_t space = slots.lemma.rfind(' ');
  const bool is_pronoun =
      space != std::string::npos &&
      one_of(slots.lemma.substr(space + 1), {"it", "them", "one", "that", "those"});
  if (!slots.thing.empty() || !is_pronoun) return;
  for (std::size_t back = 1; back <= std::min<std::size_t>(2, before.size()); ++back) {
    std::string_view text = before[before.size() - back];
    if (const std::size_t tag = text.substr(0, 40).find(": "); tag != std::string_view::npos)
      text.remove_prefix(tag + 2);
    const std::string thing = thing_named(text);
    if (thing.empty() || thing.size() > 60) continue;
    Act act;
    act.verb = slots.lemma.substr(0, slots.lemma.find(' '));
    act.object = thing;
    slots.thing = thing;
    slots.lemma = lemma_of(act);
    return;
  }
}

void add(domain::Reading& reading, Finding finding, const std::vector<std::string>& before) {
  const bool follows = !reading.findings.empty() &&
                       reading.findings.back().label == finding.label &&
                       finding.begin >= reading.findings.back().end &&
                       finding.begin - reading.findings.back().end <= 2;
  if (!follows) name_thing(finding.slots, before);  // else the finding before says what it is
  reading.findings.push_back(std::move(finding));
}

/// An ask goes to the favour it was spoken with, before or after it.
void take_spoken(domain::Reading& reading, const std::optional<domain::SpokenAsk>& spoken) {
  if (!spoken) return;
  for (auto finding = reading.findings.rbegin(); finding != reading.findings.rend(); ++finding) {
    if (finding->label != Label::rep_favour) continue;
    if (!finding->spoken) finding->spoken = spoken;
    return;
  }
  reading.spoken = spoken;
}

/// An ask spoken before its favour, in the same passage.
void lend_spoken(domain::Reading& reading) {
  if (!reading.spoken) return;
  for (Finding& finding : reading.findings) {
    if (finding.label != Label::rep_favour) continue;
    if (!finding.spoken) finding.spoken = reading.spoken;
    reading.spoken.reset();
    return;
  }
}

/// A sentence beside a request that says when the one who is to be helped can be had.
void take_presence(domain::Reading& reading, const Span& span, const Reckoning& base) {
  if (reading.findings.empty() || reading.findings.back().label != Label::favour_request) return;
  domain::Slots& slots = reading.findings.back().slots;
  if (slots.due || span.begin - reading.findings.back().end > 300) return;
  const auto when = main_time(find_times(span.text, base));
  if (!when) return;
  slots.due = when->due;
  slots.until = when->until;
  slots.day_part = when->day_part;
  slots.time_text = when->text;
  slots.time_value = when->value;
}

bool is_conversation(Context context) {
  return context != Context::mail_sent && context != Context::mail_received;
}

}  // namespace

struct Detector::Parts {
  Parts(const SentenceScorer& sentence_scorer, const domain::Catalogue& catalogue,
        Thresholds limits)
      : scorer(sentence_scorer), slots(catalogue), asks(catalogue), thresholds(limits) {}

  const SentenceScorer& scorer;
  ZoneReader zones;
  SlotReader slots;
  SignalReader signals;
  SpokenAskReader asks;
  Phrases phrases;
  Thresholds thresholds;

  domain::Reading read(const Passage& passage) const;
  Finding finding_of(const Line& line, const Sentence& sentence, const Score& score,
                     const Reckoning& base) const;
};

Finding Detector::Parts::finding_of(const Line& line, const Sentence& sentence, const Score& score,
                                    const Reckoning& base) const {
  Finding finding;
  finding.label = score.label;
  finding.score = score.probability;
  finding.quote = core::shortened(line.span.text, thresholds.excerpt_chars);
  finding.begin = line.span.begin;
  finding.end = line.span.end;
  finding.slots = slots.read(sentence, score.label, base);
  if (!line.span.speaker.empty() && score.label != Label::favour_request)
    finding.slots.ower = line.speaker;
  finding.reasons = score.reasons;
  if (finding.slots.due)
    finding.reasons.push_back("\"" + finding.slots.time_text + "\" is " +
                              core::long_day(finding.slots.due->date));
  return finding;
}

domain::Reading Detector::Parts::read(const Passage& passage) const {
  domain::Reading reading;
  Reckoning base;
  base.said = passage.base;
  base.order = date_order(passage.locale);
  Recall recall;
  std::vector<std::string> before;
  std::vector<Span> own;
  std::size_t since_context = 0;  // sentences of the passage itself, after the last quote
  const std::vector<Line> lines = conversation(passage, zones);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].is_context) {
      before.push_back(lines[i].context);
      since_context = 0;
      continue;
    }
    const std::size_t first = i;
    const Line line = whole_line(lines, i, passage.text);
    Sentence sentence = sentence_of(passage, line, before);
    const Score score = scorer.score(sentence, recall);
    keep_own_words(sentence, since_context);
    const bool is_offer = score.label == Label::rep_question && says(line.span.text, phrases.offer);
    if ((is_flagged(score.label) || is_offer) &&
        score.probability >= least(thresholds, score.label))
      add(reading, finding_of(line, sentence, score, base), before);
    else if (says(line.span.text, phrases.presence))
      take_presence(reading, line.span, base);
    if (line.author == Author::rep) take_spoken(reading, asks.read(line.span.text, base));
    for (std::size_t k = first; k <= i && line.author == passage.author; ++k)
      own.push_back(lines[k].span);
    before.push_back(line.author == passage.author ? line.span.text
                                                   : line.speaker + ": " + line.span.text);
    ++since_context;
  }
  if (!is_conversation(passage.context)) reading.signals = signals.read(own, passage.author, base);
  lend_spoken(reading);
  return joined_passage(std::move(reading));
}

Detector::Detector(const SentenceScorer& scorer, const domain::Catalogue& catalogue,
                   Thresholds thresholds)
    : parts_([&scorer, catalogue, thresholds] {
        return std::make_unique<const Parts>(scorer, catalogue, thresholds);
      }) {}
Detector::~Detector() = default;

domain::Reading Detector::read(const Passage& passage) const { return parts_.get().read(passage); }

}  // namespace ioud::detection
