#pragma once
// What `ledger`, `status` and `export` print: pure functions from values to text. JSON shapes are
// those of the outward contract; times are in the rep's zone, ids are in the order of the ledger.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/directory.hpp"
#include "domain/learning.hpp"
#include "domain/ledger.hpp"

namespace ioud::app {

/// The whole points of a client by name; domain::shown_trust with the policy and the hour bound.
using TrustOf = std::function<int(const domain::Client& client)>;

/// What a report is made from. Everything pointed at outlives the call.
struct ReportSource {
  const domain::Ledger* ledger = nullptr;
  const std::vector<domain::Client>* clients = nullptr;  ///< every client known now
  core::Zone zone;                                       ///< the rep's
};

/// `ioud ledger --json`: the favours, ious, meter, trust, touches, review of the contract.
std::string ledger_json(const ReportSource& source, const TrustOf& trust_of);
/// The same for a person at a terminal.
std::string ledger_text(const ReportSource& source, const TrustOf& trust_of);

/// `ioud learning --json`: what may be carried away or kept: counters and hashes, no words.
std::string lessons_json(const std::vector<domain::Lesson>& lessons, const core::Zone& zone);
std::string lessons_text(const std::vector<domain::Lesson>& lessons, const core::Zone& zone);

enum class Health { ok, degraded, down };

struct ConnectorStatus {
  std::string name;
  Health health = Health::ok;
  int bad_items = 0;       ///< events, cards and mails that cannot be read now
  std::string last_error;  ///< "" where there is none; may name a file
};

struct Status {
  std::vector<ConnectorStatus> connectors;
  int hold = 0;  ///< approvals whose hold has not ended
  int send = 0;  ///< messages waiting to leave
};

std::string status_json(const Status& status);
std::string status_text(const Status& status);

/// `ioud export ADDRESS`: everything held on that person and on nobody else, as one JSON object.
/// `person` may be null where only the ledger knows the address.
std::string export_json(const ReportSource& source, const std::string& address,
                        const domain::Person* person);

}  // namespace ioud::app
