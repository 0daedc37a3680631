#include "domain/learning.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/ident.hpp"

namespace ioud::domain {
namespace {

/// In the order they were given: a yes takes back no more than the no's before it.
using Answers = std::map<std::pair<core::Instant, std::string>, double>;

double counting(const Answers& answers) {
  double sum = 0;
  for (const auto& [when, weight] : answers) sum = std::max(0.0, sum + weight);
  return sum;
}

std::string shape_of(const Pass& pass, const Favour& favour) {
  return core::salted_hash(pass.ledger.salt, favour.shape);
}

core::Instant window_start(const Policy::Detector& policy, core::Instant now) {
  return now - std::chrono::days{policy.negative_days};
}

void note(Pass& pass, const Favour& favour, double weight, std::string_view gesture) {
  const std::string row = core::ident({"verdict", favour.id, gesture});
  pass.ledger.verdicts.try_emplace(
      row, Verdict{row, shape_of(pass, favour), favour.kind, favour.client, weight, pass.now});
}

}  // namespace

double negatives(const Pass& pass, const Favour& favour) {
  const std::string shape = shape_of(pass, favour);
  const core::Instant from = window_start(pass.policy().detector, pass.now);
  Answers answers;
  for (const auto& [id, verdict] : pass.ledger.verdicts)
    if (verdict.shape == shape && verdict.kind == favour.kind && verdict.client == favour.client &&
        verdict.at > from)
      answers[{verdict.at, id}] = verdict.weight;
  return counting(answers);
}

void note_verdict(Pass& pass, const Iou& iou, double weight, std::string_view gesture) {
  for (const std::string& id : iou.favours) {
    const auto favour = pass.ledger.favours.find(id);
    if (favour != pass.ledger.favours.end()) note(pass, favour->second, weight, gesture);
  }
}

void note_ok(Pass& pass, const Favour& favour) {
  note(pass, favour, -1.0 * pass.policy().detector.negatives, "ok");
}

std::vector<Lesson> lessons(const Ledger& ledger, const Policy::Detector& policy,
                            core::Instant now) {
  const core::Instant from = window_start(policy, now);
  std::map<std::tuple<std::string, std::string, std::string>, Answers> groups;
  for (const auto& [id, verdict] : ledger.verdicts)
    if (verdict.at > from)
      groups[{verdict.client, verdict.kind, verdict.shape}][{verdict.at, id}] = verdict.weight;
  std::vector<Lesson> out;
  for (const auto& [key, answers] : groups) {
    const auto& [client, kind, shape] = key;
    const double sum = counting(answers);
    out.push_back({client, kind, shape, static_cast<int>(answers.size()), sum,
                   answers.rbegin()->first.first, sum >= policy.negatives});
  }
  return out;
}

}  // namespace ioud::domain
