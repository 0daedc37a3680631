#pragma once
// Which drafts should stand in the rep's Drafts folder now (specification 5.4, 3.5): answers to
// requests for help, asks that belong to a promise, talks he accepted, greetings. A draft is
// written once, and never beside another one in its thread; it goes when its time is over and
// nobody touched it, and it is the rep's from his first edit on.

#include <string>
#include <vector>

#include "domain/draft_mail.hpp"
#include "domain/placement.hpp"

namespace ioud::domain {

/// New drafts to write, within the day's limit, what the rep asked for first.
std::vector<WantedDraft> new_drafts(Pass& pass, const Agenda& agenda);

/// Notes which drafts were edited, sent or removed by the rep, and gives back the ids of those that
/// stand untouched and are to go.
std::vector<std::string> drafts_to_remove(Pass& pass);

}  // namespace ioud::domain
