#pragma once
// What is kept how long (specification 6.2), and how a person is erased: excerpts go 30 days after
// the IOU ends, records after 24 months, the meter after 36; a forgotten person leaves nothing but
// a salted hash that keeps them out.

#include <set>
#include <string>

#include "domain/pass.hpp"

namespace ioud::domain {

/// ItemRecord::owner of events whose person was forgotten.
inline constexpr const char* forgotten_owner = "forgotten";

/// Drops what is past its time.
void retire(Pass& pass);

/// The key by which a forgotten address is known again.
std::string forget_key(const Ledger& ledger, std::string_view address);
bool is_forgotten(const Ledger& ledger, std::string_view address);

struct Erased {
  std::size_t favours = 0;
  std::size_t ious = 0;
  std::size_t touches = 0;
  std::size_t events = 0;
  std::size_t drafts = 0;
};

/// Erases a person from the ledger. `others_at_client` tells that the client has further contacts,
/// whose own favours stay. What still stands in calendars and drafts is left in the ledger as bare
/// records (UID, href, etag) of `forgotten_owner`: the next pass removes those to come and scrubs
/// those that have passed. A client meeting already agreed is the rep's own from then on.
Erased erase_person(Ledger& ledger, const std::string& address, const std::string& client,
                    bool others_at_client, core::Instant at);

}  // namespace ioud::domain
