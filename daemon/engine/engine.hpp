#pragma once
// One pass: settle what a stop left open, pull, plan, write, send, until nothing is left to do. The
// engine holds the parts together; every decision is the planner's, every write the publisher's or
// the courier's.

#include "domain/retention.hpp"
#include "engine/courier.hpp"
#include "engine/intake.hpp"
#include "engine/publisher.hpp"

namespace ioud::engine {

struct PassReport {
  std::size_t rounds = 0;
  std::size_t written = 0;
  std::size_t sent = 0;
  std::size_t refused = 0;
  bool is_retryable = false;  ///< exit 75: something could not be reached and will be tried again
  core::Instant next_look;    ///< when a plan could differ without any news
};

class Engine {
 public:
  Engine(Setup setup, Parts parts);

  /// One full pass under the store's turn. `is_settled`: sources have come to rest; else only what
  /// is new is taken up, what stands keeps its place and nothing leaves for a client.
  /// Fails where ledger, mirror or turn cannot be had.
  net::Task<PassReport> pass(bool is_settled = true);

  /// Erases a person everywhere in one pass and scrubs the state; counts only.
  net::Task<domain::Erased> forget(std::string address);

  const Setup& setup() const { return setup_; }

 private:
  net::Task<PassReport> rounds(domain::Ledger ledger, bool is_settled);
  net::Task<domain::Erased> erase_all(domain::Ledger& ledger, std::vector<std::string> addresses);
  core::Result<domain::Erased> erase(domain::Ledger& ledger, const std::string& address);
  core::Result<void> scrub_if_due(domain::Ledger& ledger);
  core::Result<void> note_health(domain::Ledger& ledger, const Intake& intake);

  Setup setup_;
  Parts parts_;
};

}  // namespace ioud::engine
