#include "detection/train/measure.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "detection/scorer.hpp"
#include "detection/train/make_model.hpp"

namespace ioud::detection::train {
namespace {

constexpr int rep_favour = static_cast<int>(domain::Label::rep_favour);

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

bool is_acted_on(int label) { return label >= 0 && label < static_cast<int>(flagged_labels); }

void count(const Example& example, const Score& score, double floor, GroupResult& result) {
  const int got = static_cast<int>(score.label);
  ++result.sentences;
  result.all.wanted += is_acted_on(example.label) ? 1 : 0;
  result.all.flagged += is_acted_on(got) ? 1 : 0;
  result.all.right += is_acted_on(got) && got == example.label ? 1 : 0;
  const bool is_automatic = got == rep_favour && score.probability >= floor;
  result.automatic.wanted += example.label == rep_favour ? 1 : 0;
  result.automatic.flagged += is_automatic ? 1 : 0;
  result.automatic.right += is_automatic && example.label == rep_favour ? 1 : 0;
}

void add_row(std::string& out, const GroupResult& result) {
  std::array<char, 160> row{};
  std::snprintf(row.data(), row.size(), "%-12s %9zu %9.3f %9.3f %9.3f %9.3f %9.3f\n",
                result.group.c_str(), result.sentences, result.all.precision(), result.all.recall(),
                result.all.f1(), result.automatic.precision(), result.automatic.recall());
  out += row.data();
}

}  // namespace

double Tally::precision() const { return share(right, flagged); }
double Tally::recall() const { return share(right, wanted); }
double Tally::f1() const { return share(2 * right, flagged + wanted); }

Tally& Tally::operator+=(const Tally& other) {
  right += other.right;
  flagged += other.flagged;
  wanted += other.wanted;
  return *this;
}

core::Result<std::vector<GroupResult>> measure(const std::string& text_folder,
                                               const std::string& vector_folder,
                                               const Settings& settings,
                                               const std::vector<std::string>& groups,
                                               double floor) {
  std::vector<GroupResult> results;
  for (const std::string& group : groups) {
    auto prepared = prepare_without(group, text_folder, vector_folder);
    if (!prepared) return tl::unexpected(prepared.error());
    if (prepared->left_out.empty())
      return core::fail(core::Fault::config, group, "no author's name begins like this");
    const auto model = make_model(*prepared, settings);
    if (!model) return tl::unexpected(model.error());
    const auto file = ModelFile::over(*model, "without " + group);
    if (!file) return tl::unexpected(file.error());
    const auto scorer = LearnedScorer::from(*file);
    if (!scorer) return tl::unexpected(scorer.error());
    GroupResult result;
    result.group = group;
    for (const Example& example : prepared->left_out)
      count(example, scorer->score(example.sentence), floor, result);
    results.push_back(std::move(result));
  }
  return results;
}

std::string table(const std::vector<GroupResult>& results) {
  std::string out = "left out     sentences precision    recall        F1  auto prec  auto rec\n";
  GroupResult sum;
  sum.group = "all";
  for (const GroupResult& result : results) {
    add_row(out, result);
    sum.sentences += result.sentences;
    sum.all += result.all;
    sum.automatic += result.automatic;
  }
  add_row(out, sum);
  return out;
}

}  // namespace ioud::detection::train
