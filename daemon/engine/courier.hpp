#pragma once
// The only room that lets words leave: approved messages to clients and the review to the rep, each
// at most once. It adds nothing to what was approved and decides nothing; a message that may have
// left already is asked after before it is handed over again.

#include "domain/planner.hpp"
#include "engine/setup.hpp"

namespace ioud::engine {

struct Delivered {
  std::size_t sent = 0;
  std::size_t refused = 0;
  bool is_retryable = false;
};

/// Sends the plan's messages one by one; the ledger learns of each in the same commit as the
/// journal. Fails where the store does.
net::Task<Delivered> deliver(const Setup& setup, const Parts& parts, domain::Ledger& ledger,
                             std::vector<domain::DueMessage> messages);

}  // namespace ioud::engine
