#pragma once
// Drafts that ask for a talk (specification 5.4 b and `approval.on_accept = "draft"`): the minutes
// of an ask while a promise is still ahead, and the time of a talk the rep accepted. He sends them
// himself; by that the talk is offered. Sends nothing and writes to no folder.

#include <vector>

#include "domain/draft_mail.hpp"

namespace ioud::domain {

/// A promise mailed without an ask, proposed and still ahead: one draft an IOU.
void add_ask_drafts(const Pass& pass, std::vector<WantedDraft>& drafts);

/// Talks accepted under `approval.on_accept = "draft"` whose hold is over and whose checks hold:
/// one draft an approval. Approvals that can never be used any more are called off.
void add_talk_drafts(Pass& pass, std::vector<WantedDraft>& drafts);

/// An approval whose draft was written is used up.
void note_written_talks(Pass& pass);

/// Whether an untouched draft of kind ask or talk still has a reason to stand.
bool is_talk_wanted(const Pass& pass, const DraftRecord& draft);

}  // namespace ioud::domain
