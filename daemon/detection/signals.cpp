#include "detection/signals.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "detection/act.hpp"
#include "detection/signal_patterns.hpp"
#include "detection/words.hpp"

namespace ioud::detection {
namespace {

using domain::Signal;
using domain::SignalKind;

constexpr std::size_t quote_chars = 160;

std::string plain(std::string_view sentence) {
  return core::replaced(core::ascii_lower(sentence), "\xE2\x80\x99", "'");
}

/// True where the words before the time take it back: "not today", "instead of Friday".
bool is_taken_back(std::string_view sentence, const When& when) {
  const std::size_t from = when.begin > 16 ? when.begin - 16 : 0;
  const std::vector<Word> before = words_of(sentence.substr(from, when.begin - from));
  const std::size_t shown = std::min<std::size_t>(2, before.size());
  return std::any_of(before.end() - static_cast<std::ptrdiff_t>(shown), before.end(),
                     [](const Word& word) {
                       return one_of(word.text, {"not", "than", "of", "can't", "won't", "isn't"});
                     });
}

/// The new time in a sentence that moves something: the last one not taken back.
std::optional<When> new_time(std::string_view sentence, const Reckoning& base) {
  std::optional<When> found;
  for (const When& when : find_times(sentence, base))
    if (when.due && !when.is_past && !is_taken_back(sentence, when)) found = when;
  return found;
}

bool says_future(std::string_view sentence, const Reckoning& base) {
  const auto when = main_time(find_times(sentence, base));
  return when && when->due->date > core::date_of(base.said);
}

/// A name in a sentence that refers somebody: capitalised words, not at its beginning alone.
std::string name_in(std::string_view sentence) {
  static const WordSet no_names(
      "i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january "
      "february "
      "march april may june july august september october november december hi hello thanks ok yes "
      "you we he she they it the a my our your mr mrs ms dr and but also if");
  const std::vector<Word> words = words_of(sentence, 80);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].is_capital || no_names.has(words[i].text)) continue;
    std::size_t end = i + 1;
    while (end < words.size() && words[end].is_capital && !no_names.has(words[end].text)) ++end;
    const bool starts = i == 0 || one_of(words[i - 1].text, {".", "!", "?", ":"});
    if (starts && end == i + 1 &&
        !one_of(end < words.size() ? words[end].text : "",
                {"at", "from", "is", "needs", "could", "would"}))
      continue;
    return core::squeezed(sentence.substr(words[i].begin, words[end - 1].end - words[i].begin));
  }
  return {};
}

Signal signal_of(SignalKind kind, std::string_view sentence) {
  Signal signal;
  signal.kind = kind;
  signal.quote = core::shortened(sentence, quote_chars);
  return signal;
}

}  // namespace

struct SignalReader::Patterns {
  SignalPatterns in;

  void read_rep(const std::vector<Span>& spans, const Reckoning& base,
                std::vector<Signal>& out) const;
  void read_client(const std::vector<Span>& spans, std::vector<Signal>& out) const;
  void read_thanks(const std::vector<Span>& spans, std::vector<Signal>& out) const;
  std::optional<Signal> slip_at(const std::vector<Span>& spans, std::size_t i,
                                const Reckoning& base) const;
  bool moves(std::string_view text) const { return in.moved.in(text) || in.late.in(text); }
};

/// "The reader isn't in yet. I'll drop it off on Wednesday instead.": the reason and the new day
/// may stand in neighbouring sentences, the thing in the one before.
std::optional<Signal> SignalReader::Patterns::slip_at(const std::vector<Span>& spans, std::size_t i,
                                                      const Reckoning& base) const {
  const std::string text = plain(spans[i].text);
  const bool moved = in.moved.in(text);
  if (!moved && !in.late.in(text)) return std::nullopt;
  const std::size_t last = std::min(spans.size(), i + 3);
  for (std::size_t k = i; k < last; ++k) {
    if (k > i && spans[k].text.ends_with('?')) continue;
    const auto when = new_time(spans[k].text, base);
    if (!when) continue;
    Signal signal = signal_of(SignalKind::slip, spans[k].text);
    signal.due = when->due;
    for (std::size_t at = k + 1; at-- > (i > 0 ? i - 1 : 0) && signal.thing.empty();)
      signal.thing = thing_named(spans[at].text);
    return signal;
  }
  return std::nullopt;
}

void SignalReader::Patterns::read_rep(const std::vector<Span>& spans, const Reckoning& base,
                                      std::vector<Signal>& out) const {
  bool has_slip = false;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::string text = plain(spans[i].text);
    if (!has_slip) {
      if (auto slip = slip_at(spans, i, base); slip) {
        has_slip = true;
        out.push_back(std::move(*slip));
        continue;
      }
    }
    const auto has_new_day = [&] {
      return says_future(spans[i].text, base) ||
             (i + 1 < spans.size() && says_future(spans[i + 1].text, base));
    };
    const bool off = in.cancelled.in(text) || (in.regretted.in(text) && !has_new_day());
    if (off && !has_slip) {
      out.push_back(signal_of(SignalKind::cancel, spans[i].text));
      out.back().thing = thing_named(spans[i].text);
    } else if (in.delivered.in(text) && !says_future(spans[i].text, base)) {
      out.push_back(signal_of(SignalKind::delivered, spans[i].text));
      out.back().thing = thing_named(spans[i].text);
    } else if (in.yes.in(text) || in.weak_yes.in(text)) {
      out.push_back(signal_of(SignalKind::acceptance, spans[i].text));
    }
  }
}

/// One thanks a passage: it counts where the sentence, or one beside it, says that it worked out.
void SignalReader::Patterns::read_thanks(const std::vector<Span>& spans,
                                         std::vector<Signal>& out) const {
  std::optional<std::size_t> thanked;
  std::optional<std::size_t> arrived;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::string text = plain(spans[i].text);
    if (!thanked && (in.thanks.in(text) || in.praise.in(text))) thanked = i;
    if (!arrived && in.arrived.in(text)) arrived = i;
  }
  if (!thanked) return;
  const bool beside =
      arrived && (*arrived > *thanked ? *arrived - *thanked : *thanked - *arrived) <= 2;
  const std::size_t at = beside ? *arrived : *thanked;
  if (!beside && !in.thanks.in(plain(spans[at].text))) return;
  out.push_back(
      signal_of(beside ? SignalKind::counted_thanks : SignalKind::thanks, spans[at].text));
  out.back().thing = thing_named(spans[at].text);
  if (out.back().thing.empty()) out.back().thing = thing_named(spans[*thanked].text);
}

void SignalReader::Patterns::read_client(const std::vector<Span>& spans,
                                         std::vector<Signal>& out) const {
  bool needless = false;
  for (const Span& span : spans) {
    const std::string text = plain(span.text);
    const auto add = [&](SignalKind kind) { out.push_back(signal_of(kind, span.text)); };
    if (in.stop.in(text)) add(SignalKind::stop);
    if (in.bereavement.in(text)) add(SignalKind::bereavement);
    if (in.complaint.in(text)) add(SignalKind::complaint);
    if (in.praise.in(text) && !in.complaint.in(text)) add(SignalKind::praise);
    if (in.unneeded.in(text)) {
      needless = true;
      add(SignalKind::no_longer_needed);
      out.back().thing = thing_named(span.text);
    }
    if (in.referral.in(text)) {
      const std::string name = name_in(span.text);
      if (!name.empty()) {
        add(SignalKind::referral);
        out.back().name = name;
      }
    }
    if (in.yes.in(text) || in.weak_yes.in(text)) add(SignalKind::acceptance);
  }
  if (!needless) read_thanks(spans, out);
}

SignalReader::SignalReader() : patterns_(std::make_unique<Patterns>()) {}
SignalReader::~SignalReader() = default;

std::vector<Signal> SignalReader::read(const std::vector<Span>& sentences, Author author,
                                       const Reckoning& base) const {
  std::vector<Signal> out;
  if (author == Author::rep) patterns_->read_rep(sentences, base, out);
  if (author == Author::client) patterns_->read_client(sentences, out);
  return out;
}

}  // namespace ioud::detection
