#pragma once
// What the mails and the notes of meetings say, taken into the ledger: promises, slips, thanks,
// complaints, answers to invitations, drafts the rep sent, answers to the review. Each takes effect
// once; reading the same mail again changes nothing.

#include "domain/pass.hpp"

namespace ioud::domain {

/// Reads everything in the order it was said.
void read_correspondence(Pass& pass);

/// A mark that something took effect: "<kind>:<salted hash of the id>". True the first time only.
bool first_time(Ledger& ledger, std::string_view kind, std::string_view id);
bool has_happened(const Ledger& ledger, std::string_view kind, std::string_view id);

/// When an undated capture ("source" + id) was first seen, if it was.
std::optional<core::Instant> first_seen(const Ledger& ledger, std::string_view capture);

/// The Message-IDs a mail answers, nearest first.
std::vector<std::string> answered_ids(const Mail& mail);

}  // namespace ioud::domain
