#pragma once
// What time alone does to an IOU (specification 4.2, 5.4). Called once in each pass; works on the
// ledger, and the calendar follows from it.

#include "domain/pass.hpp"

namespace ioud::domain {

/// An unanswered invitation is kept, and an old IOU expires, unless a client counts on its talk or
/// the rep put it at a time that is still to come.
void let_time_pass(Pass& pass);

}  // namespace ioud::domain
