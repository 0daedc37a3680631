#include "detection/network.hpp"

#include <algorithm>

#include "detection/steady_maths.hpp"

namespace ioud::detection {

NetworkLayout::NetworkLayout(const NetworkShape& shape)
    : author(0),
      conv(author + 3 * shape.embed),
      conv_bias(conv + 3 * shape.embed * shape.filters),
      now(conv_bias + shape.filters),
      before(now + shape.filters * shape.hidden),
      mean(before + shape.filters * shape.hidden),
      state(mean + shape.embed * shape.hidden),
      hidden_bias(state + shape.states * shape.hidden),
      out(hidden_bias + shape.hidden),
      out_bias(out + shape.hidden * Linear::stride),
      end(out_bias + Linear::stride) {}

std::vector<std::uint16_t> rows_of(const std::vector<Token>& tokens, const Vocabulary& vocabulary) {
  std::vector<std::uint16_t> rows(std::min(tokens.size(), window));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = vocabulary.row(tokens[i]);
  return rows;
}

Author author_before(Before before, Author now) {
  if (before != Before::other_side) return now;
  return now == Author::rep ? Author::client : Author::rep;
}

core::Result<Network> Network::from(const ModelFile& file, const std::string& name) {
  const auto shape = file.array<std::uint32_t>(name + ".shape");
  const auto rows = file.array<std::int8_t>(name + ".rows");
  const auto step = file.array<float>(name + ".step");
  const auto weights = file.array<float>(name + ".weights");
  const auto broken = [&](const char* what) {
    return core::fail(core::Fault::config, file.place(), "network " + name + " " + what);
  };
  if (shape.size() != 4 || step.size() != 1) return broken("has no shape");
  if (*std::max_element(shape.begin(), shape.end()) > 4096) return broken("is out of proportion");
  const NetworkShape made{shape[0], shape[1], shape[2], shape[3]};
  if (made.embed == 0 || rows.empty() || rows.size() % made.embed != 0) {
    return broken("has vectors of the wrong size");
  }
  if (made.states != state_count()) return broken("was trained with other cues");
  if (weights.size() != NetworkLayout(made).end) return broken("has weights of the wrong size");
  return Network(made, rows, step[0], weights);
}

std::vector<float> Network::embedded(std::span<const std::uint16_t> rows, Author author) const {
  const float* voice =
      weights_.data() + at_.author + static_cast<std::size_t>(author) * shape_.embed;
  std::vector<float> vectors(rows.size() * shape_.embed);
  for (std::size_t t = 0; t < rows.size(); ++t) {
    const std::int8_t* row = rows_.data() + rows[t] * shape_.embed;
    float* to = vectors.data() + t * shape_.embed;
    for (std::size_t e = 0; e < shape_.embed; ++e)
      to[e] = static_cast<float>(row[e]) * step_ + voice[e];
  }
  return vectors;
}

std::vector<float> Network::strongest(const std::vector<float>& vectors) const {
  const std::size_t length = vectors.size() / shape_.embed;
  std::vector<float> top(shape_.filters, 0.0F);
  std::vector<float> answer(shape_.filters);
  for (std::size_t t = 0; t < length; ++t) {
    // The word, the one before and the one after lie side by side, and so do
    // their weights.
    const std::size_t first = t == 0 ? 0 : t - 1;
    const std::size_t words = std::min(t + 2, length) - first;
    const std::size_t skipped = t == 0 ? 1 : 0;
    std::copy_n(weights_.data() + at_.conv_bias, shape_.filters, answer.data());
    add_product(vectors.data() + first * shape_.embed, words * shape_.embed,
                weights_.data() + at_.conv + skipped * shape_.embed * shape_.filters, answer.data(),
                shape_.filters);
    for (std::size_t f = 0; f < shape_.filters; ++f) top[f] = std::max(top[f], answer[f]);
  }
  return top;
}

Linear::Logits Network::logits(const Input& input, Recall::Impression& last) const {
  const float* w = weights_.data();
  std::vector<float> hidden(w + at_.hidden_bias, w + at_.hidden_bias + shape_.hidden);
  const auto feed = [&](const std::vector<float>& values, std::size_t block) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] != 0)
        add_scaled(values[i], w + block + i * shape_.hidden, hidden.data(), shape_.hidden);
    }
  };
  const std::vector<float> vectors = embedded(input.now, input.author);
  std::vector<float> now = strongest(vectors);
  feed(now, at_.now);
  if (!input.before.empty()) {
    const bool is_last =
        last.author == input.before_author &&
        std::equal(last.rows.begin(), last.rows.end(), input.before.begin(), input.before.end());
    feed(is_last ? last.strongest : strongest(embedded(input.before, input.before_author)),
         at_.before);
  }
  last = {{input.now.begin(), input.now.end()}, input.author, std::move(now)};
  std::vector<float> mean(shape_.embed, 0.0F);
  const float share = input.now.empty() ? 0.0F : 1.0F / static_cast<float>(input.now.size());
  for (std::size_t t = 0; t < input.now.size(); ++t) {
    add_scaled(share, vectors.data() + t * shape_.embed, mean.data(), shape_.embed);
  }
  feed(mean, at_.mean);
  for (const std::uint16_t state : input.states) {
    add_scaled(1.0F, w + at_.state + state * shape_.hidden, hidden.data(), shape_.hidden);
  }
  Linear::Logits logits{};
  std::copy_n(w + at_.out_bias, Linear::stride, logits.data());
  for (std::size_t h = 0; h < shape_.hidden; ++h) {
    if (hidden[h] > 0)
      add_scaled(hidden[h], w + at_.out + h * Linear::stride, logits.data(), Linear::stride);
  }
  return logits;
}

}  // namespace ioud::detection
