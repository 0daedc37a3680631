#pragma once
// Tells at once that mail came or left, by IDLE in the inbox and in the folder of sent mail, or at
// a fixed pace where the server has no IDLE. A line that died in silence is noticed, because it is
// asked for a sign of life in time, and at once after the machine slept.

#include "connectors/capability.hpp"
#include "connectors/imap/connection.hpp"
#include "connectors/imap/folders.hpp"

namespace ioud::connectors::imap {

struct WatchPace {
  std::chrono::milliseconds renew{240'000};  ///< a sign of life is asked for this often
  std::chrono::milliseconds answer{20'000};  ///< and waited for this long
  std::chrono::seconds poll{60};             ///< without IDLE
  std::chrono::milliseconds tick{4'500};     ///< how often the clock is looked at
  std::chrono::seconds jump{30};             ///< a clock that went on by more was asleep
  std::chrono::seconds retry{15};            ///< after a login that failed
};

/// The clock outlives the news. The first wait returns as soon as the watch stands, as does the
/// first one after a line was lost: what happened before is not known to it.
std::unique_ptr<News> watch(const Account& account, const FolderWishes& wishes,
                            const std::shared_ptr<LoginPace>& pace, const net::Clock& clock,
                            WatchPace watch_pace);

}  // namespace ioud::connectors::imap
