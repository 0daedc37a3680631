// What a sentence costs from words to score, and what the model costs at start.
// Prints one table; each figure is processor time, the best of several rounds:
// a busy machine does not blur it.
//   ioud_bench_scoring [TEXT.jsonl]     default: the labelled text the model
//   was steered by

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "detection/cues.hpp"
#include "detection/features.hpp"
#include "detection/jsonl.hpp"
#include "detection/scorer.hpp"

namespace {

namespace detection = ioud::detection;

double microseconds(const std::function<void()>& work) {
  double best = 1e18;
  for (int round = 0; round < 7; ++round) {
    const std::clock_t began = std::clock();
    work();
    best = std::min(best, 1e6 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
  }
  return best;
}

std::size_t resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

void row(const char* what, double value, const char* unit, const char* goal) {
  std::printf("| %-44s | %9.2f %-3s | %-9s |\n", what, value, unit, goal);
}

}  // namespace

int main(int count, char** values) {
  const std::string path = count > 1 ? values[1] : IOUD_BENCH_TEXT;
  std::vector<detection::Sentence> sentences;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (auto row = detection::read_row(line, 1)) sentences.push_back(std::move(row->sentence));
  }
  if (sentences.empty()) {
    std::fprintf(stderr, "%s: no sentences\n", path.c_str());
    return 1;
  }
  const std::size_t before = resident_bytes();
  double start = 1e18;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t began = std::clock();
    const auto scorer = detection::LearnedScorer::built_in();
    if (scorer) (void)scorer->score(sentences.front());  // patterns are made for the first
    const double took = 1e3 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    if (scorer) start = std::min(start, took);
  }
  const auto scorer = detection::LearnedScorer::built_in();
  if (!scorer) {
    std::fprintf(stderr, "%s: %s\n", scorer.error().place.c_str(), scorer.error().text.c_str());
    return 1;
  }
  const auto extractor = detection::Extractor::make();
  const auto cues = detection::Cues::compile();
  const auto number = static_cast<double>(sentences.size());
  std::size_t sink = 0;
  const double whole = microseconds([&] {
    for (const auto& sentence : sentences) sink += scorer->score(sentence).reasons.size();
  });
  const std::size_t after = resident_bytes();
  const double features = microseconds([&] {
    for (const auto& sentence : sentences) {
      detection::Recall recall;
      sink += extractor->extract(sentence, recall).hashed.size();
    }
  });
  std::vector<std::string> joined;
  const double words = microseconds([&] {
    joined.clear();
    for (const auto& sentence : sentences) {
      const detection::Names names(sentence.rep, sentence.client, sentence.client_org);
      joined.push_back(detection::joined(detection::tokens_of(sentence.text, names)));
    }
  });
  const double marked = microseconds([&] {
    for (const auto& text : joined) sink += cues->find(text).count();
  });
  std::printf("%zu sentences of %s (%zu)\n\n", sentences.size(), path.c_str(), sink % 10);
  std::printf("| %-44s | %13s | %-9s |\n", "piece", "best of 7", "goal");
  std::printf("| %.44s | %.13s | %.9s |\n", "--------------------------------------------",
              "-------------", "---------");
  row("tokens, one sentence", words / number, "us", "");
  row("cues, one sentence", marked / number, "us", "");
  row("features with three sentences before", features / number, "us", "");
  row("score: all of it, reasons too", whole / number, "us", "60 (25)");
  row("start-up of the model, one sentence", start, "ms", "20 (5)");
  row("resident growth by model and scoring", static_cast<double>(after - before) / 1048576, "MiB",
      "12");
  row("model", static_cast<double>(scorer->model_size()) / 1048576, "MiB", "16 (8)");
  return 0;
}
