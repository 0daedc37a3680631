#include "detection/train/make_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "detection/jsonl.hpp"
#include "detection/scorer.hpp"

namespace ioud::detection::train {
namespace {

void write_linear(ModelWriter& model, const LinearWeights& linear) {
  std::vector<float> scale(2 * Linear::stride, 1.0F);
  for (std::size_t c = 0; c < Linear::stride; ++c) {
    float top = 1e-6F;
    for (std::size_t slot = 0; slot < hash_slots; ++slot) {
      top = std::max(top, std::fabs(linear.weights[slot * Linear::stride + c]));
    }
    scale[c] = top / 127.0F;
    scale[Linear::stride + c] = linear.bias[c];
  }
  std::vector<std::int8_t> weights(linear.weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] =
        static_cast<std::int8_t>(std::lround(linear.weights[i] / scale[i % Linear::stride]));
  }
  model.add_array("linear.weights", weights);
  model.add_array("linear.scale", scale);
}

// Sentences of every kind whose logits the file carries, so that a program can
// tell whether it reads the model as the trainer meant it.
constexpr std::array<const char*, 4> probes{
    R"({"context":"mail_sent","rep":"Tom Reyes","client":"Meg Alvarez","text":"I'll drop the part off Saturday, no charge."})",
    R"({"context":"mail_received","rep":"Tom Reyes","client":"Meg Alvarez","text":"Could you lend us the spare folder till Monday?"})",
    R"({"context":"notes","rep":"Tom Reyes","client":"Meg Alvarez","text":"- TR to bring two boxes, MA asked","prev":["Meg: we are out of boxes"]})",
    R"({"context":"transcript","rep":"Tom Reyes","client":"Meg Alvarez","text":"[00:10] Meg: the invoice is 4,150 plus VAT","prev":["[00:05] Tom: morning"]})"};

core::Result<std::string> test_vector(const LearnedScorer& scorer, const Extractor& extractor) {
  std::string out;
  Recall recall;
  for (const char* probe : probes) {
    const auto row = read_row(probe, 1);
    if (!row) return tl::unexpected(row.error());
    out += probe;
    const auto logits =
        scorer.blended(row->sentence, extractor.extract(row->sentence, recall), recall);
    for (std::size_t c = 0; c < label_count; ++c) {
      std::array<char, 32> number{};
      std::snprintf(number.data(), number.size(), "\t%.6f", static_cast<double>(logits[c]));
      out += number.data();
    }
    out += '\n';
  }
  return out;
}

}  // namespace

core::Result<Prepared> prepare_all(const std::string& text_folder,
                                   const std::string& vector_folder) {
  return prepare_without({}, text_folder, vector_folder);
}

core::Result<Prepared> prepare_without(const std::string& group, const std::string& text_folder,
                                       const std::string& vector_folder) {
  auto corpus = read_corpus(text_folder);
  if (!corpus) return tl::unexpected(corpus.error());
  const bool is_whole_name =
      std::any_of(corpus->begin(), corpus->end(),
                  [&](const Example& example) { return example.author_group == group; });
  std::vector<Example> kept;
  std::vector<Example> left_out;
  for (Example& example : *corpus) {
    const bool is_left =
        !group.empty() &&
        (is_whole_name ? example.author_group == group : example.author_group.starts_with(group));
    (is_left ? left_out : kept).push_back(std::move(example));
  }
  *corpus = std::move(kept);
  const auto extractor = Extractor::make();
  if (!extractor) return tl::unexpected(extractor.error());
  prepare(*corpus, *extractor);
  auto vectors = read_vectors(vector_folder, *corpus);
  if (!vectors) return tl::unexpected(vectors.error());
  const auto table = Vocabulary::table_of(vectors->words);
  look_up(*corpus, Vocabulary(table.check, table.row));
  return Prepared{std::move(*corpus), std::move(left_out), std::move(*vectors)};
}

core::Result<std::vector<std::byte>> make_model(const Prepared& prepared,
                                                const Settings& settings) {
  std::vector<const Example*> examples;
  for (const Example& example : prepared.corpus) examples.push_back(&example);
  ModelWriter model;
  model.add_array("blend", settings.blend());
  write_linear(model, train_linear(examples, settings.linear));
  const auto table = Vocabulary::table_of(prepared.vectors.words);
  model.add_array("words.check", table.check);
  model.add_array("words.row", table.row);
  for (std::size_t n = 0; n < settings.networks; ++n) {
    NetworkSettings set = settings.network;
    set.shape.states = state_count();
    set.seed = n + 1;
    write_network(model, "net" + std::to_string(n), train_network(examples, prepared.vectors, set),
                  prepared.vectors);
  }
  const auto trained = model.finish();
  const auto file = ModelFile::over(trained, "the model just trained");
  if (!file) return tl::unexpected(file.error());
  const auto scorer = LearnedScorer::from(*file);
  if (!scorer) return tl::unexpected(scorer.error());
  const auto extractor = Extractor::make();
  const auto vector = test_vector(*scorer, *extractor);
  if (!vector) return tl::unexpected(vector.error());
  model.add("test.vector", std::as_bytes(std::span(vector->data(), vector->size())));
  return model.finish();
}

}  // namespace ioud::detection::train
