#pragma once
// What may be asked back, and the gate before it (specification 4.4, 5.6): never more than was
// given, never too soon, never of somebody who must not be asked.

#include <string>
#include <vector>

#include "domain/pass.hpp"

namespace ioud::domain {

/// What is to be paired with an ask. `favours` is empty for referral and after-sale asks.
struct AskCase {
  const Client* client = nullptr;
  std::string contact;  ///< address
  std::vector<const Favour*> favours;
  std::string iou;  ///< id of the IOU it is for, left out of its own limits
};

/// Size of what was given: the largest favour, three S make M, one size less 8 days after delivery
/// and again after 22. Below S there is nothing left to ask for and the result is empty.
std::optional<Size> given_size(const Pass& pass, const std::vector<const Favour*>& favours);

/// The gate I10 for one ask kind. The reason it is shut, or "" where it is open.
std::string gate(const Pass& pass, const AskCase& of, const std::string& ask);

/// Whether this client may ever be asked for anything: relation, flags and a client's "stop".
bool may_be_asked(const Pass& pass, const Client& client);

/// The first ask of the favour's list that fits relation, needs, size, cooldown and gate; "" where
/// none does, and the IOU stays banked.
std::string choose_ask(const Pass& pass, const AskCase& of);

/// Whether needs, stage and cooldown of this ask kind hold (not size, not the gate).
bool is_fitting(const Pass& pass, const AskCase& of, const std::string& ask);

/// When an ask was last made of this client; empty when never.
std::optional<core::Instant> last_ask(const Ledger& ledger, const std::string& client);

/// Rush favours delivered or promised in the last 90 days, the opening balance included.
int recent_of_kind(const Pass& pass, const Client& client, const std::string& kind, int days);

}  // namespace ioud::domain
