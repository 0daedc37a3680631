#include "detection/slots.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "detection/act.hpp"
#include "detection/sentences.hpp"
#include "detection/verbs.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

using domain::Label;
using domain::Slots;

/// The last day named in what stood before, for "that evening".
std::optional<core::Date> last_day_in(const std::vector<std::string>& prev, const Reckoning& base) {
  const std::size_t shown = std::min<std::size_t>(4, prev.size());
  for (std::size_t back = 0; back < shown; ++back) {
    const auto times = find_times(prev[prev.size() - 1 - back], base);
    for (auto when = times.rbegin(); when != times.rend(); ++when)
      if (when->due && when->names_day && !when->is_month) return when->due->date;
  }
  return std::nullopt;
}

/// A yes that says nothing of its own: "Will do!", "No problem at all".
bool is_bare_yes(std::string_view sentence) {
  const std::vector<Word> words = words_of(sentence, 20);
  static const WordSet yes(
      "yes yep yeah aye sure ok okay will do no problem worries course of absolutely definitely "
      "certainly consider it done on happy to my pleasure count me in leave with you got gladly "
      "deal bother at all for that i'll easy easily can glad very quite go then anything "
      "you your fine perfect great thanks haha right i'm the dramas both is a be would");
  return !words.empty() && words.size() <= 9 &&
         std::all_of(words.begin(), words.end(),
                     [](const Word& word) { return word.is_mark || yes.has(word.text); });
}

/// The time a request before the yes had named.
std::optional<When> time_before(const std::vector<std::string>& prev, const Reckoning& base) {
  const std::size_t shown = std::min<std::size_t>(3, prev.size());
  for (std::size_t back = 0; back < shown; ++back) {
    const auto when = main_time(find_times(prev[prev.size() - 1 - back], base));
    if (when) return when;
  }
  return std::nullopt;
}

void set_time(Slots& slots, const When& when) {
  slots.time_text = when.text;
  slots.due = when.due;
  slots.until = when.until;
  slots.time_value = when.value;
  slots.day_part = when.day_part;
}

bool is_relation(std::string_view word) {
  return one_of(word,
                {"assistant", "colleague",    "boss",   "manager",    "apprentice", "son",
                 "daughter",  "lad",          "intern", "trainee",    "deputy",     "partner",
                 "wife",      "husband",      "nephew", "niece",      "team",       "secretary",
                 "temp",      "starter",      "hire",   "technician", "tech",       "accountant",
                 "foreman",   "receptionist", "girl",   "guy",        "buyer",      "student"});
}

bool names(std::string_view whole, std::string_view word) {
  const std::string folded = core::folded(word);
  const std::vector<std::string> parts = core::split(core::folded(whole), ' ');
  return std::find(parts.begin(), parts.end(), folded) != parts.end();
}

bool helps_a_person(std::string_view verb) {
  return one_of(
      verb, {"talk",  "speak", "call",  "phone", "ring", "help",   "train",   "show",    "walk",
             "teach", "coach", "guide", "give",  "meet", "take",   "sit",     "explain", "run",
             "get",   "bring", "lend",  "dial",  "chat", "mentor", "onboard", "text",    "email"});
}

bool is_no_name(std::string_view word) {
  static const WordSet words(
      "i monday tuesday wednesday thursday friday saturday sunday january february march april may "
      "june july august september october november december mon tue tues wed weds thu thurs fri "
      "sat "
      "sun hi hello dear thanks ok okay yes no sure good great happy christmas easter english "
      "french german excel word google linkedin whatsapp zoom teams internet uk us usa eu pdf crm");
  return words.has(word);
}

/// A capitalised name in words[at..], as written: "Karen", "Ms. Ruiz".
std::string name_at(std::string_view text, const std::vector<Word>& words, std::size_t at,
                    const Sentence& sentence) {
  if (at >= words.size() || !words[at].is_capital || at == 0) return "";
  const std::string& word = words[at].text;
  if (is_no_name(word) || names(sentence.rep, word) || names(sentence.client, word) ||
      names(sentence.client_org, word))
    return "";
  if (words[at].end - words[at].begin < 2) return "";
  std::string_view name = text.substr(words[at].begin, words[at].end - words[at].begin);
  if (name.ends_with("'s")) name.remove_suffix(2);
  if (std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return "";
  return std::string(name);
}

/// Another person who is helped: "my new assistant Karen", "show Maria", "help for Ann".
std::string beneficiary_of(const Sentence& sentence) {
  const std::vector<Word> words = words_of(sentence.text, 80);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!is_relation(words[i].text)) continue;
    const std::size_t next = words[i + 1].text == "," ? i + 2 : i + 1;
    if (const std::string name = name_at(sentence.text, words, next, sentence); !name.empty())
      return name;
  }
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!helps_a_person(verb_base(words[i].text)) || (i > 0 && words[i - 1].text == "the"))
      continue;
    std::size_t next = i + 1;
    if (one_of(words[next].text, {"to", "with", "through", "down"})) ++next;
    if (next < words.size() && one_of(words[next].text, {"with", "ms", "mr", "mrs"})) ++next;
    if (next < words.size() && words[next].text == ".") ++next;
    if (const std::string name = name_at(sentence.text, words, next, sentence); !name.empty())
      return name;
  }
  return "";
}

/// The kind where no helping word tells it, by what is given.
const char* kind_by_category(std::string_view category) {
  if (one_of(category, {"errand", "delivery"})) return "errand";
  if (one_of(category, {"loan", "sample", "gift"})) return "loan";
  if (category == "training") return "help_colleague";
  if (category == "review") return "advice";
  if (category == "document") return "paperwork";
  if (one_of(category, {"intro", "referral"})) return "introduction";
  if (category == "support") return "fix";
  if (category == "info") return "sourcing";
  return "";
}

Actor actor_of(Label label, Author author) {
  if (label == Label::favour_request && author != Author::rep) return Actor::listener;
  return label == Label::rep_favour || label == Label::client_iou ? Actor::speaker : Actor::anyone;
}

void set_act(Slots& slots, const Act& act) {
  slots.what = act.what;
  slots.thing = act.has_pronoun ? "" : act.object;
  slots.lemma = lemma_of(act);
  slots.shape = shape_of(act);
}

/// Without a verb the first words stand for the act: "Filters: keep them".
void set_words(Slots& slots, std::string_view text) {
  slots.what = core::shortened(core::squeezed(text), 80);
  std::string lemma;
  std::size_t count = 0;
  for (const Word& word : words_of(text, 40)) {
    static const WordSet small("the a an i you we it to of for and on in at is are your my our me");
    if (word.is_mark || small.has(word.text) || count == 3) continue;
    lemma += (count++ == 0 ? "" : " ") + noun_base(word.text);
  }
  slots.lemma = core::folded(lemma);
  slots.shape = slots.lemma.substr(0, slots.lemma.find(' '));
}

/// The words that may make an errand a rush: the time of the act, or the whole where none is said.
std::string rush_words(std::string_view text, const std::optional<When>& when) {
  if (!when) return std::string(text);
  const std::string lower = core::ascii_lower(text);
  const bool odd_hours = lower.find("after hours") != std::string::npos ||
                         lower.find("out of hours") != std::string::npos ||
                         lower.find("squeez") != std::string::npos;
  return when->text + (odd_hours ? " after hours" : "");
}

}  // namespace

SlotReader::SlotReader(const domain::Catalogue& catalogue) : kinds_(catalogue) {
  for (const auto& [name, kind] : catalogue.favours) kind_names_.push_back(name);
}

Slots SlotReader::read(const Sentence& sentence, Label label, const Reckoning& base) const {
  Slots slots;
  Reckoning here = base;
  if (!here.mentioned) here.mentioned = last_day_in(sentence.prev, base);
  const std::string_view text = sentence.text;
  const auto times = find_times(text, here);
  const auto act = find_act(text, actor_of(label, sentence.author), times);
  if (act)
    set_act(slots, *act);
  else
    set_words(slots, text);
  auto when = main_time(times, act ? act->begin : 0);
  if (!when && is_bare_yes(text)) when = time_before(sentence.prev, here);
  if (when) {
    set_time(slots, *when);
  } else {
    for (const When& said : times)
      if (said.is_event && slots.time_text.empty()) slots.time_text = said.text;
  }
  if (const auto effort = find_effort(text); effort) slots.effort_minutes = effort->minutes;
  slots.category = category_of(text, label);
  slots.beneficiary = beneficiary_of(sentence);
  slots.kind = kinds_.kind(act ? std::string_view(act->clause) : text, rush_words(text, when));
  if (slots.kind.empty()) {
    const std::string by_category = kind_by_category(slots.category);
    if (std::find(kind_names_.begin(), kind_names_.end(), by_category) != kind_names_.end())
      slots.kind = by_category;
  }
  const bool errand = slots.kind == "errand" || slots.kind == "rush";
  slots.is_visit = is_visit(slots.what) || (errand && act && act->verb == "get");
  slots.at_delivery = text.find("@there") != std::string_view::npos;
  slots.ower = sentence.author == Author::client ? sentence.client : sentence.rep;
  if (label == Label::favour_request) slots.ower = sentence.rep;
  return slots;
}

}  // namespace ioud::detection
