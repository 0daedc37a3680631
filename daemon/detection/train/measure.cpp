#include "detection/train/measure.hpp"

#include <cstdio>
#include <fstream>

#include "detection/scorer.hpp"
#include "detection/vetoes.hpp"

namespace ioud::detection::train {
namespace {

std::vector<const Example*> without(const std::vector<Example>& corpus, const std::string& group,
                                    bool inside) {
  std::vector<const Example*> out;
  for (const Example& example : corpus) {
    const bool member = example.author_group.starts_with(group);
    if (member == inside) out.push_back(&example);
  }
  return out;
}

}  // namespace

std::vector<LeftOut> leave_out(const std::vector<Example>& corpus, const Vectors& vectors,
                               const Settings& settings, const std::vector<std::string>& groups) {
  std::vector<LeftOut> results;
  for (const std::string& group : groups) {
    const auto rest = without(corpus, group, false);
    const auto left = without(corpus, group, true);
    if (left.empty()) continue;
    std::fprintf(stderr, "%s: %zu left out, %zu to learn from\n", group.c_str(), left.size(),
                 rest.size());
    const LinearWeights linear = train_linear(rest, settings.linear);
    const std::size_t first = results.size();
    for (const Example* example : left) {
      results.push_back({example, linear.logits(example->features.hashed), {}});
    }
    for (std::size_t n = 0; n < settings.networks; ++n) {
      NetworkSettings set = settings.network;
      set.seed = n + 1;
      set.shape.states = state_count();
      ModelWriter writer;
      write_network(writer, "net", train_network(rest, vectors, set), vectors);
      const auto bytes = writer.finish();
      const auto file = ModelFile::over(bytes, "trained");
      const auto network = Network::from(*file, "net");
      for (std::size_t i = first; i < results.size(); ++i) {
        const Example& e = *results[i].example;
        const Author author = e.sentence.author;
        const auto logits =
            network->logits({e.rows, e.before_rows, author,
                             author_before(e.features.before, author), e.features.states});
        for (std::size_t c = 0; c < Linear::stride; ++c) {
          results[i].network[c] += logits[c] / static_cast<float>(settings.networks);
        }
      }
    }
  }
  return results;
}

void dump(const std::vector<LeftOut>& results, const std::string& path) {
  std::ofstream out(path);
  for (const LeftOut& result : results) {
    out << result.example->author_group << '\t' << result.example->label << '\t'
        << static_cast<int>(result.example->sentence.context)
        << static_cast<int>(result.example->sentence.author);
    for (std::size_t c = 0; c < label_count; ++c) out << '\t' << result.linear[c];
    for (std::size_t c = 0; c < label_count; ++c) out << '\t' << result.network[c];
    for (std::size_t c = 0; c < flagged_labels; ++c) {
      const auto& e = *result.example;
      out << '\t' << veto(e.sentence, e.features, static_cast<domain::Label>(c)).has_value();
    }
    out << '\t' << result.example->sentence.text << '\n';
  }
}

}  // namespace ioud::detection::train
