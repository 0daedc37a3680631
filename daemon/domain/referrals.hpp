#pragma once
// Somebody was named to the rep (M73): who named whom is kept, and the one who named is thanked,
// helped with a note to forward, and told how it went. The named person is never written to.

#include <string>
#include <string_view>
#include <vector>

#include "domain/cadence.hpp"
#include "domain/pass.hpp"

namespace ioud::domain {

/// A contact of `client` named somebody at that time. The same name of the same client is one
/// referral, the earliest counts; the rep himself and the client's own people are none. False
/// where `name` names nobody new to the client.
bool note_referral(Pass& pass, const Client& client, const std::string& contact,
                   std::string_view name, core::Instant at);

/// Talks about names that are done without a name on record become a line of the review.
void ask_for_names(Pass& pass);

/// The rep's answer to such a line: "named Dana Whitfield, Lou Park". `iou` is the talk's id. False
/// where it names nobody, or the talk is not known.
bool take_names(Pass& pass, const std::string& iou, std::string_view answer);

/// Thank, follow up and report back; what is over is left out unless it is held ahead.
std::vector<CareWish> referral_nudges(const Pass& pass,
                                      const std::map<std::string, HeldTime>& held);

/// Whether the rep has brought somebody together with this client (specification 5.6).
bool has_introduced(const Ledger& ledger, const Client& client);

}  // namespace ioud::domain
