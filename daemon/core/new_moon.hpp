#pragma once
// When the moon is new, to some seconds: the Chinese calendar begins its months on that day, and a
// coarse formula gets the day wrong when it happens near midnight (February 2027 by four minutes).

#include "core/civil_time.hpp"

namespace ioud::core {

/// The new moon nearest to that instant. Jean Meeus, "Astronomical Algorithms", chapter 49; right
/// to about twenty seconds in the present centuries, and to a minute or two with the drift of the
/// earth's turning, which nobody can foretell exactly.
Instant nearest_new_moon(Instant to);

}  // namespace ioud::core
