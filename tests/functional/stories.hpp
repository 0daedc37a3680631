#pragma once
// Two stories of the main job, from the promise to the client's answer and beyond. A moment is what
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
};

/// A client asks, the rep promises a part for Saturday; the sit-down of Monday is accepted, the
/// invitation leaves after the hold, the client accepts, the part is delivered, and the clocks go
/// forward in between.
Story the_part();

/// A promise in a first mail; the sit-down is dragged, then accepted, the invitation leaves and is
/// accepted; then the rep deletes the meeting, the client hears of it, and the sit-down is proposed
/// once more.
Story the_numbers();

}  // namespace ioud::functional
