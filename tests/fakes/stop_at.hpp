#pragma once
// Stops the program, as far as a test can, at the n-th durable step: the step throws, and what was
// in memory is thrown away by the test.

#include <string>
#include <string_view>
#include <vector>

#include "core/step.hpp"

namespace ioud::fakes {

struct Stopped {};

class StopAt final : public core::Steps {
 public:
  /// Steps count from 0; a number past the last one stops nothing.
  explicit StopAt(std::size_t number) : number_(number) {}

  void reached(std::string_view step) override {
    steps.emplace_back(step);
    if (steps.size() == number_ + 1) throw Stopped();
  }

  std::vector<std::string> steps;  ///< all that were reached

 private:
  std::size_t number_;
};

}  // namespace ioud::fakes
