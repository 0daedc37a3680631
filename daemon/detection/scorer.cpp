#include "detection/scorer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <map>

#include "core/text.hpp"
#include "detection/earlier.hpp"
#include "detection/jsonl.hpp"
#include "detection/steady_maths.hpp"
#include "detection/vetoes.hpp"

namespace ioud::detection {
namespace {

constexpr std::size_t most_networks = 8;
constexpr float veto_left = 0.1F;  ///< of a probability that was vetoed
constexpr double faint = 0.2;      ///< a request that likely is heard in what an answer follows

// The sentences of a model's test vector: a line of JSON, a tab, the logits
// expected of it.
struct Probe {
  std::string json;
  std::vector<float> logits;
};

std::vector<Probe> probes_of(const ModelFile& file) {
  const auto bytes = file.section("test.vector");
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<Probe> probes;
  for (const std::string& line : core::split(text, '\n')) {
    const auto parts = core::split(line, '\t');
    if (parts.size() != 1 + label_count) continue;
    Probe probe{parts[0], {}};
    for (std::size_t i = 1; i < parts.size(); ++i) {
      probe.logits.push_back(std::strtof(parts[i].c_str(), nullptr));
    }
    probes.push_back(std::move(probe));
  }
  return probes;
}

// A straight line through (0, 0), (half, 0.5), (sure, 0.8), (1, 1).
float bent(float raw, float half, float sure) {
  if (raw < half) return 0.5F * raw / half;
  if (raw < sure) return 0.5F + 0.3F * (raw - half) / (sure - half);
  return sure < 1 ? 0.8F + 0.2F * (raw - sure) / (1 - sure) : 0.8F;
}

}  // namespace

LearnedScorer::LearnedScorer(ModelFile file, Linear linear, Vocabulary vocabulary)
    : file_(std::move(file)),
      extractor_([] { return std::make_unique<const Extractor>(Extractor::make().value()); }),
      linear_(linear),
      vocabulary_(vocabulary) {}

core::Result<LearnedScorer> LearnedScorer::open(const std::string& path) {
  if (path.empty()) return built_in();
  const auto file = ModelFile::open(path);
  if (!file) return tl::unexpected(file.error());
  auto scorer = from(*file);
  if (!scorer) return scorer;
  if (const auto checked = scorer->check_test_vector(); !checked)
    return tl::unexpected(checked.error());
  return scorer;
}

core::Result<LearnedScorer> LearnedScorer::built_in() {
  auto file = ModelFile::embedded();
  if (!file) return tl::unexpected(file.error());
  return from(*file);
}

core::Result<LearnedScorer> LearnedScorer::from(const ModelFile& file) {
  auto linear = Linear::from(file);
  if (!linear) return tl::unexpected(linear.error());
  auto vocabulary = Vocabulary::from(file);
  if (!vocabulary) return tl::unexpected(vocabulary.error());
  LearnedScorer scorer(file, *linear, *vocabulary);
  const auto blend = file.array<float>("blend");
  if (blend.size() != 3 + 2 * flagged_labels || blend[2] <= 0) {
    return core::fail(core::Fault::config, file.place(), "has no blend of its parts");
  }
  scorer.linear_share_ = blend[0];
  scorer.network_share_ = blend[1];
  scorer.temperature_ = blend[2];
  for (std::size_t i = 0; i < flagged_labels; ++i) {
    scorer.bends_[i] = {blend[3 + 2 * i], blend[4 + 2 * i]};
  }
  for (std::size_t i = 0; i < most_networks; ++i) {
    const std::string name = "net" + std::to_string(i);
    if (file.section(name + ".shape").empty()) break;
    auto network = Network::from(file, name);
    if (!network) return tl::unexpected(network.error());
    scorer.networks_.push_back(*network);
  }
  return scorer;
}

Linear::Logits LearnedScorer::blended(const Sentence& sentence, const Features& features,
                                      Recall& recall) const {
  Linear::Logits sum = linear_.logits(features.hashed);
  for (float& value : sum) value *= linear_share_;
  if (!networks_.empty()) {
    const auto now = rows_of(features.tokens, vocabulary_);
    const auto before = rows_of(features.before_tokens, vocabulary_);
    const Network::Input input{now, before, sentence.author,
                               author_before(features.before, sentence.author), features.states};
    const float share = network_share_ / static_cast<float>(networks_.size());
    for (std::size_t i = 0; i < networks_.size(); ++i) {
      const Linear::Logits logits = networks_[i].logits(input, recall.impression(i));
      for (std::size_t c = 0; c < label_count; ++c) sum[c] += share * logits[c];
    }
  }
  for (float& value : sum) value /= temperature_;
  return sum;
}

void LearnedScorer::calibrate(Linear::Logits& p, bool vetoed) const {
  float rest = 0;
  for (std::size_t c = flagged_labels; c < label_count; ++c) rest += p[c];
  float flagged = 0;
  for (std::size_t c = 0; c < flagged_labels; ++c) {
    p[c] = bent(p[c], bends_[c].half, bends_[c].sure) * (vetoed ? veto_left : 1.0F);
    flagged += p[c];
  }
  // Two labels cannot both be likely; what they leave is shared by the others
  // as before.
  for (std::size_t c = 0; flagged > 1 && c < flagged_labels; ++c) p[c] /= flagged;
  const float left = flagged < 1 ? 1 - flagged : 0;
  for (std::size_t c = flagged_labels; c < label_count; ++c)
    p[c] = rest > 0 ? p[c] * left / rest : 0;
}

Score LearnedScorer::score(const Sentence& sentence, Recall& recall) const {
  Score score = weighed(sentence, recall);
  if (score.label != domain::Label::rep_favour || is_asked_for(sentence)) return score;
  const auto favour = static_cast<std::size_t>(domain::Label::rep_favour);
  const double left = veto_left * score.all[favour];
  score.all[static_cast<std::size_t>(domain::Label::routine)] += score.all[favour] - left;
  score.all[favour] = left;
  const auto best = std::max_element(score.all.begin(), score.all.end());
  score.label = static_cast<domain::Label>(best - score.all.begin());
  score.probability = *best;
  score.reasons = {"answers no request for a favour, and promises none by itself"};
  return score;
}

/// An answer is what it answers: "Will do" after a question about a price promises no favour.
/// False for an answer whose words alone are none, to words that asked for none and took up no
/// offer.
bool LearnedScorer::is_asked_for(const Sentence& sentence) const {
  const std::vector<Sentence> before = lead_up(sentence);
  if (before.empty()) return true;
  const auto likely = [this](const Sentence& line, domain::Label label) {
    Recall recall;
    return weighed(line, recall).all[static_cast<std::size_t>(label)];
  };
  const auto is_ground = [&](const Sentence& line) {
    const bool is_own = line.author == sentence.author;
    const auto ground = is_own ? domain::Label::rep_question : domain::Label::favour_request;
    return likely(line, ground) >= faint;
  };
  if (std::any_of(before.begin(), before.end(), is_ground)) return true;
  Sentence alone = sentence;
  alone.prev.clear();
  return likely(alone, domain::Label::rep_favour) >= 0.5;
}

Score LearnedScorer::weighed(const Sentence& sentence, Recall& recall) const {
  const Features features = extractor_.get().extract(sentence, recall);
  Linear::Logits p = blended(sentence, features, recall);
  softmax(std::span(p).first(label_count));
  const auto strongest = [&p](std::size_t begin, std::size_t end) {
    const auto at = [&p](std::size_t i) { return p.begin() + static_cast<std::ptrdiff_t>(i); };
    return static_cast<std::size_t>(std::max_element(at(begin), at(end)) - p.begin());
  };
  const auto wanted = static_cast<domain::Label>(strongest(0, flagged_labels));
  const auto why_not = veto(sentence, features, wanted);
  calibrate(p, why_not.has_value());
  const std::size_t best = strongest(0, flagged_labels);
  Score score;
  score.label =
      static_cast<domain::Label>(p[best] >= 0.5F ? best : strongest(flagged_labels, label_count));
  // Where the learned part saw no promise, a veto has nothing to say.
  if (why_not && p[best] >= veto_left * 0.5F) {
    const auto place = static_cast<std::size_t>(why_not->label);
    score.label = why_not->label;
    for (std::size_t c = flagged_labels; c < label_count; ++c) p[c] *= 0.5F;
    float sum = 0;
    for (std::size_t c = 0; c < label_count; ++c) sum += p[c];
    p[place] += 1 - sum;
    score.reasons.emplace_back(why_not->reason);
  }
  for (std::size_t c = 0; c < label_count; ++c) score.all[c] = static_cast<double>(p[c]);
  score.probability = score.all[static_cast<std::size_t>(score.label)];
  if (static_cast<std::size_t>(score.label) < flagged_labels) {
    score.reasons = reasons(features, sentence, score.label);
  }
  return score;
}

std::vector<std::string> LearnedScorer::reasons(const Features& features, const Sentence& sentence,
                                                domain::Label label) const {
  const auto place = static_cast<std::size_t>(label);
  const auto heaviest = [&](const std::vector<Gram>& grams, std::size_t most) {
    std::map<std::string, float> weight;
    for (const Gram& gram : grams) weight[gram.text] += linear_.weight(gram.slot, place);
    std::vector<std::pair<float, std::string>> sorted;
    for (const auto& [text, value] : weight) {
      if (value > 0) sorted.emplace_back(value, text);
    }
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    if (sorted.size() > most) sorted.resize(most);
    return sorted;
  };
  std::vector<std::string> out;
  std::array<char, 32> number{};
  const auto add = [&](const std::string& text, float value) {
    std::snprintf(number.data(), number.size(), " (+%.2f)", static_cast<double>(value));
    out.push_back(text + number.data());
  };
  for (const auto& [value, text] : heaviest(Extractor::cue_grams(features, sentence.author), 3)) {
    add(text, value);
  }
  for (const auto& [value, text] : heaviest(Extractor::grams(features, sentence.author), 3)) {
    add("the words \"" + text + "\"", value);
  }
  if (features.pending_request && label == domain::Label::rep_favour) {
    out.emplace_back("the client had asked for something just before");
  }
  return out;
}

core::Result<void> LearnedScorer::check_test_vector() const {
  const auto probes = probes_of(file_);
  if (probes.empty()) {
    return core::fail(core::Fault::config, file_.place(), "has no test vector");
  }
  Recall recall;
  for (const Probe& probe : probes) {
    const auto row = read_row(probe.json, 1);
    if (!row) return core::fail(core::Fault::config, file_.place(), "has a broken test vector");
    const auto logits =
        blended(row->sentence, extractor_.get().extract(row->sentence, recall), recall);
    for (std::size_t c = 0; c < label_count; ++c) {
      if (!(std::fabs(logits[c] - probe.logits[c]) < 1e-3F)) {
        return core::fail(core::Fault::config, file_.place(),
                          "was made by another version of ioud: its test "
                          "vector does not come "
                          "out; use the model that came with this version");
      }
    }
  }
  return {};
}

std::string LearnedScorer::identity() const {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "v%u-%016llx", model_version,
                static_cast<unsigned long long>(file_.checksum()));
  return text.data();
}

}  // namespace ioud::detection
