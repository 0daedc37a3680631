#include "detection/train/network_trainer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "detection/steady_maths.hpp"
#include "detection/train/linear_trainer.hpp"

namespace ioud::detection::train {
namespace {

float dot(const float* a, const float* b, std::size_t n) {
  // Four fixed partial sums: the order is ours, whatever the vector width.
  std::array<float, 4> sums{};
  for (std::size_t i = 0; i < n; i += 4) {
    for (std::size_t j = 0; j < 4; ++j) sums[j] += a[i + j] * b[i + j];
  }
  return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

struct Adam {
  std::vector<float> first, second, gradient;
  float first_left = 1, second_left = 1;
  explicit Adam(std::size_t n) : first(n), second(n), gradient(n) {}
  void step(std::vector<float>& weights, float rate, float decay) {
    first_left *= 0.9F;
    second_left *= 0.999F;
    const float scale = rate * std::sqrt(1 - second_left) / (1 - first_left);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const float g = gradient[i];
      first[i] = 0.9F * first[i] + 0.1F * g;
      second[i] = 0.999F * second[i] + 0.001F * g * g;
      weights[i] -= scale * first[i] / (std::sqrt(second[i]) + 1e-8F) + rate * decay * weights[i];
      gradient[i] = 0;
    }
  }
};

// One sentence going up the tower: everything the way down needs again.
struct Tower {
  std::vector<std::uint16_t> rows;
  std::vector<float> vectors;          // length x embed
  std::vector<float> top;              // filters
  std::vector<std::size_t> where;      // filters: which word answered strongest, or length
  std::vector<float> vector_gradient;  // length x embed
};

class Trainer {
 public:
  Trainer(const Vectors& vectors, const NetworkSettings& settings)
      : vectors_(vectors),
        set_(settings),
        shape_(settings.shape),
        at_(shape_),
        dice_(settings.seed * 7919 + 17),
        dense_adam_(at_.end),
        projection_adam_(Vectors::width * shape_.embed) {
    weights_.shape = shape_;
    weights_.dense.assign(at_.end, 0.0F);
    weights_.projection.assign(Vectors::width * shape_.embed, 0.0F);
    weights_.correction.assign(vectors.words.size() * shape_.embed, 0.0F);
    word_squares_.assign(vectors.words.size(), 1e-2F);
    sprinkle(weights_.projection, 0, weights_.projection.size(), 1.0F);
    sprinkle(weights_.dense, at_.conv, at_.conv_bias, scale_for(3 * shape_.embed) * 3);
    sprinkle(weights_.dense, at_.now, at_.state, scale_for(2 * shape_.filters));
    sprinkle(weights_.dense, at_.state, at_.hidden_bias, 0.1F);
    sprinkle(weights_.dense, at_.out, at_.out_bias, scale_for(shape_.hidden));
    for (std::size_t i = 0; i < vectors.own_words * shape_.embed; ++i) {
      weights_.correction[i] = (dice_.unit() - 0.5F) * 0.6F;
    }
  }

  NetworkWeights run(const std::vector<const Example*>& examples) {
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t steps = (examples.size() + set_.batch - 1) / set_.batch;
    const auto all = static_cast<float>(steps) * static_cast<float>(set_.epochs);
    float done = 0;
    for (int epoch = 0; epoch < set_.epochs; ++epoch) {
      dice_.shuffle(order);
      for (std::size_t begin = 0; begin < order.size(); begin += set_.batch) {
        const std::size_t end = std::min(begin + set_.batch, order.size());
        for (std::size_t i = begin; i < end; ++i) learn(*examples[order[i]]);
        const float left = 1.0F - done / all;
        // A short warm-up, then a straight line to nothing.
        const float rate = set_.rate * std::min(left, (done + 1) / 100.0F);
        dense_adam_.step(weights_.dense, rate, set_.decay);
        projection_adam_.step(weights_.projection, rate, set_.decay);
        correct_words(left);
        done += 1;
      }
    }
    return std::move(weights_);
  }

 private:
  static float scale_for(std::size_t inputs) {
    return 2.0F / std::sqrt(static_cast<float>(inputs));
  }
  void sprinkle(std::vector<float>& to, std::size_t begin, std::size_t end, float scale) {
    for (std::size_t i = begin; i < end; ++i) to[i] = (dice_.unit() - 0.5F) * scale;
  }

  void up(Tower& tower, const std::vector<std::uint16_t>& rows, Author author) {
    tower.rows = rows;
    for (std::uint16_t& row : tower.rows) {
      if (dice_.unit() < set_.drop_word) row = Vocabulary::unknown;
    }
    const std::size_t length = rows.size();
    const std::size_t embed = shape_.embed;
    tower.vectors.assign(length * embed, 0.0F);
    tower.vector_gradient.assign(length * embed, 0.0F);
    const float* voice =
        weights_.dense.data() + at_.author + static_cast<std::size_t>(author) * embed;
    for (std::size_t t = 0; t < length; ++t) {
      float* to = tower.vectors.data() + t * embed;
      const std::size_t word = tower.rows[t];
      const float* correction = weights_.correction.data() + word * embed;
      for (std::size_t e = 0; e < embed; ++e) to[e] = correction[e] + voice[e];
      if (word < vectors_.own_words) continue;
      const float* vector = vectors_.rows.data() + word * Vectors::width;
      add_product(vector, Vectors::width, weights_.projection.data(), to, embed);
    }
    convolve(tower, length);
  }

  void convolve(Tower& tower, std::size_t length) {
    tower.top.assign(shape_.filters, 0.0F);
    tower.where.assign(shape_.filters, length);
    answer_.resize(shape_.filters);
    for (std::size_t t = 0; t < length; ++t) {
      const std::size_t first = t == 0 ? 0 : t - 1;
      const std::size_t words = std::min(t + 2, length) - first;
      const std::size_t skipped = t == 0 ? 1 : 0;
      std::copy_n(weights_.dense.data() + at_.conv_bias, shape_.filters, answer_.data());
      add_product(tower.vectors.data() + first * shape_.embed, words * shape_.embed,
                  weights_.dense.data() + at_.conv + skipped * shape_.embed * shape_.filters,
                  answer_.data(), shape_.filters);
      for (std::size_t f = 0; f < shape_.filters; ++f) {
        if (answer_[f] > tower.top[f]) tower.top[f] = answer_[f], tower.where[f] = t;
      }
    }
  }

  void down(Tower& tower, const std::vector<float>& top_gradient, Author author) {
    const std::size_t length = tower.rows.size();
    const std::size_t embed = shape_.embed;
    float* g = dense_adam_.gradient.data();
    for (std::size_t f = 0; f < shape_.filters; ++f) {
      const float up = top_gradient[f];
      const std::size_t t = tower.where[f];
      if (t == length || up == 0) continue;
      g[at_.conv_bias + f] += up;
      for (std::size_t k = 0; k < 3; ++k) {
        if (t + k < 1 || t + k > length) continue;
        const float* x = tower.vectors.data() + (t + k - 1) * embed;
        float* dx = tower.vector_gradient.data() + (t + k - 1) * embed;
        const std::size_t block = at_.conv + k * embed * shape_.filters + f;
        for (std::size_t e = 0; e < embed; ++e) {
          g[block + e * shape_.filters] += up * x[e];
          dx[e] += up * weights_.dense[block + e * shape_.filters];
        }
      }
    }
    for (std::size_t t = 0; t < length; ++t) {
      const float* dx = tower.vector_gradient.data() + t * embed;
      add_scaled(1.0F, dx, g + at_.author + static_cast<std::size_t>(author) * embed, embed);
      const std::size_t word = tower.rows[t];
      touch(word, dx);
      if (word < vectors_.own_words) continue;
      const float* vector = vectors_.rows.data() + word * Vectors::width;
      for (std::size_t d = 0; d < Vectors::width; ++d) {
        add_scaled(vector[d], dx, projection_adam_.gradient.data() + d * embed, embed);
      }
    }
  }

  void touch(std::size_t word, const float* gradient) {
    auto found = std::find(touched_.begin(), touched_.end(), word);
    if (found == touched_.end()) {
      touched_.push_back(word);
      word_gradient_.resize(touched_.size() * shape_.embed, 0.0F);
      found = touched_.end() - 1;
    }
    const auto place = static_cast<std::size_t>(found - touched_.begin());
    add_scaled(1.0F, gradient, word_gradient_.data() + place * shape_.embed, shape_.embed);
  }

  void correct_words(float left) {
    for (std::size_t i = 0; i < touched_.size(); ++i) {
      const std::size_t word = touched_[i];
      const float* g = word_gradient_.data() + i * shape_.embed;
      float* w = weights_.correction.data() + word * shape_.embed;
      word_squares_[word] += dot(g, g, shape_.embed) / static_cast<float>(shape_.embed);
      const float rate = set_.word_rate * left / std::sqrt(word_squares_[word]);
      for (std::size_t e = 0; e < shape_.embed; ++e) w[e] -= rate * (g[e] + set_.word_decay * w[e]);
    }
    touched_.clear();
    word_gradient_.clear();
  }

  // Zeroes a share of the values and makes up for it in the others; `kept`
  // remembers which.
  void drop(std::vector<float>& values, std::vector<float>& kept, float share) {
    kept.resize(values.size());
    const float scale = 1.0F / (1.0F - share);
    for (std::size_t i = 0; i < values.size(); ++i) {
      kept[i] = dice_.unit() < share ? 0.0F : scale;
      values[i] *= kept[i];
    }
  }

  void feed(const std::vector<float>& values, std::size_t block) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == 0) continue;
      add_scaled(values[i], weights_.dense.data() + block + i * shape_.hidden, hidden_.data(),
                 shape_.hidden);
    }
  }

  void feed_back(const std::vector<float>& values, std::size_t block,
                 std::vector<float>& gradient) {
    gradient.assign(values.size(), 0.0F);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::size_t row = block + i * shape_.hidden;
      if (values[i] != 0) {
        add_scaled(values[i], hidden_gradient_.data(), dense_adam_.gradient.data() + row,
                   shape_.hidden);
      }
      gradient[i] = dot(weights_.dense.data() + row, hidden_gradient_.data(), shape_.hidden);
    }
  }

  void learn(const Example& example) {
    const Author author = example.sentence.author;
    const Author earlier = author_before(example.features.before, author);
    up(now_, example.rows, author);
    up(before_, example.before_rows, earlier);
    std::vector<float> now = now_.top, before = before_.top, mean(shape_.embed, 0.0F);
    const std::size_t length = example.rows.size();
    const float share = length == 0 ? 0.0F : 1.0F / static_cast<float>(length);
    for (std::size_t t = 0; t < length; ++t) {
      add_scaled(share, now_.vectors.data() + t * shape_.embed, mean.data(), shape_.embed);
    }
    drop(now, now_kept_, set_.drop_pooled);
    drop(before, before_kept_, set_.drop_pooled);
    const float* w = weights_.dense.data();
    hidden_.assign(w + at_.hidden_bias, w + at_.hidden_bias + shape_.hidden);
    feed(now, at_.now);
    feed(before, at_.before);
    feed(mean, at_.mean);
    states_.clear();
    for (const std::uint16_t state : example.features.states) {
      if (dice_.unit() >= set_.drop_state) states_.push_back(state);
    }
    for (const std::uint16_t state : states_) {
      add_scaled(1.0F, w + at_.state + state * shape_.hidden, hidden_.data(), shape_.hidden);
    }
    for (float& value : hidden_) value = value > 0 ? value : 0.0F;
    drop(hidden_, hidden_kept_, set_.drop_hidden);
    finish(example, now, before, mean, author, earlier, share);
  }

  void finish(const Example& example, const std::vector<float>& now,
              const std::vector<float>& before, const std::vector<float>& mean, Author author,
              Author earlier, float share) {
    const float* w = weights_.dense.data();
    float* g = dense_adam_.gradient.data();
    Linear::Logits logits{};
    std::copy_n(w + at_.out_bias, Linear::stride, logits.data());
    for (std::size_t h = 0; h < shape_.hidden; ++h) {
      if (hidden_[h] != 0)
        add_scaled(hidden_[h], w + at_.out + h * Linear::stride, logits.data(), Linear::stride);
    }
    Linear::Logits gradient = loss_gradient(logits, example, set_.smoothing);
    for (float& value : gradient) value /= static_cast<float>(set_.batch);
    add_scaled(1.0F, gradient.data(), g + at_.out_bias, Linear::stride);
    hidden_gradient_.assign(shape_.hidden, 0.0F);
    for (std::size_t h = 0; h < shape_.hidden; ++h) {
      if (hidden_[h] == 0) continue;
      add_scaled(hidden_[h], gradient.data(), g + at_.out + h * Linear::stride, Linear::stride);
      hidden_gradient_[h] =
          hidden_kept_[h] * dot(w + at_.out + h * Linear::stride, gradient.data(), Linear::stride);
    }
    add_scaled(1.0F, hidden_gradient_.data(), g + at_.hidden_bias, shape_.hidden);
    for (const std::uint16_t state : states_) {
      add_scaled(1.0F, hidden_gradient_.data(), g + at_.state + state * shape_.hidden,
                 shape_.hidden);
    }
    feed_back(mean, at_.mean, mean_gradient_);
    feed_back(now, at_.now, now_gradient_);
    feed_back(before, at_.before, before_gradient_);
    for (std::size_t f = 0; f < shape_.filters; ++f) {
      now_gradient_[f] *= now_kept_[f];
      before_gradient_[f] *= before_kept_[f];
    }
    for (std::size_t t = 0; t < now_.rows.size(); ++t) {
      add_scaled(share, mean_gradient_.data(), now_.vector_gradient.data() + t * shape_.embed,
                 shape_.embed);
    }
    down(now_, now_gradient_, author);
    down(before_, before_gradient_, earlier);
  }

  const Vectors& vectors_;
  NetworkSettings set_;
  NetworkShape shape_;
  NetworkLayout at_;
  Dice dice_;
  NetworkWeights weights_;
  Adam dense_adam_, projection_adam_;
  std::vector<float> word_squares_;
  std::vector<std::size_t> touched_;
  std::vector<float> word_gradient_;
  Tower now_, before_;
  std::vector<float> answer_, hidden_, hidden_gradient_;
  std::vector<float> now_kept_, before_kept_, hidden_kept_;
  std::vector<float> mean_gradient_, now_gradient_, before_gradient_;
  std::vector<std::uint16_t> states_;
};

}  // namespace

std::vector<float> NetworkWeights::row(const Vectors& vectors, std::size_t word) const {
  const auto from = correction.begin() + static_cast<std::ptrdiff_t>(word * shape.embed);
  std::vector<float> out(from, from + static_cast<std::ptrdiff_t>(shape.embed));
  if (word < vectors.own_words) return out;
  add_product(vectors.rows.data() + word * Vectors::width, Vectors::width, projection.data(),
              out.data(), shape.embed);
  return out;
}

NetworkWeights train_network(const std::vector<const Example*>& examples, const Vectors& vectors,
                             const NetworkSettings& settings) {
  return Trainer(vectors, settings).run(examples);
}

void write_network(ModelWriter& model, const std::string& name, const NetworkWeights& weights,
                   const Vectors& vectors) {
  std::vector<float> all;
  all.reserve(vectors.words.size() * weights.shape.embed);
  float top = 0;
  for (std::size_t word = 0; word < vectors.words.size(); ++word) {
    for (const float value : weights.row(vectors, word)) {
      all.push_back(value);
      top = std::max(top, std::fabs(value));
    }
  }
  const float step = top > 0 ? top / 127.0F : 1.0F;
  std::vector<std::int8_t> rows(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    rows[i] = static_cast<std::int8_t>(std::lround(all[i] / step));
  }
  const auto size = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  model.add_array(name + ".shape", std::vector<std::uint32_t>{
                                       size(weights.shape.embed), size(weights.shape.filters),
                                       size(weights.shape.hidden), size(weights.shape.states)});
  model.add_array(name + ".rows", rows);
  model.add_array(name + ".step", std::vector<float>{step});
  model.add_array(name + ".weights", weights.dense);
}

}  // namespace ioud::detection::train
