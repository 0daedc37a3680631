#pragma once
// Waits for the first of two tasks and cancels the other. The only place that races tasks.

#include "net/task.hpp"

namespace ioud::net {

/// What the first to end returned. The other is cancelled and has ended when this returns.
Task<bool> first_of(Task<bool> one, Task<bool> other);

}  // namespace ioud::net
