#pragma once
// How often we may knock at one account's server: no server that lets us in and drops us, or turns
// us away, is asked more than 10 times in 10 minutes and 40 times in an hour. Pure; whoever logs in
// asks first and says how it went.

#include <optional>
#include <vector>

#include "core/civil_time.hpp"

namespace ioud::connectors {

class LoginPace {
 public:
  /// Nothing where a login may begin at `now`; else the time to wait for. Waits double after each
  /// attempt that brought nothing, from 2 s up to 5 minutes, and two connections may be begun
  /// together.
  std::optional<core::Instant> begin(core::Instant now);

  /// The connection of the oldest attempt still counted did its work, or lived for five minutes.
  void went_well();

 private:
  std::vector<core::Instant> fruitless_;  ///< attempts that were not told to have gone well
};

}  // namespace ioud::connectors
