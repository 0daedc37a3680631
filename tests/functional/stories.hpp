#pragma once
// Stories of the main job, from the promise to the client's answer and beyond. A moment is what
// happens in the world at an instant; a pass of ioud follows it.

#include <functional>
#include <vector>

#include "functional/world.hpp"

namespace ioud::functional {

struct Moment {
  core::Instant at;
  std::function<void(World&)> happens;
};

struct Story {
  const char* name;
  std::vector<Moment> moments;
  std::string policy = {};  ///< more of the config
};

/// A client asks, the rep promises a part for Saturday; the sit-down of Monday is accepted, the
/// invitation leaves after the hold, the client accepts, the part is delivered, and the clocks go
/// forward in between.
Story the_part();

/// A promise in a first mail; the sit-down is dragged, then accepted, the invitation leaves and is
/// accepted; then the rep deletes the meeting, the client hears of it, and the sit-down is proposed
/// once more.
Story the_numbers();

/// Accepting gives a draft: it takes the place of the one that asked with the promise, the rep
/// sends it, and the talk is offered.
Story the_draft();

/// The client does not answer; the rep's ok has him asked once more, a second ok does nothing, the
/// place changes, and in the end the rep takes the meeting back by a word.
Story the_silence();

/// The client accepts and then cancels: the talk is proposed once more, later, and nothing goes to
/// him.
Story the_cancellation();

std::vector<Story> all_stories();

}  // namespace ioud::functional
