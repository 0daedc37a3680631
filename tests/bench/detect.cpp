// A small front to the scorer for tests/bench and the scoring script: `detect
// --jsonl [FILE]`.

#include <fstream>
#include <iostream>
#include <string>

#include "detection/jsonl.hpp"
#include "detection/scorer.hpp"

int main(int count, char** values) {
  std::ios::sync_with_stdio(false);
  const auto scorer = ioud::detection::LearnedScorer::built_in();
  if (!scorer) {
    std::cerr << scorer.error().place << ": " << scorer.error().text << '\n';
    return 1;
  }
  std::ifstream file;
  if (count > 3) file.open(values[3]);
  std::istream& in = count > 3 ? file : std::cin;
  std::string line;
  int status = 0;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    const auto answer = ioud::detection::answer(line, number, *scorer);
    if (answer) {
      std::cout << *answer << '\n';
    } else {
      std::cerr << answer.error().place << ' ' << answer.error().text << '\n';
      status = 65;
    }
  }
  return status;
}
