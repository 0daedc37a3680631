#pragma once
// The places where a stop would matter: every durable commit and every request that changes
// something elsewhere is announced before and after. The program itself ignores them; a test stops
// there, starts again and compares.

#include <string_view>

namespace ioud::core {

class Steps {
 public:
  virtual ~Steps() = default;
  /// `step` is a stable dotted name, `X.before` or `X.after` ("ledger.commit.before"). May throw or
  /// end the process; whoever calls it must be correct when it does.
  virtual void reached(std::string_view step) = 0;
};

/// Goes on at every step.
class NoSteps final : public Steps {
 public:
  void reached(std::string_view) override {}
};

}  // namespace ioud::core
