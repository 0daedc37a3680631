#pragma once
// What a command that tries connectors out by itself, without a state, hands them, and how it tells
// of what they say.

#include "connectors/surroundings.hpp"
#include "core/log.hpp"
#include "core/step.hpp"
#include "net/clock.hpp"

namespace ioud::app {

/// The machine's clock, no log (what is found is printed) and no steps counted. Outlives the setup
/// that is read with its surroundings.
struct TryOut {
  net::SystemClock clock;
  core::NoLog log;
  core::NoSteps steps;

  connectors::Surroundings surroundings() {
    connectors::Surroundings all;
    all.clock = &clock;
    all.log = &log;
    all.steps = &steps;
    return all;
  }
};

/// Whether trying again later may help, without anybody mending anything.
constexpr bool is_passing(core::Fault fault) {
  return fault == core::Fault::transient || fault == core::Fault::throttled;
}

/// One line: where, or which connector, and what.
inline std::string told(const core::Error& error, const std::string& connector) {
  return (error.place.empty() ? connector : error.place) + ": " + error.text + "\n";
}

}  // namespace ioud::app
