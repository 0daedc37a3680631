#pragma once
// Pulls every configured source and keeps the mirror in step with it. One source that fails, or one
// object that cannot be read, stops nothing else. Decides nothing but whether a loss is believed:
// a collection that suddenly lost much is left as it was until it is accepted.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/directory.hpp"
#include "domain/loss.hpp"
#include "engine/reading.hpp"
#include "engine/setup.hpp"

namespace ioud::engine {

struct Intake {
  std::map<std::string, core::Error> failures;  ///< the first of each connector, by its name
  std::set<std::string> complete;               ///< calendars listed whole, by name
  bool drafts_complete = false;
  std::set<domain::Place> looked_at;  ///< collections read to their end
  std::vector<domain::Loss> losses;   ///< of those, what is missing and not believed
  domain::Directory directory;
  bool is_retryable = false;  ///< a source could not be reached and may be there later
};

/// Pulls everything. Fails only where the mirror or the ledger does. `ledger` is the last committed
/// one; that a collection turned out to be another store is committed to it.
net::Task<Intake> take_in(const Setup& setup, const Parts& parts, domain::Ledger& ledger);

/// The clients and people known, the forgotten left out, from the clients file and the mirror.
core::Result<domain::Directory> directory_of(const Setup& setup, store::Mirror& mirror,
                                             const domain::Ledger& ledger);

/// The mass-removal guard (reliability P8): true where more than 10 objects and more than a fifth
/// of the collection would go at once.
bool is_suspicious(std::size_t known, std::size_t going);

/// Mirror collection of a connector's mail.
inline constexpr const char* mail_collection = domain::mail_place;

}  // namespace ioud::engine
