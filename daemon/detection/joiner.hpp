#pragma once
// What belongs together: sentences about one favour within a passage, and a request and its answer
// across the mails of a thread. Pure functions over what was read; no text is looked at again.

#include <vector>

#include "domain/finding.hpp"
#include "domain/mail.hpp"

namespace ioud::detection {

/// Joins what one passage said: several sentences about one favour become one finding with the
/// fullest slots, and what an earlier sentence named ("the belt") fills what a later one left open.
/// The range of a joined finding
/// covers its sentences; its quote is the sentence that says most. Findings keep their order.
domain::Reading joined_passage(domain::Reading reading);

/// A mail of a thread, as the planner knows it.
struct ThreadMail {
  const domain::Mail* mail = nullptr;
  bool by_rep = false;
};

/// Joins the mails of one thread, oldest first; one Reading a mail comes back, in the same order.
/// - A client's request and the rep's yes ("No problem", "Sure, will do") are one rep_favour in the
///   rep's mail, with the request's thing, beneficiary, kind and time where his words give none.
/// - A rep's offer ("Shall I bring one?") and the client's yes are a rep_favour in the client's
///   mail, dated by it.
/// - A request that was answered, yes or no, has Finding::answered set.
/// - A promise said again in a later mail is no second finding unless it adds a time or an object.
/// - An ask spoken in a later mail (Reading::spoken) goes to the favour it follows.
/// The mails are not changed; the same mails always give the same readings.
std::vector<domain::Reading> join_thread(const std::vector<ThreadMail>& by_date);

}  // namespace ioud::detection
