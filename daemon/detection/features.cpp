#include "detection/features.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.hpp"
#include "detection/counterpart.hpp"
#include "detection/earlier.hpp"

namespace ioud::detection {
namespace {

// Seeds that keep the families of hashed features apart.
enum class Family : std::uint64_t {
  word = 1,
  voiced = 2,
  letters = 3,
  cue = 4,
  pair = 5,
  before = 6
};

constexpr std::uint64_t fnv_start = 0xCBF29CE484222325ULL;
constexpr std::uint64_t fnv_prime = 0x100000001B3ULL;

std::uint64_t mixed(std::uint64_t h) {
  h ^= h >> 32;
  h *= 0x9E3779B97F4A7C15ULL;
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ULL;
  return h ^ (h >> 32);
}

std::uint64_t start_of(Family family, std::uint64_t extra = 0) {
  return mixed(fnv_start + static_cast<std::uint64_t>(family) * 1000003ULL + extra);
}

std::uint32_t slot_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(mixed(hash) >> (64 - hash_bits));
}

std::uint64_t extended(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * fnv_prime;
  return hash;
}

std::string_view learned_text(const Token& token) {
  return token.kind == TokenKind::person ? std::string_view(mask(token.kind)) : token.text;
}

// Gathers one family, then gives all its members the same weight, so that long
// sentences do not shout louder than short ones.
class Gatherer {
 public:
  explicit Gatherer(std::vector<HashedFeature>& out) : out_(out), begin_(out.size()) {}
  void add(std::uint64_t hash) { out_.push_back({slot_of(hash), 1.0F}); }
  void close(float weight) {
    const auto count = static_cast<float>(out_.size() - begin_);
    if (count == 0) return;
    const float value = weight / std::sqrt(count);
    for (std::size_t i = begin_; i < out_.size(); ++i) out_[i].value = value;
    begin_ = out_.size();
  }

 private:
  std::vector<HashedFeature>& out_;
  std::size_t begin_;
};

void add_grams(Gatherer& out, const std::vector<Token>& tokens, std::uint64_t start,
               std::size_t longest) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::uint64_t hash = start;
    for (std::size_t n = 0; n < longest && i + n < tokens.size(); ++n) {
      hash = extended(hash, learned_text(tokens[i + n])) * fnv_prime;
      out.add(hash + n);
    }
  }
}

void add_letters(Gatherer& out, const std::vector<Token>& tokens) {
  std::string padded;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word) continue;
    padded = "_" + token.text + "_";
    for (std::size_t i = 0; i + 2 <= padded.size(); ++i) {
      std::uint64_t hash = start_of(Family::letters);
      for (std::size_t n = 0; n < 5 && i + n < padded.size(); ++n) {
        hash = (hash ^ static_cast<unsigned char>(padded[i + n])) * fnv_prime;
        if (n > 0) out.add(hash + n);
      }
    }
  }
}

std::uint64_t cue_start(std::size_t cue) { return start_of(Family::cue, cue); }
std::uint64_t voiced_cue_start(std::size_t cue, Author author) {
  return start_of(Family::cue, 1000 + cue * 8 + static_cast<std::uint64_t>(author));
}

void add_cues(Gatherer& out, const Features& features, Author author, Context context) {
  std::vector<std::size_t> hits;
  for (std::size_t i = 0; i < all_cues().size(); ++i) {
    if (features.cues[i]) hits.push_back(i);
  }
  const auto who = static_cast<std::uint64_t>(author);
  const auto where = static_cast<std::uint64_t>(context);
  const std::uint64_t state =
      (features.pending_request ? 1U : 0U) + (features.pending_offer ? 2U : 0U);
  for (std::size_t a = 0; a < hits.size(); ++a) {
    out.add(cue_start(hits[a]));
    out.add(voiced_cue_start(hits[a], author));
    out.add(start_of(Family::cue, 3000 + hits[a] * 8 + where));
    if (state != 0) out.add(start_of(Family::cue, 5000 + hits[a] * 8 + state));
  }
  out.add(start_of(Family::cue, 9000 + who * 8 + where));
  out.add(start_of(Family::cue, 9900 + who * 8 + state));
  out.close(2.0F);
  for (std::size_t a = 0; a < hits.size(); ++a) {
    for (std::size_t b = a + 1; b < hits.size(); ++b) {
      out.add(start_of(Family::pair, (hits[a] * cue_limit + hits[b]) * 4 + who));
    }
  }
  out.close(1.0F);
}

void add_before(Gatherer& out, const Features& features, const Sentence& sentence) {
  const Author author = sentence.author;
  const auto relation =
      static_cast<std::uint64_t>(features.before) * 4 + static_cast<std::uint64_t>(author);
  out.add(start_of(Family::before, relation));
  const auto other_side = static_cast<std::uint64_t>(counterpart(sentence));
  out.add(start_of(Family::before,
                   9000 + other_side * 8 + static_cast<std::uint64_t>(sentence.context)));
  for (std::size_t i = 0; i < all_cues().size(); ++i) {
    if (features.before_cues[i]) out.add(start_of(Family::before, 100 + i * 16 + relation));
  }
  out.close(1.0F);
}

// The yes/no states behind the cues: what they are and in which order is part
// of the model format.
enum State : std::size_t {
  state_context,                             // 5
  state_author = state_context + 5,          // 3
  state_quoted = state_author + 3,           // 1
  state_before = state_quoted + 1,           // 3
  state_length = state_before + 3,           // 7
  state_pending_request = state_length + 7,  // 1
  state_pending_offer,                       // 1
  state_first_kind,                          // 11: kind of the first token
  state_has_kind = state_first_kind + 11,    // 11: some token of the kind
  state_counterpart = state_has_kind + 11,   // 4
  state_end = state_counterpart + counterpart_count,
};

std::size_t length_class(std::size_t tokens) {
  static constexpr std::array<std::size_t, 6> limits{2, 4, 7, 12, 20, 30};
  return static_cast<std::size_t>(std::lower_bound(limits.begin(), limits.end(), tokens) -
                                  limits.begin());
}

std::vector<std::uint16_t> states_of(const Features& f, const Sentence& sentence) {
  std::vector<std::uint16_t> out;
  const std::size_t cues = all_cues().size();
  const auto add = [&out](std::size_t state) { out.push_back(static_cast<std::uint16_t>(state)); };
  for (std::size_t i = 0; i < cues; ++i) {
    if (f.cues[i]) add(i);
  }
  const std::size_t shift = f.before == Before::other_side ? 2 * cues : cues;
  for (std::size_t i = 0; i < cues; ++i) {
    if (f.before_cues[i]) add(shift + i);
  }
  const std::size_t base = 3 * cues;
  add(base + state_context + static_cast<std::size_t>(sentence.context));
  add(base + state_author + static_cast<std::size_t>(sentence.author));
  if (sentence.zone != Zone::fresh) add(base + state_quoted);
  add(base + state_before + static_cast<std::size_t>(f.before));
  add(base + state_length + length_class(f.tokens.size()));
  if (f.pending_request) add(base + state_pending_request);
  if (f.pending_offer) add(base + state_pending_offer);
  if (!f.tokens.empty()) add(base + state_first_kind + static_cast<std::size_t>(f.tokens[0].kind));
  std::array<bool, 11> seen{};
  for (const Token& token : f.tokens) seen[static_cast<std::size_t>(token.kind)] = true;
  for (std::size_t kind = 0; kind < seen.size(); ++kind) {
    if (seen[kind]) add(base + state_has_kind + kind);
  }
  add(base + state_counterpart + static_cast<std::size_t>(counterpart(sentence)));
  return out;
}

struct Watched {
  std::size_t could_you = cue_index("could_you");
  std::size_t may_we = cue_index("may_we");
  std::size_t any_chance = cue_index("any_chance");
  std::size_t please = cue_index("please");
  std::size_t we_need = cue_index("we_need");
  std::size_t asked = cue_index("asked");
  std::size_t ends_question = cue_index("ends_question");
  std::size_t shall_i = cue_index("shall_i");
};

bool asks(const CueHits& hits, const Watched& cue) {
  return hits[cue.could_you] || hits[cue.may_we] || hits[cue.any_chance] || hits[cue.please] ||
         hits[cue.we_need] || hits[cue.asked] || hits[cue.ends_question];
}

}  // namespace

std::uint64_t stable_hash(std::string_view text, std::uint64_t seed) {
  return mixed(extended(fnv_start ^ mixed(seed), text));
}

std::size_t state_count() { return 3 * all_cues().size() + state_end; }

core::Result<Extractor> Extractor::make() {
  auto cues = Cues::compile();
  if (!cues) return tl::unexpected(cues.error());
  return Extractor(std::move(*cues));
}

Features Extractor::extract(const Sentence& sentence, Recall& recall) const {
  static const Watched watched;
  Features f;
  const Names& names = recall.meet(sentence);
  const Recall::Heard& now = recall.hear(sentence.text, cues_);
  f.tokens = now.tokens;
  f.cues = now.cues;
  const std::vector<Earlier> said_before = last_said(sentence, names);
  for (std::size_t back = 0; back < said_before.size(); ++back) {
    const Earlier& said = said_before[back];
    const Recall::Heard& before = recall.hear(said.text, cues_);
    const CueHits& hits = before.cues;
    const bool note =
        sentence.context == Context::notes || sentence.context == Context::event_description;
    if ((said.author == Author::client || note) && asks(hits, watched)) f.pending_request = true;
    if (said.author == Author::rep && hits[watched.shall_i] && hits[watched.ends_question]) {
      f.pending_offer = true;
    }
    if (back == 0) {
      f.before = said.author == sentence.author ? Before::same : Before::other_side;
      f.before_cues = hits;
      f.before_tokens = before.tokens;
    }
  }
  f.hashed.reserve(f.tokens.size() * 30 + 100);
  Gatherer out(f.hashed);
  add_grams(out, f.tokens, start_of(Family::word), 3);
  out.close(2.0F);
  add_grams(out, f.tokens, start_of(Family::voiced, static_cast<std::uint64_t>(sentence.author)),
            2);
  out.close(1.5F);
  add_letters(out, f.tokens);
  out.close(1.5F);
  add_cues(out, f, sentence.author, sentence.context);
  add_before(out, f, sentence);
  f.states = states_of(f, sentence);
  return f;
}

std::vector<Gram> Extractor::grams(const Features& features, Author author) {
  std::vector<Gram> out;
  for (const auto& [start, longest] :
       {std::pair{start_of(Family::word), std::size_t{3}},
        std::pair{start_of(Family::voiced, static_cast<std::uint64_t>(author)), std::size_t{2}}}) {
    for (std::size_t i = 0; i < features.tokens.size(); ++i) {
      std::uint64_t hash = start;
      std::string text;
      for (std::size_t n = 0; n < longest && i + n < features.tokens.size(); ++n) {
        const std::string_view token = learned_text(features.tokens[i + n]);
        hash = extended(hash, token) * fnv_prime;
        text += n == 0 ? "" : " ";
        text += token;
        out.push_back({slot_of(hash + n), text});
      }
    }
  }
  return out;
}

std::vector<Gram> Extractor::cue_grams(const Features& features, Author author) {
  std::vector<Gram> out;
  for (std::size_t i = 0; i < all_cues().size(); ++i) {
    if (!features.cues[i]) continue;
    out.push_back({slot_of(cue_start(i)), std::string(all_cues()[i].meaning)});
    out.push_back({slot_of(voiced_cue_start(i, author)), std::string(all_cues()[i].meaning)});
  }
  return out;
}

}  // namespace ioud::detection
