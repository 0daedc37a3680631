#pragma once
// The only place that knows what time it is. Decisions get an instant as a value; whoever must wait
// asks a Clock. A frozen clock (`--at`, tests) stands still until it is moved.

#include "core/civil_time.hpp"

namespace ioud::net {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual core::Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  core::Instant now() const override;
};

/// Stands at one instant.
class FrozenClock final : public Clock {
 public:
  explicit FrozenClock(core::Instant at) : at_(at) {}
  core::Instant now() const override { return at_; }
  void move_to(core::Instant at) { at_ = at; }

 private:
  core::Instant at_;
};

}  // namespace ioud::net
