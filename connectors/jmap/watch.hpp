#pragma once
// Tells at once that mail came, left or moved, by the server's stream of events (RFC 8620 7.3), or
// at a fixed pace where it has none. A stream that died in silence is noticed for want of pings,
// and at once after the machine slept.

#include <memory>

#include "connectors/capability.hpp"
#include "connectors/jmap/account.hpp"

namespace ioud::connectors::jmap {

struct WatchPace {
  std::chrono::seconds ping{120};          ///< a sign of life is asked for this often
  std::chrono::seconds poll{60};           ///< without a stream
  std::chrono::milliseconds tick{4'500};   ///< how often the clock is looked at
  std::chrono::seconds jump{30};           ///< a clock that went on by more was asleep
  std::chrono::milliseconds grace{5'000};  ///< for what is on its way
};

/// The first wait returns as soon as the stream stands, as does the first one after a stream was
/// lost: what happened before is not known to it. Ending a wait ends the stream.
std::unique_ptr<News> watch(SharedAccount account, WatchPace pace);

}  // namespace ioud::connectors::jmap
