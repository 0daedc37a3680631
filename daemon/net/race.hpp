#pragma once
// Tasks side by side: the first of two, the other being cancelled, or all of many. The only place
// that runs tasks in parallel.

#include <vector>

#include "net/task.hpp"

namespace ioud::net {

/// What the first to end returned. The other is cancelled and has ended when this returns.
Task<bool> first_of(Task<bool> one, Task<bool> other);

/// Returns when all have ended: true, or the failure that stands first in the list.
Task<bool> all_of(std::vector<Task<bool>> tasks);

}  // namespace ioud::net
