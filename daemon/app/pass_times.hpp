#pragma once
// When the daemon makes its next pass: at once on news and again when it has settled, at the hour a
// plan could change by itself, every day once, and again after a failure. Pure; the clock's hour is
// handed in.

#include <array>
#include <optional>

#include "core/civil_time.hpp"

namespace ioud::app {

class PassTimes {
 public:
  /// `settle`: how long news must rest before standing plans follow it; `daily`: the full pass of
  /// each day in `zone`; `poll`: the pace where some source cannot tell news, or empty.
  PassTimes(core::Minutes settle, core::TimeOfDay daily, core::Zone zone,
            std::optional<core::Minutes> poll);

  /// Something changed. Further news lets it rest anew, but no longer than three times.
  void news(core::Instant now);

  /// A pass begins: news so far is what it will see; news from here on is for the next one. Whether
  /// what it will see has settled.
  bool begin(core::Instant now);
  /// It has ended. `next_look` is when a plan could differ without news; the epoch for never.
  void passed(core::Instant now, core::Instant next_look);
  /// It could not reach something: 1, 2, 4 … 60 minutes from now.
  void failed(core::Instant now);

  /// When the next pass is due; in the past where it is due already.
  core::Instant next() const;

 private:
  void note_end(core::Instant now);
  core::Instant next_daily(core::Instant now) const;

  core::Minutes settle_;
  core::TimeOfDay daily_;
  core::Zone zone_;
  std::optional<core::Minutes> poll_;
  core::Instant planned_;                    ///< by the last pass
  std::array<core::Instant, 3> ended_;       ///< the last passes, oldest first
  std::optional<core::Instant> news_;        ///< the latest, which no pass has seen
  std::optional<core::Instant> first_news_;  ///< since the last pass that saw it settled
  std::optional<core::Instant> settled_;
  core::Minutes patience_{1};
};

}  // namespace ioud::app
